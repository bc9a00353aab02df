"""Confidence sets for ranks."""

import numpy as np
import pytest

from tolok.composite import confidence
from tolok.composite.confidence import best_set, compare, rank_sets
from tolok.composite.covariance import covariance_of
from tolok.composite.critical import critical_value

NAN = np.nan


def rng():
    """The same draws for every test."""
    return np.random.default_rng(20)


def bounds(sets):
    """Lowest and highest ranks, unit by unit."""
    return list(zip(sets.low.tolist(), sets.high.tolist(), strict=True))


# Two near the top, a middle one, and two near the bottom: errors of 1, gaps of 30.
ESTIMATE = np.array([60.0, 30.0, 61.0, 0.0, 0.5])
ERROR = np.ones(5)


def test_units_within_error_share_their_ranks():
    assert bounds(rank_sets(ESTIMATE, ERROR, rng=rng())) == [(1, 2), (3, 3), (1, 2), (4, 5), (4, 5)]


def test_marginal_sets_tell_the_same_where_all_is_clear():
    sets = compare(ESTIMATE, ERROR, rng=rng()).marginal_sets()
    assert bounds(sets) == [(1, 2), (3, 3), (1, 2), (4, 5), (4, 5)]


@pytest.mark.parametrize(
    ("size", "best"),
    [(1, [1, 0, 1, 0, 0]), (2, [1, 0, 1, 0, 0]), (3, [1, 1, 1, 0, 0]), (4, [1, 1, 1, 1, 1])],
)
def test_best_set_has_who_may_be_among_the_best(size, best):
    assert best_set(ESTIMATE, ERROR, rng=rng(), size=size).tolist() == best


def test_unit_is_separable_from_the_next_where_errors_are_small():
    separable = compare(ESTIMATE, ERROR, rng=rng()).separable()
    assert separable.tolist() == [True, True, False, False, False]


def test_unit_above_two_equal_ones_must_be_above_both():
    estimate = np.array([30.0, 10.0, 10.0, 0.0])
    clear = compare(estimate, np.array([1.0, 1.0, 1.0, 1.0]), rng=rng())
    assert clear.separable().tolist() == [True, False, False, False]
    vague = compare(estimate, np.array([1.0, 1.0, 30.0, 1.0]), rng=rng())
    assert vague.separable().tolist() == [False, False, False, False]


def test_unit_left_out_has_no_bounds_and_moves_nobody():
    estimate = np.array([60.0, NAN, 30.0, 61.0, 99.0, 0.0, 0.5])
    error = np.array([1.0, 1.0, 1.0, 1.0, NAN, 1.0, 1.0])
    comparison = compare(estimate, error, rng=rng())
    expected = [(1, 2), (0, 0), (3, 3), (1, 2), (0, 0), (4, 5), (4, 5)]
    assert bounds(comparison.rank_sets()) == expected
    assert bounds(comparison.marginal_sets()) == expected
    assert comparison.best_set(2).tolist() == [True, False, False, True, False, False, False]
    assert comparison.separable().tolist() == [True, False, True, False, False, False, False]


def test_units_without_error_are_told_apart_unless_equal():
    estimate = np.array([5.0, 5.0 + 1e-10, 4.0])
    comparison = compare(estimate, np.zeros((3, 3)), rng=rng())
    assert bounds(comparison.rank_sets()) == [(1, 2), (1, 2), (3, 3)]
    assert bounds(comparison.marginal_sets()) == [(1, 2), (1, 2), (3, 3)]
    assert comparison.separable().tolist() == [False, False, False]


def test_errors_in_common_do_not_hide_a_difference():
    covariance = np.full((2, 2), 100.0) + np.diag([0.01, 0.01])
    assert bounds(rank_sets(np.array([1.0, 0.0]), covariance, rng=rng())) == [(1, 1), (2, 2)]
    alone = np.sqrt(np.diagonal(covariance))
    assert bounds(rank_sets(np.array([1.0, 0.0]), alone, rng=rng())) == [(1, 2), (1, 2)]


def test_error_that_is_wholly_in_common_leaves_a_difference_without_error():
    covariance = np.full((2, 2), 0.1)
    assert bounds(rank_sets(np.array([0.1, 0.2]), covariance, rng=rng())) == [(2, 2), (1, 1)]


def test_given_draws_stand_in_for_gaussian_ones():
    # One draw in ten is far off: the Gaussian of equal variance does not see it.
    draws = np.zeros((400, 2))
    draws[::2, 0] = 0.1
    draws[1::2, 0] = -0.1
    draws[::10, 0] = 3.0
    draws -= draws.mean(axis=0)
    estimate = np.array([2.4, 0.0])
    gaussian = rank_sets(estimate, covariance_of(draws), rng=rng())
    assert bounds(gaussian) == [(1, 1), (2, 2)]
    assert bounds(rank_sets(estimate, None, draws=draws)) == [(1, 2), (1, 2)]


