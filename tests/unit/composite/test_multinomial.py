"""Confidence sets for the ranks of shares."""

import math
from fractions import Fraction

import numpy as np
import pytest

from tolok.composite.multinomial import ahead_p_values, count_rank_sets


def at_least(count, other):
    """P(X >= count) of the binomial with share 1/2, in whole numbers."""
    trials = count + other
    ways = sum(math.comb(trials, hits) for hits in range(count, trials + 1))
    return float(Fraction(ways, 2**trials))


def test_p_values_are_those_of_the_exact_binomial_test():
    count = np.array([0, 0, 1, 5, 7, 90, 130, 700])
    expected = [[at_least(int(one), int(other)) for other in count] for one in count]
    np.testing.assert_allclose(ahead_p_values(count), expected, rtol=1e-11)


def test_clear_counts_have_one_rank_and_near_ones_share():
    sets = count_rank_sets(np.array([1000, 10, 12, 0]))
    assert sets.low.tolist() == [1, 2, 2, 4]
    assert sets.high.tolist() == [1, 3, 3, 4]


# Chances of a lead: 0.0098 at 29:13, 0.0106 at 13:3, 0.000001 at 29:3. 0.05 over 6 is 0.0083, over
# 5 is 0.0100, over 4 is 0.0125.
COUNT = np.array([29, 13, 3])


@pytest.mark.parametrize(
    ("correction", "low", "high"),
    [("holm", [1, 2, 3], [1, 2, 3]), ("bonferroni", [1, 1, 2], [2, 3, 3])],
)
def test_holm_tells_more_apart_than_bonferroni(correction, low, high):
    sets = count_rank_sets(COUNT, correction=correction)
    assert (sets.low.tolist(), sets.high.tolist()) == (low, high)


# Of the middle one alone: 0.0147 at 32:16, 0.0001 at 16:1. 0.05 over 4 is 0.0125, over 3 is 0.0167.
@pytest.mark.parametrize(("correction", "low", "high"), [("holm", 2, 2), ("bonferroni", 1, 2)])
def test_marginal_sets_respect_the_correction(correction, low, high):
    sets = count_rank_sets(np.array([32, 16, 1]), correction=correction, marginal=True)
    assert (sets.low[1], sets.high[1]) == (low, high)


@pytest.mark.parametrize("marginal", [False, True])
@pytest.mark.parametrize("correction", ["holm", "bonferroni"])
def test_nothing_counted_tells_nothing_apart(correction, marginal):
    sets = count_rank_sets(np.zeros(3, dtype=np.int64), correction=correction, marginal=marginal)
    assert (sets.low.tolist(), sets.high.tolist()) == ([1, 1, 1], [3, 3, 3])


@pytest.mark.parametrize(("count", "correction"), [([3, 4], "sidak"), ([3, -1], "holm")])
def test_unknown_correction_and_negative_count_are_refused(count, correction):
    with pytest.raises(ValueError, match="the correction is one of holm, bonferroni"):
        count_rank_sets(np.array(count), correction=correction)
