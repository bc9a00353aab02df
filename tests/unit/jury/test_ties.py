"""Declared ties: which bind, and what is wrong with a declaration."""

from datetime import UTC, date, datetime

import pytest

from tolok.errors import FaultsFound
from tolok.jury.declaration import DeclarationForm, ReturnedDeclaration, Tie, TieRow
from tolok.jury.ties import binds, check_declaration, grounds

TODAY = date(2026, 2, 2)
FORM = DeclarationForm("contoh-2026", "J2", "lock", ("a", "b", "c"))
HEAD = {"edition": "contoh-2026", "juror": "J2", "lock_hash": "lock"}


@pytest.mark.parametrize(
    ("kind", "ended_on", "is_bound"),
    [
        ("employer", None, True),
        ("employer", date(2023, 2, 3), True),
        ("employer", date(2023, 2, 2), False),
        ("contract", date(2027, 1, 1), True),
        ("contract", date(2020, 1, 1), False),
        ("seat", date(2024, 2, 29), True),
        ("kin", date(1990, 1, 1), True),
        ("other", date(1990, 1, 1), True),
    ],
)
def test_a_tie_binds_for_the_years_of_the_rule_or_for_ever(kind, ended_on, is_bound):
    assert binds(Tie("a", kind, ended_on, "r"), TODAY, 3) is is_bound


def test_only_a_choice_is_no_rule():
    assert grounds(Tie("a", "other", None, "r")) == "choice"
    assert grounds(Tie("a", "kin", None, "r")) == "rule"


def declaration(*rows, head=HEAD, is_signed=True):
    return ReturnedDeclaration("J2.xlsx", head, rows, is_signed)


def problems(returned):
    with pytest.raises(FaultsFound) as refused:
        check_declaration(FORM, returned)
    return [vars(fault)["problem"] for fault in refused.value.exceptions]


def test_a_declaration_without_ties_is_one():
    assert check_declaration(FORM, declaration(TieRow("A5", "a", None, None, None))) == ()


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 6, 30),
        datetime(2025, 6, 30, 12, tzinfo=UTC),
        "2025-06-30",
        " 2025-06-30T00:00:00",
    ],
)
def test_ties_are_read_in_the_order_of_institutions(cell):
    rows = (
        TieRow("A6", "b", "employer", cell, " consultant until June "),
        TieRow("A5", "a", "kin", None, "brother"),
    )
    assert check_declaration(FORM, declaration(*rows)) == (
        Tie("a", "kin", None, "brother"),
        Tie("b", "employer", date(2025, 6, 30), "consultant until June"),
    )


def test_all_faults_of_a_declaration_are_told_at_once():
    rows = (
        TieRow("A5", "a", "friend", None, "r"),
        TieRow("A6", "b", None, None, "works there"),
        TieRow("A7", "c", "kin", "30/06/2025", " "),
        TieRow("A8", "z", "kin", None, "r"),
    )
    head = HEAD | {"juror": "J1", "lock_hash": "old"}
    assert problems(declaration(*rows, head=head, is_signed=False)) == [
        "is of the juror 'J1', not of 'J2'.",
        "is an old form: the rules were locked anew after it was issued.",
        "is not signed.",
        "'friend' is no kind of tie.",
        "has no kind of tie.",
        "has no reason.",
        "'30/06/2025' is no date.",
        "'z' is no institution of the edition.",
    ]


def test_an_institution_that_stands_twice_is_refused():
    rows = [TieRow(f"A{row}", "a", "kin", None, "brother") for row in (5, 6)]
    assert problems(declaration(*rows)) == ["a: stands twice."]
