"""Histograms of y = ln(1 + count): all that scoring knows of single posts.

Every sum is an integer, so it is the same in any order and on any number of threads. The largest
error of a trimmed mean taken from bins of this width was 0.0004 on a million posts.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray, quotient, sums_by
from tolok.model import KINDS

T = TypeVar("T")

BINS_PER_UNIT = 16
"""Bins in one unit of y: bin = floor(16 y)."""
LOG_UNIT = 2**20
"""Fixed point of log_sum: the sum of round(y * 2^20)."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Posts whose count is known, as sparse rows of account, week, kind and bin.

    Shape: every array (rows,). Rows of one cell may occur more than once, and in any order.
    Units: kind is a code into KINDS, -1 unknown; log_sum is in 1/LOG_UNIT.
    """

    account: IntArray
    week: IntArray
    kind: IntArray
    bin: IntArray
    post_count: IntArray
    log_sum: IntArray

    @classmethod
    def from_counts(
        cls, account: IntArray, week: IntArray, kind: IntArray, count: IntArray
    ) -> "Histogram":
        """The histogram of single posts, with a row a post.

        Shape: (posts,) each -> (posts,) rows.
        """
        y = np.log1p(np.asarray(count, dtype=np.float64))
        return cls(
            account=np.asarray(account, dtype=np.int64),
            week=np.asarray(week, dtype=np.int64),
            kind=np.asarray(kind, dtype=np.int64),
            bin=np.floor(BINS_PER_UNIT * y).astype(np.int64),
            post_count=np.ones(y.shape, dtype=np.int64),
            log_sum=np.rint(y * LOG_UNIT).astype(np.int64),
        )

    def plus(self, other: "Histogram", sign: int = 1) -> "Histogram":
        """The posts of both; with sign -1 those of the other are taken away.

        Shape: (rows,) and (others,) -> (rows + others,). Counts below 0 are made up for by others
        of their cell.
        """
        return Histogram(
            np.concatenate([self.account, other.account]),
            np.concatenate([self.week, other.week]),
            np.concatenate([self.kind, other.kind]),
            np.concatenate([self.bin, other.bin]),
            np.concatenate([self.post_count, sign * other.post_count]),
            np.concatenate([self.log_sum, sign * other.log_sum]),
        )


@dataclass(frozen=True, eq=False)
class Cells:
    """Posts by account and bin under weights of the weeks, sorted by account, then bin.

    Running sums are what trimmed means are read from, so it is these that are held: in a draw
    nothing has to be added up over cells.

    Shape: account and bin are (cells,); posts_up_to and sum_up_to are (..., cells), with the
    leading axes of the weights: sums over this cell and all before it, of whatever account.
    """

    account: IntArray
    bin: IntArray
    posts_up_to: FloatArray
    sum_up_to: FloatArray

    @cached_property
    def post_count(self) -> FloatArray:
        """The posts of each cell. Shape: (..., cells)."""
        return np.diff(self.posts_up_to, prepend=0.0)

    @cached_property
    def log_sum(self) -> FloatArray:
        """The sum of the logs of each cell. Shape: (..., cells)."""
        return np.diff(self.sum_up_to, prepend=0.0)

    @property
    def y(self) -> FloatArray:
        """The mean of the cell's own posts, 0 where it has none.

        Shape: (..., cells).
        """
        return np.nan_to_num(quotient(self.log_sum, self.post_count)) / LOG_UNIT


@dataclass(frozen=True, eq=False)
class Bins:
    """Posts of a group of kinds by account, bin and week, merged and sorted in that order.

    Shape: cell, week, post_count and log_sum are (rows,), with one row a cell and week; account
    and bin are (cells,).
    """

    account: IntArray
    bin: IntArray
    cell: IntArray
    week: IntArray
    post_count: IntArray
    log_sum: IntArray
    week_count: int
    _memory: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of these posts under a key, made once: they never change."""
        if key not in self._memory:
            self._memory[key] = make()
        made: T = self._memory[key]
        return made

    @property
    def row_account(self) -> IntArray:
        """The account of every row."""
        return self.account[self.cell]

    @property
    def row_y(self) -> FloatArray:
        """The mean of y in every row."""
        return self.log_sum / (self.post_count * float(LOG_UNIT))

    def contract(self, week_weights: FloatArray) -> Cells:
        """The posts of every cell, each week counted as often as its weight says.

        Shape: (..., weeks) -> (..., cells).
        Missing: cells whose weeks all weigh 0 are left out, but in draws.
        Here alone weeks of histograms are added up: draws of weights as a product, which needs the
        table in full, a single one row by row. Counts and sums are integers, so with integer
        weights it is exact, in any order and on any number of threads.
        """
        if week_weights.ndim == 1:
            weight, size = week_weights[self.week], self.account.size
            posts = sums_by(self.cell, weight * self.post_count, size)
            sums = sums_by(self.cell, weight * self.log_sum, size)
            some = posts > 0
            return Cells(
                self.account[some], self.bin[some], posts[some].cumsum(), sums[some].cumsum()
            )
        posts_up_to, sum_up_to = self._weekly
        return Cells(self.account, self.bin, week_weights @ posts_up_to, week_weights @ sum_up_to)

    @cached_property
    def _weekly(self) -> tuple[FloatArray, FloatArray]:
        """Posts and sums of logs by week up to each cell, in full: (weeks, cells) each."""
        shape = (self.week_count, self.account.size)
        counted, summed = np.zeros(shape), np.zeros(shape)
        counted[self.week, self.cell] = self.post_count
        summed[self.week, self.cell] = self.log_sum
        np.cumsum(counted, axis=1, out=counted)
        np.cumsum(summed, axis=1, out=summed)
        return counted, summed

    def weekly_posts(self, account_count: int, week_count: int) -> IntArray:
        """Posts by account and week.

        Shape: (accounts, weeks).
        """
        posts = np.zeros((account_count, week_count), dtype=np.int64)
        np.add.at(posts, (self.row_account, self.week), self.post_count)
        return posts

    def within(self, is_kept: BoolArray) -> "Bins":
        """The same posts, those left out whose account and week are not kept.

        Shape: (accounts, weeks) -> fewer rows.
        """
        row = np.flatnonzero(is_kept[self.row_account, self.week])
        used, cell = np.unique(self.cell[row], return_inverse=True)
        return Bins(
            self.account[used],
            self.bin[used],
            cell,
            self.week[row],
            self.post_count[row],
            self.log_sum[row],
            self.week_count,
        )


