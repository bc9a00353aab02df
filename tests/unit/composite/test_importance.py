"""What each indicator does to a score."""

import numpy as np
import pytest

from tolok.composite.aggregate import aggregate
from tolok.composite.importance import (
    CorrelatedPair,
    correlated_pairs,
    effective_importance,
    ranks_without_each,
    spearman,
    without_each,
)

NAN = np.nan


def rng():
    """The same draws for every test."""
    return np.random.default_rng(13)


def test_line_without_noise_is_all_of_the_score():
    x = rng().standard_normal(30)
    found = effective_importance(x[:, None], 5 - 3 * x)
    np.testing.assert_allclose([found.correlation_ratio, found.linear], 1)


def test_curve_counts_where_a_line_sees_nothing():
    x = np.linspace(-1, 1, 41)
    found = effective_importance(np.column_stack([x, x]), x**2)
    np.testing.assert_allclose(found.linear, 0, atol=1e-12)
    assert (found.correlation_ratio > 0.95).all()


def test_shares_of_independent_indicators_are_those_of_their_variances():
    points = rng().standard_normal((400, 3))
    found = effective_importance(points, points @ np.array([2.0, 1.0, 0.0]))
    np.testing.assert_allclose(found.correlation_ratio, [0.8, 0.2, 0], atol=0.06)
    np.testing.assert_allclose(found.linear, [0.8, 0.2, 0], atol=0.06)


def test_indicator_of_no_effect_explains_little_also_among_few_units():
    shares = [
        effective_importance(one.standard_normal((20, 1)), one.standard_normal(20))
        for one in rng().spawn(200)
    ]
    assert np.mean([share.correlation_ratio for share in shares]) < 0.07


def test_outlier_does_not_make_an_indicator():
    x = rng().standard_normal(50)
    score = np.sin(2 * x)
    far = x.copy()
    far[np.argmax(x)] = 1e9
    plain, pulled = (effective_importance(v[:, None], score).correlation_ratio[0] for v in (x, far))
    assert plain > 0.8
    assert pulled == plain


def test_constant_indicator_explains_nothing_and_constant_score_has_nothing_to_explain():
    x = np.arange(12.0)
    found = effective_importance(np.column_stack([np.ones(12), x]), x)
    np.testing.assert_allclose(found.correlation_ratio, [0, 1])
    assert np.isnan(effective_importance(x[:, None], np.ones(12)).linear).all()


def test_indicator_of_two_values_has_a_share():
    x = np.repeat([0.0, 1.0], 10)
    score = x + np.tile([-0.5, 0.5], 10)
    found = effective_importance(x[:, None], score)
    # Unexplained 5 of 10, with 18 degrees of freedom left of 19.
    np.testing.assert_allclose(found.linear, 1 - (5 / 18) / (10 / 19))
    np.testing.assert_allclose(found.correlation_ratio, found.linear, atol=0.01)


def test_unit_without_a_value_is_left_out_and_few_units_tell_nothing():
    x = rng().standard_normal(12)
    y = x + rng().standard_normal(12)
    holed = np.concatenate([x, [NAN, 3.0]])
    found = effective_importance(holed[:, None], np.concatenate([y, [1.0, NAN]]))
    assert found.correlation_ratio == effective_importance(x[:, None], y).correlation_ratio
    assert np.isnan(effective_importance(x[:9, None], y[:9]).correlation_ratio).all()
    assert np.isnan(effective_importance(np.full((12, 1), NAN), y).correlation_ratio).all()


def test_order_of_units_moves_no_digit():
    points, score = rng().standard_normal((60, 2)), rng().standard_normal(60)
    score += points[:, 0] ** 2
    there, back = (
        effective_importance(points, score),
        effective_importance(points[::-1], score[::-1]),
    )
    assert there.correlation_ratio.tolist() == back.correlation_ratio.tolist()
    assert there.linear.tolist() == back.linear.tolist()


@pytest.mark.parametrize(
    ("first", "second", "rho"),
    [
        ([1, 2, 3, 4], [1, 4, 9, 16], 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0),
        ([1, 2, 3], [1, 3, 2], 0.5),
        ([1, 1, 2], [1, 2, 3], np.sqrt(3) / 2),
        ([1, 2, 3, NAN], [1, 3, 2, 0], 0.5),
        ([1, 2], [1, 2], NAN),
        ([1, 1, 1], [1, 2, 3], NAN),
        ([], [], NAN),
    ],
)
def test_rank_correlation(first, second, rho):
    found = spearman(np.array(first, dtype=float), np.array(second, dtype=float))
    assert found == pytest.approx(rho, nan_ok=True)


def test_pairs_that_say_the_same_are_named():
    x = np.arange(10.0)
    other = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    points = np.column_stack([x, other, -(x**3), np.ones(10)])
    assert correlated_pairs(points) == [CorrelatedPair(0, 2, -1.0)]
    assert correlated_pairs(points[:, 1:2]) == []
    assert [pair[:2] for pair in correlated_pairs(points, 0.2)] == [(0, 1), (0, 2), (1, 2)]


def test_one_part_at_a_time_is_without():
    weight = np.array([1.0, 10.0, 100.0])
    found = without_each(3, lambda stays: np.array([weight[stays].sum(), stays.sum()]))
    assert found.tolist() == [[110.0, 2.0], [101.0, 2.0], [11.0, 2.0]]


def test_ranks_without_each_indicator():
    points = np.array([[90.0, 10.0], [80.0, 30.0], [80.0, NAN], [NAN, 20.0]])

    def mean(value, weight):
        return aggregate(value, weight, "arithmetic")

    found = ranks_without_each(points, np.array([3.0, 1.0]), mean)
    assert found.tolist() == [[3, 1, 0, 2], [1, 2, 2, 0]]
