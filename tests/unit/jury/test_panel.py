"""How many jurors: the simulation beside what can be computed, and its table."""

import math

import numpy as np
import pytest

from tolok.errors import FaultsFound, JuryFault
from tolok.jury.mixed import Variances
from tolok.jury.panel import PanelChances, PanelPlan, panel_chances, past_variances
from tolok.jury.sheet import Sheet


def test_chance_of_two_entries_is_that_of_the_angle():
    # true and found difference have the correlation sqrt(e / (e + r / jurors)); P = 1/2 + asin/pi
    found = panel_chances(Variances(1, 3, 2), PanelPlan((1, 4), (2,), draws=40_000))
    exact = [0.5 + math.asin(math.sqrt(1 / (1 + 2 / jurors))) / math.pi for jurors in (1, 4)]
    assert found.chance[:, 0] == pytest.approx(exact, abs=4 * found.error.max())


def test_more_jurors_find_the_best_more_often_and_more_entries_less():
    found = panel_chances(Variances(1, 1, 1))
    assert found.chance.shape == (13, 3)
    assert found.jurors.tolist() == list(range(3, 16))
    assert (np.diff(found.chance, axis=1) < 0).all()
    assert (found.chance[2:] > found.chance[:-2]).all()
    assert found.error.max() < 0.005


def test_leniency_matters_only_where_scores_are_missing():
    whole = PanelPlan((5,), (4,), draws=4000)
    mild, wild = (panel_chances(Variances(1, juror, 1), whole) for juror in (0, 100))
    assert mild.chance == pytest.approx(wild.chance, abs=1e-3)
    holed = PanelPlan((5,), (4,), 0.3, draws=4000)
    assert panel_chances(Variances(1, 1, 1), holed).chance[0, 0] < mild.chance[0, 0] - 0.02


def test_panel_that_misses_everything_finds_nothing():
    found = panel_chances(Variances(1, 1, 1), PanelPlan((1,), (5,), 0.999, draws=500))
    assert found.chance[0, 0] == 0


def test_jurors_without_residuals_are_always_right():
    assert panel_chances(Variances(1, 5, 0), PanelPlan((1,), (3,), draws=200)).chance[0, 0] == 1


def test_same_seed_gives_the_same_table():
    plan = PanelPlan((3, 5), (3, 4), draws=1000, seed=8)
    one, two = panel_chances(Variances(1, 1, 2), plan), panel_chances(Variances(1, 1, 2), plan)
    assert one.chance.tobytes() == two.chance.tobytes()
    other = PanelPlan((3, 5), (3, 4), draws=1000, seed=9)
    assert panel_chances(Variances(1, 1, 2), other).chance.tobytes() != one.chance.tobytes()


def test_number_of_entries_that_is_added_changes_no_other():
    few = panel_chances(Variances(1, 1, 2), PanelPlan((3,), (3,), draws=1000))
    more = panel_chances(Variances(1, 1, 2), PanelPlan((3,), (3, 4), draws=1000))
    assert more.chance[0, 0] == few.chance[0, 0]


def test_jurors_that_are_needed_are_those_from_whom_on_all_panels_are_enough():
    chance = np.array([[0.7, 0.6], [0.82, 0.7], [0.79, 0.75], [0.85, 0.79]])
    table = PanelChances(np.array([3, 4, 5, 6]), np.array([3, 4]), chance, np.zeros((4, 2)))
    assert table.needed(0.8).tolist() == [6, 0]
    assert table.needed(0.75).tolist() == [4, 5]
    assert table.needed(0.5).tolist() == [3, 3]


def test_variances_of_past_sheets_are_weighted_by_their_cells():
    rng = np.random.default_rng(0)
    sheets = []
    for jurors, entries in ((6, 30), (5, 20)):
        cells = (
            2 * rng.normal(size=entries) + rng.normal(size=(jurors, 1))
            + 0.5 * rng.normal(size=(jurors, entries))
        )  # fmt: skip
        names = [tuple(f"{at}" for at in range(size)) for size in cells.shape]
        sheets.append(Sheet(names[0], names[1], ("s",), cells[:, :, None], np.ones(1)))
    one, two = (past_variances([sheet]) for sheet in sheets)
    both = past_variances(sheets)
    assert both.entry == pytest.approx((180 * one.entry + 100 * two.entry) / 280, abs=1e-12)
    assert both.residual == pytest.approx(0.25, abs=0.06)
    with pytest.raises(JuryFault, match="no past sheet"):
        past_variances([])


def test_plan_that_cannot_be_is_refused_with_all_reasons():
    with pytest.raises(FaultsFound) as raised:
        panel_chances(Variances(0, -1, math.nan), PanelPlan((0,), (1,), 1.0, 0))
    assert [str(one) for one in raised.value.exceptions] == [
        "variance of juror: -1 is not a number of 0 or more.",
        "variance of residual: nan is not a number of 0 or more.",
        (
            "variance of entry: without a variance of entries none is the best. "
            "Scores that do not differ plan nothing."
        ),
        "jurors: must be numbers of 1 or more.",
        "entries: must be numbers of 2 or more.",
        "missing share: 1 is not from 0 to below 1.",
        "draws: 0 are none.",
    ]
