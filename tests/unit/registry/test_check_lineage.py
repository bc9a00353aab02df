"""Lineage that names unknown bodies, contradicts dates or leaves accounts without an owner."""

from dataclasses import replace
from datetime import date

import pytest

from tolok.model import Account, Institution, Lineage, Registry, Window
from tolok.registry.check_lineage import lineage_findings

WINDOW = Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
DAY = date(2025, 6, 1)
OLD = Institution("pupr", "Kementerian PUPR", "PUPR", "ministries", valid_to=DAY)
PU = Institution("pu", "Kementerian PU", "PU", "ministries", valid_from=DAY)
PKP = Institution("pkp", "Kementerian PKP", "PKP", "ministries", valid_from=DAY)
RENAME = Lineage("pupr", "pu", "rename", DAY, line=2)
ACCOUNT = Account("x:@kemenpu", "pupr", "x", "kemenpu", valid_to=DAY, grade="A", line=2)
HEIR = replace(ACCOUNT, institution_id="pu", valid_from=DAY, valid_to=None, line=3)


def told(*lineage, institutions=(OLD, PU, PKP), accounts=(), window=WINDOW):
    """The findings, each as (severity, line, problem)."""
    registry = Registry(institutions, accounts, lineage)
    return [(f.severity, f.line, f.problem) for f in lineage_findings(registry, window)]


@pytest.mark.parametrize(
    "change",
    [
        RENAME,
        Lineage("pupr", "pu", "split", DAY),
        Lineage("", "pu", "new", DAY),
        Lineage("pupr", "", "dissolved", DAY),
        Lineage("pupr", "pu", "dissolved", DAY),
    ],
)
def test_sound_change_has_no_finding(change):
    assert told(change) == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"change": "renamed"}, "'renamed' is not a known change."),
        ({"predecessor_id": "pur"}, "the predecessor 'pur' is not in institutions.csv."),
        ({"successor_id": "pk"}, "the successor 'pk' is not in institutions.csv."),
        ({"predecessor_id": ""}, "the predecessor is empty."),
        ({"successor_id": ""}, "the successor is empty."),
        ({"change": "new"}, "what is new has no predecessor."),
        (
            {"predecessor_id": "pkp", "change": "split"},
            "pkp begins on 2025-06-01, not before.",
        ),
        ({"predecessor_id": "pu", "successor_id": "pupr", "effective_on": date(2025, 7, 1),
          "change": "split"}, "pupr ends on 2025-06-01, not after."),
        ({"effective_on": date(2025, 5, 1)}, "pupr ends on 2025-06-01."),
    ],
)  # fmt: skip
def test_fault_of_a_change_is_found_with_its_line(cells, problem):
    assert told(replace(RENAME, line=7, **cells)) == [("fault", 7, problem)]


def test_change_into_itself_is_found():
    found = told(Lineage("pupr", "pupr", "split", date(2020, 1, 1), line=4))
    assert found == [("fault", 4, "predecessor and successor are one.")]


def test_change_that_stands_twice_is_found():
    found = told(RENAME, replace(RENAME, line=3))
    assert found == [("fault", 3, "the change stands twice (line 2).")]


def test_predecessor_that_competes_on_is_a_warning():
    found = told(RENAME, institutions=(replace(OLD, valid_to=None), PU))
    assert found == [("warning", 2, "pupr has no valid_to: it competes on.")]


@pytest.mark.parametrize(
    ("account", "severity"),
    [
        (ACCOUNT, "fault"),
        (replace(ACCOUNT, valid_to=None), "fault"),
        (replace(ACCOUNT, counts=False), "warning"),
    ],
)
def test_account_without_an_owner_after_the_change_is_found(account, severity):
    problem = "pupr ended on 2025-06-01; no row names an owner from then on."
    assert told(RENAME, accounts=(account,)) == [(severity, 2, problem)]


def test_account_that_outlives_its_owner_is_found_beside_its_heir_row():
    found = told(RENAME, accounts=(replace(ACCOUNT, valid_to=None), HEIR))
    problem = "pupr ended on 2025-06-01; no row names an owner from then on."
    assert found == [("fault", 2, problem)]


@pytest.mark.parametrize(
    "accounts",
    [
        (ACCOUNT, HEIR),
        (ACCOUNT, replace(HEIR, counts=False, counts_reason="closed")),
        (replace(ACCOUNT, valid_to=date(2025, 3, 1)),),  # closed before its owner ended
        (replace(ACCOUNT, institution_id="pu", valid_to=None),),
        (replace(ACCOUNT, institution_id="unknown"),),
    ],
)
def test_account_with_an_owner_or_an_end_is_no_orphan(accounts):
    assert told(RENAME, accounts=accounts) == []


def test_orphan_after_the_window_is_a_warning():
    earlier = Window(date(2024, 1, 1), DAY, "Asia/Jakarta")
    assert [found[0] for found in told(RENAME, accounts=(ACCOUNT,), window=earlier)] == ["warning"]


def test_remedy_names_the_heirs():
    lineage = (Lineage("pupr", "pu", "split", DAY), Lineage("pupr", "pkp", "split", DAY))
    registry = Registry((OLD, PU, PKP), (ACCOUNT,), lineage)
    (finding,) = lineage_findings(registry, WINDOW)
    assert finding.remedy == (
        "Set valid_to to 2025-06-01 and add a row for the owner after it, perhaps pu or pkp; "
        "counts may be no there, with a reason."
    )
