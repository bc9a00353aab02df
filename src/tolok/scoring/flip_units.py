"""The orders of units: which counts rise, which posts go or come, one unit after the other."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_posts import OwnPosts


class Fill:
    """Counts bought for posts, the weakest first: water poured over a ground of counts.

    The unit that lifts a post of account a to t comes in the order of (1 + t) n_a, where n_a are
    the account's posts: a level is a mean of ln(1 + t), so a unit is worth 1 / ((1 + t) n_a).
    Ties: units of one worth come in the order of the posts.
    """

    def __init__(self, measure: str, posts: OwnPosts, rows: IntArray) -> None:
        self._measure, self._rows = measure, rows
        self._count = posts.counts[measure][rows].astype(np.int64)
        _, self._group, self._size = _accounts_of(posts, rows)

    def of(self, size: int) -> Change:
        """The counts after the first units."""
        low, high = self._bracket(size)
        while high - low > 1:  # low: the units up to this worth fit; high: they do not
            middle = (low + high) // 2
            if self._units(middle) <= size:
                low = middle
            else:
                high = middle
        level = (low // self._size - 1)[self._group]
        by = np.maximum(level - self._count, 0)
        following = (high // self._size - 1)[self._group]
        next_ones = np.flatnonzero((following > level) & (following > self._count))
        by[next_ones[: size - int(by.sum())]] += 1
        some = np.flatnonzero(by)
        return Change(measure=self._measure, raised=self._rows[some], by=by[some])

    def _bracket(self, size: int) -> tuple[int, int]:
        """Worths between which the purchase ends: as water without units, and some steps above.

        Whole units are fewer than water would be, by less than one a post.
        """
        worth, upto, rise = self._water
        place = int(upto.searchsorted(size, side="right")) - 1
        low = int(worth[place] + (size - upto[place]) / rise[place]) - 1
        step = int(self._size.max()) + 2
        while self._units(low) > size:  # rounding of very large numbers
            low -= step
        high = low + step
        while self._units(high) <= size:
            low, step = high, 2 * step
            high = low + step
        return low, high

    @cached_property
    def _water(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """By post in the order in which water reaches it: its worth, what it took, how it goes on.

        Shape: (posts,) each.
        """
        size = self._size[self._group]
        worth = ((1 + self._count) * size).astype(np.float64)
        order = np.argsort(worth, kind="stable")
        worth, rise = worth[order], np.cumsum(1 / size[order])
        upto = np.concatenate([[0.0], np.cumsum(np.diff(worth) * rise[:-1])])
        return worth, upto, rise

    @cached_property
    def _ground(self) -> list[tuple[int, IntArray, IntArray]]:
        """By account the number of its posts, their counts in order, and what lies before each."""
        found = []
        for account, size in enumerate(self._size.tolist()):
            count = np.sort(self._count[self._group == account])
            found.append((size, count, np.concatenate([[0], np.cumsum(count)])))
        return found

    def _units(self, worth: int) -> int:
        total = 0
        for size, count, before in self._ground:
            level = worth // size - 1
            under = int(count.searchsorted(level))
            total += under * level - int(before[under])
        return total


@dataclass(frozen=True, eq=False)
class Edge:
    """The least count with which each post is above what an indicator expects of it.

    Shape: count is (posts,); 0 where nothing is expected, or the post is of other kinds.
    """

    measure: str
    kinds: tuple[str, ...]
    count: IntArray


class Lift:
    """Counts bought for one post after the other, until each is above what is expected of it.

    Posts come in the order of need times n_a, where n_a are the account's posts: the cheapest share
    first. Ties: in the order of the posts.
    """

    def __init__(self, edge: Edge, posts: OwnPosts, rows: IntArray) -> None:
        _, group, size = _accounts_of(posts, rows)
        need = edge.count[rows] - posts.counts[edge.measure][rows].astype(np.int64)
        under = np.flatnonzero(need > 0)
        order = under[np.argsort((need * size[group])[under], kind="stable")]
        self._measure = edge.measure
        self._rows, self._need = rows[order], need[order]
        self._until = np.cumsum(self._need)

    @property
    def bound(self) -> int:
        """What lifts every post."""
        return int(self._until[-1]) if self._until.size else 0

    def of(self, size: int) -> Change:
        """The counts after the first units; the last post may be lifted in part."""
        by = np.clip(size - (self._until - self._need), 0, self._need)
        some = by > 0
        return Change(measure=self._measure, raised=self._rows[some], by=by[some])


@dataclass(frozen=True, eq=False)
class Removal:
    """Posts deleted in a stated order."""

    rows: IntArray

    def of(self, size: int) -> Change:
        """The first posts of the order, taken out."""
        return Change(removed=self.rows[:size])


@dataclass(frozen=True, eq=False)
class Addition:
    """Posts like one of the institution's own, put on days in a stated order."""

    like: int
    days: IntArray

    def of(self, size: int) -> Change:
        """The first posts of the order, put in."""
        days = self.days[:size]
        return Change(added=np.full(days.shape, self.like, dtype=np.int64), added_day=days)


Units = Fill | Lift | Removal | Addition


def _accounts_of(posts: OwnPosts, rows: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """The accounts of some posts, in order; for every post which of them it is of; their sizes.

    Shape: (accounts,), (posts,), (accounts,).
    """
    account = posts.account[rows]
    number = np.bincount(account)
    accounts = np.flatnonzero(number)
    place = np.cumsum(number > 0) - 1
    return accounts, place[account], number[accounts]
