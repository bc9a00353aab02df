"""An institution's part of the panel after a purchase, and panels of many such parts.

Parameters are frozen, so a purchase changes the buyer's score alone, and copies of an institution
score alike: a panel that holds only the buyer, once for each purchase, scores all of them at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tolok.composite.array import FloatArray, IntArray
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

    @cached_property
    def weeks(self) -> int:
        """The number of weeks."""
        return self.panel.shape[2]

    @cached_property
    def _plain(self) -> dict[str, FloatArray]:
        return self._whole_counts(self.posts)

    def after(self, change: Change) -> Part:
        """Its part of the panel after a purchase."""
        added = replace(self.posts.taken(change.added), day=change.added_day)
        kept = np.ones(self.posts.day.size, dtype=np.bool_)
        kept[change.removed] = False
        rows = np.flatnonzero(kept)
        after = _joined(self.posts.taken(rows), added) if added.day.size else self.posts.taken(rows)
        if change.raised.size:
            raised = after.counts[change.measure].copy()
            raised[change.raised] += change.by
            after = replace(after, counts={**after.counts, change.measure: raised})
        return Part(
            posts_by_kind=self._posts_by_kind(after),
            histograms={
                measure: _histogram(after, measure) for measure in self.panel.histograms
            },
            account_counts=self._account_counts(change, added),
            institution_counts=self._institution_counts(change, after),
        )

    def _posts_by_kind(self, posts: OwnPosts) -> IntArray:
        counted = np.zeros((self.accounts.size, self.weeks, len(KINDS) + 1), dtype=np.int64)
        clean = posts.is_clean
        kind = np.where(posts.kind < 0, len(KINDS), posts.kind)
        np.add.at(counted, (posts.account[clean], posts.week[clean], kind[clean]), 1)
        return counted

    def _account_counts(self, change: Change, added: OwnPosts) -> dict[str, FloatArray]:
        """Sums by account and week: the panel's own, and what the purchase adds or takes."""
        posts, removed = self.posts, change.removed
        found: dict[str, FloatArray] = {}
        for name, counts in self.panel.account_counts.items():
            weekly = counts[self.accounts].copy()
            if name in posts.sums:
                gain = posts.gains[change.measure][name][change.raised] * change.by
                _add(weekly, posts.taken(change.raised), gain)
                _add(weekly, added, added.sums[name])
                _add(weekly, posts.taken(removed), -posts.sums[name][removed])
            found[name] = weekly
        return found

    def _institution_counts(self, change: Change, after: OwnPosts) -> dict[str, FloatArray]:
        """Sums by week: the panel's own, and the difference of those before and after."""
        counts = self.panel.institution_counts
        if not (change.removed.size or change.added.size):
            return {name: weekly[self.row] for name, weekly in counts.items()}
        whole = self._whole_counts(after)
        return {
            name: weekly[self.row] + (whole[name] - self._plain[name] if name in whole else 0)
            for name, weekly in counts.items()
        }

    def _whole_counts(self, posts: OwnPosts) -> dict[str, FloatArray]:
        """Metrics of days, weeks and distinct days, by week."""
        days = self.weeks * DAYS_IN_WEEK
        plain = ~posts.is_cross_copy
        place = (self.platform[posts.account[plain]], posts.day[plain])
        daily = np.zeros((len(self.panel.platforms), days), dtype=np.int64)
        np.add.at(daily, place, 1)
        weekly = np.bincount(posts.week[plain], minlength=self.weeks)
        found: dict[str, FloatArray] = {}
        for name, value in self.values.by_day.items():
            of_rows = np.take_along_axis(value, daily, axis=1).sum(axis=0)
            found[name] = of_rows.reshape(self.weeks, DAYS_IN_WEEK).sum(axis=1)
        for name, value in self.values.by_week.items():
            found[name] = value[weekly]
        for name, mark in posts.marks.items():
            is_marked = np.bincount(posts.day[mark], minlength=days) > 0
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
            measure: _shifted([part.histograms[measure] for _, part in trials], offsets)
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
        others = np.flatnonzero(panel.account_institution[old.account] != buyer.row)
        new = part.histograms[measure]
        histograms[measure] = Histogram(
            *(
                np.concatenate([getattr(old, name)[others], values])
                for name, values in _columns(new, accounts[new.account]).items()
            )
        )
    return replace(
        panel,
        posts_by_kind=posts,
        histograms=histograms,
        account_counts=account_counts,
        institution_counts=institution_counts,
    )


def _columns(histogram: Histogram, account: IntArray) -> dict[str, IntArray]:
    return {
        "account": account,
        "week": histogram.week,
        "kind": histogram.kind,
        "bin": histogram.bin,
        "post_count": histogram.post_count,
        "log_sum": histogram.log_sum,
    }


def _shifted(parts: Sequence[Histogram], offsets: IntArray) -> Histogram:
    columns = [
        _columns(part, part.account + offset) for part, offset in zip(parts, offsets, strict=True)
    ]
    return Histogram(*(np.concatenate([one[name] for one in columns]) for name in columns[0]))


def _histogram(posts: OwnPosts, measure: str) -> Histogram:
    count = posts.counts[measure]
    rows = np.flatnonzero(posts.is_clean & ~np.isnan(count))
    return Histogram.from_counts(
        posts.account[rows], posts.week[rows], posts.kind[rows], count[rows].astype(np.int64)
    )


def _joined(one: OwnPosts, other: OwnPosts) -> OwnPosts:
    def both(first: dict[str, FloatArray], second: dict[str, FloatArray]) -> dict[str, FloatArray]:
        return {name: np.concatenate([first[name], second[name]]) for name in first}

    return OwnPosts(
        np.concatenate([one.account, other.account]),
        np.concatenate([one.day, other.day]),
        np.concatenate([one.kind, other.kind]),
        np.concatenate([one.is_copy, other.is_copy]),
        np.concatenate([one.is_cross_copy, other.is_cross_copy]),
        np.concatenate([one.is_joint, other.is_joint]),
        both(one.counts, other.counts),
        both(one.sums, other.sums),
        {measure: both(one.gains[measure], other.gains[measure]) for measure in one.gains},
        {name: np.concatenate([one.marks[name], other.marks[name]]) for name in one.marks},
    )


def _add(weekly: FloatArray, posts: OwnPosts, value: FloatArray) -> None:
    """Add what posts give to their account's week; what is unknown adds nothing."""
    known = ~np.isnan(value)
    place = (posts.account[known], posts.week[known])
    total = np.zeros(weekly.shape)
    np.add.at(total, place, value[known])
    touched = np.zeros(weekly.shape, dtype=np.bool_)
    touched[place] = True
    weekly[touched] = np.nan_to_num(weekly[touched]) + total[touched]
