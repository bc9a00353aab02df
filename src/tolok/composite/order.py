"""Quartiles of a small set, and an interval of its median that supposes no distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from statistics import quantiles

MIN_VALUES = 3
"""Fewer values say nothing of what is usual."""
_LEVEL = 0.95


@dataclass(frozen=True)
class Middle:
    """The median of some values, its interval of 95%, and their quartiles.

    Missing: low and high are None where no interval of that level exists, with fewer than six
    values.
    """

    count: int
    median: float
    low: float | None
    high: float | None
    low_quartile: float
    high_quartile: float


def middle_of(values: Sequence[float]) -> Middle | None:
    """The middle of some values.

    Missing: None with fewer than MIN_VALUES values.

    >>> middle_of([3, 1, 2])
    Middle(count=3, median=2.0, low=None, high=None, low_quartile=1.5, high_quartile=2.5)
    """
    if len(values) < MIN_VALUES:
        return None
    ordered = sorted(float(value) for value in values)
    quarter, median, three_quarters = quantiles(ordered, n=4, method="inclusive")
    place = order_place(len(ordered))
    return Middle(
        count=len(ordered),
        median=median,
        low=ordered[place - 1] if place else None,
        high=ordered[-place] if place else None,
        low_quartile=quarter,
        high_quartile=three_quarters,
    )


def order_place(count: int, level: float = _LEVEL) -> int:
    """The place k such that the k-th smallest and the k-th largest value bracket the median.

    Shape: 1 is the smallest; 0 where even the whole range is no interval of the level.
    Source: the sign test turned round; Conover 1999, Practical Nonparametric Statistics, 3.2.

    >>> [order_place(count) for count in (5, 6, 20, 100)]
    [0, 1, 6, 40]
    """
    allowed = (1 - level) / 2 * 2.0**count
    place, below = 0, 0
    while place < count / 2 and (below := below + comb(count, place)) <= allowed:
        place += 1
    return place
