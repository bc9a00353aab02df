"""The channels and the institutions as data for the verify box and the search box."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tolok.publish.channels import build_channels, names_of, state_of
from tolok.publish.institution_index import build_index


def value_of(parts, name):
    """The data of one script."""
    ((path, text),) = parts
    assert path == f"assets/data/{name}.js"
    head, _, value = text.partition(" = window.tolok || {})")[2].partition(" = ")
    assert head == f'["{name}"]'
    return json.loads(value.rstrip(";\n"))


def test_channels_hold_every_account_with_its_evidence(results):
    rows = value_of(build_channels(results), "channels")
    assert len(rows) == len(results.accounts) == 22
    assert rows[:2] == [
        ["instagram", ["akun0", "0"], "Kementerian Awan", "institutions/kementerian-awan.html",
         "official", "", "https://contoh.go.id/tautan", "2025-05-19",
         "https://instagram.com/akun0", ""],
        ["youtube", ["kanal0", "0"], "Kementerian Awan", "institutions/kementerian-awan.html",
         "unconfirmed", "", "", "", "", ""],
    ]  # fmt: skip


def test_addresses_that_are_none_are_left_out(results, invented):
    rows = value_of(build_channels(results), "channels")
    hostile = [row for row in rows if row[2] == invented.HOSTILE_NAME]
    assert [row[8] for row in hostile] == ["", ""]


@pytest.mark.parametrize(
    ("is_official", "valid_to", "state"),
    [
        (True, None, "official"),
        (True, date(2025, 3, 1), "past"),
        (False, None, "unconfirmed"),
        (False, date(2025, 3, 1), "unconfirmed"),
    ],
)
def test_only_present_accounts_of_grade_a_are_official(results, is_official, valid_to, state):
    account = replace(results.accounts[0], is_official=is_official, valid_to=valid_to)
    assert state_of(account) == state


@pytest.mark.parametrize(
    ("handle", "account_id", "names"),
    [
        ("kemuji", "instagram:@kemuji", ["kemuji"]),
        ("kemuji", "youtube:UCabc", ["kemuji", "UCabc"]),
        (None, "youtube:UCabc", ["UCabc"]),
        (None, "", []),
    ],
)
def test_account_is_known_by_its_handle_and_its_id(results, handle, account_id, names):
    account = replace(results.accounts[0], handle=handle, account_id=account_id)
    assert names_of(account) == names


def test_institutions_stand_by_name_with_their_cluster(results, invented):
    data = value_of(build_index(results), "institutions")
    assert data["clusters"][1] == {"id": "Lembaga", "en": "Agencies"}
    names = [row[0] for row in data["rows"]]
    assert len(names) == 12
    assert names == sorted(names, key=str.casefold)
    assert ["Badan Fajar", "Fajar", 1, "institutions/badan-fajar.html"] in data["rows"]
