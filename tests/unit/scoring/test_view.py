"""Sums over weeks, platforms and institutions, where unknown is not zero."""

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.scoring.view import view_of

NAN = np.nan
RULES = rules_of(category(indicator()))


def view(weights=None):
    """The view of two institutions with an account on each of two platforms, over three weeks."""
    return view_of(invented(institutions=2, posts=4, weeks=3).panel, RULES, weights)


def test_weeks_count_as_often_as_their_weights():
    weekly = np.array([[1.0, 10.0, 100.0], [1.0, NAN, 100.0], [NAN, NAN, NAN]])
    np.testing.assert_array_equal(view().contract(weekly), [111.0, 101.0, NAN])
    weighted = view(np.array([2, 1, 0])).contract(weekly)
    np.testing.assert_array_equal(weighted, [12.0, 2.0, NAN])


@pytest.mark.parametrize("unit", [1.0, 0.1, 2.0**40])
@pytest.mark.parametrize("weights", [[[3, 1, 0], [1, 1, 1]], [[0.3, 1, 0], [1, 1, 1]]])
def test_draws_of_weeks_add_up_as_one_draw_does(unit, weights):
    weekly = np.array([[1.0, 10.0, 100.0], [1.0, NAN, 100.0], [NAN, NAN, NAN]]) * unit
    draws = view(np.array(weights)).contract(weekly)
    one = [view(np.array(draw)).contract(weekly) for draw in weights]
    np.testing.assert_array_equal(draws, np.stack(one))


def test_week_of_weight_zero_makes_nothing_known():
    assert np.isnan(view(np.array([1, 0, 0])).contract(np.array([NAN, 5.0, 5.0])))


def test_accounts_add_up_by_platform_and_unknown_ones_add_nothing():
    value = np.array([1.0, 2.0, NAN, 4.0])
    assert view().by_platform(value).tolist() == [[1.0, 2.0], [0.0, 4.0]]


def test_weekly_sums_are_unknown_where_no_account_is_known():
    weekly = np.array([[1.0, NAN, NAN], [2.0, 5.0, NAN], [NAN] * 3, [0.0, NAN, 1.0]])
    np.testing.assert_array_equal(
        view().weekly_by_institution(weekly)[:, 0], [[3.0, 5.0, NAN], [0.0, NAN, 1.0]]
    )
    np.testing.assert_array_equal(
        view().weekly_by_platform(weekly)[1], [[NAN] * 3, [0.0, NAN, 1.0]]
    )


def test_platform_that_the_edition_does_not_list_has_no_weight():
    rules = rules_of(category(indicator()), weights={"x": 2.0})
    panel = invented(institutions=2, posts=4, weeks=3).panel
    assert view_of(panel, rules).platform_weight.tolist() == [0.0, 2.0]


def test_posts_are_counted_by_kind():
    here = view()
    assert here.posts(()).tolist() == [[4.0, 4.0], [4.0, 4.0]]
    some = here.posts(("image", "carousel")) + here.posts(("video", "text"))
    assert some.sum() == 16 - here.panel.posts_by_kind[:, :, -1].sum()


def test_level_is_computed_once():
    here = view()
    assert here.level("interaction_count", ("image",)) is here.level(
        "interaction_count", ("image",)
    )


@pytest.mark.parametrize("weights", [None, np.ones(3), [1, 1, 1]])
def test_every_week_counts_once_unless_weights_say_otherwise(weights):
    assert view(weights).days @ view(weights).week_weights == 21.0
