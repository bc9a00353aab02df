"""The many-facet Rasch model: its equations hold, extremes are measured, bad data are refused."""

import itertools

import numpy as np
import pytest

from tolok.errors import JuryFault, NotComparable
from tolok.jury.rasch import EXTREME, fit_rasch
from tolok.jury.sheet import Sheet

NAN = np.nan


def sheet(score):
    """A sheet of an array of jurors, entries and criteria."""
    sizes = score.shape
    names = [tuple(f"{kind}{at}" for at in range(n)) for kind, n in zip("jec", sizes, strict=True)]
    return Sheet(names[0], names[1], names[2], score.astype(float), np.ones(sizes[2]))


def ratings(seed=0, shape=(5, 12, 3), missing=0.1, top=4):
    """Ratings from 1 to 5 drawn by the model."""
    rng = np.random.default_rng(seed)
    logit = rng.normal(size=shape[0])[:, None, None] + rng.normal(size=shape[1])[:, None]
    logit = logit + 0.4 * rng.normal(size=shape[2])
    power = np.arange(top + 1) * logit[..., None] - np.cumsum([0, -1.5, -0.5, 0.5, 1.5][: top + 1])
    chance = np.exp(power) / np.exp(power).sum(axis=-1, keepdims=True)
    score = 1.0 + (rng.random(shape)[..., None] > chance.cumsum(axis=-1)).sum(axis=-1)
    score[rng.random(shape) < missing] = NAN
    return score


def expected(found, top):
    """The expected category of every cell."""
    logit = found.merit[:, None] - found.severity[:, None, None] - found.difficulty
    power = np.arange(top + 1) * logit[..., None]
    power[..., 1:] -= np.cumsum(found.threshold)
    chance = np.exp(power) / np.exp(power).sum(axis=-1, keepdims=True)
    return chance, chance @ np.arange(top + 1)


def test_sums_of_entries_jurors_criteria_and_steps_are_those_expected():
    score = ratings()
    found = fit_rasch(sheet(score))
    there = ~np.isnan(score)
    chance, mean = expected(found, 4)
    rest = np.where(there, score - 1 - mean, 0)
    for axes in ((0, 2), (1, 2), (0, 1)):
        assert rest.sum(axis=axes) == pytest.approx(0, abs=1e-8)
    counts = [(score == one).sum() for one in range(1, 6)]
    assert chance[there].sum(axis=0) == pytest.approx(counts, abs=1e-8)
    for facet in (found.severity, found.difficulty, found.threshold):
        assert facet.sum() == pytest.approx(0, abs=1e-10)
    assert found.categories.tolist() == [1, 2, 3, 4, 5]


def likelihood(score, free):
    """The log-likelihood by free parameters: the last of each centred facet follows from others."""
    jurors, entries, criteria = score.shape
    edges = np.cumsum([entries, jurors - 1, criteria - 1])
    merit, *others = np.split(free, edges)
    severity, difficulty, threshold = (np.append(one, -one.sum()) for one in others)
    logit = merit[:, None] - severity[:, None, None] - difficulty
    power = np.arange(threshold.size + 1) * logit[..., None]
    power[..., 1:] -= np.cumsum(threshold)
    chance = np.exp(power) / np.exp(power).sum(axis=-1, keepdims=True)
    step = (score - score.min()).astype(int)
    return float(np.log(np.take_along_axis(chance, step[..., None], axis=-1)).sum())


def test_errors_are_those_of_the_curvature():
    score = ratings(8, (5, 8, 3), 0)
    found = fit_rasch(sheet(score))
    parts = (found.severity, found.difficulty, found.threshold)
    free = np.concatenate([found.merit, *(part[:-1] for part in parts)])
    step = 1e-3 * np.eye(free.size)
    curve = [
        [
            likelihood(score, free + one + two) - likelihood(score, free + one - two)
            - likelihood(score, free - one + two) + likelihood(score, free - one - two)
            for one in step
        ]
        for two in step
    ]  # fmt: skip
    assert not found.is_extreme[0].any()
    covariance = np.linalg.inv(-np.array(curve) / 4e-6)[:8, :8]
    assert found.covariance == pytest.approx(covariance, abs=1e-4)


def test_entry_with_only_highest_scores_is_measured_a_little_inside():
    score = ratings(2, missing=0)
    score[:, 3] = 5
    found = fit_rasch(sheet(score))
    assert [facet.any() for facet in found.is_extreme] == [True, False, False]
    assert found.is_extreme[0].nonzero()[0].tolist() == [3]
    _, mean = expected(found, 4)
    assert mean[:, 3].sum() == pytest.approx(score[:, 3].size * 4 - EXTREME, abs=1e-6)
    assert found.merit.argmax() == 3
    assert found.covariance[3, 3] > np.delete(np.diag(found.covariance), 3).max()
    rest = np.delete(score, 3, axis=1)
    assert np.delete(found.merit, 3) == pytest.approx(fit_rasch(sheet(rest)).merit, abs=1e-9)


