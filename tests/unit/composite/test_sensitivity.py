"""Sobol indices, exact and estimated."""

import numpy as np
import pytest

from tolok.composite.sensitivity import (
    Runs,
    enumerate_output,
    estimate_sobol,
    every_combination,
    exact_sobol,
    run_designs,
)


def rng():
    """The same draws for every test."""
    return np.random.default_rng(24)


def additive(choices):
    """Variances 4, 1 and 0, about a mean far from 0."""
    return 1000 + 2.0 * np.array([-1, 1])[choices[:, 0]] + np.array([1, -1])[choices[:, 1]]


def product(choices):
    """Of (1 + c u): variances c * c, and c * c of all others more in total."""
    return np.prod(1 + np.array([1.0, 0.5]) * np.array([-1, 1])[choices], axis=1)


def test_additive_result_has_no_interactions():
    found = exact_sobol(enumerate_output((2, 2, 3), additive))
    np.testing.assert_allclose(found.first, [0.8, 0.2, 0], atol=1e-15)
    np.testing.assert_allclose(found.total, [0.8, 0.2, 0], atol=1e-15)
    assert (found.mean, found.variance) == (1000.0, 5.0)


def test_input_without_effect_has_exactly_none():
    found = exact_sobol(enumerate_output((2, 2, 3), lambda choices: additive(choices) * 0.1))
    assert found.total[2] == 0


def test_interactions_count_for_every_input_in_them():
    found = exact_sobol(enumerate_output((2, 2), product))
    whole = 2 * 1.25 - 1
    np.testing.assert_allclose(found.first, [1 / whole, 0.25 / whole])
    np.testing.assert_allclose(found.total, [1.25 / whole, 0.5 / whole])


def test_levels_have_weights():
    # Level 1 of three chances in four: variance 3/16 and 4 of 1/4.
    output = np.array([0.0, 1.0])[:, None] + np.array([0.0, 2.0])
    found = exact_sobol(output, [np.array([1.0, 3.0]), np.ones(2)])
    np.testing.assert_allclose(found.first, [3 / 19, 16 / 19])
    assert (found.mean, found.variance) == (1.75, 1.1875)


def test_weight_is_that_many_levels():
    output = rng().standard_normal((2, 3))
    weighted = exact_sobol(output, [np.array([1, 2]), np.array([1, 1, 2])])
    repeated = exact_sobol(output[[0, 1, 1]][:, [0, 1, 2, 2]])
    np.testing.assert_allclose(weighted.first, repeated.first)
    np.testing.assert_allclose(weighted.total, repeated.total)


def test_result_that_does_not_vary_has_no_indices():
    found = exact_sobol(np.full((2, 3), 0.1))
    assert np.isnan([*found.first, *found.total]).all()
    assert (found.mean, found.variance) == (0.1, 0.0)
    runs = run_designs((2, 3), lambda choices: np.full(choices.shape[0], 0.1), 50, rng())
    assert np.isnan(estimate_sobol(runs, rng()).indices.first).all()


def test_combinations_come_with_the_last_input_fastest():
    assert every_combination([2, 2]).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert every_combination([3]).tolist() == [[0], [1], [2]]


def test_estimators_are_those_of_saltelli_and_jansen():
    base, other = np.array([1.0, 2.0, 4.0]), np.array([3.0, 0.0, 2.0])
    mixed = np.array([[3.0, 2.0, 2.0], [1.0, 0.0, 4.0]])
    found = estimate_sobol(Runs(base, other, mixed), rng(), 10).indices
    both = np.concatenate([base, other])
    first = ((other - both.mean()) * (mixed - base)).mean(axis=1) / both.var()
    total = np.square(base - mixed).mean(axis=1) / 2 / both.var()
    np.testing.assert_allclose(found.first, first)
    np.testing.assert_allclose(found.total, total)
    assert found.mean == pytest.approx(both.mean())
    assert found.variance == pytest.approx(both.var())


@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_mean_of_the_result_does_not_move_estimates(shift):
    runs = run_designs((2, 2), lambda choices: product(choices) + shift, 256, rng())
    found = estimate_sobol(runs, rng())
    plain = estimate_sobol(run_designs((2, 2), product, 256, rng()), rng())
    np.testing.assert_allclose(found.indices.first, plain.indices.first, rtol=1e-6)
    np.testing.assert_allclose(found.first_interval, plain.first_interval, rtol=1e-5)


def test_intervals_narrow_with_more_runs_and_hold_the_estimate():
    widths = []
    for size in (64, 4096):
        found = estimate_sobol(run_designs((2, 2), product, size, rng()), rng())
        low, high = found.total_interval.T
        assert ((low < found.indices.total) & (found.indices.total < high)).all()
        widths.append(high - low)
    assert (widths[1] < widths[0] / 4).all()


def test_same_seed_gives_the_same_estimate():
    one, other = (estimate_sobol(run_designs((2, 2), product, 64, rng()), rng()) for _ in range(2))
    assert one.first_interval.tolist() == other.first_interval.tolist()


def test_designs_mix_one_input_at_a_time():
    place = np.array([100, 10, 1])
    runs = run_designs((4, 5, 6), lambda choices: (choices @ place).astype(float), 40, rng())
    base, other = (
        np.array([[*f"{int(v):03d}"] for v in design]) for design in (runs.base, runs.other)
    )
    for column in range(3):
        mixed = np.array([[*f"{int(value):03d}"] for value in runs.mixed[column]])
        expected = base.copy()
        expected[:, column] = other[:, column]
        assert mixed.tolist() == expected.tolist()


def test_combination_is_computed_once():
    seen: list[tuple] = []

    def model(choices):
        seen.extend(map(tuple, choices.tolist()))
        return choices.sum(axis=1).astype(float)

    run_designs((2, 3), model, 500, rng())
    assert sorted(seen) == [(a, b) for a in range(2) for b in range(3)]


def test_designs_draw_levels_by_their_weights():
    weights = [np.array([1.0, 0.0, 3.0])]
    runs = run_designs((3,), lambda choices: choices[:, 0].astype(float), 8000, rng(), weights)
    assert set(runs.base) == {0.0, 2.0}
    assert runs.base.mean() == pytest.approx(1.5, abs=0.03)
