"""An index of any table: tidy tables, frozen parameters, ranks with intervals."""

import subprocess
import sys
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

import tolok
from tolok import (
    Aggregate,
    Borda,
    Group,
    Impute,
    Indicator,
    Method,
    MinMax,
    Screen,
    Structure,
    Treat,
    Variation,
    composite_index,
)
from tolok.errors import FaultsFound

TABLE: dict[str, list[Any]] = {
    "town": ["Kali", "Laut", "Muara", "Nusa"],
    "parks": [0.0, 5.0, 10.0, None],
    "noise": [9.0, None, 1.0, None],
    "buses": [4.0, 8.0, 6.0, 5.0],
    "island": ["w", "w", "e", "e"],
}
ROWS = [
    {"name": "parks", "parent": "air", "weight": 1},
    {"name": "noise", "parent": "air", "weight": 1, "direction": -1},
    {"name": "buses", "weight": 3},
    {"name": "air", "weight": 1},
]
MADE = composite_index(TABLE, ROWS, Method(screen=Screen(0.5)), unit="town")


def test_ranks_have_the_best_first_and_the_unranked_last():
    assert MADE.ranks().to_pydict() == {
        "unit": ["Laut", "Muara", "Kali", "Nusa"],
        "score": [87.5, 62.5, 0.0, None],
        "rank": [1, 2, 3, None],
        "data_share": [pytest.approx(2 / 3), 1.0, 1.0, pytest.approx(1 / 3)],
        "is_kept": [True, True, True, False],
    }


def test_groups_are_a_row_a_unit_and_group():
    assert MADE.groups().to_pydict() == {
        "unit": ["Kali", "Kali", "Laut", "Laut", "Muara", "Muara", "Nusa", "Nusa"],
        "group": ["air", "index"] * 4,
        "score": [0.0, 0.0, 50.0, 87.5, 100.0, 62.5, None, None],
    }


def test_indicators_show_every_step():
    made = composite_index(TABLE, ROWS, Method(impute=Impute(by="island")), unit="town")
    rows = [row for row in made.indicators().to_pylist() if row["indicator"] == "noise"]
    assert [list(row.values()) for row in rows] == [
        ["Kali", "noise", 9.0, 9.0, 9.0, 0.0],
        ["Laut", "noise", None, 9.0, 9.0, 0.0],
        ["Muara", "noise", 1.0, 1.0, 1.0, 100.0],
        ["Nusa", "noise", None, 1.0, 1.0, 100.0],
    ]
    assert made.peers == ("e", "w")


def test_statistics_are_those_of_the_values_as_they_came():
    parks, noise, buses = MADE.statistics().to_pylist()
    assert list(noise.values()) == [
        *("noise", 1.0, 9.0, 5.0, 5.0, pytest.approx(32**0.5), None, None),
        *(0.5, 1.0, 1.0, 0.5, False, True),
    ]
    assert (parks["is_sparse"], buses["is_sparse"]) == (False, False)
    assert parks["nonzero_share"] == pytest.approx(2 / 3)


def test_frozen_parameters_of_the_plain_method_are_those_of_normalising():
    assert {row["step"] for row in MADE.parameters().to_pylist()} == {"normalise"}


def test_weights_show_the_share_of_the_index():
    assert MADE.weights().to_pydict() == {
        "name": ["parks", "noise", "buses", "air", "index"],
        "parent": ["air", "air", "index", "index", None],
        "weight": [1.0, 1.0, 3.0, 1.0, 1.0],
        "index_share": [0.125, 0.125, 0.75, 0.25, 1.0],
    }


def test_parameters_are_those_that_were_frozen():
    method = Method(impute=Impute(), treat=Treat(), normalise_by={"buses": Borda()})
    found = composite_index(TABLE, ROWS, method, unit="town").parameters().to_pylist()
    noise = [tuple(row.values())[1:] for row in found if row["indicator"] == "noise"]
    assert noise == [
        ("impute", "all", 5.0),
        ("treat", "lower", float("-inf")),
        ("treat", "upper", float("inf")),
        ("treat", "winsorised_count", 0.0),
        ("treat", "is_transformed", 0.0),
        ("normalise", "origin", -9.0),
        ("normalise", "width", 8.0),
    ]
    buses = [row for row in found if row["indicator"] == "buses" and row["step"] == "normalise"]
    assert buses == [{"indicator": "buses", "step": "normalise", "parameter": "count", "value": 4}]


