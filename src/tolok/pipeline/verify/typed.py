"""A table of results/ that is CSV by contract, read back with the types of its columns."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.pipeline.verify.report import Difference
from tolok.store.schema import Column, Table

_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class TypedCsv:
    """The rows whose cells are of their columns' types, and what was wrong with the others."""

    table: pa.Table
    faults: tuple[Difference, ...]


def read_csv_table(path: Path, schema: Table) -> TypedCsv:
    """A CSV file of results/ as the table it was written from.

    Missing: an empty cell is null, in a column of texts the empty text.
    """
    faults: list[Difference] = []
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [name for name in schema.names if name not in (reader.fieldnames or ())]
        if lacking:
            gap = Difference(path.name, "the header", "otherwise", f"{lacking[0]} should be there")
            return TypedCsv(schema.arrow_schema.empty_table(), (gap,))
        for row in reader:
            try:
                rows.append({c.name: _value(c, row[c.name] or "") for c in schema.columns})
            except ValueError as error:
                place = f"line {reader.line_num}"
                faults.append(Difference(path.name, place, "unreadable", str(error)))
    return TypedCsv(pa.Table.from_pylist(rows, schema=_nullable(schema)), tuple(faults))


def _nullable(schema: Table) -> pa.Schema:
    return pa.schema([pa.field(one.name, one.type) for one in schema.arrow_schema])


def _value(column: Column, cell: str) -> object:
    if column.type == "VARCHAR":
        guarded = cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@")
        return cell[1:] if guarded else cell
    if not cell:
        return None
    if column.type == "BOOLEAN":
        if cell not in _TRUTH:
            msg = f"{cell!r} in {column.name} is neither true nor false"
            raise ValueError(msg)
        return _TRUTH[cell]
    return int(cell) if column.type == "BIGINT" else float(cell)
