"""Every kind of fault in a registry is found, with its line, and sound ones find nothing."""

from dataclasses import replace
from datetime import date

import pytest

from tolok.model import Account, Institution, Lineage, Registry, Window
from tolok.registry.check import Finding, check_registry
from tolok.registry.read import read_registry
from tolok.registry.write import write_registry

WINDOW = Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
SPLIT_ON = date(2025, 6, 1)
PU = Institution("pu", "Kementerian PU", "PU", "ministries", line=2)
BMKG = Institution("bmkg", "Badan Meteorologi", "BMKG", "agencies", line=3)
PU_IG = Account(
    "instagram:@kemenpu",
    "pu",
    "instagram",
    "kemenpu",
    url="https://www.instagram.com/KemenPU/",
    grade="A",
    line=2,
)
BMKG_IG = Account("instagram:@infobmkg", "bmkg", "instagram", "infobmkg", grade="A", line=3)
SOUND = Registry((PU, BMKG), (PU_IG, BMKG_IG))


def check(registry, platforms=("instagram", "youtube")):
    return check_registry(registry, ("ministries", "agencies"), platforms, WINDOW)


def told(registry):
    """The findings, each as (severity, line, subject, problem)."""
    return [(f.severity, f.line, f.subject, f.problem) for f in check(registry)]


def with_accounts(*accounts):
    return replace(SOUND, accounts=(PU_IG, BMKG_IG, *accounts))


def test_sound_registry_has_no_finding():
    assert check(SOUND) == []


@pytest.mark.parametrize(
    ("institution", "problem"),
    [
        (replace(PU, line=4), "the institution_id stands twice (line 2)."),
        (
            Institution("tni", "TNI", "TNI", "agency", valid_to=date(2024, 1, 1), line=4),
            "'agency' is not a cluster of the edition.",
        ),
        (
            Institution("tni", "TNI", "TNI", "agencies", "", SPLIT_ON, SPLIT_ON, line=4),
            "valid_to 2025-06-01 is not after valid_from 2025-06-01.",
        ),
    ],
)
def test_fault_of_an_institution_is_found(institution, problem):
    registry = replace(SOUND, institutions=(PU, BMKG, institution))
    faults = [found for found in told(registry) if found[0] == "fault"]
    assert faults == [("fault", 4, institution.institution_id, problem)]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"institution_id": "bmgk"}, "'bmgk' is not a known institution."),
        ({"platform": "twitter"}, "'twitter' is not a known platform."),
        ({"role": "mane"}, "'mane' is not a known role."),
        ({"grade": "D"}, "'D' is not a known grade."),
        ({"counts": False}, "it does not count, and no reason is given."),
        (
            {"valid_from": SPLIT_ON, "valid_to": date(2025, 5, 1)},
            "valid_to 2025-05-01 is not after valid_from 2025-06-01.",
        ),
        (
            {"url": "https://www.facebook.com/kemenpu"},
            (
                "https://www.facebook.com/kemenpu is an address of facebook, "
                "expected one of instagram."
            ),
        ),
        ({"url": "kemenpu"}, "kemenpu is not a web address, expected one of instagram."),
        (
            {"url": "https://www.instagram.com/p/C5xAbCdEfGh/"},
            "https://www.instagram.com/p/C5xAbCdEfGh/ is not the address of a profile.",
        ),
        (
            {"url": "instagram.com/bnpb"},
            "instagram.com/bnpb names bnpb, expected humas_balai or humas_lama.",
        ),
    ],
)
def test_fault_of_an_account_is_found(change, problem):
    account = Account(
        "instagram:@humas_balai", "bmkg", "instagram", "humas_balai", grade="A", line=9
    )
    account = replace(account, past_handles=("humas_lama",), **change)
    found = told(with_accounts(account))
    assert found == [("fault", 9, "instagram:@humas_balai", problem)]


@pytest.mark.parametrize(
    "url",
    ["instagram.com/humas_balai", "https://www.instagram.com/Humas_Lama/?hl=id", ""],
)
def test_url_may_name_the_present_or_a_past_handle(url):
    account = Account(
        "instagram:@humas_balai", "bmkg", "instagram", "humas_balai", url=url, grade="A"
    )
    assert told(with_accounts(replace(account, past_handles=("humas_lama",)))) == []


@pytest.mark.parametrize(
    ("platform_id", "problems"),
    [
        ("UCa", []),
        ("", []),
        ("UCb", [("youtube.com/channel/UC0123456789012345678901 names UC0123456789012345678901, "
                 "expected UCb.")]),
    ],
)  # fmt: skip
def test_channel_address_is_held_against_the_id_and_not_the_handle(platform_id, problems):
    channel = "UC0123456789012345678901"
    account = Account(
        "youtube:@pu",
        "pu",
        "youtube",
        "pu",
        platform_id.replace("UCa", channel),
        f"youtube.com/channel/{channel}",
        grade="A",
    )
    assert [found.problem for found in check(with_accounts(account))] == problems


