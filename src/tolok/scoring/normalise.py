"""From a value to points: transform, robust z against a frozen set, points around 50."""

from collections.abc import Callable
from math import fsum, sqrt

import numpy as np

from tolok.composite.array import FloatArray, quotient

MAD_TO_SD = 1.4826
"""The median absolute deviation of a normal distribution times this is its sd."""
LOG_RESOLUTION = 2**-20
"""Differences of logs below this are rounding: so finely are the logs of counts kept."""
RELATIVE_RESOLUTION = 1e-12


def _log(value: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        logarithm: FloatArray = np.log(value)
    return logarithm


def _log1p(value: FloatArray) -> FloatArray:
    logarithm: FloatArray = np.log1p(value)
    return logarithm


TRANSFORMS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "none": np.copy,
    "log": _log,
    "log1p": _log1p,
    "logit": lambda share: _log(share) - _log(1 - share),
}


def transform(value: FloatArray, name: str) -> FloatArray:
    """The value on the scale on which it is compared: none, log, log1p or logit.

    Shape: any.  Missing: NaN stays NaN; the log of 0 is minus infinity, which scores the floor.
    """
    return TRANSFORMS[name](value)


def centre_and_scale(value: FloatArray, resolution: float) -> tuple[float, float]:
    """The median and 1.4826 times the median absolute deviation; the sd where that is 0.

    Shape: (units,) -> two numbers.
    Missing: values that are not finite are left out; the centre is NaN where all are unknown.
    The scale is 0 where values do not differ by more than the resolution, or by rounding.
    Source: METHODOLOGY, normalisation; Handbook on Constructing Composite Indicators, OECD 2008.
    """
    finite = value[np.isfinite(value)]
    if not finite.size:  # the log of 0 throughout is known, and constant
        return (np.nan if np.isnan(value).all() else 0.0), 0.0
    value = finite
    least = max(resolution, RELATIVE_RESOLUTION * float(np.abs(value).max()))
    centre = float(np.median(value))
    scale = MAD_TO_SD * float(np.median(np.abs(value - centre)))
    if scale <= least and value.size > 1:
        mean = fsum(value) / value.size
        scale = sqrt(fsum((value - mean) ** 2) / (value.size - 1))
    return centre, scale if scale > least else 0.0


def robust_z(value: FloatArray, centre: FloatArray, scale: FloatArray, floor: float) -> FloatArray:
    """(value - centre) / scale, not below the floor and without an upper cut.

    Shape: any, broadcast.  Missing: NaN where the value is, or where the scale is 0 or unknown.
    """
    z: FloatArray = np.maximum(quotient(value - centre, scale), floor)
    return z


def points_of(z: FloatArray) -> FloatArray:
    """50 + 50 z / 3: 50 is the median of the reference set, 100 lies three deviations above."""
    return 50 + 50 * z / 3


def z_of(points: FloatArray) -> FloatArray:
    """The z that has these points."""
    return (points - 50) * 3 / 50
