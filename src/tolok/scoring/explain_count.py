"""Shares, rates, totals, diversity and growth taken apart: by ratio, platform, account and week."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tolok.composite.array import FloatArray, quotient
from tolok.methodology.category import Ratio
from tolok.scoring.count import weekly_of
from tolok.scoring.explain_level import Slot, above_parts, level_parts, shrinkage
from tolok.scoring.explain_rule import Contribution, cause, is_told, known, mean_difference, secant
from tolok.scoring.growth import DAYS_IN_MONTH
from tolok.scoring.view import DAYS_IN_WEEK

Parts = tuple[Contribution, ...]


@dataclass(frozen=True, eq=False)
class _Sides:
    """A part and its whole of two institutions, by platform and week.

    Shape: (2, platforms, weeks) each; platforms is 1 where the metric has no value by platform.
    Missing: weeks in which a side is unknown are 0 in both.
    """

    part: FloatArray
    whole: FloatArray
    names: tuple[str, ...]


def ratio_parts(slot: Slot) -> Parts:
    """The models share and rate: each ratio through shrinkage, then by platform and week."""
    ratios, per = slot.frame.indicator.ratios, slot.frame.indicator.per
    found = [ratio_of(slot, ratio) for ratio in ratios]
    has = np.array([[~np.isnan(one.value[side]) for one in found] for side in (0, 1)], dtype=float)
    weight = has / np.maximum(has.sum(axis=1, keepdims=True), 1)
    shrunk = np.array([[one.shrunk[side] for one in found] for side in (0, 1)]) * per
    split = mean_difference(weight, shrunk)
    if len(ratios) == 1:
        return found[0].parts(slot.rate * per)
    parts = [
        Contribution(
            ratio.numerator, "ratio",
            slot.rate * split.weight[at] * float(shrunk[0, at] - shrunk[1, at]),
            known(found[at].value[0] * per), known(found[at].value[1] * per),
            found[at].parts(slot.rate * per * float(split.weight[at])),
        )
        for at, ratio in enumerate(ratios)
        if split.is_common[at]
    ]  # fmt: skip
    moved = [
        cause(ratio.numerator, "share", slot.rate * float(shift), map(float, weights))
        for ratio, shift, weights in zip(ratios, split.shift, weight.T, strict=True)
        if shift != 0
    ]
    return (*parts, *shift_of("shares", moved))


def total_parts(slot: Slot) -> Parts:
    """The model total: by platform where there are several, then by week."""
    frame = slot.frame
    sides = _sides(slot, frame.indicator.metric)
    unit = 1.0
    if frame.indicator.per_week:
        unit = float(frame.view.contract(frame.view.days)) / DAYS_IN_WEEK
    return _by_platform(sides, slot, sides.part / unit, sides.part)


def diversity_parts(slot: Slot) -> Parts:
    """The model diversity: exp of the sum of -s ln s, by platform, then by week.

    Units: own and other are the platform's shares s.
    """
    sides = _sides(slot, slot.frame.indicator.metric, is_split=True)
    whole = sides.part.sum(axis=(1, 2))
    share = sides.part.sum(axis=2) / whole[:, None]
    entropy = _entropy(share).sum(axis=1)
    rate = slot.rate * secant(np.exp, *entropy)
    weekly = sides.part.sum(axis=1)
    parts = []
    for at, name in enumerate(sides.names):
        own, other = map(float, share[:, at])
        slope = rate * secant(_entropy, own, other)
        middle = (own + other) / 2
        moved = (sides.part[:, at] - middle * weekly) / whole[:, None]
        value = rate * float(_entropy(np.array(own)) - _entropy(np.array(other)))
        weeks = _weeks(slot, slope, moved, sides.part[:, at])
        parts.append(Contribution(name, "platform", value, own, other, weeks))
    return tuple(filter(is_told, parts))


def growth_parts(slot: Slot) -> Parts:
    """The model growth: growth of followers, less what their number lets expect.

    Units: own and other are log growth in 30 days, and followers (geometric mean of the accounts).
    """
    sides = [_growth(slot, row) for row in slot.rows]
    growth, expected, log = ([float(one[at].mean()) for one in sides] for at in range(3))
    followers = map(float, np.exp(log))
    return (
        cause("", "growth", slot.rate * (growth[0] - growth[1]), growth),
        cause("", "audience", -slot.rate * (expected[0] - expected[1]), followers),
    )


def mean_growth(slot: Slot, row: int) -> float:
    """An institution's mean log growth of followers in 30 days, as it was counted."""
    return float(_growth(slot, row)[0].mean())


