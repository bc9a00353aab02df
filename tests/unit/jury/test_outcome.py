"""From a tally to a winner: clear, contested, tied; data, vote, override."""

from math import nan

import numpy as np
import pytest

from tolok.jury.ballot import Pair
from tolok.jury.decision import decide
from tolok.jury.outcome import Data, Outcome, contenders, outcome_of, overridden, strongest
from tolok.jury.sheet import Sheet
from tolok.jury.standing import Override

DATA_FIRST, VOTE_FIRST = ("data", "vote"), ("vote", "data")
NO_DATA = Data({})
AB, AC, BC = (Pair("c", "k", *two) for two in ("ab", "ac", "bc"))


def decision(*rows):
    """The decision on a sheet of rows of a juror each: scores of a, b, c by one criterion."""
    score = np.array(rows, dtype=np.float64)[:, :, None]
    jurors = tuple(f"J{at}" for at in range(1, len(rows) + 1))
    return decide(Sheet(jurors, ("a", "b", "c"), ("quality",), score, np.ones(1)))


CLEAR = decision((9, 5, 4), (8, 5, 4), (9, 6, 3), (8, 4, 4), (9, 5, 5))
CONTESTED = decision((10, 1, 1), (5, 6, 3), (5, 6, 3), (6, 6, 3), (6, 6, 3))
TIED = decision((8, 8, 4), (7, 8, 4), (8, 7, 3), (8, 8, 4), (8, 8, 5))
SHARED_BY_ALL = decision((8, 8, 8), (7, 7, 7), (9, 9, 9))


def test_the_cases_are_what_they_are_called():
    assert [one.status for one in (CLEAR, CONTESTED, TIED, SHARED_BY_ALL)] == [
        "clear",
        "contested",
        "tied",
        "tied",
    ]
    assert CONTESTED.leaders == ("a",)
    assert TIED.leaders == ("a", "b")


def test_a_clear_award_is_not_voted_on():
    assert contenders(CLEAR, NO_DATA, DATA_FIRST) == ()
    found = outcome_of(CLEAR, NO_DATA, DATA_FIRST, {AB: ["b", "b", "b"]})
    assert found == Outcome("clear", ("a",), ("leads_without_any_juror",))


def test_a_contested_award_is_voted_on_by_whoever_leads_without_a_juror():
    assert contenders(CONTESTED, Data({"a": 0.9}), DATA_FIRST) == ("a", "b")


@pytest.mark.parametrize(
    ("votes", "status", "winners"),
    [
        ({AB: ["b", "b", "a"]}, "decided_by_vote", ("b",)),
        ({AB: ["a", "b", "a"]}, "decided_by_vote", ("a",)),
        ({AB: ["a", "b"]}, "decided_by_data", ("b",)),
        ({}, "contested", ("a",)),
    ],
)
def test_the_vote_decides_a_contested_award(votes, status, winners):
    found = outcome_of(CONTESTED, Data({"a": 0.2, "b": 0.7, "c": 0.1}), DATA_FIRST, votes)
    assert (found.status, found.winners) == (status, winners)
    assert found.reasons == ("changes_without_juror:1",)


def test_an_equal_vote_without_data_is_shared():
    found = outcome_of(CONTESTED, NO_DATA, DATA_FIRST, {AB: ["a", "b"]})
    assert (found.status, found.winners) == ("shared", ("a", "b"))


@pytest.mark.parametrize(
    ("data", "order", "votes", "status", "winners"),
    [
        ({"a": 0.3, "b": 0.6}, DATA_FIRST, {AB: ["a"]}, "decided_by_data", ("b",)),
        ({"a": 0.3, "b": 0.6}, VOTE_FIRST, {AB: ["a"]}, "decided_by_vote", ("a",)),
        ({"a": 0.3, "b": 0.3}, DATA_FIRST, {AB: ["a"]}, "decided_by_vote", ("a",)),
        ({"a": 0.3, "b": 0.6}, VOTE_FIRST, {}, "decided_by_data", ("b",)),
        ({"a": 0.3, "b": 0.3}, DATA_FIRST, {}, "shared", ("a", "b")),
        ({"a": nan, "b": nan}, DATA_FIRST, {AB: ["a", "b"]}, "shared", ("a", "b")),
        ({"a": 0.1, "b": nan, "c": 0.8}, ("data",), {AB: ["b"]}, "decided_by_data", ("a",)),
        ({"a": 0.3, "b": 0.6}, (), {AB: ["a"]}, "shared", ("a", "b")),
    ],
)
def test_equal_leaders_are_parted_in_the_order_of_the_rules(data, order, votes, status, winners):
    found = outcome_of(TIED, Data(data), order, votes)
    assert (found.status, found.winners) == (status, winners)


@pytest.mark.parametrize(
    ("data", "order", "open_to"),
    [
        ({"a": 0.3, "b": 0.6}, DATA_FIRST, ()),
        ({"a": 0.3, "b": 0.6}, VOTE_FIRST, ("a", "b")),
        ({"a": 0.3, "b": 0.3}, DATA_FIRST, ("a", "b")),
        ({}, ("data",), ()),
    ],
)
def test_equal_leaders_are_voted_on_where_a_vote_can_matter(data, order, open_to):
    assert contenders(TIED, Data(data), order) == open_to


def test_a_vote_on_all_three_counts_every_pair():
    votes = {AB: ["a", "a", "b"], AC: ["a", "a", "a"], BC: ["b", "b", "c"]}
    assert strongest(votes) == ("a",)
    assert strongest(votes, ("b", "c")) == ("b",)


def test_a_circle_of_votes_leaves_all_equal():
    assert strongest({AB: ["a"], BC: ["b"], AC: ["c"]}) == ("a", "b", "c")
    found = outcome_of(SHARED_BY_ALL, NO_DATA, DATA_FIRST, {AB: ["a"], BC: ["b"], AC: ["c"]})
    assert found == Outcome("shared", ("a", "b", "c"), ("equal", "leads_without_any_juror"))


def test_an_override_keeps_what_the_jury_found():
    found = outcome_of(CLEAR, NO_DATA, DATA_FIRST, {})
    asked = Override("c", "k", "b", "withdrew; see minutes", ("Ana", "Budi"))
    assert overridden(found, None) is found
    assert overridden(found, asked) == Outcome(
        "overridden", ("b",), ("override:withdrew, see minutes", "leads_without_any_juror")
    )
