"""What stands in for a missing value."""

import numpy as np
import pytest

from tolok.composite.impute import Impute, denominate, fillings, impute
from tolok.errors import IndexFault

NAN = np.nan
VALUE = np.array([[1.0, NAN], [3.0, 5.0], [NAN, NAN], [11.0, NAN]])
PEER = np.array([0, 0, 1, 0])


def test_mean_and_median_are_those_of_the_peers():
    np.testing.assert_array_equal(fillings(VALUE, "mean", PEER), [[5, 5], [NAN, NAN]])
    np.testing.assert_array_equal(fillings(VALUE, "median", PEER), [[3, 5], [NAN, NAN]])


def test_order_of_rows_is_not_even_in_the_last_digit_of_a_mean():
    column = np.array([0.1, 0.2, 0.3])[:, None]
    peer = np.zeros(3, np.int64)
    assert (fillings(column[::-1], "mean", peer) == fillings(column, "mean", peer)).all()


def test_gap_of_a_unit_whose_peers_have_nothing_stays():
    filled = impute(VALUE, fillings(VALUE, "mean", PEER), PEER)
    np.testing.assert_array_equal(filled, [[1, 5], [3, 5], [NAN, NAN], [11, 5]])


def test_unit_of_no_group_of_the_reference_stays_as_it_is():
    filling = np.array([[7.0]])
    gap = np.array([[NAN]])
    for peer, value in ((0, 7.0), (-1, NAN), (1, NAN)):
        np.testing.assert_array_equal(impute(gap, filling, np.array([peer])), [[value]])


def test_value_per_nothing_is_missing():
    below = np.array([2.0, 0.0, NAN])
    np.testing.assert_array_equal(denominate(np.array([1.0, 1.0, 1.0]), below), [0.5, NAN, NAN])


def test_unknown_way_is_refused():
    with pytest.raises(IndexFault, match=r"no way 'mode'\. There are mean and median\."):
        Impute("mode")
