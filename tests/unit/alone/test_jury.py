"""The tally of a table of scores: tables in, tidy tables out, faults at once."""

from typing import Any

import pandas as pd
import pytest

import tolok
from tolok.errors import FaultsFound, JuryFault, NotComparable

SCORES: dict[str, list[Any]] = {
    "juror": ["Ani"] * 3 + ["Budi"] * 3 + ["Citra"] * 3 + ["Dewi"] * 3,
    "entry": ["x", "y", "z"] * 4,
    "score": [9, 7, 6, 5, 4, 2, 9, 6, 7, 8, 7, 5],
}


def faults(raised):
    """The faults of a group as texts."""
    return [str(one) for one in raised.value.exceptions]


def without(juror, entry):
    """The scores with one recused."""
    rows = list(zip(*SCORES.values(), strict=True))
    score = [None if (a, b) == (juror, entry) else c for a, b, c in rows]
    return SCORES | {"score": score}


def test_ranks_of_a_whole_panel():
    found = tolok.jury_tally(SCORES)
    assert (found.status, found.winners) == ("clear", ("x",))
    ranks = found.ranks().to_pydict()
    assert ranks["entry"] == ["x", "y", "z"]
    assert ranks["score"] == [7.75, 6.0, 5.0]
    assert ranks["rank"] == [1, 2, 3]
    assert ranks["scores"] == [4, 4, 4]
    assert ranks["behind"] == [0, 1.75, 2.75]
    assert ranks["behind_error"][0] == 0
    assert ranks["rank_low"] == [1, 2, 2]
    assert ranks["rank_high"] == [1, 3, 3]
    assert ranks["chance_best"][0] == 1
    assert found.reasons().to_pylist() == [
        {"code": "leads_without_any_juror", "entries": ["x"], "juror": None,
         "value": None, "limit": None},
    ]  # fmt: skip


def test_recused_juror_is_missing_and_the_harsh_one_is_allowed_for():
    found = tolok.jury_tally(without("Budi", "z"))
    assert found.decision.tally.method == "additive"
    ranks = {row["entry"]: row for row in found.ranks().to_pylist()}
    assert ranks["z"]["scores"] == 3
    assert ranks["z"]["score"] < 6  # plain mean of three, none of them Budi's
    jurors = {row["juror"]: row for row in found.jurors().to_pylist()}
    assert jurors["Budi"]["scores"] == 2
    assert jurors["Budi"]["leniency"] == min(row["leniency"] for row in jurors.values()) < -2
    assert jurors["Budi"]["leads_without"] == ["x"]
    with pytest.raises(JuryFault, match="the score of Budi of z is missing"):
        tolok.jury_tally(without("Budi", "z"), "mean")


def test_row_that_is_absent_is_as_a_score_that_is_null():
    rows = [row for row in zip(*SCORES.values(), strict=True) if row[:2] != ("Budi", "z")]
    less = dict(zip(SCORES, map(list, zip(*rows, strict=True)), strict=True))
    assert tolok.jury_tally(less).ranks() == tolok.jury_tally(without("Budi", "z")).ranks()


def test_any_table_will_do_and_columns_may_have_other_names():
    plain = tolok.jury_tally(SCORES).ranks()
    frame = pd.DataFrame(SCORES)
    assert tolok.jury_tally(frame).ranks() == plain
    turned = frame.rename(columns={"juror": "juri", "entry": "nomine", "score": "nilai"})[::-1]
    sheet = tolok.jury_sheet(turned, juror="juri", entry="nomine", score="nilai")
    assert tolok.jury_tally(sheet).ranks() == plain


def test_criteria_weigh_as_the_rubric_says():
    table = {
        "juror": ["a"] * 4 + ["b"] * 4,
        "entry": ["x", "x", "y", "y"] * 2,
        "criterion": ["craft", "idea"] * 4,
        "score": [9, 1, 5, 6, 8, 2, 4, 7],
    }
    assert tolok.jury_tally(table).winners == ("y",)
    craft = tolok.jury_sheet(table, weights={"craft": 3, "idea": 1})
    assert tolok.jury_tally(craft).winners == ("x",)


def test_tie_is_shared_or_broken_by_name():
    table = {"juror": list("aabbcc"), "entry": ["x", "y"] * 3, "score": [5, 5, 7, 7, 6, 6]}
    assert tolok.jury_tally(table).winners == ("x", "y")
    assert tolok.jury_tally(table).status == "tied"
    assert tolok.jury_tally(table).ranks()["rank"].to_pylist() == [1, 1]
    found = tolok.jury_tally(table, tie_breaks=[{"x": 0.2, "y": 0.3}])
    assert (found.winners, found.decision.tie_break) == (("y",), 0)
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_tally(table, tie_breaks=[{"xx": 0.2}])
    assert faults(raised) == ["tie-break 1: no entry is 'xx'. Did you mean 'x'?"]


def test_one_juror_has_ranks_and_no_chances():
    found = tolok.jury_tally({"juror": ["a", "a"], "entry": ["x", "y"], "score": [5, 7]})
    assert found.status == "contested"
    ranks = found.ranks().to_pydict()
    assert (ranks["entry"], ranks["rank"]) == (["y", "x"], [1, 2])
    for name in ("chance_best", "rank_low", "rank_high", "behind_error"):
        assert ranks[name] == [None, None]


def test_chart_is_of_ranks():
    chart = tolok.jury_tally(SCORES).rank_chart().to_dict()
    assert [layer["mark"]["type"] for layer in chart["layer"]] == ["rule", "point"]
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["x", "y", "z"]


def test_all_faults_of_a_table_are_told_at_once():
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_sheet({"juror": ["a", None], "entri": ["x", "y"], "score": ["5", "6"]})
    assert faults(raised) == [
        "column entry: no such column. Did you mean 'entri'?",
        "column score: holds string, not numbers.",
        "row 2: has no juror.",
    ]
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_sheet({"juror": ["a"], "entry": ["x"]})
    assert faults(raised) == ["column score: no such column."]
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_sheet({"juror": [], "entry": [], "score": []})
    assert faults(raised) == ["table: has no rows."]
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_sheet({"juror": ["a"], "entry": ["x"], "score": [float("inf")]})
    assert faults(raised) == ["column score: holds an infinite number. Leave it empty."]
    with pytest.raises(FaultsFound) as raised:
        tolok.jury_sheet(SCORES, scale=(3, 10))
    assert faults(raised) == [
        "juror Budi, entry z, criterion score: 2 is outside the scale from 3 to 10."
    ]


def test_entries_that_no_juror_compares_are_named():
    table = {"juror": ["a", "a", "b"], "entry": ["x", "y", "z"], "score": [1, 2, 3]}
    with pytest.raises(NotComparable, match=r"x, y \| z"):
        tolok.jury_tally(table)
