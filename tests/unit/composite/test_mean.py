"""Means of the parts of a group in many draws, and Copeland's rule."""

import numpy as np
import pytest

from tolok.composite.copeland import copeland, outranking
from tolok.composite.mean import Aggregate, combine
from tolok.errors import IndexFault

NAN = np.nan
PARTS = [np.array([[1.0, 2.0, NAN, NAN]]), np.array([[4.0, 8.0, 8.0, NAN]])]
WEIGHTS = np.array([[1.0, 1.0], [3.0, 1.0]])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Aggregate(), [[2.5, 5, 8, NAN], [1.75, 3.5, 8, NAN]]),
        (Aggregate("geometric"), [[2, 4, 8, NAN], [2**0.5, 8**0.5, 8, NAN]]),
        (Aggregate("harmonic"), [[1.6, 3.2, 8, NAN], [16 / 13, 32 / 13, 8, NAN]]),
        (Aggregate("power", 2), [[8.5**0.5, 34**0.5, 8, NAN], [19**0.5 / 2, 19**0.5, 8, NAN]]),
        (Aggregate("geometric", floor=4), [[4, 32**0.5, 8, NAN], [4, 2**2.25, 8, NAN]]),
        (Aggregate(min_share=0.5), [[2.5, 5, 8, NAN], [1.75, 3.5, 8, NAN]]),
        (Aggregate(min_share=0.6), [[2.5, 5, NAN, NAN], [1.75, 3.5, NAN, NAN]]),
        (Aggregate("copeland"), [[-2, 1, 1, NAN], [-2, 1, 1, NAN]]),
    ],
)
def test_parts_that_are_there_are_combined_in_every_draw(rule, expected):
    np.testing.assert_allclose(combine(PARTS, WEIGHTS, rule), expected)


def test_mean_of_a_unit_is_the_same_to_the_last_digit_alone_and_among_others():
    rng = np.random.default_rng(11)
    parts, weight = list(rng.normal(size=(30, 1, 12))), rng.uniform(0.5, 2, (4, 30))
    among = combine(parts, weight, Aggregate())
    for unit in range(12):
        alone = combine([part[:, [unit]] for part in parts], weight, Aggregate())
        assert alone[:, 0].tolist() == among[:, unit].tolist()
    assert combine(parts, weight[:1], Aggregate()).tolist() == among[:1].tolist()


def test_part_of_no_weight_is_as_if_absent():
    weight = np.array([[0.0, 1.0]])
    rule = Aggregate(min_share=1.0)
    np.testing.assert_array_equal(combine(PARTS, weight, rule), [[4, 8, 8, NAN]])
    assert np.isnan(combine(PARTS, np.zeros((1, 2)), rule)).all()


@pytest.mark.parametrize(
    ("how", "least"), [("geometric", 0.0), ("harmonic", 0.0), ("geometric", -1.0), ("power", -1.0)]
)
def test_mean_that_needs_points_over_zero_is_refused(how, least):
    parts = [np.array([[least, 2.0]])]
    with pytest.raises(IndexFault, match="needs points over 0"):
        combine(parts, np.ones((1, 1)), Aggregate(how, 0.5))
    mended = combine(parts, np.ones((1, 1)), Aggregate(how, 0.5, floor=1.0))
    np.testing.assert_allclose(mended, [[1.0, 2.0]])


def test_unknown_way_is_refused_with_the_nearest():
    with pytest.raises(IndexFault, match="Did you mean 'geometric'"):
        Aggregate("geometrical")


def test_outranking_is_the_share_of_weight_ahead_and_ties_are_half():
    value = np.array([[3.0, 1.0, 1.0], [1.0, 1.0, 2.0], [NAN, NAN, 1.0], [NAN, NAN, NAN]])
    np.testing.assert_allclose(
        outranking(value, np.array([2.0, 1.0, 1.0])),
        [[0, 0.625, 0.5, 0.5], [0.375, 0, 1, 0.5], [0.5, 0, 0, 0.5], [0.5, 0.5, 0.5, 0]],
    )


def test_copeland_does_not_hang_on_the_order_of_rows():
    """COINr's quirk: four units whose scores change when the rows are turned about."""
    value = np.array([[1.0, NAN, 4.0], [NAN, 2.0, 3.0], [3.0, 1.0, NAN], [2.0, 3.0, NAN]])
    weight = np.ones(3)
    np.testing.assert_array_equal(copeland(value[::-1], weight)[::-1], copeland(value, weight))


def test_copeland_is_wins_less_losses_of_the_outranking():
    rng = np.random.default_rng(7)
    value = np.round(rng.normal(size=(40, 5)), 1)
    value[rng.random(value.shape) < 0.2] = NAN
    value[0] = NAN
    weight = np.array([1.0, 2.0, 0.0, 0.5, 3.0])
    share = outranking(value, weight)
    wins = (share > 0.5 + 1e-12).sum(axis=1) - ((share < 0.5 - 1e-12).sum(axis=1) - 1)
    expected = np.where(np.isnan(value[:, weight > 0]).all(axis=1), NAN, wins)
    np.testing.assert_array_equal(copeland(value, weight), expected)
