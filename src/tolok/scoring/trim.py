"""Trimmed means of histograms, and their variance over weeks in closed form."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray, quotient, sums_by
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT, Bins, Cells


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
    runs = _Runs.of(cells)
    cut = trim_share * runs.posts
    total = _sum_up_to(cells, runs, runs.posts - cut) - _sum_up_to(cells, runs, cut)
    posts = np.zeros((*runs.posts.shape[:-1], account_count))
    sums = np.zeros(posts.shape)
    posts[..., runs.account], sums[..., runs.account] = runs.posts, total
    return Trimmed(posts, quotient(sums / LOG_UNIT, posts * (1 - 2 * trim_share)))


@dataclass(frozen=True, eq=False)
class _Runs:
    """The cells of each account that has any, and what lies before them.

    Shape: account and start are (runs,); posts, posts_before and sum_before (..., runs). All are
    integers, so that differences are exact.
    """

    account: IntArray
    start: IntArray
    posts: FloatArray
    posts_before: FloatArray
    sum_before: FloatArray

    @classmethod
    def of(cls, cells: Cells) -> "_Runs":
        """The runs of some cells."""
        start, _ = _runs(cells.account)
        end = np.append(start[1:], cells.account.size) - 1 if start.size else start
        before = _before(cells.posts_up_to, start)
        return cls(
            cells.account[start],
            start,
            cells.posts_up_to[..., end] - before,
            before,
            _before(cells.sum_up_to, start),
        )


def _before(up_to: FloatArray, cell: IntArray) -> FloatArray:
    """The running sum before a cell; (..., cells), (places,) or (..., places) -> (..., places)."""
    place = np.broadcast_to(cell, (*up_to.shape[:-1], cell.shape[-1]))
    taken = np.take_along_axis(up_to, np.maximum(place - 1, 0), axis=-1)
    return np.where(place > 0, taken, 0.0)


def _sum_up_to(cells: Cells, runs: _Runs, posts: FloatArray) -> FloatArray:
    """The sum of logs of an account's lowest posts; a cell counts in part, at its own mean.

    Shape: posts is (..., runs), how many of them -> the same.
    The cell is looked for among all accounts, then set right by the account's own numbers: so the
    place of an account among the others does not show in the last digit.
    """
    if not runs.start.size:
        return posts
    wanted = (runs.posts_before + posts).reshape(-1, runs.start.size)
    up_to = cells.posts_up_to.reshape(len(wanted), -1)
    found = np.stack([np.searchsorted(*pair) for pair in zip(up_to, wanted, strict=True)])
    cell = np.clip(found.reshape(posts.shape), runs.start, max(cells.account.size - 1, 0))

    def own(values: FloatArray, place: IntArray) -> FloatArray:
        return np.take_along_axis(values, place, axis=-1)

    left = np.maximum(cell - 1, runs.start)
    cell = np.where(own(cells.posts_up_to, left) - runs.posts_before >= posts, left, cell)
    more = own(cells.posts_up_to, cell) - runs.posts_before < posts
    cell = np.where(more, np.minimum(cell + 1, cells.account.size - 1), cell)
    posts_up_to, sum_up_to = own(cells.posts_up_to, cell), own(cells.sum_up_to, cell)
    over = posts_up_to - runs.posts_before - posts
    held = posts_up_to - _before(cells.posts_up_to, cell)
    mean = np.nan_to_num(quotient(sum_up_to - _before(cells.sum_up_to, cell), held))
    return sum_up_to - runs.sum_before - over * mean


def kept_posts(cells: Cells, trim_share: float) -> FloatArray:
    """The posts of every cell that are left after the cut, in parts of a post.

    Shape: (..., cells) -> the same.
    """
    start, group = _runs(cells.account)
    if not start.size:
        return cells.post_count
    posts = np.add.reduceat(cells.post_count, start, axis=-1)
    cut = trim_share * posts
    before = np.cumsum(posts, axis=-1) - posts
    first, last = cut[..., group], (posts - cut)[..., group]
    upper = np.cumsum(cells.post_count, axis=-1)
    upper -= before[..., group]
    lower = upper - cells.post_count
    for edge in (upper, lower):
        np.maximum(edge, first, out=edge)
        np.minimum(edge, last, out=edge)
    upper -= lower
    return upper


def by_account(cells: Cells, value: FloatArray, account_count: int) -> FloatArray:
    """Sums of cells over their accounts.

    Shape: (..., cells) -> (..., accounts).  Missing: 0 for an account without a cell.
    """
    start, _ = _runs(cells.account)
    total = np.zeros((*value.shape[:-1], account_count))
    if start.size:
        total[..., cells.account[start]] = np.add.reduceat(value, start, axis=-1)
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


def _runs(account: IntArray) -> tuple[IntArray, IntArray]:
    """Where each account's cells begin, and the number of its run for every cell."""
    opens = np.concatenate([np.ones(min(account.size, 1), bool), account[1:] != account[:-1]])
    return np.flatnonzero(opens), np.cumsum(opens) - 1


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
    sums = sums_by(flat, bins.post_count * np.nan_to_num(y), cells).reshape(shape)
    some = trimmed.post_count > 0
    scale = np.where(some, trimmed.post_count, 1)
    centre = np.einsum("aw,w->a", sums, week_weights) / scale
    kept = scale * (1 - 2 * trim_share)
    weekly = (sums - centre[:, None] * posts) / kept[:, None]
    weight = bins.post_count * week_weights[bins.week]
    squares = sums_by(account, weight * np.nan_to_num(y - centre[account]) ** 2, shape[0])
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
