"""A level of posts taken apart: by week, kind, size of the posts, and down to single ones."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import BoolArray, FloatArray, IntArray, sums_by
from tolok.model import KINDS
from tolok.scoring.explain_rule import Contribution, is_told
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT, Histogram

Cell = tuple[int, int, int, int]
"""Account, week, kind and bin."""


@dataclass(frozen=True)
class KnownPost:
    """A single post whose count is published; kind is a code into KINDS, -1 unknown."""

    post_id: str
    account: int
    week: int
    kind: int
    count: int

    @property
    def log(self) -> float:
        """Its ln(1 + count), in the fixed point of histograms."""
        return round(float(np.log1p(self.count)) * LOG_UNIT) / LOG_UNIT

    @property
    def cell(self) -> Cell:
        """The row of a histogram that it is counted in."""
        return self.account, self.week, self.kind, int(np.floor(BINS_PER_UNIT * self.log))


def by_cell(posts: Iterable[KnownPost]) -> dict[Cell, tuple[KnownPost, ...]]:
    """Known posts by the row of a histogram that they are counted in, each group by id."""
    cells: dict[Cell, list[KnownPost]] = {}
    for post in sorted(posts, key=lambda one: one.post_id):
        cells.setdefault(post.cell, []).append(post)
    return {cell: tuple(found) for cell, found in cells.items()}


@dataclass(frozen=True, eq=False)
class Rows:
    """Posts of one side: rows of a histogram, with what each weighs in the side's mean.

    Shape: (rows,) each.
    Units: weight adds up to 1; y is what is averaged; log is the mean of ln(1 + count).
    """

    account: IntArray
    week: IntArray
    kind: IntArray
    bin: IntArray
    post_count: FloatArray
    log: FloatArray
    weight: FloatArray
    y: FloatArray

    @property
    def mean(self) -> float:
        """The mean that the rows make."""
        return float((self.weight * self.y).sum())

    def where(self, chosen: NDArray[np.bool_]) -> "Rows":
        """Some of the rows."""
        return Rows(*(array[chosen] for array in vars(self).values()))


def rows_of(
    histogram: Histogram, accounts: IntArray, kinds: tuple[str, ...], week_weights: FloatArray
) -> Rows:
    """The posts of some accounts and kinds, a row a cell, each week as often as its weight says.

    The rows have no weight in a mean yet.
    Missing: posts of unknown kind belong to no group but the group of all, written ().
    """
    chosen = np.isin(histogram.account, accounts) & (week_weights[histogram.week] > 0)
    if kinds:
        chosen &= np.isin(histogram.kind, [KINDS.index(kind) for kind in kinds])
    row = np.flatnonzero(chosen)
    keys = (histogram.account, histogram.week, histogram.kind, histogram.bin)
    cells, place = np.unique(np.stack([key[row] for key in keys]), axis=1, return_inverse=True)
    account, week, kind, bin_ = cells
    posts = sums_by(place, histogram.post_count[row], week.size)
    log = sums_by(place, histogram.log_sum[row], week.size) / posts / LOG_UNIT
    zero = np.zeros(log.size)
    return Rows(account, week, kind, bin_, posts * week_weights[week], log, zero, log)


def kept(rows: Rows, trim_share: float) -> FloatArray:
    """The weight of every row in the trimmed mean of its account.

    Shape: (rows,).  Units: adds up to 1 within every account. A cell that the cut divides keeps
    the same part of each of its rows.
    """
    order = np.lexsort((rows.bin, rows.account))
    account, posts = rows.account[order], rows.post_count[order]
    cell = np.cumsum(
        np.concatenate([np.zeros(min(1, order.size), bool), _changes(account, rows.bin[order])])
    )
    size = int(cell[-1]) + 1 if cell.size else 0
    held = sums_by(cell, posts, size)
    owner = np.zeros(size, dtype=np.int64)
    owner[cell] = account
    whole = sums_by(owner, held, int(owner.max(initial=0)) + 1)
    upper = np.cumsum(held) - (np.cumsum(whole) - whole)[owner]
    first, last = trim_share * whole[owner], (1 - trim_share) * whole[owner]
    part = np.clip(upper, first, last) - np.clip(upper - held, first, last)
    weight = np.zeros(order.size)
    weight[order] = (part / held / (whole[owner] * (1 - 2 * trim_share)))[cell] * posts
    return weight


def _changes(account: IntArray, bin_: IntArray) -> BoolArray:
    changes: BoolArray = (np.diff(account) != 0) | (np.diff(bin_) != 0)
    return changes


@dataclass(frozen=True, eq=False)
class Posts:
    """Two sides' posts, and how their difference is told: names of weeks and known posts.

    `rate` is what one unit of the mean is worth in points of the score; `is_log` says that ln(1 +
    count) itself is averaged.
    """

    own: Rows
    other: Rows
    rate: float
    weeks: tuple[str, ...]
    known: Mapping[Cell, tuple[KnownPost, ...]] = field(default_factory=dict)
    is_log: bool = True

    @cached_property
    def middle(self) -> float:
        """The middle of both means, from which every post is told."""
        return (self.own.mean + self.other.mean) / 2

    def by_week(self) -> tuple[Contribution, ...]:
        """What the posts of every week add, then kinds, sizes and single posts within it."""
        return self._split("week", (self.own, self.other))

    def _split(self, kind: str, sides: tuple[Rows, Rows]) -> tuple[Contribution, ...]:
        name, key, below = _DEPTHS[kind]
        keys = [key(one) for one in sides]
        parts = []
        for code in np.unique(np.concatenate(keys)).tolist():
            own, other = (one.where(mine == code) for one, mine in zip(sides, keys, strict=True))
            here = (own, other)
            children = self._split(below, here) if below else self._single(here)
            parts.append(
                replace(self._told(here), name=name(self, code), kind=kind, children=children)
            )
        return tuple(filter(is_told, parts))

    def _single(self, sides: tuple[Rows, Rows]) -> tuple[Contribution, ...]:
        """Known posts one by one, and the rest together; nothing where no post is known."""
        found: list[Contribution] = []
        left = [float(one.post_count.sum()) for one in sides]
        for side, rows in enumerate(sides):
            cells = zip(
                *(a.tolist() for a in (rows.account, rows.week, rows.kind, rows.bin)), strict=True
            )
            for place, cell in enumerate(cells):
                # no more posts than the row counts: a copy may be known that was not counted
                for post in self.known.get(cell, ())[: int(rows.post_count[place])]:
                    left[side] -= 1
                    found.append(self._post(post, side, rows, place))
        if not found:
            return ()
        value = self._told(sides).value - sum(one.value for one in found)
        rest = Contribution("", "rest", value, own_base=left[0], other_base=left[1])
        more = [rest] if rest.own_base or rest.other_base or rest.value else []
        return (*sorted(found, key=lambda one: one.name), *more)

    def _post(self, post: KnownPost, side: int, rows: Rows, place: int) -> Contribution:
        y = post.log if self.is_log else float(rows.y[place])
        weight = float(rows.weight[place] / rows.post_count[place])
        value, count = self.rate * weight * (y - self.middle), float(post.count)
        if side == 0:
            return Contribution(post.post_id, "post", value, own=count)
        return Contribution(post.post_id, "post", -value, other=count)

    def _told(self, sides: tuple[Rows, Rows]) -> Contribution:
        """What some posts of both sides add, with their means and numbers; no name yet."""
        pulls = [float((one.weight * (one.y - self.middle)).sum()) for one in sides]
        weights = [float(one.weight.sum()) for one in sides]
        own, other = (
            one.mean / weight if weight > 0 else None
            for one, weight in zip(sides, weights, strict=True)
        )
        posts = [float(one.post_count.sum()) for one in sides]
        return Contribution(
            "", "", self.rate * (pulls[0] - pulls[1]), own, other,
            own_base=posts[0], other_base=posts[1],
        )  # fmt: skip


def _size(rows: Rows) -> IntArray:
    """The digits of the count: 0, 1 to 9, 10 to 99 and so on."""
    count = np.rint(np.expm1(rows.log))
    return np.where(count < 1, 0, np.floor(np.log10(np.maximum(count, 1)) + 1e-12) + 1).astype(
        np.int64
    )


def _size_name(code: int) -> str:
    return "0" if code == 0 else f"{10 ** (code - 1)}-{10**code - 1}"


_DEPTHS: dict[str, tuple[Callable[[Posts, int], str], Callable[[Rows], IntArray], str]] = {
    "week": (lambda posts, code: posts.weeks[code], lambda rows: rows.week, "kind"),
    "kind": (lambda _, code: KINDS[code] if code >= 0 else "", lambda rows: rows.kind, "size"),
    "size": (lambda _, code: _size_name(code), _size, ""),
}
