"""Accounts of invented institutions: handles, roles, addresses and owners by date."""

import re
from collections import Counter, defaultdict

import pytest

from tolok.simulate.accounts import open_accounts, registry_rows
from tolok.simulate.institutions import invent_institutions
from tolok.simulate.plan import SimulationPlan

LONGEST = {"instagram": 30, "facebook": 50, "x": 15, "youtube": 30, "tiktok": 24, "web": 63}


def opened(plan):
    institutions = invent_institutions(plan)
    return institutions, open_accounts(plan, institutions)


@pytest.fixture(scope="module")
def edition():
    return opened(SimulationPlan())


def test_about_seven_hundred_accounts_belong_to_211_institutions(edition):
    _, accounts = edition
    assert Counter(account.row.platform for account in accounts) == {
        "instagram": 230,
        "facebook": 147,
        "x": 139,
        "youtube": 107,
        "tiktok": 45,
        "web": 41,
    }


@pytest.mark.parametrize("count", [12, 211, 2000])
def test_every_handle_says_that_it_is_simulated_and_fits_its_platform(count):
    _, accounts = opened(SimulationPlan(institutions=count))
    for account in accounts:
        handle = account.row.handle
        assert "simulasi" in handle
        assert len(handle) <= LONGEST[account.row.platform]
        assert handle == handle.casefold()
    assert len({account.row.account_id for account in accounts}) == len(accounts)


def test_websites_stand_under_the_reserved_domain(edition):
    _, accounts = edition
    hosts = [account.row.url for account in accounts if account.row.platform == "web"]
    assert all(re.fullmatch(r"https://simulasi-[a-z]+\.example/", host) for host in hosts)


def test_youtube_accounts_are_known_by_their_channel_ids(edition):
    _, accounts = edition
    for account in accounts:
        if account.row.platform == "youtube":
            assert re.fullmatch(r"UCsimulasi[0-9a-f]{14}", account.export_id)
            assert account.row.account_id == f"youtube:{account.export_id}"
            assert account.row.url.endswith(f"/channel/{account.export_id}")


def test_accounts_of_leaders_do_not_count_and_say_why(edition):
    institutions, accounts = edition
    leaders = [row for row in registry_rows(accounts, institutions) if row.role == "leader"]
    assert leaders
    assert {(row.counts, row.counts_reason) for row in leaders} == {
        (False, "akun pribadi pimpinan / the head's own account")
    }


def test_owners_of_an_account_follow_each_other_without_gap(edition):
    institutions, accounts = edition
    owners = defaultdict(list)
    for row in registry_rows(accounts, institutions):
        owners[row.account_id].append(row)
    inherited = {key: rows for key, rows in owners.items() if len(rows) > 1}
    assert inherited
    for first, second in inherited.values():
        assert (first.valid_from, second.valid_to) == (None, None)
        assert first.valid_to == second.valid_from


def test_inherited_accounts_pass_on_at_the_date_of_the_lineage(edition):
    institutions, accounts = edition
    lineage = {
        (row.predecessor_id, row.successor_id, row.effective_on) for row in institutions.lineage
    }
    for account in accounts:
        if len(account.owners) > 1:
            (before, _, ends_on), (after, _, _) = account.owners
            rows = institutions.rows
            pair = (rows[before].institution_id, rows[after].institution_id, ends_on)
            assert pair in lineage


def test_account_closed_at_a_merger_stays_with_the_heir_and_does_not_count(edition):
    institutions, accounts = edition
    closed = {a.row.account_id for a in accounts if a.stops_on}
    rows = [row for row in registry_rows(accounts, institutions) if row.account_id in closed]
    assert closed
    assert {(bool(r.valid_from), r.counts, r.counts_reason) for r in rows} == {
        (False, True, ""),
        (True, False, "closed at the merger"),
    }


def test_renamed_account_remembers_another_handle(edition):
    _, accounts = edition
    renamed = [account.row for account in accounts if account.row.past_handles]
    assert [(row.platform, row.role) for row in renamed] == [("instagram", "main")]
    names = [name for account in accounts for name in account.row.names]
    assert len(names) == len(set(names))


def test_one_institution_keeps_to_a_single_platform(edition):
    institutions, accounts = edition
    platforms = defaultdict(set)
    for account in accounts:
        platforms[account.voice].add(account.row.platform)
    assert platforms[institutions.steady[0]] == {"instagram"}
