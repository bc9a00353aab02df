"""`tolok jury` as a secretary types it: what is printed, as text and as JSON by its schema."""

import pytest
from tests.jury_cases import (
    CATEGORY,
    DAY,
    FIRST,
    HOUR,
    NAMES,
    SECOND,
    VOTE,
    Secretary,
    by_letter,
    declared,
    filled,
    make_edition,
)

CONTESTED = [by_letter(a=10, b=1, c=1), *(by_letter(a=5 + n // 3, b=6, c=3) for n in range(1, 5))]


@pytest.fixture
def secretary(tmp_path, monkeypatch):
    return Secretary(make_edition(tmp_path / "edition"), monkeypatch)


def votes(at, inbox, points, choose=None):
    return [
        filled(at.folder, inbox, name, points and points[n], now=at.now, choose=choose)
        for n, name in enumerate(NAMES)
    ]


def test_an_afternoon_in_json(secretary, inbox):
    at = secretary
    assert at.asks("status")["next_step"].startswith("Begin the record")
    assert sorted(at.asks("open")["jurors"].values()) == sorted(NAMES)
    assert "Declarations of" in at.asks("status")["next_step"]
    taken = at.asks("import", *declared(at.folder, inbox).values())
    assert [one["kind"] for one in taken] == ["declaration"] * 5
    assert "packs" in at.asks("status")["next_step"]
    assert [len(files) for files in at.asks("packs")["packs"].values()] == [4] * 5
    assert "ballots of the round first" in at.asks("status")["next_step"]
    assert len(at.asks("ballots")["ballots"]) == 5
    at.goes_to(FIRST + HOUR)
    assert "are missing" in at.asks("status")["next_step"]
    taken = at.asks("import", *votes(at, inbox, CONTESTED))
    assert [(one["version"], len(one["figures"])) for one in taken] == [(1, 4)] * 5
    at.goes_to(FIRST + DAY)
    assert "Count the round first" in at.asks("status")["next_step"]
    assert at.asks("tally")["ballots"] == 5
    at.goes_to(SECOND)
    assert at.asks("ballots")["round"] == "second"
    at.goes_to(SECOND + DAY)
    assert {award["status"] for award in at.asks("tally")["awards"]} == {"contested"}
    at.goes_to(VOTE)
    assert len(at.asks("ballots")["ballots"]) == 5
    at.asks("import", *votes(at, inbox, None, lambda pair: max(pair.first, pair.second)))
    at.goes_to(VOTE + DAY)
    assert {award["status"] for award in at.asks("tally")["awards"]} == {"decided"}
    assert "close" in at.asks("status")["next_step"]
    words = ("override", CATEGORY, "ministries", "ministries-c", "--reason", "a withdrew")
    assert at.asks(*words, "--by", "Ana", "Budi")["by"] == ["Ana", "Budi"]
    winners = at.asks("close")["winners"]
    assert [(row["status"], row["institution_id"]) for row in winners] == [
        ("decided_by_vote", "agencies-b"),
        ("overridden", "ministries-c"),
        ("decided_by_vote", "agencies-b"),
        ("decided_by_vote", "ministries-b"),
    ]
    assert at.asks("status")["is_closed"] is True


def test_an_afternoon_in_words(secretary, inbox):
    at = secretary
    assert "The jury is open: 5 jurors, each with a code." in at.types("open")
    files = list(declared(at.folder, inbox).values())
    assert at.types("import", *files).count("declaration of J") == 5
    assert at.types("import", files[0]).startswith(f"{files[0].name}: was here already")
    assert at.types("packs").count("4 files in") == 5
    assert "Round first: 2026-02-02 09:00 to 2026-02-03 09:00 WIB." in at.types("ballots")
    at.goes_to(FIRST)
    given = votes(at, inbox, [by_letter(a=9, b=5, c=4)] * 5)
    assert at.types("import", *given).count("The figures may be sent to J") == 5
    assert "version 1" in at.types("status")
    at.goes_to(FIRST + DAY)
    shown = at.types("tally")
    assert "Round first: 5 ballots of 5 jurors" in shown
    assert "tally-first.csv" in shown
    at.goes_to(SECOND + DAY).types("tally")
    assert "The jury has closed." in at.types("close")


def test_a_plan_in_json_and_in_words(secretary):
    plan = secretary.asks("plan", "--chance", "0.8")
    assert (plan["jurors"][0], plan["jurors"][-1]) == (3, 15)
    assert plan["needed"]["3"] <= plan["needed"]["4"] <= plan["needed"]["5"]
    shown = secretary.types("plan")
    assert "assumed; --past takes them from an older jury" in shown
    assert f"For 80% with 3 nominees: {plan['needed']['3']} jurors." in shown


def test_a_plan_takes_the_spread_of_a_past_jury(secretary, inbox):
    at = secretary
    at.types("open")
    at.types("import", *declared(at.folder, inbox).values())
    at.types("packs")
    at.types("ballots")
    at.goes_to(FIRST)
    points = [by_letter(a=8 + n % 2, b=6 - n % 3, c=3 + n // 2) for n in range(5)]
    at.types("import", *votes(at, inbox, points))
    for ended in (FIRST, SECOND):
        at.goes_to(ended + DAY).types("tally")
    at.types("close")
    plan = at.asks("plan", "--past", at.folder)
    assert plan["is_assumed"] is False
    assert plan["variances"]["entry"] > plan["variances"]["residual"] > 0


def test_a_plan_on_an_edition_without_scores_says_so(secretary):
    shown = secretary.types("plan", "--past", secretary.folder, status=2)
    assert "has no published scores of a jury" in shown


def test_a_refusal_is_one_message_with_every_reason(secretary, inbox):
    at = secretary
    at.types("open")
    at.types("import", *declared(at.folder, inbox).values())
    shown = at.types("ballots", status=4)
    assert "this does not hold: the juror has been given the evidence of the nominees" in shown
    at.types("packs")
    at.types("ballots")
    at.goes_to(FIRST)
    bad = filled(at.folder, inbox, NAMES[0], by_letter(a=11, b=0, c=4), now=FIRST)
    shown = at.types("import", bad, status=2)
    assert shown.count("is no score. Expected a whole number from 1 to 10.") == 40
    assert "nothing of this call counts" in shown
