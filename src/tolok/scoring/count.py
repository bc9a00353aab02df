"""Models on sums: total and diversity; and the weekly tables that ratios read as well."""

import numpy as np

from tolok.composite.array import FloatArray, or_zero, quotient
from tolok.errors import InputError
from tolok.methodology.rules import WINDOW_WHOLES
from tolok.scoring.estimate import NO_DATA, Estimate, Frame
from tolok.scoring.normalise import transform
from tolok.scoring.view import DAYS_IN_WEEK


def estimate_total(frame: Frame) -> Estimate:
    """The sum of a metric over the window by slot, or its mean over weeks.

    Units: the metric's; with per_week, per seven days of the window, so that a week that the
    window cuts counts by its days.
    Missing: no_data where nothing is known; 0 is a value.
    """
    indicator = frame.indicator
    (weekly,) = weekly_of(frame, indicator.metric)
    total = frame.view.contract(weekly)[..., None]
    if indicator.per_week:
        weeks = frame.view.contract(frame.view.days) / DAYS_IN_WEEK
        total = total / weeks[..., None, None, None]
    estimate = Estimate(
        value=total,
        shrunk=total,
        level=transform(total, indicator.transform),
        post_count=column_of(frame, frame.view.posts(indicator.kinds)),
        missing=np.where(np.isnan(total), NO_DATA, 0),
    )
    return estimate.settled(frame.is_open)


def estimate_diversity(frame: Frame) -> Estimate:
    """exp(-sum s ln s): the number of platforms that would be as diverse if used alike.

    Units: platforms; s is a platform's share of the metric.
    Missing: no_data where the metric is unknown or 0 throughout.
    Source: Hill 1973 (Ecology 54, 427-432), number of order 1.
    """
    panel, metric = frame.view.panel, frame.indicator.metric

    def add_up() -> FloatArray:
        unknown = np.full((panel.shape[1], panel.shape[2]), np.nan)
        return frame.view.weekly_by_platform(panel.account_counts.get(metric, unknown))

    weekly = panel.remembered(("weekly by platform", metric), add_up)
    parts = or_zero(frame.view.contract(weekly))
    total = parts.sum(axis=-1, keepdims=True)
    share = or_zero(quotient(parts, total))
    log = np.log(share, out=np.zeros(share.shape), where=share > 0)
    entropy = -(share * log).sum(axis=-1)
    value = np.where(total[..., 0] > 0, np.exp(entropy), np.nan)[..., None, None]
    estimate = Estimate(
        value=value,
        shrunk=value,
        level=transform(value, frame.indicator.transform),
        post_count=column_of(frame, frame.view.posts(frame.indicator.kinds)),
        missing=np.where(np.isnan(value), NO_DATA, 0),
    )
    return estimate.settled(frame.is_open)


def weekly_of(frame: Frame, *metrics: str) -> list[FloatArray]:
    """Metrics by institution, platform and week, unknown together where all are of accounts.

    Shape: each (institutions, platforms or 1, weeks), or broadcasting to it.
    Missing: NaN where nothing is known. Metrics of accounts are made unknown together before
    accounts are added up, so that a part is never set against another account's whole.
    Raises: InputError if platforms are to be compared by a metric of whole institutions.
    """
    key = ("weekly", metrics, frame.is_by_platform)
    return frame.view.panel.remembered(key, lambda: _weekly_of(frame, metrics))


def _weekly_of(frame: Frame, metrics: tuple[str, ...]) -> list[FloatArray]:
    panel, days = frame.view.panel, frame.view.days
    unknown = np.full((panel.shape[1], panel.shape[2]), np.nan)
    of_accounts = [panel.account_counts[name] for name in metrics if name in panel.account_counts]
    lacks = np.zeros(unknown.shape, dtype=np.bool_)
    if len(of_accounts) == len(metrics):
        lacks = np.any([np.isnan(counts) for counts in of_accounts], axis=0)
    tables: list[FloatArray] = []
    for name in metrics:
        if name in WINDOW_WHOLES:
            tables.append(days if name == "days" else np.where(days > 0, 1.0, 0.0))
        elif name in panel.institution_counts and not frame.is_by_platform:
            tables.append(panel.institution_counts[name][:, None, :])
        elif name in panel.institution_counts and name not in panel.account_counts:
            raise InputError(
                f"category {frame.category.name}, indicator {frame.indicator.name}: {name!r} has "
                "no value by platform. Leave by_platform out, or name a metric of accounts."
            )
        else:
            counts = panel.account_counts.get(name, unknown)
            tables.append(_lifted(frame, np.where(lacks, np.nan, counts)))
    return tables


def column_of(frame: Frame, by_platform: FloatArray) -> FloatArray:
    """Counts by institution and platform in the shape of the indicator's slots.

    Shape: (..., institutions, platforms) -> (..., institutions, platforms or 1, 1).
    """
    if frame.is_by_platform:
        return by_platform[..., None]
    whole: FloatArray = by_platform.sum(axis=-1)[..., None, None]
    return whole


def _lifted(frame: Frame, weekly: FloatArray) -> FloatArray:
    view = frame.view
    lift = view.weekly_by_platform if frame.is_by_platform else view.weekly_by_institution
    return lift(weekly)
