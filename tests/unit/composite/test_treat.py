"""Outliers are drawn in, never more of them than was said."""

import numpy as np
import pytest

from tolok.composite.treat import (
    Treat,
    fit_treatment,
    kurtosis,
    passes,
    skewness,
    treat,
    winsorised,
)
from tolok.errors import IndexFault

NAN = np.nan
TIED = np.array([*np.linspace(0, 1, 60), *[50.0] * 8])
ONE_HIGH = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 90])


def column(*values):
    return np.array(values, dtype=float)[:, None]


def test_skewness_and_kurtosis_of_few_or_equal_values_are_unknown():
    assert np.isnan([skewness(np.array([1.0, 2.0])), skewness(np.ones(5))]).all()
    assert np.isnan([kurtosis(np.array([1.0, 2.0, 4.0])), kurtosis(np.ones(5))]).all()
    assert skewness(np.array([1.0, 2.0, 3.0])) == pytest.approx(0)
    assert kurtosis(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(-1.2)


def test_heavy_tails_on_both_sides_pass():
    both = np.array([-9.0, *[0.0] * 9, 9.0])
    assert kurtosis(both) > 3.5
    assert passes(both, Treat())


def test_outlier_goes_to_its_neighbour():
    assert winsorised(ONE_HIGH, Treat()) == (1.0, 8.0, 1)
    assert winsorised(-ONE_HIGH, Treat()) == (-8.0, -1.0, 1)


def test_ties_cannot_exceed_the_limit_unless_coinr_is_replayed():
    assert winsorised(TIED, Treat(winmax=5)) == (0.0, 50.0, 0)
    assert winsorised(TIED, Treat(winmax=8)) == (0.0, 1.0, 8)
    assert winsorised(TIED, Treat(winmax=5, ties="coinr")) == (0.0, 1.0, 8)


def test_both_ends_count_towards_the_limit():
    ends = np.array([-30.0, -30.0, *np.linspace(0, 1, 30), 60.0])
    assert winsorised(ends, Treat(winmax=2)) == (-30.0, 1.0, 1)
    assert winsorised(ends, Treat(winmax=3)) == (0.0, 1.0, 3)
    assert winsorised(ends, Treat(winmax=2, ties="coinr")) == (0.0, 1.0, 3)


def test_what_does_not_pass_is_the_logarithm_of_the_values_as_they_were():
    x = np.exp(np.linspace(0, 12, 40))[:, None]
    treatment = fit_treatment(x, Treat(winmax=2))
    assert treatment.is_transformed.tolist() == [True]
    span = x.max() - x.min()
    np.testing.assert_allclose(treat(x, treatment), np.log(x - x.min() + 0.01 * span))


@pytest.mark.parametrize(
    ("how", "formula"),
    [
        (
            Treat(transform="log_gii", winmax=0),
            lambda x: np.log((x.max() - 1) * (x - x.min()) / (x.max() - x.min()) + 1),
        ),
        (Treat(transform="box_cox", winmax=0), lambda x: np.log(x - x.min() + 1)),
        (
            Treat(transform="box_cox", winmax=0, box_cox_lambda=0.5),
            lambda x: ((x - x.min() + 1) ** 0.5 - 1) / 0.5,
        ),
        (Treat(transform="none", winmax=0), lambda x: x),
    ],
)
def test_other_transforms(how, formula):
    x = np.exp(np.linspace(0, 12, 40))[:, None]
    np.testing.assert_allclose(treat(x, fit_treatment(x, how)), formula(x))


def test_bounds_hold_for_units_that_come_later():
    treatment = fit_treatment(ONE_HIGH[:, None], Treat())
    later = treat(column(-5, 7, 8.5, 1000, NAN), treatment)
    np.testing.assert_array_equal(later, column(-5, 7, 8, 8, NAN))


def test_value_below_the_least_of_the_reference_enters_a_logarithm_as_that():
    x = np.exp(np.linspace(0, 12, 40))[:, None]
    treatment = fit_treatment(x, Treat(winmax=0))
    low, least = treat(np.array([[-100.0], [1.0]]), treatment)[:, 0]
    assert low == least


def test_column_of_nothing_or_of_one_value_is_left_alone():
    x = np.array([[NAN, 2.0], [NAN, 2.0]])
    np.testing.assert_array_equal(treat(x, fit_treatment(x, Treat())), x)


def test_logarithm_that_would_turn_the_order_is_refused():
    x = np.exp(np.linspace(0, 12, 40))[:, None] / 1e6
    with pytest.raises(IndexFault, match=r"log_gii needs a maximum over 1, and one is 0\.162755"):
        fit_treatment(x, Treat(winmax=0, transform="log_gii"))


@pytest.mark.parametrize("names", [{"transform": "log_gi"}, {"ties": "keep"}])
def test_unknown_names_are_refused_with_the_nearest(names):
    with pytest.raises(IndexFault, match=r"Did you mean .(log_gii|kept)."):
        Treat(**names)