def gather(histogram: Histogram, kinds: tuple[str, ...], week_count: int) -> Bins:
    """The posts of some kinds, merged over kinds and sorted: equal for any order of the rows.

    Missing: posts of unknown kind belong to no group but the group of all, written ().
    """
    chosen = histogram.post_count != 0
    if kinds:
        chosen &= np.isin(histogram.kind, [KINDS.index(kind) for kind in kinds])
    width = int(histogram.bin.max(initial=0)) + 1
    key = (histogram.account[chosen] * width + histogram.bin[chosen]) * week_count
    key += histogram.week[chosen]
    order = np.argsort(key, kind="stable")
    rows, start = np.unique(key[order], return_index=True)
    post_count = _sum_from(histogram.post_count[chosen][order], start)
    log_sum = _sum_from(histogram.log_sum[chosen][order], start)
    some = np.flatnonzero(post_count > 0)
    rows = rows[some]
    cells, cell = np.unique(rows // week_count, return_inverse=True)
    return Bins(
        account=cells // width,
        bin=cells % width,
        cell=cell,
        week=rows % week_count,
        post_count=post_count[some],
        log_sum=log_sum[some],
        week_count=week_count,
    )


def _sum_from(values: IntArray, start: IntArray) -> IntArray:
    """Sums of the runs that begin at start; reduceat alone fails on an empty start."""
    return np.add.reduceat(values, start) if start.size else np.zeros(0, dtype=np.int64)
