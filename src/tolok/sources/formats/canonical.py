"""The canonical tables posts, followers and comments, as CSV, NDJSON or Parquet.

Columns may come in any order, and others beside them are left alone. CSV is UTF-8 with a header in
its first line, parted by comma, semicolon or tab; its rows are numbered as a spreadsheet numbers
them, the header being 1. Lines of NDJSON are numbered from 1, blank lines left out.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.errors import FileFault
from tolok.sources.brought import Brought
from tolok.sources.csv_rows import header_of, read_csv_rows
from tolok.sources.format import Format, folded, text_relation
from tolok.sources.raw import Options
from tolok.store.canonical import CANONICAL
from tolok.store.ingest import Relation
from tolok.store.records import JsonLines
from tolok.store.tabular import parquet_rows_sql

PARQUET, BOM = b"PAR1", b"\xef\xbb\xbf"
"""How a Parquet file begins, and a text that says that it is UTF-8."""


def claims(brought: Brought) -> bool:
    """Whether the file has the columns that a canonical table cannot do without."""
    return _table(_columns(brought)) is not None


def read(brought: Brought, options: Options) -> Sequence[Relation]:
    """The rows of the file as one relation."""
    del options  # what they say of a row is applied where rows are checked
    if brought.sheets:
        raise FileFault(brought.name, "is a workbook.", remedy=hint(brought))
    table = table_of(brought)
    if brought.start.startswith(PARQUET):
        return [parquet_rows(brought.path, brought.name, table)]
    if brought.is_lines:
        if brought.start.startswith(BOM):
            names = CANONICAL[table].columns
            return [text_relation(table, enumerate(_texts(brought, names), start=1))]
        return [json_rows(brought.path, table)]
    return [read_csv_rows(brought, table)]


def table_of(brought: Brought) -> str:
    """The canonical table that a file's columns are of; posts, where they do not tell."""
    return _table(_columns(brought)) or "posts"


def json_rows(path: Path, table: str) -> Relation:
    """The rows of a file of one object a line, or of some whole lines of one."""
    names = CANONICAL[table].columns
    return Relation(table, frozenset({*names, "broken"}), records=JsonLines(path, names))


def parquet_rows(path: Path, name: str, table: str) -> Relation:
    """The rows of a Parquet file.

    Raises: FileFault where it is none.
    """
    types = {field.name: str(field.type) for field in schema_of(path, name)}
    known = [column for column in CANONICAL[table].columns if column in types]
    count = pq.read_metadata(path).num_rows
    sql = parquet_rows_sql(path, known, types)
    return Relation(table, frozenset(known), sql=sql, row_count=count)


def hint(brought: Brought) -> str:
    """Which columns the nearest canonical table needs, and which of them a file does not have."""
    if brought.sheets:
        columns = {folded(cell) for rows in brought.sheets.values() for cell in (rows or [[]])[0]}
        if _table(columns):
            return "It has the columns of a canonical table: save it as CSV."
        return f"A canonical table is a CSV, NDJSON or Parquet file. {_lacking(columns)}"
    return "" if brought.is_json else _lacking(_columns(brought))


def _lacking(columns: set[str]) -> str:
    tables = sorted(CANONICAL.values(), key=lambda table: table.name != "posts")
    nearest = max(tables, key=lambda table: len(columns.intersection(table.columns)))
    lacking = [name for name in nearest.needs if name not in columns]
    if not lacking or len(lacking) == len(nearest.needs):
        return ""
    return (
        f"The canonical table of {nearest.name} needs the columns {', '.join(nearest.needs)}; "
        f"missing here: {', '.join(lacking)}."
    )


def _texts(brought: Brought, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The lines of a file that begins with a byte order mark; the engine would refuse the first."""
    for item in brought.items():
        if isinstance(item.value, dict):
            yield {name: item.value.get(name) for name in names}
        else:
            yield {"broken": item.fault or "is no JSON object", "raw": item.text}


def _columns(brought: Brought) -> set[str]:
    if brought.start.startswith(PARQUET):
        return set(schema_of(brought.path, brought.name).names)
    if brought.is_json:
        return set(brought.first_object)
    return {folded(name) for name in header_of(brought).names}


def schema_of(path: Path, name: str) -> pa.Schema:
    """The columns of a Parquet file.

    Raises: FileFault where it is none.
    """
    try:
        return pq.read_schema(path)
    except pa.ArrowInvalid as error:
        raise FileFault(name, f"cannot be read as Parquet: {error}") from error


def _table(columns: set[str]) -> str | None:
    """The first table whose needs the columns meet; comments come before posts."""
    return next((t.name for t in CANONICAL.values() if columns.issuperset(t.needs)), None)


FORMATS = (Format("canonical", claims, read, hint),)
