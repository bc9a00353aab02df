"""What must be true of every confidence set of ranks and of every sensitivity index."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.composite.confidence import compare, rank_sets
from tolok.composite.multinomial import CORRECTIONS, count_rank_sets
from tolok.composite.rank import competition_rank
from tolok.composite.sensitivity import estimate_sobol, exact_sobol, run_designs

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=40)


@st.composite
def tables(draw):
    """Estimates with errors in common, ties among them, some missing."""
    rng = np.random.default_rng(draw(SEEDS))
    units = draw(st.integers(1, 12))
    spread = draw(st.sampled_from([0.0, 1.0, 3.0, 30.0]))
    estimate = np.round(spread * rng.standard_normal(units), draw(st.integers(0, 2)))
    estimate[rng.random(units) < 0.1] = np.nan
    root = rng.standard_normal((units, draw(st.integers(1, 2 * units))))
    return estimate, root @ root.T, draw(SEEDS)


def compared(table, draws=300):
    """The table's units compared, always with the same draws."""
    estimate, covariance, seed = table
    return compare(estimate, covariance, draws, np.random.default_rng(seed))


@FEW
@given(tables())
def test_simultaneous_set_contains_the_marginal(table):
    comparison = compared(table)
    together = comparison.rank_sets(stepdown=False)
    alone = comparison.marginal_sets(stepdown=False)
    assert (together.low <= alone.low).all()
    assert (together.high >= alone.high).all()


@FEW
@given(tables())
def test_step_down_never_widens(table):
    comparison = compared(table)
    step, single = comparison.rank_sets(), comparison.rank_sets(stepdown=False)
    assert (single.low <= step.low).all()
    assert (single.high >= step.high).all()


@FEW
@given(tables(), st.booleans())
def test_higher_coverage_is_wider(table, is_stepwise):
    comparison = compared(table)
    for sets_of in (comparison.rank_sets, comparison.marginal_sets):
        some, more = (sets_of(share, stepdown=is_stepwise) for share in (0.8, 0.95))
        assert (more.low <= some.low).all()
        assert (more.high >= some.high).all()


@FEW
@given(tables())
def test_set_contains_the_observed_rank(table):
    estimate = table[0]
    there = ~np.isnan(estimate)
    rank = np.zeros(estimate.size, dtype=np.int64)
    rank[there] = competition_rank([estimate[there]])
    comparison = compared(table)
    for sets in (comparison.rank_sets(), comparison.marginal_sets()):
        assert ((sets.low <= rank) & (rank <= sets.high)).all()


@FEW
@given(tables())
def test_best_set_grows_with_its_size_and_contains_the_observed_best(table):
    estimate = table[0]
    comparison = compared(table)
    smaller = np.zeros(estimate.size, dtype=bool)
    for size in range(1, estimate.size + 1):
        best = comparison.best_set(size)
        observed = competition_rank([estimate]) <= size
        assert best[observed & ~np.isnan(estimate)].all()
        assert best[smaller].all()
        smaller = best
    assert smaller.tolist() == (~np.isnan(estimate)).tolist()


@FEW
@given(tables(), SEEDS)
def test_order_of_rows_moves_no_bound(table, seed):
    estimate, covariance, draws = table
    rows = np.random.default_rng(seed).permutation(estimate.size)
    one = compared(table)
    other = compared((estimate[rows], covariance[np.ix_(rows, rows)], draws))
    for name in ("rank_sets", "marginal_sets"):
        sets, moved = getattr(one, name)(), getattr(other, name)()
        assert sets.low[rows].tolist() == moved.low.tolist()
        assert sets.high[rows].tolist() == moved.high.tolist()
    assert one.best_set()[rows].tolist() == other.best_set().tolist()
    assert one.separable()[rows].tolist() == other.separable().tolist()


@FEW
@given(SEEDS, st.integers(2, 8))
def test_units_of_equal_figures_have_equal_sets_in_any_order(seed, units):
    rng = np.random.default_rng(seed)
    estimate = rng.integers(0, 3, units) * 4.0
    error = rng.integers(1, 3, units) * 1.0
    sets = compare(estimate, error, 100, np.random.default_rng(seed)).marginal_sets()
    by_figures: dict[tuple, tuple] = {}
    for key in zip(estimate, error, sets.low.tolist(), sets.high.tolist(), strict=True):
        assert by_figures.setdefault(key[:2], key[2:]) == key[2:]


