"""Levels of posts taken apart: what shrinkage pulls, what the audience explains, what posts add."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.model import KINDS
from tolok.scoring.estimate import Frame
from tolok.scoring.explain_posts import Cell, KnownPost, Posts, Rows, kept, rows_of
from tolok.scoring.explain_rule import Contribution, cause, known
from tolok.scoring.histogram import BINS_PER_UNIT, Histogram
from tolok.scoring.reference import Key, Reference


@dataclass(frozen=True, eq=False)
class Slot:
    """One slot of an indicator for two institutions, and what a unit of its value is worth.

    `rows` are own and other as indices into the institutions, `place` is platform and stratum,
    `value` the raw values of both, `rate` the points of the score for one unit of the shrunk value.
    """

    frame: Frame
    reference: Reference
    rows: tuple[int, int]
    place: tuple[int, int]
    value: tuple[float, float]
    rate: float
    known: Mapping[Cell, tuple[KnownPost, ...]] = field(default_factory=dict)
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name of the slot as it is published."""
        return str(self.frame.slots[self.place])

    @property
    def weeks(self) -> tuple[str, ...]:
        """The Mondays of the weeks."""
        return tuple(week.isoformat() for week in self.frame.view.rules.edition.window.weeks)

    def parameter(self, name: str) -> float:
        """A frozen parameter of the slot, or of one of its ratios; NaN where there is none."""
        site = self.frame.category.name, self.frame.indicator.name, self.name
        key = Key(*site, f"{name}{self.suffix}")
        found = self.reference.parameters.get(key)
        return found.value if found else np.nan

    def accounts(self, row: int) -> IntArray:
        """The accounts of an institution on the slot's platform."""
        panel = self.frame.view.panel
        is_here = panel.account_platform == self.place[0]
        return np.flatnonzero(is_here & (panel.account_institution == row))

    def with_rate(self, rate: float) -> "Slot":
        """The same slot at another rate."""
        return replace(self, rate=rate)


def shrinkage(
    slot: Slot,
    factors: tuple[float, float],
    causes: tuple[Contribution, ...],
    per: float = 1.0,
) -> tuple[Contribution, ...]:
    """m + f (e - m) as the pull to the mean and the own value; `causes` explain the own value.

    `factors` are f of both; the rate of the causes is the slot's times the mean of f.
    Units: the own value is told times `per`.
    """
    mean, change = sum(factors) / 2, factors[0] - factors[1]
    middle = sum(slot.value) / 2
    pull = 0.0 if change == 0 else change * (middle - slot.parameter("shrink_mean"))
    value = slot.rate * mean * (slot.value[0] - slot.value[1])
    own, other = slot.value
    evidence = Contribution("", "value", value, own * per, other * per, causes)
    return (evidence, cause("", "pull", slot.rate * pull, factors))


def level_parts(slot: Slot) -> tuple[Contribution, ...]:
    """The models residual, level and uplift, down to posts."""
    sides = [_levels(slot, row) for row in slot.rows]
    factors = _factor(slot, sides[0].worth.sum()), _factor(slot, sides[1].worth.sum())
    rate = slot.rate * sum(factors) / 2
    causes = [_posts(slot.with_rate(rate), sides, place) for place in range(len(sides[0].rows))]
    if slot.frame.indicator.model == "residual":
        causes.insert(0, _audience(slot.with_rate(rate), sides))
    return shrinkage(slot, factors, tuple(causes))


def above_parts(slot: Slot) -> tuple[Contribution, ...]:
    """The model above_expected, down to posts: each is above the expected value, below, or partly.

    A post in the bin of the expected value counts in part.
    """
    rows = [_shares(slot, row) for row in slot.rows]
    weight = slot.parameter("prior_weight")
    whole = [float(one.post_count.sum()) for one in rows]
    factors = whole[0] / (whole[0] + weight), whole[1] / (whole[1] + weight)
    posts = Posts(
        rows[0], rows[1], slot.rate * sum(factors) / 2, slot.weeks, slot.known, is_log=False
    )
    return shrinkage(slot, factors, posts.by_week())


def level_factor(slot: Slot) -> float:
    """How much of the first institution's own level shrinkage leaves."""
    return _factor(slot, float(_levels(slot, slot.rows[0]).worth.sum()))


def above_sums(slot: Slot) -> tuple[float, float]:
    """The first institution's posts above the expected value, and all that have one."""
    rows = _shares(slot, slot.rows[0])
    return float((rows.post_count * rows.y).sum()), float(rows.post_count.sum())


