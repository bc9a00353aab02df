"""Agreement of a table of scores, and how many jurors it takes."""

from typing import Any

import pytest

import tolok
from tolok.errors import FaultsFound, JuryFault

SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
TABLE: dict[str, list[Any]] = {
    "juror": [f"j{juror}" for _ in range(6) for juror in range(4)],
    "entry": [f"e{entry}" for entry in range(6) for _ in range(4)],
    "score": [score for row in SHROUT_FLEISS for score in row],
}


def by_measure(table):
    """The rows of an agreement by their measure."""
    return {row["measure"]: row for row in tolok.jury_agreement(table).to_pylist()}


def test_agreement_of_a_whole_panel():
    found = by_measure(TABLE)
    assert list(found) == [
        "alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio",
        "icc_1_1", "icc_a_1", "icc_c_1", "icc_1_k", "icc_a_k", "icc_c_k", "kendall_w",
    ]  # fmt: skip
    assert round(found["icc_a_1"]["value"], 4) == 0.2898
    assert round(found["icc_c_k"]["value"], 4) == 0.9093
    assert [round(found["icc_a_1"][name], 2) for name in ("low", "high")] == [0.02, 0.76]
    assert round(found["kendall_w"]["value"], 4) == 0.887
    assert {(row["jurors"], row["entries"]) for row in found.values()} == {(4, 6)}


def test_what_needs_whole_entries_leaves_out_those_that_are_not():
    score = [None if place in {0, 9} else one for place, one in enumerate(TABLE["score"])]
    found = by_measure(TABLE | {"score": score})
    assert found["alpha_interval"]["entries"] == 6
    assert found["icc_a_1"]["entries"] == found["kendall_w"]["entries"] == 4
    keep = [entry not in {"e0", "e2"} for entry in TABLE["entry"]]
    some = {
        name: [cell for cell, kept in zip(cells, keep, strict=True) if kept]
        for name, cells in TABLE.items()
    }
    assert found["icc_a_1"] == by_measure(some)["icc_a_1"]


def test_agreement_that_cannot_be_had_is_null():
    alone = by_measure({"juror": ["a", "a"], "entry": ["x", "y"], "score": [1, 2]})
    assert {row["value"] for row in alone.values()} == {None}
    negative = by_measure(TABLE | {"score": [one - 5 for one in TABLE["score"]]})
    assert negative["alpha_ratio"]["value"] is None
    assert negative["alpha_interval"]["value"] == pytest.approx(
        by_measure(TABLE)["alpha_interval"]["value"]
    )


def test_panel_size_of_given_variances():
    plan = tolok.PanelPlan(jurors=(3, 5, 7, 9), entries=(3, 5), draws=4000)
    rows = tolok.panel_size(tolok.Variances(1, 1, 1), plan, wanted=0.79).to_pylist()
    assert [(row["entries"], row["jurors"]) for row in rows] == [
        (entries, jurors) for entries in (3, 5) for jurors in (3, 5, 7, 9)
    ]
    assert [row["is_enough"] for row in rows] == [
        False,
        True,
        True,
        True,
        False,
        False,
        False,
        True,
    ]
    assert all(0 < row["chance_error"] < 0.01 for row in rows)


def test_panel_size_of_past_scores_is_that_of_their_variances():
    plan = tolok.PanelPlan(jurors=(3, 5), entries=(4,), draws=500)
    past = tolok.panel_size(TABLE, plan)
    variances = tolok.jury_tally(TABLE, "random").decision.tally.variances
    assert variances is not None
    assert past == tolok.panel_size(variances, plan)


def test_panel_that_cannot_be_planned_is_refused():
    with pytest.raises(FaultsFound, match="cannot be planned"):
        tolok.panel_size(tolok.Variances(0, 1, 1))
    with pytest.raises(JuryFault, match="too few"):
        tolok.panel_size({"juror": ["a", "a"], "entry": ["x", "y"], "score": [1, 2]})
