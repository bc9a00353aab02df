"""Confidence sets for ranks: how sure an order is, from estimates and their errors.

Two units are told apart where their difference is larger than errors alone would make the largest
of all differences. A rank's set then runs from one more than those surely above to all but those
surely below. After Mogstad, Romano, Shaikh and Wilhelm 2023, Inference for Ranks with Applications
to Mobility across Neighbourhoods and Academic Achievement across Countries (Rev. Econ. Stud.).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import TIE, levels

_SAME = 1e-12
"""A difference whose variance is less than this share of the two variances has none."""
_BLOCK = 2**15
"""Numbers that are worked on at once: they fit the processor's cache."""
_GAUSSIANS = 2**20
"""Numbers that are drawn at once: memory does not grow by them."""


@dataclass(frozen=True)
class RankSets:
    """The lowest and the highest rank of each unit that the data do not rule out.

    Shape: (units,) each.  Missing: 0 for a unit that was left out.
    """

    low: IntArray
    high: IntArray


@dataclass(frozen=True)
class Comparison:
    """All pairs of units: how far apart they stand, and how far errors alone put them apart.

    Shape: unit (units,) tells the places of the units that are compared, and all else is in this
    order; gap and precision (units, units), row less column; error (units, draws).
    """

    unit: IntArray
    of: int
    estimate: FloatArray
    gap: FloatArray
    """Differences over their standard errors; infinite where different without error."""
    precision: FloatArray
    """One over the standard error of a difference; 0 where it has none."""
    error: FloatArray
    twin: IntArray
    """Units with equal figures, between whom only the draws differ, have the same number."""

    def above(self, coverage: float = 0.95, *, stepdown: bool = True) -> BoolArray:
        """Which unit (row) is surely above which (column), all pairs being sure together.

        A step down drops the pairs that are sure, each in its own direction only: a pair whose
        order is sure may yet be taken for the other order.

        Shape: (units, units), as compared.
        Source: Mogstad et al. 2023; Romano and Wolf 2005 (Econometrica 73, 1237-1282).
        """
        sure: BoolArray = np.isposinf(self.gap)
        open_ = self.precision > 0
        while open_.any():
            new = open_ & (self.gap > critical_value(self._largest(open_), coverage))
            sure |= new
            if not (stepdown and new.any()):
                break
            open_ &= ~new
        return sure

    def rank_sets(self, coverage: float = 0.95, *, stepdown: bool = True) -> RankSets:
        """Sets that hold the true ranks of all units together.

        Ties: equal units share the best rank; a set holds every rank that ties could mean.
        Missing: 0 for a unit that was left out.
        Source: Mogstad et al. 2023.
        """
        sure = self.above(coverage, stepdown=stepdown)
        return self._sets(sure.sum(axis=0), sure.sum(axis=1))

    def marginal_sets(self, coverage: float = 0.95, *, stepdown: bool = True) -> RankSets:
        """Sets that each hold the true rank of one unit, for who asks for that unit alone.

        Ties: units with equal figures get equal sets.  Missing: 0 for a unit that was left out.
        Source: Mogstad et al. 2023.
        """
        sure = [self._around(unit, coverage, stepdown=stepdown) for unit in range(self.unit.size)]
        over, under = np.array(sure, dtype=np.int64).reshape(self.unit.size, 2).T
        for many in (over, under):
            least = np.full(self.unit.size, self.unit.size)
            np.minimum.at(least, self.twin, many)
            many[:] = least[self.twin]
        return self._sets(over, under)

    def best_set(self, size: int = 3, coverage: float = 0.95) -> BoolArray:
        """Units that may be among the best: together they hold all true ones.

        Shape: -> (units,).  Missing: False for a unit that was left out.
        Source: Mogstad et al. 2023: one-sided lower bounds of at most `size`.
        """
        over = self.above(coverage).sum(axis=0)
        best = np.zeros(self.of, dtype=np.bool_)
        best[self.unit[over < size]] = True
        return best

    def separable(self, coverage: float = 0.95) -> BoolArray:
        """Whether a unit is surely above the next one in the order of estimates.

        The order is seen in the same data, so all pairs are sure together, not only neighbours.

        Shape: -> (units,).  Ties: units with equal estimates are not; below them come all of the
        next level.  Missing: False for a unit that was left out, and for the last one.
        """
        level = levels(self.estimate)
        follows = level[None, :] == level[:, None] + 1
        alone = (level[None, :] == level[:, None]).sum(axis=1) == 1
        sure = (self.above(coverage) | ~follows).all(axis=1)
        result = np.zeros(self.of, dtype=np.bool_)
        result[self.unit] = alone & follows.any(axis=1) & sure
        return result

    def _sets(self, over: IntArray, under: IntArray) -> RankSets:
        low, high = np.zeros(self.of, dtype=np.int64), np.zeros(self.of, dtype=np.int64)
        low[self.unit] = over + 1
        high[self.unit] = self.unit.size - under
        return RankSets(low, high)

    def _largest(self, open_: BoolArray) -> FloatArray:
        """The largest error of an open pair (row above column) in every draw."""
        pairs = list(self._pairs(open_))
        result = np.full(self.error.shape[1], -np.inf)
        step = max(_BLOCK // self.unit.size, 16)
        for start in range(0, result.size, step):
            error = np.ascontiguousarray(self.error[:, start : start + step])
            top = result[start : start + step]
            for unit, others, precision, is_folded in pairs:
                apart = error[others]
                np.subtract(error[unit], apart, out=apart)
                apart *= precision
                if is_folded:
                    np.abs(apart, out=apart)
                np.maximum(top, apart.max(axis=0), out=top)
        return result

    def _pairs(self, open_: BoolArray) -> Iterator[tuple[int, IntArray, FloatArray, bool]]:
        """Each pair once: open both ways (absolute), or one way (with its sign)."""
        both = np.triu(open_ & open_.T)
        one = np.triu(open_ ^ open_.T)
        sign = np.where(open_, self.precision, -self.precision)
        for unit in range(self.unit.size):
            for pairs, factor in ((both, self.precision), (one, sign)):
                others = np.flatnonzero(pairs[unit])
                if others.size:
                    yield unit, others, factor[unit, others][:, None], pairs is both

    def _around(self, unit: int, coverage: float, *, stepdown: bool) -> tuple[int, int]:
        """How many are surely above and below a unit, only its own pairs being sure together."""
        gap = np.stack([-self.gap[unit], self.gap[unit]])
        sure = np.isposinf(gap)
        open_ = np.stack([self.precision[unit] > 0] * 2)
        while (others := np.flatnonzero(open_.any(axis=0))).size:
            error = self.error[others]
            error -= self.error[unit]
            error *= self.precision[unit, others][:, None]
            above, below = open_[:, others]
            both = np.abs(error, out=error, where=(above & below)[:, None])
            np.negative(both, out=both, where=(below & ~above)[:, None])
            new = open_ & (gap > critical_value(both.max(axis=0), coverage))
            sure |= new
            if not (stepdown and new.any()):
                break
            open_ &= ~new
        return int(sure[0].sum()), int(sure[1].sum())


def compare(
    estimate: FloatArray,
    covariance: FloatArray | None,
    draws: int | FloatArray = 1000,
    rng: np.random.Generator | None = None,
) -> Comparison:
    """All pairs of units, and draws of the errors of their estimates.

    The errors are Gaussian, unless `draws` brings them. Gaussian draws belong to the units in the
    order of their figures, not of their rows, and go through the symmetric root of the covariance,
    so that the order of rows does not matter.

    Shape: estimate (units,); covariance (units, units), or (units,) standard errors of independent
    estimates, or None: that of the draws; draws their number, or (draws, units) centred errors.
    Missing: a unit with NaN for its estimate, its variance or an error is left out.
    Ties: two units whose difference has no variance are told apart unless nearer than TIE.
    Raises: ValueError where the covariance is none, or neither errors nor an rng are given.
    """
    given = draws if isinstance(draws, np.ndarray) else None
    if covariance is None:
        covariance = covariance_of(given)
    table = np.diag(np.square(covariance)) if covariance.ndim == 1 else covariance
    unit = np.flatnonzero(~np.isnan(estimate) & ~np.isnan(np.diagonal(table)))
    if given is not None:
        unit = unit[~np.isnan(given[:, unit]).any(axis=0)]
    twin = np.arange(unit.size)
    if given is None:
        order, twin = _canonical_order(estimate[unit], table[np.ix_(unit, unit)])
        unit = unit[order]
    table = table[np.ix_(unit, unit)]
    if not (np.isfinite(table).all() and np.allclose(table, table.T)):
        msg = "a covariance is finite and symmetric"
        raise ValueError(msg)
    table = (table + table.T) / 2
    if isinstance(draws, np.ndarray):
        error = np.ascontiguousarray(draws[:, unit].T)
    else:
        error = _gaussian(table, draws, rng)
    gap, precision = _standardise(estimate[unit], table)
    return Comparison(unit, estimate.size, estimate[unit], gap, precision, error, twin)


def rank_sets(
    estimate: FloatArray,
    covariance: FloatArray | None,
    coverage: float = 0.95,
    draws: int | FloatArray = 1000,
    rng: np.random.Generator | None = None,
) -> RankSets:
    """Sets that hold the true ranks of all units together; the highest estimate ranks first.

    Shape: as of `compare` -> (units,) each.  Missing: 0 for a unit that was left out.
    Source: Mogstad et al. 2023.
    """
    return compare(estimate, covariance, draws, rng).rank_sets(coverage)


def best_set(  # noqa: PLR0913 -- what is compared, as in rank_sets, and how many
    estimate: FloatArray,
    covariance: FloatArray | None,
    coverage: float = 0.95,
    draws: int | FloatArray = 1000,
    rng: np.random.Generator | None = None,
    *,
    size: int = 3,
) -> BoolArray:
    """Units that may be among the best: together they hold all true ones.

    Shape: as of `compare` -> (units,).  Missing: False for a unit that was left out.
    Source: Mogstad et al. 2023.
    """
    return compare(estimate, covariance, draws, rng).best_set(size, coverage)


def covariance_of(draws: FloatArray | None) -> FloatArray:
    """The covariance of the units over the draws.

    Shape: (draws, units) -> (units, units).  Missing: NaN for a unit with a NaN.
    Raises: ValueError without two draws.
    """
    if draws is None or draws.shape[0] < 2:
        msg = "a covariance needs two draws"
        raise ValueError(msg)
    apart = draws - draws.mean(axis=0)
    product: FloatArray = apart.T @ apart / (draws.shape[0] - 1)
    return (product + product.T) / 2


def critical_value(largest: FloatArray, coverage: float) -> float:
    """The least drawn value that at least the stated share of draws and of one more lies below.

    So with the truth as one draw more the share is kept, also with few draws: the largest number
    there is, where they are too few to say.

    Shape: (draws,).  Source: Davison and Hinkley 1997, Bootstrap Methods, chapter 4 (R + 1 draws).
    """
    place = int(np.ceil(coverage * (largest.size + 1) - 1e-9))
    if place > largest.size:
        return float(np.finfo(np.float64).max)
    return float(np.partition(largest, place - 1)[place - 1])


def _canonical_order(estimate: FloatArray, covariance: FloatArray) -> tuple[IntArray, IntArray]:
    """The units by their figures, and a number that units with equal figures share."""
    keys = np.vstack([estimate, np.diagonal(covariance), np.sort(covariance, axis=1).T])
    order = np.lexsort(keys[::-1])
    steps = (np.diff(keys[:, order]) != 0).any(axis=0)
    return order, np.concatenate([np.zeros(min(order.size, 1), bool), steps]).cumsum()


def _gaussian(covariance: FloatArray, draws: int, rng: np.random.Generator | None) -> FloatArray:
    if rng is None:
        msg = "Gaussian draws need an rng"
        raise ValueError(msg)
    root = _symmetric_root(covariance)
    units = covariance.shape[0]
    result = np.empty((units, draws))
    step = max(_GAUSSIANS // max(units, 1), 1)
    for start in range(0, draws, step):
        some = rng.standard_normal((min(step, draws - start), units))
        np.matmul(root, some.T, out=result[:, start : start + step])
    return result


def _symmetric_root(covariance: FloatArray) -> FloatArray:
    """The one root that does not choose between units; singular covariances have it, too."""
    value, vector = np.linalg.eigh(covariance)
    if value.size and value[0] < -1e-8 * value[-1]:
        msg = "a covariance has no negative variance"
        raise ValueError(msg)
    root: FloatArray = (vector * np.sqrt(np.maximum(value, 0.0))) @ vector.T
    return root


def _standardise(estimate: FloatArray, covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Gaps in standard errors, and one over the standard errors."""
    variance = np.diagonal(covariance)
    total = variance[:, None] + variance[None, :]
    square = total - 2 * covariance
    is_uncertain = square > _SAME * total
    np.fill_diagonal(is_uncertain, val=False)
    precision = np.zeros(square.shape)
    np.divide(
        1.0, np.sqrt(square, where=is_uncertain, out=precision), precision, where=is_uncertain
    )
    apart = estimate[:, None] - estimate[None, :]
    sure = np.where(np.abs(apart) > TIE, np.copysign(np.inf, apart), 0.0)
    with np.errstate(over="ignore"):
        return np.where(is_uncertain, apart * precision, sure), precision
