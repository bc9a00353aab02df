"""Ranks with one thing left out: an indicator, a platform, a week, or the own best post."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tolok.composite.aggregate import aggregate
from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import TIE, ranks_of_draws
from tolok.methodology.rules import Rules
from tolok.scoring.category import CategoryScore
from tolok.scoring.draws import ScoreDraws, nominal_of, scores_in_draws
from tolok.scoring.histogram import Histogram
from tolok.scoring.method import own_choices
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.view import View, view_of


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Ranks in one category after something was left out.

    Shape: rank is (institutions,), 0 for who is not ranked; name too is one an institution.
    `kind` is indicator, platform, week or post; names are those of the rules, the place of a week
    in the window, or "".
    """

    category: str
    kind: str
    name: tuple[str, ...]
    rank: IntArray


def leave_one_out(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> Iterator[LeftOut]:
    """Every indicator and platform left out for all; the week and the post for each alone.

    Of the weeks that one is told without which the institution ranks worst; all institutions lose
    it. The post is the institution's own best, and nobody else loses one. Activity of whole
    institutions (active days) is known without platforms, and keeps those of all.
    """
    yield from _without_indicators(view, categories)
    yield from _without_platforms(view, categories, reference)
    yield from _without_weeks(view, categories, reference)
    yield from _without_best_post(view, categories, reference)


def _without_indicators(view: View, categories: tuple[CategoryScore, ...]) -> Iterator[LeftOut]:
    for one in categories:
        points = np.stack([indicator.points for indicator in one.indicators], axis=1)
        for place, indicator in enumerate(one.category.indicators):
            weight = np.array([other.weight for other in one.category.indicators])
            weight[place] = 0.0
            if weight.sum() > 0 and indicator.weight > 0:
                score = aggregate(points, weight, one.category.aggregation)
                rank = _rank(view, one, score[None])[0]
                yield LeftOut(one.category.name, "indicator", (indicator.name,) * rank.size, rank)


def _without_platforms(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> Iterator[LeftOut]:
    weighted = [name for name, weight in view.rules.edition.platform_weights.items() if weight > 0]
    for platform in weighted if len(weighted) > 1 else ():
        weights = {**view.rules.edition.platform_weights, platform: 0.0}
        rules = replace(view.rules, edition=replace(view.rules.edition, platform_weights=weights))
        scores = _scores(view.panel, rules, None, categories, reference)
        for one in categories:
            rank = _rank(view, one, scores[one.category.name])[0]
            yield LeftOut(one.category.name, "platform", (platform,) * rank.size, rank)


def _without_weeks(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> Iterator[LeftOut]:
    weeks = view.panel.shape[2]
    scores = _scores(view.panel, view.rules, 1 - np.eye(weeks), categories, reference)
    for one in categories:
        ranks = _rank(view, one, scores[one.category.name])
        worst = ranks.argmax(axis=0)
        names = tuple(str(week) for week in worst)
        yield LeftOut(one.category.name, "week", names, ranks.max(axis=0))


def _without_best_post(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> Iterator[LeftOut]:
    panel = without_best_posts(view.panel)
    scores = _scores(panel, view.rules, None, categories, reference)
    clusters = np.array(view.panel.clusters, dtype=np.str_)
    for one in categories:
        own, rank = scores[one.category.name][0], np.zeros(one.score.size, dtype=np.int64)
        for row in np.flatnonzero(one.is_ranked):
            rivals = (clusters == clusters[row]) & one.is_ranked
            rivals[row] = False
            rank[row] = 1 + np.count_nonzero(one.score[rivals] > own[row] + TIE)
        yield LeftOut(one.category.name, "post", ("",) * rank.size, rank)


def without_best_posts(panel: Panel) -> Panel:
    """The panel without each institution's post of the highest count, in every measure.

    Ties: of equal posts one is left out. A post that shares its row with others of the same
    account, week, kind and bin leaves at their mean.
    """
    histograms = {}
    for measure, histogram in panel.histograms.items():
        mean = histogram.log_sum / np.maximum(histogram.post_count, 1)
        owner = panel.account_institution[histogram.account]
        order = np.lexsort((mean, owner))
        last = np.append(owner[order][1:] != owner[order][:-1], True) if order.size else order > 0
        best = order[last]
        posts, sums = histogram.post_count.copy(), histogram.log_sum.copy()
        sums[best] -= np.rint(mean[best]).astype(np.int64)
        posts[best] -= 1
        histograms[measure] = Histogram(
            histogram.account, histogram.week, histogram.kind, histogram.bin, posts, sums
        )
    return replace(panel, histograms=histograms)


def _scores(
    panel: Panel,
    rules: Rules,
    weights: FloatArray | None,
    categories: tuple[CategoryScore, ...],
    reference: Reference,
) -> ScoreDraws:
    draws = 1 if weights is None else len(weights)
    seen = view_of(panel, rules, weights)
    return scores_in_draws(seen, reference, nominal_of(categories), own_choices(rules, draws))


def _rank(view: View, one: CategoryScore, scores: FloatArray) -> IntArray:
    """Ranks in the clusters; (draws, institutions), 0 for who is not ranked."""
    ranks = np.zeros(scores.shape, dtype=np.int64)
    clusters = np.array(view.panel.clusters, dtype=np.str_)
    for cluster in np.unique(clusters):
        members = np.flatnonzero((clusters == cluster) & one.is_ranked)
        ranks[:, members] = ranks_of_draws(scores[:, members])
    return ranks
