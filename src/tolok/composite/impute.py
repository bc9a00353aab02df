"""What stands in for a missing value: the mean or median of the indicator, or of its peers."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.errors import IndexFault


@dataclass(frozen=True)
class Impute:
    """The mean or the median, of all units or of those of the same peer group.

    `by` names the column of peer groups; without it all units are peers.
    """

    how: str = "mean"
    by: str | None = None

    def __post_init__(self) -> None:
        """Check the name."""
        if self.how not in {"mean", "median"}:
            raise IndexFault("impute", f"no way {self.how!r}.", "There are mean and median.")


def denominate(value: FloatArray, denominator: FloatArray) -> FloatArray:
    """The value per unit of its denominator.

    Shape: any, broadcast.  Missing: NaN where either is, and where the denominator is 0.
    """
    value, denominator = np.broadcast_arrays(value, denominator)
    result = np.full(value.shape, np.nan)
    np.divide(value, denominator, out=result, where=denominator != 0)
    return result


def fillings(value: FloatArray, how: str, peer: IntArray) -> FloatArray:
    """The mean or median of each indicator in each peer group of the reference.

    Shape: (units, indicators) and (units,) -> (peers, indicators).
    Missing: NaN where a group has no value: nothing stands in for it.
    """
    count = int(peer.max(initial=-1)) + 1
    filling = np.full((count, value.shape[1]), np.nan)
    for group in range(count):
        for column in range(value.shape[1]):
            own = value[peer == group, column]
            # Sorted, so that the order of rows is not even in the last digit of the mean.
            there = np.sort(own[~np.isnan(own)])
            if there.size:
                filling[group, column] = np.median(there) if how == "median" else there.mean()
    return filling


def impute(value: FloatArray, filling: FloatArray, peer: IntArray) -> FloatArray:
    """The value, or where it is missing the filling of its peers.

    Shape: (units, indicators), (peers, indicators), (units,) -> (units, indicators).
    Missing: NaN stays where the peers have no filling, or are none of the reference (-1).
    """
    none = np.full((1, filling.shape[1]), np.nan)
    known = np.concatenate([filling, none])
    place = np.where((peer >= 0) & (peer < len(filling)), peer, len(filling))
    return np.where(np.isnan(value), known[place], value)
