"""The cheaters planted in a simulated edition are flagged, and hardly anybody else is."""

import csv
import shutil
from collections import Counter, defaultdict

import pyarrow.parquet as pq
import pytest
from tests.edition_cases import make_edition

from tolok.pipeline.machine import Machine
from tolok.pipeline.score import score
from tolok.simulate import SimulationPlan

PLAN = SimulationPlan(institutions=20, posts=20_000, comments=15_000, seed=7)
RARE = 0.03
PLANTED = {
    "burst": ("buyer", "crisis"),
    "like_burst": ("buyer",),
    "follower_jump": ("bought_followers",),
    "repeated_comments": ("bought_comments",),
    "giveaway": ("giveaway",),
    "copies": ("copier", "spammer"),
    "boosted": ("boosted",),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An edition scored without a site."""
    folder = tmp_path_factory.mktemp("flags") / "edition"
    make_edition(folder, PLAN)
    score(folder, machine=Machine(threads=1))
    return folder


@pytest.fixture(scope="module")
def planted(folder):
    """Accounts by what was planted in them."""
    found = defaultdict(set)
    with (folder / "brought" / "oddities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["kind"]].add(f"{row['platform']}:{row['account_id']}")
    return found


def read(folder, name):
    return pq.read_table(folder / "results" / f"{name}.parquet").to_pylist()


@pytest.fixture(scope="module")
def flagged(folder):
    """Accounts by flag."""
    found = defaultdict(set)
    for row in read(folder, "flags"):
        found[row["flag"]].add(row["account_id"])
    return found


@pytest.mark.parametrize(
    ("flag", "kind"),
    [
        ("burst", "buyer"),
        ("like_burst", "buyer"),
        ("follower_jump", "bought_followers"),
        ("repeated_comments", "bought_comments"),
        ("giveaway", "giveaway"),
        ("copies", "copier"),
    ],
)
def test_planted_cheater_is_flagged(planted, flagged, flag, kind):
    assert planted[kind]
    assert planted[kind] <= flagged[flag]


def test_accounts_in_which_nothing_is_planted_are_rarely_flagged(folder, planted, flagged):
    accounts = {row["account_id"] for row in read(folder, "accounts")}
    innocent = {
        flag: flagged[flag] - set().union(*(planted[kind] for kind in kinds))
        for flag, kinds in PLANTED.items()
    }
    rates = {flag: len(names) / len(accounts) for flag, names in innocent.items()}
    assert {flag: rate for flag, rate in rates.items() if rate > RARE} == {}
    assert [rates[flag] for flag in ("giveaway", "boosted", "copies")] == [0, 0, 0], innocent[
        "copies"
    ]


def test_bought_fortnight_is_dated_and_its_posts_are_named(folder, planted):
    (buyer,) = planted["buyer"]
    rows = [row for row in read(folder, "flags") if row["account_id"] == buyer]
    (burst,) = (row for row in rows if row["flag"] == "like_burst")
    with (folder / "brought" / "oddities.csv").open(encoding="utf-8", newline="") as file:
        bought = {row["post_id"] for row in csv.DictReader(file) if row["kind"] == "bought_likes"}
    named = [
        row["post_id"]
        for row in read(folder, "flag_evidence")
        if (row["account_id"], row["flag"]) == (buyer, "like_burst")
    ]
    assert set(named) <= bought
    assert len(named) == 5
    assert (burst["last_on"] - burst["first_on"]).days in range(12, 16)


def test_evidence_never_names_more_posts_than_asked_nor_posts_of_others(folder):
    key = ("institution_id", "account_id", "flag")
    flags = {tuple(row[name] for name in key) for row in read(folder, "flags")}
    named = Counter(tuple(row[name] for name in key) for row in read(folder, "flag_evidence"))
    assert set(named) <= flags
    assert max(named.values()) == 5


def test_ranks_are_shown_as_scored_and_without_flagged_posts(folder):
    scores = {(r["category"], r["institution_id"]): r for r in read(folder, "scores")}
    ranks = read(folder, "flagged_ranks")
    assert {(r["category"], r["institution_id"]) for r in ranks} == set(scores)
    for row in ranks:
        score_row = scores[row["category"], row["institution_id"]]
        assert row["rank"] == score_row["rank"]
        # Who is eligible is settled by all posts.
        assert (row["rank_without"] is None) == (row["rank"] is None)
    assert any(row["rank"] != row["rank_without"] for row in ranks)


def test_institution_without_flagged_posts_keeps_its_score(folder):
    """Parameters are frozen, so that nothing left out elsewhere moves it."""
    scores = {(r["category"], r["institution_id"]): r["score"] for r in read(folder, "scores")}
    kept = [row for row in read(folder, "flagged_ranks") if not row["left_out_count"]]
    moved = {
        row["institution_id"]
        for row in kept
        if row["score_without"] != scores[row["category"], row["institution_id"]]
    }
    assert kept
    assert moved == set()


def test_threads_do_not_matter(folder, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(folder, again)
    score(again, machine=Machine(threads=2))
    for name in ("flags", "flag_evidence", "flagged_ranks"):
        one, two = (f / "results" / f"{name}.parquet" for f in (folder, again))
        assert one.read_bytes() == two.read_bytes()
