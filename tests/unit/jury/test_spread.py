"""Which juror stands far from the rest."""

import numpy as np
import pytest

from tolok.jury.sheet import Sheet
from tolok.jury.spread import juror_spread

NAN = np.nan


def sheet(cells):
    """A sheet of one criterion."""
    jurors, entries = (tuple(f"{at}" for at in range(size)) for size in cells.shape)
    return Sheet(jurors, entries, ("score",), cells[:, :, None], np.ones(1))


def panel(seed=0):
    """Six jurors and ten entries; residuals of sd 1."""
    rng = np.random.default_rng(seed)
    return 6 + 2 * rng.normal(size=10) + rng.normal(size=(6, 1)) + rng.normal(size=(6, 10))


def test_careless_juror_is_reviewed_and_a_harsh_one_is_not():
    cells = panel()
    cells[1] -= 10
    cells[4] = np.random.default_rng(8).uniform(0, 14, 10)
    found = juror_spread(sheet(cells))
    assert found.is_reviewed.tolist() == [False] * 4 + [True, False]
    assert found.ratio[4] > 2
    assert found.leniency.argmin() == 1
    assert found.scored.tolist() == [10] * 6


def test_residual_spread_has_the_expected_size():
    squares = [juror_spread(sheet(panel(seed))).residual ** 2 for seed in range(300)]
    assert np.mean(squares, axis=0) == pytest.approx(np.ones(6), abs=0.1)


def test_juror_with_one_score_and_one_with_none_do_not_stray():
    cells = np.vstack([panel(), np.full((2, 10), NAN)])
    cells[6, 3] = 9.0
    found = juror_spread(sheet(cells))
    assert np.isnan(found.residual).tolist() == [False] * 6 + [True, True]
    assert found.scored.tolist() == [10] * 6 + [1, 0]
    assert not found.is_reviewed.any()


def test_two_jurors_stray_alike_and_none_is_reviewed():
    found = juror_spread(sheet(panel()[:2]))
    assert found.residual[0] == pytest.approx(found.residual[1], abs=1e-12)
    assert not found.is_reviewed.any()


def test_jurors_who_differ_by_constants_do_not_stray():
    found = juror_spread(sheet(np.array([[1.0, 2, 3], [2, 3, 4]])))
    assert found.residual == pytest.approx([0, 0], abs=1e-12)
    assert not found.is_reviewed.any()
