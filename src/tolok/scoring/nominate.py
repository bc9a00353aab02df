"""Who goes before the jury, and who has won where the data decide alone."""

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import levels


def is_nominee(score: FloatArray, rank: IntArray, count: int) -> BoolArray:
    """Whether the rank is within the count, or the score equals that of such a one.

    Shape: (ranked institutions of a cluster,) each -> the same.
    Ties: equal scores at the cut all enter, even where a tie rule gave them different ranks.
    """
    level = levels(score)
    last = int(level[rank <= count].max(initial=-1))
    is_in: BoolArray = level <= last
    return is_in


def verdict(rank: IntArray, decision: str) -> tuple[IntArray, str]:
    """The winners of one award as indices into the ranks, and the status of the award.

    Shape: (institutions of a cluster,), 0 unranked -> (winners,).
    Ties: all that share rank 1 have won.
    """
    nobody = np.zeros(0, dtype=np.int64)
    if not (rank > 0).any():
        return nobody, "not_awarded"
    if decision == "jury":
        return nobody, "awaiting_jury"
    first = np.flatnonzero(rank == 1)
    return first, "first_by_data" if first.size == 1 else "joint_first_by_data"
