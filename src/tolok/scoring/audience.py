"""What an audience lets expect: robust lines of a level on the log of followers."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Lines:
    """A line for each platform.

    Shape: (platforms,).  Missing: NaN where the platform has no account.
    """

    intercept: FloatArray
    slope: FloatArray
    account_count: IntArray


@dataclass(frozen=True)
class SlopeRule:
    """How slopes come about: fitted where a platform has enough accounts, or given."""

    min_accounts: int
    exponent: float | None = None


def pair_slopes(x: FloatArray, y: FloatArray) -> FloatArray:
    """The slopes through all pairs of points that differ in x.

    Shape: (points,) -> (pairs,).
    """
    first, second = np.triu_indices(x.size, 1)
    run, rise = x[second] - x[first], y[second] - y[first]
    slanted = run != 0
    slopes: FloatArray = rise[slanted] / run[slanted]
    return slopes


def fit_lines(
    x: FloatArray,
    y: FloatArray,
    platform: IntArray,
    platform_count: int,
    slope_rule: SlopeRule,
) -> Lines:
    """The Theil-Sen line of every platform: median pairwise slope, then median residual.

    Shape: (accounts,) each -> (platforms,).
    Where the rule names an exponent it is the slope of all. Else platforms with fewer than
    min_accounts accounts share one slope, the median of the pairwise
    slopes inside all platforms, and keep their own intercepts. The slope is 0 where followers
    nowhere differ.
    Source: Sen 1968 (J. Am. Stat. Assoc. 63, 1379-1389).
    """
    members = [np.flatnonzero(platform == code) for code in range(platform_count)]
    if slope_rule.exponent is not None:
        slopes = [np.zeros(0)] * platform_count
        shared = slope_rule.exponent
    else:
        slopes = [pair_slopes(x[rows], y[rows]) for rows in members]
        pooled = np.concatenate([np.zeros(0), *slopes])
        shared = float(np.median(pooled)) if pooled.size else 0.0
    intercept, slope = np.full((2, platform_count), np.nan)
    for code, rows in enumerate(members):
        if rows.size:
            own = rows.size >= slope_rule.min_accounts and slopes[code].size
            slope[code] = np.median(slopes[code]) if own else shared
            intercept[code] = np.median(y[rows] - slope[code] * x[rows])
    return Lines(intercept, slope, np.array([rows.size for rows in members], dtype=np.int64))
