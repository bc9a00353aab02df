"""CSV as rows of text, of which none is lost: fast while the file is sound, exact where it is not.

A sound file is parsed by the engine. A file with a line that does not fit is read record by record
instead: the line is set aside, and reading goes on at the next one, so that a quote that was never
closed costs one row and not those behind it.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from tolok.errors import FileFault
from tolok.sources.brought import Brought
from tolok.sources.format import folded
from tolok.store.canonical import CANONICAL
from tolok.store.ingest import Relation
from tolok.store.records import CsvRecords
from tolok.store.tabular import is_sound_csv

_DELIMITERS = (",", ";", "\t")
_BATCH = 20_000
_LONGEST_RECORD = 500
"""Lines that one quoted record may span before it is taken for a quote left open."""


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

    Raises: FileFault where two columns have one name.
    """
    header = header_of(brought)
    names = [folded(name) for name in header.names]
    known = [name for name in CANONICAL[table].columns if name in names]
    twice = [name for name in known if names.count(name) > 1]
    if twice:
        raise FileFault(brought.name, f"two columns are named {twice[0]!r}.", line=1)
    if is_sound_csv(brought.path, header.delimiter, len(names)):
        places = {name: names.index(name) for name in known}
        records = CsvRecords(brought.path, header.delimiter, len(names), places)
        return Relation(table, frozenset(known), records=records)
    texts = [(name, pa.string()) for name in (*known, "broken", "raw")]
    schema = pa.schema([("row", pa.int64()), *texts])
    batches = _batches(_records(brought.path, header), [names.index(n) for n in known], schema)
    reader = pa.RecordBatchReader.from_batches(schema, batches)
    return Relation(table, frozenset({*known, "broken", "raw"}), arrow=reader)


@dataclass(frozen=True)
class Record:
    """One record of a CSV file: its cells, or why it has none, and what stands there."""

    row: int
    cells: Sequence[str]
    fault: str = ""
    raw: str = ""


class _Lines:
    """The lines of a file as text, with those of the record being read held for a second look."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.taken: list[bytes] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) == _LONGEST_RECORD:
            raise StopIteration
        self.taken.append(next(self._lines))
        return self.taken[-1].decode("utf-8", "surrogateescape")

    def give_back(self) -> bytes:
        """The first line of the record; the others will be read again."""
        first, *others = self.taken
        self._lines = chain(others, self._lines)
        self.taken = []
        return first


def _records(path: Path, header: Header) -> Iterator[Record]:
    """The records below the header, numbered from 2; blank lines are left out."""
    with path.open("rb") as file:
        lines = _Lines(file)
        reader, row = _reader(lines, header), 0
        while True:
            lines.taken = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                row += 1
                yield Record(row, (), f"is no record of CSV: {error}", _shown(lines.give_back()))
                reader = _reader(lines, header)
                continue
            if not cells:
                continue
            row += 1
            if row == 1:  # the header
                continue
            fault = _fault(cells, lines.taken, len(header.names))
            raw = _shown(b"".join(lines.taken)) if fault else ""
            if fault and any(_fits(line, header) for line in lines.taken[1:]):
                raw = _shown(lines.give_back())
                reader = _reader(lines, header)
            yield Record(row, cells, fault, raw)


def _reader(lines: _Lines, header: Header) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=header.delimiter, strict=True)


def _fault(cells: Sequence[str], lines: Sequence[bytes], width: int) -> str:
    if len(cells) != width:
        return f"has {len(cells)} cells, expected {width} as in the header"
    try:
        b"".join(lines).decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8. Save the file as UTF-8"
    return ""


def _fits(line: bytes, header: Header) -> bool:
    """Whether a line is a whole record by itself: then a quote before it was left open."""
    try:
        text = line.decode("utf-8", "surrogateescape")
        cells = next(csv.reader([text], delimiter=header.delimiter, strict=True), [])
    except csv.Error:
        return False
    return len(cells) == len(header.names)


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "backslashreplace").strip()


def _batches(
    records: Iterator[Record], places: Sequence[int], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    while batch := list(islice(records, _BATCH)):
        columns = [
            [record.cells[place] or None if not record.fault else None for record in batch]
            for place in places
        ]
        rows = [record.row for record in batch]
        faults = [record.fault or None for record in batch]
        raws = [record.raw or None for record in batch]
        yield pa.record_batch([rows, *columns, faults, raws], schema=schema)
