"""From the last tally to winners: two rounds, a vote, overrides, and what is published."""

import csv
import json

import pyarrow.parquet as pq
import pytest
from tests.jury_cases import (
    CATEGORY,
    DAY,
    FIRST,
    NAMES,
    SECOND,
    VOTE,
    by_letter,
    filled,
    make_edition,
    ready_edition,
    write_results,
)

from tolok.jury.ledger import read_ledger
from tolok.jury.standing import Override
from tolok.pipeline.jury.closing import NotNominated, close_jury, override
from tolok.pipeline.jury.decided import put_decision
from tolok.pipeline.jury.desk import NotAllowed
from tolok.pipeline.jury.issuing import issue_ballots
from tolok.pipeline.jury.opening import AlreadyClosed, open_jury
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.jury.tallying import tally_round

END = VOTE + 2 * DAY
EQUAL = by_letter(a=7, b=7, c=3)


def vote(folder, inbox, points, *, now, choose=None):
    """Every juror's ballot of the round at hand; `points` by the place of the juror."""
    files = [
        filled(folder, inbox, name, points and points(place), now=now, choose=choose)
        for place, name in enumerate(NAMES)
    ]
    return import_returned(folder, files, now=now)


def winners(folder):
    with (folder / "results" / "winners.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scored(folder, inbox, points, second=None):
    """Both rounds of scores, tallied."""
    vote(folder, inbox, points, now=FIRST)
    tally_round(folder, now=FIRST + DAY)
    issue_ballots(folder, now=SECOND)
    if second:
        vote(folder, inbox, second, now=SECOND)
    return tally_round(folder, now=SECOND + DAY)


def test_clear_awards_need_no_vote(edition, inbox):
    tallied = scored(edition, inbox, lambda place: by_letter(a=9 - place % 2, b=5, c=4))
    assert {award.status for award in tallied.awards} == {"clear"}
    assert (tallied.ballots, tallied.changes) == (0, ())
    closed = close_jury(edition, now=END)
    assert [(row["status"], row["institution_id"]) for row in closed.winners] == [
        ("clear", "agencies-a"),
        ("clear", "ministries-a"),
    ] * 2
    rows = winners(edition)
    assert [float(row["jury_score"]) for row in rows] == pytest.approx([8.6] * 4, abs=0.3)
    assert {row["reason"] for row in rows} == {"leads_without_any_juror"}


def test_scores_of_the_first_round_stand_where_none_follow(edition, inbox):
    vote(edition, inbox, lambda _: by_letter(a=4, b=8, c=5), now=FIRST)
    tally_round(edition, now=FIRST + DAY)
    issue_ballots(edition, now=SECOND)
    only = filled(edition, inbox, NAMES[0], by_letter(a=10, b=8, c=5), now=SECOND)
    import_returned(edition, [only], now=SECOND)
    tallied = tally_round(edition, now=SECOND + DAY)
    (award,) = (a for a in tallied.awards if (a.category, a.cluster) == (CATEGORY, "ministries"))
    scores = {one.institution_id: one.jury_score for one in award.nominees}
    expected = {"ministries-a": (10 + 4 * 4) / 5, "ministries-b": 8.0, "ministries-c": 5.0}
    assert scores == pytest.approx(expected)
    changed = [one for one in tallied.changes if one[2] == "ministries-a" and one[0] == CATEGORY]
    assert {(before, now) for *_, before, now in changed} == {(4, 10)}
    assert len(changed) == 5


def test_a_contested_award_goes_to_the_vote(edition, inbox):
    def points(place):
        return by_letter(a=10, b=1, c=1) if place == 0 else by_letter(a=5 + place // 3, b=6, c=3)

    tallied = scored(edition, inbox, points)
    open_awards = [award for award in tallied.awards if award.open_to]
    assert open_awards
    with pytest.raises(NotAllowed, match="closing, round vote"):
        close_jury(edition, now=END)
    issued = issue_ballots(edition, now=VOTE)
    assert len(issued.ballots) == 5
    vote(
        edition, inbox, None, now=VOTE,
        choose=lambda pair: max(pair.first, pair.second),
    )  # fmt: skip
    tally_round(edition, now=VOTE + DAY)
    closed = close_jury(edition, now=END)
    by_vote = {
        (row["category"], row["cluster"]): row
        for row in closed.winners
        if row["status"] == "decided_by_vote"
    }
    assert {*by_vote} == {
        (award.category, award.cluster) for award in open_awards if award.status == "contested"
    }
    votes = pq.read_table(edition / "results" / "jury_votes.parquet").to_pylist()
    assert all(row["second_count"] > row["first_count"] for row in votes)


def test_equal_leaders_go_to_the_data(edition, inbox):
    scored(edition, inbox, lambda _: EQUAL)
    assert [
        (row["status"], row["institution_id"]) for row in close_jury(edition, now=END).winners
    ] == [
        ("decided_by_data", "agencies-a"),
        ("decided_by_data", "ministries-a"),
    ] * 2


def test_equal_leaders_whom_nothing_parts_share_the_award(tmp_path, inbox):
    folder = ready_edition(tmp_path / "edition", tmp_path / "in", panel={"tie_order": "[]"})
    scored(folder, inbox, lambda _: EQUAL)
    rows = close_jury(folder, now=END).winners
    assert [(row["cluster"], row["status"], row["institution_id"]) for row in rows] == [
        ("agencies", "shared", "agencies-a"),
        ("agencies", "shared", "agencies-b"),
        ("ministries", "shared", "ministries-a"),
        ("ministries", "shared", "ministries-b"),
    ] * 2
    assert all(row["chance_best"] == pytest.approx(0.5) for row in rows)


def test_without_a_ballot_nothing_is_decided(edition):
    tally_round(edition, now=FIRST + DAY)
    tally_round(edition, now=SECOND + DAY)
    rows = close_jury(edition, now=END).winners
    assert {(row["status"], row["institution_id"], row["reason"]) for row in rows} == {
        ("undecided", "", "no_scores")
    }


def test_a_jury_cannot_close_before_its_rounds(edition):
    with pytest.raises(NotAllowed, match="closing, round second: not now"):
        close_jury(edition, now=FIRST)


def test_a_closed_jury_stays_closed(edition, inbox):
    scored(edition, inbox, lambda _: by_letter(a=9, b=5, c=4))
    closed = close_jury(edition, now=END)
    held = JuryPaths(edition).ledger.read_bytes()
    assert close_jury(edition, now=END + DAY) == closed
    assert JuryPaths(edition).ledger.read_bytes() == held
    with pytest.raises(AlreadyClosed):
        open_jury(edition, now=END)
    with pytest.raises(NotAllowed, match="the jury is open"):
        tally_round(edition, now=END)


def test_the_decision_outlives_scores_made_anew_on_the_same_nominees(edition, inbox):
    scored(edition, inbox, lambda _: by_letter(a=9, b=5, c=4))
    close_jury(edition, now=END)
    decided = winners(edition)
    write_results(edition)
    assert {row["status"] for row in winners(edition)} == {"awaiting_jury"}
    assert put_decision(edition, edition / "results")
    assert winners(edition) == decided
    write_results(edition, {"a": 0.5, "b": 0.4, "c": 0.1})
    assert not put_decision(edition, edition / "results")
    assert {row["status"] for row in winners(edition)} == {"awaiting_jury"}


def test_a_jury_that_begins_anew_takes_its_winners_back(edition, inbox):
    scored(edition, inbox, lambda _: EQUAL)
    close_jury(edition, now=END)
    open_jury(edition, now=END, again=True)
    assert [(row["status"], row["institution_id"]) for row in winners(edition)] == [
        ("awaiting_jury", "")
    ] * 4
    assert pq.read_table(edition / "results" / "jury_awards.parquet").num_rows == 0


ASKED = Override(CATEGORY, "ministries", "ministries-b", "a withdrew", ("Ana", "Budi"))


def test_an_override_is_on_record_with_its_reason_and_two_names(edition, inbox):
    scored(edition, inbox, lambda _: by_letter(a=9, b=5, c=4))
    override(edition, ASKED, now=END)
    close_jury(edition, now=END)
    (row,) = (
        row
        for row in winners(edition)
        if (row["category"], row["cluster"]) == (CATEGORY, "ministries")
    )
    assert (row["institution_id"], row["status"]) == ("ministries-b", "overridden")
    assert row["reason"] == "override:a withdrew; leads_without_any_juror"
    awards = pq.read_table(edition / "results" / "jury_awards.parquet").to_pylist()
    assert sorted(award["override_by"] for award in awards) == ["", "", "", "Ana & Budi"]
    (line,) = (
        line
        for line in read_ledger(JuryPaths(edition).ledger.read_text("utf-8"))
        if line.act == "overridden"
    )
    assert line.body["by"] == ["Ana", "Budi"]


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"institution_id": "ministries-d"}, NotNominated, "Did you mean"),
        ({"cluster": "nowhere"}, NotNominated, "It has no nominees"),
        ({"by": ("Ana", " ana ")}, NotAllowed, "two different persons sign it"),
        ({"reason": "  "}, NotAllowed, "a reason is given"),
    ],
)
def test_an_override_needs_a_nominee_a_reason_and_two_persons(edition, change, error, match):
    with pytest.raises(error, match=match):
        override(edition, Override(**(vars(ASKED) | change)), now=FIRST)


