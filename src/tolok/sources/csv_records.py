"""CSV taken apart record by record, exactly: a line that does not fit costs itself alone.

Records are numbered from 1, blank lines left out. After a bad one reading goes on at the next line,
so that a quote that was never closed costs one row and not those behind it.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LONGEST_RECORD = 500
"""Lines that one quoted record may span before it is taken for a quote left open."""
_LONGEST_LINE = 1 << 22
"""Bytes; what is longer is no line of a table, and must not fill the memory."""
_LONGEST_CELL = 1 << 20
csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))


@dataclass(frozen=True)
class Dialect:
    """How a file parts its cells, and what stands before a quote inside one beside a quote."""

    delimiter: str = ","
    escape: str | None = None


@dataclass(frozen=True)
class Record:
    """One record of a CSV file: its cells, or why it has none, and what stands there."""

    row: int
    cells: Sequence[str]
    fault: str = ""
    raw: str = ""


def records(path: Path, dialect: Dialect, width: int, header_row: int) -> Iterator[Record]:
    """The records below the header's row; those of another width than the header's are at fault."""
    with path.open("rb") as file:
        lines = _Lines(_bounded(file))
        reader, row = _reader(lines, dialect), 0
        while True:
            lines.taken = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                row += 1
                raw = shown(lines.give_back())
                if row > header_row:
                    yield Record(row, (), f"is no record of CSV: {error}", raw)
                reader = _reader(lines, dialect)
                continue
            if not cells:
                continue
            row += 1
            if row <= header_row:
                continue
            fault = _fault(cells, lines.taken, width) or _open_quote(lines.taken, dialect, width)
            raw = shown(b"".join(lines.taken)) if fault else ""
            if fault and any(_fits(line, dialect, width) for line in lines.taken[1:]):
                raw = shown(lines.give_back())
                reader = _reader(lines, dialect)
            yield Record(row, cells, fault, raw)


def shown(line: bytes) -> str:
    """What stands in a line, for people: bytes that are no text as their numbers."""
    return line[:_LONGEST_LINE].decode("utf-8", "backslashreplace").strip()


class _Lines:
    """The lines of a file as text, with those of the record being read held for a second look."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._again: deque[bytes] = deque()
        self.taken: list[bytes] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) == _LONGEST_RECORD:
            raise StopIteration
        self.taken.append(self._again.popleft() if self._again else next(self._lines))
        return self.taken[-1].decode("utf-8", "surrogateescape")

    def give_back(self) -> bytes:
        """The first line of the record; the others will be read again."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.taken = []
        return first


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, a line beyond all measure in pieces."""
    while line := file.readline(_LONGEST_LINE):
        yield line


def _reader(lines: _Lines, dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines, delimiter=dialect.delimiter, escapechar=dialect.escape, strict=dialect.escape is None
    )


def _fault(cells: Sequence[str], lines: Sequence[bytes], width: int) -> str:
    if len(cells) != width:
        return f"has {len(cells)} cells, expected {width} as in the header"
    try:
        text = b"".join(lines).decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8. Save the file as UTF-8"
    return "holds a byte 0, which is no text" if "\0" in text else ""


def _open_quote(lines: Sequence[bytes], dialect: Dialect, width: int) -> str:
    """Why a record of several lines is none, where a reader that is not strict took it for one."""
    if dialect.escape is None or len(lines) == 1:
        return ""
    texts = [line.decode("utf-8", "surrogateescape") for line in lines]
    try:
        next(csv.reader(texts, delimiter=dialect.delimiter, escapechar=dialect.escape, strict=True))
    except csv.Error:
        if any(_fits(line, dialect, width) for line in lines[1:]):
            return "opens a quote and does not close it"
    return ""


def _fits(line: bytes, dialect: Dialect, width: int) -> bool:
    """Whether a line is a whole record by itself: then a quote before it was left open."""
    try:
        text = line.decode("utf-8", "surrogateescape")
        cells = next(csv.reader([text], delimiter=dialect.delimiter, strict=True), [])
    except csv.Error:
        return False
    return len(cells) == width
