"""Which choices of the method move ranks, and what each indicator really weighs, by award.

The grid of the method is enumerated, so its Sobol indices are exact for these variants. Two results
are explained: by how many places the ranks of a cluster differ from those of the rules, on average,
and whether its nominees are others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import IntArray
from tolok.composite.importance import REDUNDANT, correlated_pairs, effective_importance
from tolok.composite.rank import ranks_of_draws
from tolok.composite.sensitivity import exact_sobol
from tolok.methodology.rules import Rules
from tolok.scoring.category import CategoryScore
from tolok.scoring.method import all_choices, settings_grid
from tolok.scoring.uncertainty import Doubt
from tolok.scoring.view import View

INPUTS = (
    "trim_share", "audience_exponent", "normalisation", "absent_platform", "aggregation", "weights",
)  # fmt: skip
OUTPUTS = ("rank_change", "nominees_changed")


@dataclass(frozen=True)
class Sensitivity:
    """What a choice explains of a result in one award: exact Sobol indices over the grid.

    Units: first and total in [0, 1]; mean of the result over the grid: places, or a share.
    Missing: first and total are NaN where the result does not vary.
    """

    category: str
    cluster: str
    output: str
    input: str
    first: float
    total: float
    mean: float


@dataclass(frozen=True)
class Weight:
    """An indicator's nominal weight and what it explains of the scores' variance in its award.

    Units: shares. `redundant_with` names an indicator whose rank correlation exceeds 0.9, if any.
    Missing: NaN where too few are ranked.
    """

    category: str
    cluster: str
    indicator: str
    nominal: float
    correlation_ratio: float
    linear: float
    redundant_with: str


def sensitivity_of(view: View, one: CategoryScore, method: Doubt) -> Iterator[Sensitivity]:
    """The sensitivity of every award of a category to every choice of the grid.

    `method` holds the scores of the whole grid, in the order of uncertainty.assess.
    """
    count = one.category.nominee_count or view.rules.edition.nominee_count
    shape, places = _grid(view.rules)
    for cluster, members in _clusters(view, one):
        ranks = ranks_of_draws(method.scores[:, members])
        own = one.rank[members]
        changed = np.abs(ranks - own).mean(axis=1)
        others = ((ranks <= count) != (own <= count)).any(axis=1)
        for output, result in zip(OUTPUTS, (changed, others.astype(np.float64)), strict=True):
            found = exact_sobol(result[places].reshape(shape))
            for name, first, total in zip(INPUTS, found.first, found.total, strict=True):
                yield Sensitivity(
                    one.category.name, cluster, output, name, float(first), float(total), found.mean
                )


def weights_of(view: View, one: CategoryScore) -> Iterator[Weight]:
    """Nominal weights beside effective ones, for every award of a category."""
    points = np.stack([indicator.points for indicator in one.indicators], axis=1)
    names = [indicator.indicator.name for indicator in one.indicators]
    weight = np.array([indicator.indicator.weight for indicator in one.indicators])
    for cluster, members in _clusters(view, one):
        found = effective_importance(points[members], one.score[members])
        pairs = {
            name: names[other]
            for pair in correlated_pairs(points[members], REDUNDANT)
            for name, other in ((names[pair.first], pair.second), (names[pair.second], pair.first))
        }
        for place, name in enumerate(names):
            yield Weight(
                one.category.name,
                cluster,
                name,
                float(weight[place] / weight.sum()),
                float(found.correlation_ratio[place]),
                float(found.linear[place]),
                pairs.get(name, ""),
            )


def _grid(rules: Rules) -> tuple[tuple[int, ...], IntArray]:
    """The lengths of the grid's axes, in the order of INPUTS, and the row of each combination."""
    choices = all_choices(rules)
    axes = (len(choices.normalisations), len(choices.absents), len(choices.aggregations))
    sets = len(choices) // int(np.prod(axes))
    trims, exponents, turns = settings_grid(rules)
    rows = turns[:, None] * len(choices) + np.arange(len(choices))
    return (trims, exponents, *axes, sets), rows.ravel()


def _clusters(view: View, one: CategoryScore) -> Iterator[tuple[str, IntArray]]:
    clusters = np.array(view.panel.clusters, dtype=np.str_)
    for cluster in np.unique(clusters):
        members: IntArray = np.flatnonzero((clusters == cluster) & one.is_ranked)
        if members.size:
            yield str(cluster), members