def test_unit_with_a_missing_draw_is_left_out():
    draws = rng().standard_normal((200, 4))
    draws[3, 2] = NAN
    sets = rank_sets(np.array([90.0, 0.0, 50.0, 45.0]), None, draws=draws)
    assert bounds(sets) == [(1, 1), (3, 3), (0, 0), (2, 2)]


@pytest.mark.parametrize("units", [0, 1])
def test_less_than_two_units_need_no_comparison(units):
    comparison = compare(np.ones(units), np.ones(units), rng=rng())
    assert bounds(comparison.rank_sets()) == [(1, 1)] * units
    assert bounds(comparison.marginal_sets()) == [(1, 1)] * units
    assert comparison.best_set(1).tolist() == [True] * units
    assert comparison.separable().tolist() == [False] * units


def test_step_down_narrows_a_set():
    # With the far ones settled, a gap of 3.16 standard errors is enough among the near ones.
    estimate = np.concatenate([[3.16 * np.sqrt(2), 0.0], 100.0 * np.arange(1, 11)])
    comparison = compare(estimate, np.ones(12), 20_000, rng())
    assert bounds(comparison.rank_sets())[:2] == [(11, 11), (12, 12)]
    assert bounds(comparison.rank_sets(stepdown=False))[:2] == [(11, 12), (11, 12)]
    alone = comparison.marginal_sets(stepdown=False)
    assert bounds(alone)[:2] == [(11, 11), (12, 12)]


def test_more_draws_than_fit_a_block_are_the_same_draws():
    estimate = np.arange(40.0)
    errors = compare(estimate, np.ones(40), 60_000, rng()).error
    assert errors.shape == (40, 60_000)
    np.testing.assert_allclose(errors.T, rng().standard_normal((60_000, 40)))


@pytest.mark.parametrize(
    ("draws", "coverage", "critical"),
    [(19, 0.95, 19.0), (99, 0.9, 90.0), (100, 0.9, 91.0), (18, 0.95, np.finfo(float).max)],
)
def test_critical_value_counts_the_truth_as_one_draw_more(draws, coverage, critical):
    value = rng().permutation(np.arange(1.0, draws + 1))
    assert critical_value(value, lambda some, _: value[some], coverage) == critical


def test_too_few_draws_tell_nobody_apart():
    assert bounds(rank_sets(ESTIMATE, ERROR, draws=10, rng=rng())) == [(1, 5)] * 5


@pytest.mark.parametrize(
    "covariance",
    [
        np.array([[1.0, 0.5], [0.2, 1.0]]),
        np.array([[1.0, NAN], [NAN, 1.0]]),
        np.array([[1.0, 2.0], [2.0, 1.0]]),
        None,
    ],
    ids=["not symmetric", "missing", "negative variance", "nothing"],
)
def test_what_is_no_covariance_is_refused(covariance):
    with pytest.raises(ValueError, match="covariance"):
        rank_sets(np.array([1.0, 2.0]), covariance, rng=rng())


def test_gaussian_draws_ask_for_an_rng():
    with pytest.raises(ValueError, match="rng"):
        rank_sets(np.array([1.0, 2.0]), np.ones(2))


def test_draws_of_low_bound_are_never_computed():
    value = rng().random(1000)
    seen: list[int] = []

    def largest(draws, least):
        seen.extend(draws.tolist())
        return np.where(value[draws] > least, value[draws], 0.0)

    assert critical_value(value + 0.05, largest, 0.95) == np.sort(value)[950]
    assert len(seen) == len(set(seen)) < 200


def test_largest_errors_are_those_of_all_pairs():
    root = rng().standard_normal((30, 30))
    comparison = compare(8 * rng().standard_normal(30), root @ root.T / 30, 400, rng())
    estimate, error, precision = comparison.estimate, comparison.error, comparison.precision
    apart = (error[:, None] - error[None, :]) * precision[:, :, None]
    critical = np.sort(apart.max(axis=(0, 1)))[380]
    above = (estimate[:, None] - estimate[None, :]) * precision > critical
    assert comparison.above(stepdown=False).tolist() == above.tolist()
    still_open = (precision > 0) & ~above
    critical = np.sort(apart[still_open].max(axis=0))[380]
    again = still_open & ((estimate[:, None] - estimate[None, :]) * precision > critical)
    assert again.any()
    assert (comparison.above() >= above | again).all()


@pytest.mark.parametrize("units", [2, 9, 40])
def test_few_units_are_compared_in_full_as_many_are_by_bounds(units, monkeypatch):
    rng = np.random.default_rng(units)
    estimate = rng.normal(size=units)
    errors = rng.normal(size=(300, units)) * rng.uniform(0.1, 0.6, units)
    errors -= errors.mean(axis=0)
    in_full = compare(estimate, None, errors)
    told = in_full.above(0.9), in_full.best_set(1, 0.9)
    monkeypatch.setattr(confidence, "_FEW", 0)
    by_bounds = compare(estimate, None, errors)
    np.testing.assert_array_equal(by_bounds.above(0.9), told[0])
    np.testing.assert_array_equal(by_bounds.best_set(1, 0.9), told[1])
    assert units < 3 or told[0].any()
