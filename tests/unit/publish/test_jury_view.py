"""What the jury said of an award: figures from its tables, and nothing that is not published."""

import csv
import io
from dataclasses import replace

import pytest
from tests.verdict_cases import (
    CATEGORY,
    CLUSTER,
    CRITERIA,
    STATES,
    A,
    B,
    C,
    judge,
    jury_rules,
)

from tolok.publish.award_rows import JuryAwardRow, JuryScoreRow
from tolok.publish.downloads import build_downloads
from tolok.publish.jury_agreement import agreement_of
from tolok.publish.jury_marks import marks_of
from tolok.publish.jury_view import SpreadLine, jury_view
from tolok.publish.language import Language
from tolok.publish.results import read_results


@pytest.fixture
def results_of(invented, rules, tmp_path):
    """A function: the results of an award as a jury has left it, ballots published in some way."""

    def read(status, *, ballots="coded"):
        made = judge(invented.tables(intervals=True), STATES[status], ballots=ballots)
        invented.write_results(tmp_path / "results", made=made)
        changed = jury_rules(rules, ballots=ballots)
        return read_results(tmp_path / "results", changed, invented.LOCK_HASH)

    return read


def view(results, language="en"):
    return jury_view(results.awards[CATEGORY, CLUSTER], results, Language(language, results.rules))


def score_row(criterion, score, *, juror="J1", counts=True):
    return JuryScoreRow("second", juror, CATEGORY, CLUSTER, A, criterion, score, counts, 1)


def test_mark_is_weighted_by_the_rubric_and_only_whole_cells_count():
    rows = [
        score_row("use", 8),
        score_row("craft", 4),
        score_row("use", 10, juror="J2"),  # craft is not answered
        score_row("craft", None, juror="J2"),
        score_row("use", 1, juror="J3", counts=False),  # an earlier ballot
        score_row("craft", 1, juror="J3", counts=False),
        score_row("use", 6, juror="J10"),
        score_row("craft", 6, juror="J10"),
    ]
    marks = marks_of(rows, CRITERIA)
    assert marks.jurors == ["J1", "J10"]
    assert marks.weighted("J1", A) == (3 * 8 + 4) / 4
    assert marks.weighted("J2", A) is None
    assert marks.spread(A) == [7.0, 6.0]
    assert (marks.mean(A, "use"), marks.mean(A, "craft"), marks.mean(B, "use")) == (7.0, 5.0, None)


def test_lines_have_score_chance_rounds_and_questions(results_of):
    found = view(results_of("clear"))
    assert found.finding == "Kementerian Bukit has the highest jury score: 7.4 of 10 points"
    told = [
        (line.name, line.rounds, line.chance.replace("\N{NO-BREAK SPACE}", " "), line.score_count,
         line.leads_without, line.criteria, line.is_winner)
        for line in found.lines
    ]  # fmt: skip
    assert told == [
        ("Kementerian Bukit", ("6.92", "7.42"), "9 of 10", 5, "5 of 5", ("6.60", "5.60"), True),
        ("Awan", ("6.30", "6.80"), "1 of 10", 5, "0 of 5", ("8.60", "7.60"), False),
        ("Cahaya", ("4.60", "5.10"), "<1 in 20", 4, "0 of 5", ("4.50", "3.50"), False),
    ]
    assert [(one.label, one.share, one.anchors) for one in found.questions] == [
        ("Use", 0.75, ((1, "Of no use"), (10, "Of use"))),
        ("Craft", 0.25, ()),
    ]
    assert (found.juror_count, found.recused_count, found.rounds) == (5, 1, (1, 2))


def test_chart_stands_on_the_scale_of_the_jury(results_of):
    found = view(results_of("clear"))
    assert [mark for _, mark in found.ticks] == [float(mark) for mark in range(1, 11)]
    first = found.lanes[0]
    at = {mark: place for place, mark in found.ticks}
    assert at[7.0] < first.last < at[8.0]
    assert at[6.0] < first.first < at[7.0]
    assert first.dots.count("M") == 5
    assert found.lanes[2].dots.count("M") == 4  # one juror stepped back


def test_scores_in_other_units_have_a_scale_of_their_own(results_of):
    results = results_of("clear")
    rows = tuple(replace(row, method="rasch") for row in results.jury.awards)
    found = view(replace(results, jury=replace(results.jury, awards=rows)))
    assert found.unit == "logits"
    assert [lane.dots for lane in found.lanes] == ["", "", ""]
    assert max(mark for _, mark in found.ticks) < 7.5


def test_jurors_appear_as_they_are_published(results_of):
    coded, named = view(results_of("clear")), view(results_of("clear", ballots="named"))
    assert [line.juror for line in coded.jurors] == ["J1", "J2", "J3", "J4", "J5"]
    assert "Prof. Durian Awan" in [line.juror for line in named.jurors]
    assert coded.jurors[4].cells == ("6.75", "8.75", "")
    assert coded.download == "assets/downloads/jury/active-ministries.csv"


def test_ballots_that_are_not_published_leave_no_trace(results_of):
    results = results_of("clear", ballots="none")
    found = view(results)
    assert (found.jurors, found.spreads, found.download, found.has_criteria) == ((), (), "", False)
    assert [lane.dots for lane in found.lanes] == ["", "", ""]
    paths = [path for path, _ in build_downloads(results) if "/jury/" in path]
    assert paths == [
        "assets/downloads/jury/decisions.csv",
        "assets/downloads/jury/nominees.csv",
    ]


