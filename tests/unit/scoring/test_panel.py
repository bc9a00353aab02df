"""A panel refuses arrays that do not fit together, and derives what all formulas need."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import invented

PANEL = invented(institutions=2, posts=3).panel


def test_arrays_of_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"^is_confirmed is \(1,\), not \(2,\)$"):
        replace(PANEL, is_confirmed=np.ones(1, dtype=bool))
    with pytest.raises(ValueError, match=r"^account_counts\[seen\] is \(4, 1\), not \(4, 12\)$"):
        replace(PANEL, account_counts={"seen": np.zeros((4, 1))})


@pytest.mark.parametrize("names", [("b", "a"), ("a", "a")])
def test_institutions_are_sorted_and_unique(names):
    with pytest.raises(ValueError, match="not sorted and unique"):
        replace(PANEL, institution_ids=names)


def test_log_followers_are_unknown_where_there_are_none():
    followers = np.array([np.e, 0.0, np.nan, 1.0])
    log = replace(PANEL, follower_count=followers).log_followers
    np.testing.assert_array_equal(log, [1.0, np.nan, np.nan, 0.0])


def test_account_platforms_are_indices_into_the_platforms():
    assert PANEL.platforms == ("instagram", "x")
    assert PANEL.account_platform.tolist() == [0, 1, 0, 1]


def test_posts_of_all_kinds_include_the_unknown_one():
    named = PANEL.posts_of(("image", "carousel", "video", "text")).sum()
    unknown = PANEL.posts_by_kind[:, :, -1].sum()
    assert unknown > 0
    assert PANEL.posts_of(()).sum() == named + unknown == 12


def test_measure_without_histogram_has_no_posts():
    assert PANEL.bins("view_count", ()).post_count.tolist() == []
