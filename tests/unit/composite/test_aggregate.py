"""Weighted means over what is there."""

import numpy as np
import pytest

from tolok.composite.aggregate import aggregate, effective_weights

NAN = np.nan


def test_weight_of_what_is_missing_is_spread():
    weights = effective_weights(np.array([[1.0, NAN, 1.0], [NAN, NAN, NAN]]), np.array([1, 2, 3.0]))
    assert weights.tolist() == [[0.25, 0.0, 0.75], [0.0, 0.0, 0.0]]


def test_arithmetic_mean_weighs_its_parts():
    value = np.array([[10.0, 40.0], [10.0, NAN], [NAN, NAN]])
    mean = aggregate(value, np.array([2.0, 1.0]), "arithmetic")
    np.testing.assert_allclose(mean, [20.0, 10.0, NAN])


def test_geometric_mean_weighs_its_parts():
    value = np.array([[8.0, 1.0], [8.0, NAN]])
    mean = aggregate(value, np.array([2.0, 1.0]), "geometric")
    np.testing.assert_allclose(mean, [4.0, 8.0])


def test_geometric_mean_takes_points_below_one_as_one():
    assert aggregate(np.array([-20.0, 64.0]), np.ones(2), "geometric") == pytest.approx(8.0)
    assert aggregate(np.array([-20.0, 64.0]), np.ones(2), "arithmetic") == 22.0
