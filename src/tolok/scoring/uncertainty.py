"""How sure the ranks are: under other weeks, other defensible methods, and both together.

Parameters of every variant are frozen first; then everybody is scored under them in every draw, so
that whoever is added changes no one else's probabilities.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.confidence import compare
from tolok.composite.rank import TIE, ranks_of_draws
from tolok.methodology.rules import Rules
from tolok.scoring.category import CategoryScore
from tolok.scoring.draws import freeze_for, nominal_of, scores_in_draws, scores_in_grid
from tolok.scoring.estimate import STRATIFIED
from tolok.scoring.grid import MethodGrid, method_grid, nominee_count, ranked_by_cluster
from tolok.scoring.method import (
    Setting,
    all_choices,
    drawn_choices,
    own_choices,
    own_setting,
    settings_of,
    week_weights_of,
)
from tolok.scoring.missing import rank_bounds, score_bounds
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Asked, Fit, Reference, Site
from tolok.scoring.view import View, view_of

COVERAGE = 0.95
"""How sure a confidence set is that it holds all true ranks of a cluster."""
LEAST_DRAWS = 2
"""Fewer draws show no error."""
INTERVAL = (0.05, 0.95)
"""The parts of the draws that a rank interval lies between."""


@dataclass(frozen=True)
class MethodReferences:
    """The frozen parameters of every setting of the grid."""

    by_setting: dict[Setting, Reference]


@dataclass(frozen=True, eq=False)
class Doubt:
    """What the draws say of every institution's rank in one category.

    Shape: (institutions,) each; scores are (draws, institutions).
    Units: ranks in the own cluster; probabilities.
    Missing: 0 and NaN for who is not ranked; may_be_nominee is None but for confidence sets.
    Ties: equal scores share the best rank, so the probabilities of rank 1 may add up to more
    than 1.
    """

    scores: FloatArray
    rank_low: IntArray
    rank_high: IntArray
    p_first: FloatArray
    p_nominee: FloatArray
    may_be_nominee: BoolArray | None = None


Doubts = dict[str, dict[str, Doubt]]
"""What is doubted, then the category's name: "data" and "method" alone, "all" of it together;
"missing" and "simultaneous", which have bounds and no probabilities."""

Progress = Callable[[int, int], None]
"""Told how many of how many draws are done."""


def silent(done: int, total: int) -> None:
    """No one is told."""
    del done, total


@dataclass(frozen=True, eq=False)
class Assessment:
    """The doubt of all ranks, and what every variant of the method does to each category."""

    doubts: Doubts
    grid: dict[str, MethodGrid]


def freeze_methods(panel: Panel, rules: Rules) -> MethodReferences:
    """The parameters of every setting, each taken from the same posts as the rules' own."""
    choices, found = all_choices(rules), dict[Setting, Reference]()
    for counting, alike in groupby(settings_of(panel, rules), key=lambda one: one.counting):
        counted, known = panel.under(counting), dict[Asked, tuple[Site, Fit]]()
        for setting in alike:
            found[setting] = freeze_for(counted, setting.of(rules), choices, known)
            known = _of_sums(found[setting], rules)
        del counted  # with all that was remembered of it, before the next is counted
    return MethodReferences(found)


def _of_sums(reference: Reference, rules: Rules) -> dict[Asked, tuple[Site, Fit]]:
    """The fits of indicators that no trimming and no exponent of the audience enters."""
    on_sums = {
        (category.name, indicator.name)
        for category in rules.categories
        for indicator in category.indicators
        if indicator.model not in (*STRATIFIED, "category")
    }
    return {asked: fit for asked, fit in reference.fits.items() if asked[:2] in on_sums}


def assess(
    view: View,
    categories: tuple[CategoryScore, ...],
    references: MethodReferences,
    progress: Progress = silent,
) -> Assessment:
    """The doubt of all ranks, under frozen parameters.

    Settings take turns over the draws: draw b uses setting b modulo their number. The draws of the
    method alone are its whole grid: settings in their order, and for each the choices in the order
    of all_choices.
    """
    rules, nominal = view.rules, nominal_of(categories)
    draws, own = rules.edition.uncertainty.draws, own_setting(rules)
    weeks = week_weights_of(rules, view.panel.shape[2], draws)
    choices, drawn = all_choices(rules), drawn_choices(rules, draws)
    steps, turns = len(references.by_setting) + 1, np.arange(draws) % len(references.by_setting)
    progress(0, steps)
    own_reference = references.by_setting[own]
    data = scores_in_draws(
        view_of(view.panel, rules, weeks), own_reference, nominal, own_choices(rules, draws)
    )
    both = {name: np.full(array.shape, np.nan) for name, array in data.items()}
    grid = {one.category.name: method_grid(one) for one in categories}
    turn_of = {setting: turn for turn, setting in enumerate(references.by_setting)}
    for counting, alike in groupby(references.by_setting, key=lambda one: one.counting):
        panel = view.panel.under(counting)
        for setting in alike:
            progress(turn_of[setting] + 1, steps)
            ruled, reference = setting.of(rules), references.by_setting[setting]
            found = scores_in_grid(view_of(panel, ruled), reference, nominal, choices)
            for one in categories:
                grid[one.category.name].add(view, one, found[one.category.name])
            chosen = np.flatnonzero(turns == turn_of[setting])
            if chosen.size:  # unless there are fewer draws than settings
                some = view_of(panel, ruled, weeks[chosen])
                found = scores_in_draws(some, reference, nominal, drawn.part(chosen))
                for name, array in found.items():
                    both[name][chosen] = array
                del some
        panel.forget_weeks()
        del panel  # with all that was remembered of it, before the next is counted
    progress(steps, steps)
    doubts = {
        "data": {
            one.category.name: _doubt(view, one, data[one.category.name]) for one in categories
        },
        "method": {
            one.category.name: _doubt_of_grid(view, one, grid[one.category.name])
            for one in categories
        },
        "all": {
            one.category.name: _doubt(view, one, both[one.category.name]) for one in categories
        },
        "missing": _missing(view, categories, own_reference),
        "simultaneous": {
            one.category.name: _confidence(view, one, data[one.category.name]) for one in categories
        },
    }
    return Assessment(doubts, grid)


