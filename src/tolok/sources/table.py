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


@dataclass(frozen=True)
class Head:
    """The first rows of a table: text cells by row, blank rows of a CSV file left out."""

    rows: Sequence[Sequence[str]]
    sheet: Sequence[Sequence[Any]] | None = None
    dialect: Dialect = field(default_factory=Dialect)

    def row_with(self, has: Callable[[Sequence[str]], bool]) -> int | None:
        """The number from 1 of the first row whose folded cells are what is looked for."""
        return next((n for n, row in enumerate(self.folded, start=1) if has(row)), None)

    @cached_property
    def folded(self) -> list[tuple[str, ...]]:
        """The rows with their cells as headers are compared."""
        return [tuple(map(folded, row)) for row in self.rows]


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
        found = _sheet_records(head.sheet, header_row)
    else:
        width = len(head.rows[header_row - 1])
        found = records(path, head.dialect, width, header_row)
    while batch := list(islice(found, _CHUNK)):
        bad = [record for record in batch if record.fault]
        yield Chunk([record for record in batch if not record.fault] if bad else batch, bad)


def sheet_head(rows: Sequence[Sequence[Any]]) -> Head:
    """The first rows of a sheet of a workbook."""
    return Head([[cell_text(cell) for cell in row] for row in rows[:SEARCHED_ROWS]], rows)


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
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
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


def _sheet_records(sheet: Sequence[Sequence[Any]], header_row: int) -> Iterator[Record]:
    for number, row in enumerate(sheet[header_row:], start=header_row + 1):
        # most cells are text, and calls are dear
        cells = [cell if cell.__class__ is str else cell_text(cell) for cell in row]
        if any(cells):
            yield Record(number, cells)
