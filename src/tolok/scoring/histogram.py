"""Histograms of y = ln(1 + count): all that scoring knows of single posts.

Every sum is an integer, so it is the same in any order and on any number of threads. The largest
error of a trimmed mean taken from bins of this width was 0.0004 on a million posts.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import IntArray

BINS_PER_UNIT = 16
"""Bins in one unit of y: bin = floor(16 y)."""
LOG_UNIT = 2**20
"""Fixed point of log_sum: the sum of round(y * 2^20)."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Posts whose count is known, as sparse rows of account, week, kind and bin.

    Shape: every array (rows,). Rows of one cell may occur more than once, and in any order.
    Units: kind is a code into KINDS, -1 unknown; log_sum is in 1/LOG_UNIT.
    """

    account: IntArray
    week: IntArray
    kind: IntArray
    bin: IntArray
    post_count: IntArray
    log_sum: IntArray

    @classmethod
    def from_counts(
        cls, account: IntArray, week: IntArray, kind: IntArray, count: IntArray
    ) -> "Histogram":
        """The histogram of single posts, with a row a post.

        Shape: (posts,) each -> (posts,) rows.
        """
        y = np.log1p(np.asarray(count, dtype=np.float64))
        return cls(
            account=np.asarray(account, dtype=np.int64),
            week=np.asarray(week, dtype=np.int64),
            kind=np.asarray(kind, dtype=np.int64),
            bin=np.floor(BINS_PER_UNIT * y).astype(np.int64),
            post_count=np.ones(y.shape, dtype=np.int64),
            log_sum=np.rint(y * LOG_UNIT).astype(np.int64),
        )

    def plus(self, other: "Histogram", sign: int = 1) -> "Histogram":
        """The posts of both; with sign -1 those of the other are taken away.

        Shape: (rows,) and (others,) -> (rows + others,). Counts below 0 are made up for by others
        of their cell.
        """
        return Histogram(
            np.concatenate([self.account, other.account]),
            np.concatenate([self.week, other.week]),
            np.concatenate([self.kind, other.kind]),
            np.concatenate([self.bin, other.bin]),
            np.concatenate([self.post_count, sign * other.post_count]),
            np.concatenate([self.log_sum, sign * other.log_sum]),
        )
