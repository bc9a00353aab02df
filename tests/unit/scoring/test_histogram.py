"""Histograms merge posts into cells, with integer sums that no order of rows changes."""

from dataclasses import replace

import numpy as np
import pytest

from tolok.model import KINDS
from tolok.scoring.bins import WHOLE_IN_SINGLE, gather
from tolok.scoring.histogram import LOG_UNIT, Histogram

IMAGE, VIDEO = KINDS.index("image"), KINDS.index("video")


def histogram(rows):
    """A histogram of posts given as (account, week, kind, count)."""
    return Histogram.from_counts(*(np.array(column) for column in zip(*rows, strict=True)))


def test_post_falls_into_the_bin_of_its_log():
    one = histogram([(0, 0, IMAGE, 0), (0, 0, IMAGE, 1), (0, 0, IMAGE, 99)])
    assert one.bin.tolist() == [0, 11, 73]
    assert one.log_sum.tolist() == [0, round(np.log(2) * LOG_UNIT), round(np.log(100) * LOG_UNIT)]


def test_cells_hold_the_mean_of_their_own_posts():
    bins = gather(histogram([(1, 0, IMAGE, 99), (0, 1, VIDEO, 7), (1, 2, VIDEO, 100)]), (), 3)
    cells = bins.contract(np.ones(3))
    assert cells.account.tolist() == [0, 1]
    assert cells.post_count.tolist() == [1, 2]
    np.testing.assert_allclose(cells.y, [np.log(8), (np.log(100) + np.log(101)) / 2], atol=1e-6)


def test_week_counts_as_often_as_its_weight():
    bins = gather(histogram([(0, 0, IMAGE, 99), (0, 1, IMAGE, 99), (0, 2, IMAGE, 5)]), (), 3)
    cells = bins.contract(np.array([3.0, 1.0, 0.0]))
    assert cells.post_count.tolist() == [4]


@pytest.mark.parametrize(
    ("post_count", "weights"),
    [
        (WHOLE_IN_SINGLE + 1, [[1.0], [1.0]]),
        (WHOLE_IN_SINGLE // 2 + 1, [[3.0], [2.0]]),
        (5, [[0.5], [1.25]]),
        (WHOLE_IN_SINGLE // 3 - 1, [[3.0], [1.0]]),
    ],
)
def test_no_post_of_a_draw_is_lost_to_rounding(post_count, weights):
    rows = replace(histogram([(0, 0, IMAGE, 9)]), post_count=np.array([post_count]))
    cells = gather(rows, (), 1).contract(np.array(weights))
    assert cells.post_count.tolist() == [[post_count * weight] for (weight,) in weights]


def test_unknown_kind_belongs_to_the_group_of_all_alone():
    rows = histogram([(0, 0, -1, 3), (0, 0, IMAGE, 3), (0, 0, VIDEO, 3)])
    assert gather(rows, (), 1).post_count.tolist() == [3]
    assert gather(rows, KINDS, 1).post_count.tolist() == [2]
    assert gather(rows, ("image",), 1).post_count.tolist() == [1]


def test_rows_of_no_post_leave_no_cell():
    rows = histogram([(0, 0, IMAGE, 3)])
    assert gather(rows, ("video",), 1).contract(np.ones(1)).y.tolist() == []


def test_row_that_counts_no_post_leaves_no_cell():
    rows = histogram([(0, 0, IMAGE, 3), (1, 0, IMAGE, 9)])
    empty = replace(rows, post_count=np.array([1, 0]), log_sum=rows.log_sum * [1, 0])
    assert gather(empty, (), 1).account.tolist() == [0]


def test_merged_rows_do_not_depend_on_their_order():
    rng = np.random.default_rng(3)
    rows = np.stack([rng.integers(0, high, 500) for high in (9, 6, 4, 40)], axis=1)
    first, second = (gather(histogram(some), (), 6) for some in (rows, rng.permutation(rows)))
    for name in ("account", "bin", "cell", "week", "post_count", "log_sum"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_weeks_that_are_not_kept_lose_their_posts():
    bins = gather(histogram([(0, 0, IMAGE, 9), (0, 1, IMAGE, 9), (1, 0, IMAGE, 9)]), (), 2)
    kept = bins.within(np.array([[False, True], [False, False]]))
    assert kept.weekly_posts(2, 2).tolist() == [[0, 1], [0, 0]]
    assert kept.account.tolist() == [0]
