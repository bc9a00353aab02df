"""The critical value of many comparisons, from draws of which only the highest matter."""

from collections.abc import Callable

import numpy as np

from tolok.composite.array import FloatArray, IntArray

Largest = Callable[[IntArray, float], FloatArray]
"""The largest errors in some draws; those that are not above the number may be any below it."""


def critical_value(bound: FloatArray, largest: Largest, coverage: float) -> float:
    """The drawn value that the stated share of draws and of one more does not exceed.

    So with the truth as one draw more the share is kept, also with few draws: the largest number
    there is, where they are too few to say. It is never negative.

    Only the highest draws matter: those whose bound is low are never computed. The bounds of those
    that are computed are tightened in place.

    Shape: bound (draws,), no draw being larger than its bound.
    Source: Davison and Hinkley 1997, Bootstrap Methods, chapter 4 (R + 1 draws).
    """
    place = int(np.ceil(coverage * (bound.size + 1) - 1e-9))
    many = bound.size - place + 1
    if many < 1:
        return float(np.finfo(np.float64).max)
    order = np.argsort(-bound, kind="stable")
    highest, least = np.empty(0), 0.0
    for start in range(0, bound.size, max(many, 32)):
        draws = order[start : start + max(many, 32)]
        if bound[draws[0]] <= least:
            break
        found = largest(draws, least)
        bound[draws] = np.maximum(found, least)
        highest = np.sort(np.concatenate([highest, found]))[-many:]
        least = max(float(highest[0]), 0.0) if highest.size == many else 0.0
    return least