@FEW
@given(tables(), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
def test_scale_of_the_estimates_moves_no_bound(table, scale, shift):
    estimate, covariance, seed = table
    sets = compared(table).rank_sets()
    moved = rank_sets(
        scale * estimate + shift, scale**2 * covariance, 0.95, 300, np.random.default_rng(seed)
    )
    assert sets.low.tolist() == moved.low.tolist()
    assert sets.high.tolist() == moved.high.tolist()


@FEW
@given(tables())
def test_separable_unit_is_surely_above_the_next(table):
    estimate = table[0]
    comparison = compared(table)
    sets = comparison.rank_sets()
    for unit in np.flatnonzero(comparison.separable()):
        below = estimate[estimate < estimate[unit]]
        following = estimate == below.max()
        assert (sets.low[following] > (estimate == estimate[unit]).sum()).all()


@FEW
@given(st.lists(st.integers(0, 80), min_size=1, max_size=8), st.sampled_from(CORRECTIONS))
def test_sets_of_counts_nest(count, correction):
    counts = np.array(count)
    together = count_rank_sets(counts, correction=correction)
    wider = count_rank_sets(counts, 0.99, correction)
    alone = count_rank_sets(counts, correction="bonferroni", marginal=True)
    rank = competition_rank([counts.astype(float)])
    assert ((together.low <= rank) & (rank <= together.high)).all()
    assert ((wider.low <= together.low) & (wider.high >= together.high)).all()
    bonferroni = count_rank_sets(counts, correction="bonferroni")
    assert ((bonferroni.low <= alone.low) & (bonferroni.high >= alone.high)).all()
    assert ((bonferroni.low <= together.low) & (bonferroni.high >= together.high)).all()


@st.composite
def outputs(draw):
    """Results of every combination of two to four inputs, with weights of the levels."""
    rng = np.random.default_rng(draw(SEEDS))
    levels = draw(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    output = rng.standard_normal(levels) * 10.0 ** draw(st.integers(-6, 6)) + rng.normal(0, 100)
    return output, [rng.random(level) + 0.01 for level in levels]


@FEW
@given(outputs())
def test_indices_of_an_enumeration_are_shares(case):
    output, weights = case
    found = exact_sobol(output, weights)
    if found.variance == 0:
        assert output.size == 1
        return
    assert (found.first >= 0).all()
    assert (found.first <= found.total + 1e-9).all()
    assert found.first.sum() <= 1 + 1e-9
    assert found.total.sum() >= 1 - 1e-9


@FEW
@given(outputs(), st.data())
def test_inert_input_has_no_index_and_moves_none(case, data):
    output, weights = case
    place = data.draw(st.integers(0, output.ndim))
    levels = data.draw(st.integers(1, 4))
    inert = np.repeat(np.expand_dims(output, place), levels, axis=place)
    found = exact_sobol(inert, [*weights[:place], np.ones(levels), *weights[place:]])
    plain = exact_sobol(output, weights)
    if plain.variance > 0:
        assert found.total[place] == 0
        np.testing.assert_allclose(found.first[place], 0, atol=1e-9)
        np.testing.assert_allclose(np.delete(found.first, place), plain.first, atol=1e-9)
        np.testing.assert_allclose(np.delete(found.total, place), plain.total, atol=1e-9)


@FEW
@given(SEEDS, st.lists(st.integers(2, 5), min_size=2, max_size=4))
def test_additive_result_has_equal_indices(seed, levels):
    rng = np.random.default_rng(seed)
    effects = np.ix_(*(rng.standard_normal(level) for level in levels))
    found = exact_sobol(np.sum(np.broadcast_arrays(*effects), axis=0))
    np.testing.assert_allclose(found.first, found.total, atol=1e-12)
    np.testing.assert_allclose(found.first.sum(), 1)
    np.testing.assert_allclose(found.first * found.variance, [one.var() for one in effects])


@FEW
@given(outputs(), SEEDS)
def test_estimated_total_index_is_never_negative_and_inert_input_has_none(case, seed):
    output, weights = case
    inert = np.repeat(output[..., None], 3, axis=-1)
    rng = np.random.default_rng(seed)
    runs = run_designs(
        inert.shape, lambda rows: inert[tuple(rows.T)], 32, rng, [*weights, np.ones(3)]
    )
    found = estimate_sobol(runs, rng, 20).indices
    if found.variance > 0:
        assert (found.total >= 0).all()
        assert (found.first[-1], found.total[-1]) == (0, 0)
