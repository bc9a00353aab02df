"""Lines of a level on followers: Theil-Sen by platform, a shared slope for small platforms."""

import numpy as np
import pytest

from tolok.scoring.audience import SlopeRule, fit_lines, pair_slopes


def test_pair_slopes_leave_out_pairs_of_equal_x():
    assert pair_slopes(np.array([0.0, 0.0, 2.0]), np.array([1.0, 5.0, 3.0])).tolist() == [1.0, -1.0]


def test_line_is_the_median_slope_and_the_median_residual():
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    y = np.array([1.0, 1.5, 2.0, 2.5, 900.0])  # one wild point of five moves nothing
    lines = fit_lines(x, y, np.zeros(5, dtype=np.int64), 1, SlopeRule(2))
    assert (lines.slope.tolist(), lines.intercept.tolist()) == ([0.5], [1.0])
    assert lines.account_count.tolist() == [5]


def test_small_platform_shares_the_slope_and_keeps_its_intercept():
    x = np.array([0.0, 1.0, 2.0, 3.0, 0.0, 1.0])
    y = np.array([0.0, 0.5, 1.0, 1.5, 10.0, 19.0])
    platform = np.array([0, 0, 0, 0, 1, 1])
    lines = fit_lines(x, y, platform, 3, SlopeRule(3))
    assert lines.slope[:2].tolist() == [0.5, 0.5]
    assert lines.intercept[1] == pytest.approx(14.25)
    assert np.isnan([lines.slope[2], lines.intercept[2]]).all()


@pytest.mark.parametrize(("least", "slope"), [(2, 9.0), (3, 0.5)])
def test_platform_with_just_enough_accounts_has_its_own_slope(least, slope):
    x, y = np.array([0.0, 1, 2, 3, 0, 1]), np.array([0.0, 0.5, 1, 1.5, 10, 19])
    lines = fit_lines(x, y, np.array([0, 0, 0, 0, 1, 1]), 2, SlopeRule(least))
    assert lines.slope.tolist() == [0.5, slope]


def test_slope_is_nothing_where_followers_do_not_differ():
    lines = fit_lines(
        np.ones(3), np.array([1.0, 4.0, 2.0]), np.zeros(3, dtype=np.int64), 1, SlopeRule(2)
    )
    assert (lines.slope.tolist(), lines.intercept.tolist()) == ([0.0], [2.0])
