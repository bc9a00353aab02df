"""The posts of one institution by account and bin, after any purchase, without sorting them anew.

A purchase moves some posts from cell to cell. Counts and sums of cells are integers, so that what
is added and taken away gives to the last bit what counting all posts again would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray, sums_by
from tolok.scoring.bins import Bins
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import Group
from tolok.scoring.flip_posts import OwnPosts
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT


class Logs(NamedTuple):
    """Counts on the scale of histograms.

    Shape: (posts,) each.  Units: bin as in a Histogram; log is in 1/LOG_UNIT.
    """

    bin: IntArray
    log: FloatArray


class OwnCells(NamedTuple):
    """The cells of one institution that hold posts, sorted by account, then bin.

    Shape: (cells,) each; account is an index among the institution's accounts.
    """

    account: IntArray
    bin: IntArray
    post_count: FloatArray
    log_sum: FloatArray


class Table(NamedTuple):
    """Posts and sums of logs of every cell, also of the empty ones.

    Shape: (accounts * bins,) each.
    """

    post_count: FloatArray
    log_sum: FloatArray


def logs_of(count: FloatArray) -> Logs:
    """Counts on the scale of histograms.

    Missing: what is unknown counts as 0; such posts are in no group.
    """
    y = np.log1p(np.nan_to_num(count))
    return Logs(np.floor(BINS_PER_UNIT * y).astype(np.int64), np.rint(y * LOG_UNIT))


@dataclass(frozen=True, eq=False)
class Stock:
    """An institution's posts with the counts of one measure.

    Shape: numbers of accounts and of weeks.
    Units: no purchase lifts a count to more than all the institution has, twice over.
    """

    posts: OwnPosts
    measure: str
    shape: tuple[int, int]

    @cached_property
    def logs(self) -> Logs:
        """Every post's count."""
        return logs_of(self.posts.counts[self.measure])

    @cached_property
    def width(self) -> int:
        """Bins that counts can reach."""
        total = float(np.nansum(self.posts.counts[self.measure]))
        return int(logs_of(np.array([2 * total + 2])).bin[0]) + 1

    @cached_property
    def place(self) -> IntArray:
        """The cell of every post."""
        return self.posts.account * self.width + self.logs.bin

    @cached_property
    def is_counted(self) -> BoolArray:
        """Whether a post is no copy and its count is known."""
        return self.posts.is_clean & ~np.isnan(self.posts.counts[self.measure])

    @cached_property
    def cell(self) -> IntArray:
        """The account and week of every post, in one number."""
        return self.posts.account * self.shape[1] + self.posts.week

    @cached_property
    def cells(self) -> tuple[IntArray, IntArray]:
        """The account and the bin of every cell, also of the empty ones."""
        account, place = np.divmod(np.arange(self.shape[0] * self.width), self.width)
        return account, place

    def raised(self, change: Change) -> Logs:
        """The counts of raised posts after a purchase."""
        found = logs_of(self.posts.counts[self.measure][change.raised] + change.by)
        if found.bin.size and int(found.bin.max()) >= self.width:
            message = "more was bought than the institution has itself"
            raise ValueError(message)
        return found


@dataclass(frozen=True, eq=False)
class Side:
    """The posts of some kinds in cells.

    `is_in` says of each post whether it is one of them.
    """

    stock: Stock
    is_in: BoolArray

    @cached_property
    def table(self) -> Table:
        """The cells before any purchase."""
        stock, rows = self.stock, np.flatnonzero(self.is_in)
        size = stock.shape[0] * stock.width
        place, log = stock.place[rows], stock.logs.log[rows]
        return Table(sums_by(place, np.ones(place.size), size), sums_by(place, log, size))

    @cached_property
    def cells(self) -> OwnCells:
        """The cells with posts before any purchase."""
        return self._cells(self.table)

    def after_raise(self, change: Change, raised: Logs) -> OwnCells:
        """The cells after a purchase that raises counts."""
        stock, chosen = self.stock, self.is_in[change.raised].nonzero()[0]
        rows = change.raised[chosen]
        come = stock.posts.account[rows] * stock.width + raised.bin[chosen]
        return self._moved(rows, come, raised.log[chosen])

    def after_move(self, removed: IntArray, added: IntArray) -> OwnCells:
        """The cells after some of these posts go, and others like some of them come."""
        stock = self.stock
        return self._moved(removed, stock.place[added], stock.logs.log[added])

    def _moved(self, go: IntArray, come: IntArray, log: FloatArray) -> OwnCells:
        """The cells after some of these posts go, and others come to cells with their logs."""
        if not go.size and not come.size:
            return self.cells
        stock, table = self.stock, self.table
        place = np.concatenate([come, stock.place[go]])
        sign = np.ones(place.size)
        sign[come.size :] = -1
        logs = np.concatenate([log, -stock.logs.log[go]])
        size = table.log_sum.size
        return self._cells(
            Table(
                table.post_count + sums_by(place, sign, size),
                table.log_sum + sums_by(place, logs, size),
            )
        )

    def _cells(self, table: Table) -> OwnCells:
        some = table.post_count.nonzero()[0]
        account, place = self.stock.cells
        return OwnCells(account[some], place[some], table.post_count[some], table.log_sum[some])


