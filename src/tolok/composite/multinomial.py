"""Confidence sets for the ranks of shares, from counts alone: votes, mentions, answers.

Whether one category is surely ahead of another is told by the exact binomial test of the two
counts, given their sum; the correction for many pairs is Holm's or Bonferroni's.
"""

import math

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.confidence import RankSets

CORRECTIONS = ("holm", "bonferroni")
"""How many tests at once are allowed for; Holm's is never the wider one."""
_NEGLIGIBLE = 1e-17


def count_rank_sets(
    count: IntArray, coverage: float = 0.95, correction: str = "holm", *, marginal: bool = False
) -> RankSets:
    """Sets that hold the true ranks of all categories together, or of each alone if `marginal`.

    Both ask for the tests of every pair in both directions: all pairs at once, or those of one
    category at a time, with the same correction.

    Shape: (categories,) -> (categories,) each.  Ties: equal counts get equal sets.
    Raises: ValueError for an unknown correction or a negative count.
    Source: Mogstad, Romano, Shaikh, Wilhelm 2023 (Rev. Econ. Stud.); Holm 1979 (Scand. J. Stat. 6).
    """
    if correction not in CORRECTIONS or (count < 0).any():
        msg = f"the correction is one of {', '.join(CORRECTIONS)}, and counts are not negative"
        raise ValueError(msg)
    p_value = ahead_p_values(count)
    size = count.size
    pair = ~np.eye(size, dtype=np.bool_)
    if not marginal:
        ahead = np.zeros((size, size), dtype=np.bool_)
        ahead[pair] = _rejected(p_value[pair], 1 - coverage, correction)
        return RankSets(ahead.sum(axis=0) + 1, size - ahead.sum(axis=1))
    low, high = np.ones(size, dtype=np.int64), np.full(size, size, dtype=np.int64)
    for one in range(size):
        own = np.concatenate([p_value[pair[:, one], one], p_value[one, pair[one]]])
        above, below = _rejected(own, 1 - coverage, correction).reshape(2, size - 1).sum(axis=1)
        low[one] += above
        high[one] -= below
    return RankSets(low, high)


def ahead_p_values(count: IntArray) -> FloatArray:
    """The chance of a lead at least so large if the category (row) were not ahead of the column.

    Shape: (categories,) -> (categories, categories).  Units: probability, exact to about 1e-12 for
    counts in thousands and 1e-9 for millions.  Missing: 1 where both counts are 0.
    Source: exact binomial test with share 1/2, one-sided.
    """
    row, column = np.triu_indices(count.size)
    more, less = np.maximum(count[row], count[column]), np.minimum(count[row], count[column])
    lead, equal = _tail(more, less)
    result = np.empty((count.size, count.size))
    # At least the smaller of two counts: all but what lies beyond the larger one.
    for one, other in ((row, column), (column, row)):
        result[one, other] = np.where(count[one] >= count[other], lead, 1 - (lead - equal))
    return result


def _tail(more: IntArray, less: IntArray) -> tuple[FloatArray, FloatArray]:
    """P(X >= more) and P(X = more): X of more + less trials with share 1/2, where more >= less."""
    log_factorial = np.vectorize(math.lgamma, otypes=[np.float64])
    equal = np.exp(
        log_factorial(more + less + 1.0)
        - log_factorial(more + 1.0)
        - log_factorial(less + 1.0)
        - (more + less) * math.log(2)
    )
    term, total = equal, equal.copy()
    above, below = more.astype(np.float64), less.astype(np.float64)
    while (term > _NEGLIGIBLE * total).any():
        above += 1
        term = term * below / above
        below = np.maximum(below - 1, 0)
        total += term
    return np.minimum(total, 1.0), equal


def _rejected(p_value: FloatArray, error: float, correction: str) -> BoolArray:
    """Which of the hypotheses fall while none that is true does, but in `error` of all cases."""
    if correction == "bonferroni":
        return p_value * p_value.size <= error
    order = np.argsort(p_value, kind="stable")
    stands = p_value[order] * np.arange(p_value.size, 0, -1) > error
    result = np.zeros(p_value.shape, dtype=np.bool_)
    result[order] = ~np.logical_or.accumulate(stands)
    return result
