"""A category's scores, ranks and nominees, out of its indicators' points."""

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

import numpy as np

from tolok.composite.aggregate import aggregate, effective_weights
from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import competition_rank
from tolok.errors import InputError
from tolok.methodology.category import Category
from tolok.methodology.edition import Eligibility
from tolok.scoring.eligibility import ROUNDING, Standing, few, gate_reasons
from tolok.scoring.estimate import NO_SPREAD, Frame
from tolok.scoring.indicator import IndicatorScore, score_indicator, score_of_category
from tolok.scoring.nominate import is_nominee
from tolok.scoring.reference import Source
from tolok.scoring.view import View


@dataclass(frozen=True, eq=False)
class CategoryScore:
    """Everything that a category says of every institution.

    Shape: (institutions,); effective_weight (institutions, indicators).
    Missing: score is NaN for who is not eligible; it is there, though not published, where only
    the cluster is too small. rank is 0 for who is not ranked. `fails_gate` is true of who fails
    the gate and nothing else.
    """

    category: Category
    indicators: tuple[IndicatorScore, ...]
    score: FloatArray
    effective_weight: FloatArray
    reasons: tuple[str, ...]
    fails_gate: BoolArray
    is_ranked: BoolArray
    rank: IntArray
    is_nominee: BoolArray


def in_order(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    """The categories, each after those whose score it takes.

    Raises: InputError if categories score each other.
    """
    by_name = {category.name: category for category in categories}
    needs = {
        category.name: [i.category for i in category.indicators if i.model == "category"]
        for category in categories
    }
    try:
        names = tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = " takes the score of ".join(reversed(error.args[1]))
        raise InputError(
            f"the categories run in a circle: {circle}. "
            "Take one of these indicators out of its category's file."
        ) from error
    return tuple(by_name[name] for name in names)


def frames_of(
    view: View, standing: Standing, category: Category, source: Source
) -> tuple[Frame, ...]:
    """What each indicator of a category may look at."""
    gate = view.panel.remembered(("gate", category.gate), lambda: gate_reasons(view, category.gate))
    model = np.array(
        [not (failed or closed) for failed, closed in zip(standing.reasons, gate, strict=True)],
        dtype=np.bool_,
    )
    return tuple(
        Frame(view, category, indicator, standing.is_present, model, source)
        for indicator in category.indicators
    )


def score_category(
    view: View,
    standing: Standing,
    category: Category,
    others: dict[str, CategoryScore],
    source: Source,
) -> CategoryScore:
    """The scores of one category; `others` holds every category whose score it takes."""
    gate = gate_reasons(view, category.gate)
    passes = np.array([not reasons for reasons in standing.reasons], dtype=np.bool_)
    opens = np.array([not reasons for reasons in gate], dtype=np.bool_)
    scored = [_score(frame, others) for frame in frames_of(view, standing, category, source)]
    points = np.stack([one.points for one in scored], axis=1)
    weight = np.array([one.indicator.weight for one in scored])
    lacks = _lacks(view.rules.edition.eligibility, scored, points)
    reasons = [
        (*failed, *closed) or ((lack,) if lack else ())
        for failed, closed, lack in zip(standing.reasons, gate, lacks, strict=True)
    ]
    eligible = np.array([not reason for reason in reasons], dtype=np.bool_)
    score = np.where(eligible, aggregate(points, weight, category.aggregation), np.nan)
    ranks, small = _ranks(view, (score, points[:, 0]))
    texts = [
        "; ".join(reason) or cluster or _what_is_lacking(scored, row)
        for row, (reason, cluster) in enumerate(zip(reasons, small, strict=True))
    ]
    return CategoryScore(
        category=category,
        indicators=tuple(scored),
        score=score,
        effective_weight=effective_weights(points, weight),
        reasons=tuple(texts),
        fails_gate=passes & ~opens,
        is_ranked=ranks > 0,
        rank=ranks,
        is_nominee=_nominees(view, category, score, ranks),
    )


def with_probabilities(view: View, one: CategoryScore, p_first: FloatArray) -> CategoryScore:
    """The same scores, where equal ones are told apart by the probability of rank 1 first.

    Shape: p_first is (institutions,).
    """
    ranks, _ = _ranks(view, (one.score, p_first, one.indicators[0].points))
    nominees = _nominees(view, one.category, one.score, ranks)
    return replace(one, rank=ranks, is_nominee=nominees)


def _score(frame: Frame, others: dict[str, CategoryScore]) -> IndicatorScore:
    if frame.indicator.model == "category":
        other = others[frame.indicator.category]
        return score_of_category(frame, other.score, other.fails_gate)
    return score_indicator(frame)


def _lacks(demands: Eligibility, scored: list[IndicatorScore], points: FloatArray) -> list[str]:
    """Why the indicators do not suffice for each institution; empty where they do.

    Indicators that nobody in the reference set has are left out of the share. If they carry more
    than 1 - min_indicator_share of the nominal weight, nobody is ranked. An indicator that is the
    same for all counts neither way.
    """
    weight = np.array([one.indicator.weight for one in scored])
    known = np.array([one.is_known for one in scored])
    live = np.array([one.is_live for one in scored])
    least = demands.min_indicator_share
    if weight[~known].sum() > (1 - least + ROUNDING) * weight.sum():
        return ["category_lacks_data"] * len(points)
    total = weight[live].sum()
    if total <= 0:
        return ["category_lacks_spread"] * len(points)
    share = (~np.isnan(points) * weight).sum(axis=1) / total
    return [few("few_indicators", float(one), least) for one in share]


def _what_is_lacking(scored: list[IndicatorScore], row: int) -> str:
    """The indicators that a ranked institution's score does without, or takes as assumed.

    Where a value is known but the same for all it tells nobody apart, and nothing is lacking.
    """
    return "; ".join(
        f"lacks:{one.indicator.name}"
        for one in scored
        if one.indicator.weight > 0 and one.missing[row] not in (0, NO_SPREAD)
    )


def _ranks(view: View, keys: tuple[FloatArray, ...]) -> tuple[IntArray, list[str]]:
    """Ranks inside clusters, 0 for none, and why an eligible institution is not ranked.

    Ties: equal scores are told apart by the keys that follow (the probability of rank 1 where it
    is known, the category's first indicator), then by active days; who is still equal shares the
    rank.
    """
    score = keys[0]
    panel = view.panel
    unknown = np.full((len(panel.institution_ids), panel.shape[2]), np.nan)
    days = view.contract(panel.institution_counts.get("active_day_count", unknown))
    least = view.rules.edition.eligibility.min_cluster_size
    ranks = np.zeros(score.size, dtype=np.int64)
    small = [""] * score.size
    clusters = np.array(panel.clusters, dtype=np.str_)
    for cluster in np.unique(clusters):
        members = np.flatnonzero((clusters == cluster) & ~np.isnan(score))
        if members.size >= least:
            ranks[members] = competition_rank([key[members] for key in (*keys, days)])
        else:
            for member in members:
                small[member] = few("small_cluster", int(members.size), least)
    return ranks, small


def _nominees(view: View, category: Category, score: FloatArray, ranks: IntArray) -> BoolArray:
    count = category.nominee_count or view.rules.edition.nominee_count
    clusters = np.array(view.panel.clusters, dtype=np.str_)
    nominees = np.zeros(score.size, dtype=np.bool_)
    for cluster in np.unique(clusters):
        members = np.flatnonzero((clusters == cluster) & (ranks > 0))
        nominees[members] = is_nominee(score[members], ranks[members], count)
    return nominees