def test_juror_who_gives_only_the_lowest_moves_no_one():
    score = ratings(3, missing=0)
    more = np.concatenate([score, np.ones((1, *score.shape[1:]))])
    found, plain = fit_rasch(sheet(more)), fit_rasch(sheet(score))
    assert found.is_extreme[1].tolist() == [False] * 5 + [True]
    assert found.merit == pytest.approx(plain.merit, abs=1e-9)
    assert found.severity[5] > found.severity[:5].max()
    assert np.isnan(found.infit).tolist() == [False] * 5 + [True]


def test_entry_that_alone_has_the_highest_scores_stands_apart():
    score = np.minimum(ratings(2, missing=0), 4)
    score[:, 3] = 5
    found, plain = fit_rasch(sheet(score)), fit_rasch(sheet(np.delete(score, 3, axis=1)))
    assert found.categories.tolist() == [1, 2, 3, 4]
    assert np.delete(found.merit, 3) == pytest.approx(plain.merit, abs=1e-9)
    assert found.merit.argmax() == 3


def test_extremes_that_met_each_other_are_measured_one_after_the_other():
    score = np.concatenate([ratings(2, missing=0), np.full((2, 12, 3), NAN)])
    score = np.concatenate([score, np.full((7, 2, 3), NAN)], axis=1)
    score[4:6, 12] = 5  # by a juror of the others, and by one who saw nobody else but the last
    score[5:7, 13] = 5
    found = fit_rasch(sheet(score))
    assert [facet.nonzero()[0].tolist() for facet in found.is_extreme] == [[12, 13], [5, 6], []]
    assert np.isfinite(found.merit).all()
    assert np.isfinite(found.severity).all()
    assert (np.diag(found.covariance) > 0).all()


def test_extremes_among_themselves_are_refused():
    score = ratings(2, missing=0)
    more = np.full((6, 13, 4), NAN)
    more[:5, :12, :3] = score
    more[5, 12, 3] = 5
    more[5, 0, 3] = more[0, 12, 3] = 5
    with pytest.raises(JuryFault, match=r"among themselves|not crossed"):
        fit_rasch(sheet(more))


def test_search_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr("tolok.jury.rasch_likelihood._STEPS", 2)
    with pytest.raises(JuryFault, match="run away"):
        fit_rasch(sheet(ratings()))


def test_step_that_goes_too_far_is_halved(monkeypatch):
    expected = fit_rasch(sheet(ratings(9)))
    real, factor = np.linalg.solve, iter([40.0])
    monkeypatch.setattr("tolok.jury.rasch_likelihood._LONGEST", np.inf)
    monkeypatch.setattr("numpy.linalg.solve", lambda one, two: next(factor, 1.0) * real(one, two))
    found = fit_rasch(sheet(ratings(9)))
    assert found.merit == pytest.approx(expected.merit, abs=1e-8)


def test_unused_category_is_closed_up():
    score = ratings(4, missing=0)
    score[score == 3] = 4
    found = fit_rasch(sheet(score))
    assert found.categories.tolist() == [1, 2, 4, 5]
    assert found.threshold.size == 3


def test_two_categories_are_the_model_of_yes_and_no():
    score = np.where(ratings(5, missing=0) > 3, 1.0, 0.0)
    found = fit_rasch(sheet(score))
    assert found.threshold == pytest.approx([0], abs=1e-12)
    odds = found.merit[:, None] - found.severity[:, None, None] - found.difficulty
    rest = score - 1 / (1 + np.exp(-odds))
    kept = ~found.is_extreme[0]
    assert rest[:, kept].sum(axis=(0, 2)) == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize(
    ("score", "told"),
    [
        (np.full((3, 3, 1), 5.0), "too few to estimate from"),
        (np.full((2, 2, 1), 1.5), "whole numbers"),
        (np.array([[[1.0], [5.0]], [[1.0], [5.0]]]), "too few to estimate from"),
        (np.array([[[2.0], [3.0], [4.0]], [[2.0], [3.0], [4.0]]]), "run away|too few"),
    ],
)
def test_scores_that_have_no_measures_are_refused(score, told):
    with pytest.raises(JuryFault, match=told):
        fit_rasch(sheet(score))


def test_criterion_that_only_one_juror_used_cannot_be_told_from_the_juror():
    score = ratings(6, missing=0)
    score[0, :, 1:] = score[1:, :, 0] = NAN
    with pytest.raises(JuryFault, match="not crossed enough"):
        fit_rasch(sheet(score))


def test_entries_that_are_not_joined_are_named():
    score = ratings(7, (4, 4, 2), 0)
    for juror, entry in itertools.product(range(4), range(4)):
        if (juror < 2) != (entry < 2):
            score[juror, entry] = NAN
    with pytest.raises(NotComparable) as raised:
        fit_rasch(sheet(score))
    assert raised.value.groups == [["e0", "e1"], ["e2", "e3"]]
