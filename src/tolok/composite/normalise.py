"""From a value to points that can be added: rules fitted to a reference, then frozen.

Every rule is a small object. `fit` takes the reference and gives a Scale of frozen parameters;
the scale turns any values into points. So adding or removing a unit changes no other's points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tolok.composite.array import BoolArray, FloatArray
from tolok.errors import IndexFault, did_you_mean

MAD_TO_SD = 1.4826
"""The median absolute deviation of a normal distribution times this is its sd."""
ROUNDING = 1e-12
"""Values that differ by less than this share of the greatest are constant."""

PerIndicator = float | tuple[float, ...]
"""One number for all indicators that a rule serves, or one for each of them."""


@dataclass(frozen=True)
class Reference:
    """The units to which a rule is fitted.

    Shape: value (units, indicators), direction (indicators,), names (units,).
    """

    value: FloatArray
    direction: FloatArray
    names: tuple[str, ...] = ()

    @property
    def directed(self) -> FloatArray:
        """The values turned so that more is better."""
        return self.value * self.direction


class Scale(Protocol):
    """Frozen parameters that turn values into points."""

    @property
    def is_usable(self) -> BoolArray:
        """Whether each indicator told units of the reference apart. Shape: (indicators,)."""
        ...

    def points(self, value: FloatArray) -> FloatArray:
        """The points of values as they were measured. Shape: (units, indicators)."""
        ...

    def parameters(self) -> Mapping[str, FloatArray]:
        """The frozen parameters by name. Shape: (indicators,) each."""
        ...


class Normalisation(Protocol):
    """A rule that can be fitted to a reference."""

    def fit(self, reference: Reference) -> Scale:
        """The scale of the rule, frozen on the reference."""
        ...


@dataclass(frozen=True)
class Linear:
    """Points on a line: `low` at the origin, `low + span` one width above, within the bounds.

    Shape: (indicators,) each.
    """

    direction: FloatArray
    origin: FloatArray
    width: FloatArray
    low: float = 0.0
    span: float = 1.0
    least: float = -np.inf
    most: float = np.inf

    @property
    def is_usable(self) -> BoolArray:
        """Whether each indicator has a width that is more than rounding."""
        size = np.maximum(np.abs(self.origin), np.abs(self.origin + self.width))
        usable: BoolArray = self.width > ROUNDING * size
        return usable

    def points(self, value: FloatArray) -> FloatArray:
        """The points of values as they were measured.

        Shape: (units, indicators).  Missing: NaN where the value is, or where all were equal.
        """
        width = np.where(self.is_usable, self.width, np.nan)
        points = self.low + self.span * ((value * self.direction - self.origin) / width)
        return np.clip(points, self.least, self.most)

    def parameters(self) -> Mapping[str, FloatArray]:
        """Origin and width, in the indicator's own unit, turned so that more is better."""
        return {"origin": self.origin, "width": self.width}


@dataclass(frozen=True)
class Placed:
    """Points by place: how many values of the reference lie below, and a first place, over all.

    Shape: ordered (units, indicators) with missing values last; count, divisor (indicators,).
    """

    direction: FloatArray
    ordered: FloatArray
    count: FloatArray
    first: float
    divisor: FloatArray

    @property
    def is_usable(self) -> BoolArray:
        """Whether each indicator had two different values."""
        last = np.maximum(self.count.astype(np.int64) - 1, 0)
        greatest = self.ordered[last, np.arange(last.size)]
        usable: BoolArray = greatest > self.ordered[0]
        return usable

    def points(self, value: FloatArray) -> FloatArray:
        """The points of values as they were measured.

        Shape: (units, indicators).  Missing: NaN where the value is, or where all were equal.
        Ties: equal values have the place of the lowest ("min").
        """
        directed = value * self.direction
        below = np.empty(directed.shape)
        for column in range(directed.shape[1]):
            known = self.ordered[: int(self.count[column]), column]
            below[:, column] = np.searchsorted(known, directed[:, column])
        points: FloatArray = np.where(
            self.is_usable & ~np.isnan(directed), (below + self.first) / self.divisor, np.nan
        )
        return points

    def parameters(self) -> Mapping[str, FloatArray]:
        """How many values each indicator is placed among."""
        return {"count": self.count}


@dataclass(frozen=True)
class MinMax:
    """The least of the reference has `low` points, the greatest `high`."""

    low: float = 0.0
    high: float = 100.0

    def fit(self, reference: Reference) -> Linear:
        """The scale from the least to the greatest value.

        Source: Handbook on Constructing Composite Indicators, OECD 2008, step 5.
        """
        least, most = _extremes(reference)
        return Linear(reference.direction, least, most - least, self.low, self.high - self.low)


@dataclass(frozen=True)
class ZScore:
    """The reference has this mean and this sample standard deviation."""

    mean: float = 0.0
    sd: float = 1.0

    def fit(self, reference: Reference) -> Linear:
        """The scale of standard deviations from the mean."""
        sets = _columns(reference)
        mean = np.array([x.mean() if x.size else np.nan for x in sets])
        sd = np.array([x.std(ddof=1) if x.size > 1 else np.nan for x in sets])
        return Linear(reference.direction, mean, sd, self.mean, self.sd)


@dataclass(frozen=True)
class RobustZ:
    """Median 50, 100 three deviations above; the deviation is 1.4826 MAD, or the sd if MAD is 0.

    `floor` is the least z; there is no upper cut, which would make ties at the top.
    """

    floor: float = -3.0

    def fit(self, reference: Reference) -> Linear:
        """The scale of robust deviations from the median.

        Source: METHODOLOGY, normalisation.
        """
        sets = _columns(reference)
        median = np.array([np.median(x) if x.size else np.nan for x in sets])
        width = np.array([_deviation(x) for x in sets])
        least = 50 + 50 * self.floor / 3
        return Linear(reference.direction, median, width, 50.0, 50 / 3, least)


