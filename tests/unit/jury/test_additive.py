"""Additive effects: those of the normal equations, whatever is missing."""

import numpy as np
import pytest

from tolok.jury.additive import entry_effects, fit_additive

NAN = np.nan
GAPS = np.array([[7.0, 5, NAN, 6], [NAN, 3, 4, 2], [9, NAN, 8, 9], [5, 4, 5, NAN]])


def least_squares(cells):
    """Grand mean, effects of entries, of jurors, and the hat matrix's diagonal, from the design."""
    juror, entry = np.nonzero(~np.isnan(cells))
    jurors, entries = cells.shape
    design = np.zeros((juror.size, 1 + entries + jurors))
    design[:, 0] = 1
    design[np.arange(juror.size), 1 + entry] = 1
    design[np.arange(juror.size), 1 + entries + juror] = 1
    hold = np.zeros((2, design.shape[1]))
    hold[0, 1 : 1 + entries] = hold[1, 1 + entries :] = 1
    solution = np.linalg.lstsq(
        np.vstack([design, hold]), np.append(cells[juror, entry], [0, 0]), rcond=None
    )[0]
    hat = np.diag(design @ np.linalg.pinv(design))
    return solution[0], solution[1 : 1 + entries], solution[1 + entries :], hat


def test_effects_are_those_of_least_squares():
    found = fit_additive(GAPS)
    mean, entry, juror, hat = least_squares(GAPS)
    assert found.mean == pytest.approx(mean, abs=1e-12)
    assert found.entry == pytest.approx(entry, abs=1e-12)
    assert found.juror == pytest.approx(juror, abs=1e-12)
    assert found.leverage[~np.isnan(GAPS)] == pytest.approx(hat, abs=1e-12)
    assert found.degrees == 12 - 4 - 4 + 1
    assert found.variance == pytest.approx(np.nansum(found.residual**2) / 5)


def test_complete_panel_gives_plain_means_and_their_error():
    cells = np.array([[7.0, 5, 6], [4, 3, 5], [9, 8, 8], [6, 4, 4]])
    found = fit_additive(cells)
    assert found.mean + found.entry == pytest.approx(cells.mean(axis=0), abs=1e-12)
    own = np.diag(found.inverse)
    variance = own[:, None] + own - 2 * found.inverse
    assert variance[np.triu_indices(3, 1)] == pytest.approx([2 / 4] * 3, abs=1e-12)


def test_juror_without_a_score_changes_nothing():
    more = np.vstack([GAPS, np.full((1, 4), NAN)])
    found, plain = fit_additive(more), fit_additive(GAPS)
    assert found.entry.tolist() == plain.entry.tolist()
    assert np.isnan(found.juror[-1])
    assert (found.mean, found.degrees) == (plain.mean, plain.degrees)


def test_one_juror_leaves_no_degrees_of_freedom():
    found = fit_additive(np.array([[3.0, 5.0]]))
    assert (found.mean + found.entry).tolist() == [3.0, 5.0]
    assert found.degrees == 0
    assert np.isnan(found.variance)


def test_entries_that_are_not_joined_are_a_bug_here():
    with pytest.raises(ValueError, match="not joined"):
        fit_additive(np.array([[1.0, NAN], [NAN, 2.0]]))


def test_juror_drawn_twice_counts_as_two_jurors():
    twice = fit_additive(GAPS[[0, 0, 1, 3]])
    drawn = entry_effects(GAPS[None], np.array([[2.0, 1, 0, 1]]))
    assert drawn[0] == pytest.approx(twice.entry, abs=1e-12)


def test_draw_whose_jurors_do_not_join_all_entries_says_nothing():
    cells = np.array([[1.0, 2, NAN], [NAN, 3, 4], [5, NAN, NAN]])
    found = entry_effects(np.stack([cells] * 3), np.array([[1.0, 1, 0], [2, 0, 1], [1, 1, 5]]))
    assert np.isnan(found).any(axis=1).tolist() == [False, True, False]
    assert found[0].tolist() == found[2].tolist() == pytest.approx([-1, 0, 1])


@pytest.mark.parametrize("size", [(3, 7), (7, 3), (4, 4), (1, 3), (3, 1)])
def test_effects_do_not_hang_on_which_side_is_longer(size):
    rng = np.random.default_rng(5)
    cells = rng.normal(size=size)
    cells[rng.random(size) < (0.1 if min(size) > 1 else 0)] = NAN
    count = rng.integers(1, 3, size[0]).astype(float)
    found = entry_effects(cells[None], count[None])[0]
    repeated = np.repeat(cells, count.astype(int), axis=0)
    assert found == pytest.approx(least_squares(repeated)[1], abs=1e-10)


def test_entry_that_no_drawn_juror_scored_says_nothing():
    assert np.isnan(entry_effects(np.array([[[NAN], [3.0]]]), np.array([[1.0, 0.0]]))).all()


def test_many_draws_are_those_one_by_one():
    rng = np.random.default_rng(3)
    cells = rng.normal(size=(400, 60, 50))
    count = rng.integers(1, 4, (400, 60)).astype(float)
    found = entry_effects(cells, count)
    alone = entry_effects(cells[399:], count[399:])
    assert found[399].tolist() == alone[0].tolist()