@dataclass(frozen=True, eq=False)
class _Levels:
    """One institution's accounts in a slot.

    Shape: accounts, worth and expected are (accounts,); rows are the terms of the level: its own
    posts, and for uplift those that they are set against.
    """

    worth: FloatArray
    expected: FloatArray
    log_followers: FloatArray
    rows: tuple[Rows, ...]


def _levels(slot: Slot, row: int) -> _Levels:
    view, indicator = slot.frame.view, slot.frame.indicator
    accounts = slot.accounts(row)
    followers = view.panel.log_followers[accounts]
    expected = np.zeros(accounts.size)
    if indicator.model == "residual":
        expected = slot.parameter("intercept") + slot.parameter("slope") * followers
    found = _rows(slot, accounts)
    counts = [np.array([one.post_count[one.account == a].sum() for a in accounts]) for one in found]
    worth = counts[0]
    if len(counts) > 1:
        both = counts[0] + counts[1]
        worth = np.divide(counts[0] * counts[1], both, out=np.zeros(both.shape), where=both > 0)
    used = (worth > 0) & ~np.isnan(expected)
    worth = np.where(used, worth, 0.0)
    share = np.zeros(view.panel.shape[1])
    share[accounts] = worth / max(worth.sum(), 1e-300)
    trim = view.rules.edition.scoring.trim_share
    return _Levels(
        worth[used],
        expected[used],
        followers[used],
        tuple(
            replace(one, weight=kept(one, trim) * share[one.account]).where(share[one.account] > 0)
            for one in found
        ),
    )


def _rows(slot: Slot, accounts: IntArray) -> list[Rows]:
    """The posts of the slot's kinds; for uplift also the others, both in the weeks with both."""
    frame = slot.frame
    histogram = _histogram(frame)
    weights = frame.view.week_weights
    group = frame.strata[slot.place[1]]
    ours = rows_of(histogram, accounts, group, weights)
    if frame.indicator.model != "uplift":
        return [ours]
    chosen = {kind for kinds in (*frame.strata, group) for kind in kinds}
    rest = tuple(kind for kind in KINDS if kind not in chosen)
    others = rows_of(histogram, accounts, rest, weights)
    keys = [one.account * weights.size + one.week for one in (ours, others)]
    return [
        ours.where(np.isin(keys[0], keys[1])),
        others.where(np.isin(keys[1], keys[0])),
    ]


def _histogram(frame: Frame) -> Histogram:
    empty = np.zeros(0, dtype=np.int64)
    return frame.view.panel.histograms.get(frame.indicator.measure, Histogram(*[empty] * 6))


def _factor(slot: Slot, worth: float) -> float:
    """How much of the own value shrinkage leaves."""
    variance = slot.parameter("post_variance") / worth
    if variance == 0:
        return 1.0
    between = slot.parameter("shrink_variance")
    return between / (between + variance)


def _audience(slot: Slot, sides: list[_Levels]) -> Contribution:
    """What followers let expect: more of it is a disadvantage.

    Units: own and other are followers, the geometric mean of the accounts.
    """
    expected = [float((one.worth * one.expected).sum() / one.worth.sum()) for one in sides]
    log = [float((one.worth * one.log_followers).sum() / one.worth.sum()) for one in sides]
    followers = [known(float(np.exp(one))) for one in log]
    return cause("", "audience", -slot.rate * (expected[0] - expected[1]), followers)


def _posts(slot: Slot, sides: list[_Levels], place: int) -> Contribution:
    """The level of the posts; the second place of uplift is what they are set against."""
    rate = -slot.rate if place else slot.rate
    own, other = (one.rows[place] for one in sides)
    posts = Posts(own, other, rate, slot.weeks, slot.known)
    return Contribution(
        "",
        "other_posts" if place else "posts",
        rate * (own.mean - other.mean),
        own.mean,
        other.mean,
        posts.by_week(),
        float(own.post_count.sum()),
        float(other.post_count.sum()),
    )


def _shares(slot: Slot, row: int) -> Rows:
    """The posts with a known expected value, each with the part of it that lies above."""
    frame = slot.frame
    panel = frame.view.panel
    accounts = slot.accounts(row)
    x = panel.log_followers if frame.indicator.baseline == "residual" else np.zeros(panel.shape[1])
    expected = slot.parameter("intercept") + slot.parameter("slope") * x
    group = frame.strata[slot.place[1]]
    rows = rows_of(_histogram(frame), accounts, group, frame.view.week_weights)
    rows = rows.where(~np.isnan(expected[rows.account]))
    share = np.clip(rows.bin + 1 - BINS_PER_UNIT * expected[rows.account], 0, 1)
    return replace(rows, weight=rows.post_count / max(rows.post_count.sum(), 1), y=share)
