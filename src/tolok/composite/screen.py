"""Which units have enough data to be compared at all."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, quotient

ROUNDING = 1e-9
"""A share this much below its minimum is rounding: two thirds of six are four."""


@dataclass(frozen=True)
class Screen:
    """The least share of indicators that a unit must have, and of those that must not be 0."""

    min_data_share: float = 2 / 3
    min_nonzero_share: float = 0.0


def data_share(value: FloatArray) -> FloatArray:
    """The share of values that are there.

    Shape: (..., indicators) -> (...).  Missing: 0 where there are no indicators.
    """
    return np.nan_to_num(quotient((~np.isnan(value)).sum(axis=-1), _width(value)))


def nonzero_share(value: FloatArray) -> FloatArray:
    """The share of values other than 0 among those that are there.

    Shape: (..., indicators) -> (...).  Missing: 0 where no value is there.
    """
    there = ~np.isnan(value)
    return np.nan_to_num(quotient((there & (value != 0)).sum(axis=-1), there.sum(axis=-1)))


def screened(value: FloatArray, screen: Screen) -> BoolArray:
    """Whether each unit has enough data; a share equal to its minimum is enough.

    Shape: (units, indicators) -> (units,).
    Source: Handbook on Constructing Composite Indicators, OECD 2008, step 3; COINr `Screen`.
    """
    enough = data_share(value) >= screen.min_data_share - ROUNDING
    if screen.min_nonzero_share > 0:
        enough &= nonzero_share(value) >= screen.min_nonzero_share - ROUNDING
    return enough


def _width(value: FloatArray) -> FloatArray:
    return np.array(float(value.shape[-1]))
