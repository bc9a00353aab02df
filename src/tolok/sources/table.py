"""Tables in brought files, as text cells: where the header stands, and the rows below it.

A table is a CSV file or a sheet of a workbook. Its header is the first of its first rows that has
the columns which are looked for: titles may stand above it, and columns may come in any order.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import normalize

from tolok.sources.csv_records import Dialect, Record, records

SEARCHED_ROWS = 20
_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 20_000
_WHOLE = 2**53
"""The whole numbers below it are exact where a number is a float."""


@dataclass(frozen=True)
class Head:
    """The first rows of a table: text cells by row, blank rows of a CSV file left out."""

    rows: Sequence[Sequence[str]]
    sheet: Sequence[Sequence[Any]] | None = None
    dialect: Dialect = field(default_factory=Dialect)
    name: str = ""
    _chunks: dict[int, list["Chunk"]] = field(default_factory=dict, compare=False, repr=False)

    def row_with(self, has: Callable[[Sequence[str]], bool]) -> int | None:
        """The number from 1 of the first row whose folded cells are what is looked for."""
        return next((n for n, row in enumerate(self.folded, start=1) if has(row)), None)

    @cached_property
    def folded(self) -> list[tuple[str, ...]]:
        """The rows with their cells as headers are compared."""
        return [tuple(map(folded, row)) for row in self.rows]

    def chunks(self, header_row: int) -> list["Chunk"]:
        """The rows of a sheet below the header's; they stay, with the columns asked for."""
        if header_row not in self._chunks:
            self._chunks[header_row] = list(_sheet_chunks(self.sheet or (), header_row))
        return self._chunks[header_row]


class SheetRows(Sequence[Record]):
    """Rows of a sheet, of which only those and that become text that are asked for."""

    def __init__(self, numbers: list[int], rows: list[Sequence[Any]]) -> None:
        self.numbers = numbers
        self._rows = rows
        self._columns: dict[int, list[str | None]] = {}

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        """One row with its cells as text."""
        return Record(self.numbers[index], [cell_text(cell) for cell in self._rows[index]])

    def cells(self, place: int) -> Iterator[Any]:
        """The cells of a column as the workbook has them, None where a row is too short."""
        return (row[place] if place < len(row) else None for row in self._rows)

    def column(self, place: int) -> list[str | None]:
        """A column as text, None where a cell is empty or its row too short."""
        if place not in self._columns:
            cells = [row[place] if place < len(row) else None for row in self._rows]
            # most cells are text or whole numbers, and calls are dear
            self._columns[place] = [
                cell or None
                if cell.__class__ is str
                else str(int(cell))
                if cell.__class__ is float and -_WHOLE < cell < _WHOLE and cell.is_integer()
                else cell_text(cell) or None
                for cell in cells
            ]
        return self._columns[place]


@dataclass(frozen=True)
class Chunk:
    """Rows of a table: those that could be taken apart, and those that could not."""

    good: Sequence[Record]
    bad: Sequence[Record]


def folded(header: Any) -> str:
    """A header as formats compare it: NFKC, lower case, white space folded, no quotes around it."""
    return " ".join(normalize("NFKC", str(header)).casefold().split()).strip('"')


def csv_head(lines: Sequence[str]) -> Head:
    """The first rows of a CSV file, by the delimiter that parts them most evenly.

    A first line such as `sep=;` names the delimiter; it counts as a row.
    """
    said = lines[0].strip().casefold() if lines else ""
    if said.startswith("sep=") and len(said) == 5:
        dialect = Dialect(lines[0].strip()[4])
        return Head(_parted(lines, dialect), dialect=dialect)
    dialects = [Dialect(delimiter) for delimiter in _DELIMITERS]
    return max(
        (Head(_parted(lines, dialect), dialect=dialect) for dialect in dialects),
        key=lambda head: _evenness(head.rows),
    )


def rows_below(path: Path, head: Head, header_row: int) -> Iterator[Chunk]:
    """The rows below the header's, in chunks."""
    if head.sheet is not None:
        yield from head.chunks(header_row)
        return
    width = len(head.rows[header_row - 1])
    found = records(path, head.dialect, width, header_row)
    while batch := list(islice(found, _CHUNK)):
        bad = [record for record in batch if record.fault]
        yield Chunk([record for record in batch if not record.fault] if bad else batch, bad)


def sheet_head(name: str, rows: Sequence[Sequence[Any]]) -> Head:
    """The first rows of a sheet of a workbook."""
    first = [[cell_text(cell) for cell in row] for row in rows[:SEARCHED_ROWS]]
    return Head(first, rows, name=name)


def cell_text(cell: Any) -> str:
    """A cell of a workbook as text: nothing is rounded, an exact whole number has no point.

    >>> cell_text(12.0), cell_text(1.788920969888159e16), cell_text(None), cell_text(True)
    ('12', '1.788920969888159e+16', '', 'true')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return "" if cell is None else str(cell)


def _parted(lines: Sequence[str], dialect: Dialect) -> list[list[str]]:
    """The first records of a file; what breaks the rules of CSV ends them."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=dialect.delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) == SEARCHED_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Rows of the commonest width above 1, times the cells that such a row has more than one.

    Ties: by the widest row alone; a width that no two rows share proves little.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    shared = ((width - 1) * count for width, count in widths.items() if count > 1)
    return max(shared, default=0), max(widths, default=0)


def _sheet_chunks(sheet: Sequence[Sequence[Any]], header_row: int) -> Iterator[Chunk]:
    for start in range(header_row, len(sheet), _CHUNK):
        numbered = [
            (number, row)
            for number, row in enumerate(sheet[start : start + _CHUNK], start=start + 1)
            if any(row) or any(map(cell_text, row))  # a row of zeros is no blank one
        ]
        if numbered:
            rows = SheetRows([number for number, _ in numbered], [row for _, row in numbered])
            yield Chunk(rows, ())
