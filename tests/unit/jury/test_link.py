"""Who is compared with whom."""

import numpy as np
import pytest

from tolok.errors import NotComparable
from tolok.jury.link import entry_groups, reaches, require_comparable


def cells(text):
    """A row a juror: + where there is a score."""
    return np.array([[mark == "+" for mark in row] for row in text.split()])


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("+++", [0, 0, 0]),
        ("++- -++", [0, 0, 0]),
        ("+-- -++", [0, 1, 1]),
        ("+--+ -++- --+- ---+", [0, 1, 1, 0]),
        ("--- ---", [0, 1, 2]),
        ("+---+ -+--- --+++ -++--", [0, 0, 0, 0, 0]),
    ],
)
def test_groups_of_entries(text, groups):
    assert entry_groups(cells(text)).tolist() == groups


def test_groups_that_cannot_be_compared_are_named():
    require_comparable(cells("++- -++"), list("xyz"))
    with pytest.raises(NotComparable) as raised:
        require_comparable(cells("+--+ -++-"), list("wxyz"))
    assert raised.value.groups == [["w", "z"], ["x", "y"]]
    assert str(raised.value) == (
        "these entries cannot be compared across the bars, for no juror judged on both sides: "
        "w, z | x, y. Let a juror judge one more of each, or tally the groups apart."
    )


def test_entry_without_a_score_stands_alone():
    with pytest.raises(NotComparable) as raised:
        require_comparable(cells("+- +-"), list("xy"))
    assert raised.value.groups == [["x"], ["y"]]


def test_chains_of_wins():
    won = np.zeros((6, 6), dtype=bool)
    won[[0, 1, 2, 3, 4], [1, 2, 3, 4, 5]] = True
    assert reaches(won).tolist() == np.triu(np.ones((6, 6), dtype=bool)).tolist()