class GroupCells:
    """The cells of a group of posts, and of those side by side with them, after any purchase."""

    def __init__(self, stock: Stock, group: Group) -> None:
        self._stock, self.group = stock, group
        every = [group.kinds] if group.others is None else [group.kinds, group.others]
        self._is_of = [stock.is_counted & stock.posts.is_of(kinds) for kinds in every]

    def after(self, change: Change, raised: Logs | None) -> list[OwnCells]:
        """The cells of each side after a purchase; `raised` are the counts that it raises here.

        A week that gains or loses its last post of one side brings or takes those of the other.
        """
        if not change.moves_posts:
            if raised is None:
                return [side.cells for side in self._known]
            return [side.after_raise(change, raised) for side in self._known]
        if len(self._is_of) == 1:
            (side,), (is_of,) = self._known, self._is_of
            removed = change.removed[is_of[change.removed]]
            return [side.after_move(removed, change.added[is_of[change.added]])]
        come = self._stock.posts.account[change.added] * self._stock.shape[1] + change.added_week
        has_both = self._has_both(self._weekly_after(change, come))
        known = self._known, self._has_both(self._weekly)
        sides = known[0] if np.array_equal(has_both, known[1]) else self._sides(has_both)
        return [
            side.after_move(
                change.removed[side.is_in[change.removed]],
                change.added[is_of[change.added] & has_both[come]],
            )
            for side, is_of in zip(sides, self._is_of, strict=True)
        ]

    @cached_property
    def _weekly(self) -> list[IntArray]:
        """Posts of each side by account and week."""
        stock, size = self._stock, self._stock.shape[0] * self._stock.shape[1]
        return [np.bincount(stock.cell[is_of], minlength=size) for is_of in self._is_of]

    def _weekly_after(self, change: Change, come: IntArray) -> list[IntArray]:
        go, found = self._stock.cell[change.removed], []
        for posts, is_of in zip(self._weekly, self._is_of, strict=True):
            more = np.bincount(come[is_of[change.added]], minlength=posts.size)
            less = np.bincount(go[is_of[change.removed]], minlength=posts.size)
            found.append(posts + more - less)
        return found

    @cached_property
    def _known(self) -> list[Side]:
        return self._sides(self._has_both(self._weekly))

    def _sides(self, has_both: BoolArray) -> list[Side]:
        here = has_both[self._stock.cell]
        return [Side(self._stock, is_of & here) for is_of in self._is_of]

    @staticmethod
    def _has_both(weekly: Sequence[IntArray]) -> BoolArray:
        """The weeks of accounts that count: with posts of both sides; all where there is one."""
        if len(weekly) == 1:
            return np.ones(weekly[0].shape, dtype=np.bool_)
        found: BoolArray = (weekly[0] > 0) & (weekly[1] > 0)
        return found


def bins_of(trials: Sequence[OwnCells], offsets: IntArray, week_count: int) -> Bins:
    """The cells of many trials as those of one panel, whose accounts begin at the offsets.

    All posts stand in the first week: only sums over all weeks can be made of them.
    """
    account = np.concatenate(
        [one.account + offset for one, offset in zip(trials, offsets.tolist(), strict=True)]
    )
    return Bins(
        account=account,
        bin=np.concatenate([one.bin for one in trials]),
        cell=np.arange(account.size),
        week=np.zeros(account.size, dtype=np.int64),
        post_count=np.concatenate([one.post_count for one in trials]).astype(np.int64),
        log_sum=np.concatenate([one.log_sum for one in trials]).astype(np.int64),
        week_count=week_count,
    )
