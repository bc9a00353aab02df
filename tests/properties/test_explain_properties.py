"""An account of a difference is exact at every depth, and the same from both sides."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.explain_cases import RULES, every, scene_of, uneven

from tolok.composite.aggregate import aggregate
from tolok.methodology.category import MODELS
from tolok.methodology.edition import Scoring
from tolok.scoring.explain import explain_difference
from tolok.scoring.explain_rule import mean_difference, secant
from tolok.scoring.explain_step import steps_to

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=15)
SETTINGS = [
    {"normalisation": "z"},
    {"normalisation": "minmax"},
    {"normalisation": "percentile"},
    {"absent_platform": "zero"},
    {"audience_exponent": 1.0},
    {"trim_share": 0.0},
    {"z_floor": -0.5},
]
NAMES = [one.name for one in RULES.categories]


def scored(scene, name):
    return np.flatnonzero(~np.isnan(scene.category(name).score)).tolist()


def test_edition_of_these_properties_has_every_model():
    assert {one.model for category in RULES.categories for one in category.indicators} == set(
        MODELS
    )


@FEW
@given(SEEDS, st.sampled_from(NAMES), st.data())
def test_causes_add_up_at_every_depth(seed, name, data):
    scene = scene_of(uneven(seed).panel)
    rows = st.sampled_from(scored(scene, name))
    own, other = data.draw(rows), data.draw(rows)
    told = explain_difference(scene, name, own, other)
    score = scene.category(name).score
    assert told.value == score[own] - score[other]
    for node in every(told):
        if node.children:
            assert sum(one.value for one in node.children) == pytest.approx(node.value, abs=1e-9)


@FEW
@given(SEEDS, st.sampled_from(NAMES), st.data())
def test_exchanging_sides_changes_signs_only(seed, name, data):
    scene = scene_of(uneven(seed).panel)
    rows = st.sampled_from(scored(scene, name))
    own, other = data.draw(rows), data.draw(rows)
    one = list(every(explain_difference(scene, name, own, other)))
    two = list(every(explain_difference(scene, name, other, own)))
    assert [(n.kind, n.name, n.own, n.other) for n in one] == [
        (n.kind, n.name, n.other, n.own) for n in two
    ]
    assert [n.value for n in one] == pytest.approx([-n.value for n in two], abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_causes_add_up_under_every_setting_of_the_rules(setting, name):
    scoring = Scoring(min_audience_accounts=3, **setting)
    rules = replace(RULES, edition=replace(RULES.edition, scoring=scoring))
    scene = scene_of(uneven(11).panel, rules)
    rows = scored(scene, name)
    for own, other in product(rows[:4], rows[-4:]):
        for node in every(explain_difference(scene, name, own, other)):
            if node.children:
                total = sum(one.value for one in node.children)
                assert total == pytest.approx(node.value, abs=1e-9)
    target = float(scene.category(name).score[rows[0]]) + 1.0
    assert steps_to(scene, name, rows[0], target)


@FEW
@given(SEEDS, st.sampled_from(NAMES), st.floats(0.1, 20), st.data())
def test_points_that_a_step_asks_for_make_the_score(seed, name, gap, data):
    scene = scene_of(uneven(seed).panel)
    one = scene.category(name)
    row = data.draw(st.sampled_from(scored(scene, name)))
    target = float(one.score[row]) + gap
    steps = steps_to(scene, name, row, target)
    names = [indicator.name for indicator in one.category.indicators]
    weight = np.array([indicator.weight for indicator in one.category.indicators])
    weight = np.where(one.effective_weight[row] > 0, weight, 0)
    for step in steps:
        points = np.array([indicator.points[row] for indicator in one.indicators])
        points[names.index(step.indicator)] = step.needed
        reached = aggregate(points, weight, one.category.aggregation)
        assert reached == pytest.approx(target, abs=1e-6)
    attainable = [step.is_attainable for step in steps]
    assert attainable == sorted(attainable, reverse=True)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_secant_times_step_is_the_change(own, other):
    change = np.log(own) - np.log(other)
    assert secant(np.log, own, other) * (own - other) == pytest.approx(change, abs=1e-9)


def test_part_in_the_middle_of_both_means_moves_nothing_from_either_side():
    weight, value = np.array([[1, 0], [0.5, 0.5]]), np.array([[1, 0], [3 / 7, 3 / 7]])
    one, two = mean_difference(weight, value), mean_difference(weight[::-1], value[::-1])
    assert one.shift.tolist() == [0.0, pytest.approx(1 / 7)]
    assert two.shift.tolist() == [0.0, pytest.approx(-1 / 7)]


@given(st.lists(st.tuples(*[st.floats(0, 1)] * 2, *[st.floats(-9, 9)] * 2), min_size=1))
def test_parts_of_a_mean_add_up_to_the_difference(parts):
    weight, value = np.array(parts).T.reshape(2, 2, -1)
    weight = np.where(weight > 0.3, weight, 0)
    weight[:, 0] = 1
    weight /= weight.sum(axis=1, keepdims=True)
    split = mean_difference(weight, value)
    moved = (split.weight * np.where(split.is_common, value[0] - value[1], 0)).sum()
    whole = (weight * value).sum(axis=1)
    assert moved + split.shift.sum() == pytest.approx(whole[0] - whole[1], abs=1e-9)
