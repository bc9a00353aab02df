"""The many-facet Rasch model: scores as steps of an order, by merit, severity and difficulty.

ln(P_k / P_(k-1)) = merit - difficulty of the criterion - severity of the juror - threshold_k, by
joint maximum likelihood. Source: Linacre 1989, Many-Facet Rasch Measurement. Joint estimates stand
a little too far apart where an entry has few scores; weights of a rubric do not enter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.errors import JuryFault
from tolok.jury.link import require_comparable
from tolok.jury.rasch_likelihood import FACETS, FAR, SIGN, RaschPoint, RaschRows, climb, moments
from tolok.jury.sheet import Sheet

EXTREME = 0.3
"""So far a sum of only lowest or only highest scores is moved inwards; Facets' own number."""


@dataclass(frozen=True)
class RaschFit:
    """Measures in logits. Difficulties, severities and thresholds have the mean 0.

    An entry, juror or criterion with only lowest or only highest scores has no finite estimate: it
    is left out, and then measured with its sum moved inwards by EXTREME, `is_extreme` telling so.
    Fit is a mean square: 1 is as the model expects, far above 1 a juror who surprises.

    Shape: merit, merit_error (entries,); severity, infit, outfit (jurors,); difficulty (criteria,);
    threshold (steps,), between `categories` (steps + 1,); covariance of merits (entries, entries).
    Missing: NaN for a juror or criterion without a score, fits of extremes, and a criterion of
    weight 0.
    """

    merit: FloatArray
    covariance: FloatArray
    severity: FloatArray
    difficulty: FloatArray
    threshold: FloatArray
    categories: FloatArray
    infit: FloatArray
    outfit: FloatArray
    is_extreme: tuple[BoolArray, BoolArray, BoolArray]
    """Of entries, jurors and criteria."""
    steps: int


def fit_rasch(sheet: Sheet) -> RaschFit:
    """The measures under which the scores are most likely.

    Every score counts, also of a cell that is not whole. Categories are those that are used by who
    is not extreme; others are closed up.

    Missing: NaN is no score.
    Raises: NotComparable where jurors do not join the entries; JuryFault where scores are no whole
    numbers, are all the same, or have no finite estimates.
    """
    data, categories = _read(sheet)
    keep = _not_extreme(data)
    rows = np.all([kept[data.who[:, at]] for at, kept in enumerate(keep)], axis=0)
    data, used = _closed_up(data, rows)
    core = data.part(rows)
    point, covariance, steps = climb(core, keep)
    point, errors = _with_extremes(data, point, keep)
    merit_covariance = _merit_covariance(covariance, keep[0], errors)
    infit, outfit = _fits(core, point, keep[1])
    has_row = [np.isin(np.arange(size), data.who[:, at]) for at, size in enumerate(data.sizes)]
    extreme = tuple(there & ~kept for there, kept in zip(has_row, keep, strict=True))
    return RaschFit(
        merit=point.facets[0],
        covariance=merit_covariance,
        severity=point.facets[1],
        difficulty=point.facets[2],
        threshold=point.threshold,
        categories=categories[used],
        infit=infit,
        outfit=outfit,
        is_extreme=(extreme[0], extreme[1], extreme[2]),
        steps=steps,
    )


def _read(sheet: Sheet) -> tuple[RaschRows, FloatArray]:
    score = np.where(sheet.weight > 0, sheet.score, np.nan)
    juror, entry, criterion = np.nonzero(~np.isnan(score))
    value = score[juror, entry, criterion]
    if (value != np.round(value)).any():
        problem = "the Rasch model needs scores in whole numbers."
        raise JuryFault("rasch", problem, "Tally by the method additive.")
    require_comparable((~np.isnan(score)).sum(axis=2) > 0, sheet.entries)
    categories, step = np.unique(value, return_inverse=True)
    who = np.stack([entry, juror, criterion], axis=1)
    sizes = (len(sheet.entries), len(sheet.jurors), len(sheet.criteria))
    return RaschRows(who, step.reshape(-1).astype(np.int64), sizes, categories.size - 1), categories


