"""Models on the log of a count: residual, level, above_expected and uplift.

The variance of an account's level is the variance of a single post over the number of posts. The
former is the median over the platform's accounts of what blocks of weeks show, and it is frozen.
An account's own variance would let one more like cost points: it can raise the variance by which
the account is shrunk faster than the level.
"""

from dataclasses import dataclass, replace

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray, or_zero, quotient
from tolok.model import KINDS
from tolok.scoring.audience import SlopeRule, fit_lines
from tolok.scoring.bins import Bins
from tolok.scoring.estimate import NO_FOLLOWERS, NO_POSTS, NO_REFERENCE, Estimate, Frame
from tolok.scoring.normalise import transform
from tolok.scoring.reference import Fit
from tolok.scoring.shrink import (
    beta_prior,
    between_variance,
    shrink_by_exposure,
    shrink_by_variance,
)
from tolok.scoring.trim import Trimmed, block_variance, posts_above

Part = tuple[Bins, Trimmed]


@dataclass(frozen=True, eq=False)
class AccountLevels:
    """A level of every account in each stratum, and the trimmed means that it is made of.

    Shape: value and worth are (..., accounts, strata); parts has a tuple for each stratum.
    Units: worth is the number of independent posts that would be as exact.
    """

    value: FloatArray
    worth: FloatArray
    parts: tuple[tuple[Part, ...], ...]

    @property
    def post_count(self) -> FloatArray:
        """The posts behind every level.

        Shape: (..., accounts, strata).
        """
        return np.stack([part[0][1].post_count for part in self.parts], axis=-1)

    def is_enough(self, min_posts: int) -> BoolArray:
        """Whether every trimmed mean of a level rests on enough posts.

        Shape: (..., accounts, strata).
        """
        enough = [
            np.all([trimmed.post_count >= min_posts for _, trimmed in part], axis=0)
            for part in self.parts
        ]
        return np.stack(enough, axis=-1)


def estimate_residual(frame: Frame) -> Estimate:
    """The trimmed mean of y less a + b ln F, by slot.

    Missing: no_posts without a known count, no_followers without known followers.
    Source: METHODOLOGY, audience-adjusted engagement.
    """
    levels = _levels(frame)
    expected = _expected(frame, levels)
    return _shrunk(frame, replace(levels, value=levels.value - expected))


def estimate_level(frame: Frame) -> Estimate:
    """The trimmed mean of y by slot, whatever the audience: not adjusted for size.

    Missing: no_posts without a known count.
    """
    return _shrunk(frame, _levels(frame))


def estimate_uplift(frame: Frame) -> Estimate:
    """The trimmed mean of y of these kinds less that of the account's other posts, by slot.

    Only weeks count in which the account has both; posts of unknown kind are on neither side.
    Missing: no_posts without such a week.
    """
    values, worths, parts = [], [], []
    for group in frame.strata:
        ours, others = _both(frame, group)
        first, second = frame.view.level_of(ours)[1], frame.view.level_of(others)[1]
        both = first.post_count + second.post_count
        product = first.post_count * second.post_count
        worths.append(or_zero(quotient(product, both)))
        values.append(first.mean - second.mean)
        parts.append(((ours, first), (others, second)))
    levels = AccountLevels(np.stack(values, axis=-1), np.stack(worths, axis=-1), tuple(parts))
    return _shrunk(frame, levels)


def estimate_above_expected(frame: Frame) -> Estimate:
    """The share of posts whose y exceeds what platform and audience let expect, by slot.

    With baseline "level" the expected value is the median level of the platform's accounts.
    Missing: as for the residual.
    Ties: the bin that holds the expected value is divided linearly.
    """
    levels = _levels(frame)
    expected = _expected(frame, levels)
    above = [
        posts_above(frame.view.level(frame.indicator.measure, group)[0], expected[:, stratum])
        for stratum, group in enumerate(frame.strata)
    ]
    known = np.where(np.isnan(expected), 0.0, levels.post_count)
    part = _by_slot(frame, np.stack(above, axis=-1))
    whole = _by_slot(frame, known)
    mean, weight = frame.take(
        ("shrink_mean", "prior_weight"),
        lambda: frame.fit_slots(
            ("shrink_mean", "prior_weight"), (part, np.where(whole > 0, whole, np.nan)), beta_prior
        ),
    )
    shrunk = shrink_by_exposure(part, whole, mean, weight)
    value = quotient(part, whole)
    post_count, missing = _posts_and_missing(frame, levels)
    estimate = Estimate(value, shrunk, transform(shrunk, "logit"), post_count, missing)
    return estimate.settled(frame.is_open)


def _levels(frame: Frame) -> AccountLevels:
    measure = frame.indicator.measure
    trimmed = [frame.view.level(measure, group)[1] for group in frame.strata]
    parts = tuple(
        ((frame.view.panel.bins(measure, group), level),)
        for group, level in zip(frame.strata, trimmed, strict=True)
    )
    value = np.stack([level.mean for level in trimmed], axis=-1)
    return AccountLevels(value, np.stack([level.post_count for level in trimmed], axis=-1), parts)