def test_peers_of_whom_no_one_was_kept_have_no_filling():
    method = Method(screen=Screen(0.5), impute=Impute(by="island"))
    alone = TABLE | {"island": ["w", "w", "w", "x"]}
    rows = composite_index(alone, ROWS, method, unit="town").parameters().to_pylist()
    assert [(row["parameter"], row["value"]) for row in rows if row["step"] == "impute"] == [
        ("w", 5.0),
        ("w", 5.0),
        ("w", 6.0),
    ]
    none = TABLE | {"island": [None] * 4}
    found = composite_index(none, ROWS, method, unit="town")
    assert {row["step"] for row in found.parameters().to_pylist()} == {"normalise"}
    assert found.scores.rank.tolist() == [3, 1, 2, 0]


def test_other_units_are_scored_by_the_same_parameters():
    more = {name: [*cells, cells[1]] for name, cells in TABLE.items()} | {
        "town": ["Kali", "Laut", "Muara", "Nusa", "Twin"]
    }
    found = MADE.score(more).ranks().to_pylist()
    scores = {row["unit"]: row["score"] for row in found}
    expected = {row["unit"]: row["score"] for row in MADE.ranks().to_pylist()}
    assert scores == expected | {"Twin": 87.5}
    frozen = composite_index(more, ROWS, Method(screen=Screen(0.5)), unit="town", reference=TABLE)
    assert frozen.ranks() == MADE.score(more).ranks()


def test_structure_may_be_a_table_or_an_object():
    built = Structure(
        (
            Indicator("parks", "air"),
            Indicator("noise", "air", direction=-1),
            Indicator("buses", weight=3),
        ),
        (Group("air"),),
    )
    for structure in (built, pd.DataFrame(ROWS)):
        found = composite_index(TABLE, structure, Method(screen=Screen(0.5)), unit="town")
        assert found.ranks() == MADE.ranks()


def test_uncertainty_of_ranks_is_a_row_a_unit():
    varied = Variation(
        normalise=[MinMax(1, 100), Borda()],
        aggregate=[Aggregate(), Aggregate("copeland")],
        draws=400,
        top=(1, 2),
    )
    found = MADE.rank_uncertainty(varied)
    assert found == MADE.rank_uncertainty(varied)
    assert found.column_names == [
        *("unit", "rank", "rank_mean", "rank_median", "rank_low", "rank_high"),
        *("top_1_probability", "top_2_probability"),
    ]
    rows = {row["unit"]: row for row in found.to_pylist()}
    assert list(rows) == ["Laut", "Muara", "Kali", "Nusa"]
    assert list(rows["Kali"].values()) == ["Kali", 3, 3.0, 3.0, 3.0, 3.0, 0.0, 0.0]
    assert rows["Laut"]["top_2_probability"] == 1.0
    assert rows["Nusa"] == dict.fromkeys(found.column_names) | {
        "unit": "Nusa", "top_1_probability": 0.0, "top_2_probability": 0.0,
    }  # fmt: skip


def test_chart_draws_a_point_and_an_interval_for_each_ranked_unit():
    chart = MADE.rank_chart(Variation(draws=50))
    assert isinstance(chart, alt.LayerChart)
    made = chart.to_dict()
    assert made["layer"][0]["encoding"]["y"]["sort"] == ["Laut", "Muara", "Kali"]
    (rows,) = made["datasets"].values()
    assert [row["unit"] for row in rows] == ["Laut", "Muara", "Kali"]
    assert vl_convert.vegalite_to_svg(made).count('aria-roledescription="point"') == 3


def test_faults_of_the_table_are_told_together():
    with pytest.raises(FaultsFound) as refused:
        composite_index({"town": ["a"], "park": [1], "buses": ["x"]}, ROWS, unit="town")
    assert [str(fault) for fault in refused.value.exceptions] == [
        "column parks: no such column. Did you mean 'park'?",
        "column noise: no such column.",
        "column buses: holds string, not numbers.",
    ]


def test_every_public_name_is_there_and_no_other():
    assert [name for name in tolok.__all__ if getattr(tolok, name).__name__ != name] == []
    assert set(tolok.__all__) <= set(dir(tolok))
    with pytest.raises(AttributeError, match="no attribute 'composite_indices'"):
        tolok.composite_indices  # noqa: B018 -- asking is the test


def test_importing_tolok_loads_nothing_heavy():
    code = (
        "import sys, tolok; "
        "print(sorted({'numpy', 'pyarrow', 'altair', 'pandas', 'duckdb'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
