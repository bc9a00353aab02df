"""What a panel holds of a buyer after posts come and go."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from tests.flip_cases import buyers_of, own_posts
from tests.scoring_cases import invented

from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_posts import RowValues


def days_case():
    """One institution with posts on three days of two weeks, one of them a copy elsewhere."""
    case = invented(2, institutions=2, posts=3, platforms=("instagram",), weeks=2)
    panel = case.panel
    by_day = {"capped": np.array([[0.0, 1, 2, 2, 2, 2]])}
    by_week = {"busy": np.array([0.0, 0, 1, 1, 1, 1])}
    counts = {"capped": np.full((2, 2), 5.0), "busy": np.ones((2, 2)), "days": np.full((2, 2), 3.0)}
    panel = replace(panel, institution_counts=counts)
    posts = own_posts([0, 0, 0, 0], [0, 0, 1, 8], [1, 2, 3, 4], copies=[1])
    posts = replace(posts, marks={"days": np.array([True, True, False, True])})
    return Buyer(panel, 0, posts, RowValues(by_day, by_week))


@pytest.mark.parametrize(
    ("change", "capped", "busy", "days"),
    [
        (Change(), [5, 5], [1, 1], [3, 3]),
        # a copy elsewhere is no post of the day, and yet marks it
        (Change(removed=np.array([0])), [4, 5], [0, 1], [3, 3]),
        (Change(removed=np.array([0, 1])), [4, 5], [0, 1], [2, 3]),
        (Change(removed=np.array([2])), [4, 5], [0, 1], [3, 3]),
        (Change(added=np.array([3, 3]), added_day=np.array([8, 9])), [5, 7], [1, 2], [3, 4]),
        # a third post of a day is above the cap
        (Change(added=np.array([2, 2]), added_day=np.array([0, 0])), [6, 5], [1, 1], [3, 3]),
    ],
)
def test_days_weeks_and_distinct_days_follow_the_posts(change, capped, busy, days):
    found = days_case().after(change).institution_counts
    assert {name: values.tolist() for name, values in found.items()} == {
        "capped": capped, "busy": busy, "days": days,
    }  # fmt: skip


def test_unknown_week_becomes_known_with_the_first_known_post():
    case = invented(2, institutions=2, posts=3, platforms=("instagram",), weeks=2)
    panel = case.panel
    weekly = panel.account_counts["interaction_count"].copy()
    weekly[0] = [np.nan, 4]
    counts = panel.account_counts | {"interaction_count": weekly}
    posts = own_posts([0, 0], [0, 8], [np.nan, 4])
    buyer = Buyer(replace(panel, account_counts=counts), 0, posts, RowValues({}, {}))
    added = Change(added=np.array([1, 0]), added_day=np.array([2, 9]))
    found = buyer.after(added).account_counts["interaction_count"]
    assert found.tolist() == [[4, 4]]
    gone = buyer.after(Change(removed=np.array([1]))).account_counts["interaction_count"]
    assert_array_equal(gone, [[np.nan, 0]])


def test_sum_that_no_post_explains_is_held():
    case = invented(5, institutions=4, posts=14)
    counts = case.panel.account_counts | {"reply_count": np.full((8, 12), 3.0)}
    buyer = replace(buyers_of(case)[1], panel=replace(case.panel, account_counts=counts))
    found = buyer.after(Change(removed=np.arange(20))).account_counts
    assert_array_equal(found["reply_count"], 3.0)
    assert found["post_count"].sum() == buyer.posts.day.size - 20
