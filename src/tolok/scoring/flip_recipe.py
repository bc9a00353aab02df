"""Recipes: what an institution could buy, one unit more at a time, in an order anyone can replay.

A recipe is a sequence of units; a purchase of k is its first k units, so that k + 1 is the same
purchase and one unit more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_posts import DAYS_IN_WEEK, INTERACTIONS, VIEWS, OwnPosts
from tolok.scoring.flip_units import Addition, Edge, Fill, Lift, Removal, Units

EVERYWHERE = "all"
MEANS = ("interactions", "views", "posts", "deletions")
MEASURES = {"interactions": INTERACTIONS, "views": VIEWS}
"""What is bought, by means; posts come and go whole."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """A purchase of any size: `means`, a code for what is done, and the order of its units.

    `bound` is the largest purchase that is looked at, `own` what the institution has of the same.
    """

    means: str
    code: str
    bound: int
    own: int
    units: Units

    def of(self, size: int) -> Change:
        """What the first units change."""
        return self.units.of(size)


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

    def is_on(self, platform: str) -> BoolArray:
        """Whether an account is on a platform.

        Shape: (accounts,).
        """
        return np.array([name == platform for name in self.platform], dtype=np.bool_)


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
    rows = np.flatnonzero(usable)
    account = posts.account[rows]
    names = sorted({room.platform[one] for one in np.flatnonzero(np.bincount(account))})
    for name in names:
        yield name, rows[room.is_on(name)[account]]
    if len(names) > 1:
        yield EVERYWHERE, rows


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
    here = room.is_on(room.platform[account])[posts.account]
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
