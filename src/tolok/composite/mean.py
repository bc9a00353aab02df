"""Means of the parts of a group, over many draws of their weights at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray
from tolok.composite.copeland import copeland
from tolok.errors import IndexFault, did_you_mean

POWERS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
HOW = (*POWERS, "power", "copeland")
ROUNDING = 1e-9
"""A share this much below its minimum is rounding: two thirds of six are four."""


@dataclass(frozen=True)
class Aggregate:
    """How the parts of a group become one number: a mean, or a contest of pairs (copeland).

    `power` is that of the generalised mean. Points below `floor` enter as the floor. A unit with
    less than `min_share` of the parts has no score.
    """

    how: str = "arithmetic"
    power: float = 1.0
    floor: float | None = None
    min_share: float = 0.0

    def __post_init__(self) -> None:
        """Check the name."""
        if self.how not in HOW:
            hint = did_you_mean(self.how, HOW) or f"There are {', '.join(HOW)}."
            raise IndexFault("aggregate", f"no way {self.how!r}.", hint)


def combine(parts: Sequence[FloatArray], weight: FloatArray, rule: Aggregate) -> FloatArray:
    """One number a unit from the parts of a group.

    Which parts are missing must not differ between draws.

    Shape: each part (1 or draws, units), weight (draws, parts) -> (draws, units).
    Missing: a part that is missing is left out and its weight spread; NaN where nothing of
    positive weight is there, or less than the least share of the parts.
    Raises: IndexFault where a geometric or harmonic mean meets points that are not over 0.
    """
    live = np.flatnonzero((weight > 0).any(axis=0))
    held = [parts[int(place)] for place in live]
    weight = np.ascontiguousarray(weight[:, live])
    if not held:
        return np.full((len(weight), parts[0].shape[-1]), np.nan)
    there = np.stack([~np.isnan(part[0]) for part in held])
    if rule.how == "copeland":
        result = _contests(held, weight)
    else:
        result = _power_mean(held, weight, there, rule)
    enough = there.any(axis=0) & (there.mean(axis=0) >= rule.min_share - ROUNDING)
    result[:, ~enough] = np.nan
    return result


def _power_mean(
    parts: Sequence[FloatArray], weight: FloatArray, there: BoolArray, rule: Aggregate
) -> FloatArray:
    power = POWERS.get(rule.how, rule.power)
    bent = []
    for place, part in enumerate(parts):
        if there[place].all():
            bent.append(_bent(part, power, rule))
        else:
            known = np.where(there[place], part, 1.0)
            bent.append(np.where(there[place], _bent(known, power, rule), 0.0))
    if there.all():
        whole = weight.sum(axis=1, keepdims=True)
    else:
        whole = _weighted_sum([known[None, :].astype(np.float64) for known in there], weight)
    with np.errstate(invalid="ignore", divide="ignore"):  # nothing is there: made NaN above
        return _straight(_weighted_sum(bent, weight) / whole, power)


def _weighted_sum(parts: Sequence[FloatArray], weight: FloatArray) -> FloatArray:
    """The sum of the parts, each times its weight, added in their order.

    Not a matrix product: the sum of a unit must not depend on where it stands, on how many others
    there are, nor on the number of threads.
    """
    if all(len(part) == 1 for part in parts):
        rows = np.concatenate(parts)
        if rows.shape[1] == 1:  # a single unit would be added up in another order
            rows = np.repeat(rows, 2, axis=1)
        total: FloatArray = np.einsum("dk,ku->du", weight, rows)
        return total[:, : parts[0].shape[1]]
    total = np.zeros((len(weight), parts[0].shape[1]))
    for place, part in enumerate(parts):
        total += weight[:, [place]] * part
    return total


def _bent(value: FloatArray, power: float, rule: Aggregate) -> FloatArray:
    """Values on the scale on which a power mean is arithmetic."""
    if rule.floor is not None:
        value = np.maximum(value, rule.floor)
    if power == 1:
        return value
    least = value.min(initial=np.inf)
    if least < 0 or (power <= 0 and least == 0):
        name = rule.how if rule.how in POWERS else f"power {power}"
        raise IndexFault(
            "aggregate",
            f"the mean ({name}) needs points over 0, and the least are {least:.6g}.",
            "Normalise to a range over 0, such as MinMax(1, 100), or give a floor.",
        )
    bent: FloatArray = np.log(value) if power == 0 else value**power
    return bent


def _straight(value: FloatArray, power: float) -> FloatArray:
    if power == 1:
        return value
    straight: FloatArray = np.exp(value) if power == 0 else value ** (1 / power)
    return straight


def _contests(parts: Sequence[FloatArray], weight: FloatArray) -> FloatArray:
    draws, units = len(weight), parts[0].shape[-1]
    result = np.empty((draws, units))
    for draw in range(draws):
        value = np.stack([part[min(draw, len(part) - 1)] for part in parts], axis=-1)
        result[draw] = copeland(value, weight[draw])
    return result
