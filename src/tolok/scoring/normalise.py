"""From a value to points: transform, normalise against a frozen set, points around 50."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, quotient
from tolok.composite.normalise import MAD_TO_SD

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
    value, least, nothing = _finite(value, resolution)
    if not value.size:
        return nothing
    centre = float(np.median(value))
    scale = MAD_TO_SD * float(np.median(np.abs(value - centre)))
    if scale <= least and value.size > 1:
        mean = fsum(value) / value.size
        scale = sqrt(fsum((value - mean) ** 2) / (value.size - 1))
    return centre, scale if scale > least else 0.0


def mean_and_sd(value: FloatArray, resolution: float) -> tuple[float, float]:
    """The mean and the sample standard deviation.

    Shape, Missing: as for centre_and_scale.
    """
    finite, least, nothing = _finite(value, resolution)
    if not finite.size:
        return nothing
    mean = fsum(finite) / finite.size
    sd = sqrt(fsum((finite - mean) ** 2) / (finite.size - 1)) if finite.size > 1 else 0.0
    return mean, sd if sd > least else 0.0


def middle_and_sixth(value: FloatArray, resolution: float) -> tuple[float, float]:
    """The middle of the range and a sixth of it: the lowest gets 0 points, the highest 100.

    Shape, Missing: as for centre_and_scale.
    """
    finite, least, nothing = _finite(value, resolution)
    if not finite.size:
        return nothing
    low, high = float(finite.min()), float(finite.max())
    return (low + high) / 2, (high - low) / 6 if high - low > least else 0.0


def percentiles(value: FloatArray, resolution: float) -> tuple[float, ...]:
    """The percentiles 0 to 100 of the values.

    Shape: (units,) -> 101 numbers.  Missing: as for centre_and_scale; equal where nothing differs.
    """
    finite, least, nothing = _finite(value, resolution)
    if not finite.size or np.ptp(finite) <= least:
        return (nothing[0] if not finite.size else float(finite[0]),) * 101
    return tuple(float(one) for one in np.percentile(finite, np.arange(101)))


def _finite(value: FloatArray, resolution: float) -> tuple[FloatArray, float, tuple[float, float]]:
    """The finite values, the least spread that counts, and what is told if there are none."""
    finite = value[np.isfinite(value)]
    if not finite.size:  # the log of 0 throughout is known, and constant
        return finite, 0.0, (np.nan if np.isnan(value).all() else 0.0, 0.0)
    return finite, max(resolution, RELATIVE_RESOLUTION * float(np.abs(finite).max())), (0.0, 0.0)


@dataclass(frozen=True)
class Normalisation:
    """A way from a level to z: what is fitted on the reference set, and how it is used.

    `parameters` are the names under which they are frozen. `fit` takes the levels of the reference
    set and the least difference that counts; `z_of` takes levels, parameters and the floor.
    """

    parameters: tuple[str, ...]
    fit: Callable[[FloatArray, float], tuple[float, ...]]
    z_of: Callable[[FloatArray, Sequence[FloatArray], float], FloatArray]

    def is_known(self, frozen: Sequence[FloatArray]) -> BoolArray:
        """Whether anyone in the reference set has a value, by slot."""
        return ~np.isnan(frozen[0])

    def is_live(self, frozen: Sequence[FloatArray]) -> BoolArray:
        """Whether values in the reference set differ, by slot."""
        if len(frozen) == len(LINEAR):
            return frozen[1] > 0
        return frozen[-1] > frozen[0]


def robust_z(value: FloatArray, centre: FloatArray, scale: FloatArray, floor: float) -> FloatArray:
    """(value - centre) / scale, not below the floor and without an upper cut.

    Shape: any, broadcast.  Missing: NaN where the value is, or where the scale is 0 or unknown.
    """
    z: FloatArray = np.maximum(quotient(value - centre, scale), floor)
    return z


def _linear(level: FloatArray, frozen: Sequence[FloatArray], floor: float) -> FloatArray:
    return robust_z(level, frozen[0], frozen[1], floor)


def _by_percentile(level: FloatArray, frozen: Sequence[FloatArray], floor: float) -> FloatArray:
    """The z whose points are the share of the reference set that lies below, in per cent."""
    cuts = np.stack(frozen, axis=-1)
    z = np.full(level.shape, np.nan)
    for place in np.ndindex(cuts.shape[:-1]):
        if cuts[place][-1] > cuts[place][0]:
            share = np.interp(level[..., *place], cuts[place], np.arange(101.0))
            z[..., *place] = np.maximum(z_of(share), floor)
    return np.where(np.isnan(level), np.nan, z)


LINEAR = ("centre", "scale")
NORMALISATIONS: dict[str, Normalisation] = {
    "robust_z": Normalisation(LINEAR, centre_and_scale, _linear),
    "z": Normalisation(("mean", "sd"), mean_and_sd, _linear),
    "minmax": Normalisation(("middle", "sixth"), middle_and_sixth, _linear),
    "percentile": Normalisation(
        tuple(f"percentile_{one:03d}" for one in range(101)), percentiles, _by_percentile
    ),
}
"""Every way from a level to z, by its name in the rules; robust_z is the default."""


def points_of(z: FloatArray) -> FloatArray:
    """50 + 50 z / 3: 50 is the median of the reference set, 100 lies three deviations above."""
    return 50 + 50 * z / 3


def z_of(points: FloatArray) -> FloatArray:
    """The z that has these points."""
    return (points - 50) * 3 / 50
