"""Confidence sets for ranks, from any table."""

from typing import Any

import pytest

import tolok
from tolok.errors import FaultsFound

TABLE: dict[str, list[Any]] = {
    "unit": ["a", "b", "c", "d"],
    "estimate": [10.0, 9.9, 5.0, None],
    "error": [0.5, 0.5, 0.5, 0.5],
}


def test_neighbours_share_their_ranks_and_the_distant_one_is_last():
    sets = tolok.rank_sets(TABLE, best=1).to_pydict()
    assert sets["rank"] == [1, 2, 3, None]
    assert sets["rank_low"] == [1, 1, 3, None]
    assert sets["rank_high"] == [2, 2, 3, None]
    assert sets["may_be_best"] == [True, True, False, None]


def test_order_of_rows_changes_nothing():
    turned = {name: cells[::-1] for name, cells in TABLE.items()}
    rows = tolok.rank_sets(turned).to_pylist()
    assert rows[::-1] == tolok.rank_sets(TABLE).to_pylist()


def test_columns_may_have_other_names():
    table = {"land": ["x", "y"], "score": [1.0, 2.0], "se": [0.1, 0.1]}
    sets = tolok.rank_sets(table, estimate="score", error="se", unit="land")
    assert sets["rank"].to_pylist() == [2, 1]


def test_negative_error_and_absent_column_are_told():
    with pytest.raises(FaultsFound) as raised:
        tolok.rank_sets(TABLE | {"error": [0.5, -1.0, 0.5, 0.5]})
    assert [str(one) for one in raised.value.exceptions] == ["row 2: b has an error below 0."]
    with pytest.raises(FaultsFound) as raised:
        tolok.rank_sets({"unit": ["a"], "estimate": [1.0]})
    assert [str(one) for one in raised.value.exceptions] == ["column error: no such column."]
