"""The structure of an index: nodes from the bottom up, and all its faults at once."""

import numpy as np
import pytest

from tolok.composite.structure import (
    Group,
    Indicator,
    Structure,
    index_weights,
    live_weights,
)
from tolok.errors import FaultsFound

DEEP = Structure(
    (
        Indicator("a", "low", weight=3),
        Indicator("b", "low", direction=-1),
        Indicator("c", "high"),
        Indicator("d"),
    ),
    (Group("high", weight=2), Group("low", "high")),
)


def faults(*indicators, groups=()):
    with pytest.raises(FaultsFound) as found:
        Structure(indicators, groups)
    return [str(fault) for fault in found.value.exceptions]


def test_groups_stand_after_what_they_are_made_of():
    assert DEEP.nodes == ("a", "b", "c", "d", "low", "high", "index")
    assert {branch.name: branch.children.tolist() for branch in DEEP.branches} == {
        "low": [0, 1],
        "high": [2, 4],
        "index": [3, 5],
    }
    assert DEEP.direction.tolist() == [1, -1, 1, 1]
    assert DEEP.weight.tolist() == [3, 1, 1, 1, 1, 2, 1]


def test_share_in_the_index_is_the_product_of_shares_on_the_way():
    np.testing.assert_allclose(
        index_weights(DEEP, DEEP.weight), [1 / 4, 1 / 12, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 1]
    )


def test_group_of_indicators_that_say_nothing_weighs_nothing():
    usable = np.array([False, False, True, True])
    assert live_weights(DEEP, DEEP.weight, usable).tolist() == [0, 0, 1, 1, 0, 2, 1]


def test_what_weighs_nothing_keeps_no_group_alive():
    nothing = Structure(
        (Indicator("a", "g", weight=0), Indicator("b", "g"), Indicator("c", "h"), Indicator("d")),
        (Group("g", "top"), Group("h", "top", weight=0), Group("top")),
    )
    assert nothing.nodes == ("a", "b", "c", "d", "g", "h", "top", "index")
    without_b = np.array([True, False, True, True])
    assert live_weights(nothing, nothing.weight, without_b).tolist() == [0, 0, 1, 1, 0, 0, 0, 1]


def test_rows_of_a_table_are_a_structure():
    rows: list[dict[str, object]] = [
        {"name": "a", "parent": "low", "weight": 3},
        {"name": "b", "parent": "low", "weight": "1", "direction": -1},
        {"name": "c", "parent": "high", "weight": 1.0, "direction": None},
        {"name": "d", "parent": None, "weight": 1, "denominator": ""},
        {"name": "low", "parent": "high", "weight": 1},
        {"name": "high", "parent": "index", "weight": 2},
        {"name": "index", "parent": None, "weight": 1},
    ]
    found = Structure.of_rows(rows)
    assert found.branches[0].name == "low"
    assert found.indicators == DEEP.indicators
    assert set(found.groups) == {Group("low", "high"), Group("high", "index", 2)}


def test_all_faults_are_told_at_once():
    assert faults(
        Indicator("a", "econmy", weight=None),
        Indicator("a", direction=0),
        Indicator("b", "a", weight=-1),
        groups=(Group("economy"), Group("x", "y"), Group("y", "x"), Group("z", weight=0)),
    ) == [
        "a: stands 2 times. Give each its own name.",
        "a: has no weight. Give it one; 0 leaves it out.",
        "a: its parent 'econmy' is no group. Did you mean 'economy'?",
        "b: weighs -1. A weight is 0 or more.",
        "b: its parent 'a' is an indicator. Groups are index, economy, x, y, z.",
        "x: lies above itself: x > y > x. A group hangs under one top.",
        "y: lies above itself: y > x > y. A group hangs under one top.",
        "a: direction is 0. Say 1 if more is better, -1 if less is.",
        "economy: has nothing in it. Remove it, or name it as a parent.",
        "z: has nothing in it. Remove it, or name it as a parent.",
    ]


def test_group_whose_parts_weigh_nothing_is_a_fault():
    assert faults(Indicator("a", "g", weight=0), Indicator("b"), groups=(Group("g"),)) == [
        "g: all that it is made of weighs 0. Weigh one of them."
    ]


def test_index_without_indicators_is_a_fault():
    assert faults() == ["index: has no indicators."]


def test_rows_that_cannot_be_read_are_told_at_once():
    with pytest.raises(FaultsFound) as found:
        Structure.of_rows([{"name": "a", "weight": "much"}, {"weight": 1, "direction": "up"}])
    assert [str(fault) for fault in found.value.exceptions] == [
        "a: weight is 'much', not a number.",
        "row 2: has no name. Its column is `name`.",
        "row 2: direction is 'up', not a number.",
    ]
