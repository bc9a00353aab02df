"""An institution whose posts are known one by one: its part of the panel after any purchase."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tolok.composite.array import FloatArray, IntArray, sums_by
from tolok.model import KINDS
from tolok.scoring.flip_cells import GroupCells, OwnCells, Stock
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import Group, Need
from tolok.scoring.flip_posts import DAYS_IN_WEEK, OwnPosts, RowValues
from tolok.scoring.panel import Panel

KIND_CODES = len(KINDS) + 1


@dataclass(frozen=True, eq=False)
class Part:
    """What a panel holds of one institution, but for the histograms.

    Shape: posts_by_kind (accounts, weeks, kinds + 1), account_counts (accounts, weeks),
    institution_counts (weeks,).
    """

    posts_by_kind: IntArray
    account_counts: Mapping[str, FloatArray]
    institution_counts: Mapping[str, FloatArray]


@dataclass(frozen=True, eq=False)
class Buyer:
    """An institution of a panel whose posts are known one by one.

    `row` is its index in the panel.
    """

    panel: Panel
    row: int
    posts: OwnPosts
    values: RowValues
    _groups: dict[Group, GroupCells] = field(default_factory=dict, init=False, repr=False)
    _stocks: dict[str, Stock] = field(default_factory=dict, init=False, repr=False)

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

    def reads(self, measure: str, need: Need) -> bool:
        """Whether scoring reads anything that one more of a measure would change."""
        gains = self._gains.get(measure, {})
        return measure in need.measures or not need.metrics.isdisjoint(
            name for name in gains if name in self.panel.account_counts
        )

    def after(self, change: Change, metrics: Collection[str] | None = None) -> Part:
        """Its part of the panel after a purchase; only some of the metrics where they are named."""
        chosen = [self.panel.account_counts, self.panel.institution_counts]
        of_accounts, whole = (
            [name for name in counts if metrics is None or name in metrics] for counts in chosen
        )
        return Part(
            self._posts_by_kind(change),
            self._account_counts(change, of_accounts),
            self._institution_counts(change, whole),
        )

    def cells(self, change: Change, groups: Sequence[Group]) -> list[list[OwnCells]]:
        """The posts of each group by account and bin after a purchase, by side."""
        raised = {}
        if change.raised.size and any(group.measure == change.measure for group in groups):
            raised[change.measure] = self._stock(change.measure).raised(change)
        return [self._cells_of(group).after(change, raised.get(group.measure)) for group in groups]

    def _cells_of(self, group: Group) -> GroupCells:
        if group not in self._groups:
            self._groups[group] = GroupCells(self._stock(group.measure), group)
        return self._groups[group]

    def _stock(self, measure: str) -> Stock:
        if measure not in self._stocks:
            self._stocks[measure] = Stock(self.posts, measure, (self.accounts.size, self.weeks))
        return self._stocks[measure]

    def _posts_by_kind(self, change: Change) -> IntArray:
        if not change.moves_posts:
            return self._kinds
        removed = change.removed[self.posts.is_clean[change.removed]]
        more = self._clean_posts(change.added, self._added_cell(change))
        return self._kinds + more - self._clean_posts(removed, self._cell[removed])

    @cached_property
    def _kinds(self) -> IntArray:
        clean = np.flatnonzero(self.posts.is_clean)
        return self._clean_posts(clean, self._cell[clean])

    def _clean_posts(self, rows: IntArray, cell: IntArray) -> IntArray:
        """Posts by account, week and kind; `cell` is the account and week of each."""
        shape = (self.accounts.size, self.weeks, KIND_CODES)
        place = cell * KIND_CODES + self.posts.kind[rows] % KIND_CODES  # the unknown, -1, is last
        return np.bincount(place, minlength=int(np.prod(shape))).reshape(shape)

    @cached_property
    def _cell(self) -> IntArray:
        """The account and week of every post, in one number."""
        return self.posts.account * self.weeks + self.posts.week

    def _added_cell(self, change: Change) -> IntArray:
        return self.posts.account[change.added] * self.weeks + change.added_week

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

    def _account_counts(self, change: Change, names: Sequence[str]) -> dict[str, FloatArray]:
        """Sums by account and week: the panel's own, and what the purchase adds or takes."""
        found = {name: self._plain_counts[name] for name in names}
        gains = self._gains.get(change.measure, {}) if change.raised.size else {}
        moved: dict[str, list[tuple[IntArray, FloatArray]]] = {}
        for name in gains.keys() & found.keys():
            gain = gains[name][change.raised] * change.by
            moved.setdefault(name, []).append((self._cell[change.raised], gain))
        if change.moves_posts:
            come, go = self._added_cell(change), self._cell[change.removed]
            for name in self._sums.keys() & found.keys():
                sums = self._sums[name]
                moved.setdefault(name, []).append((come, sums[change.added]))
                moved[name].append((go, -sums[change.removed]))
        for name, parts in moved.items():
            weekly = found[name]
            cells, values = zip(*parts, strict=True)
            more = sums_by(np.concatenate(cells), np.concatenate(values), weekly.size)
            found[name] = _plus(weekly, more.reshape(weekly.shape))
        return found

    def _institution_counts(self, change: Change, names: Sequence[str]) -> dict[str, FloatArray]:
        """Sums by week: the panel's own, and the difference of those before and after."""
        counts = self.panel.institution_counts
        if not change.moves_posts:
            return {name: counts[name][self.row] for name in names}
        whole, plain = self._whole_counts(change, names), self._plain_whole
        return {
            name: counts[name][self.row] + (whole[name] - plain[name] if name in whole else 0)
            for name in names
        }

    @cached_property
    def _plain_whole(self) -> dict[str, FloatArray]:
        return self._whole_counts(Change(), list(self.panel.institution_counts))

    def _whole_counts(self, change: Change, names: Sequence[str]) -> dict[str, FloatArray]:
        """Metrics of days, weeks and distinct days, by week."""
        weekly_shape = (self.weeks, DAYS_IN_WEEK)
        daily = self._daily(change)
        weekly = daily.sum(axis=0).reshape(weekly_shape).sum(axis=1)
        found: dict[str, FloatArray] = {}
        for name, value in self.values.by_day.items():
            if name in names:
                of_rows = np.take_along_axis(value, daily, axis=1).sum(axis=0)
                found[name] = of_rows.reshape(weekly_shape).sum(axis=1)
        for name, value in self.values.by_week.items():
            if name in names:
                found[name] = value[weekly]
        for name in self.posts.marks:
            if name in names:
                is_marked = self._marked(name, change) > 0
                found[name] = is_marked.reshape(weekly_shape).sum(axis=1).astype(float)
        return found

    def _daily(self, change: Change) -> IntArray:
        """Posts by platform and day that are no copies from elsewhere."""
        added = ~self.posts.is_cross_copy[change.added]
        removed = change.removed[~self.posts.is_cross_copy[change.removed]]
        more = self._days(change.added[added], change.added_day[added])
        return self._plain_daily + more - self._days(removed, self.posts.day[removed])

    @cached_property
    def _plain_daily(self) -> IntArray:
        plain = np.flatnonzero(~self.posts.is_cross_copy)
        return self._days(plain, self.posts.day[plain])

    def _days(self, rows: IntArray, day: IntArray) -> IntArray:
        shape = (len(self.panel.platforms), self.weeks * DAYS_IN_WEEK)
        place = self.platform[self.posts.account[rows]] * shape[1] + day
        return np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)

    @cached_property
    def _plain_marked(self) -> dict[str, IntArray]:
        size = self.weeks * DAYS_IN_WEEK
        return {
            name: np.bincount(self.posts.day[mark], minlength=size)
            for name, mark in self.posts.marks.items()
        }

    def _marked(self, name: str, change: Change) -> IntArray:
        """Posts by day that make their day count."""
        mark, size = self.posts.marks[name], self.weeks * DAYS_IN_WEEK
        more = np.bincount(change.added_day[mark[change.added]], minlength=size)
        removed = change.removed[mark[change.removed]]
        return (
            self._plain_marked[name] + more - np.bincount(self.posts.day[removed], minlength=size)
        )


def _plus(weekly: FloatArray, moved: FloatArray) -> FloatArray:
    """Weekly sums and what is moved; a week that was unknown is known once anything is moved."""
    total, unknown = weekly + moved, np.isnan(weekly)
    return np.where(unknown & (moved != 0), moved, total) if unknown.any() else total
