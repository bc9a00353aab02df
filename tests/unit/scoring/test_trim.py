"""Trimmed means of histograms against exact ones, and block variances against every draw."""

from itertools import product

import numpy as np
import pytest

from tolok.scoring.bins import gather
from tolok.scoring.histogram import Histogram
from tolok.scoring.trim import block_variance, influence_of, posts_above, trimmed_mean


def exact_trimmed_mean(y, share):
    """The mean of the middle, where the posts at the cuts count in part."""
    y, n = np.sort(y), len(y)
    cut = share * n
    upper = np.clip(np.arange(1, n + 1), cut, n - cut)
    lower = np.clip(np.arange(n), cut, n - cut)
    return ((upper - lower) * y).sum() / (n - 2 * cut)


def bins_of(counts, weeks=None, account=None, week_count=1):
    counts = np.asarray(counts)
    nothing = np.zeros(counts.size, dtype=np.int64)
    weeks = nothing if weeks is None else np.asarray(weeks)
    account = nothing if account is None else np.asarray(account)
    return gather(Histogram.from_counts(account, weeks, nothing, counts), (), week_count)


@pytest.mark.parametrize("n", [1, 2, 3, 9, 10, 11, 40])
def test_trimmed_mean_is_exact_where_cells_hold_equal_posts(n):
    counts = (np.arange(n) * 7919) % 13 * 100
    trimmed = trimmed_mean(bins_of(counts).contract(np.ones(1)), 1, 0.1)
    assert trimmed.mean[0] == pytest.approx(exact_trimmed_mean(np.log1p(counts), 0.1), abs=1e-6)


def test_trimmed_mean_of_many_posts_is_near_the_exact_one():
    counts = np.expm1(np.random.default_rng(1).normal(5, 1.1, 2000)).round().astype(np.int64)
    trimmed = trimmed_mean(bins_of(counts).contract(np.ones(1)), 1, 0.1)
    assert trimmed.mean[0] == pytest.approx(exact_trimmed_mean(np.log1p(counts), 0.1), abs=5e-4)


def test_accounts_are_trimmed_apart():
    cells = bins_of([10, 10, 5000], account=[0, 2, 2]).contract(np.ones(1))
    trimmed = trimmed_mean(cells, 3, 0.1)
    both = (np.log(11) + np.log(5001)) / 2
    np.testing.assert_allclose(trimmed.mean, [np.log(11), np.nan, both], atol=1e-6)
    assert trimmed.post_count.tolist() == [1, 0, 2]


def test_nothing_is_cut_at_share_zero():
    counts = [0, 3, 80, 100000]
    trimmed = trimmed_mean(bins_of(counts).contract(np.ones(1)), 1, 0.0)
    assert trimmed.mean[0] == pytest.approx(np.log1p(counts).mean(), abs=1e-6)


def test_posts_above_divides_the_bin_of_the_expected_value():
    cells = bins_of([0, 1, 99]).contract(np.ones(1))
    # 1 lies in bin 11, from 11/16 to 12/16: half of it is above 11.5/16
    assert posts_above(cells, np.array([11.5 / 16])).tolist() == [1.5]
    assert posts_above(cells, np.array([-1.0])).tolist() == [3.0]
    assert posts_above(cells, np.array([50.0])).tolist() == [0.0]
    assert np.isnan(posts_above(cells, np.array([np.nan]))).all()


def test_weekly_influence_adds_up_to_nothing():
    rng = np.random.default_rng(2)
    weeks, counts = rng.integers(0, 8, 300), rng.integers(0, 5000, 300)
    bins = bins_of(counts, weeks, week_count=8)
    weights = np.array([1, 2, 0, 1, 1, 3, 1, 1.0])
    trimmed = trimmed_mean(bins.contract(weights), 1, 0.1)
    influence = influence_of(bins, trimmed, weights, 0.1)
    assert influence.weekly[0] @ weights == pytest.approx(0, abs=1e-12)


def test_influence_is_the_change_when_a_week_counts_a_little_more():
    rng = np.random.default_rng(4)
    weeks, counts = rng.integers(0, 6, 4000), np.expm1(rng.normal(6, 1, 4000)).round().astype(int)
    bins = bins_of(counts, weeks, week_count=6)
    before = trimmed_mean(bins.contract(np.ones(6)), 1, 0.1)
    influence = influence_of(bins, before, np.ones(6), 0.1).weekly[0]
    for week in range(6):
        weights = np.ones(6) + 1e-3 * (np.arange(6) == week)
        after = trimmed_mean(bins.contract(weights), 1, 0.1)
        assert (after.mean[0] - before.mean[0]) / 1e-3 == pytest.approx(influence[week], abs=2e-4)


def test_independent_variance_of_an_untrimmed_mean_is_that_of_the_textbook():
    counts = np.array([0, 3, 80, 600])
    bins = bins_of(counts)
    trimmed = trimmed_mean(bins.contract(np.ones(1)), 1, 0.0)
    influence = influence_of(bins, trimmed, np.ones(1), 0.0)
    assert influence.independent[0] == pytest.approx(np.log1p(counts).var() / 4, rel=1e-5)


@pytest.mark.parametrize(("weeks", "length"), [(6, 2), (6, 3), (4, 1), (5, 5)])
def test_block_variance_is_that_of_all_draws_of_circular_blocks(weeks, length):
    parts = np.random.default_rng(weeks).normal(size=weeks)
    parts -= parts.mean()
    blocks = [sum(parts[(s + j) % weeks] for j in range(length)) for s in range(weeks)]
    draws = [sum(draw) for draw in product(blocks, repeat=weeks // length)]
    assert block_variance(parts, np.ones(weeks), length) == pytest.approx(np.var(draws))


def test_block_of_the_whole_window_has_no_variance():
    parts = np.array([[1.0, -2.0, 1.0]])
    np.testing.assert_allclose(block_variance(parts, np.ones(3), 99), [0.0], atol=1e-30)


def test_window_counted_twice_doubles_the_variance_of_the_sum():
    parts = np.array([0.3, -0.1, 0.4, -0.6])
    single = block_variance(parts, np.ones(4), 2)
    assert block_variance(parts, np.full(4, 2.0), 2) == pytest.approx(2 * single)
