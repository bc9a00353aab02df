"""Canonical rows on their way to the store, as text: held on the disk where there are many."""

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.store.canonical import CANONICAL
from tolok.store.ingest import Relation
from tolok.store.staging import BROKEN

_ROWS_AT_ONCE = 5_000
_numbers = count()


class Spool:
    """The rows that a reader gives to one canonical table, in their order.

    What a column is not given for is null. With a folder the rows go to a file in it and are mapped
    into memory when they are read; without one they stay in memory. `first` is added to places: the
    rows before, where a file has several tables.
    """

    def __init__(self, table: str, folder: Path | None) -> None:
        self.table = table
        names = (*CANONICAL[table].columns, BROKEN, "raw")
        self._schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
        self._path = folder / f"{next(_numbers)}.arrow" if folder else None
        self._writer = pa.ipc.new_file(self._path, self._schema) if self._path else None
        self._batches: list[pa.RecordBatch] = []
        self._rows: list[tuple[int, Mapping[str, str | None]]] = []
        self.row_count = 0
        self.first = 0

    def add(self, place: int, row: Mapping[str, str | None]) -> None:
        """Take one row, its columns by name."""
        self._rows.append((place, row))
        if len(self._rows) == _ROWS_AT_ONCE:
            self._flush()

    def add_columns(
        self, places: Sequence[int], columns: Mapping[str, Sequence[str | None]]
    ) -> None:
        """Take many rows at once, as columns by name."""
        self._flush()
        size = len(places)
        if not size:
            return
        arrays = [pa.array([self.first + place for place in places], pa.int64())]
        for name in self._schema.names[1:]:
            given = columns.get(name)
            arrays.append(_texts(given) if given is not None else pa.nulls(size, pa.string()))
        self._write(pa.record_batch(arrays, schema=self._schema))

    def relation(self) -> Relation:
        """All rows, as the store takes them."""
        self._flush()
        columns = frozenset(self._schema.names[1:])
        if self._writer is None or self._path is None:
            table = pa.Table.from_batches(self._batches, self._schema)
        else:
            self._writer.close()
            table = pa.ipc.open_file(pa.memory_map(str(self._path))).read_all()
        return Relation(self.table, columns, arrow=table)

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            names = self._schema.names[1:]
            columns = {name: [row.get(name) for _, row in rows] for name in names}
            self.add_columns([place for place, _ in rows], columns)

    def _write(self, batch: pa.RecordBatch) -> None:
        self.row_count += batch.num_rows
        if self._writer is None:
            self._batches.append(batch)
        else:
            self._writer.write_batch(batch)


class Spools(dict[str, Spool]):
    """The spools of one file by table, each made when it is first asked for."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, table: str) -> Spool:
        """The spool of a table of which there was no row yet."""
        self[table] = Spool(table, self._folder)
        return self[table]


def _texts(cells: Sequence[Any]) -> pa.Array:
    """The cells as an array; a lone surrogate, which no file can hold, becomes a question mark."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        whole = [
            cell if cell is None else cell.encode("utf-8", "replace").decode() for cell in cells
        ]
        return pa.array(whole, pa.string())
