"""Which choices of the method move ranks, and what each indicator really weighs, by award.

The grid of the method is enumerated, so its Sobol indices are exact for these variants. Two results
are explained: by how many places the ranks of a cluster differ from those of the rules, on average,
and whether its nominees are others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.composite.importance import REDUNDANT, correlated_pairs, effective_importance
from tolok.composite.sensitivity import exact_sobol
from tolok.scoring.category import CategoryScore
from tolok.scoring.grid import OUTPUTS, MethodGrid, ranked_by_cluster
from tolok.scoring.view import View

INPUTS = (
    "interaction_weights", "giveaways", "trim_share", "audience_exponent", "normalisation",
    "absent_platform", "aggregation", "weights",
)  # fmt: skip
"""The axes of the grid, in the order of grid_shape."""


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


def sensitivity_of(
    one: CategoryScore, grid: MethodGrid, shape: tuple[int, ...]
) -> Iterator[Sensitivity]:
    """The sensitivity of every award of a category to every choice of the grid.

    Shape: `shape` is grid_shape of the settings and choices that the grid was made of.
    """
    for cluster in grid.parts:
        for output, result in zip(OUTPUTS, grid.outcomes(cluster), strict=True):
            found = exact_sobol(result.reshape(shape))
            for name, first, total in zip(INPUTS, found.first, found.total, strict=True):
                yield Sensitivity(
                    one.category.name, cluster, output, name, float(first), float(total), found.mean
                )


def weights_of(view: View, one: CategoryScore) -> Iterator[Weight]:
    """Nominal weights beside effective ones, for every award of a category."""
    points = np.stack([indicator.points for indicator in one.indicators], axis=1)
    names = [indicator.indicator.name for indicator in one.indicators]
    weight = np.array([indicator.indicator.weight for indicator in one.indicators])
    for cluster, members in ranked_by_cluster(view, one):
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
