"""CSV as rows of text, of which none is lost: fast while the file is sound, exact where it is not.

A sound file is parsed by the engine. A file with a line that does not fit is read record by record
instead: the line is set aside, and reading goes on at the next one, so that a quote that was never
closed costs one row and not those behind it.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa

from tolok.errors import FileFault
from tolok.sources.brought import Brought
from tolok.sources.csv_records import Dialect, Record, records
from tolok.sources.format import folded
from tolok.store.canonical import CANONICAL
from tolok.store.ingest import Relation
from tolok.store.records import CsvRecords
from tolok.store.tabular import is_sound_csv

_DELIMITERS = (",", ";", "\t")
_BATCH = 20_000
_MOST_COLUMNS = 900


@dataclass(frozen=True)
class Header:
    """The first line of a CSV file: what parts its cells, and the names in them."""

    delimiter: str
    names: tuple[str, ...]


def header_of(brought: Brought) -> Header:
    """The header by the delimiter that parts it into most cells; no names for an empty file."""
    line = brought.lines[0] if brought.lines else ""
    cut = {d: tuple(next(csv.reader([line], delimiter=d), ())) for d in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda d: len(cut[d]))
    return Header(delimiter, cut[delimiter])


def read_csv_rows(brought: Brought, table: str) -> Relation:
    """The rows of a CSV file for a canonical table.

    Raises: FileFault where two columns have one name, or there are far too many.
    """
    header = header_of(brought)
    names = [folded(name) for name in header.names]
    known = [name for name in CANONICAL[table].columns if name in names]
    if len(names) > _MOST_COLUMNS:
        problem = f"has more than {_MOST_COLUMNS} columns."
        raise FileFault(brought.name, problem, line=1, remedy="Leave out those of other things.")
    twice = [name for name in known if names.count(name) > 1]
    if twice:
        raise FileFault(brought.name, f"two columns are named {twice[0]!r}.", line=1)
    places = {name: names.index(name) for name in known}
    exact = partial(_read_exactly, brought.path, header.delimiter, len(names), table, places)
    # what stands in a column that nobody reads would not be looked at
    if len(known) < len(names) and not is_sound_csv(brought.path, header.delimiter, len(names)):
        return exact()
    file = CsvRecords(brought.path, header.delimiter, len(names), places)
    return Relation(table, frozenset(known), records=file, otherwise=exact)


def _read_exactly(
    path: Path, delimiter: str, width: int, table: str, places: Mapping[str, int]
) -> Relation:
    """The rows of a file, record by record."""
    texts = [(name, pa.string()) for name in (*places, "broken", "raw")]
    schema = pa.schema([("row", pa.int64()), *texts])
    found = records(path, Dialect(delimiter), width, 1)
    batches = _batches(found, list(places.values()), schema)
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    return Relation(table, frozenset({*places, "broken", "raw"}), arrow=reader)


def _batches(
    found: Iterator[Record], places: Sequence[int], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    while batch := list(islice(found, _BATCH)):
        columns = [
            [record.cells[place] or None if not record.fault else None for record in batch]
            for place in places
        ]
        rows = [record.row for record in batch]
        faults = [record.fault or None for record in batch]
        raws = [record.raw or None for record in batch]
        yield pa.record_batch([rows, *columns, faults, raws], schema=schema)
