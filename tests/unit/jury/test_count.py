"""What counts of which ballot: the scores of the last one, and none of a juror with a tie."""

from dataclasses import replace
from pathlib import Path

import pytest

import tolok
from tolok.jury.ballot import Ballot, Entry, Pair
from tolok.jury.count import Ballots, category_sheets, count_scores, count_votes, settle
from tolok.jury.outcome import Data
from tolok.jury.standing import Override
from tolok.methodology.rules import read_rules

CATEGORY, CLUSTER = "best-use-of-images", "ministries"
AWARD = (CATEGORY, CLUSTER)
A, B, C = (Entry(CATEGORY, CLUSTER, name) for name in "abc")
AWARDS = {AWARD: (A, B, C), (CATEGORY, "agencies"): ()}


@pytest.fixture(scope="module")
def rules():
    return read_rules(Path(tolok.__file__).parent / "templates" / "gsm-2025")


@pytest.fixture(scope="module")
def criteria(rules):
    (category,) = (one for one in rules.categories if one.name == CATEGORY)
    return [one.name for one in category.criteria]


def ballots(criteria, scores, recused=None):
    """A ballot a juror: the same score of an entry by every criterion."""
    held = {
        code: Ballot("first", code, {entry: dict.fromkeys(criteria, s) for entry, s in of.items()})
        for code, of in scores.items()
    }
    return Ballots(held, recused or {})


def counted(rules, made, awards=AWARDS):
    """The sheet and the decision of the award, which has both."""
    tally = count_scores(rules, awards, made)[AWARD]
    assert tally.sheet is not None
    assert tally.decision is not None
    return tally.sheet, tally.decision


FULL = {f"J{at}": {A: 8 + at % 2, B: 6, C: 3} for at in range(1, 6)}


def test_an_award_without_nominees_is_not_tallied(rules, criteria):
    assert list(count_scores(rules, AWARDS, ballots(criteria, FULL))) == [AWARD]
    _, decision = counted(rules, ballots(criteria, FULL))
    assert decision.leaders == ("a",)


def test_scores_of_a_juror_with_a_tie_do_not_count(rules, criteria):
    made = ballots(criteria, FULL, {"J2": {"a"}, "J4": {"b", "c"}})
    sheet, decision = counted(rules, made)
    assert sheet.is_counted.sum(axis=0).tolist() == [4, 4, 4]
    assert decision.tally.method == "additive"


def test_a_juror_who_judges_nobody_of_an_award_is_not_on_its_sheet(rules, criteria):
    sheet, decision = counted(rules, ballots(criteria, FULL, {"J2": {"a", "b", "c"}}))
    assert sheet.jurors == ("J1", "J3", "J4", "J5")
    assert decision.tally.method == "mean"


def test_an_award_that_nobody_judges_is_undecided(rules, criteria):
    tallies = count_scores(rules, AWARDS, ballots(criteria, {}))
    assert (tallies[AWARD].sheet, tallies[AWARD].problem) == (None, "no_scores")
    outcome = settle(rules.edition.jury, tallies, {AWARD: Data({})}, {}, {})[AWARD]
    assert (outcome.status, outcome.winners, outcome.reasons) == ("undecided", (), ("no_scores",))


def test_nominees_whom_no_juror_compares_are_undecided_until_an_override(rules, criteria):
    apart = {"J1": {A: 9, B: 5}, "J2": {C: 7}}
    tallies = count_scores(rules, AWARDS, ballots(criteria, apart))
    assert (tallies[AWARD].decision, tallies[AWARD].problem) == (None, "not_comparable")
    asked = Override(CATEGORY, CLUSTER, "b", "drawn by lot", ("Ana", "Budi"))
    outcome = settle(rules.edition.jury, tallies, {AWARD: Data({})}, {}, {AWARD: asked})[AWARD]
    assert (outcome.status, outcome.winners) == ("overridden", ("b",))


def test_a_method_that_cannot_be_used_leaves_the_award_undecided(rules, criteria):
    edition = replace(rules.edition, jury=replace(rules.edition.jury, tally="mean"))
    asked = replace(rules, edition=edition)
    tallies = count_scores(asked, AWARDS, ballots(criteria, FULL, {"J2": {"a"}}))
    assert (tallies[AWARD].decision, tallies[AWARD].problem) == (None, "no_tally")


@pytest.mark.parametrize("method", ["mean", "additive", "random", "z"])
def test_the_method_of_the_rules_is_the_one_that_tallies(rules, criteria, method):
    edition = replace(rules.edition, jury=replace(rules.edition.jury, tally=method))
    _, decision = counted(replace(rules, edition=edition), ballots(criteria, FULL))
    assert decision.tally.method == method


def test_criteria_weigh_as_the_rubric_says(rules, criteria):
    uneven = {"J1": {A: 5, B: 5, C: 5}, "J2": {A: 5, B: 5, C: 5}}
    made = ballots(criteria, uneven)
    for ballot in made.held.values():
        ballot.scores[A]["relevance"] = 9  # a quarter of the weight
    _, decision = counted(rules, made)
    assert decision.tally.score.tolist() == pytest.approx([6.0, 5.0, 5.0])


def test_a_sheet_of_a_category_has_the_nominees_of_all_clusters(rules, criteria):
    other = Entry(CATEGORY, "agencies", "d")
    awards = {AWARD: (A, B, C), (CATEGORY, "agencies"): (other,)}
    scores = {code: of | {other: 5} for code, of in FULL.items()}
    sheets = category_sheets(rules, awards, ballots(criteria, scores))
    assert {name: sheet.entries for name, sheet in sheets.items()} == {
        CATEGORY: ("a", "b", "c", "d")
    }


def test_choices_count_by_pair_whoever_stood_first_and_none_of_a_juror_with_a_tie():
    held = {
        "J1": Ballot("vote", "J1", choices={Pair(*AWARD, "a", "b"): "a"}),
        "J2": Ballot("vote", "J2", choices={Pair(*AWARD, "b", "a"): "b"}),
        "J3": Ballot("vote", "J3", choices={Pair(*AWARD, "b", "a"): "a"}),
        "J4": Ballot("vote", "J4", choices={Pair(*AWARD, "a", "b"): "b"}),
    }
    votes = count_votes(Ballots(held, {"J4": {"a"}}))
    assert votes == {AWARD: {Pair(*AWARD, "a", "b"): ["a", "b", "a"]}}