def _not_extreme(data: RaschRows) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Which entries, jurors and criteria have neither only lowest nor only highest scores.

    Lowest and highest are those of the others: who stands apart from all is left out, too.
    """
    keep = [np.ones(size, dtype=bool) for size in data.sizes]
    while True:
        rows = np.all([kept[data.who[:, at]] for at, kept in enumerate(keep)], axis=0)
        step = data.step[rows]
        low, high = step.min(initial=data.top), step.max(initial=0)
        now = []
        for at, size in enumerate(data.sizes):
            own = data.who[rows, at]
            held = np.bincount(own, minlength=size)
            total = np.bincount(own, step, size)
            now.append(keep[at] & (total > held * low) & (total < held * high))
        if all((one == two).all() for one, two in zip(keep, now, strict=True)):
            return keep[0], keep[1], keep[2]
        keep = now


def _closed_up(data: RaschRows, is_core: BoolArray) -> tuple[RaschRows, IntArray]:
    """Rows with the categories that the core uses; a score beside them counts as the one below.

    Below the lowest it counts as the lowest. The categories that are used come along.
    """
    used = np.unique(data.step[is_core])
    step = np.maximum(np.searchsorted(used, data.step, side="right") - 1, 0)
    return RaschRows(data.who, step, data.sizes, used.size - 1), used


def _with_extremes(
    data: RaschRows, point: RaschPoint, keep: tuple[BoolArray, ...]
) -> tuple[RaschPoint, FloatArray]:
    """The point with measures of what was left out, and the variances of such entries' merits.

    Each is measured by what is known of those it met, one after the other, until all are.
    """
    variance = np.zeros(data.sizes[0])
    facets = [facet.copy() for facet in point.facets]
    open_ = list(_left_out(data, keep))
    while open_:
        later = []
        for at, one in open_:
            own = data.who[:, at] == one
            base = np.zeros(int(own.sum()))
            for other in range(FACETS):
                if other != at:
                    base += SIGN[other] * facets[other][data.who[own, other]]
            known = ~np.isnan(base)
            if not known.any():
                later.append((at, one))  # it met only what is still unknown
                continue
            measure, information = _measured(base[known], point.threshold, data.step[own][known])
            facets[at][one] = SIGN[at] * measure
            if at == 0:
                variance[one] = 1 / information
        if later == open_:
            problem = "some have only lowest or highest scores, given among themselves."
            raise JuryFault("rasch", problem, "Tally by the method additive.")
        open_ = later
    return RaschPoint((facets[0], facets[1], facets[2]), point.threshold), variance


def _left_out(data: RaschRows, keep: tuple[BoolArray, ...]) -> Iterator[tuple[int, int]]:
    """Facet and place of what has only extreme scores; criteria and jurors before entries."""
    for at in (2, 1, 0):
        for one in np.flatnonzero(~keep[at]):
            if (data.who[:, at] == one).any():
                yield at, int(one)


def _measured(base: FloatArray, threshold: FloatArray, step: IntArray) -> tuple[float, float]:
    """Where the expected sum is that of the steps, moved inwards; and the information there."""
    most = base.size * threshold.size - EXTREME
    total = min(max(float(step.sum()), EXTREME), most)
    low, high = -2 * FAR, 2 * FAR
    for _ in range(100):
        middle = (low + high) / 2
        mean, spread = moments(base + middle, threshold)
        if mean.sum() < total:
            low = middle
        else:
            high = middle
    return middle, float(spread.sum())


def _merit_covariance(
    covariance: FloatArray, is_kept: BoolArray, variance: FloatArray
) -> FloatArray:
    whole = np.diag(variance)
    whole[np.ix_(is_kept, is_kept)] = covariance
    return whole


def _fits(core: RaschRows, point: RaschPoint, is_kept: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Infit and outfit of jurors: squared surprise over what the model expects."""
    entry, juror, criterion = (point.facets[at][core.who[:, at]] for at in range(FACETS))
    mean, spread = moments(entry - juror - criterion, point.threshold)
    squared = (core.step - mean) ** 2
    own, size = core.who[:, 1], is_kept.size
    held = np.where(is_kept, np.bincount(own, minlength=size), np.nan)
    whole = np.where(is_kept, np.bincount(own, spread, size), np.nan)
    return np.bincount(own, squared, size) / whole, np.bincount(own, squared / spread, size) / held
