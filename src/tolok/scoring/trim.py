"""Trimmed means of histograms, and their variance over weeks in closed form."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray, or_zero, quotient, sums_by
from tolok.scoring.bins import Bins
from tolok.scoring.cells import Cells, flat_places
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT


@dataclass(frozen=True, eq=False)
class Trimmed:
    """The trimmed mean of every account, and the posts behind it.

    Shape: (..., accounts).  Missing: the mean is NaN for an account without a known post.
    """

    post_count: FloatArray
    mean: FloatArray


def trimmed_mean(cells: Cells, account_count: int, trim_share: float) -> Trimmed:
    """The mean of y after trim_share of the posts is cut from each end, by account.

    Shape: (..., cells) -> (..., accounts).
    Units: y. The cut falls inside a cell: its posts are kept in part, at the cell's own mean, so
    the result lies within one bin's width of the exact one, and equals it if posts of one cell
    are equal.
    Source: Tukey and McLaughlin 1963 (Sankhya A 25, 331-352); METHODOLOGY, fractional trimming.
    """
    start, posts = cells.start, cells.posts_up_to[..., cells.end].astype(np.float64)
    cut = trim_share * posts
    lower, upper = np.split(
        _sum_of_lowest(cells, np.concatenate([cut, posts - cut], axis=-1)), 2, -1
    )
    count = np.zeros((*posts.shape[:-1], account_count))
    sums = np.zeros(count.shape)
    account = cells.account[start]
    count[..., account], sums[..., account] = posts, upper - lower
    return Trimmed(count, quotient(sums / LOG_UNIT, count * (1 - 2 * trim_share)))


def _sum_of_lowest(cells: Cells, posts: FloatArray) -> FloatArray:
    """The sum of logs of an account's lowest posts; a cell counts in part, at its own mean.

    Shape: posts is (..., 2 * runs), how many of them, the accounts twice in a row -> the same.
    """
    cell = _first_with(cells, posts)
    place = flat_places(cell, cells.account.size)
    up_to = cells.posts_up_to.ravel()
    held_to = up_to.take(place).astype(np.float64)
    before = np.where(cell == np.tile(cells.start, 2), 0.0, up_to.take(place - 1))
    sum_to, own = cells.sums_at(cell)
    held = held_to - before
    mean = np.divide(own, held, out=np.zeros(held.shape), where=held > 0)
    return sum_to - (held_to - posts) * mean


def _first_with(cells: Cells, posts: FloatArray) -> IntArray:
    """The first cell of an account that holds, with those before it, so many posts.

    Shape: posts is (..., 2 * runs), the accounts twice in a row -> the same.
    All accounts of all draws are searched together, in steps that are halved: each cell that holds
    too few is passed. An account's last cell holds enough.
    """
    up_to, width = cells.posts_up_to.ravel(), cells.account.size
    start, end = (np.broadcast_to(np.tile(one, 2), posts.shape) for one in (cells.start, cells.end))
    passed, last = flat_places(start - 1, width), flat_places(end, width)
    longest = int((cells.end - cells.start).max(initial=0))
    for power in reversed(range(longest.bit_length())):
        tried = np.minimum(passed + (1 << power), last)
        np.copyto(passed, tried, where=up_to.take(tried) < posts)
    return passed + 1 - flat_places(np.zeros_like(start), width)


def kept_posts(cells: Cells, trim_share: float) -> FloatArray:
    """The posts of every cell that are left after the cut, in parts of a post.

    Shape: (..., cells) -> the same.
    """
    size = np.diff(cells.start, append=cells.account.size)
    posts = cells.posts_up_to[..., cells.end]
    cut = trim_share * posts
    first, last = np.repeat(cut, size, axis=-1), np.repeat(posts - cut, size, axis=-1)
    upper = cells.posts_up_to
    return np.clip(upper, first, last) - np.clip(upper - cells.post_count, first, last)


def by_account(cells: Cells, value: FloatArray, account_count: int) -> FloatArray:
    """Sums of cells over their accounts.

    Shape: (..., cells) -> (..., accounts).  Missing: 0 for an account without a cell.
    """
    total = np.zeros((*value.shape[:-1], account_count))
    if cells.start.size:
        total[..., cells.account[cells.start]] = np.add.reduceat(value, cells.start, axis=-1)
    return total


def posts_above(cells: Cells, expected: FloatArray) -> FloatArray:
    """Posts of every account whose y exceeds a value of that account.

    Shape: (..., cells), (accounts,) -> (..., accounts).
    Missing: NaN where the expected value is NaN.
    Ties: the bin that holds the expected value is divided linearly.
    """
    share = np.clip(cells.bin + 1 - BINS_PER_UNIT * expected[cells.account], 0, 1)
    above = by_account(cells, cells.post_count * share, expected.size)
    return np.where(np.isnan(expected), np.nan, above)


def _bounds(cells: Cells, trim_share: float, account_count: int) -> tuple[FloatArray, FloatArray]:
    """The values between which posts were kept, by account; NaN where there is no post."""
    low, high = np.full(account_count, np.inf), np.full(account_count, -np.inf)
    inside = kept_posts(cells, trim_share) > 0
    np.minimum.at(low, cells.account[inside], cells.y[inside])
    np.maximum.at(high, cells.account[inside], cells.y[inside])
    none = np.isinf(low)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


@dataclass(frozen=True, eq=False)
class Influence:
    """What each week adds to the error of an account's trimmed mean, and what single posts do.

    Shape: weekly is (accounts, weeks) and adds up to 0 under the week weights; independent is
    (accounts,): the variance that posts would have if they were independent.
    """

    weekly: FloatArray
    independent: FloatArray

    def less(self, other: "Influence") -> "Influence":
        """The influence on the difference of two trimmed means of one account."""
        return Influence(self.weekly - other.weekly, self.independent + other.independent)


def influence_of(
    bins: Bins, trimmed: Trimmed, week_weights: FloatArray, trim_share: float
) -> Influence:
    """The linear part of the trimmed mean: posts winsorised at its bounds, less their mean.

    Shape: (rows,), (weeks,) -> (accounts, weeks) and (accounts,).
    Missing: 0 for an account without a known post.
    Source: Huber 1981, Robust Statistics, 3.3 (influence function of the trimmed mean).
    """
    shape = (trimmed.mean.size, week_weights.size)
    account = bins.row_account
    low, high = _bounds(bins.contract(week_weights), trim_share, shape[0])
    y = np.clip(bins.row_y, low[account], high[account])
    flat = account * shape[1] + bins.week
    cells = shape[0] * shape[1]
    posts = sums_by(flat, bins.post_count, cells).reshape(shape)
    sums = sums_by(flat, bins.post_count * or_zero(y), cells).reshape(shape)
    some = trimmed.post_count > 0
    scale = np.where(some, trimmed.post_count, 1)
    centre = np.einsum("aw,w->a", sums, week_weights) / scale
    kept = scale * (1 - 2 * trim_share)
    weekly = (sums - centre[:, None] * posts) / kept[:, None]
    weight = bins.post_count * week_weights[bins.week]
    squares = sums_by(account, weight * or_zero(y - centre[account]) ** 2, shape[0])
    return Influence(np.where(some[:, None], weekly, 0), squares / kept**2)


def block_variance(weekly: FloatArray, week_weights: FloatArray, block_weeks: int) -> FloatArray:
    """The variance of a sum over weeks when circular blocks of weeks are drawn anew.

    Shape: (..., weeks) -> (...).
    The sum of the weekly parts is 0. With blocks of L weeks, L = min(block_weeks, weeks), of which
    weeks / L are drawn with replacement from all circular blocks s, the variance of the drawn sum
    is exactly (1/L) sum_s (sum_{j<L} d_{s+j})^2: no draw is needed. Weighted weeks enter with the
    root of their weight, so that equal weights of a block multiply its variance.
    Source: Politis and Romano 1992, A circular block-resampling procedure for stationary data.
    """
    length = min(block_weeks, weekly.shape[-1])
    part = weekly * np.sqrt(week_weights)
    block = np.zeros_like(part)
    for week in range(length):
        block += np.roll(part, -week, axis=-1)
    variance: FloatArray = np.einsum("...w,...w->...", block, block) / length
    return variance
