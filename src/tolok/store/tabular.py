"""Queries over files of tables as DuckDB reads them: every cell as text, every row with its place.

Whatever a column's type in the file, it comes as text, so that one check reads all.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from tolok.store.canonical import literal
from tolok.store.duckdb import DuckDb

UNREAD = "holds nothing that can be read"
"""The reason that a row is broken, where DuckDB does not say more."""
_NESTED = ("list<", "large_list<", "fixed_size_list<", "struct<", "map<")


def json_lines_sql(path: Path, columns: Sequence[str]) -> str:
    """The objects of a file of lines in one parse; `broken` says UNREAD where a line gave nothing.

    Rows are numbered from 1, blank lines left out.
    """
    types = ", ".join(f"{name}: 'VARCHAR'" for name in columns)
    is_empty = f"coalesce({', '.join(columns)}) IS NULL"
    broken = f"CASE WHEN {is_empty} THEN {literal(UNREAD)} END AS broken"
    source = (
        f"read_json({literal(str(path))}, format = 'newline_delimited', ignore_errors = true, "
        f"columns = {{{types}}})"
    )
    return f"SELECT row_number() OVER () AS row, *, {broken} FROM {source}"


def parquet_rows_sql(path: Path, columns: Sequence[str], types: Mapping[str, str]) -> str:
    """The rows of a Parquet file from 1; what is nested comes as JSON."""
    texts = [
        f'to_json("{name}")::VARCHAR AS {name}'
        if types[name].startswith(_NESTED)
        else f'"{name}"::VARCHAR AS {name}'
        for name in columns
    ]
    source = f"read_parquet({literal(str(path))}, file_row_number = true)"
    return f"SELECT file_row_number + 1 AS row, {', '.join(texts)} FROM {source}"


def csv_rows_sql(path: Path, delimiter: str, width: int, places: Mapping[str, int]) -> str:
    """The records of a sound CSV file, its header being row 1: named cells by their place."""
    cells = ", ".join(f"c{place} AS {name}" for name, place in places.items())
    source = _csv_source(path, delimiter, width)
    return f"SELECT row_number() OVER () + 1 AS row, {cells} FROM {source}"


def is_sound_csv(path: Path, delimiter: str, width: int) -> bool:
    """Whether every record of the file can be taken apart: as many cells as the header, UTF-8."""
    cells = " + ".join(f"length(c{place})" for place in range(width))
    try:
        with DuckDb() as engine:
            engine.query(f"SELECT sum({cells}) FROM {_csv_source(path, delimiter, width)}")
    except (duckdb.InvalidInputException, duckdb.IOException):
        return False
    return True


def _csv_source(path: Path, delimiter: str, width: int) -> str:
    """The FROM clause of a file's records, their cells named c0, c1 and so on; empty is null."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    return (
        f"read_csv({literal(str(path))}, auto_detect = false, header = true, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})"
    )
