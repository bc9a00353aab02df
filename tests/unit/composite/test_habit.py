"""What a habit brings: effects of groups, drawn to nought, with their intervals."""

from math import exp, expm1, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.composite.habit import (
    NORMAL_90,
    Cell,
    Effect,
    best_effect,
    drawn_to_zero,
    group_effects,
)


def cell(count, mean, variance=1.0):
    """A group of posts of one mean effect, whose posts vary by `variance` around it."""
    return Cell(count, count * mean, count * (variance + mean * mean))


def test_groups_add_up():
    assert Cell(1, 2.0, 4.0) + Cell(2, 1.0, 3.0) == Cell(3, 3.0, 7.0)


def test_effects_are_the_mean_over_every_deviation_between_groups():
    """Two groups of 50 posts at +-0.5: v = 100/98/50; t from 0 to 1.5, summed in plain Python."""
    effects = group_effects([cell(50, 0.5), cell(50, -0.5)])
    variance, steps = 100 / 98 / 50, 20_000
    total = first = second = 0.0
    for step in range(steps):
        between = (1.5 * (step + 0.5) / steps) ** 2
        whole = variance + between
        weight = exp(-0.25 / whole) / whole  # two groups: the root of 1 / whole, twice
        kept = between / whole
        total += weight
        first += weight * kept * 0.5
        second += weight * (kept * variance + (kept * 0.5) ** 2)
    middle = first / total
    width = NORMAL_90 * sqrt(second / total - middle**2)
    assert effects is not None
    up, down = effects
    assert up is not None
    assert down is not None
    assert (up.count, up.mean, up.low, up.high) == pytest.approx(
        (50, middle, middle - width, middle + width), abs=1e-5
    )
    assert (down.mean, down.low, down.high) == pytest.approx((-up.mean, -up.high, -up.low))
    assert (up.is_separable, down.is_separable) == (True, True)


def test_effect_is_told_as_a_share_above_what_is_usual():
    effect = Effect(40, log(1.24), log(1.09), log(1.41))
    assert (effect.ratio, effect.low_ratio, effect.high_ratio) == pytest.approx((0.24, 0.09, 0.41))
    assert Effect(40, 0.1, -0.1, 0.3).is_separable is False
    assert Effect(40, -0.1, -0.2, -0.05).ratio == expm1(-0.1)


def test_group_without_posts_has_no_effect_and_does_not_enter():
    filled = group_effects([cell(50, 0.5), cell(50, -0.5)])
    with_gap = group_effects([cell(50, 0.5), cell(0, 0.0), cell(50, -0.5)])
    assert filled is not None
    assert with_gap == [filled[0], None, filled[1]]


@pytest.mark.parametrize(
    "cells", [[], [cell(100, 0.5)], [cell(14, 0.5), cell(15, -0.5)], [cell(100, 0.5), cell(0, 0)]]
)
def test_nothing_is_said_of_too_little(cells):
    assert group_effects(cells) is None


def test_thirty_posts_in_two_groups_are_enough():
    assert group_effects([cell(15, 0.5), cell(15, -0.5)]) is not None


def test_equal_posts_are_known_without_error():
    effects = group_effects([cell(20, 0.25, 0.0), cell(20, -0.25, 0.0)])
    assert effects == [Effect(20, 0.25, 0.25, 0.25), Effect(20, -0.25, -0.25, -0.25)]
    assert (
        group_effects([cell(20, 0.0, 0.0), cell(20, 0.0, 0.0)]) == [Effect(20, 0.0, 0.0, 0.0)] * 2
    )


def test_best_is_the_first_of_the_largest():
    effects = [None, Effect(9, 0.1, 0, 0.2), Effect(9, 0.3, 0, 0.4), Effect(9, 0.3, 0, 0.4)]
    assert best_effect(effects) == 2
    assert best_effect([None, Effect(9, -0.1, -0.2, 0.0)]) == 1
    assert best_effect([None]) is None
    assert best_effect(None) is None


means = st.lists(st.floats(-2, 2), min_size=2, max_size=8)


@given(means, st.integers(1, 400))
def test_effects_are_drawn_to_nought_and_keep_a_width(values, count):
    mean, variance = np.array(values), np.full(len(values), 1 / count)
    drawn, error = drawn_to_zero(mean, variance)
    assert np.all(np.abs(drawn) <= np.abs(mean))
    assert np.all(drawn * mean >= 0)
    assert np.all(error > 0.05 * np.sqrt(variance))


def test_group_at_nought_of_few_posts_is_not_known_to_the_percent():
    """Groups that do not differ beyond chance: the one at nought has an interval as others have."""
    effects = group_effects([cell(23, 0.0), cell(11, 0.2), cell(11, -0.2), cell(15, 0.1)])
    assert effects is not None
    widths = [one.high - one.low for one in effects if one is not None]
    assert min(widths) > 0.5 * max(widths)


def test_ninety_of_a_hundred_true_effects_lie_in_their_intervals():
    rng = np.random.default_rng(20251129)
    inside = []
    for between in (0.05, 0.2, 0.5):
        for _ in range(700):
            variance = 1 / rng.integers(5, 400, 8).astype(float)
            true = rng.normal(0, between, 8)
            drawn, error = drawn_to_zero(rng.normal(true, np.sqrt(variance)), variance)
            inside.append(np.abs(drawn - true) <= NORMAL_90 * error)
    assert 0.89 < np.mean(inside) < 0.95


def test_more_posts_at_the_same_effects_are_known_better():
    mean = np.array([0.3, -0.1, 0.05, 0.0])
    few, many = (drawn_to_zero(mean, np.full(4, 1 / count)) for count in (20, 400))
    assert np.all(many[1] < few[1])
    assert np.all(np.abs(many[0]) >= np.abs(few[0]))
