"""Outliers: drawn in to their neighbours, or, where that does not do, the logarithm of all."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.errors import IndexFault, did_you_mean

TRANSFORMS = ("none", "log_ct", "log_gii", "box_cox")
TIES = ("kept", "coinr")


@dataclass(frozen=True)
class Treat:
    """How outliers are treated: at most `winmax` values are drawn in, then comes the transform.

    An indicator passes if its skewness or its kurtosis is small enough. `ties="kept"` never draws
    in more than `winmax` values; `ties="coinr"` lets tied values exceed it, as COINr does.
    """

    winmax: int = 5
    max_skewness: float = 2.0
    max_kurtosis: float = 3.5
    transform: str = "log_ct"
    ties: str = "kept"
    box_cox_lambda: float = 0.0

    def __post_init__(self) -> None:
        """Check the names."""
        for name, known in ((self.transform, TRANSFORMS), (self.ties, TIES)):
            if name not in known:
                hint = did_you_mean(name, known) or f"There are {', '.join(known)}."
                raise IndexFault("treat", f"no {name!r}.", hint)


@dataclass(frozen=True)
class Treatment:
    """What treatment does to each indicator, frozen: bounds, and which are transformed.

    Shape: (indicators,) each; `low` and `high` are the extremes of the reference, which the
    transform needs.
    """

    how: Treat
    lower: FloatArray
    upper: FloatArray
    is_transformed: BoolArray
    low: FloatArray
    high: FloatArray
    winsorised_count: IntArray


def skewness(value: FloatArray) -> float:
    """Sample skewness of type 2.

    Shape: (values,) -> a number.  Missing: NaN under three values, or where all are equal.
    Source: Joanes and Gill 1998, G1; e1071 `skewness(type = 2)`.
    """
    n = value.size
    second, third, _ = _moments(value)
    if n < 3 or second == 0:
        return float("nan")
    return float(third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(value: FloatArray) -> float:
    """Sample excess kurtosis of type 2.

    Shape: (values,) -> a number.  Missing: NaN under four values, or where all are equal.
    Source: Joanes and Gill 1998, G2; e1071 `kurtosis(type = 2)`.
    """
    n = value.size
    second, _, fourth = _moments(value)
    if n < 4 or second == 0:
        return float("nan")
    excess = fourth / second**2 - 3
    return float(((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3)))


def passes(value: FloatArray, treat: Treat) -> bool:
    """Whether values need no treatment: of small skewness, or of small kurtosis.

    Missing: values too few or too equal for either pass.
    """
    skew, kurt = skewness(value), kurtosis(value)
    return not (abs(skew) >= treat.max_skewness and kurt >= treat.max_kurtosis)


def winsorised(value: FloatArray, treat: Treat) -> tuple[float, float, int]:
    """The bounds to which outliers are drawn in, and how many values that moves.

    Step by step the greatest values (the least, if skewness is negative) go to the next value,
    until the indicator passes or `winmax` values are moved.

    Shape: (values,), none missing -> two numbers and a count.
    Ties: values tied at the end move together; see Treat.
    """
    x = np.sort(value)
    bottom, top = 0, 0
    while not passes(x, treat) and bottom + top < treat.winmax:
        is_high = skewness(x) >= 0
        moved = int((x == x[-1]).sum() if is_high else (x == x[0]).sum())
        after = moved + (bottom if is_high else top)
        if treat.ties != "coinr" and after > treat.winmax:
            break
        if is_high:
            top, x[x.size - moved :] = moved, x[x.size - moved - 1]
        else:
            bottom, x[:moved] = moved, x[moved]
    return float(x[0]), float(x[-1]), bottom + top


def fit_treatment(value: FloatArray, treat: Treat) -> Treatment:
    """The treatment of each indicator that its values in the reference ask for.

    Shape: (units, indicators) -> (indicators,) each.
    Source: COINr `Treat`, 1.1.14: values that winsorising does not bring to pass are taken as
    they were, and transformed.
    """
    count = value.shape[1]
    bounds = np.full((4, count), np.nan)
    bounds[0], bounds[1] = -np.inf, np.inf
    is_transformed, moved = np.zeros(count, bool), np.zeros(count, np.int64)
    for column in range(count):
        x = np.sort(value[~np.isnan(value[:, column]), column])
        if not x.size:
            continue
        bounds[2:, column] = x[0], x[-1]
        lower, upper, moved[column] = winsorised(x, treat)
        if treat.transform != "none" and not passes(np.clip(x, lower, upper), treat):
            is_transformed[column] = True
            bounds[:2, column] = x[0], np.inf
            if treat.transform == "log_gii" and x[-1] <= 1:
                problem = f"log_gii needs a maximum over 1, and one is {x[-1]:.6g}."
                raise IndexFault("treat", problem, "Use log_ct.")
        else:
            bounds[0, column] = lower if lower > x[0] else -np.inf
            bounds[1, column] = upper if upper < x[-1] else np.inf
    return Treatment(treat, bounds[0], bounds[1], is_transformed, bounds[2], bounds[3], moved)


def treat(value: FloatArray, treatment: Treatment) -> FloatArray:
    """The values inside their bounds, transformed where the treatment says so.

    Shape: (units, indicators).
    Missing: NaN stays NaN.  Values below the reference's least enter a transform as that.
    """
    bounded = np.clip(value, treatment.lower, treatment.upper)
    if not treatment.is_transformed.any():
        return bounded
    where = treatment.is_transformed
    low, high = treatment.low[where], treatment.high[where]
    result = bounded.copy()
    result[:, where] = _transformed(bounded[:, where], low, high, treatment.how)
    return result


def _transformed(x: FloatArray, low: FloatArray, high: FloatArray, how: Treat) -> FloatArray:
    if how.transform == "log_ct":
        result: FloatArray = np.log(x - low + 0.01 * (high - low))
    elif how.transform == "log_gii":
        result = np.log((high - 1) * (x - low) / (high - low) + 1)
    elif how.box_cox_lambda == 0:
        result = np.log(x - low + 1)
    else:
        result = ((x - low + 1) ** how.box_cox_lambda - 1) / how.box_cox_lambda
    return result


def _moments(value: FloatArray) -> tuple[float, float, float]:
    """The central moments 2 to 4."""
    if not value.size or value.min() == value.max():
        return 0.0, 0.0, 0.0
    away = value - value.mean()
    square = away * away
    return float(square.mean()), float((square * away).mean()), float((square * square).mean())
