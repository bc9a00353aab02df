"""The tally of a table of votes on pairs."""

from typing import Any

import pytest

import tolok
from tolok.errors import FaultsFound, NotComparable

VOTES: dict[str, list[Any]] = {
    "first": ["x", "y", "x", "z", "y", "x"],
    "second": ["y", "x", "z", "x", "z", "y"],
    "winner": ["x", "x", "x", "z", "y", "y"],
}


def faults(raised):
    """The faults of a group as texts."""
    return [str(one) for one in raised.value.exceptions]


def test_ranks_of_votes():
    found = tolok.pair_tally(VOTES)
    ranks = found.ranks().to_pydict()
    assert ranks["entry"] == ["x", "y", "z"]
    assert ranks["rank"] == [1, 2, 3]
    assert ranks["votes"] == [5, 4, 3]
    assert ranks["wins"] == [3, 2, 1]
    assert sum(ranks["strength"]) == pytest.approx(0, abs=1e-12)
    assert sum(ranks["chance_best"]) == pytest.approx(1)
    assert ranks["chance_best"] == sorted(ranks["chance_best"], reverse=True)
    assert not found.strengths.is_separated
    assert tolok.pair_tally(VOTES).ranks() == found.ranks()


def test_vote_without_a_winner_is_no_vote():
    row = ("x", "y", None)
    more = {name: [*cells, last] for (name, cells), last in zip(VOTES.items(), row, strict=True)}
    assert tolok.pair_tally(more).ranks() == tolok.pair_tally(VOTES).ranks()


def test_who_was_first_counts_where_it_is_asked_for():
    always = {
        "first": ["x", "y"] * 6 + ["x", "y"],
        "second": ["y", "x"] * 6 + ["y", "x"],
        "winner": ["x", "y"] * 6 + ["y", "x"],
    }
    found = tolok.pair_tally(always, has_order=True)
    assert found.strengths.order > 1
    assert found.ranks()["rank"].to_pylist() == [1, 1]
    assert found.ranks()["chance_best"].to_pylist() == pytest.approx([0.5, 0.5], abs=0.05)


def test_faults_of_votes_are_told_at_once():
    with pytest.raises(FaultsFound) as raised:
        tolok.pair_tally({"first": ["x", None], "second": ["y", "y"], "winner": ["z", "y"]})
    assert faults(raised) == [
        "row 1: z won without being shown.",
        "row 2: does not name two entries.",
    ]
    with pytest.raises(FaultsFound) as raised:
        tolok.pair_tally({"first": ["x"], "second": ["y"], "winer": ["x"]})
    assert faults(raised) == ["column winner: no such column. Did you mean 'winer'?"]


def test_entries_that_no_vote_joins_are_named():
    with pytest.raises(NotComparable, match=r"x, y \| z"):
        tolok.pair_tally({"first": ["x", "y"], "second": ["y", "z"], "winner": ["x", None]})
