"""Models on parts and wholes: share and rate, each ratio shrunk before ratios are averaged."""

import numpy as np

from tolok.composite.array import FloatArray, or_zero, quotient
from tolok.methodology.category import Ratio
from tolok.scoring.count import column_of, weekly_of
from tolok.scoring.estimate import NO_DATA, Estimate, Frame
from tolok.scoring.normalise import transform
from tolok.scoring.shrink import beta_prior, gamma_prior, shrink_by_exposure

PRIORS = {"share": beta_prior, "rate": gamma_prior}


def estimate_ratio(frame: Frame) -> Estimate:
    """A share or a rate by slot: the mean of those of its ratios that are known.

    Units: a share in [0, 1], a rate in events per `per` of exposure.
    Missing: no_data where no ratio is known. A week counts for a ratio if both sides are known.
    """
    indicator = frame.indicator
    pairs = [_pair(frame, ratio) for ratio in indicator.ratios]
    names = [f":{ratio.numerator}" for ratio in indicator.ratios] if len(pairs) > 1 else [""]
    raw, shrunk = [], []
    for (part, whole), suffix in zip(pairs, names, strict=True):
        raw.append(quotient(part, whole))
        shrunk.append(_shrunk(frame, part, whole, suffix))
    value, level = _mean_of_known(raw) * indicator.per, _mean_of_known(shrunk) * indicator.per
    estimate = Estimate(
        value=value,
        shrunk=level,
        level=transform(level, indicator.transform),
        post_count=column_of(frame, frame.view.posts(indicator.kinds)),
        missing=np.where(np.isnan(value), NO_DATA, 0),
    )
    return estimate.settled(frame.is_open)


def _shrunk(frame: Frame, part: FloatArray, whole: FloatArray, suffix: str) -> FloatArray:
    names = (f"shrink_mean{suffix}", f"prior_weight{suffix}")
    prior = PRIORS[frame.indicator.model]
    mean, weight = frame.take(names, lambda: frame.fit_slots(names, (part, whole), prior))
    return shrink_by_exposure(part, whole, mean, weight)


def _pair(frame: Frame, ratio: Ratio) -> tuple[FloatArray, FloatArray]:
    """A part and its whole over the weeks in which both are known, by slot.

    Missing: NaN where no week is, or where the whole is 0. A share is never more than its whole.
    """
    part, whole = weekly_of(frame, ratio.numerator, ratio.denominator)
    unknown = np.isnan(part) | np.isnan(whole)
    contract = frame.view.contract
    total = contract(np.where(unknown, np.nan, whole))[..., None]
    events = contract(np.where(unknown, np.nan, part))[..., None]
    total = np.where(total > 0, total, np.nan)
    events = np.where(np.isnan(total), np.nan, events)
    return (np.minimum(events, total) if frame.indicator.model == "share" else events), total


def _mean_of_known(values: list[FloatArray]) -> FloatArray:
    known = [~np.isnan(value) for value in values]
    count = np.sum(known, axis=0)
    total = np.sum([or_zero(value) for value in values], axis=0)
    return quotient(total, count)
