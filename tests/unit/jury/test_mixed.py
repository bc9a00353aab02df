"""Variances by restricted likelihood: the summit, the edge at 0, and what is refused."""

import numpy as np
import pytest

from tolok.errors import JuryFault
from tolok.jury.mixed import Variances, fit_random, random_effects

NAN = np.nan


def panel(seed, jurors=6, entries=8, missing=0.2):
    """A panel with entries of sd 2, jurors of sd 1, residuals of sd 1, some missing."""
    rng = np.random.default_rng(seed)
    cells = (
        5 + 2 * rng.normal(size=entries) + rng.normal(size=(jurors, 1))
        + rng.normal(size=(jurors, entries))
    )  # fmt: skip
    cells[rng.random(cells.shape) < missing] = NAN
    return cells


def likelihood_by_hand(cells, variances):
    """The restricted log-likelihood from the whole covariance of the scores."""
    juror, entry = np.nonzero(~np.isnan(cells))
    value, ones = cells[juror, entry], np.ones(juror.size)
    cover = variances.residual * np.eye(juror.size)
    cover += variances.entry * (entry[:, None] == entry)
    cover += variances.juror * (juror[:, None] == juror)
    inverse = np.linalg.inv(cover)
    weight = float(ones @ inverse @ ones)
    rest = value - float(ones @ inverse @ value) / weight
    square = float(rest @ inverse @ rest)
    determinant = np.linalg.slogdet(cover)[1] + np.log(weight)
    return -(determinant + square + (juror.size - 1) * np.log(2 * np.pi)) / 2


@pytest.mark.parametrize("seed", range(4))
def test_likelihood_is_that_of_the_whole_covariance_and_at_its_summit(seed):
    cells = panel(seed)
    found = fit_random(cells)
    best = found.variances
    assert found.log_likelihood == pytest.approx(likelihood_by_hand(cells, best), abs=1e-9)
    for name in ("entry", "juror", "residual"):
        here = getattr(best, name)
        for away in (max(here - 0.02, 0.0), here + 0.02):
            moved = Variances(**(vars(best) | {name: away}))
            if away == here:
                continue  # at the edge there is no lower variance
            assert likelihood_by_hand(cells, moved) < found.log_likelihood


def test_effects_are_the_conditional_means():
    cells, variances = panel(9), Variances(4.0, 1.5, 0.7)
    found = random_effects(cells, variances)
    juror, entry = np.nonzero(~np.isnan(cells))
    cover = 0.7 * np.eye(juror.size)
    cover += 4.0 * (entry[:, None] == entry) + 1.5 * (juror[:, None] == juror)
    inverse = np.linalg.inv(cover)
    ones = np.ones(juror.size)
    mean = float(ones @ inverse @ cells[juror, entry]) / float(ones @ inverse @ ones)
    rest = inverse @ (cells[juror, entry] - mean)
    assert found.mean == pytest.approx(mean, abs=1e-10)
    assert found.entry == pytest.approx(4.0 * np.bincount(entry, rest), abs=1e-10)
    assert found.juror == pytest.approx(1.5 * np.bincount(juror, rest), abs=1e-10)


def test_variance_without_support_is_0():
    rng = np.random.default_rng(2)
    cells = rng.normal(size=(5, 6))
    cells -= cells.mean(axis=1, keepdims=True)
    found = fit_random(cells + 3)
    assert found.variances.juror == 0
    assert found.juror == pytest.approx(np.zeros(5), abs=1e-12)


def test_effects_are_shrunk_to_the_mean_and_less_with_more_jurors():
    few, many = panel(5, jurors=3, missing=0), panel(5, jurors=60, missing=0)
    for cells, most in ((few, 1.0), (many, 1.0)):
        found = fit_random(cells)
        plain = cells.mean(axis=0) - cells.mean()
        share = found.entry / plain
        assert (share > 0).all()
        assert (share < most).all()
    assert fit_random(many).entry[0] / (many.mean(axis=0) - many.mean())[0] > 0.98


@pytest.mark.parametrize(
    "cells",
    [
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[1.0], [2.0]]),
        np.array([[1.0, 2.0, NAN], [NAN, 3.0, 4.0]]),
        np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]]),
        np.full((3, 3), 5.0),
    ],
)
def test_too_few_scores_and_scores_without_chance_are_refused(cells):
    with pytest.raises(JuryFault, match=r"Tally by the method additive\.$"):
        fit_random(cells)


def test_search_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr("tolok.jury.mixed._STEPS", 1)
    with pytest.raises(JuryFault, match="do not settle"):
        fit_random(panel(1))
