"""Tables as people have them."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tolok.alone.table import Layout, arrow_table, tidy
from tolok.composite.impute import Impute
from tolok.composite.index import Method
from tolok.composite.structure import Indicator, Structure
from tolok.errors import FaultsFound, IndexFault

NAN = np.nan
COLUMNS = {"unit": ["k", "l"], "x": [1.0, None], "y": [3, 4]}
STRUCTURE = Structure((Indicator("x"), Indicator("y", denominator="people")))
PLAIN = Structure((Indicator("x"), Indicator("y")))


class SpeaksArrow:
    """What a table of Polars, DuckDB or any other library is to us."""

    def __init__(self, table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


class SpeaksInterchange:
    """A table of an older library."""

    def __init__(self, table):
        self._table = table

    def __dataframe__(self, **options):
        return self._table.__dataframe__(**options)


TABLES = [
    pa.table(COLUMNS),
    pa.record_batch(COLUMNS),
    pd.DataFrame(COLUMNS),
    pd.DataFrame(COLUMNS).set_index("unit"),
    SpeaksArrow(pa.table(COLUMNS)),
    SpeaksInterchange(pa.table(COLUMNS)),
    COLUMNS,
    [{"y": 3, "unit": "k", "x": 1.0}, {"unit": "l", "y": 4}],
    np.array([("k", 1.0, 3), ("l", NAN, 4)], dtype=[("unit", "U1"), ("x", float), ("y", int)]),
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(table).__name__)
def test_every_kind_of_table_is_the_same_sample(table):
    sample = Layout(PLAIN, Method(), "unit").sample(table)
    np.testing.assert_array_equal(sample.value, [[1, 3], [NAN, 4]])
    assert sample.names == ("k", "l")
    assert (sample.denominator, sample.peer) == (None, None)


def test_plain_array_has_the_columns_of_the_structure_and_numbers_for_names():
    sample = Layout(PLAIN, Method(), "unit").sample(np.array([[1.0, 3.0], [NAN, 4.0]]))
    np.testing.assert_array_equal(sample.value, [[1, 3], [NAN, 4]])
    assert sample.names == ("1", "2")


def test_denominators_and_peers_are_taken_from_their_columns():
    layout = Layout(STRUCTURE, Method(impute=Impute(by="region")), "unit")
    table = COLUMNS | {"people": [10, 20], "region": ["west", None]}
    assert layout.peers(table | {"region": ["west", "east"]}) == ("east", "west")
    sample = layout.sample(table, ("east", "west"))
    assert sample.denominator is not None
    assert sample.denominator.tolist() == [[1, 10], [1, 20]]
    assert sample.peer is not None
    assert sample.peer.tolist() == [1, -1]


def test_all_faults_of_a_table_are_told_at_once():
    table = {
        "unit": ["k", None, "k"],
        "x": ["1", "2", "3"],
        "Y": [1, 2, 3],
        "people": [1, np.inf, 2],
    }
    with pytest.raises(FaultsFound) as refused:
        Layout(STRUCTURE, Method(impute=Impute(by="region")), "unit").sample(table)
    assert [str(fault) for fault in refused.value.exceptions] == [
        "column y: no such column.",
        "column region: no such column.",
        "column x: holds string, not numbers.",
        "column people: holds an infinite number. Leave it empty.",
        "row 2: has no name.",
        "row 3: k stands twice. Give a row to each unit.",
    ]


def test_table_without_rows_is_refused():
    table = {"unit": pa.array([], pa.string()), "x": pa.array([]), "y": pa.array([])}
    with pytest.raises(FaultsFound) as refused:
        Layout(PLAIN, Method(), "unit").sample(table)
    assert [str(fault) for fault in refused.value.exceptions] == ["table: has no rows."]


@pytest.mark.parametrize(
    ("table", "problem"),
    [(7, "int is no table"), ("x,y", "str is no table"), (np.ones((2, 3)), "an array of 2 x 3")],
)
def test_what_is_no_table_is_refused(table, problem):
    with pytest.raises(IndexFault, match=problem):
        arrow_table(table, ("x", "y"))


def test_missing_numbers_of_a_tidy_table_are_null():
    table = tidy(name=["a", "b"], value=np.array([1.5, NAN]), count=np.array([1, 2]))
    assert table.to_pydict() == {"name": ["a", "b"], "value": [1.5, None], "count": [1, 2]}
