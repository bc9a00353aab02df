"""The best and the worst rank that what is missing would allow.

A post whose count is hidden or was not collected is given the lowest, then the highest count that
the account's other posts of its kind show; an indicator that could not be read is given the lowest,
then the highest points that anybody ranked has in it. What a platform does not offer, a platform
that is absent and kinds that were never posted are no gaps. Parts and wholes of ratios are taken as
they were read: their gaps are shared by both.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from tolok.composite.aggregate import aggregate
from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import TIE
from tolok.model import KINDS
from tolok.scoring.category import CategoryScore, frames_of, in_order
from tolok.scoring.eligibility import standing_of
from tolok.scoring.estimate import ABSENT_PLATFORM, NO_POSTS, NO_SPREAD, Frame
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT, Histogram
from tolok.scoring.indicator import score_indicator, score_of_category
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.view import View, view_of

NO_GAP = (0, ABSENT_PLATFORM, NO_POSTS, NO_SPREAD)
"""Codes of missing values that hide nothing."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """Scores between which what is missing could move an institution.

    Shape: (institutions,).  Missing: NaN for who is not eligible.
    """

    low: FloatArray
    high: FloatArray


def score_bounds(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> dict[str, Bounds]:
    """The bounds of every score, by category, under frozen parameters."""
    by_name = {one.category.name: one for one in categories}
    sides = {
        is_high: _bound_scores(view, _Side(by_name, is_high), reference)
        for is_high in (False, True)
    }
    return {
        name: Bounds(
            np.minimum(sides[False][name], one.score), np.maximum(sides[True][name], one.score)
        )
        for name, one in by_name.items()
    }


def rank_bounds(bounds: Bounds, members: IntArray) -> tuple[IntArray, IntArray]:
    """The best and worst rank of each member: it at one extreme, and all others at the other.

    Shape: (members,) -> (members,) each.
    """
    low, high = bounds.low[members], bounds.high[members]
    best = 1 + (low[None, :] > high[:, None] + TIE).sum(axis=1)
    worst = 1 + (high[None, :] > low[:, None] + TIE).sum(axis=1)
    # nobody stands in their own way
    worst -= high > low + TIE
    return best, worst


def filled(panel: Panel, kinds: tuple[str, ...], *, is_high: bool) -> Panel:
    """The panel with a count for every post that lacks one, though its account's kind has them.

    Shape: as the panel. Posts of these kinds (all, if none is named) get the highest or the lowest
    known count; posts of other kinds get the opposite, so that what compares both is bounded too.
    """
    histograms, counts = {}, dict(panel.account_counts)
    for measure, histogram in panel.histograms.items():
        extra = _unknown_posts(panel, histogram, kinds, is_high=is_high)
        arrays = ("account", "week", "kind", "bin", "post_count", "log_sum")
        histograms[measure] = Histogram(
            *(np.concatenate([getattr(histogram, name), getattr(extra, name)]) for name in arrays)
        )
        if measure in counts:
            more = np.zeros(panel.shape[1:])
            each = np.expm1(extra.log_sum / extra.post_count / LOG_UNIT)
            np.add.at(more, (extra.account, extra.week), np.rint(each * extra.post_count))
            known = counts[measure]
            counts[measure] = np.where(
                np.isnan(known) & (more == 0), np.nan, np.nan_to_num(known) + more
            )
    return replace(panel, histograms=histograms, account_counts=counts)


def _unknown_posts(
    panel: Panel, histogram: Histogram, kinds: tuple[str, ...], *, is_high: bool
) -> Histogram:
    """Posts without a known count, at the lowest or highest level of the same account and kind."""
    kind = np.where(histogram.kind < 0, len(KINDS), histogram.kind)
    known = np.zeros(panel.posts_by_kind.shape, dtype=np.int64)
    np.add.at(known, (histogram.account, histogram.week, kind), histogram.post_count)
    unknown = np.maximum(panel.posts_by_kind - known, 0)
    y = histogram.log_sum / np.maximum(histogram.post_count, 1)
    shape = (panel.shape[1], len(KINDS) + 1)
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    np.minimum.at(low, (histogram.account, kind), y)
    np.maximum.at(high, (histogram.account, kind), y)
    chosen = np.array([not kinds or name in kinds for name in (*KINDS, "")])
    level = np.where(chosen == is_high, high, low)
    account, week, code = np.nonzero(unknown * np.isfinite(level)[:, None, :])
    count, each = unknown[account, week, code], np.rint(level[account, code]).astype(np.int64)
    bins = np.floor(each / LOG_UNIT * BINS_PER_UNIT).astype(np.int64)
    code = np.where(code == len(KINDS), -1, code)
    return Histogram(account, week, code, bins, count, each * count)


@dataclass(frozen=True, eq=False)
class _Side:
    """One of the two extremes, and what has been found there so far.

    The panels live no longer than the side, since they are large.
    """

    categories: dict[str, CategoryScore]
    is_high: bool
    scores: dict[str, FloatArray] = field(default_factory=dict)
    panels: dict[tuple[str, ...], Panel] = field(default_factory=dict)


def _bound_scores(view: View, side: _Side, reference: Reference) -> dict[str, FloatArray]:
    """Scores where everything missing is at its worst, or at its best."""
    standing = standing_of(view)
    for category in in_order(view.rules.categories):
        one = side.categories[category.name]
        points = np.stack(
            [
                _bound_points(frame, one, place, side)
                for place, frame in enumerate(frames_of(view, standing, category, reference))
            ],
            axis=-1,
        )
        weight = np.array([indicator.weight for indicator in category.indicators])
        score = aggregate(points, weight, category.aggregation)
        side.scores[category.name] = np.where(np.isnan(one.score), np.nan, score)
    return side.scores


def _bound_points(frame: Frame, one: CategoryScore, place: int, side: _Side) -> FloatArray:
    indicator, nominal = frame.indicator, one.indicators[place]
    if indicator.model == "category":
        fails_gate = side.categories[indicator.category].fails_gate
        points = score_of_category(frame, side.scores[indicator.category], fails_gate).points
    else:
        named = tuple(kind for group in (indicator.kinds, *indicator.strata) for kind in group)
        if named not in side.panels:
            side.panels[named] = filled(frame.view.panel, named, is_high=side.is_high)
        seen = view_of(side.panels[named], frame.view.rules, frame.view.week_weights)
        points = score_indicator(replace(frame, view=seen)).points
    has_gap = np.isnan(nominal.points) & ~np.isin(nominal.missing, NO_GAP) & nominal.is_live
    ranked = nominal.points[one.is_ranked & ~np.isnan(nominal.points)]
    if not ranked.size:
        return points
    return np.where(has_gap, ranked.max() if side.is_high else ranked.min(), points)
