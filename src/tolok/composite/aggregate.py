"""Weighted means over what is there: the weight of what is missing is spread."""

import numpy as np

from tolok.composite.array import FloatArray, quotient

GEOMETRIC_FLOOR = 1.0
"""Points below this enter a geometric mean as this."""


def effective_weights(value: FloatArray, weight: FloatArray) -> FloatArray:
    """The weights after those of missing values were spread: they add up to 1 in every row.

    Shape: (..., parts), broadcast.  Missing: a missing part weighs 0; 0 throughout where nothing
    of any weight is there.
    """
    there = np.where(np.isnan(value), 0.0, weight)
    return np.nan_to_num(quotient(there, there.sum(axis=-1, keepdims=True)))


def aggregate(value: FloatArray, weight: FloatArray, how: str) -> FloatArray:
    """The weighted arithmetic or geometric mean of the parts that are there.

    Shape: (..., parts), broadcast -> (...).
    Missing: NaN where no part of positive weight is there.
    Source: Handbook on Constructing Composite Indicators, OECD 2008, step 6.
    """
    share = effective_weights(value, weight)
    some = share.sum(axis=-1) > 0
    there = np.where(share > 0, value, GEOMETRIC_FLOOR)
    if how == "geometric":
        mean = np.exp((share * np.log(np.maximum(there, GEOMETRIC_FLOOR))).sum(axis=-1))
    else:
        mean = (share * there).sum(axis=-1)
    return np.where(some, mean, np.nan)
