"""Quartiles of small sets, and the interval of a median from the order of the values."""

from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.composite.order import Middle, middle_of, order_place


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0]])
def test_fewer_than_three_are_not_summed_up(values):
    assert middle_of(values) is None


def test_six_values_have_an_interval_that_is_their_range():
    assert middle_of([5, 1, 4, 2, 6, 3]) == Middle(6, 3.5, 1.0, 6.0, 2.25, 4.75)


def test_five_values_have_none():
    assert middle_of([5, 1, 4, 2, 3]) == Middle(5, 3.0, None, None, 2.0, 4.0)


# Conover 1999, Practical Nonparametric Statistics, table of the sign test: places at 95%.
@pytest.mark.parametrize(
    ("count", "place"),
    [(5, 0), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8), (50, 18)],
)
def test_place_is_that_of_the_sign_test(count, place):
    assert order_place(count) == place


@pytest.mark.parametrize("count", range(300))
def test_places_cover_the_median_and_no_inner_ones_do(count):
    place = order_place(count)

    def tail(upto):
        return sum(comb(count, at) for at in range(upto)) / 2**count

    assert tail(place) <= 0.025
    assert tail(place + 1) > 0.025 or 2 * (place + 1) > count + 1


def test_places_grow_with_the_values():
    places = [order_place(count) for count in range(100)]
    assert all(later >= earlier for earlier, later in pairwise(places))


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=60))
def test_interval_holds_the_median_and_knows_no_order(values):
    middle = middle_of(values)
    assert middle == middle_of(values[::-1])
    assert middle is not None
    assert middle.low is not None
    assert middle.high is not None
    assert min(values) <= middle.low <= middle.median <= middle.high <= max(values)
    assert middle.low_quartile <= middle.median <= middle.high_quartile
