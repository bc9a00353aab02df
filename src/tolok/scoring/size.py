"""Sizes beside scores: bands of followers, raw rates per follower, and ranks by both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.aggregate import aggregate
from tolok.composite.array import BoolArray, FloatArray, IntArray, quotient, sums_by
from tolok.composite.rank import competition_rank

UNKNOWN_BAND = -1
PER_FOLLOWERS = 1000.0


@dataclass(frozen=True, eq=False)
class AccountSums:
    """What the posts of each account got, over the window.

    Shape: (accounts,) each; institution and platform are indices.
    Units: own posts that are no copies and whose interactions are known, and these interactions.
    Missing: follower_count is NaN where unknown.
    """

    institution: IntArray
    platform: IntArray
    post_count: IntArray
    interaction_count: IntArray
    follower_count: FloatArray


@dataclass(frozen=True, eq=False)
class SizeRanks:
    """Ranks that go with sizes, inside clusters.

    Shape: (institutions,) each.  Missing: 0 for no rank.
    """

    raw_rank: IntArray
    band_rank: IntArray


def band_of(follower_count: FloatArray, cuts: Sequence[int]) -> IntArray:
    """The place of each number in the half-open bands [cut, next cut), the lowest being 0.

    Shape: (institutions,) -> (institutions,).
    Missing: -1 where followers are unknown.
    """
    place = np.searchsorted(np.asarray(cuts, dtype=np.float64), follower_count, side="right")
    return np.where(np.isnan(follower_count), UNKNOWN_BAND, place).astype(np.int64)


def raw_rates(sums: AccountSums, is_present: BoolArray, platform_weight: FloatArray) -> FloatArray:
    """Interactions per post per 1,000 followers: inside platforms, then their weighted mean.

    Accounts of one institution on one platform are averaged by their posts.
    Shape: is_present is (institutions, platforms), platform_weight (platforms,) -> (institutions,).
    Missing: accounts without posts or followers are left out, as are platforms that do not count;
    NaN where none is left.
    """
    institutions, platforms = is_present.shape
    usable = (sums.post_count > 0) & (sums.follower_count > 0)
    cell = (sums.institution * platforms + sums.platform)[usable]
    per_follower = sums.interaction_count[usable] / sums.follower_count[usable]
    shape = (institutions, platforms)
    got = sums_by(cell, per_follower, institutions * platforms).reshape(shape)
    posts = sums_by(cell, sums.post_count[usable], institutions * platforms).reshape(shape)
    rate = np.where(is_present, PER_FOLLOWERS * quotient(got, posts), np.nan)
    return aggregate(rate, platform_weight, "arithmetic")


def size_ranks(
    rank: IntArray, raw_rate: FloatArray, cluster: IntArray, band: IntArray
) -> SizeRanks:
    """Ranks by the raw rate inside clusters, and by the score inside clusters and bands.

    Shape: (institutions,) each -> the same; rank is that of the score, 0 for none.
    Missing: who has no rank gets none here; nor does an unknown rate or band.
    Ties: competition ranks; who shares a rank by the score shares that of the band.
    """
    raw, of_band = np.zeros((2, rank.size), dtype=np.int64)
    for one in np.unique(cluster):
        members = np.flatnonzero((cluster == one) & (rank > 0) & ~np.isnan(raw_rate))
        raw[members] = competition_rank([raw_rate[members]])
        for size in np.unique(band[band != UNKNOWN_BAND]):
            members = np.flatnonzero((cluster == one) & (rank > 0) & (band == size))
            of_band[members] = competition_rank([-rank[members].astype(np.float64)])
    return SizeRanks(raw, of_band)
