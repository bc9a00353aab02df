"""Runs above an account's habit, jumps of followers, and limits of a platform."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.scoring.flags import LEAST_STEPS, jumps, ratio_limits, runs, share_limit

BEYOND_FIVE = 5.0


def found(groups, threshold=5):
    """(group, first row in it, last row in it, peak) of each run of lists of scores."""
    group = np.repeat(np.arange(len(groups)), [len(scores) for scores in groups])
    start = np.cumsum([0, *(len(scores) for scores in groups)])
    score = np.array([one for scores in groups for one in scores], np.int64)
    them = runs(group, score, threshold)
    return [
        (int(group[a]), int(a - start[group[a]]), int(b - start[group[a]]), int(peak))
        for a, b, peak in zip(them.first, them.last, them.peak, strict=True)
    ]


def by_loop(groups, threshold):
    """The same by the textbook: a sum that is set back to 0 where it would fall below."""
    out = []
    for number, scores in enumerate(groups):
        total, first, best = 0, 0, (0, -1)
        for place, score in enumerate([*scores, None]):
            if score is None or total + score <= 0:
                if best[0] > threshold:
                    out.append((number, first, best[1], best[0]))
                total, first, best = 0, place + 1, (0, -1)
            else:
                total += score
                if total > best[0]:
                    best = (total, place)
    return out


def test_run_goes_from_where_the_sum_rises_to_where_it_is_highest():
    assert found([[-1, -1, 2, 2, 3, -1, -9, 1]]) == [(0, 2, 4, 7)]


def test_run_ends_with_its_group():
    assert found([[3, 3], [3, 3], [2]]) == [(0, 0, 1, 6), (1, 0, 1, 6)]


def test_sum_equal_to_the_threshold_is_no_run():
    assert found([[2, 3]]) == []


def test_nothing_gives_no_run():
    assert found([]) == []


@given(st.lists(st.lists(st.integers(-5, 5), min_size=1, max_size=20), max_size=6))
def test_runs_are_those_of_the_textbook(groups):
    assert found(groups, 4) == by_loop(groups, 4)


def weekly(*accounts, platform=0):
    """Jumps of accounts given by their weekly followers."""
    account = np.repeat(np.arange(len(accounts)), [len(row) for row in accounts])
    day = np.concatenate([7 * np.arange(len(row)) for row in accounts])
    counts = np.array([one for row in accounts for one in row], float)
    codes = np.full(account.size, platform)
    jumped = jumps(account, codes, day, counts, BEYOND_FIVE)
    rows = np.flatnonzero(jumped.least > jumped.threshold)
    return [(int(account[row]), int(day[row] // 7)) for row in rows]


def steady(start=10_007, weeks=20, step=31):
    return [start + step * week + week % 3 for week in range(weeks)]


def test_week_of_bought_followers_is_found_and_no_other():
    bought = steady()
    bought[12:] = [count + 4000 for count in bought[12:]]
    assert weekly(steady(50_021), bought, steady(30_011)) == [(1, 12)]


def test_account_that_always_grows_fast_does_not_jump():
    fast = [round(1001 * 1.05**week) for week in range(20)]
    assert weekly(*[steady(20_003 + 11 * i) for i in range(9)], fast) == []


def test_one_step_of_a_rounded_count_is_no_jump():
    rounded = [123_000] * 10 + [124_000] * 10
    assert weekly(rounded, [55_000] * 20) == []


def test_account_with_too_few_steps_has_no_threshold():
    few = [1000.0] * LEAST_STEPS + [5000.0]
    assert weekly(steady(), few[1:]) == []
    assert weekly(steady(), few) == [(1, LEAST_STEPS)]


def test_days_between_two_readings_are_not_stretched_to_a_week():
    jumped = jumps(
        np.zeros(2, int), np.zeros(2, int), np.array([0, 1]), np.array([100.0, 110.0]), 5
    )
    assert jumped.growth[1] == pytest.approx(np.log(1.1))


def test_ratio_far_from_what_its_followers_let_expect_lies_outside():
    rng = np.random.default_rng(3)
    followers = rng.normal(9, 1.5, 40)
    value = -2 - 0.3 * followers + 0.1 * rng.standard_normal(40)
    value[7] += 1.5
    value[8] -= 1.5
    limits = ratio_limits(followers, value, np.zeros(40, int), 10, 0.005)
    outside = (value < limits.low) | (value > limits.high)
    assert np.flatnonzero(outside).tolist() == [7, 8]


def test_tails_are_those_of_a_normal_distribution():
    value = np.array([-1.0, 0.0, 1.0])
    limits = ratio_limits(np.zeros(3), value, np.zeros(3, int), 3, 0.005)
    assert limits.high == pytest.approx([2.5758293 * 1.4826] * 3)
    assert limits.low == pytest.approx([-2.5758293 * 1.4826] * 3)


def test_platform_with_too_few_accounts_has_no_limits():
    limits = ratio_limits(np.zeros(4), np.arange(4.0), np.array([0, 0, 0, 1]), 3, 0.005)
    assert np.isnan(limits.low).tolist() == [False, False, False, True]


def test_unknown_followers_are_left_out_of_the_whole_platform():
    value = np.array([0.0, 1.0, 2.0, 3.0])
    unknown = ratio_limits(np.array([np.nan, 1.0, 2.0, 3.0]), value, np.zeros(4, int), 3, 0.005)
    equal = ratio_limits(np.ones(4), value, np.zeros(4, int), 3, 0.005)
    assert np.array_equal(unknown.high, equal.high)


def test_share_must_exceed_the_floor_and_what_is_usual():
    share = np.array([0.1, 0.2, 0.3, 0.5, 0.6])
    platform = np.array([0, 0, 0, 1, 1])
    own = share_limit(share, platform, 0.3, 3, 5.0)
    assert own[:3] == pytest.approx([0.7] * 3)  # 0.2 + 5 x 0.1
    assert own[3:] == pytest.approx([1.3] * 2)  # of all five: 0.3 + 5 x 0.2
    assert share_limit(share, platform, 0.9, 3, 5.0)[:3] == pytest.approx([0.9] * 3)
    assert share_limit(share, platform, 0.3, 6, 5.0) == pytest.approx([0.3] * 5)


@given(st.permutations(range(12)))
def test_order_of_accounts_does_not_matter(order):
    rng = np.random.default_rng(1)
    x, y, platform = rng.normal(size=12), rng.normal(size=12), np.arange(12) % 2
    straight = ratio_limits(x, y, platform, 3, 0.005)
    mixed = ratio_limits(x[order], y[order], platform[order], 3, 0.005)
    assert np.array_equal(mixed.high, straight.high[order])
