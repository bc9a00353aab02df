"""Who is compared with whom: the graph of jurors and entries, and the graph of votes."""

from collections.abc import Sequence

import numpy as np

from tolok.composite.array import BoolArray, IntArray
from tolok.errors import NotComparable


def entry_groups(is_counted: BoolArray) -> IntArray:
    """The number of the group of each entry: those of a group are joined by chains of jurors.

    A juror joins the entries that he or she scored. Numbers go by the first entry of a group.

    Shape: (jurors, entries) -> (entries,).  Missing: an entry without a score is a group alone.
    """
    group = np.arange(is_counted.shape[1])
    for row in is_counted:
        held = np.unique(group[row])
        if held.size > 1:
            group[np.isin(group, held)] = held[0]
    return np.unique(group, return_inverse=True)[1].astype(np.int64)


def require_comparable(is_counted: BoolArray, entries: Sequence[str]) -> None:
    """Nothing, where jurors join all entries.

    Raises: NotComparable with the groups of entries that cannot be compared with each other.
    """
    group = entry_groups(is_counted)
    if group.max(initial=0) > 0:
        names = np.array(entries, dtype=object)
        raise NotComparable([names[group == one].tolist() for one in range(group.max() + 1)])


def reaches(won: BoolArray) -> BoolArray:
    """Which entry (row) reaches which (column) by a chain of wins.

    Shape: (entries, entries) -> the same.
    """
    reach = won | np.eye(len(won), dtype=bool)
    for _ in range(max(len(won) - 1, 1).bit_length()):
        reach = np.einsum("ij,jk->ik", reach, reach)
    return reach
