"""Posts of histograms under weights of the weeks, as the running sums that trimmed means need."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from tolok.composite.array import FloatArray, IntArray, or_zero, quotient
from tolok.scoring.histogram import LOG_UNIT


@dataclass(frozen=True, eq=False)
class Cells:
    """Posts by account and bin under weights of the weeks, sorted by account, then bin.

    Running sums are what trimmed means are read from, so it is these that are held: in a draw
    nothing has to be added up over cells. Sums of logs are wanted at the two cuts of an account
    alone, so their weeks are not added up before they are asked for.

    Shape: account and bin are (cells,), start is (runs,): where the cells of each account that has
    any begin; posts_up_to is (..., cells), with the leading axes of the weights (..., weeks):
    the account's posts in this cell and all before it. weekly_sums has those of the logs by week,
    (cells, weeks): the weeks of a cell are read together.
    """

    account: IntArray
    bin: IntArray
    start: IntArray
    posts_up_to: FloatArray
    weekly_sums: FloatArray
    week_weights: FloatArray

    @cached_property
    def end(self) -> IntArray:
        """The last cell of each account that has any. Shape: (runs,)."""
        return np.append(self.start[1:], self.account.size)[: self.start.size] - 1

    @cached_property
    def post_count(self) -> FloatArray:
        """The posts of each cell. Shape: (..., cells)."""
        return self._less_before(self.posts_up_to)

    @property
    def y(self) -> FloatArray:
        """The mean of the cell's own posts, 0 where it has none.

        Shape: (..., cells).
        """
        log_sum = self._less_before(self.week_weights @ self.weekly_sums.T)
        return or_zero(quotient(log_sum, self.post_count)) / LOG_UNIT

    def sums_at(self, cell: IntArray) -> tuple[FloatArray, FloatArray]:
        """The sum of the account's logs up to some cells, and the part of the cells themselves.

        Shape: (..., places) -> the same each.
        """
        used = np.zeros(self.account.size, dtype=np.bool_)
        used[cell] = True
        row = np.flatnonzero(used)
        up_to, before = self.weekly_sums[row], self.weekly_sums[row - 1]
        before[np.isin(row, self.start)] = 0.0
        place = flat_places((np.cumsum(used) - 1)[cell], row.size)
        sums, part = (self.week_weights @ weekly.T for weekly in (up_to, up_to - before))
        return sums.ravel().take(place), part.ravel().take(place)

    def _less_before(self, up_to: FloatArray) -> FloatArray:
        """What each cell adds to a running sum."""
        own = np.diff(up_to, prepend=up_to.dtype.type(0))
        own[..., self.start] = up_to[..., self.start]
        return own


def flat_places(place: IntArray, width: int) -> IntArray:
    """Places along the last axis of an array of this width, counted through all its rows.

    Shape: (..., places) -> the same.
    """
    rows = np.arange(prod(place.shape[:-1])) * width
    flat: IntArray = place + rows.reshape(*place.shape[:-1], 1)
    return flat
