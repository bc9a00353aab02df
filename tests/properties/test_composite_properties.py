"""What must be true of every index, on random tables. Numbers are those of the methodology."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tolok.composite.copeland import copeland
from tolok.composite.impute import Impute
from tolok.composite.index import Method, Sample, freeze, without
from tolok.composite.mean import Aggregate, combine
from tolok.composite.normalise import (
    Borda,
    DistanceToMax,
    FractionOfMax,
    MinMax,
    PercentileRank,
    Rank,
    Reference,
    RobustZ,
    ZScore,
)
from tolok.composite.screen import Screen, screened
from tolok.composite.structure import Group, Indicator, Structure, index_weights
from tolok.composite.treat import Treat
from tolok.composite.tree import climb
from tolok.composite.uncertainty import draw_methods, drawn_ranks

NAN = np.nan
RULES = (MinMax(), ZScore(), RobustZ(), Rank(), Borda(), PercentileRank(), DistanceToMax())
MEANS = (
    Aggregate(),
    Aggregate("geometric", floor=1.0),
    Aggregate("harmonic", floor=1.0),
    Aggregate("power", 0.5, floor=1.0),
    Aggregate("power", 2.0, floor=1.0),
)
WAYS = (*MEANS, Aggregate("copeland"))
INDICATORS = (
    Indicator("a", "g", weight=2),
    Indicator("b", "g", direction=-1),
    Indicator("c", "h", weight=0.5),
    Indicator("d", "h"),
    Indicator("e"),
)
DEEP = Structure(INDICATORS, (Group("g", weight=3), Group("h", "g", weight=0.25)))
WIDTH = len(INDICATORS)

rules = st.sampled_from(RULES)
ways = st.sampled_from(WAYS)
cells = st.integers(-500, 500).map(lambda whole: whole / 10)
weights = st.integers(1, 40).map(lambda whole: whole / 8)


def tables(least=2, most=12, *, gaps=True):
    """Values of a few units, to one decimal, so that ties happen; some of them missing."""
    shape = st.integers(least, most).map(lambda units: (units, WIDTH))
    cell = st.one_of(cells, st.just(NAN)) if gaps else cells
    return arrays(np.float64, shape, elements=cell)


@st.composite
def methods(draw, *, way=ways):
    """Any method, with or without imputing and treating."""
    return Method(
        impute=draw(st.sampled_from([None, Impute(), Impute("median")])),
        treat=draw(st.sampled_from([None, Treat(winmax=2), Treat(winmax=2, transform="none")])),
        normalise=draw(rules),
        aggregate=draw(way),
    )


def scored(method, value, *, structure=DEEP, reference=None):
    frozen = freeze(structure, method, Sample(value if reference is None else reference))
    return frozen.score(Sample(value))


def near(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


# 1 units


@given(tables(), rules, ways, st.integers(0, WIDTH - 1), st.integers(-8, 8))
def test_unit_of_an_indicator_changes_no_rank(value, rule, way, column, power):
    """Powers of two: the digits stay, so the ranks must."""
    scaled = value.copy()
    scaled[:, column] *= 2.0**power
    method = Method(normalise=rule, aggregate=way)
    assert scored(method, scaled).rank.tolist() == scored(method, value).rank.tolist()


@given(tables(), rules, st.floats(1e-3, 1e3))
def test_unit_of_an_indicator_changes_no_points(value, rule, factor):
    ways_up = (Reference(table, np.ones(WIDTH)) for table in (value, value * factor))
    plain, scaled = (rule.fit(one).points(one.value) for one in ways_up)
    near(scaled, plain)


# 4 order of rows and columns


@given(tables(), methods(), st.randoms(use_true_random=False))
def test_order_of_units_changes_no_bit(value, method, random):
    order = np.array(random.sample(range(len(value)), len(value)))
    one, other = scored(method, value), scored(method, value[order])
    assert other.rank.tolist() == one.rank[order].tolist()
    np.testing.assert_array_equal(other.score, one.score[order])


@given(tables(), methods(), st.permutations(range(WIDTH)))
def test_order_of_indicators_changes_no_rank(value, method, order):
    turned = Structure(tuple(INDICATORS[place] for place in order), DEEP.groups)
    one = scored(method, value)
    other = scored(method, value[:, list(order)], structure=turned)
    assert other.rank.tolist() == one.rank.tolist()
    near(other.score, one.score)


@given(tables(), st.randoms(use_true_random=False))
def test_order_of_units_changes_no_rank_of_a_draw(value, random):
    order = random.sample(range(len(value)), len(value))
    grid = [Method(), Method(normalise=Borda(), aggregate=Aggregate("copeland"))]
    draws = draw_methods(DEEP, grid, noise=0.25, draws=8, seed=1)
    one = drawn_ranks(DEEP, draws, Sample(value))
    other = drawn_ranks(DEEP, draws, Sample(value[order]))
    assert other.tolist() == one[:, order].tolist()


@given(tables(), st.permutations(range(WIDTH)))
def test_order_of_indicators_changes_no_rank_of_a_draw(value, order):
    turned = Structure(tuple(INDICATORS[place] for place in order), DEEP.groups)
    one, other = (
        drawn_ranks(
            structure, draw_methods(structure, [Method()], noise=0.25, draws=8, seed=1), own
        )
        for structure, own in ((DEEP, Sample(value)), (turned, Sample(value[:, list(order)])))
    )
    assert other.tolist() == one.tolist()


# 5 a unit twice, 6 a unit more or less


@given(tables(), methods(way=st.sampled_from(MEANS)), st.data())
def test_unit_that_comes_twice_changes_no_score(value, method, data):
    twin = data.draw(st.integers(0, len(value) - 1))
    doubled = np.concatenate([value, value[[twin]]])
    one, other = scored(method, value), scored(method, doubled, reference=value)
    np.testing.assert_array_equal(other.score[:-1], one.score)
    np.testing.assert_array_equal(other.score[-1], one.score[twin])
    assert other.rank[-1] == other.rank[twin]


@given(tables(3), methods(way=st.sampled_from(MEANS)), st.data())
def test_unit_that_leaves_changes_no_score_and_no_rank_above_it(value, method, data):
    gone = data.draw(st.integers(0, len(value) - 1))
    rest = np.delete(np.arange(len(value)), gone)
    one, other = scored(method, value), scored(method, value[rest], reference=value)
    np.testing.assert_array_equal(other.score, one.score[rest])
    is_above = one.rank[rest] < one.rank[gone]
    assert other.rank[is_above].tolist() == one.rank[rest][is_above].tolist()


# 8 to 10 indicators that say nothing, weigh nothing, or say it twice


@given(tables(), methods(), st.integers(0, WIDTH - 1), cells)
def test_constant_indicator_has_no_effect(value, method, column, constant):
    method = replace(method, impute=None)
    flat = value.copy()
    flat[:, column] = constant
    found = scored(method, flat)
    assert np.isfinite(found.score[found.rank > 0]).all()
    gone = without(DEEP, INDICATORS[column].name)
    expected = scored(method, flat, structure=gone)
    assert found.rank.tolist() == expected.rank.tolist()
    near(found.score, expected.score)


@given(tables(), methods(), st.integers(0, WIDTH - 1))
def test_indicator_of_no_weight_is_as_if_absent(value, method, column):
    name = INDICATORS[column].name
    kept = [place for place in range(WIDTH) if place != column]
    absent = Structure(tuple(INDICATORS[place] for place in kept), DEEP.groups)
    method = replace(method, screen=Screen(0.5), aggregate=replace(method.aggregate, min_share=0.5))
    found = scored(method, value, structure=without(DEEP, name))
    expected = scored(method, value[:, kept], structure=absent)
    assert found.rank.tolist() == expected.rank.tolist()
    near(found.score, expected.score)


@given(tables(), methods(), st.integers(0, WIDTH - 1))
def test_indicator_that_comes_twice_at_half_its_weight_is_as_if_once(value, method, column):
    one = INDICATORS[column]
    assert one.weight is not None
    half = replace(one, weight=one.weight / 2)
    own = [half if place == column else other for place, other in enumerate(INDICATORS)]
    doubled = Structure((*own, replace(half, name="twin")), DEEP.groups)
    found = scored(method, np.concatenate([value, value[:, [column]]], axis=1), structure=doubled)
    expected = scored(method, value)
    assert found.rank.tolist() == expected.rank.tolist()
    near(found.score, expected.score)


# 11 and 12 weights


@given(tables(gaps=False), rules, st.lists(weights, min_size=WIDTH, max_size=WIDTH))
def test_nested_arithmetic_means_are_one_flat_mean(value, rule, own):
    nested = Structure(
        tuple(replace(one, weight=w) for one, w in zip(INDICATORS, own, strict=True)), DEEP.groups
    )
    share = index_weights(nested, nested.weight)[:WIDTH]
    flat = Structure(
        tuple(
            replace(one, parent=None, weight=float(w))
            for one, w in zip(INDICATORS, share, strict=True)
        )
    )
    assume(freeze(nested, Method(normalise=rule), Sample(value)).is_usable.all())
    method = Method(normalise=rule)
    np.testing.assert_allclose(
        scored(method, value, structure=nested).score,
        scored(method, value, structure=flat).score,
        rtol=1e-12,
        atol=1e-12,
    )


@given(tables(), methods(), weights)
def test_weights_times_a_constant_give_the_same_scores(value, method, factor):
    scaled = Structure(
        tuple(replace(one, weight=(one.weight or 0) * factor) for one in INDICATORS),
        tuple(replace(one, weight=(one.weight or 0) * factor) for one in DEEP.groups),
    )
    found, expected = scored(method, value, structure=scaled), scored(method, value)
    assert found.rank.tolist() == expected.rank.tolist()
    near(found.score, expected.score)


# 13 dominance, 14 means


@given(tables(2, gaps=False), rules, ways, st.integers(0, WIDTH - 1))
def test_unit_that_is_nowhere_worse_is_not_below(value, rule, way, column):
    value[0] = value[1] + 0.0
    value[0, column] += 7 * INDICATORS[column].direction
    found = scored(Method(normalise=rule, aggregate=way), value)
    better, worse = found.score[:2]
    is_strict = way.how == "arithmetic" and not isinstance(rule, RobustZ)
    assert better > worse if is_strict else better >= worse - 1e-9


@given(tables(gaps=True), rules, st.sampled_from(MEANS), st.integers(0, WIDTH - 1))
def test_better_value_never_lowers_its_own_score_nor_moves_others(value, rule, way, column):
    assume(not np.isnan(value[0, column]))
    method = Method(normalise=rule, aggregate=way)
    raised = value.copy()
    raised[0, column] += 5 * INDICATORS[column].direction
    before, after = scored(method, value), scored(method, raised, reference=value)
    np.testing.assert_array_equal(after.score[1:], before.score[1:])
    if before.rank[0]:
        assert after.score[0] >= before.score[0] - 1e-9


@given(
    arrays(np.float64, (4, 6), elements=st.floats(0.5, 100) | st.just(NAN)),
    arrays(np.float64, 4, elements=weights),
)
def test_arithmetic_mean_is_not_below_geometric_nor_that_below_harmonic(value, weight):
    parts = list(value[:, None, :])
    means = [combine(parts, weight[None, :], Aggregate(how)) for how in (
        "arithmetic", "geometric", "harmonic"
    )]  # fmt: skip
    arithmetic, geometric, harmonic = (mean[~np.isnan(value).all(axis=0)[None]] for mean in means)
    assert (arithmetic >= geometric - 1e-9).all()
    assert (geometric >= harmonic - 1e-9).all()


# 15 direction


@given(tables(), rules)
def test_direction_that_is_turned_twice_is_as_it_was(value, rule):
    way = DEEP.direction
    plain = rule.fit(Reference(value, way)).points(value)
    turned = rule.fit(Reference(-value, -way)).points(-value)
    np.testing.assert_array_equal(turned, plain)


@given(tables())
def test_min_max_of_the_opposite_is_the_rest_to_a_hundred(value):
    one, other = (
        MinMax().fit(Reference(value, way * np.ones(WIDTH))).points(value) for way in (1, -1)
    )
    near(other, 100 - one)


# 16 missing values


@given(arrays(np.float64, (6, 4), elements=cells | st.just(NAN)), st.randoms(use_true_random=False))
def test_contests_of_pairs_do_not_hang_on_the_order_of_units(value, random):
    order = random.sample(range(6), 6)
    weight = np.array([1.0, 2.0, 0.5, 1.0])
    np.testing.assert_array_equal(copeland(value[order], weight), copeland(value, weight)[order])
    assert np.nansum(copeland(value, weight)) == 0 or np.isnan(value).all(axis=1).any()


@given(tables(), rules)
def test_mean_of_what_is_there_has_its_weights_rescaled(value, rule):
    points = rule.fit(Reference(value, DEEP.direction)).points(value)
    flat = Structure(tuple(replace(one, parent=None) for one in INDICATORS))
    (score,) = climb(flat, points, flat.weight[None], {"index": Aggregate()})[-1]
    for row, one in zip(points, score.tolist(), strict=True):
        there = ~np.isnan(row)
        if there.any():
            own = flat.weight[:WIDTH][there]
            assert one == pytest.approx((own / own.sum() * row[there]).sum(), abs=1e-9)
        else:
            assert np.isnan(one)


@given(tables(), methods())
def test_unit_without_any_value_is_not_ranked(value, method):
    method = replace(method, impute=None)
    value[0] = NAN
    found = scored(method, value)
    assert np.isnan(found.score[0])
    assert found.rank[0] == 0


@given(st.integers(1, 30))
def test_availability_of_exactly_two_thirds_is_kept(third):
    row = np.array([1.0] * (2 * third) + [NAN] * third)
    one_less = np.array([1.0] * (2 * third - 1) + [NAN] * (third + 1))
    assert screened(np.stack([row, one_less]), Screen(2 / 3)).tolist() == [True, False]


# 17 ties


@given(tables(3), methods())
def test_equal_units_share_the_best_rank(value, method):
    value[1] = value[0]
    found = scored(method, value)
    assert found.rank[0] == found.rank[1]
    ranked = sorted(found.rank[found.rank > 0].tolist())
    assert ranked == sorted(1 + sum(other < rank for other in ranked) for rank in ranked)


@given(tables(gaps=False))
def test_fraction_of_the_greatest_keeps_the_order(value):
    positive = np.abs(value) + 1
    scale = FractionOfMax().fit(Reference(positive, np.ones(WIDTH)))
    points = scale.points(positive)[:, scale.is_usable]
    own = positive[:, scale.is_usable]
    assert (
        np.argsort(points, axis=0, kind="stable") == np.argsort(own, axis=0, kind="stable")
    ).all()
