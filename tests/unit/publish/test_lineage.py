"""Who an institution was: the same, renamed, merged, split off, or new."""

from datetime import date

import pytest

from tolok.model import Lineage, Window
from tolok.publish.lineage import identity_of

EARLIER = Window(date(2024, 1, 1), date(2024, 7, 1), "Asia/Jakarta")
LATER = Window(date(2025, 1, 1), date(2025, 7, 1), "Asia/Jakarta")


def change(predecessor, successor, name, day="2024-10-01"):
    return Lineage(predecessor, successor, name, date.fromisoformat(day))


def identity(institution_id, lineage, known):
    found = identity_of(institution_id, lineage, known, EARLIER, LATER)
    return found.earlier_id, found.origin, found.predecessors


def test_same_id_is_the_same_institution_whatever_the_lineage_says():
    assert identity("a", [change("b", "a", "rename")], {"a", "b"}) == ("a", "same", ())


@pytest.mark.parametrize("name", ["rename", "upgrade", "downgrade"])
def test_renamed_institution_is_found_under_its_old_id(name):
    assert identity("new", [change("old", "new", name)], {"old"}) == ("old", "renamed", ("old",))


def test_chain_of_renames_is_followed_to_the_first_known_id():
    lineage = [change("one", "two", "rename"), change("two", "three", "rename")]
    assert identity("three", lineage, {"one"}) == ("one", "renamed", ("one",))


def test_merger_is_compared_with_none_of_its_parts():
    lineage = [change("a", "c", "merge"), change("b", "c", "merge")]
    assert identity("c", lineage, {"a", "b"}) == (None, "merged", ("a", "b"))


def test_part_that_was_split_off_is_not_compared_with_the_whole():
    assert identity("b", [change("a", "b", "split")], {"a"}) == (None, "split", ("a",))


def test_institution_without_a_past_is_new():
    assert identity("b", [], {"a"}) == (None, "new", ())
    assert identity("b", [change("a", "b", "new")], {"a"}) == (None, "new", ("a",))


def test_circle_of_renames_ends():
    lineage = [change("a", "b", "rename"), change("b", "a", "rename")]
    assert identity("a", lineage, {"z"}) == (None, "new", ())


def test_merges_and_splits_since_the_earlier_window_are_events():
    lineage = [
        change("other", "a", "merge", "2024-10-01"),
        change("a", "part", "split", "2024-09-01"),
        change("a", "a", "split", "2024-09-01"),
        change("old", "a", "merge", "2023-12-31"),
        change("late", "a", "merge", "2025-07-01"),
    ]
    found = identity_of("a", lineage, {"a"}, EARLIER, LATER)
    assert [(row.predecessor_id, row.successor_id) for row in found.events] == [
        ("a", "part"),
        ("other", "a"),
    ]