def _both(frame: Frame, group: tuple[str, ...]) -> tuple[Bins, Bins]:
    """Posts of a group of kinds and of the other kinds, in the weeks that have both."""
    panel, measure = frame.view.panel, frame.indicator.measure
    return panel.bins_side_by_side(measure, group, other_kinds(frame.strata))


def other_kinds(strata: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The kinds that posts of some strata are compared with: those that are in none of them."""
    chosen = {kind for group in strata for kind in group}
    return tuple(kind for kind in KINDS if kind not in chosen)


def _is_adjusted(frame: Frame) -> bool:
    indicator = frame.indicator
    return indicator.model == "residual" or (
        indicator.model == "above_expected" and indicator.baseline == "residual"
    )


def _expected(frame: Frame, levels: AccountLevels) -> FloatArray:
    """What platform and audience let expect of every account; (accounts, strata)."""
    panel = frame.view.panel
    # one audience for all, and the line is the median level
    x = panel.log_followers if _is_adjusted(frame) else np.zeros(panel.shape[1])
    scoring = frame.view.rules.edition.scoring
    slope_rule = SlopeRule(scoring.min_audience_accounts, scoring.audience_exponent)

    def fit() -> Fit:
        model = frame.is_model_account()[:, None] & levels.is_enough(frame.min_posts)
        model &= ~np.isnan(x)[:, None]
        lines = [
            fit_lines(
                x[rows],
                levels.value[rows, stratum],
                panel.account_platform[rows],
                len(panel.platforms),
                slope_rule,
            )
            for stratum, rows in enumerate(map(np.flatnonzero, model.T))
        ]
        values = {
            "intercept": np.stack([line.intercept for line in lines], axis=1),
            "slope": np.stack([line.slope for line in lines], axis=1),
        }
        return Fit(values, np.stack([line.account_count for line in lines], axis=1))

    intercept, slope = frame.take(("intercept", "slope"), fit)
    platform = panel.account_platform
    return intercept[platform] + slope[platform] * x[:, None]


def _post_variance(frame: Frame, levels: AccountLevels) -> FloatArray:
    """The variance that one post adds to a level, by slot: (platforms, strata).

    The median over the platform's accounts with enough posts of the block variance times the
    worth in posts, and never less than independent posts would show.
    """
    scoring, weights = frame.view.rules.edition.scoring, frame.view.week_weights
    platform = frame.view.panel.account_platform

    def fit() -> Fit:
        model = frame.is_model_account()[:, None] & levels.is_enough(frame.min_posts)
        median = np.full(frame.slots.shape, np.nan)
        count = np.zeros(frame.slots.shape, dtype=np.int64)
        for stratum, part in enumerate(levels.parts):
            influence = frame.view.influence_of(*part[0])
            for bins, trimmed in part[1:]:
                influence = influence.less(frame.view.influence_of(bins, trimmed))
            blocks = block_variance(influence.weekly, weights, scoring.block_weeks)
            variance = np.maximum(blocks, influence.independent) * levels.worth[:, stratum]
            for code in range(frame.slots.shape[0]):
                chosen = model[:, stratum] & (platform == code)
                count[code, stratum] = chosen.sum()
                if chosen.any():
                    median[code, stratum] = np.median(variance[chosen])
        return Fit({"post_variance": median}, count)

    return frame.take(("post_variance",), fit)[0]


def _shrunk(frame: Frame, levels: AccountLevels) -> Estimate:
    """Levels of accounts as levels of institutions, shrunk towards their slot.

    Accounts of an institution weigh by their worth, the inverse of their variance.
    """
    known = ~np.isnan(levels.value)
    worth = _by_slot(frame, np.where(known, levels.worth, 0.0))
    total = _by_slot(frame, levels.worth * or_zero(levels.value))
    value = quotient(total, worth)
    variance = quotient(_post_variance(frame, levels), worth)
    names = ("shrink_mean", "shrink_variance")
    mean, between = frame.take(
        names, lambda: frame.fit_slots(names, (value, variance), between_variance)
    )
    shrunk = shrink_by_variance(value, variance, mean, between)
    post_count, missing = _posts_and_missing(frame, levels)
    return Estimate(value, shrunk, shrunk, post_count, missing).settled(frame.is_open)


def _posts_and_missing(frame: Frame, levels: AccountLevels) -> tuple[FloatArray, IntArray]:
    """Posts by slot, and why there might be no value."""
    posts = _by_slot(frame, levels.post_count)
    missing = np.where(posts > 0, NO_REFERENCE, NO_POSTS)
    if _is_adjusted(frame):
        known = ~np.isnan(frame.view.panel.log_followers)[:, None]
        usable = _by_slot(frame, np.where(known, levels.post_count, 0.0))
        missing = np.where((posts > 0) & (usable == 0), NO_FOLLOWERS, missing)
    return posts, missing


def _by_slot(frame: Frame, value: FloatArray) -> FloatArray:
    """Sums of accounts: (..., accounts, strata) -> (..., institutions, platforms, strata)."""
    columns = np.moveaxis(value, -1, 0)
    return np.stack([frame.view.by_platform(column) for column in columns], axis=-1)
