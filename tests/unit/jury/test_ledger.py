"""The ledger: what is written stays, and a change of one character is seen."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.jury.ledger import (
    ClockWentBack,
    LedgerBroken,
    added,
    canonical_sha256,
    head,
    ledger_text,
    read_ledger,
)

AT = datetime(2026, 2, 2, 9, 30, 15, 999, tzinfo=UTC)


def ledger():
    lines = added((), [("opened", {"jurors": ["J1"]}), ("declared", {"juror": "J1"})], AT)
    return added(lines, [("tallied", {"round": "pertama é"})], AT + timedelta(hours=1))


def test_a_ledger_reads_back_as_it_was_written():
    lines = ledger()
    assert read_ledger(ledger_text(lines)) == lines
    assert [(line.number, line.act) for line in lines] == [
        (1, "opened"),
        (2, "declared"),
        (3, "tallied"),
    ]
    assert lines[0].at == AT.replace(microsecond=0)
    assert [line.previous for line in lines] == ["0" * 64, lines[0].sha256, lines[1].sha256]
    assert head(lines) == lines[2].sha256


def test_the_hash_of_a_line_can_be_taken_by_anybody():
    import hashlib  # noqa: PLC0415 -- as a stranger would do it, by hand

    first = json.loads(ledger_text(ledger()).splitlines()[0])
    stated = first.pop("sha256")
    text = json.dumps(first, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == stated


def test_an_empty_ledger_has_no_lines():
    assert read_ledger("") == ()
    assert head(()) == "0" * 64


@given(st.data())
def test_any_changed_character_is_seen(data):
    text = ledger_text(ledger())
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda c: c != text[place]))
    with pytest.raises(LedgerBroken):
        read_ledger(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("lost", [0, 1])
def test_a_line_that_is_taken_out_is_seen(lost):
    lines = ledger_text(ledger()).splitlines(keepends=True)
    with pytest.raises(LedgerBroken, match=f"line {lost + 1}: does not follow"):
        read_ledger("".join(lines[:lost] + lines[lost + 1 :]))


def test_lines_that_change_places_are_seen():
    one, two, three = ledger_text(ledger()).splitlines(keepends=True)
    with pytest.raises(LedgerBroken, match="line 2: does not follow the line before it"):
        read_ledger(one + three + two)


def test_a_line_that_was_hashed_anew_breaks_the_next_one():
    one, two, three = ledger_text(ledger()).splitlines(keepends=True)
    changed = json.loads(two)
    changed["body"] = {"juror": "J2"}
    del changed["sha256"]
    changed["sha256"] = canonical_sha256(changed)
    text = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(LedgerBroken, match="line 3: does not follow"):
        read_ledger(f"{one}{text}\n{three}")


def test_a_line_without_its_end_is_seen():
    with pytest.raises(LedgerBroken, match="line 3: has no end"):
        read_ledger(ledger_text(ledger())[:-1])


def test_a_clock_that_went_back_is_refused():
    with pytest.raises(
        ClockWentBack, match="2026-02-02 09:00:00 UTC, but the ledger has an act of"
    ):
        added(ledger(), [("closed", {})], datetime(2026, 2, 2, 9, tzinfo=UTC))


def test_a_hash_does_not_depend_on_the_order_of_keys():
    assert canonical_sha256({"a": 1, "b": [2]}) == canonical_sha256({"b": [2], "a": 1})
