"""The statistics of published formulas: from sums by account to values by institution and platform.

Accounts of an institution on one platform are taken together as if they were one: their posts stand
side by side, rates of a period weigh as much as the account's followers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray, quotient, sums_by
from tolok.methodology.formula import Formula, formula_of

MIN_KNOWN = 2 / 3
"""A sum over the period is stated only where this share of the posts has known counts."""
ROUNDING = 1e-9
VIEW_PLATFORMS = ("tiktok",)
"""Where a publisher that rates posts by views (Rival IQ) does so."""
REASONS = (
    "no_posts", "not_offered", "no_known_counts", "few_known", "no_followers", "no_views",
)  # fmt: skip
"""Why there is no value, from the reason that stands farthest from one to the nearest."""
NO_POSTS, NOT_OFFERED, NO_COUNTS, FEW_KNOWN, NO_FOLLOWERS, NO_VIEWS = REASONS

_OF_A_PERIOD = ("total", "per_follower", "mean_daily_rate")


@dataclass(frozen=True, eq=False)
class AccountSums:
    """The sums of one basis over some kinds of post, and the followers of each account.

    Shape: (accounts,) each; names as in the results' formula_sums and formula_audience.
    Missing: NaN followers are unknown; sums are over known posts, 0 where there is none.
    """

    institution: IntArray
    platform: IntArray
    post_count: FloatArray
    known_count: FloatArray
    total: FloatArray
    with_one_count: FloatArray
    rated_count: FloatArray
    rate_sum: FloatArray
    rated_total: FloatArray
    rated_followers: FloatArray
    viewed_followers: FloatArray
    view_rate_sum: FloatArray
    day_count: FloatArray
    follower_mean: FloatArray
    follower_first: FloatArray
    follower_last: FloatArray

    def followers(self, moment: str) -> FloatArray:
        """The followers that a formula divides by, of each account.

        Shape: (accounts,).  Missing: NaN where unknown or none.
        """
        ends = (self.follower_first + self.follower_last) / 2
        of = {"mean": self.follower_mean, "ends": ends, "last": self.follower_last}
        found = of.get(moment, self.follower_mean)
        return np.where(found > 0, found, np.nan)


@dataclass(frozen=True, eq=False)
class Cells:
    """The accounts of one basis as a grid of institutions and platforms.

    `platforms` names the columns. Every statistic is a quotient of sums over an institution's
    accounts on a platform.
    """

    sums: AccountSums
    institution_count: int
    platforms: tuple[str, ...]

    def add(self, value: FloatArray) -> FloatArray:
        """Sums of accounts over institution and platform; unknown accounts add nothing.

        Shape: (accounts,) -> (institutions, platforms).
        """
        shape = (self.institution_count, len(self.platforms))
        cell = self.sums.institution * shape[1] + self.sums.platform
        return sums_by(cell, np.nan_to_num(value), shape[0] * shape[1]).reshape(shape)


@dataclass(frozen=True, eq=False)
class Values:
    """A formula's value of every institution on every platform, and why there is none.

    Shape: (institutions, platforms) each; `missing` is empty where there is a value.
    """

    value: FloatArray
    missing: np.ndarray[tuple[int, ...], np.dtype[np.object_]]


def values_of(formula: Formula, cells: dict[str, Cells]) -> Values:
    """The values of one formula by institution and platform; `cells` holds every basis.

    Units: as the formula's publisher states them, rates as a fraction of one.
    Missing: NaN with a reason; a platform that the formula does not offer is no zero.
    """
    if formula.parts:
        return _of_parts(formula, cells)
    own = cells[formula.basis]
    value = formula.per * _STATISTICS[formula.statistic](own, formula)
    posts, known = own.add(own.sums.post_count), own.add(own.sums.known_count)
    offered = np.array([formula.offers(platform) for platform in own.platforms], dtype=np.bool_)
    is_thin = known < (MIN_KNOWN - ROUNDING) * posts
    thin = is_thin if formula.statistic in _OF_A_PERIOD else np.zeros_like(is_thin)
    conditions = [posts == 0, np.broadcast_to(~offered, posts.shape), known == 0, thin]
    reasons = [NO_POSTS, NOT_OFFERED, NO_COUNTS, FEW_KNOWN]
    why = np.select(conditions, reasons, default="").astype(object)
    is_lost = (why == "") & np.isnan(value)
    why[is_lost] = NO_FOLLOWERS
    if formula.statistic == "weighted_post_rate":
        why[is_lost & (own.add(own.sums.rated_followers) > 0)] = NO_VIEWS
    return Values(np.where(why == "", value, np.nan), why)


def _of_parts(formula: Formula, cells: dict[str, Cells]) -> Values:
    """The sum of the parts that a platform offers; unknown where one of these is."""
    parts = [(part, values_of(part, cells)) for part in map(formula_of, formula.parts)]
    platforms = cells[formula.basis].platforms
    total = np.zeros(parts[0][1].value.shape)
    why = np.full(total.shape, NOT_OFFERED, dtype=object)
    for place, platform in enumerate(platforms):
        offering = [value for part, value in parts if part.offers(platform)]
        if not offering or not formula.offers(platform):
            continue
        total[:, place] = sum(value.value[:, place] for value in offering)
        reasons = np.stack([value.missing[:, place] for value in offering])
        first = (reasons != "").argmax(axis=0)
        why[:, place] = reasons[first, np.arange(first.size)]
    total = np.where(why == "", total, np.nan)
    return Values(np.log10(1 + total) if formula.statistic == "log_of_parts" else total, why)


def _total(cells: Cells, _formula: Formula) -> FloatArray:
    return cells.add(cells.sums.total)


def _per_post(cells: Cells, _formula: Formula) -> FloatArray:
    return quotient(cells.add(cells.sums.total), cells.add(cells.sums.known_count))


def _per_post_per_follower(cells: Cells, formula: Formula) -> FloatArray:
    followers = cells.sums.followers(formula.moment)
    known = np.where(np.isnan(followers), 0.0, cells.sums.known_count)
    return quotient(cells.add(cells.sums.total / followers), cells.add(known))


def _list_rate(cells: Cells, formula: Formula) -> FloatArray:
    """Interactions a post over the mean followers of an institution's accounts on the platform."""
    followers = cells.sums.followers(formula.moment)
    is_there = ~np.isnan(followers) & (cells.sums.known_count > 0)
    audience = cells.add(np.where(is_there, followers, 0.0))
    mean = quotient(audience, cells.add(is_there.astype(np.float64)))
    total = cells.add(np.where(is_there, cells.sums.total, 0.0))
    posts = cells.add(np.where(is_there, cells.sums.known_count, 0.0))
    return quotient(quotient(total, posts), mean)


