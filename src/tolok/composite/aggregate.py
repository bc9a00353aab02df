"""Weighted means over what is there: the weight of what is missing is spread."""

import numpy as np

from tolok.composite.array import FloatArray

GEOMETRIC_FLOOR = 1.0
"""Points below this enter a geometric mean as this."""
PAIRWISE = 8
"""NumPy adds as many numbers or more not in their order."""


def effective_weights(value: FloatArray, weight: FloatArray) -> FloatArray:
    """The weights after those of missing values were spread: they add up to 1 in every row.

    Shape: (..., parts), broadcast.  Missing: a missing part weighs 0; 0 throughout where nothing
    of any weight is there.
    """
    there = np.where(np.isnan(value), 0.0, weight)
    total = _sum(there)[..., None]
    return np.divide(there, total, out=np.zeros(there.shape), where=total > 0)


def aggregate(value: FloatArray, weight: FloatArray, how: str) -> FloatArray:
    """The weighted arithmetic or geometric mean of the parts that are there.

    Shape: (..., parts), broadcast -> (...).
    Missing: NaN where no part of positive weight is there.
    Source: Handbook on Constructing Composite Indicators, OECD 2008, step 6.
    """
    if value.shape[-1] == 1 and how == "arithmetic":  # the only part is the mean
        return np.where(weight > 0, value, np.nan)[..., 0]
    share = effective_weights(value, weight)
    some = (share > 0).any(axis=-1)
    there = np.where(share > 0, value, GEOMETRIC_FLOOR)
    if how == "geometric":
        mean = np.exp(_sum(share * np.log(np.maximum(there, GEOMETRIC_FLOOR))))
    else:
        mean = _sum(share * there)
    return np.where(some, mean, np.nan)


def _sum(parts: FloatArray) -> FloatArray:
    """The sum over the last axis, if short, in the order of the parts and for all rows at once.

    Shape: (..., parts) -> (...).  NumPy adds so few in the same order, but row by row.
    """
    if parts.shape[-1] >= PAIRWISE:
        whole: FloatArray = parts.sum(axis=-1)
        return whole
    total = np.zeros(parts.shape[:-1])
    for part in np.moveaxis(parts, -1, 0):
        total += part
    return total
