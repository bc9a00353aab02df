"""Who is credited for an account's posts, under each rule."""

from dataclasses import replace
from datetime import date

import pytest

from tolok.methodology.edition import ACCOUNT_RULES
from tolok.model import Account, Lineage, Registry
from tolok.registry.ownership import Ownership, account_names, ownership

DAY = date(2025, 6, 1)
LATER = date(2025, 9, 1)
OLD = Account("x:@pu", "pupr", "x", "pu", valid_to=DAY)
NEW = replace(OLD, institution_id="pu", valid_from=DAY, valid_to=None)


def change(kind, *pairs, day=DAY):
    return tuple(Lineage(before, after, kind, day) for before, after in pairs)


def credited(rule, accounts, lineage=(), **options):
    """What is credited, each as (institution, first day, end)."""
    spans = ownership(Registry((), tuple(accounts), tuple(lineage)), rule, **options)
    return [(span.institution_id, span.valid_from, span.valid_to) for span in spans]


@pytest.mark.parametrize("rule", ACCOUNT_RULES)
def test_account_of_one_owner_is_its_owners(rule):
    (span,) = ownership(Registry((), (replace(OLD, valid_to=None),)), rule)
    assert span == Ownership("x:@pu", "pupr", None, None)


@pytest.mark.parametrize("rule", ACCOUNT_RULES)
def test_account_that_does_not_count_is_nobodys(rule):
    assert credited(rule, [replace(OLD, counts=False)]) == []


@pytest.mark.parametrize(
    ("rule", "spans"),
    [
        ("days_owned", [("pupr", None, DAY), ("pu", DAY, None)]),
        ("heir", [("pu", None, None)]),
        ("exclude", [("pu", DAY, None)]),
    ],
)
def test_account_that_moved_to_a_part_of_its_owner(rule, spans):
    lineage = change("split", ("pupr", "pu"), ("pupr", "pkp"))
    assert credited(rule, [NEW, OLD], lineage) == spans


@pytest.mark.parametrize(
    ("rule", "spans"),
    [
        ("days_owned", [("pupr", None, None)]),
        ("heir", [("pupr", None, None)]),
        ("exclude", [("pupr", DAY, None)]),
    ],
)
def test_account_that_stayed_with_a_body_that_was_split(rule, spans):
    lineage = change("split", ("pupr", "pu"))
    assert credited(rule, [replace(OLD, valid_to=None)], lineage) == spans


@pytest.mark.parametrize("kind", ["rename", "merge", "upgrade", "downgrade"])
def test_sole_successor_inherits_an_account_that_has_no_later_row(kind):
    assert credited("heir", [OLD], change(kind, ("pupr", "pu"))) == [("pu", None, DAY)]


@pytest.mark.parametrize(
    "lineage",
    [
        change("rename", ("pupr", "pu"), ("pupr", "pkp")),
        change("rename", ("pupr", "pu")) + change("split", ("pupr", "pu"), day=LATER),
        change("dissolved", ("pupr", "pu")),
        change("dissolved", ("pupr", "")),
        (),
    ],
)
def test_account_is_not_inherited_where_the_heir_is_not_clear(lineage):
    assert credited("heir", [OLD], lineage) == [("pupr", None, DAY)]


def test_account_that_left_the_family_is_not_inherited():
    lineage = change("split", ("pupr", "pkp"))
    spans = [("pupr", None, DAY), ("pu", DAY, None)]
    assert credited("heir", [OLD, NEW], lineage) == spans


def test_inheritance_goes_on_to_the_last_heir():
    lineage = change("split", ("pupr", "pu")) + change("rename", ("pu", "kpu"), day=LATER)
    moved = replace(NEW, valid_to=LATER)
    assert credited("heir", [OLD, moved], lineage) == [("kpu", None, LATER)]


def test_inheritance_in_a_circle_ends():
    lineage = change("rename", ("pupr", "pu")) + change("rename", ("pu", "pupr"), day=LATER)
    assert credited("heir", [OLD], lineage) == [("pu", None, DAY)]


def test_heir_whose_own_row_does_not_count_still_inherits_the_earlier_days():
    lineage = change("split", ("pupr", "pu"))
    rows = [OLD, replace(NEW, counts=False)]
    assert credited("heir", rows, lineage) == [("pu", None, DAY)]


def test_exclusion_leaves_nothing_of_a_predecessor_that_ended():
    assert credited("exclude", [OLD], change("rename", ("pupr", "pu"))) == []


def test_exclusion_counts_from_the_last_change_of_hands():
    back = replace(OLD, valid_from=LATER, valid_to=None)
    rows = [OLD, replace(NEW, valid_to=LATER), back]
    assert credited("exclude", rows) == [("pupr", LATER, None)]


def test_rows_of_one_owner_are_no_change_of_hands():
    rows = [OLD, replace(OLD, valid_from=DAY, valid_to=None)]
    assert credited("exclude", rows) == [("pupr", None, None)]


def test_days_that_nobody_owns_stay_a_gap():
    rows = [OLD, replace(OLD, valid_from=LATER, valid_to=None)]
    assert credited("days_owned", rows) == [("pupr", None, DAY), ("pupr", LATER, None)]


@pytest.mark.parametrize("rule", ["heir", "exclude"])
def test_change_after_the_window_is_not_known_to_the_edition(rule):
    lineage = change("rename", ("pupr", "pu"))
    assert credited(rule, [OLD, NEW], lineage, closes_on=DAY) == [("pupr", None, DAY)]


def test_order_is_by_account_and_day():
    other = replace(OLD, account_id="x:@ab", valid_to=None)
    spans = ownership(Registry((), (NEW, other, OLD)), "days_owned")
    found = [(span.account_id, span.valid_from) for span in spans]
    assert found == [("x:@ab", None), ("x:@pu", None), ("x:@pu", DAY)]


def test_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="nearest"):
        credited("nearest", [OLD])


def test_every_name_leads_to_its_account():
    account = Account(
        "youtube:@pu", "pu", "youtube", "pu", platform_id="UCpu", past_handles=("pupr", "kemenpu")
    )
    assert account_names(Registry((), (account,))) == {
        "youtube:@pu": "youtube:@pu",
        "youtube:UCpu": "youtube:@pu",
        "youtube:@pupr": "youtube:@pu",
        "youtube:@kemenpu": "youtube:@pu",
    }


def test_present_handle_goes_before_a_past_one():
    first = Account("x:@b", "b", "x", "b", valid_to=DAY)
    later = Account("x:@c", "c", "x", "c", valid_from=DAY, past_handles=("b",))
    names = {"x:@b": "x:@b", "x:@c": "x:@c"}
    assert account_names(Registry((), (first, later))) == names


def test_later_account_goes_before_an_earlier_one():
    first = Account("x:1", "b", "x", "pu", platform_id="1", valid_to=DAY)
    later = Account("x:2", "c", "x", "pu", platform_id="2", valid_from=DAY)
    names = account_names(Registry((), (later, first)))
    assert names == {"x:1": "x:1", "x:2": "x:2", "x:@pu": "x:2"}