@pytest.mark.parametrize(
    ("ballots", "shown"),
    [
        ("coded", {"J1", "J2", "J3", "J4", "J5"}),
        ("named", set(NAMES)),
        ("none", set()),
    ],
)
def test_ballots_are_published_as_the_rules_say(tmp_path, inbox, ballots, shown):
    panel = {"ballots": f'"{ballots}"'}
    folder = ready_edition(tmp_path / "edition", tmp_path / "in", panel=panel)
    scored(folder, inbox, lambda place: by_letter(a=9, b=5 + place % 2, c=4))
    close_jury(folder, now=END)
    for name in ("jury_scores", "jury_jurors"):
        table = pq.read_table(folder / "results" / f"{name}.parquet")
        assert set(table["juror"].to_pylist()) == shown
    paths = JuryPaths(folder)
    assert len(list(paths.ballots.glob("*.json"))) == (0 if ballots == "none" else 5)
    assert paths.roll.is_file() == (ballots == "named")
    published = [path for path in (folder / "jury").rglob("*") if path.is_file()]
    published += (folder / "results").iterdir()
    if ballots != "named":
        found = [
            path.name for path in published for name in NAMES if name.encode() in path.read_bytes()
        ]
        assert found == []


def test_every_version_of_a_ballot_is_published_and_one_counts(edition, inbox):
    for points, tag in ((9, "-a"), (3, "-b")):
        path = filled(edition, inbox, NAMES[0], by_letter(a=points, b=6, c=4), now=FIRST, tag=tag)
        import_returned(edition, [path], now=FIRST)
    for closes in (FIRST, SECOND, VOTE):  # one juror alone leaves every award to the vote
        tally_round(edition, now=closes + DAY)
    close_jury(edition, now=END)
    rows = pq.read_table(edition / "results" / "jury_scores.parquet").to_pylist()
    assert {(row["version"], row["counts"]) for row in rows} == {(1, False), (2, True)}
    assert len(rows) == 2 * 2 * 2 * 3 * 5


