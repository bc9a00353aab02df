"""Arrays and the three operations that all formulas share."""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def quotient(part: FloatArray, whole: FloatArray) -> FloatArray:
    """The part over the whole.

    Shape: any, broadcast.  Missing: NaN where either is, and where the whole is not positive.
    """
    result: FloatArray = part / np.where(whole > 0, whole, np.nan)
    return result


def or_zero(value: FloatArray) -> FloatArray:
    """The values, 0 where they are unknown. Shape: any."""
    return np.where(np.isnan(value), 0.0, value)


def sums_by(index: IntArray, value: FloatArray | IntArray, size: int) -> FloatArray:
    """Sums of the values that share an index, added in the order in which they stand.

    Shape: (rows,) each -> (size,).  Missing: 0 for an index without rows; NaN spreads.
    """
    return np.bincount(index, value, size).astype(np.float64, copy=False)
