"""Histograms of a group of kinds, merged and sorted: here their weeks are added up, in any draw."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import BoolArray, FloatArray, IntArray, sums_by
from tolok.model import KINDS
from tolok.scoring.cells import Cells
from tolok.scoring.histogram import LOG_UNIT, Histogram

T = TypeVar("T")

WHOLE_IN_SINGLE = 2**24
"""Whole numbers below this are exact in single precision."""


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
        weights it is exact, in any order and on any number of threads; where no number of posts
        can reach 2^24, in single precision too, which takes half the time.
        """
        if week_weights.ndim == 1:
            weight, size = week_weights[self.week], self.account.size
            posts = sums_by(self.cell, weight * self.post_count, size)
            sums = sums_by(self.cell, weight * self.log_sum, size)
            some = posts > 0
            account = self.account[some]
            start = starts(account)
            return Cells(
                account, self.bin[some], start,
                _running(posts[some], start), _running(sums[some], start)[:, None], np.ones(1),
            )  # fmt: skip
        posts_up_to, sum_up_to = self._weekly
        posts = week_weights.astype(self._exact(week_weights)) @ posts_up_to
        return Cells(self.account, self.bin, self.start, posts, sum_up_to, week_weights)

    def forget_weeks(self) -> None:
        """Let go of the tables that draws are added up from: they are made again when needed."""
        self.__dict__.pop("_weekly", None)

    @cached_property
    def start(self) -> IntArray:
        """Where the cells of each account that has any begin. Shape: (runs,)."""
        return starts(self.account)

    @cached_property
    def _weekly(self) -> tuple[NDArray[np.floating[Any]], FloatArray]:
        """By week and cell the posts of the account up to the cell, by cell and week their logs."""
        is_short = self.post_count.sum() < WHOLE_IN_SINGLE
        counted = np.zeros(
            (self.week_count, self.account.size), np.float32 if is_short else np.float64
        )
        counted[self.week, self.cell] = self.post_count
        summed = np.zeros(counted.shape)
        summed[self.week, self.cell] = self.log_sum
        return _running(counted, self.start), _running(summed, self.start).T.copy()

    def _exact(self, week_weights: FloatArray) -> type[np.floating[Any]]:
        """The shortest floats in which no number of weighted posts is rounded."""
        most = self.post_count.sum() * week_weights.max(initial=0.0)
        is_whole = bool((week_weights == np.rint(week_weights)).all())
        return np.float32 if is_whole and most < WHOLE_IN_SINGLE else np.float64

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
        used, cell = _distinct(self.cell[row])
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
    key = key[order]
    start = starts(key)
    rows = key[start]
    post_count = _sum_from(histogram.post_count[chosen][order], start)
    log_sum = _sum_from(histogram.log_sum[chosen][order], start)
    some = np.flatnonzero(post_count > 0)
    rows = rows[some]
    cells, cell = _distinct(rows // week_count)
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


def starts(ordered: IntArray) -> IntArray:
    """Where each run of equal numbers begins, as the cells of each account. Shape: (runs,)."""
    opens = np.concatenate([np.ones(min(ordered.size, 1), bool), ordered[1:] != ordered[:-1]])
    return np.flatnonzero(opens)


def _distinct(ordered: IntArray) -> tuple[IntArray, IntArray]:
    """The distinct ones of sorted numbers, and where each number stands among them."""
    start = starts(ordered)
    return ordered[start], np.repeat(np.arange(start.size), np.diff(start, append=ordered.size))


def _running(values: FloatArray, start: IntArray) -> FloatArray:
    """Running sums that begin anew at every start, in the place of the values.

    Shape: (..., cells).  Whole numbers stay exact.
    """
    if start.size:
        values[..., start[1:]] -= np.add.reduceat(values, start, axis=-1)[..., :-1]
    return np.cumsum(values, axis=-1, out=values)