def test_a_juror_with_a_tie_leaves_a_gap_and_not_a_nought(edition, inbox):
    scored(edition, inbox, lambda place: by_letter(a=9, b=5 + place % 2, c=4))
    close_jury(edition, now=END)
    rows = pq.read_table(edition / "results" / "jury_nominees.parquet").to_pylist()
    counts = {
        row["institution_id"]: row["score_count"]
        for row in rows
        if row["round"] == "second" and row["category"] == CATEGORY
    }
    assert counts == dict.fromkeys(counts, 5) | {"agencies-a": 4}
    awards = pq.read_table(edition / "results" / "jury_awards.parquet").to_pylist()
    found = {(r["category"], r["cluster"]): (r["method"], r["recused_count"]) for r in awards}
    assert found[CATEGORY, "agencies"] == ("additive", 1)
    assert found[CATEGORY, "ministries"] == ("mean", 0)
    of_category = {r["category_alpha"] for r in awards if r["category"] == CATEGORY}
    assert len(of_category) == 1
    assert of_category.pop() > 0.9


def test_a_tally_is_private_until_the_jury_closes(edition, inbox):
    scored(edition, inbox, lambda _: by_letter(a=9, b=5, c=4))
    path = JuryPaths(edition).tally("second", ".json")
    assert json.loads(path.read_text("utf-8"))["round"] == "second"
    assert path.is_relative_to(edition / "private")
    with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    (row,) = (r for r in table if (r["category"], r["nominee"]) == (CATEGORY, "Lembaga agencies a"))
    assert sorted(row[f"J{at}"] for at in range(1, 6)) == ["", "9.00", "9.00", "9.00", "9.00"]
    assert (row["score"], row["status"]) == ("9.00", "clear")
    assert {row["status"] for row in winners(edition)} == {"awaiting_jury"}
    assert [one.name for one in (edition / "jury").iterdir()] == ["ledger.jsonl"]


def test_a_jury_without_a_vote_leaves_a_contested_award_to_the_figures(tmp_path, inbox):
    folder = ready_edition(tmp_path / "edition", tmp_path / "in", rounds=1)

    def points(place):
        return by_letter(a=10, b=1, c=1) if place == 0 else by_letter(a=5 + place // 3, b=6, c=3)

    vote(folder, inbox, points, now=FIRST)
    tally_round(folder, now=FIRST + DAY)
    rows = close_jury(folder, now=END).winners
    assert {(row["status"], str(row["institution_id"])[-1]) for row in rows} == {("contested", "a")}


def test_made_editions_are_alike(tmp_path):
    texts = [
        (make_edition(tmp_path / name) / "lock" / "lock.json").read_text("utf-8") for name in "ab"
    ]
    assert texts[0] == texts[1]


def test_no_ballots_are_made_after_the_last_round(edition):
    with pytest.raises(NotAllowed, match="a round is open or to come"):
        issue_ballots(edition, now=END)


def test_no_ballots_of_a_round_are_made_before_the_last_one_is_tallied(edition):
    with pytest.raises(NotAllowed, match=r"ballots of the round second: .* is tallied"):
        issue_ballots(edition, now=FIRST + DAY)


def test_who_has_nothing_left_to_vote_on_gets_no_ballot_of_pairs(edition, inbox):
    scored(edition, inbox, lambda _: by_letter(a=9, b=5, c=4))
    issued = issue_ballots(edition, now=VOTE)
    assert issued.ballots == {}
    told = {"nothing is left for this juror to judge in this round"}
    assert set(issued.without.values()) == told


def test_the_tally_of_a_round_that_is_not_there_is_refused(edition):
    with pytest.raises(NotAllowed, match="Rounds: first, second, vote"):
        tally_round(edition, now=END, round_name="third")
