"""Where a flag is raised: runs of posts above an account's habit, and limits of a platform.

Pure arithmetic over small arrays, made of medians, so that whom it finds does not hide the others.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.normalise import MAD_TO_SD
from tolok.scoring.audience import SlopeRule, fit_lines

LEAST_STEPS = 8
"""Weekly steps of followers that an account needs for a habit of its own."""
WEEK_DAYS = 7


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of rows, from the first that lies above the habit to the one where the excess is most.

    Shape: (runs,) each; first and last are rows, peak is the excess.
    """

    first: IntArray
    last: IntArray
    peak: IntArray


@dataclass(frozen=True, eq=False)
class Jumps:
    """Steps of followers: the growth a week, the least that rounding allows, and the threshold.

    Shape: (readings,) each, at the later reading.
    Missing: NaN at an account's first reading; the threshold is NaN where steps are too few.
    """

    growth: FloatArray
    least: FloatArray
    threshold: FloatArray


@dataclass(frozen=True, eq=False)
class Limits:
    """Below and above which values a ratio is an outlier of its platform.

    Shape: (accounts,) each.  Missing: NaN where the platform has too few accounts.
    """

    low: FloatArray
    high: FloatArray


def runs(group: IntArray, score: IntArray, threshold: float) -> Runs:
    """The runs whose summed scores rise above a threshold: bursts of a two-state model.

    Rows are in order inside their group, groups in order. A run begins where the sum since the
    lowest point of its group begins to rise, and ends at its highest point.

    Shape: (rows,) each -> (runs,).
    Source: Page 1954 (Biometrika 41, 100-115); for two states it decides as Kleinberg 2002 (KDD).

    >>> runs(np.array([0, 0, 0, 0]), np.array([-2, 3, 4, -1]), 6).last.tolist()
    [2]
    """
    if not group.size:
        none = np.zeros(0, np.int64)
        return Runs(none, none, none)
    starts = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    number = np.cumsum(np.isin(np.arange(group.size), starts)) - 1
    total = np.cumsum(score)
    total -= (total - score)[starts][number]
    # Each group stands below all before it, so that one running minimum serves them all.
    depth = number * (int(np.abs(total).max()) + 1) * 2
    excess = total - np.minimum.accumulate(np.minimum(total, 0) - depth) - depth
    is_up = excess > 0
    is_start = is_up & (np.concatenate([[False], ~is_up[:-1]]) | (np.diff(number, prepend=-1) > 0))
    first = np.flatnonzero(is_start)
    run = np.cumsum(is_start) - 1
    up = np.flatnonzero(is_up)
    peak = np.zeros(first.size, np.int64)
    np.maximum.at(peak, run[up], excess[up])
    last = np.full(first.size, group.size)
    at_peak = up[excess[up] == peak[run[up]]]
    np.minimum.at(last, run[at_peak], at_peak)
    found = peak > threshold
    return Runs(first[found], last[found], peak[found])


def jumps(
    account: IntArray, platform: IntArray, day: IntArray, followers: FloatArray, deviations: float
) -> Jumps:
    """Weekly log growth of followers, beside what is usual on the platform and for the account.

    The threshold is the higher of both: median + deviations x MAD. Steps of less than a week are
    not stretched to one. Followers that a platform rounds down to three digits grow at least as
    much as from the highest count that the first reading can stand for.

    Shape: (readings,) each, by account and day.
    Source: METHODOLOGY, flags.
    """
    is_step = np.diff(account, prepend=-1) == 0
    weeks = np.maximum(np.diff(day, prepend=0), WEEK_DAYS) / WEEK_DAYS
    before = np.concatenate([[1.0], followers[:-1]])
    growth = np.where(is_step, np.log(followers / before) / weeks, np.nan)
    most = before + np.where(_all_rounded(account, followers), _unit(before), 0.0)
    least = np.where(is_step, np.log(followers / most) / weeks, np.nan)
    threshold = np.full(account.size, np.nan)
    of_platform = {
        int(code): _above(growth[is_step & (platform == code)], deviations)
        for code in np.unique(platform)
    }
    steps = np.flatnonzero(is_step)
    for rows in np.split(steps, np.flatnonzero(np.diff(account[steps])) + 1):
        if rows.size >= LEAST_STEPS:
            own = _above(growth[rows], deviations)
            threshold[rows] = max(own, of_platform[int(platform[rows[0]])])
    return Jumps(growth, least, threshold)


def ratio_limits(
    log_followers: FloatArray, value: FloatArray, platform: IntArray, least: int, tail_share: float
) -> Limits:
    """The outer quantiles of a platform's ratios, given the followers of each account.

    A Theil-Sen line through the platform's accounts, and around it as many robust standard
    deviations as cut the share from each tail of a normal distribution: with some tens of accounts
    the extreme quantiles would be the extreme accounts, whoever they are. Where an account's
    followers are unknown, all of its platform are compared without them.

    Shape: (accounts,) each.  Units: natural logarithms.
    """
    low, high = np.full((2, value.size), np.nan)
    width = NormalDist().inv_cdf(1 - tail_share) * MAD_TO_SD if 0 < tail_share < 0.5 else np.inf
    for code in np.unique(platform):
        rows = np.flatnonzero(platform == code)
        if rows.size < least:
            continue
        x = log_followers[rows]
        x = x if np.isfinite(x).all() else np.zeros(rows.size)
        lines = fit_lines(x, value[rows], np.zeros(rows.size, np.int64), 1, SlopeRule(least))
        expected = lines.intercept[0] + lines.slope[0] * x
        spread = float(np.median(np.abs(value[rows] - expected)))
        low[rows], high[rows] = expected - width * spread, expected + width * spread
    return Limits(low, high)


def share_limit(
    share: FloatArray, platform: IntArray, floor: float, least: int, deviations: float
) -> FloatArray:
    """The share above which an account stands out: the floor, and median + deviations x MAD.

    What all accounts of a platform do is no sign of anything. A platform with too few accounts is
    held against the accounts of all platforms, and against the floor alone if they are too few.

    Shape: (accounts,) each -> (accounts,).
    """
    shared = _above(share, deviations) if share.size >= least else floor
    limit = np.full(share.size, max(floor, shared))
    for code in np.unique(platform):
        rows = np.flatnonzero(platform == code)
        if rows.size >= least:
            limit[rows] = max(floor, _above(share[rows], deviations))
    return limit


def _above(value: FloatArray, deviations: float) -> float:
    if not value.size:
        return np.nan
    centre = float(np.median(value))
    return centre + deviations * float(np.median(np.abs(value - centre)))


def _all_rounded(account: IntArray, followers: FloatArray) -> BoolArray:
    """Whether every reading of an account has three digits and zeros after them.

    Shape: (readings,).
    """
    unit = _unit(followers)
    is_round = np.floor(followers / unit) * unit == followers
    numbers, place = np.unique(account, return_inverse=True)
    odd = np.bincount(place[~is_round], minlength=numbers.size)
    is_rounded: BoolArray = odd[place] == 0
    return is_rounded


def _unit(followers: FloatArray) -> FloatArray:
    """The step between counts of three digits, 1 at least."""
    digits = np.floor(np.log10(np.maximum(followers, 1.0)))
    unit: FloatArray = np.maximum(10.0 ** (digits - 2.0), 1.0)
    return unit
