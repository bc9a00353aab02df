"""Two tables held against each other, cell by cell."""

import math
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.pipeline.verify.compare import compare_tables, first_lines
from tolok.store.schema import Column, Table, number, text

SCHEMA = Table(
    "invented",
    (
        text("body", "a body"),
        Column("week_on", "DATE", "a week"),
        number("value", "a value"),
        Column("post_count", "BIGINT", "posts"),
        Column("is_own", "BOOLEAN", "own"),
    ),
    key=("body", "week_on"),
    order=("body", "week_on"),
)
WEEK = date(2025, 3, 3)
ROWS: list[dict[str, Any]] = [
    {"body": "kota-awan", "week_on": WEEK, "value": 1.5, "post_count": 3, "is_own": True},
    {"body": "kota-bukit", "week_on": WEEK, "value": None, "post_count": None, "is_own": False},
    {"body": "kota-bukit", "week_on": None, "value": 1e6, "post_count": 0, "is_own": None},
]


def table(rows):
    return pa.Table.from_pylist(rows, schema=SCHEMA.arrow_schema)


def told(published, computed=ROWS):
    return [str(one) for one in compare_tables("t", SCHEMA, table(published), table(computed))]


def test_tables_of_the_same_rows_in_another_order_are_the_same():
    assert told(ROWS[::-1]) == []


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (0, "value", 1.6, "kota-awan, 2025-03-03, value: is 1.6, but 1.5"),
        (0, "value", None, "kota-awan, 2025-03-03, value: is empty, but 1.5"),
        (1, "value", 0.0, "kota-bukit, 2025-03-03, value: is 0.0, but empty"),
        (1, "value", math.inf, "kota-bukit, 2025-03-03, value: is inf, but empty"),
        (0, "post_count", 4, "kota-awan, 2025-03-03, post_count: is 4, but 3"),
        (2, "is_own", False, "kota-bukit, is_own: is False, but empty"),
    ],
)
def test_changed_cell_is_named_with_both_values(row, column, value, said):
    changed = [dict(one) for one in ROWS]
    changed[row][column] = value
    assert told(changed) == [f"t, {said} is computed"]


def test_numbers_that_differ_in_the_last_bits_are_the_same():
    near = [dict(ROWS[0], value=1.5 * (1 + 1e-12)), ROWS[1], dict(ROWS[2], value=1e6 + 1e-4)]
    assert told(near) == []


def test_rows_that_are_absent_added_or_twice_are_named():
    added = {**ROWS[0], "body": "kota-cahaya"}
    assert told([*ROWS[:2], added, ROWS[0]]) == [
        "t, kota-cahaya, 2025-03-03: is a row, but no such row is computed",
        "t, kota-bukit: is absent, but the row is computed",
        "t, kota-awan, 2025-03-03: is there 2 times, but once is computed",
    ]


def test_absent_column_is_named_and_empty_tables_are_the_same():
    lacking = table(ROWS).drop_columns(["value"])
    assert [str(one) for one in compare_tables("t", SCHEMA, lacking, table(ROWS))] == [
        "t, column value: is absent, but should be there"
    ]
    assert told([], []) == []


@given(st.sampled_from(range(3)), st.floats(-1e9, 1e9), st.floats(1e-6, 1e3))
def test_any_digit_beyond_the_last_bits_is_found(row, value, change):
    rows = [dict(one) for one in ROWS]
    rows[row]["value"] = value
    changed = [dict(one) for one in rows]
    changed[row]["value"] = value + change * max(1.0, abs(value))
    assert len(told(changed, rows)) == 1


def test_first_lines_that_differ_are_cut_where_they_begin_to():
    one, other = b"same\nvalue 12,5 here\nend", b"same\nvalue 12,6 here\nend\nmore"
    assert first_lines(one, other) == [
        (2, "'value 12,5 here'", "'value 12,6 here'"),
        (4, "''", "'more'"),
    ]
