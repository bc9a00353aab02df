"""Priors by moments, checked by hand, and what shrinking does with them."""

from math import inf

import numpy as np
import pytest

from tolok.scoring.shrink import (
    beta_prior,
    between_variance,
    gamma_prior,
    shrink_by_exposure,
    shrink_by_variance,
)


def test_between_variance_of_equal_variances_is_what_exceeds_them():
    value = np.array([1.0, 2.0, 6.0])
    mean, between = between_variance(value, np.full(3, 0.5))
    assert mean == pytest.approx(3.0)
    assert between == pytest.approx(value.var(ddof=1) - 0.5)


def test_between_variance_of_unequal_variances():
    # weights 1, 2, 4: mean 16/7, Q = 80/7, room = 7 - 21/7 = 4, so (80/7 - 2) / 4 = 33/14
    value, variance = np.array([0.0, 4.0, 2.0]), np.array([1.0, 0.5, 0.25])
    mean, between = between_variance(value, variance)
    assert between == pytest.approx(33 / 14)
    weight = 1 / (variance + 33 / 14)
    assert mean == pytest.approx((weight * value).sum() / weight.sum())


def test_differences_within_chance_leave_nothing_between():
    mean, between = between_variance(np.array([1.0, 1.1]), np.ones(2))
    assert mean == pytest.approx(1.05)
    assert between == 0.0


def test_one_unit_is_its_own_mean():
    mean, between = between_variance(np.array([3.0]), np.array([0.1]))
    assert mean == pytest.approx(3.0)
    assert between == 0.0


def test_values_without_error_differ_by_all_they_differ():
    mean, between = between_variance(np.array([1.0, 3.0]), np.zeros(2))
    assert (mean, between) == (2.0, 2.0)
    shrunk = shrink_by_variance(np.array([1.0, 3.0]), np.zeros(2), np.array(mean), np.array(0.0))
    assert shrunk.tolist() == [1.0, 3.0]


def test_beta_prior_of_equal_wholes_is_that_of_the_moments():
    part, whole = np.array([2.0, 5.0, 8.0]), np.full(3, 10.0)
    mean, weight = beta_prior(part, whole)
    # spread 1.8 exceeds 2 * 0.25 by 1.3; room 0.25 * (30 - 10 - 2) = 4.5
    assert mean == 0.5
    assert weight == pytest.approx(4.5 / 1.3 - 1)


def test_beta_prior_is_endless_where_shares_differ_by_chance_alone():
    assert beta_prior(np.array([5.0, 6.0]), np.array([10.0, 10.0])) == (0.55, inf)
    assert beta_prior(np.array([0.0, 0.0]), np.array([10.0, 4.0])) == (0.0, inf)
    assert beta_prior(np.array([1.0]), np.array([2.0])) == (0.5, inf)


def test_beta_prior_weighs_at_least_one_observation():
    assert beta_prior(np.array([0.0, 900.0]), np.array([900.0, 900.0])) == (0.5, 1.0)


def test_gamma_prior_of_equal_exposures_is_that_of_the_moments():
    mean, weight = gamma_prior(np.array([10.0, 40.0]), np.array([10.0, 10.0]))
    # spread 45 exceeds 2.5 by 42.5; room 20 - 10 = 10
    assert mean == 2.5
    assert weight == pytest.approx(2.5 * 10 / 42.5)


def test_gamma_prior_is_endless_where_rates_differ_by_chance_alone():
    assert gamma_prior(np.array([10.0, 11.0]), np.array([10.0, 10.0])) == (1.05, inf)


def test_posterior_mean_of_a_rate_is_that_of_the_textbook():
    # Gamma(2, 1) prior, 10 events in 4 units: (2 + 10) / (1 + 4)
    shrunk = shrink_by_exposure(np.array(10.0), np.array(4.0), np.array(2.0), np.array(1.0))
    assert float(shrunk) == pytest.approx(2.4)


def test_endless_prior_leaves_the_mean_alone():
    mean, weight = np.array(0.3), np.array(inf)
    shrunk = shrink_by_exposure(np.array([1.0, 9.0]), np.array([10.0, 10.0]), mean, weight)
    assert shrunk.tolist() == [0.3, 0.3]


def test_nothing_exposed_is_unknown():
    assert np.isnan(shrink_by_exposure(np.zeros(1), np.zeros(1), np.array(0.3), np.array(5.0)))
