"""Confidence sets for ranks: how sure an order is, from estimates and their errors.

Two units are told apart where their difference is larger than errors alone would make the largest
of all differences. A rank's set then runs from one more than those surely above to all but those
surely below. After Mogstad, Romano, Shaikh and Wilhelm 2023, Inference for Ranks with Applications
to Mobility across Neighbourhoods and Academic Achievement across Countries (Rev. Econ. Stud.).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.covariance import covariance_of, gaussian_errors
from tolok.composite.critical import Largest, critical_value
from tolok.composite.rank import TIE, levels

_SAME = 1e-12
"""A difference whose variance is less than this share of the two variances has none."""
_PART = 2**14
"""Numbers that are looked at at once: they fit the processor's cache."""
_FEW = 64
"""Of so few units all pairs are looked at in every draw; of more, only those that could be largest.
"""
_BANDS = 8
"""Into so many bands of like variance units are cut, for bounds that are tight in each."""


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

    Shape: unit (units,) tells the places of the units that are compared, those of small variance
    first, and all else is in this order; gap and precision (units, units), row less column; error
    (units, draws).
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
        bound = np.full(self.error.shape[1], np.inf)
        while open_.any():
            new = open_ & (self.gap > self._critical(open_, bound, coverage))
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

    @cached_property
    def _bands(self) -> IntArray:
        """The first unit of each band of like variance."""
        return np.unique(np.arange(_BANDS) * self.unit.size // _BANDS)

    @cached_property
    def _edges(self) -> FloatArray:
        """The lowest and the highest error of each band in every draw: (2, bands, draws)."""
        low, high = (f.reduceat(self.error, self._bands) for f in (np.minimum, np.maximum))
        return np.stack([low, high])

    def _critical(self, open_: BoolArray, bound: FloatArray, coverage: float) -> float:
        """The critical value of the largest error of an open pair (row above column).

        Bounds of the errors in each draw come from when more pairs were open, and are tightened.
        """
        weight = np.where(open_, self.precision, 0.0)
        if self.unit.size <= _FEW:
            largest_of_all = _largest_of_all(self.error, weight)
            return critical_value(largest_of_all, lambda draws, _: largest_of_all[draws], coverage)
        widest = np.maximum.reduceat(np.maximum(weight, weight.T), self._bands)
        step = max(_PART // self.unit.size, 16)
        for start in range(0, bound.size, step):
            part = slice(start, start + step)
            reach = _reach(self.error[:, part], self._edges[:, :, part], widest)
            np.minimum(bound[part], reach.max(axis=0), out=bound[part])

        def largest(draws: IntArray, least: float) -> FloatArray:
            result = np.zeros(draws.size)
            errors = np.ascontiguousarray(self.error[:, draws].T)
            for place, (error, draw) in enumerate(zip(errors, draws, strict=True)):
                # A pair beyond `least` has two units that could be.
                reach = _reach(error[:, None], self._edges[:, :, draw, None], widest)[:, 0]
                far = np.flatnonzero(reach > least)
                some = error[far]
                apart = some[:, None] - some
                apart *= weight if far.size == error.size else weight[far].take(far, axis=1)
                result[place] = apart.max(initial=0.0)
            return result

        return critical_value(bound, largest, coverage)

    def _around(self, unit: int, coverage: float, *, stepdown: bool) -> tuple[int, int]:
        """How many are surely above and below a unit, only its own pairs being sure together."""
        gap = np.stack([-self.gap[unit], self.gap[unit]])
        sure = np.isposinf(gap)
        open_ = np.stack([self.precision[unit] > 0] * 2)
        bound = np.full(self.error.shape[1], np.inf)
        while open_.any():
            weight = np.where(open_.any(axis=0), self.precision[unit], 0.0)
            widest = np.maximum.reduceat(weight, self._bands)[:, None]
            reach = _reach(self.error[unit : unit + 1], self._edges, widest)[0]
            np.minimum(bound, reach, out=bound)
            critical = critical_value(bound, self._largest_around(unit, open_), coverage)
            new = open_ & (gap > critical)
            sure |= new
            if not (stepdown and new.any()):
                break
            open_ &= ~new
        return int(sure[0].sum()), int(sure[1].sum())

    def _largest_around(self, unit: int, open_: BoolArray) -> Largest:
        """The largest error of a unit's open pairs: others above it, and below it."""
        both, one = np.flatnonzero(open_.all(axis=0)), np.flatnonzero(open_[0] ^ open_[1])
        others = np.concatenate([both, one])
        sign = np.where(open_[0, others], 1.0, -1.0)
        precision = (sign * self.precision[unit, others])[:, None]

        def largest(draws: IntArray, _least: float) -> FloatArray:
            apart = self.error[others].take(draws, axis=1)
            apart -= self.error[unit, draws]
            apart *= precision
            np.abs(apart[: both.size], out=apart[: both.size])
            result: FloatArray = apart.max(axis=0)
            return result

        return largest


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
    order, twin = _canonical_order(estimate[unit], table[np.ix_(unit, unit)])
    unit = unit[order]
    if given is not None:
        twin = np.arange(unit.size)
    table = table[np.ix_(unit, unit)]
    if not (np.isfinite(table).all() and np.allclose(table, table.T)):
        msg = "a covariance is finite and symmetric"
        raise ValueError(msg)
    table = (table + table.T) / 2
    if isinstance(draws, np.ndarray):
        error = np.ascontiguousarray(draws[:, unit].T)
    else:
        error = gaussian_errors(table, draws, rng)
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


def _reach(error: FloatArray, edges: FloatArray, widest: FloatArray) -> FloatArray:
    """How far an error can be at most from any other of its draw, in standard errors.

    Shape: (units, draws), (2, bands, draws), (bands, units) -> (units, draws).
    """
    result: FloatArray = np.zeros(error.shape)
    for low, high, weight in zip(*edges, widest, strict=True):
        np.maximum(result, np.maximum(high - error, error - low) * weight[:, None], out=result)
    return result


def _largest_of_all(error: FloatArray, weight: FloatArray) -> FloatArray:
    """The largest weighted difference of two errors in every draw; (units, draws) -> (draws,)."""
    units, draws = error.shape
    step, drawn = max(_PART // units**2, 1), np.ascontiguousarray(error.T)
    largest, apart = np.empty(draws), np.empty((step, units, units))
    for start in range(0, draws, step):
        part = drawn[start : start + step]
        some = apart[: len(part)]
        np.subtract(part[:, :, None], part[:, None, :], out=some)
        some *= weight
        largest[start : start + step] = some.reshape(len(part), -1).max(axis=1)
    return largest


def _canonical_order(estimate: FloatArray, covariance: FloatArray) -> tuple[IntArray, IntArray]:
    """The units by their figures, variance first, and a number for those of equal figures."""
    keys = np.vstack([np.diagonal(covariance), estimate, np.sort(covariance, axis=1).T])
    order = np.lexsort(keys[::-1])
    steps = (np.diff(keys[:, order]) != 0).any(axis=0)
    return order, np.concatenate([np.zeros(min(order.size, 1), bool), steps]).cumsum()


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