def _per_follower(cells: Cells, formula: Formula) -> FloatArray:
    followers = cells.sums.followers(formula.moment)
    total = np.where(np.isnan(followers), 0.0, cells.sums.total)
    return quotient(cells.add(total), cells.add(followers))


def _mean_post_rate(cells: Cells, _formula: Formula) -> FloatArray:
    return quotient(cells.add(cells.sums.rate_sum), cells.add(cells.sums.rated_count))


def _weighted_post_rate(cells: Cells, _formula: Formula) -> FloatArray:
    """Rates of posts weighted by followers, which is all interactions over all followers."""
    rate = quotient(cells.add(cells.sums.rated_total), cells.add(cells.sums.rated_followers))
    by_view = quotient(cells.add(cells.sums.view_rate_sum), cells.add(cells.sums.viewed_followers))
    is_by_view = np.array([platform in VIEW_PLATFORMS for platform in cells.platforms])
    return np.where(is_by_view, by_view, rate)


def _mean_daily_rate(cells: Cells, formula: Formula) -> FloatArray:
    """The sum over days of interactions over that day's followers, by the number of days."""
    followers = cells.sums.followers(formula.moment)
    daily = quotient(cells.sums.rate_sum, cells.sums.day_count)
    return quotient(cells.add(followers * daily), cells.add(followers))


def _share_with_one(cells: Cells, _formula: Formula) -> FloatArray:
    return quotient(cells.add(cells.sums.with_one_count), cells.add(cells.sums.known_count))


_STATISTICS: dict[str, Callable[[Cells, Formula], FloatArray]] = {
    "total": _total,
    "per_post": _per_post,
    "per_post_per_follower": _per_post_per_follower,
    "list_rate": _list_rate,
    "per_follower": _per_follower,
    "mean_post_rate": _mean_post_rate,
    "weighted_post_rate": _weighted_post_rate,
    "mean_daily_rate": _mean_daily_rate,
    "share_with_one": _share_with_one,
}
