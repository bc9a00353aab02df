"""How often a sourced handle of an Indonesian body is given back to its owner."""

import csv
import re
from dataclasses import replace

import pytest

from tolok.model import Account, Institution, Registry
from tolok.platforms import account_id
from tolok.registry.resemblance import LIKELY, Names


def key(short_name):
    return re.sub("[^a-z0-9]+", "-", short_name.casefold()).strip("-")


@pytest.fixture(scope="module")
def sourced(shared_data):
    """The registry of 331 institutions and 123 handles, page names without their spaces."""
    with (shared_data / "registry" / "institutions.csv").open(encoding="utf-8") as file:
        institutions = tuple(
            Institution(key(row["short"]), row["name"], row["short"], row["cluster"])
            for row in csv.DictReader(file)
        )
    accounts = []
    with (shared_data / "registry" / "handles.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            platform = {"website": "web"}.get(row["platform"], row["platform"])
            handle = row["handle"].rpartition("/")[2].removesuffix(" (page name)").replace(" ", "")
            owner = key(row["institution_short"])
            accounts.append(
                Account(account_id(platform, handle), owner, platform, handle.casefold())
            )
    return Registry(institutions, tuple(accounts))


def outcome(registry, account):
    """Whether the owner stands alone at the head, and how sure the head is said to be."""
    found = Names(registry).resembling(account.handle)
    if not found:
        return "nobody"
    is_alone = len(found) < 2 or found[1].score < found[0].score
    is_right = is_alone and found[0].institution_id == account.institution_id
    sureness = "likely" if found[0].score >= LIKELY else "possible"
    return f"{'owner' if is_right else 'other'}, {sureness}"


def tally(outcomes):
    outcomes = list(outcomes)
    return {one: outcomes.count(one) for one in sorted(set(outcomes))}


def test_owner_of_a_withheld_handle_stands_first_in_119_of_123(sourced):
    outcomes = tally(
        outcome(replace(sourced, accounts=tuple(a for a in sourced.accounts if a is not one)), one)
        for one in sourced.accounts
    )
    assert outcomes == {
        "nobody": 3,
        "other, possible": 1,
        "owner, likely": 113,
        "owner, possible": 6,
    }


def test_owner_is_told_by_names_alone_in_110_of_123(sourced):
    outcomes = tally(
        outcome(
            replace(
                sourced,
                accounts=tuple(
                    a for a in sourced.accounts if a.institution_id != one.institution_id
                ),
            ),
            one,
        )
        for one in sourced.accounts
    )
    assert outcomes == {
        "nobody": 5, "other, likely": 2, "other, possible": 6,
        "owner, likely": 101, "owner, possible": 9,
    }  # fmt: skip


def test_body_that_is_not_in_the_registry_is_hardly_ever_given_a_likely_owner(sourced):
    outcomes = tally(
        outcome(
            Registry(
                tuple(i for i in sourced.institutions if i.institution_id != one.institution_id),
                tuple(a for a in sourced.accounts if a.institution_id != one.institution_id),
            ),
            one,
        )
        for one in sourced.accounts
    )
    assert outcomes == {"nobody": 69, "other, likely": 2, "other, possible": 52}
