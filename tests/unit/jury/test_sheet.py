"""Sheets: what counts, what is refused, and that order is nothing."""

import numpy as np
import pytest

from tolok.errors import FaultsFound
from tolok.jury.sheet import Sheet, read_sheet

NAN = np.nan
ROWS = [
    ("b", "x", "c1", 4.0), ("b", "x", "c2", 8.0),
    ("a", "y", "c1", 6.0), ("a", "y", "c2", NAN),
    ("a", "x", "c1", 2.0), ("a", "x", "c2", 3.0),
]  # fmt: skip


def faults(raised):
    """The faults of a group as texts."""
    return [str(one) for one in raised.value.exceptions]


def test_names_stand_in_alphabetical_order_and_cells_are_weighted_means():
    sheet = read_sheet(ROWS, {"c1": 3, "c2": 1})
    assert (sheet.jurors, sheet.entries, sheet.criteria) == (("a", "b"), ("x", "y"), ("c1", "c2"))
    np.testing.assert_array_equal(sheet.cells, [[2.25, NAN], [5.0, NAN]])
    assert sheet.is_counted.tolist() == [[True, False], [True, False]]


def test_cell_that_is_not_whole_counts_only_where_it_is_said():
    sheet = read_sheet(ROWS, {"c1": 3, "c2": 1}, partial="available")
    np.testing.assert_array_equal(sheet.cells, [[2.25, 6.0], [5.0, NAN]])


def test_criterion_without_weight_is_not_missed():
    sheet = read_sheet(ROWS, {"c1": 1, "c2": 0})
    np.testing.assert_array_equal(sheet.cells, [[2.0, 6.0], [4.0, NAN]])


def test_drawn_weights_do_not_change_what_counts():
    drawn = read_sheet(ROWS).cells_of(np.array([[2.0, 0.0], [0.0, 2.0]]))
    np.testing.assert_array_equal(drawn, [[[2, NAN], [4, NAN]], [[3, NAN], [8, NAN]]])
    there = read_sheet(ROWS, partial="available").cells_of(np.array([[2.0, 0.0], [0.0, 2.0]]))
    np.testing.assert_array_equal(there, [[[2, 6], [4, NAN]], [[3, NAN], [8, NAN]]])


def test_without_a_juror_the_others_stay():
    left = read_sheet(ROWS).without(0)
    assert (left.jurors, left.entries) == (("b",), ("x", "y"))
    np.testing.assert_array_equal(left.cells, [[6.0, NAN]])


def test_all_faults_of_rows_are_told_at_once():
    rows = [*ROWS, ("a", "x", "c1", 2.0), ("a", "x", "craft", 11.0)]
    with pytest.raises(FaultsFound) as raised:
        read_sheet(rows, {"c1": 1, "c2": 1, "crafts": 1}, scale=(1, 10))
    assert faults(raised) == [
        "juror a, entry x, criterion c1: is scored twice. Keep the score that counts.",
        "juror a, entry x, criterion craft: 11 is outside the scale from 1 to 10.",
        "criterion craft: has no weight. Did you mean 'crafts'?",
        "weight of crafts: no score has this criterion. Did you mean 'craft'?",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"score": np.full((1, 1, 1), np.inf)},
            ["juror a, entry x: the score is infinite. Leave it empty."],
        ),
        (
            {"score": np.zeros((1, 2, 1))},
            ["scores: of 1 x 2 x 1 are not jurors x entries x criteria."],
        ),
        ({"weight": np.zeros(1)}, ["weights: are all 0. Give one criterion a weight."]),
        ({"weight": np.array([-1.0])}, ["weights: must be numbers of 0 or more."]),
        ({"weight": np.array([NAN])}, ["weights: must be numbers of 0 or more."]),
        ({"weight": np.ones(2)}, ["weights: 2 for 1 criteria."]),
        ({"partial": "guess"}, ["sheet: partial cannot be 'guess'. It is left_out or available."]),
        ({"jurors": (), "score": np.zeros((0, 1, 1))}, ["sheet: has no juror."]),
        ({"jurors": ("a", "a"), "score": np.zeros((2, 1, 1))}, ["juror a: stands twice."]),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(change, told):
    parts = {
        "jurors": ("a",), "entries": ("x",), "criteria": ("c",),
        "score": np.zeros((1, 1, 1)), "weight": np.ones(1),
    }  # fmt: skip
    with pytest.raises(FaultsFound) as raised:
        Sheet(**(parts | change))
    assert faults(raised) == told


def test_no_rows_are_no_sheet():
    with pytest.raises(FaultsFound) as raised:
        read_sheet([])
    assert faults(raised) == [f"sheet: has no {what}." for what in ("juror", "entry", "criterion")]
