"""Recipes: which unit comes first, which next, and what is left alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.flip_cases import own_posts

from tolok.scoring.flip_recipe import Room, lifts_of, recipes_of
from tolok.scoring.flip_units import Edge, Fill, Lift

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=8)


def a_room(platforms=("instagram",), **fields):
    plain = Room(
        platform=platforms,
        is_weighed=np.array([platform != "web" for platform in platforms]),
        is_open=np.ones(14, dtype=bool),
        daily_cap=10,
        trim_share=0.0,
    )
    return replace(plain, **fields)


def recipe(posts, room, means, code, groups=((),)):
    """The only recipe of a code."""
    (found,) = [
        one
        for one in recipes_of(posts, room, list(groups))
        if (one.means, one.code) == (means, code)
    ]
    return found


def counts_after(fill, count, size):
    change = fill.of(size)
    after = np.array(count)
    after[change.raised] += change.by
    return after.tolist()


def poured(account, count, size):
    """The same purchase, one unit after the other: each where 1 / ((1 + t) n) is largest."""
    count = list(count)
    number = [account.count(one) for one in account]
    for _ in range(size):
        worth = [(count[at] + 2) * number[at] for at in range(len(count))]
        count[worth.index(min(worth))] += 1
    return count


@given(COUNTS, st.integers(0, 40), st.integers(0, 255))
def test_fill_gives_each_unit_where_it_is_worth_most(count, size, bits):
    account = sorted((bits >> at) & 1 for at in range(len(count)))
    posts = own_posts(account, range(len(count)), count)
    fill = Fill("interaction_count", posts, np.arange(len(count)))
    assert counts_after(fill, count, size) == poured(account, count, size)


def test_fill_lifts_the_weakest_to_one_level():
    posts = own_posts([0, 0, 0, 0], [0, 1, 2, 3], [9, 0, 2, 4])
    fill = Fill("interaction_count", posts, np.arange(4))
    assert [counts_after(fill, [9, 0, 2, 4], size) for size in (2, 3, 6, 7)] == [
        [9, 2, 2, 4], [9, 3, 2, 4], [9, 4, 4, 4], [9, 5, 4, 4],
    ]  # fmt: skip


def test_posts_under_the_cut_joint_posts_and_copies_are_left_alone():
    counts = [0, 1, 5, 5, 5, 5, 5, 5, 5, 6, 7, 1]
    posts = own_posts([0] * 12, range(12), counts, copies=[11])
    posts = replace(posts, is_joint=np.arange(12) == 1)
    found = recipe(posts, a_room(trim_share=0.1), "interactions", "above_cut/instagram")
    assert found.of(4).raised.tolist() == [2, 3, 4, 5]
    found = recipe(posts, a_room(trim_share=0.1), "interactions", "weakest/all")
    assert found.of(4).raised.tolist() == [0]


def test_recipes_name_platforms_and_kinds_and_state_their_bounds():
    posts = own_posts([0, 0, 1, 1], [0, 1, 2, 3], [4, 6, 1, np.nan], kind=[0, 2, 0, 0])
    room = a_room(("instagram", "x"))
    found = recipes_of(posts, room, [(), ("image",)])
    assert [(one.means, one.code, one.bound, one.own) for one in found] == [
        ("interactions", "above_cut/instagram", 11, 11),
        ("interactions", "above_cut/x", 11, 11),
        ("interactions", "above_cut/all", 11, 11),
        ("interactions", "weakest/all", 11, 11),
        ("posts", "median_post/instagram", 4, 4),
        ("posts", "median_post/x", 4, 4),
        ("deletions", "weakest/instagram", 1, 4),
        ("deletions", "weakest/all", 1, 4),
        ("interactions", "above_cut/instagram/image", 11, 11),
        ("interactions", "above_cut/x/image", 11, 11),
        ("interactions", "above_cut/all/image", 11, 11),
        ("interactions", "weakest/all/image", 11, 11),
        ("posts", "median_post/instagram/image", 4, 4),
        ("posts", "median_post/x/image", 4, 4),
        ("deletions", "weakest/all/image", 1, 4),
    ]


def test_platform_without_weight_is_not_bought_on():
    posts = own_posts([0, 1], [0, 1], [4, 6])
    room = a_room(("instagram", "web"))
    codes = {one.code for one in recipes_of(posts, room, [()])}
    assert codes == {"above_cut/instagram", "weakest/all", "median_post/instagram"}


def test_nothing_can_be_bought_for_counts_that_are_unknown_or_none():
    posts = own_posts([0, 0], [0, 1], [np.nan, np.nan])
    posts = replace(posts, counts=posts.counts | {"view_count": np.zeros(2)})
    assert recipes_of(posts, a_room(), [()]) == []


def test_deletions_take_the_post_furthest_below_its_account_s_median():
    posts = own_posts([0, 0, 0, 1, 1, 1], range(6), [90, 100, 110, 1, 5, 9])
    found = recipe(posts, a_room(("instagram", "x")), "deletions", "weakest/all")
    assert found.of(3).removed.tolist() == [3, 0, 1]
    assert found.of(1).moves_posts


def greedy(days, week_posts, own_days, size, cap):
    """Day after day: the fewest posts, then the emptiest week, then the earliest."""
    number, weekly = list(own_days), list(week_posts)
    found = []
    for _ in range(size):
        free = [day for day in days if number[day] < cap]
        if not free:
            break
        day = min(free, key=lambda one: (number[one], weekly[one // 7], one))
        number[day] += 1
        weekly[day // 7] += 1
        found.append(day)
    return found


@given(st.lists(st.integers(0, 20), min_size=1, max_size=25), st.integers(1, 3))
def test_added_posts_go_to_the_emptiest_day_of_the_emptiest_week(day, cap):
    day = sorted(day)
    posts = own_posts([0] * len(day), day, [5] * len(day))
    room = a_room(is_open=~np.isin(np.arange(21), [3, 20]), daily_cap=cap)
    own = np.bincount(day, minlength=21)
    weekly = own.reshape(3, 7).sum(axis=1)
    days = [one for one in range(21) if one not in (3, 20)]
    expected = greedy(days, weekly, own, len(day), cap)
    found = [one for one in recipes_of(posts, room, [()]) if one.means == "posts"]
    assert [one.of(one.bound).added_day.tolist() for one in found] == [expected] * len(found)
    assert len(found) == bool(expected)


@pytest.mark.parametrize(("counts", "like"), [([3, 9, 5], 2), ([3, 9, 5, 4], 3)])
def test_added_posts_are_like_the_median_post(counts, like):
    posts = own_posts([0] * len(counts), range(len(counts)), counts)
    change = recipe(posts, a_room(), "posts", "median_post/instagram").of(2)
    assert change.added.tolist() == [like, like]
    assert change.added_week.tolist() == [1, 1]


def test_lift_takes_the_cheapest_post_whole_before_the_next():
    posts = own_posts([0, 0, 0, 1], range(4), [3, 9, 5, 9], copies=[])
    edge = Edge("interaction_count", (), np.array([10, 10, 10, 12]))
    lift = Lift(edge, posts, np.arange(4))
    assert lift.bound == 16
    assert [counts_after(lift, [3, 9, 5, 9], size) for size in (1, 3, 4, 5, 16)] == [
        [3, 10, 5, 9],  # 1 like for one of three posts is worth 3 for the only one
        [3, 10, 5, 11],
        [3, 10, 5, 12],
        [3, 10, 6, 12],
        [10, 10, 10, 12],
    ]


def test_lifts_leave_posts_alone_that_are_above_or_unknown():
    posts = own_posts([0, 0, 0, 1], range(4), [3, 20, np.nan, 30], kind=[0, 0, 0, 2])
    edges = [
        Edge("interaction_count", ("image",), np.array([10, 10, 10, 0])),
        Edge("view_count", (), np.array([10, 10, 10, 10])),
    ]
    found = list(lifts_of(posts, a_room(("instagram", "x")), edges))
    assert [(one.means, one.code, one.bound, one.own) for one in found] == [
        ("interactions", "edge/instagram/image", 7, 53)
    ]
    assert found[0].of(7).raised.tolist() == [0]
    assert list(lifts_of(posts, a_room(("instagram", "x")), [])) == []


def test_no_post_is_added_where_every_day_is_full():
    posts = own_posts([0, 0], [0, 1], [5, 5])
    room = a_room(daily_cap=1, is_open=np.arange(14) < 2)
    assert "posts" not in {one.means for one in recipes_of(posts, room, [()])}


def test_nothing_is_bought_for_kinds_that_an_institution_does_not_post():
    posts = own_posts([0, 0], [0, 1], [5, 5], kind=[0, 0])
    assert recipes_of(posts, a_room(), [("video",)]) == []