def test_juror_who_strays_is_marked_and_one_too_alone_has_no_figure(results_of):
    spreads = view(results_of("clear")).spreads
    assert spreads[:2] == (
        SpreadLine("J1", 3, "+0.4", "0.5", is_reviewed=False),
        SpreadLine("J2", 3, "+0.1", "1.3", is_reviewed=True),
    )
    assert spreads[4] == SpreadLine("J5", 3, "", "", is_reviewed=False)


def test_award_that_is_not_decided_has_its_scores_and_no_chart(results_of):
    found = view(results_of("undecided"))
    assert (found.finding, found.agreement) == ("", None)
    assert [line.rounds for line in found.lines] == [("", "")] * 3
    assert found.has_criteria


def test_votes_are_told_by_pair(results_of):
    assert view(results_of("decided_by_vote")).votes == (("Awan", 4, "Kementerian Bukit", 1),)


def test_award_without_a_jury_has_no_view(results_of):
    results = results_of("clear")
    award = results.awards["active", "agencies"]
    assert jury_view(award, results, Language("id", results.rules)) is None


def agreement(rules, *values):
    row = JuryAwardRow("c", "k", "mean", "clear", "clear", "", "", 5, 0, *values)
    return agreement_of(row, Language("en", rules))


@pytest.mark.parametrize(
    ("values", "figures", "summary"),
    [
        ((0.8, 0.75, 0.7), ["0.80", "0.75", "0.70"],
         "The jurors agree, in their marks and in the order."),
        ((0.667, 0.5, 0.5), ["0.67", "0.50", "0.50"],
         "The jurors’ marks are near each other; their orders are partly the same."),
        ((0.7, 0.2, 0.3), ["0.70", "0.20", "0.30"],
         "The jurors’ marks are near each other, yet they order the nominees differently."),
        ((0.31, 0.8, 0.76), ["0.31", "0.80", "0.76"],
         ("Some jurors are stricter than others, yet they put the nominees in nearly the same "
         "order.")),
        ((0.1, 0.4, 0.6), ["0.10", "0.40", "0.60"],
         "The jurors’ marks lie apart, and their orders are only partly the same."),
        ((-0.07, -0.9, 0.28), ["−0.07", "−0.90", "0.28"],
         "The jurors disagree, in their marks and in the order; so mind the chance."),
        ((0.31, None, None), ["0.31", "", ""], ""),
    ],
)  # fmt: skip
def test_agreement_is_said_in_words(rules, values, figures, summary):
    found = agreement(rules, *values)
    assert [one.figure for one in found.measures] == figures
    assert found.summary == summary


@pytest.mark.parametrize(
    ("alpha", "meaning"),
    [
        (0.8, "Marks agree: at or above the usual bar of 0.80 for reliable data."),
        (0.799, ("Marks agree somewhat: between the usual bars of 0.667 and 0.80, enough for "
                "tentative conclusions.")),
        (0.666, "Marks differ: below 0.667, the lowest usual bar."),
    ],
)  # fmt: skip
def test_alpha_is_held_to_the_usual_bars(rules, alpha, meaning):
    found = agreement(rules, alpha, None, None)
    assert found.measures[0].meaning == meaning
    assert found.measures[1].meaning == "Cannot be computed, as a score is missing."


def test_alpha_of_the_category_is_told_beside_that_of_the_award(rules):
    names = [one.name for one in agreement(rules, 0.3, 0.8, 0.8, 0.72).measures]
    assert names[-1] == "Krippendorff’s alpha, all nominees of the category"
    found = agreement(rules, 0.3, 0.8, 0.8, 0.72).measures[-1]
    assert (found.figure, found.meaning.split(":")[0]) == ("0.72", "Marks agree somewhat")
    assert len(agreement(rules, 0.3, 0.8, 0.8).measures) == 3


def test_agreement_that_is_unknown_is_not_told(rules):
    assert agreement(rules, None, None, None) is None


def rows_of(results, name):
    texts = dict(build_downloads(results))
    return list(csv.DictReader(io.StringIO(texts[f"assets/downloads/jury/{name}.csv"])))


def test_decisions_can_be_taken_away_with_their_agreement(results_of):
    rows = rows_of(results_of("clear"), "decisions")
    judged = [row for row in rows if row["status"] == "clear"]
    assert [(row["institution_id"], row["chance_best"], row["alpha"]) for row in judged] == [
        (B, "0.87", "0.31")
    ]
    assert {row["method"] for row in rows if row["status"] != "clear"} == {""}


def test_scores_of_every_round_can_be_taken_away(results_of):
    rows = rows_of(results_of("decided_by_vote"), "active-ministries")
    assert len(rows) == 2 * 2 * (5 * 3 - 1)
    assert {(row["round"], row["counts"]) for row in rows} == {
        ("first", "false"),
        ("second", "true"),
    }
    assert {row["institution_id"] for row in rows} == {A, B, C}


def test_results_without_a_jury_have_no_downloads_of_one(results):
    assert [path for path, _ in build_downloads(results) if "/jury/" in path] == []
