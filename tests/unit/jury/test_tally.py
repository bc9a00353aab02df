"""Tallies: which method, on what scale, and what each refuses."""

import numpy as np
import pytest

from tolok.errors import JuryFault, NotComparable
from tolok.jury.sheet import Sheet
from tolok.jury.tally import METHODS, standardised, tally

NAN = np.nan
WHOLE = np.array([[7.0, 5, 6, 2], [4, 3, 5, 1], [9, 8, 7, 6]])


def sheet(cells):
    """A sheet of one criterion."""
    cells = np.asarray(cells, dtype=np.float64)
    jurors = tuple(f"j{at}" for at in range(len(cells)))
    entries = tuple("abcdefgh"[: cells.shape[1]])
    return Sheet(jurors, entries, ("score",), cells[:, :, None], np.ones(1))


def test_mean_is_taken_of_a_whole_panel_and_additive_effects_of_another():
    assert tally(sheet(WHOLE)).method == "mean"
    assert tally(sheet(WHOLE)).score.tolist() == WHOLE.mean(axis=0).tolist()
    holed = WHOLE.copy()
    holed[1, 0] = NAN
    assert tally(sheet(holed)).method == "additive"


def test_additive_tally_of_a_whole_panel_is_its_mean():
    mean, additive = tally(sheet(WHOLE), "mean"), tally(sheet(WHOLE), "additive")
    assert additive.score == pytest.approx(mean.score, abs=1e-12)
    assert additive.covariance.tolist() == mean.covariance.tolist()


def test_missing_a_harsh_juror_gains_nothing():
    # the second juror takes 5 from everyone; c is not seen by him, and is not the best
    cells = np.array([[8.0, 6, 7], [3, 1, NAN], [8, 6, 7]])
    assert np.nanmean(cells, axis=0).argmax() == 2
    found = tally(sheet(cells))
    assert found.rank.tolist() == [1, 3, 2]
    assert found.leniency == pytest.approx([5 / 3, -10 / 3, 5 / 3], abs=1e-12)


def test_mean_of_a_panel_with_holes_is_refused_with_what_is_missing():
    with pytest.raises(JuryFault) as raised:
        tally(sheet([[1, NAN, 3], [1, 2, NAN]]), "mean")
    assert str(raised.value) == (
        "mean: the score of j0 of b, j1 of c is missing, or not whole. A plain mean would favour "
        "who missed a harsh juror; tally by the method additive."
    )
    many = np.full((3, 4), NAN)
    many[0] = 1
    with pytest.raises(JuryFault, match="j2 of a and 3 more is missing"):
        tally(sheet(np.where(np.isnan(many), NAN, many)), "mean")


def test_error_of_a_difference_is_that_of_a_paired_panel():
    cells = np.array([[7.0, 5], [4, 3], [9, 8], [6, 2]])
    apart = cells[:, 0] - cells[:, 1]
    found = tally(sheet(cells))
    assert found.difference_error[0, 1] == pytest.approx(apart.std(ddof=1) / 2, abs=1e-12)
    assert np.diag(found.difference_error).tolist() == [0, 0]


def test_z_of_a_whole_panel_is_the_mean_of_z():
    z = (WHOLE - WHOLE.mean(axis=1, keepdims=True)) / WHOLE.std(axis=1, ddof=1, keepdims=True)
    assert tally(sheet(WHOLE), "z").score == pytest.approx(z.mean(axis=0), abs=1e-12)


def test_juror_who_tells_nothing_apart_has_z_scores_of_0():
    z = standardised(np.array([[0.1, 0.1, 0.1], [3, NAN, NAN], [1, 2, NAN]]))
    half = 0.5**0.5
    expected = np.array([[0, 0, 0], [0, NAN, NAN], [-half, half, NAN]])
    assert z == pytest.approx(expected, abs=1e-15, nan_ok=True)


def test_random_effects_are_on_the_scale_of_scores_with_their_variances():
    cells = WHOLE + np.array([[0.3, -0.2, 0.1, 0.0], [0, 0, 0, 0], [0, 0.4, 0, -0.1]])
    found = tally(sheet(cells), "random")
    assert found.variances is not None
    assert found.variances.juror > found.variances.residual
    assert found.score.mean() == pytest.approx(cells.mean(), abs=1e-10)
    assert found.rank.tolist() == tally(sheet(cells)).rank.tolist()


def test_rasch_tells_lenient_jurors_as_the_others_do():
    rng = np.random.default_rng(1)
    cells = np.clip(np.round(5 + rng.normal(size=8) + rng.normal(size=(5, 8))), 1, 9)
    cells[2] = np.clip(cells[2] + 2, 1, 9)
    found = tally(sheet(cells), "rasch")
    assert found.leniency.argmax() == 2
    assert np.corrcoef(found.score, cells.mean(axis=0))[0, 1] > 0.97


def test_unknown_method_is_refused():
    with pytest.raises(JuryFault, match="Did you mean 'additive'"):
        tally(sheet(WHOLE), "aditive")
    with pytest.raises(JuryFault, match="It is mean, additive, random, z, rasch"):
        tally(sheet(WHOLE), "vote")


@pytest.mark.parametrize("method", [*METHODS, None])
def test_sheet_without_a_score_is_refused(method):
    with pytest.raises(JuryFault, match="no juror's score of any entry counts"):
        tally(sheet(np.full((2, 3), NAN)), method)


@pytest.mark.parametrize("method", ["additive", "random", "z", "rasch"])
def test_entries_that_are_not_joined_are_named(method):
    with pytest.raises(NotComparable) as raised:
        tally(sheet([[1, 2, NAN, NAN], [NAN, NAN, 3, 4], [2, 1, NAN, NAN]]), method)
    assert raised.value.groups == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("method", ["mean", "additive", "z"])
def test_all_equal_scores_share_the_first_place(method):
    assert tally(sheet(np.full((3, 4), 7.3)), method).rank.tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("method", ["mean", "additive", "z"])
def test_one_juror_and_one_entry_can_be_tallied(method):
    alone = tally(sheet([[3, 9, 6]]), method)
    assert alone.rank.tolist() == [3, 1, 2]
    assert np.isnan(alone.covariance).all()
    single = tally(sheet([[3], [5]]), method)
    assert single.rank.tolist() == [1]


def test_great_scores_lose_nothing():
    found = tally(sheet(WHOLE + 1e9))
    assert found.score - 1e9 == pytest.approx(WHOLE.mean(axis=0), abs=1e-6)
    assert found.rank.tolist() == tally(sheet(WHOLE)).rank.tolist()
