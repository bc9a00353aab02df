"""Cells after a purchase are those that counting all posts again would give."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from tests.flip_cases import buyers_of
from tests.scoring_cases import invented

from tolok.model import KINDS
from tolok.scoring.bins import Bins
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import Group
from tolok.scoring.flip_panel import panel_after

MEASURE = "interaction_count"
OTHERS = tuple(kind for kind in KINDS if kind != "image")
GROUPS = [
    Group(MEASURE, ()),
    Group(MEASURE, ("image",)),
    Group(MEASURE, ("image",), OTHERS),
]
ROW = 1


def some_change(buyer, rng, what):
    """A purchase at random; posts that are bought for or imitated are clean and known."""
    posts = buyer.posts
    usable = np.flatnonzero(posts.is_clean & ~np.isnan(posts.counts[MEASURE]))
    number = int(rng.integers(0, usable.size // 2))
    if what == "raised":
        rows = np.sort(rng.choice(usable, number, replace=False))
        return Change(raised=rows, by=rng.integers(1, 30, number))
    if what == "removed":
        return Change(removed=rng.choice(posts.day.size, number, replace=False))
    days = rng.integers(0, buyer.weeks * 7, number)
    return Change(added=np.full(number, rng.choice(usable)), added_day=days)


def counted_anew(buyer, change, group):
    """The cells of the whole panel after the purchase, cut to the buyer's accounts."""
    panel = panel_after(buyer, change)
    sides: tuple[Bins, ...] = (panel.bins(group.measure, group.kinds),)
    if group.others is not None:
        sides = panel.bins_side_by_side(group.measure, group.kinds, group.others)
    for bins in sides:
        own = np.isin(bins.account, buyer.accounts)
        posts = np.bincount(bins.cell, bins.post_count, bins.account.size)
        sums = np.bincount(bins.cell, bins.log_sum, bins.account.size)
        yield bins.account[own] - buyer.accounts[0], bins.bin[own], posts[own], sums[own]


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["raised", "removed", "added"]))
def test_moved_cells_are_those_that_are_counted_anew(seed, what):
    case = invented(seed % 1000, institutions=3, posts=30)
    buyer = buyers_of(case)[ROW]
    change = some_change(buyer, np.random.default_rng(seed), what)
    for group, sides in zip(GROUPS, buyer.cells(change, GROUPS), strict=True):
        for found, expected in zip(sides, counted_anew(buyer, change, group), strict=True):
            for own, anew in zip(found, expected, strict=True):
                assert_array_equal(own, anew)


def test_week_that_loses_its_last_image_takes_its_other_posts_along():
    case = invented(4, institutions=3, posts=30)
    buyer = buyers_of(case)[ROW]
    posts, group = buyer.posts, GROUPS[2]
    is_image = posts.is_clean & posts.is_of(("image",)) & ~np.isnan(posts.counts[MEASURE])
    is_other = posts.is_clean & posts.is_of(OTHERS) & ~np.isnan(posts.counts[MEASURE])
    cell = posts.account * buyer.weeks + posts.week
    both = np.intersect1d(cell[is_image], cell[is_other])
    change = Change(removed=np.flatnonzero(is_image & (cell == both[0])))
    ((_, others),) = buyer.cells(Change(), [group])
    ((_, fewer),) = buyer.cells(change, [group])
    gone = int((is_other & (cell == both[0])).sum())
    assert others.post_count.sum() - fewer.post_count.sum() == gone > 0


def test_counts_are_not_raised_beyond_what_an_institution_can_buy():
    buyer = buyers_of(invented(4, institutions=3, posts=30))[ROW]
    rows = np.flatnonzero(buyer.posts.is_clean & ~np.isnan(buyer.posts.counts[MEASURE]))[:1]
    change = Change(raised=rows, by=np.array([10**9]))
    with pytest.raises(ValueError, match="more was bought"):
        buyer.cells(change, GROUPS)
