"""The registries that the templates ship: complete, sourced, and official only where confirmed."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import tolok
from tolok.methodology.document import Document
from tolok.methodology.edition import read_edition
from tolok.model import Registry
from tolok.platforms import handle_from_url, profile_url
from tolok.registry.check import check_registry
from tolok.registry.ownership import account_names, ownership
from tolok.registry.read import read_registry
from tolok.registry.write import write_registry

TEMPLATES = Path(tolok.__file__).parent / "templates"
STARTER = TEMPLATES / "gsm-2025" / "registry"
CLUSTERS = {
    "kementerian": "ministries",
    "lembaga": "agencies",
    "pemerintah daerah": "local-governments",
    "perguruan tinggi": "universities",
}


@pytest.fixture(scope="module")
def starter():
    return read_registry(STARTER)


def rows(path):
    """The rows of a CSV; sources write one phrase with a comma that they do not quote."""
    text = path.read_text("utf-8").replace("public code, address", "public code; address")
    return list(csv.DictReader(text.splitlines()))


def stated_handle(platform, stated):
    """A handle as a source states it, also as user/NAME, c/NAME or channel/ID of YouTube."""
    url = f"https://www.youtube.com/{stated}" if "/" in stated else profile_url(platform, stated)
    return handle_from_url(platform, url)


def test_starter_holds_331_institutions_in_four_clusters(starter):
    assert Counter(institution.cluster for institution in starter.institutions) == {
        "ministries": 57,
        "agencies": 82,
        "local-governments": 95,
        "universities": 97,
    }
    assert len({institution.institution_id for institution in starter.institutions}) == 331


def test_starter_has_no_fault(starter):
    edition = read_edition(Document(TEMPLATES / "gsm-2025" / "edition.toml"))
    clusters = [cluster.name for cluster in edition.clusters]
    found = check_registry(starter, clusters, edition.platforms, edition.window)
    assert [str(finding) for finding in found if finding.severity == "fault"] == []


def test_only_official_accounts_of_social_platforms_count(starter):
    counted = [account for account in starter.accounts if account.counts]
    assert [a.account_id for a in counted if not a.is_official or a.platform == "web"] == []
    assert Counter(account.platform for account in counted) == {
        "instagram": 5,
        "tiktok": 4,
        "x": 2,
        "youtube": 1,
    }


def test_every_row_says_where_it_is_from(starter):
    every = (*starter.institutions, *starter.accounts, *starter.lineage)
    assert [row for row in every if not row.evidence] == []


def test_split_of_2024_is_dated(starter):
    ended = {i.institution_id for i in starter.institutions if i.valid_to == date(2024, 10, 21)}
    assert ended == {
        "kemendikbudristek",
        "kemenko-marves",
        "kemenkopukm",
        "kemenkumham",
        "kemenparekraf",
        "kementerian-pupr",
        "klhk",
        "kominfo",
    }
    changes = {(c.predecessor_id, c.successor_id): c.change for c in starter.lineage}
    assert changes["kementerian-pupr", "kementerian-pkp"] == "split"
    assert changes["kominfo", "kemkomdigi"] == "rename"
    assert changes["kementerian-bumn", "bp-bumn"] == "downgrade"
    assert changes["bp-haji", "kemenhaj"] == "upgrade"
    assert changes["", "kemenko-pm"] == "new"


def test_account_of_a_renamed_office_changes_hands_and_waits_for_confirmation(starter):
    owners = [
        (a.institution_id, a.valid_from, a.valid_to, a.counts, a.grade)
        for a in starter.accounts
        if a.account_id == "instagram:@pco.ri"
    ]
    renamed_on = date(2025, 9, 1)
    assert owners == [
        ("bakom", renamed_on, None, False, "C"),
        ("pco", None, renamed_on, True, "A"),
    ]


@pytest.mark.parametrize(
    ("rule", "credited"),
    [
        ("days_owned", {"instagram:@pco.ri": "pco", "tiktok:@setkabgoid": "setkab"}),
        ("heir", {"instagram:@pco.ri": "bakom", "tiktok:@setkabgoid": "kemensetneg"}),
        ("exclude", {"tiktok:@setkabgoid": "setkab"}),
    ],
)
def test_renamed_and_merged_bodies_are_credited_by_the_rule(starter, rule, credited):
    spans = ownership(starter, rule)
    asked = ("instagram:@pco.ri", "tiktok:@setkabgoid")
    assert {s.account_id: s.institution_id for s in spans if s.account_id in asked} == credited


def test_every_account_goes_by_its_name(starter):
    names = account_names(starter)
    assert {names[account.account_id] for account in starter.accounts} == set(names.values())


def test_starter_is_as_the_registry_is_written(starter, tmp_path):
    write_registry(starter, tmp_path)
    for name in ("institutions.csv", "accounts.csv", "lineage.csv"):
        written = (tmp_path / name).read_text("utf-8")
        assert (STARTER / name).read_text("utf-8") == written


def test_registry_of_the_small_template_is_headers_only():
    assert read_registry(TEMPLATES / "instagram-only" / "registry") == Registry((), ())


def test_every_sourced_institution_is_there(starter, shared_data):
    sourced = rows(shared_data / "registry" / "institutions.csv")
    assert sorted((i.short_name, i.institution, i.cluster) for i in starter.institutions) == sorted(
        (row["short"], row["name"], CLUSTERS[row["cluster"]]) for row in sourced
    )


def test_every_sourced_handle_is_there_with_its_grade(starter, shared_data):
    names = {i.institution_id: i.short_name for i in starter.institutions}
    held = {
        (names[a.institution_id], a.platform, a.handle or a.platform_id, a.grade)
        for a in starter.accounts
        if a.institution_id != "bakom"  # what followed a rename stands in no source
    }
    held |= {
        (names[row["institution_id"]], row["platform"], row["stated"], row["grade"])
        for row in rows(STARTER / "unconfirmed.csv")
        if row["kind"] == "account"
    }
    sourced = set()
    for row in rows(shared_data / "registry" / "handles.csv"):
        platform = row["platform"].replace("website", "web")
        name = row["handle"].removesuffix(" (page name)")
        handle = name if name != row["handle"] else stated_handle(platform, name)
        sourced.add((row["institution_short"], platform, handle, row["grade"]))
    assert len(sourced) == 123
    assert held == sourced


def test_every_sourced_change_is_there(starter, shared_data):
    sourced = rows(shared_data / "registry" / "lineage.csv")
    parts = sum(len(row["successor"].split("; ")) for row in sourced)
    noted = [row for row in rows(STARTER / "unconfirmed.csv") if row["kind"] == "lineage"]
    assert len(starter.lineage) + len(noted) == parts
