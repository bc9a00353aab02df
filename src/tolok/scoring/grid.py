"""What the whole grid of methods does to ranks, kept as counts: the grid itself is large."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import ranks_of_draws
from tolok.scoring.category import CategoryScore
from tolok.scoring.view import View

OUTPUTS = ("rank_change", "nominees_changed")
"""What is told of every variant: by how many places the ranks of a cluster differ from those of the
rules, on average, and whether its nominees are others."""


@dataclass(frozen=True, eq=False)
class MethodGrid:
    """The ranks of one category under every variant, in the order in which they were added.

    Shape: rank_counts is (institutions, institutions): how many variants give an institution the
    rank; rank r stands at r - 1. Outcomes are (OUTPUTS, variants) by cluster, in parts.
    """

    rank_counts: IntArray
    parts: dict[str, list[FloatArray]] = field(default_factory=dict)

    def add(self, view: View, one: CategoryScore, scores: FloatArray) -> None:
        """Count the ranks of some more variants.

        Shape: (variants, institutions).
        """
        size, count = one.score.size, nominee_count(view, one)
        for cluster, members in ranked_by_cluster(view, one):
            ranks, own = ranks_of_draws(scores[:, members]), one.rank[members]
            place = members * size + ranks - 1
            self.rank_counts[:] += np.bincount(place.ravel(), minlength=size**2).reshape(size, size)
            moved = np.abs(ranks - own).mean(axis=1)
            others = ((ranks <= count) != (own <= count)).any(axis=1)
            self.parts.setdefault(cluster, []).append(np.stack([moved, others.astype(np.float64)]))

    def outcomes(self, cluster: str) -> FloatArray:
        """The outcomes of all variants in a cluster.

        Shape: (OUTPUTS, variants).
        """
        return np.concatenate(self.parts[cluster], axis=1)

    def rank_at(self, share: float) -> IntArray:
        """The least rank that an institution has, or a better one, in this share of the variants.

        Shape: (institutions,).  Missing: 0 for who is not ranked.
        Source: the inverse of the empirical distribution, as numpy's "inverted_cdf".
        """
        counts = self.rank_counts
        # a whole number of variants that a float comes out a trifle above is meant as that number
        need = np.ceil(share * counts.sum(axis=1, keepdims=True) - 1e-6)
        rank = (np.cumsum(counts, axis=1) < need).sum(axis=1) + 1
        return np.where(counts.any(axis=1), rank, 0)

    def share_within(self, rank: int) -> FloatArray:
        """The share of the variants in which an institution has this rank or a better one.

        Shape: (institutions,).  Missing: NaN for who is not ranked.
        """
        total = self.rank_counts.sum(axis=1)
        within = self.rank_counts[:, :rank].sum(axis=1)
        return np.where(total > 0, within / np.maximum(total, 1), np.nan)


def method_grid(one: CategoryScore) -> MethodGrid:
    """A grid to which nothing is added yet."""
    return MethodGrid(np.zeros((one.score.size, one.score.size), dtype=np.int64))


def nominee_count(view: View, one: CategoryScore) -> int:
    """How many are nominated in a category."""
    return one.category.nominee_count or view.rules.edition.nominee_count


def ranked_by_cluster(view: View, one: CategoryScore) -> Iterator[tuple[str, IntArray]]:
    """The ranked institutions of each cluster that has any."""
    clusters = np.array(view.panel.clusters, dtype=np.str_)
    for cluster in np.unique(clusters):
        members: IntArray = np.flatnonzero((clusters == cluster) & one.is_ranked)
        if members.size:
            yield str(cluster), members
