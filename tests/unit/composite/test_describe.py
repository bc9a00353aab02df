"""Statistics of indicators."""

import numpy as np
import pytest

from tolok.composite.describe import cronbach_alpha, describe

NAN = np.nan
VALUE = np.array(
    [[1.0, 0.0, NAN], [2.0, 0.0, NAN], [3.0, 0.0, NAN], [4.0, 5.0, NAN], [NAN, NAN, NAN]]
)


def test_statistics_are_of_what_is_there():
    found = describe(VALUE)
    np.testing.assert_allclose(found.least, [1, 0, NAN])
    np.testing.assert_allclose(found.greatest, [4, 5, NAN])
    np.testing.assert_allclose(found.mean, [2.5, 1.25, NAN])
    np.testing.assert_allclose(found.median, [2.5, 0, NAN])
    np.testing.assert_allclose(found.sd, [np.sqrt(5 / 3), 2.5, NAN])
    np.testing.assert_allclose(found.skewness, [0, 2, NAN], atol=1e-12)
    np.testing.assert_allclose(found.kurtosis, [-1.2, 4, NAN])
    np.testing.assert_allclose(found.data_share, [0.8, 0.8, 0])
    np.testing.assert_allclose(found.nonzero_share, [1, 0.25, 0])
    np.testing.assert_allclose(found.unique_share, [1, 0.5, NAN])
    np.testing.assert_allclose(found.same_share, [0.25, 0.75, NAN])
    assert found.is_sparse.tolist() == [False, True, True]


def test_outliers_are_flagged():
    tail = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 90])[:, None]
    assert describe(np.hstack([tail, tail[::-1] * 0 + 1])).has_outliers.tolist() == [True, False]


def test_alpha_of_equal_indicators_is_one_and_of_unrelated_ones_low():
    x = np.array([1.0, 2, 3, 4])
    assert cronbach_alpha(np.stack([x, x, x], axis=1)) == pytest.approx(1)
    assert cronbach_alpha(np.array([[1.0, 1], [2, 1], [1, 2], [2, 2]])) == pytest.approx(0)
    assert cronbach_alpha(np.array([[1.0, 1], [NAN, 7], [2, 2]])) == pytest.approx(1)
    assert np.isnan([cronbach_alpha(x[:, None]), cronbach_alpha(np.ones((3, 2)))]).all()
