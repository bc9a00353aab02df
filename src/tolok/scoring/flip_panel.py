"""An institution's part of the panel after a purchase, and panels of many such parts.

Parameters are frozen, so a purchase changes the buyer's score alone, and copies of an institution
score alike: a panel that holds only the buyer, once for each purchase, scores all of them at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.model import KINDS
from tolok.scoring.flip_posts import DAYS_IN_WEEK, OwnPosts, RowValues
from tolok.scoring.flip_recipe import Change
from tolok.scoring.histogram import Histogram
from tolok.scoring.panel import Panel


@dataclass(frozen=True, eq=False)
class Part:
    """What a panel holds of one institution.

    Shape: posts_by_kind (accounts, weeks, kinds + 1), account_counts (accounts, weeks),
    institution_counts (weeks,); histograms name accounts by their index here.
    """

    posts_by_kind: IntArray
    histograms: dict[str, Histogram]
    account_counts: dict[str, FloatArray]
    institution_counts: dict[str, FloatArray]


@dataclass(frozen=True, eq=False)
class Buyer:
    """An institution of a panel whose posts are known one by one.

    `row` is its index in the panel.
    """

    panel: Panel
    row: int
    posts: OwnPosts
    values: RowValues

    @cached_property
    def accounts(self) -> IntArray:
        """The indices of its accounts in the panel.

        Shape: (accounts,).
        """
        return np.flatnonzero(self.panel.account_institution == self.row)

    @cached_property
    def platform(self) -> IntArray:
        """The platform of each of its accounts.

        Shape: (accounts,).
        """
        return self.panel.account_platform[self.accounts]

    @property
    def weeks(self) -> int:
        """The number of weeks."""
        return self.panel.shape[2]

    def reads(self, measure: str) -> bool:
        """Whether the panel holds anything that one more of a measure would change."""
        gains = self.posts.gains.get(measure, {})
        sums = [gains[name] for name in self.panel.account_counts if name in gains]
        return measure in self.panel.histograms or any((gain > 0).any() for gain in sums)

    def after(self, change: Change) -> Part:
        """Its part of the panel after a purchase."""
        return Part(
            posts_by_kind=self._posts_by_kind(change),
            histograms={
                measure: self._histogram(measure, change) for measure in self.panel.histograms
            },
            account_counts={
                name: self._account_count(name, change) for name in self.panel.account_counts
            },
            institution_counts=self._institution_counts(change),
        )

    @cached_property
    def _kinds(self) -> IntArray:
        """Clean posts by account, week and kind."""
        posts = self.posts
        counted = np.zeros((self.accounts.size, self.weeks, len(KINDS) + 1), dtype=np.int64)
        clean = np.flatnonzero(posts.is_clean)
        np.add.at(counted, self._kind_place(clean, posts.week[clean]), 1)
        return counted

    def _kind_place(self, rows: IntArray, week: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        kind = self.posts.kind[rows]
        return self.posts.account[rows], week, np.where(kind < 0, len(KINDS), kind)

    def _posts_by_kind(self, change: Change) -> IntArray:
        if not change.moves_posts:
            return self._kinds
        counted, posts = self._kinds.copy(), self.posts
        removed = change.removed[posts.is_clean[change.removed]]
        np.subtract.at(counted, self._kind_place(removed, posts.week[removed]), 1)
        np.add.at(counted, self._kind_place(change.added, change.added_week), 1)
        return counted

    @cached_property
    def _histograms(self) -> dict[str, tuple[IntArray, Histogram]]:
        """By measure the posts that are in its histogram, and a row for each of them.

        They stand in the order in which scoring sorts them: sorting is then quick.
        """
        posts = self.posts
        found = {}
        for measure in self.panel.histograms:
            count = posts.counts[measure]
            rows = np.flatnonzero(posts.is_clean & ~np.isnan(count))
            rows = rows[np.lexsort((posts.week[rows], count[rows], posts.account[rows]))]
            found[measure] = rows, self._rows(measure, rows, posts.week[rows])
        return found

    def _rows(self, measure: str, rows: IntArray, week: IntArray) -> Histogram:
        posts, count = self.posts, self.posts.counts[measure][rows].astype(np.int64)
        return Histogram.from_counts(posts.account[rows], week, posts.kind[rows], count)

    def _histogram(self, measure: str, change: Change) -> Histogram:
        rows, plain = self._histograms[measure]
        if change.removed.size:
            plain = _some(plain, ~np.isin(rows, change.removed))
        if change.added.size:
            added = change.added[~np.isnan(self.posts.counts[measure][change.added])]
            return _joined([plain, self._rows(measure, added, change.added_week[: added.size])])
        if measure == change.measure and change.raised.size:
            count = self.posts.counts[measure][change.raised].astype(np.int64) + change.by
            zero = np.zeros(count.shape, dtype=np.int64)
            new = Histogram.from_counts(zero, zero, zero, count)
            places, logs = plain.bin.copy(), plain.log_sum.copy()
            at = np.zeros(self.posts.day.size, dtype=np.int64)
            at[rows] = np.arange(rows.size)
            places[at[change.raised]], logs[at[change.raised]] = new.bin, new.log_sum
            return replace(plain, bin=places, log_sum=logs)
        return plain

    @cached_property
    def _sums(self) -> dict[str, FloatArray]:
        """What each post adds to a sum; what is unknown adds nothing."""
        return {name: np.nan_to_num(value) for name, value in self.posts.sums.items()}

    @cached_property
    def _gains(self) -> dict[str, dict[str, FloatArray]]:
        """What one more of a measure adds to a sum, where it adds to any post's."""
        return {
            measure: {name: np.nan_to_num(gain) for name, gain in gains.items() if (gain > 0).any()}
            for measure, gains in self.posts.gains.items()
        }

    @cached_property
    def _plain_counts(self) -> dict[str, FloatArray]:
        counts = self.panel.account_counts
        return {name: weekly[self.accounts] for name, weekly in counts.items()}

    def _account_count(self, name: str, change: Change) -> FloatArray:
        """A sum by account and week: the panel's own, and what the purchase adds or takes."""
        weekly, posts = self._plain_counts[name], self.posts
        if name not in posts.sums:
            return weekly
        value: list[FloatArray] = []
        cells: list[IntArray] = []
        gain = self._gains.get(change.measure, {}).get(name)
        if change.raised.size and gain is not None:
            value.append(gain[change.raised] * change.by)
            cells.append(self._cell[change.raised])
        if change.moves_posts:
            value += [self._sums[name][change.added], -self._sums[name][change.removed]]
            added = posts.account[change.added] * self.weeks + change.added_week
            cells += [added, self._cell[change.removed]]
        if not value:
            return weekly
        moved = np.bincount(np.concatenate(cells), np.concatenate(value), weekly.size)
        moved = moved.reshape(weekly.shape)
        return np.where(np.isnan(weekly) & (moved != 0), moved, weekly + moved)

    @cached_property
    def _cell(self) -> IntArray:
        return self.posts.account * self.weeks + self.posts.week

    def _institution_counts(self, change: Change) -> dict[str, FloatArray]:
        """Sums by week: the panel's own, and the difference of those before and after."""
        counts = self.panel.institution_counts
        if not change.moves_posts:
            return {name: weekly[self.row] for name, weekly in counts.items()}
        whole, plain = self._whole_counts(change), self._plain_whole
        return {
            name: weekly[self.row] + (whole[name] - plain[name] if name in whole else 0)
            for name, weekly in counts.items()
        }

    @cached_property
    def _plain_whole(self) -> dict[str, FloatArray]:
        return self._whole_counts(Change())

    def _whole_counts(self, change: Change) -> dict[str, FloatArray]:
        """Metrics of days, weeks and distinct days, by week."""
        posts, size = self.posts, self.weeks * DAYS_IN_WEEK
        kept = np.ones(posts.day.size, dtype=np.bool_)
        kept[change.removed] = False
        rows = np.concatenate([np.flatnonzero(kept), change.added])
        day = np.concatenate([posts.day[kept], change.added_day])
        plain = ~posts.is_cross_copy[rows]
        place = self.platform[posts.account[rows[plain]]] * size + day[plain]
        daily = np.bincount(place, minlength=len(self.panel.platforms) * size)
        daily = daily.reshape(len(self.panel.platforms), size)
        weekly = daily.sum(axis=0).reshape(self.weeks, DAYS_IN_WEEK).sum(axis=1)
        found: dict[str, FloatArray] = {}
        for name, value in self.values.by_day.items():
            of_rows = np.take_along_axis(value, daily, axis=1).sum(axis=0)
            found[name] = of_rows.reshape(self.weeks, DAYS_IN_WEEK).sum(axis=1)
        for name, value in self.values.by_week.items():
            found[name] = value[weekly]
        for name, mark in posts.marks.items():
            is_marked = np.bincount(day[mark[rows]], minlength=size) > 0
            found[name] = is_marked.reshape(self.weeks, DAYS_IN_WEEK).sum(axis=1).astype(float)
        return found


