"""What stands in each indicator before anything is done to it, and whether they go together."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, quotient
from tolok.composite.screen import data_share, nonzero_share
from tolok.composite.treat import Treat, kurtosis, passes, skewness

LEAST_DATA, LEAST_NONZERO, LEAST_UNIQUE = 0.65, 0.5, 0.5
"""Shares under which an indicator is flagged; the first is the Joint Research Centre's rule."""


@dataclass(frozen=True)
class Statistics:
    """Figures of each indicator over the units.

    `unique_share` and `same_share` are of what is there: of different values, and of the value
    that comes most often. `has_outliers` is both skewness and kurtosis being great.

    Shape: (indicators,) each.  Missing: NaN where too few values are there.
    """

    least: FloatArray
    greatest: FloatArray
    mean: FloatArray
    median: FloatArray
    sd: FloatArray
    skewness: FloatArray
    kurtosis: FloatArray
    data_share: FloatArray
    nonzero_share: FloatArray
    unique_share: FloatArray
    same_share: FloatArray
    has_outliers: BoolArray

    @property
    def is_sparse(self) -> BoolArray:
        """Whether each indicator has few data, few values other than 0, or few different ones."""
        sparse: BoolArray = (
            (self.data_share < LEAST_DATA)
            | (self.nonzero_share < LEAST_NONZERO)
            | (self.unique_share < LEAST_UNIQUE)
        )
        return sparse


def describe(value: FloatArray) -> Statistics:
    """The statistics of each indicator.

    Shape: (units, indicators) -> (indicators,) each.
    Source: COINr `get_stats`, 1.1.14.
    """
    sets = [np.sort(column[~np.isnan(column)]) for column in value.T]
    counts = [np.unique(x, return_counts=True)[1] for x in sets]
    size = np.array([float(x.size) for x in sets])
    nan = float("nan")
    return Statistics(
        least=np.array([x[0] if x.size else nan for x in sets]),
        greatest=np.array([x[-1] if x.size else nan for x in sets]),
        mean=np.array([x.mean() if x.size else nan for x in sets]),
        median=np.array([np.median(x) if x.size else nan for x in sets]),
        sd=np.array([x.std(ddof=1) if x.size > 1 else nan for x in sets]),
        skewness=np.array([skewness(x) for x in sets]),
        kurtosis=np.array([kurtosis(x) for x in sets]),
        data_share=data_share(value.T),
        nonzero_share=nonzero_share(value.T),
        unique_share=quotient(np.array([float(one.size) for one in counts]), size),
        same_share=quotient(np.array([float(one.max(initial=0)) for one in counts]), size),
        has_outliers=np.array([not passes(x, Treat()) for x in sets]),
    )


def cronbach_alpha(value: FloatArray) -> float:
    """Cronbach's alpha: how far indicators that point the same way go together.

    Shape: (units, indicators) -> a number.
    Missing: units that lack anything are left out; NaN under two indicators or two units.
    Source: Cronbach 1951.
    """
    whole = value[~np.isnan(value).any(axis=1)]
    units, count = whole.shape
    if units < 2 or count < 2:
        return float("nan")
    parts, total = whole.var(axis=0, ddof=1).sum(), whole.sum(axis=1).var(ddof=1)
    return float(count / (count - 1) * (1 - parts / total)) if total > 0 else float("nan")
