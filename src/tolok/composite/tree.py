"""From points of indicators to the index, group by group from the bottom up."""

from collections.abc import Mapping

import numpy as np

from tolok.composite.array import FloatArray
from tolok.composite.mean import Aggregate, combine
from tolok.composite.structure import Structure


def climb(
    structure: Structure,
    points: FloatArray,
    weight: FloatArray,
    rules: Mapping[str, Aggregate],
) -> list[FloatArray]:
    """The values of every node, the index last.

    `rules` says how each group is aggregated, by its name.

    Shape: points (units, indicators), weight (draws, nodes) -> nodes x (1 or draws, units).
    """
    node: list[FloatArray] = [column[None, :] for column in np.ascontiguousarray(points.T)]
    for branch in structure.branches:
        parts = [node[child] for child in branch.children]
        node.append(combine(parts, weight[:, branch.children], rules[branch.name]))
    return node