def _missing(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference
) -> dict[str, Doubt]:
    """The bounds of ranks under what is missing; without probabilities, since nobody knows them."""
    bounds, doubts = score_bounds(view, categories, reference), {}
    for one in categories:
        size = one.score.size
        low, high = np.zeros((2, size), dtype=np.int64)
        for _, members in ranked_by_cluster(view, one):
            low[members], high[members] = rank_bounds(bounds[one.category.name], members)
        nothing = np.full(size, np.nan)
        doubts[one.category.name] = Doubt(np.zeros((0, size)), low, high, nothing, nothing)
    return doubts


def _confidence(view: View, one: CategoryScore, scores: FloatArray) -> Doubt:
    """Sets that hold all true ranks of a cluster at once, and who may be among the nominees.

    Errors are those of the draws of weeks. Who has no score in some draw may have any rank.
    """
    size, count = one.score.size, nominee_count(view, one)
    low, high = np.zeros((2, size), dtype=np.int64)
    may_be = np.zeros(size, dtype=np.bool_)
    for _, members in ranked_by_cluster(view, one):
        errors = scores[:, members] - scores[:, members].mean(axis=0)
        if len(errors) < LEAST_DRAWS or members.size == 1:
            low[members], high[members], may_be[members] = 1, members.size, True
            continue
        compared = compare(one.score[members], None, errors)
        sets = compared.rank_sets(COVERAGE)
        is_open = sets.low == 0
        low[members] = np.where(is_open, 1, sets.low)
        high[members] = np.where(is_open, members.size, sets.high)
        may_be[members] = compared.best_set(count, COVERAGE) | is_open
    nothing = np.full(size, np.nan)
    return Doubt(np.zeros((0, size)), low, high, nothing, nothing, may_be)


def _doubt(view: View, one: CategoryScore, scores: FloatArray) -> Doubt:
    """Ranks of the draws inside every cluster, as intervals and probabilities."""
    size = one.score.size
    low, high = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    first, nominee = np.full(size, np.nan), np.full(size, np.nan)
    count = nominee_count(view, one)
    for _, members in ranked_by_cluster(view, one):
        ranks = ranks_of_draws(scores[:, members])
        edges = np.quantile(ranks, INTERVAL, axis=0, method="inverted_cdf")
        # the rank of the rules as they are belongs to its own interval
        low[members] = np.minimum(edges[0], one.rank[members])
        high[members] = np.maximum(edges[1], one.rank[members])
        first[members] = (ranks == 1).mean(axis=0)
        nominee[members] = (ranks <= count).mean(axis=0)
    return Doubt(scores, low, high, first, nominee)


def _doubt_of_grid(view: View, one: CategoryScore, grid: MethodGrid) -> Doubt:
    """The ranks of the whole grid as intervals and probabilities; the scores are not kept."""
    low, high = (grid.rank_at(share) for share in INTERVAL)
    return Doubt(
        scores=np.zeros((0, one.score.size)),
        rank_low=np.where(one.is_ranked, np.minimum(low, one.rank), 0),
        rank_high=np.where(one.is_ranked, np.maximum(high, one.rank), 0),
        p_first=grid.share_within(1),
        p_nominee=grid.share_within(nominee_count(view, one)),
    )


def share_above_next(
    one: CategoryScore, doubt: Doubt, clusters: tuple[str, ...], row: int
) -> float | None:
    """The share of draws in which an institution scores above the next one of its cluster.

    Missing: None for the last.  Ties: who shares its rank is next to it.
    """
    order = sorted(
        (int(one.rank[other]), -float(one.score[other]), other)
        for other in np.flatnonzero(one.is_ranked).tolist()
        if clusters[other] == clusters[row]
    )
    place = [other for *_, other in order].index(row)
    if place + 1 == len(order):
        return None
    following = order[place + 1][2]
    above = doubt.scores[:, row] > doubt.scores[:, following] + TIE
    return float(np.mean(above | np.isnan(doubt.scores[:, following])))
