"""Recipes: what an institution could buy, one unit more at a time, in an order anyone can replay.

A recipe is a sequence of units; a purchase of k is its first k units, so that k + 1 is the same
purchase and one unit more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.scoring.flip_posts import DAYS_IN_WEEK, INTERACTIONS, VIEWS, OwnPosts

EVERYWHERE = "all"


@dataclass(frozen=True, eq=False)
class Change:
    """What a purchase does to the posts: counts raised, posts taken out, posts put in.

    Shape: raised and by are (posts raised,), removed (posts taken out,), added and added_day (posts
    put in,). `added` are the posts that are imitated.
    """

    measure: str = INTERACTIONS
    raised: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    by: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    removed: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    added: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    added_day: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def added_week(self) -> IntArray:
        """The week of every post put in.

        Shape: (posts put in,).
        """
        return self.added_day // DAYS_IN_WEEK

    @property
    def moves_posts(self) -> bool:
        """Whether posts come or go."""
        return bool(self.added.size or self.removed.size)


@dataclass(frozen=True, eq=False)
class Edge:
    """The least count with which each post is above what an indicator expects of it.

    Shape: count is (posts,); 0 where nothing is expected, or the post is of other kinds.
    """

    measure: str
    kinds: tuple[str, ...]
    count: IntArray


@dataclass(frozen=True, eq=False)
class Recipe:
    """A purchase of any size: `means`, a code for what is done, and the order of its units.

    `bound` is the largest purchase that is looked at, `own` what the institution has of the same.
    """

    means: str
    code: str
    bound: int
    own: int
    units: "Fill | Lift | Removal | Addition"

    def of(self, size: int) -> Change:
        """What the first units change."""
        return self.units.of(size)


class Fill:
    """Counts bought for posts, the weakest first: water poured over a ground of counts.

    The unit that lifts a post of account a to t comes in the order of (1 + t) n_a, where n_a are
    the account's posts: a level is a mean of ln(1 + t), so a unit is worth 1 / ((1 + t) n_a).
    Ties: units of one worth come in the order of the posts.
    """

    def __init__(self, measure: str, posts: OwnPosts, rows: IntArray) -> None:
        self._measure, self._rows = measure, rows
        self._count = posts.counts[measure][rows].astype(np.int64)
        accounts, self._group, self._size = np.unique(
            posts.account[rows], return_inverse=True, return_counts=True
        )
        self._sorted = [np.sort(self._count[self._group == a]) for a in range(accounts.size)]
        self._before = [np.concatenate([[0], np.cumsum(one)]) for one in self._sorted]

    def of(self, size: int) -> Change:
        """The counts after the first units."""
        low, high = 0, int((self._size * (self._count.max() + size + 2)).max())
        while high - low > 1:  # low: the units up to this worth fit; high: they do not
            middle = (low + high) // 2
            if self._units(middle) <= size:
                low = middle
            else:
                high = middle
        level = (low // self._size - 1)[self._group]
        by = np.maximum(level - self._count, 0)
        following = (high // self._size - 1)[self._group]
        next_ones = np.flatnonzero(np.maximum(following - self._count, 0) > by)
        by[next_ones[: size - int(by.sum())]] += 1
        some = by > 0
        return Change(measure=self._measure, raised=self._rows[some], by=by[some])

    def _units(self, worth: int) -> int:
        total = 0
        for one, before, size in zip(self._sorted, self._before, self._size, strict=True):
            level = worth // int(size) - 1
            under = int(np.searchsorted(one, level))
            total += under * level - int(before[under])
        return total


class Lift:
    """Counts bought for one post after the other, until each is above what is expected of it.

    Posts come in the order of need times n_a, where n_a are the account's posts: the cheapest share
    first. Ties: in the order of the posts.
    """

    def __init__(self, edge: Edge, posts: OwnPosts, rows: IntArray) -> None:
        _, group, size = np.unique(posts.account[rows], return_inverse=True, return_counts=True)
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


@dataclass(frozen=True, eq=False)
class Room:
    """Where an institution may buy: the platform of its accounts, their weight, days that count.

    Shape: platform and is_weighed are (accounts,); is_open is (days,), whether a day is inside the
    window.
    """

    platform: tuple[str, ...]
    is_weighed: BoolArray
    is_open: BoolArray
    daily_cap: int
    trim_share: float


def recipes_of(posts: OwnPosts, room: Room, kind_groups: list[tuple[str, ...]]) -> list[Recipe]:
    """All recipes that are tried for an institution, in a fixed order.

    Joint posts are left alone: what is bought there another institution gets too.
    """
    return [
        recipe
        for kinds in kind_groups
        for recipe in (
            *_fills("interactions", INTERACTIONS, posts, room, kinds),
            *_fills("views", VIEWS, posts, room, kinds),
            *_additions(posts, room, kinds),
            *_removals(posts, room, kinds),
        )
    ]


def _fills(
    means: str, measure: str, posts: OwnPosts, room: Room, kinds: tuple[str, ...]
) -> Iterator[Recipe]:
    count = posts.counts.get(measure)
    own = 0 if count is None else int(np.nansum(count))
    if count is None or not own:
        return
    usable = _usable(posts, room, kinds) & ~np.isnan(count)
    above = usable & _is_above_cut(posts.account, count, usable, room.trim_share)
    for platform, rows in _targets(posts, room, above):
        code = _code("above_cut", platform, kinds)
        yield Recipe(means, code, own, own, Fill(measure, posts, rows))
    if usable.any():
        rows = np.flatnonzero(usable)
        code = _code("weakest", EVERYWHERE, kinds)
        yield Recipe(means, code, own, own, Fill(measure, posts, rows))


def lifts_of(posts: OwnPosts, room: Room, edges: list[Edge]) -> Iterator[Recipe]:
    """The recipes that lift posts over the edge of an indicator, in a fixed order."""
    for edge in edges:
        means = {INTERACTIONS: "interactions", VIEWS: "views"}[edge.measure]
        count = posts.counts[edge.measure]
        usable = _usable(posts, room, edge.kinds) & ~np.isnan(count)
        for platform, rows in _targets(posts, room, usable):
            units = Lift(edge, posts, rows)
            own = int(np.nansum(count))
            bound = min(units.bound, own)
            if bound:
                yield Recipe(means, _code("edge", platform, edge.kinds), bound, own, units)


def _removals(posts: OwnPosts, room: Room, kinds: tuple[str, ...]) -> Iterator[Recipe]:
    """The weakest posts deleted: by account as far below its median as any, ties in post order."""
    count = posts.counts[INTERACTIONS]
    usable = _usable(posts, room, kinds) & ~np.isnan(count)
    depth = np.log1p(np.where(usable, count, 0.0))
    for account in np.unique(posts.account[usable]):
        rows = usable & (posts.account == account)
        depth[rows] -= np.median(depth[rows])
    for platform, rows in _targets(posts, room, usable):
        order = rows[np.argsort(depth[rows], kind="stable")]
        bound = order.size // 2
        if bound:
            code = _code("weakest", platform, kinds)
            yield Recipe("deletions", code, bound, posts.day.size, Removal(order[:bound]))


def _additions(posts: OwnPosts, room: Room, kinds: tuple[str, ...]) -> Iterator[Recipe]:
    """Posts like the median one of a platform, on days with the fewest posts of these kinds."""
    count = posts.counts[INTERACTIONS]
    usable = _usable(posts, room, kinds) & ~np.isnan(count)
    for platform, rows in _targets(posts, room, usable):
        if platform == EVERYWHERE:
            continue
        like = rows[np.argsort(count[rows], kind="stable")[(rows.size - 1) // 2]]
        days = _days_in_turn(posts, room, posts.account[like], kinds)
        if days.size:
            code = _code("median_post", platform, kinds)
            yield Recipe("posts", code, days.size, posts.day.size, Addition(int(like), days))


def _usable(posts: OwnPosts, room: Room, kinds: tuple[str, ...]) -> BoolArray:
    usable: BoolArray = posts.is_clean & ~posts.is_joint & posts.is_of(kinds)
    return usable & room.is_weighed[posts.account]


def _targets(posts: OwnPosts, room: Room, usable: BoolArray) -> Iterator[tuple[str, IntArray]]:
    """The usable posts of every platform; then of all, where there is more than one."""
    platforms = np.array(room.platform, dtype=np.str_)[posts.account]
    names = np.unique(platforms[usable])
    for platform in names:
        yield str(platform), np.flatnonzero(usable & (platforms == platform))
    if names.size > 1:
        yield EVERYWHERE, np.flatnonzero(usable)


def _is_above_cut(
    account: IntArray, count: FloatArray, usable: BoolArray, trim_share: float
) -> BoolArray:
    """Whether a post is not among those that the trimmed mean of its account cuts off below."""
    above = np.zeros(usable.shape, dtype=np.bool_)
    for one in np.unique(account[usable]):
        rows = np.flatnonzero(usable & (account == one))
        order = rows[np.argsort(count[rows], kind="stable")]
        above[order[int(trim_share * order.size) :]] = True
    return above


def _days_in_turn(posts: OwnPosts, room: Room, account: int, kinds: tuple[str, ...]) -> IntArray:
    """Days for one post more each, at most as many as there are posts, with the cap observed.

    The next day is the one with the fewest posts of the kinds, in the week with the fewest posts,
    the earliest of equals.
    """
    days = room.is_open.size
    plain = ~posts.is_cross_copy
    of_kinds = np.bincount(posts.day[plain & posts.is_of(kinds)], minlength=days)
    here = np.array(room.platform, dtype=np.str_)[posts.account] == room.platform[account]
    on_platform = np.bincount(posts.day[plain & here], minlength=days)
    weekly = np.bincount(posts.week[plain], minlength=days // DAYS_IN_WEEK)
    free = np.where(room.is_open, np.maximum(room.daily_cap - on_platform, 0), 0)
    day = np.repeat(np.arange(days), free)
    turn = np.arange(day.size) - np.repeat(np.cumsum(free) - free, free)
    level, week = of_kinds[day] + turn, day // DAYS_IN_WEEK
    # what a week has by then: its own posts, and those that came to it at lower levels or earlier
    order = np.lexsort((day, level, week))
    size = np.bincount(week, minlength=weekly.size)
    came = np.empty(day.size, dtype=np.int64)
    came[order] = np.arange(day.size) - np.repeat(np.cumsum(size) - size, size)
    found: IntArray = day[np.lexsort((day, weekly[week] + came, level))]
    return found[: posts.day.size]


def _code(what: str, platform: str, kinds: tuple[str, ...]) -> str:
    return "/".join((what, platform, *(["+".join(kinds)] if kinds else [])))
