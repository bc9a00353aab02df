"""What a habit brings: mean effects of groups of posts, drawn to zero by how much they rest on.

An effect of a post is ln of its interactions less the mean of those it is compared with, so zero is
what is usual. The best of several groups is the best by luck too; shrinkage takes that luck out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1

import numpy as np

from tolok.composite.array import FloatArray

NORMAL_90 = 1.6448536269514722
"""The 95th percentile of the normal distribution: an interval of 90% leaves 5% on each side."""
MIN_POSTS = 30
"""Below so many posts in all nothing is said of habits."""
MIN_GROUPS = 2
_GRID = 400
"""Points of t in the mean over it: four times as many change an end by 1e-8 of its error."""


@dataclass(frozen=True)
class Cell:
    """The effects of one group of posts: how many, their sum and the sum of their squares."""

    count: int
    total: float
    square_total: float

    def __add__(self, other: "Cell") -> "Cell":
        """Both groups as one."""
        return Cell(
            self.count + other.count,
            self.total + other.total,
            self.square_total + other.square_total,
        )


@dataclass(frozen=True)
class Effect:
    """What one group of posts brings against what is usual, with its interval of 90%.

    Units: logarithms, as the effects were given; `ratio`, `low_ratio` and `high_ratio` are shares
    above what is usual: 0.24 is 24% more.
    """

    count: int
    mean: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The effect as a share above what is usual."""
        return expm1(self.mean)

    @property
    def low_ratio(self) -> float:
        """The lower end of the interval as a share above what is usual."""
        return expm1(self.low)

    @property
    def high_ratio(self) -> float:
        """The upper end of the interval as a share above what is usual."""
        return expm1(self.high)

    @property
    def is_separable(self) -> bool:
        """Whether the interval leaves out zero: the group differs from what is usual."""
        return self.low > 0 or self.high < 0


def group_effects(cells: Sequence[Cell]) -> list[Effect | None] | None:
    """The effect of each group, shrunk towards zero, in the order given.

    Shape: (groups,) -> (groups,).
    Missing: a group without a post has none; all is None with fewer than MIN_POSTS posts or
    MIN_GROUPS groups.
    Source: METHODOLOGY section 14.
    """
    filled = [at for at, cell in enumerate(cells) if cell.count]
    count = np.array([cells[at].count for at in filled], dtype=np.float64)
    if len(filled) < MIN_GROUPS or count.sum() < MIN_POSTS:
        return None
    total = np.array([cells[at].total for at in filled])
    square = np.array([cells[at].square_total for at in filled])
    mean = total / count
    variance = _post_variance(count, total, square) / count
    shrunk, width = drawn_to_zero(mean, variance)
    effects: list[Effect | None] = [None] * len(cells)
    for place, at in enumerate(filled):
        middle, half = float(shrunk[place]), NORMAL_90 * float(width[place])
        effects[at] = Effect(cells[at].count, middle, middle - half, middle + half)
    return effects


def best_effect(effects: Sequence[Effect | None] | None) -> int | None:
    """The place of the group with the largest effect.

    Ties: the first.  Missing: None where there is no effect.
    """
    known = [at for at, effect in enumerate(effects or ()) if effect is not None]
    return max(known, key=lambda at: (_mean(effects, at), -at)) if known else None


def drawn_to_zero(mean: FloatArray, variance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mean and the standard error of each group's true effect, given the effects of all.

    Shape: (groups,) each -> (groups,) and (groups,).
    True effects are normal around zero with a deviation t of which nothing is known beforehand: it
    is uniform up to three times the largest effect or error. Taking the mean over t, and not its
    best guess, keeps the width of an interval where that guess is zero.
    Source: Gelman 2006 (Bayesian Anal. 1, 515-533), with the mean known to be zero.
    """
    if not np.all(variance > 0):  # effects without error: nothing is chance
        return mean, np.zeros_like(mean)
    most = 3 * max(float(np.abs(mean).max()), float(np.sqrt(variance.max())))
    between = ((np.arange(_GRID) + 0.5) / _GRID * most)[:, None] ** 2
    whole = variance + between
    likelihood = -0.5 * np.sum(np.log(whole) + mean**2 / whole, axis=1)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    kept = between / whole
    drawn = weight @ (kept * mean)
    square = weight @ (kept * variance + (kept * mean) ** 2)
    return drawn, np.sqrt(square - drawn**2)


def _post_variance(count: FloatArray, total: FloatArray, square: FloatArray) -> float:
    """The variance that one post adds, common to all groups."""
    inside = float(np.sum(np.maximum(square - total**2 / count, 0.0)))
    return inside / max(float(count.sum()) - count.size, 1.0)


def _mean(effects: Sequence[Effect | None] | None, at: int) -> float:
    effect = effects[at] if effects is not None else None
    return effect.mean if effect is not None else 0.0
