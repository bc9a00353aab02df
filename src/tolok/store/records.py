"""Files of records as text: how DuckDB reads them, and how a record is found again by its row.

DuckDB takes records apart fast, but does not say what stood in one that was refused; these few are
taken out of the file again, as they stand there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tolok.store.tabular import UNREAD, csv_rows_sql, json_lines_sql

Block = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

_BLOCK = 1 << 20
_BLANK = b" \t\r\n\v\f"  # as DuckDB has it
_LINE_END, _QUOTE = 10, 34


class RecordFile(Protocol):
    """A file of records, each a row for DuckDB; those below `first_row` are its head."""

    @property
    def path(self) -> Path:
        """Where the file lies."""

    @property
    def first_row(self) -> int:
        """The number of the first row, records being numbered from 1, blank lines left out."""

    def rows_sql(self, path: Path) -> str:
        """The query of the rows of a file of this kind."""

    def ends(self, block: Block) -> Places:
        """The places behind each record that is whole, in bytes that begin with a record."""

    def fault(self, record: bytes) -> str:
        """What is wrong with a record of which DuckDB could read nothing."""


@dataclass(frozen=True)
class JsonLines:
    """A file of one JSON object a line, of which some columns are read."""

    path: Path
    columns: tuple[str, ...]
    first_row: int = 1

    def rows_sql(self, path: Path) -> str:
        """The query of the rows of such a file."""
        return json_lines_sql(path, self.columns)

    def ends(self, block: Block) -> Places:
        """A record is a line."""
        return _line_ends(block)

    def fault(self, record: bytes) -> str:
        """What is wrong with a line of which nothing came."""
        try:
            # without its end, or what is cut off would be told as a fault of the next line
            value = json.loads(record.rstrip(_BLANK).decode("utf-8"))
        except UnicodeDecodeError as error:
            return f"is not UTF-8 at byte {error.start + 1} of the line"
        except json.JSONDecodeError as error:
            return f"is not JSON: {error.msg} at character {error.colno}"
        except RecursionError:
            return "is nested too deeply"
        if isinstance(value, dict):
            return "has none of the expected columns, or text that is no Unicode"
        return "is no JSON object"


@dataclass(frozen=True)
class CsvRecords:
    """A sound CSV file: every record has the cells of the header, which is row 1.

    `places` are the places of the columns that are read, by name, in records `width` cells wide.
    """

    path: Path
    delimiter: str
    width: int
    places: Mapping[str, int]
    first_row: int = 2

    def rows_sql(self, path: Path) -> str:
        """The query of the rows of such a file."""
        return csv_rows_sql(path, self.delimiter, self.width, self.places)

    def ends(self, block: Block) -> Places:
        """A record ends with the line in which its quotes are paired."""
        ends = _line_ends(block)
        quotes = np.flatnonzero(block == _QUOTE)
        is_paired: Marks = np.searchsorted(quotes, ends) % 2 == 0
        return ends[is_paired]

    def fault(self, record: bytes) -> str:
        """Nothing beside that: a sound record can always be read."""
        del record
        return UNREAD


def other_records(file: RecordFile, let_in: Marks) -> Iterator[tuple[int, bytes]]:
    """The records, each with its row, that are not marked under their row as let in.

    Raises: ValueError at the end, where rows are marked that the file does not have.
    """
    last: int = 0
    for block, ends in _blocks(file):
        starts = np.concatenate(([0], ends[:-1]))
        for place in np.flatnonzero(block[starts] <= 32):  # may be blank
            if not block[starts[place] : ends[place]].tobytes().strip(_BLANK):
                starts[place] = -1
        filled = np.flatnonzero(starts >= 0)
        marks = let_in[last + 1 : last + 1 + len(filled)]
        wanted = np.flatnonzero(~np.pad(marks, (0, len(filled) - len(marks))))
        for other in map(int, wanted):
            record = block[starts[filled[other]] : ends[filled[other]]]
            yield last + 1 + other, record.tobytes()
        last += len(filled)
    if let_in[last + 1 :].any():
        raise ValueError(last)


def _blocks(file: RecordFile) -> Iterator[tuple[Block, Places]]:
    """The bytes of a file in blocks of whole records, with the places behind each."""
    buffer, held = bytearray(_BLOCK), 0
    with file.path.open("rb", buffering=0) as source:
        while size := source.readinto(memoryview(buffer)[held:]):
            held += size
            block = np.frombuffer(buffer, np.uint8, held)
            ends = file.ends(block)
            if len(ends):
                whole = int(ends[-1])
                yield block[:whole], ends
                rest = bytes(block[whole:])
                held = len(rest)
                buffer[:held] = rest
            if held > len(buffer) // 2:  # a record as long as that
                buffer = buffer + bytes(len(buffer))
    if held:
        yield np.frombuffer(buffer, np.uint8, held), np.array([held])


def record_text(record: bytes, length: int) -> str:
    """A record as text, cut; bytes that are no UTF-8 stand as \\xff."""
    start = record.strip(_BLANK)[: 4 * length]  # no character is longer than four bytes
    return start.decode("utf-8", "backslashreplace")[:length].strip()


def line_count(path: Path) -> int:
    """The lines of a file, blank ones and a last one without its end included."""
    buffer, count, last = bytearray(_BLOCK), 0, _LINE_END
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(buffer):
            count += int(np.count_nonzero(np.frombuffer(buffer, np.uint8, size) == _LINE_END))
            last = buffer[size - 1]
    return count + (last != _LINE_END)


def _line_ends(block: Block) -> Places:
    return np.flatnonzero(block == _LINE_END) + 1