@dataclass(frozen=True)
class Scaled:
    """A hundred points from `low` to `high`, numbers of the indicator that are given."""

    low: PerIndicator = 0.0
    high: PerIndicator = 100.0

    def fit(self, reference: Reference) -> Linear:
        """The scale between the two numbers; the reference has no say."""
        lower, upper = _turned(reference, self.low, self.high)
        return Linear(reference.direction, lower, upper - lower, 0.0, 100.0)


@dataclass(frozen=True)
class Goalposts:
    """`points` from the lower to the upper post, and no more or less beyond them."""

    low: PerIndicator = 0.0
    high: PerIndicator = 1.0
    points: float = 1.0
    is_truncated: bool = True

    def fit(self, reference: Reference) -> Linear:
        """The scale between the posts; the reference has no say."""
        lower, upper = _turned(reference, self.low, self.high)
        least, most = (0.0, self.points) if self.is_truncated else (-np.inf, np.inf)
        return Linear(reference.direction, lower, upper - lower, 0.0, self.points, least, most)


@dataclass(frozen=True)
class DistanceToMax:
    """1 at the greatest of the reference, 0 at the least."""

    def fit(self, reference: Reference) -> Linear:
        """The scale from the least to the greatest value."""
        least, most = _extremes(reference)
        return Linear(reference.direction, least, most - least)


@dataclass(frozen=True)
class DistanceToReference:
    """1 at one unit, named; 0 at the least of the reference."""

    unit: str
    is_capped: bool = False

    def fit(self, reference: Reference) -> Linear:
        """The scale from the least value to the unit's.

        Raises: IndexFault where the unit is none of the reference.
        """
        if self.unit not in reference.names:
            hint = did_you_mean(self.unit, reference.names)
            raise IndexFault("normalise", f"no unit {self.unit!r} in the reference.", hint)
        own = reference.directed[reference.names.index(self.unit)]
        least, _ = _extremes(reference)
        most = 1.0 if self.is_capped else np.inf
        return Linear(reference.direction, least, own - least, most=most)


@dataclass(frozen=True)
class DistanceToTarget:
    """1 at the target, a number of the indicator that is given; 0 at the least of the reference."""

    target: PerIndicator
    is_capped: bool = False

    def fit(self, reference: Reference) -> Linear:
        """The scale from the least value to the target."""
        least, _ = _extremes(reference)
        target = np.asarray(self.target, dtype=np.float64) * reference.direction
        most = 1.0 if self.is_capped else np.inf
        return Linear(reference.direction, least, target - least, most=most)


@dataclass(frozen=True)
class FractionOfMax:
    """The value over the greatest of the reference."""

    def fit(self, reference: Reference) -> Linear:
        """The scale from 0 to the greatest value; unusable where that is not over 0."""
        least, most = _extremes(reference)
        told_apart = np.where(most - least > ROUNDING * np.abs(most), most, np.nan)
        return Linear(reference.direction, np.zeros_like(most), told_apart)


@dataclass(frozen=True)
class Rank:
    """1 for the lowest of the reference, 1 more for every value below."""

    def fit(self, reference: Reference) -> Placed:
        """The scale of ranks, the best unit having the greatest."""
        return _placed(reference, 1.0, is_share=False)


@dataclass(frozen=True)
class Borda:
    """How many values of the reference lie below."""

    def fit(self, reference: Reference) -> Placed:
        """The scale of Borda's points."""
        return _placed(reference, 0.0, is_share=False)


@dataclass(frozen=True)
class PercentileRank:
    """The share of the others in the reference that lie below."""

    def fit(self, reference: Reference) -> Placed:
        """The scale of percentile ranks."""
        return _placed(reference, 0.0, is_share=True)


def _columns(reference: Reference) -> list[FloatArray]:
    """The values of each indicator, in order: then the order of rows changes no last digit."""
    directed = reference.directed
    return [np.sort(x[~np.isnan(x)]) for x in directed.T]


def _extremes(reference: Reference) -> tuple[FloatArray, FloatArray]:
    sets = _columns(reference)
    least = np.array([x[0] if x.size else np.nan for x in sets])
    return least, np.array([x[-1] if x.size else np.nan for x in sets])


def _turned(
    reference: Reference, low: PerIndicator, high: PerIndicator
) -> tuple[FloatArray, FloatArray]:
    """Two bounds of each indicator, turned as its values are."""
    direction = reference.direction
    lower, upper = (np.asarray(bound, dtype=np.float64) * direction for bound in (low, high))
    return np.minimum(lower, upper), np.maximum(lower, upper)


def _deviation(x: FloatArray) -> float:
    if not x.size:
        return float("nan")
    away = np.abs(x - np.median(x))
    width = MAD_TO_SD * float(np.median(away))
    if width <= ROUNDING * np.abs(x).max() and x.size > 1:
        width = float(x.std(ddof=1))
    return width


def _placed(reference: Reference, first: float, *, is_share: bool) -> Placed:
    directed = reference.directed
    if not len(directed):  # everyone was screened out: nothing is known
        directed = np.full((1, directed.shape[1]), np.nan)
    count = (~np.isnan(directed)).sum(axis=0).astype(np.float64)
    divisor = np.maximum(count - 1, 1) if is_share else np.ones_like(count)
    return Placed(reference.direction, np.sort(directed, axis=0), count, first, divisor)
