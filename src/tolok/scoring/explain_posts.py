"""A level of posts taken apart: by week, kind, size of the posts, and down to known single posts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import BoolArray, FloatArray, IntArray, sums_by
from tolok.model import KINDS
from tolok.scoring.explain_rule import Contribution, is_told, known
from tolok.scoring.histogram import BINS_PER_UNIT, LOG_UNIT, Histogram


@dataclass(frozen=True)
class KnownPost:
    """A single post whose count is published; kind is a code into KINDS, -1 unknown."""

    post_id: str
    account: int
    week: int
    kind: int
    count: int


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
    """The posts of some accounts and kinds, each week as often as its weight says; no weight yet.

    Missing: posts of unknown kind belong to no group but the group of all, written ().
    """
    chosen = np.isin(histogram.account, accounts) & (week_weights[histogram.week] > 0)
    if kinds:
        chosen &= np.isin(histogram.kind, [KINDS.index(kind) for kind in kinds])
    posts = histogram.post_count[chosen] * week_weights[histogram.week[chosen]]
    log = histogram.log_sum[chosen] / (histogram.post_count[chosen] * float(LOG_UNIT))
    return Rows(
        histogram.account[chosen],
        histogram.week[chosen],
        histogram.kind[chosen],
        histogram.bin[chosen],
        posts,
        log,
        np.zeros(log.size),
        log,
    )


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
    known: tuple[KnownPost, ...] = ()
    is_log: bool = True

    @property
    def middle(self) -> float:
        """The middle of both means, from which every post is told."""
        return (self.own.mean + self.other.mean) / 2

    def by_week(self) -> tuple[Contribution, ...]:
        """What the posts of every week add, then kinds, sizes and single posts within it."""
        return tuple(filter(is_told, self._split("week", self.own, self.other, self.middle)))

    def _split(
        self, kind: str, own: Rows, other: Rows, middle: float
    ) -> Iterator[Contribution]:
        name, key, below = _DEPTHS[kind]
        keys = key(own), key(other)
        for code in sorted({int(one) for one in np.concatenate(keys)}):
            parts = own.where(keys[0] == code), other.where(keys[1] == code)
            if below:
                children = tuple(filter(is_told, self._split(below, *parts, middle)))
            else:
                children = self._single(*parts, middle)
            yield _told(name(self, code), kind, parts, self.rate, middle, children)

    def _single(self, own: Rows, other: Rows, middle: float) -> tuple[Contribution, ...]:
        """Known posts one by one, and the rest together; nothing where no post is known."""
        left = [own.post_count.copy(), other.post_count.copy()]
        found: list[Contribution] = []
        for post in self.known:
            y = round(np.log1p(post.count) * LOG_UNIT) / LOG_UNIT
            for side, (sign, rows) in enumerate(((1, own), (-1, other))):
                place = _place(rows, post, y)
                if place is None or left[side][place] < 1:
                    continue
                left[side][place] -= 1
                weight = rows.weight[place] / rows.post_count[place]
                value = y if self.is_log else rows.y[place]
                told = Contribution(
                    post.post_id, "post", float(sign * self.rate * weight * (value - middle)),
                    *((float(post.count), None) if sign > 0 else (None, float(post.count))),
                )  # fmt: skip
                found.append(told)
        if not found:
            return ()
        whole = _told("", "rest", (own, other), self.rate, middle, ())
        rest = replace(
            whole,
            value=whole.value - sum(one.value for one in found),
            own=None,
            other=None,
            own_posts=float(left[0].sum()),
            other_posts=float(left[1].sum()),
        )
        remain = [rest] if rest.own_posts or rest.other_posts or abs(rest.value) > 0 else []
        return tuple(sorted(found, key=lambda one: one.name) + remain)


def _place(rows: Rows, post: KnownPost, y: float) -> int | None:
    hits = np.flatnonzero(
        (rows.account == post.account)
        & (rows.week == post.week)
        & (rows.kind == post.kind)
        & (rows.bin == int(np.floor(BINS_PER_UNIT * np.log1p(post.count))))
    )
    return int(hits[0]) if hits.size else None


def _told(
    name: str,
    kind: str,
    parts: tuple[Rows, Rows],
    rate: float,
    middle: float,
    children: tuple[Contribution, ...],
) -> Contribution:
    pulls = [float((one.weight * (one.y - middle)).sum()) for one in parts]
    means = []
    for one in parts:
        weight = float(one.weight.sum())
        means.append(known(float((one.weight * one.y).sum()) / weight) if weight > 0 else None)
    posts = [float(one.post_count.sum()) for one in parts]
    return Contribution(name, kind, rate * (pulls[0] - pulls[1]), *means, children, *posts)


def _size(rows: Rows) -> IntArray:
    """The digits of the count: 0, 1 to 9, 10 to 99 and so on."""
    count = np.rint(np.expm1(rows.log))
    return np.where(count < 1, 0, np.floor(np.log10(np.maximum(count, 1)) + 1e-12) + 1).astype(
        np.int64
    )


def _size_name(code: int) -> str:
    return "0" if code == 0 else f"{10 ** (code - 1)}-{10**code - 1}"


_DEPTHS: dict[
    str, tuple[Callable[[Posts, int], str], Callable[[Rows], IntArray], str]
] = {
    "week": (lambda posts, code: posts.weeks[code], lambda rows: rows.week, "kind"),
    "kind": (lambda _, code: KINDS[code] if code >= 0 else "", lambda rows: rows.kind, "size"),
    "size": (lambda _, code: _size_name(code), _size, ""),
}