def _growth(slot: Slot, row: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Growth, expected growth and log followers of the accounts that have all three."""
    panel, accounts = slot.frame.view.panel, slot.accounts(row)
    x = panel.log_followers[accounts]
    ratio = quotient(panel.follower_last[accounts], panel.follower_first[accounts])
    log = np.log(ratio, out=np.full(ratio.shape, np.nan), where=ratio > 0)
    growth = quotient(log * DAYS_IN_MONTH, panel.follower_days[accounts])
    line = slot.parameter("intercept") + slot.parameter("slope") * x
    used = ~np.isnan(growth - line)
    return growth[used], line[used], x[used]


PARTS: dict[str, Callable[[Slot], Parts]] = {
    "residual": level_parts,
    "level": level_parts,
    "uplift": level_parts,
    "above_expected": above_parts,
    "share": ratio_parts,
    "rate": ratio_parts,
    "total": total_parts,
    "diversity": diversity_parts,
    "growth": growth_parts,
}
"""How the value of every model is taken apart; `category` is taken apart as a category."""


def shift_of(kind: str, moved: list[Contribution]) -> Parts:
    """The shift of weights as a cause of its own; nothing where no weight differs."""
    if not moved:
        return ()
    return (Contribution("", kind, sum(one.value for one in moved), children=tuple(moved)),)


@dataclass(frozen=True, eq=False)
class RatioPair:
    """One ratio of two institutions: raw and shrunk, and how it is taken apart.

    Missing: value and shrunk are NaN where the whole is 0 or unknown.
    """

    slot: Slot
    sides: _Sides
    value: tuple[float, float]
    shrunk: tuple[float, float]
    factors: tuple[float, float]
    excess: tuple[float, float]
    suffix: str

    @property
    def total(self) -> FloatArray:
        """The wholes of both over the window.

        Shape: (2,).
        """
        total: FloatArray = self.sides.whole.sum(axis=(1, 2))
        return total

    def parts(self, rate: float) -> Parts:
        """The ratio through shrinkage, then by platform and week; rate is for one unit of it."""
        slot = replace(self.slot, value=self.value, rate=rate, suffix=self.suffix)
        own = replace(slot, rate=rate * sum(self.factors) / 2)
        middle = sum(self.value) / 2
        total = self.total
        moved = (self.sides.part - middle * self.sides.whole) / total[:, None, None]
        causes = _by_platform(self.sides, own, moved, self.sides.part, self.sides.whole)
        over = self.excess[0] / total[0] - self.excess[1] / total[1]
        if over != 0:
            causes = (*causes, cause("", "cap", -own.rate * over, self.excess))
        return shrinkage(slot, self.factors, causes, slot.frame.indicator.per)


def ratio_of(slot: Slot, ratio: Ratio) -> RatioPair:
    """A ratio of both institutions over the weeks in which part and whole are known."""
    several = len(slot.frame.indicator.ratios) > 1
    suffix = f":{ratio.numerator}" if several else ""
    sides = _sides(slot, ratio.numerator, ratio.denominator)
    part, whole = sides.part.sum(axis=(1, 2)), sides.whole.sum(axis=(1, 2))
    is_share = slot.frame.indicator.model == "share"
    excess = np.maximum(part - whole, 0.0) if is_share else np.zeros(2)
    named = replace(slot, suffix=suffix)
    mean, weight = named.parameter("shrink_mean"), named.parameter("prior_weight")
    value = quotient(part - excess, whole)
    factor = whole / (whole + weight)
    shrunk = mean + factor * (value - mean)
    return RatioPair(slot, sides, _pair(value), _pair(shrunk), _pair(factor), _pair(excess), suffix)


def _pair(array: FloatArray) -> tuple[float, float]:
    own, other = array
    return float(own), float(other)


def _sides(slot: Slot, *metrics: str, is_split: bool = False) -> _Sides:
    """Metrics of both institutions over the weeks in which all are known, by platform if can be."""
    frame, panel = slot.frame, slot.frame.view.panel
    of_accounts = all(name in panel.account_counts for name in metrics)
    whole = any(name in panel.institution_counts for name in metrics)
    names: tuple[str, ...] = ("",)
    place = slice(None)
    if frame.is_by_platform:
        place = slice(slot.place[0], slot.place[0] + 1)
    elif is_split or (of_accounts and not whole):
        frame = replace(frame, indicator=replace(frame.indicator, by_platform=True))
        names = panel.platforms
    tables = [_laid(slot, table, place) for table in weekly_of(frame, *metrics)]
    unknown = np.any([np.isnan(table) for table in np.broadcast_arrays(*tables)], axis=0)
    weights = frame.view.week_weights
    part, *rest = (np.where(unknown, 0.0, table) * weights for table in tables)
    return _Sides(part, rest[0] if rest else np.ones(part.shape), names)


def _laid(slot: Slot, table: FloatArray, place: slice) -> FloatArray:
    """A weekly table of two institutions; the window's own numbers are everyone's."""
    if table.ndim == 1:
        return table[None, None, :]
    return table[list(slot.rows)][:, place]


def _by_platform(
    sides: _Sides,
    slot: Slot,
    moved: FloatArray,
    told: FloatArray,
    whole: FloatArray | None = None,
) -> Parts:
    """Weeks, inside platforms where there are several; own and other are sums of `told`."""
    parts = []
    for at, name in enumerate(sides.names):
        base = None if whole is None else whole[:, at]
        weeks = _weeks(slot, slot.rate, moved[:, at], told[:, at], base)
        part = _summed("platform", slot.rate, moved[:, at], told[:, at], base)
        parts.append(replace(part, name=name, children=weeks))
    if len(parts) == 1:
        return parts[0].children
    return tuple(filter(is_told, parts))


def _weeks(
    slot: Slot,
    rate: float,
    moved: FloatArray,
    told: FloatArray,
    whole: FloatArray | None = None,
) -> Parts:
    weeks = [
        replace(
            _summed(
                "week",
                rate,
                moved[:, [week]],
                told[:, [week]],
                None if whole is None else whole[:, [week]],
            ),
            name=name,
        )
        for week, name in enumerate(slot.weeks)
    ]
    return tuple(filter(is_told, weeks))


def _summed(
    kind: str, rate: float, moved: FloatArray, told: FloatArray, whole: FloatArray | None
) -> Contribution:
    """Some weeks as one cause without a name: what they add, what was counted, of which whole."""
    own, other = told.sum(axis=1).tolist()
    own_base, other_base = (None, None) if whole is None else whole.sum(axis=1).tolist()
    value = rate * float(moved[0].sum() - moved[1].sum())
    return Contribution("", kind, value, own, other, own_base=own_base, other_base=other_base)


def _entropy(share: FloatArray) -> FloatArray:
    log = np.log(share, out=np.zeros(np.shape(share)), where=share > 0)
    entropy: FloatArray = -share * log
    return entropy
