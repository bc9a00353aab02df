"""Copeland's rule: every unit meets every other; a win is one point, a loss minus one."""

import numpy as np

from tolok.composite.array import FloatArray

_CELLS = 2**20
"""Pairs that are held at once: a few megabytes, whatever the number of units."""
_ROUNDING = 1e-12


def outranking(value: FloatArray, weight: FloatArray) -> FloatArray:
    """The share of weight by which each unit (row) is ahead of each other (column), ties half.

    Shape: (units, indicators) and (indicators,) -> (units, units).
    Missing: a pair is compared on what both have; 0.5 where that is nothing. The diagonal is 0.
    Source: Munda and Nardo 2009; COINr `outrankMatrix`, without its dependence on row order.
    """
    ahead, compared = np.zeros((2, len(value), len(value)))
    for column in np.flatnonzero(weight > 0):
        x = value[:, column]
        is_known = ~np.isnan(x)
        ahead += weight[column] * ((x[:, None] > x) + 0.5 * (x[:, None] == x))
        compared += weight[column] * (is_known[:, None] & is_known)
    share: FloatArray = np.full(ahead.shape, 0.5)
    np.divide(ahead, compared, out=share, where=compared > 0)
    np.fill_diagonal(share, 0.0)
    return share


def copeland(value: FloatArray, weight: FloatArray) -> FloatArray:
    """Wins less losses of each unit against all others.

    Shape: (units, indicators) and (indicators,) -> (units,).
    Missing: a pair is compared on what both have; a unit without anything has NaN, meets no one.
    Ties: equal weight for both, also where they have nothing in common, is no win.
    """
    live = weight > 0
    columns, weight = np.ascontiguousarray(value[:, live].T), weight[live]
    result = np.full(len(value), np.nan)
    whole = weight.sum()
    rows = max(1, _CELLS // max(len(value), 1))
    for start in range(0, len(value), rows):
        lead = np.zeros((min(rows, len(value) - start), len(value)))
        for x, part in zip(columns, weight, strict=True):
            own = x[start : start + rows, None]
            # True less true: a comparison with what is missing is neither a win nor a loss.
            lead += part * ((own > x).view(np.int8) - (own < x).view(np.int8))
        least = _ROUNDING * whole
        result[start : start + rows] = (lead > least).sum(axis=1) - (lead < -least).sum(axis=1)
    result[np.isnan(columns).all(axis=0)] = np.nan
    return result
