"""Indicators in points: the estimate of a model, normalised by slot, then one value each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tolok.composite.aggregate import aggregate, effective_weights
from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.methodology.category import Indicator
from tolok.scoring.count import estimate_diversity, estimate_total
from tolok.scoring.engagement import (
    estimate_above_expected,
    estimate_level,
    estimate_residual,
    estimate_uplift,
)
from tolok.scoring.estimate import (
    ABSENT_PLATFORM,
    FIFTH_PERCENTILE,
    NO_REFERENCE,
    NO_SCORE,
    NO_SPREAD,
    Estimate,
    Frame,
)
from tolok.scoring.growth import estimate_growth
from tolok.scoring.normalise import LOG_RESOLUTION, NORMALISATIONS, points_of, z_of
from tolok.scoring.ratio import estimate_ratio
from tolok.scoring.reference import Fit

ESTIMATES: dict[str, Callable[[Frame], Estimate]] = {
    "residual": estimate_residual,
    "level": estimate_level,
    "above_expected": estimate_above_expected,
    "share": estimate_ratio,
    "rate": estimate_ratio,
    "total": estimate_total,
    "diversity": estimate_diversity,
    "uplift": estimate_uplift,
    "growth": estimate_growth,
}
"""The formula of every model; only the model `category` has none of its own."""

ON_LOG_SCALE = ("residual", "level", "above_expected", "uplift", "growth")
LOW_PERCENT = 5


@dataclass(frozen=True, eq=False)
class IndicatorScore:
    """An indicator in points, and how it came about.

    Shape: estimate, z and slot_share are (institutions, platforms, strata); slots has their last
    two axes; points and missing are (institutions,).
    `slot_share` is the part of each slot in an institution's points. `is_known`: someone in the
    reference set has a value; `is_live`: these values differ. An indicator that is not live is
    left out for all, and its weight is spread.
    """

    indicator: Indicator
    slots: NDArray[np.str_]
    estimate: Estimate
    z: FloatArray
    slot_share: FloatArray
    points: FloatArray
    missing: IntArray
    is_known: bool
    is_live: bool


def estimate_indicator(frame: Frame) -> Estimate:
    """The estimate of an indicator by its model, before it is normalised."""
    return ESTIMATES[frame.indicator.model](frame)


@dataclass(frozen=True, eq=False)
class Normalised:
    """The z of an estimate, and what the reference set says of its slots.

    Shape: z is (..., institutions, platforms, strata), the others (..., platforms, strata).
    """

    z: FloatArray
    is_known: BoolArray
    is_live: BoolArray


def normalise(frame: Frame, level: FloatArray, name: str) -> Normalised:
    """Levels against the frozen reference set, by a normalisation of NORMALISATIONS.

    Missing: z is NaN where there is no level, or where the reference set knows no difference.
    """
    indicator, how = frame.indicator, NORMALISATIONS[name]
    is_log = indicator.model in ON_LOG_SCALE or indicator.transform != "none"
    resolution = LOG_RESOLUTION if is_log else 0.0

    def formula(levels: FloatArray) -> tuple[float, ...]:
        return how.fit(levels, resolution)

    frozen = frame.take(how.parameters, lambda: frame.fit_slots(how.parameters, (level,), formula))
    z = how.z_of(level, frozen, frame.view.rules.edition.scoring.z_floor)
    return Normalised(z, how.is_known(frozen), how.is_live(frozen))


def points_by_platform(
    frame: Frame, estimate: Estimate, normalised: Normalised, zero_if_absent: BoolArray
) -> FloatArray:
    """The points of an indicator on every platform, strata weighed by their posts.

    Shape: zero_if_absent is (...), one answer a draw -> (..., institutions, platforms).
    Missing: NaN where no stratum has z. A platform that does not count for an institution is
    missing too, or has 0 points where absent platforms have.
    """
    points = aggregate(points_of(normalised.z), stratum_weight(frame, estimate), "arithmetic")
    if not zero_if_absent.any():
        return points
    closed = ~frame.is_open[..., 0] & normalised.is_live[..., None, :, :].any(axis=-1)
    return np.where(closed & zero_if_absent[..., None, None], 0.0, points)


def stratum_weight(frame: Frame, estimate: Estimate) -> FloatArray:
    """The weight of each stratum on its platform: its posts where there are several.

    Shape: (..., institutions, platforms, strata), or (1,).
    """
    return estimate.post_count if frame.slots.shape[1] > 1 else np.ones(1)


def score_indicator(frame: Frame) -> IndicatorScore:
    """The points of an indicator: z by slot, strata by posts, platforms by their weights.

    Missing: a slot without a value is left out and its weight spread; NaN where none is left.
    """
    scoring, estimate = frame.view.rules.edition.scoring, estimate_indicator(frame)
    normalised = normalise(frame, estimate.level, scoring.normalisation)
    z = normalised.z
    unscaled = np.where(normalised.is_known, NO_SPREAD, NO_REFERENCE)
    lost = np.isnan(z) & (estimate.missing == 0)
    missing = np.where(lost, unscaled, estimate.missing)
    zero_if_absent = np.array(scoring.absent_platform == "zero")
    by_platform = points_by_platform(frame, estimate, normalised, zero_if_absent)
    platform_share = effective_weights(by_platform, frame.platform_weight)
    points = aggregate(by_platform, frame.platform_weight, "arithmetic")
    worst = missing.max(axis=(-2, -1), initial=ABSENT_PLATFORM)
    return IndicatorScore(
        indicator=frame.indicator,
        slots=frame.slots,
        estimate=replace(estimate, missing=missing),
        z=z,
        slot_share=platform_share[..., None]
        * effective_weights(z, stratum_weight(frame, estimate)),
        points=points,
        missing=np.where(np.isnan(points), worst, 0),
        is_known=bool(normalised.is_known.any()),
        is_live=bool(normalised.is_live.any()),
    )


def score_of_category(frame: Frame, score: FloatArray, fails_gate: BoolArray) -> IndicatorScore:
    """Another category's score as an indicator: its points are that score as it stands.

    Shape: (institutions,) each.
    Missing: who fails only that category's gate gets the fifth percentile of its scores, where
    the rules say so; any other score that is missing stays missing.
    """

    def fit() -> Fit:
        known = score[~np.isnan(score)]
        low = np.percentile(known, LOW_PERCENT) if known.size else np.nan
        return Fit({"fifth_percentile": np.full((1, 1), low)}, np.full((1, 1), known.size))

    low = frame.take(("fifth_percentile",), fit)[0]
    assumed = fails_gate & (frame.indicator.absent == "fifth_percentile") & ~np.isnan(low[0, 0])
    points = np.where(np.isnan(score) & assumed, low[0, 0], score)
    why = np.where(assumed, FIFTH_PERCENTILE, NO_SCORE)
    missing = np.where(np.isnan(score), why, 0)
    value = score[:, None, None]
    posts = frame.view.posts(()).sum(axis=1)[:, None, None]
    return IndicatorScore(
        indicator=frame.indicator,
        slots=frame.slots,
        estimate=Estimate(value, value, value, posts, missing[:, None, None]),
        z=z_of(points)[:, None, None],
        slot_share=np.where(np.isnan(points), 0.0, 1.0)[:, None, None],
        points=points,
        missing=missing,
        is_known=not np.isnan(low).any(),
        is_live=not np.isnan(low).any(),
    )
