"""The likelihood of the many-facet Rasch model, and the way to its summit.

Sums run over rows by facet, so nothing grows with rows times parameters.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.errors import JuryFault

SIGN = (1.0, -1.0, -1.0)
"""Merit raises a score; severity of the juror and difficulty of the criterion lower it."""
FACETS = len(SIGN)
FAR = 30.0
"""Logits beyond which an estimate runs away."""
_STEPS = 100
_NEAR = 1e-10
_LONGEST = 2.0
"""Logits that one step may go."""
_SINGULAR = 1e12
"""The information of scores that leave a measure free, or that run away."""


@dataclass(frozen=True)
class RaschRows:
    """Scores as rows. Shape: who (rows, facets), entry, juror and criterion; step (rows,)."""

    who: IntArray
    step: IntArray
    sizes: tuple[int, int, int]
    top: int

    def part(self, is_kept: BoolArray) -> "RaschRows":
        """Some of the rows."""
        return RaschRows(self.who[is_kept], self.step[is_kept], self.sizes, self.top)


@dataclass(frozen=True)
class RaschPoint:
    """Parameters, the facets in three arrays (NaN: not estimated), and the thresholds."""

    facets: tuple[FloatArray, FloatArray, FloatArray]
    threshold: FloatArray


@dataclass(frozen=True)
class _Columns:
    """The place of each row's entry, juror and criterion among the kept. Shape: (rows, facets)."""

    place: IntArray
    width: int

    def values(self, point: FloatArray) -> FloatArray:
        """Merit less severity less difficulty of each row."""
        value: FloatArray = point[self.place] @ np.array(SIGN)
        return value

    def sums(self, weight: FloatArray) -> FloatArray:
        """Signed sums of a number a row by kept entry, juror and criterion."""
        total = np.zeros(self.width)
        for at, sign in enumerate(SIGN):
            total += sign * np.bincount(self.place[:, at], weight, self.width)
        return total

    def squares(self, weight: FloatArray) -> FloatArray:
        """The same for every two of them. Shape: (width, width)."""
        total = np.zeros(self.width**2)
        for at, sign in enumerate(SIGN):
            for other, its in enumerate(SIGN):
                both = self.place[:, at] * self.width + self.place[:, other]
                total += sign * its * np.bincount(both, weight, self.width**2)
        return total.reshape(self.width, self.width)


def climb(core: RaschRows, keep: tuple[BoolArray, ...]) -> tuple[RaschPoint, FloatArray, int]:
    """The likeliest measures of the kept, the covariance of the merits, and the steps it took.

    Newton's steps, halved where they go too far; the likelihood has no second summit.

    Raises: JuryFault where there is no finite summit, or no single one.
    """
    columns = _columns(core, keep)
    _require_estimable(core, columns)
    edges = np.cumsum([0, *(int(kept.sum()) for kept in keep), core.top])
    blocks = [slice(edges[at], edges[at + 1]) for at in range(FACETS + 1)]
    centre = np.zeros((edges[-1], edges[-1]))
    for block in blocks[1:]:  # what is free in the model: means of all facets but merit
        centre[block, block] = 1.0
    here = np.zeros(edges[-1])
    likelihood, slope, information = _likelihood(core, columns, here)
    for steps in range(1, _STEPS + 1):
        if np.linalg.cond(information + centre) > _SINGULAR:
            break
        step = np.linalg.solve(information + centre, slope)
        step *= min(1.0, _LONGEST / max(float(np.abs(step).max()), _NEAR))
        while True:
            higher, slope, information = _likelihood(core, columns, here + step)
            if higher >= likelihood - 1e-12 * abs(likelihood):
                break
            step /= 2
        here, likelihood = here + step, higher
        if np.abs(here).max() > FAR:
            break
        if np.abs(step).max() < _NEAR:
            inverse = np.linalg.inv(information + centre)
            inverse = inverse - inverse @ centre @ inverse  # the means are given, not estimated
            covariance = inverse[blocks[0], blocks[0]].astype(np.float64)
            return _point(here, keep, blocks), covariance, steps
    problem = "the scores order some entries, jurors or criteria so surely that logits run away."
    raise JuryFault("rasch", problem, "Tally by the method additive.")


def chances(place: FloatArray, threshold: FloatArray) -> FloatArray:
    """The chance of each category. Shape: (rows,), (steps,) -> (rows, steps + 1)."""
    power = np.arange(threshold.size + 1) * place[:, None]
    power[:, 1:] -= np.cumsum(threshold)
    weight = np.exp(power - power.max(axis=1, keepdims=True))
    chance: FloatArray = weight / weight.sum(axis=1, keepdims=True)
    return chance


def moments(place: FloatArray, threshold: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The expected category of each row and its variance."""
    chance = chances(place, threshold)
    step = np.arange(threshold.size + 1)
    mean = np.einsum("rk,k->r", chance, step)
    return mean, np.einsum("rk,k->r", chance, step**2) - mean**2


def _point(here: FloatArray, keep: tuple[BoolArray, ...], blocks: list[slice]) -> RaschPoint:
    facets = [np.full(kept.size, np.nan) for kept in keep]
    for facet, kept, block in zip(facets, keep, blocks[:-1], strict=True):
        facet[kept] = here[block]
    return RaschPoint((facets[0], facets[1], facets[2]), here[blocks[-1]])


def _columns(core: RaschRows, keep: tuple[BoolArray, ...]) -> _Columns:
    start, places = 0, []
    for at, kept in enumerate(keep):
        places.append(start + (np.cumsum(kept) - 1)[core.who[:, at]])
        start += int(kept.sum())
    return _Columns(np.stack(places, axis=1), start)


def _require_estimable(core: RaschRows, columns: _Columns) -> None:
    if core.top < 1:
        problem = "apart from only lowest or highest scores there are too few to estimate from."
        raise JuryFault("rasch", problem, "Tally by the method additive.")
    gram = columns.squares(np.ones(core.step.size))
    if np.linalg.matrix_rank(gram) < columns.width - FACETS + 1:
        problem = "entries, jurors and criteria are not crossed enough to be told apart."
        raise JuryFault("rasch", problem, "Tally by the method additive.")


def _likelihood(
    core: RaschRows, columns: _Columns, point: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """The log-likelihood, its slope, and the information."""
    threshold = point[columns.width :]
    chance = chances(columns.values(point), threshold)
    with np.errstate(divide="ignore"):  # a step that is much too far: it will be halved
        likelihood = float(np.log(chance[np.arange(len(chance)), core.step]).sum())
    step = np.arange(core.top + 1)
    mean = np.einsum("rk,k->r", chance, step)
    above = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1][:, 1:]  # chance of this step or a higher
    reached = core.step[:, None] >= step[1:]
    slope = [columns.sums(core.step - mean), (above - reached).sum(axis=0)]
    spread = np.einsum("rk,k->r", chance, step**2) - mean**2
    beyond = np.cumsum((chance * step)[:, ::-1], axis=1)[:, ::-1][:, 1:]
    shared = beyond - mean[:, None] * above
    later = np.maximum(step[1:, None], step[1:]) - 1
    of_steps = above.sum(axis=0)[later] - np.einsum("rh,rg->hg", above, above)
    across = -np.stack([columns.sums(one) for one in shared.T], axis=1)
    information = np.block([[columns.squares(spread), across], [across.T, of_steps]])
    return likelihood, np.concatenate(slope), information