def test_grade_below_a_is_a_warning():
    (finding,) = check(replace(SOUND, accounts=(PU_IG, replace(BMKG_IG, grade="B"))))
    assert finding == Finding(
        "warning",
        "registry/accounts.csv",
        3,
        "instagram:@infobmkg",
        "grade B: it is not called official.",
        "Let the institution confirm it, then set grade A.",
    )
    assert str(finding) == (
        "registry/accounts.csv, line 3: instagram:@infobmkg: grade B: it is not called official. "
        "Let the institution confirm it, then set grade A."
    )


def test_account_that_stands_twice_is_found():
    found = told(with_accounts(replace(PU_IG, line=4)))
    problem = "the account stands twice for the same days (line 2)."
    assert found == [("fault", 4, "instagram:@kemenpu", problem)]


def test_account_with_two_owners_on_a_day_is_found():
    found = told(with_accounts(replace(PU_IG, institution_id="bmkg", line=4)))
    problem = "pu (line 2) and bmkg own it on the same day."
    assert found == [("fault", 4, "instagram:@kemenpu", problem)]


def test_account_that_changed_hands_has_an_owner_a_day():
    before = replace(PU_IG, valid_to=SPLIT_ON)
    after = replace(PU_IG, institution_id="bmkg", valid_from=SPLIT_ON, line=4)
    assert told(replace(SOUND, accounts=(before, BMKG_IG, after))) == []


@pytest.mark.parametrize(
    ("days", "severity", "problem"),
    [
        ({}, "fault", "instagram:@kemenpu also stands for instagram:@kemenpu (line 2)."),
        (
            {"valid_to": date(2020, 1, 1)},
            "warning",
            "instagram:@kemenpu stood for instagram:@kemenpu on other days.",
        ),
    ],
)
def test_name_that_two_accounts_claim_is_found(days, severity, problem):
    present = replace(PU_IG, valid_from=date(2020, 1, 1))
    other = Account(
        "instagram:@balai", "bmkg", "instagram", "balai", past_handles=("kemenpu",), grade="A"
    )
    found = told(replace(SOUND, accounts=(present, BMKG_IG, replace(other, line=4, **days))))
    assert found == [(severity, 4, "instagram:@balai", problem)]


def test_lookalike_handle_is_a_warning():
    account = Account("instagram:@kemenpu_", "bmkg", "instagram", "kemenpu_", grade="A", line=4)
    problem = "its handle looks like kemenpu_ of bmkg (line 4)."
    assert told(with_accounts(account)) == [("warning", 2, "instagram:@kemenpu", problem)]


def test_institution_without_a_counted_account_is_a_warning():
    accounts = (replace(PU_IG, counts=False, counts_reason="asleep"), BMKG_IG)
    problem = "no account of it counts in this edition."
    assert told(replace(SOUND, accounts=accounts)) == [("warning", 2, "pu", problem)]


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ({"valid_to": WINDOW.opens_on}, 0),
        ({"valid_from": WINDOW.closes_on}, 0),
        ({"valid_from": date(2025, 12, 31)}, 1),
    ],
)
def test_institution_outside_the_window_needs_no_account(days, count):
    tni = replace(PU, institution_id="tni", **days)
    assert len(told(replace(SOUND, institutions=(PU, BMKG, tni)))) == count


def test_counted_accounts_on_a_platform_that_the_edition_lacks_are_one_warning():
    accounts = [
        replace(PU_IG, account_id=f"x:@{name}", platform="x", handle=name, url="")
        for name in ("kemenpu", "pubinamarga")
    ]
    problem = "2 counted accounts are on a platform that the edition lacks."
    assert told(with_accounts(*accounts)) == [("warning", None, "x", problem)]


def test_faults_stand_before_warnings(tmp_path):
    lineage = (Lineage("pu", "nowhere", "split", SPLIT_ON),)
    accounts = (replace(PU_IG, grade="C"), replace(BMKG_IG, role="mane"))
    write_registry(Registry((PU, BMKG), accounts, lineage), tmp_path)
    found = check(read_registry(tmp_path))
    assert [(f.severity, f.file, f.line) for f in found] == [
        ("fault", "registry/accounts.csv", 2),
        ("fault", "registry/lineage.csv", 2),
        ("warning", "registry/accounts.csv", 3),
    ]