def panel_of(trials: Sequence[tuple[Buyer, Part]]) -> Panel:
    """A panel with an institution for each trial, in the order in which they stand."""
    panel = trials[0][0].panel
    rows = np.array([buyer.row for buyer, _ in trials])
    accounts = np.concatenate([buyer.accounts for buyer, _ in trials])
    sizes = [buyer.accounts.size for buyer, _ in trials]
    offsets = np.cumsum([0, *sizes[:-1]])
    return replace(
        panel,
        institution_ids=tuple(f"{number:09}" for number in range(len(trials))),
        institution_names=tuple(panel.institution_names[row] for row in rows),
        clusters=tuple(panel.clusters[row] for row in rows),
        is_confirmed=panel.is_confirmed[rows],
        account_ids=tuple(panel.account_ids[account] for account in accounts),
        account_platforms=tuple(panel.account_platforms[account] for account in accounts),
        account_institution=np.repeat(np.arange(len(trials)), sizes),
        follower_count=panel.follower_count[accounts],
        follower_first=panel.follower_first[accounts],
        follower_last=panel.follower_last[accounts],
        follower_days=panel.follower_days[accounts],
        posts_by_kind=np.concatenate([part.posts_by_kind for _, part in trials]),
        histograms={
            measure: _joined(
                [
                    replace(histogram, account=histogram.account + offset)
                    for histogram, offset in zip(
                        (part.histograms[measure] for _, part in trials), offsets, strict=True
                    )
                ]
            )
            for measure in panel.histograms
        },
        account_counts={
            name: np.concatenate([part.account_counts[name] for _, part in trials])
            for name in panel.account_counts
        },
        institution_counts={
            name: np.stack([part.institution_counts[name] for _, part in trials])
            for name in panel.institution_counts
        },
    )


