"""What a habit brings: effects of groups, drawn to nought, with their intervals."""

from math import expm1, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.composite.habit import (
    NORMAL_90,
    Cell,
    Effect,
    best_effect,
    between_groups,
    group_effects,
    shrunk_to_zero,
)


def cell(count, mean, variance=1.0):
    """A group of posts of one mean effect, whose posts vary by `variance` around it."""
    return Cell(count, count * mean, count * (variance + mean * mean))


def test_groups_add_up():
    assert Cell(1, 2.0, 4.0) + Cell(2, 1.0, 3.0) == Cell(3, 3.0, 7.0)


def test_effects_by_hand():
    """Two groups of 50 posts at +-0.5: s2 = 100/98, v = 1/49, t2 = (24.5 - 1) / 49."""
    effects = group_effects([cell(50, 0.5), cell(50, -0.5)])
    variance = 100 / 98 / 50
    between = (2 * 0.25 / variance - 1) / (1 / variance)
    drawn = variance / (variance + between)
    width = NORMAL_90 * sqrt((1 - drawn) * variance + 2 * (drawn * 0.5) ** 2)
    middle = (1 - drawn) * 0.5
    assert effects is not None
    up, down = effects
    assert up is not None
    assert down is not None
    assert (up.count, up.mean, up.low, up.high) == pytest.approx(
        (50, middle, middle - width, middle + width)
    )
    assert (down.mean, down.low, down.high) == (-up.mean, -up.high, -up.low)
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
def test_groups_that_differ_by_no_more_than_chance_are_all_drawn_to_nought(drawn, count):
    """The spread is brought under what the variance of the groups explains."""
    mean = np.array(drawn)
    variance = np.full(mean.size, 1 / count)
    scale = sqrt((mean.size - 1) / max(float(np.sum(mean**2)) * count, 1e-9))
    mean *= min(1.0, 0.99 * scale)
    assert between_groups(mean, variance) == 0.0
    shrunk, width = shrunk_to_zero(mean, variance, 0.0)
    assert shrunk.tolist() == [0.0] * mean.size
    assert not np.any(shrunk - NORMAL_90 * width > 0)


@given(means, st.integers(1, 400), st.integers(2, 50), st.floats(1e-6, 4))
def test_more_posts_are_drawn_less_and_known_better(drawn, count, times, between):
    mean = np.array(drawn)
    few = shrunk_to_zero(mean, np.full(mean.size, 1 / count), between)
    many = shrunk_to_zero(mean, np.full(mean.size, 1 / (count * times)), between)
    assert np.all(many[1] < few[1])
    assert np.all(np.abs(many[0]) >= np.abs(few[0]))
    assert np.all(np.abs(few[0]) <= np.abs(mean))
