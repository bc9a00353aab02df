"""Draws of weights and methods: ranks of each, and what they come to."""

import numpy as np
import pytest

from tolok.composite.index import Method, Sample, freeze
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import MinMax, PercentileRank, ZScore
from tolok.composite.structure import Group, Indicator, Structure
from tolok.composite.treat import Treat
from tolok.composite.uncertainty import (
    Draws,
    draw_methods,
    drawn_ranks,
    drawn_scores,
    method_grid,
    noisy_weights,
    summarise_ranks,
)
from tolok.errors import IndexFault

NAN = np.nan
FOUR = Structure(
    (Indicator("a", "g"), Indicator("b", "g"), Indicator("c", "h"), Indicator("d", "h")),
    (Group("g"), Group("h")),
)


def invented(units=12, seed=5):
    rng = np.random.default_rng(seed)
    value = rng.normal(size=(units, 4))
    value[rng.random(value.shape) < 0.1] = NAN
    value[-1] = NAN
    return Sample(value)


def test_grid_is_every_combination():
    grid = method_grid(Method(), normalise=[MinMax(), ZScore()], treat=[None, Treat(), Treat(3)])
    assert len(set(map(repr, grid))) == 6
    assert method_grid(Method(aggregate=Aggregate("harmonic"))) == (
        Method(aggregate=Aggregate("harmonic")),
    )


def test_noise_keeps_weights_inside_its_bounds():
    drawn = noisy_weights(np.array([2.0, 0.0]), 0.25, 4000, np.random.default_rng(1))
    assert (drawn[:, 1] == 0).all()
    assert drawn[:, 0].min() == pytest.approx(1.5, abs=0.01)
    assert drawn[:, 0].max() == pytest.approx(2.5, abs=0.01)
    assert drawn[:, 0].mean() == pytest.approx(2.0, abs=0.02)


@pytest.mark.parametrize("noise", [-0.1, 1.0, NAN])
def test_noise_that_could_turn_a_weight_negative_is_refused(noise):
    with pytest.raises(IndexFault, match="is not between 0 and 1"):
        noisy_weights(np.ones(2), noise, 3, np.random.default_rng(1))


def test_scores_of_a_draw_are_those_of_its_method_and_weights():
    sample = invented()
    methods = method_grid(
        Method(),
        normalise=[MinMax(1, 100), PercentileRank()],
        aggregate=[Aggregate(), Aggregate("copeland")],
    )
    draws = draw_methods(FOUR, methods, noise=0.25, draws=40, seed=9)
    scores = drawn_scores(FOUR, draws, sample)
    ranks = drawn_ranks(FOUR, draws, sample)
    assert set(draws.choice.tolist()) == {0, 1, 2, 3}
    for draw, choice in enumerate(draws.choice):
        own = dict(zip(FOUR.nodes, draws.weight[draw].tolist(), strict=True))
        weighed = Structure(
            tuple(Indicator(one.name, one.parent, own[one.name]) for one in FOUR.indicators),
            tuple(Group(one.name, weight=own[one.name]) for one in FOUR.groups),
        )
        alone = freeze(weighed, methods[choice], sample).score(sample)
        np.testing.assert_allclose(scores[draw], alone.score)
        assert ranks[draw].tolist() == alone.rank.tolist()


def test_parameters_are_frozen_on_the_reference():
    sample = invented(20)
    draws = draw_methods(FOUR, [Method()], noise=0.25, draws=10, seed=2)
    some = Sample(sample.value[:6])
    np.testing.assert_array_equal(
        drawn_scores(FOUR, draws, some, reference=sample),
        drawn_scores(FOUR, draws, sample)[:, :6],
    )


def test_constant_indicator_is_no_gap_in_any_draw():
    value = invented().value.copy()
    value[:-1, 0], value[:-1, 1:] = 3.0, np.nan_to_num(value[:-1, 1:])
    method = Method(aggregate=Aggregate(min_share=1.0))
    draws = draw_methods(FOUR, [method], noise=0.25, draws=5, seed=2)
    ranks = drawn_ranks(FOUR, draws, Sample(value))
    assert np.sort(ranks, axis=1).tolist() == [list(range(12))] * 5


def test_same_seed_gives_the_same_draws_however_many_follow():
    few, many = (draw_methods(FOUR, [Method()] * 3, noise=0.2, draws=n, seed=4) for n in (5, 50))
    assert few.choice.tolist() == many.choice[:5].tolist()
    assert few.weight.tolist() == many.weight[:5].tolist()


def test_draws_of_many_units_do_not_hang_on_chunks():
    sample = invented(5000)
    draws = draw_methods(FOUR, [Method()], noise=0.25, draws=60, seed=3)
    whole = drawn_ranks(FOUR, draws, sample)
    for draw in (0, 25, 26, 59):
        one = Draws(draws.methods, draws.choice[[draw]], draws.weight[[draw]])
        assert (drawn_ranks(FOUR, one, sample)[0] == whole[draw]).all()


def test_summary_of_ranks():
    ranks = np.array([[1, 3, 2, 0], [2, 3, 1, 0], [1, 3, 1, 4], [1, 2, 3, 4], [4, 1, 2, 0]])
    found = summarise_ranks(ranks.astype(np.int16), top=(1, 2), coverage=0.5)
    np.testing.assert_allclose(found.mean, [1.8, 2.4, 1.8, 4])
    np.testing.assert_allclose(found.median, [1, 3, 2, 4])
    np.testing.assert_allclose(found.low, [1, 2, 1, 4])
    np.testing.assert_allclose(found.high, [2, 3, 2, 4])
    np.testing.assert_allclose(
        found.top_probability, [[0.6, 0.8], [0.2, 0.4], [0.4, 0.8], [0.0, 0.0]]
    )


def test_quantiles_are_those_of_numpy():
    ranks = np.random.default_rng(0).integers(1, 30, (77, 9)).astype(np.int16)
    found = summarise_ranks(ranks, coverage=0.9)
    np.testing.assert_allclose(found.low, np.quantile(ranks, 0.05, axis=0))
    np.testing.assert_allclose(found.high, np.quantile(ranks, 0.95, axis=0))


def test_unit_without_any_rank_has_no_summary():
    found = summarise_ranks(np.zeros((3, 1), np.int16))
    assert np.isnan([found.mean, found.median, found.low, found.high]).all()
    assert found.top_probability.tolist() == [[0, 0]]