def panel_after(buyer: Buyer, change: Change) -> Panel:
    """The whole panel after a purchase of one institution."""
    panel, part, accounts = buyer.panel, buyer.after(change), buyer.accounts
    posts = panel.posts_by_kind.copy()
    posts[accounts] = part.posts_by_kind
    account_counts = {name: counts.copy() for name, counts in panel.account_counts.items()}
    for name, counts in account_counts.items():
        counts[accounts] = part.account_counts[name]
    institution_counts = {name: counts.copy() for name, counts in panel.institution_counts.items()}
    for name, counts in institution_counts.items():
        counts[buyer.row] = part.institution_counts[name]
    histograms = {}
    for measure, old in panel.histograms.items():
        others = _some(old, panel.account_institution[old.account] != buyer.row)
        new = part.histograms[measure]
        histograms[measure] = _joined([others, replace(new, account=accounts[new.account])])
    return replace(
        panel,
        posts_by_kind=posts,
        histograms=histograms,
        account_counts=account_counts,
        institution_counts=institution_counts,
    )


def _some(histogram: Histogram, chosen: BoolArray | IntArray) -> Histogram:
    return Histogram(*(getattr(histogram, one.name)[chosen] for one in fields(Histogram)))


def _joined(histograms: Sequence[Histogram]) -> Histogram:
    return Histogram(
        *(
            np.concatenate([getattr(one, column.name) for one in histograms])
            for column in fields(Histogram)
        )
    )
