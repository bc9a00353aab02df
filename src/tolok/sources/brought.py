"""A brought file as the formats look at it: its first bytes, its sheets, its first JSON value."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tolok.sources.authors import Authors
from tolok.sources.table import Head, csv_head, sheet_head
from tolok.sources.workbook import sheets_of

_START = 1 << 16
_FIRST_LINES = 20
_LONGEST_LINE = 1 << 24
_SHOWN = 200
_OTHERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
"""How pages to print, pictures and old workbooks begin."""
_DOCUMENT_LIMIT = 1 << 26
"""Bytes of a single JSON document: parsed it takes ten times as much memory."""


_MOST_OBJECTS = 4_000_000
"""In one document: an empty one takes a hundred bytes."""


@dataclass(frozen=True)
class Item:
    """One JSON value of a file with the line that it begins on; fault says why there is none."""

    line: int
    value: Any
    fault: str = ""
    text: str = ""


@dataclass
class Brought:
    """A file to be read: where it lies, and what it was called.

    Readers may put large tables into the folder, which is the import's own and goes with it; they
    note what they took for granted, for the report.
    """

    path: Path
    name: str
    folder: Path | None = None
    authors: Authors | None = None
    notes: list[str] = field(default_factory=list)

    @cached_property
    def start(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as file:
            return file.read(_START)

    @cached_property
    def lines(self) -> list[str]:
        """The first lines that are not blank, as text; the last may be cut.

        They are those of the start, and some more where one of these is very long.
        """
        content = self.start
        if not self.is_json and content.count(b"\n") < _FIRST_LINES and len(content) == _START:
            content = b"".join(self._first_lines())
        text = content.decode("utf-8-sig", "replace")
        return [line for line in text.splitlines() if line.strip()]

    def _first_lines(self) -> Iterator[bytes]:
        """The first lines; what is too long is cut."""
        with self.path.open("rb") as file:
            for _ in range(_FIRST_LINES):
                line = file.readline(_START)
                yield line if line.endswith(b"\n") else line + b"\n"
                while line and not line.endswith(b"\n"):
                    line = file.readline(_LONGEST_LINE)

    @cached_property
    def is_text(self) -> bool:
        """Whether the file begins as text does, and not as a picture or a page to print."""
        is_known = self.start.startswith(_OTHERS)
        return not is_known and self.start.count(b"\0") * 20 <= len(self.start)

    @cached_property
    def is_json(self) -> bool:
        """Whether the file begins as JSON does."""
        return self.start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}

    @cached_property
    def is_lines(self) -> bool:
        """Whether it is one JSON object a line, as far as the first lines tell."""
        return self.is_json and bool(self.first_object)

    @cached_property
    def first_object(self) -> dict[str, Any]:
        """The first line that is a JSON object, empty if none of the first is."""
        with self.path.open("rb") as file:  # the first line may be longer than `start`
            first = file.readline(_DOCUMENT_LIMIT).removeprefix(b"\xef\xbb\xbf")
        lines = [first.decode("utf-8", "replace"), *self.lines[:20]]
        return next((found for found in map(_object, lines) if found), {})

    @cached_property
    def sample(self) -> Any:
        """The first JSON value of the file, None where there is none."""
        if not self.is_json:
            return None
        if self.is_lines:
            return self.first_object
        return next((item.value for item in self.items()), None)

    def items(self) -> Iterator[Item]:
        """The JSON values of the file: one a line, or the whole file as one."""
        if self.is_lines:
            yield from self._line_items()
        elif self.path.stat().st_size <= _DOCUMENT_LIMIT:
            content = self.path.read_bytes()
            if content.count(b"{") + content.count(b"[") > _MOST_OBJECTS:
                fault = f"is one JSON document of more than {_MOST_OBJECTS:,} objects"
                yield Item(1, None, f"{fault}. Save it as one object a line")
                return
            yield _item(1, content)
        else:
            fault = f"is one JSON document of more than {_DOCUMENT_LIMIT >> 20} MB"
            yield Item(1, None, f"{fault}. Save it as one object a line")

    def _line_items(self) -> Iterator[Item]:
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(_DOCUMENT_LIMIT):
                number += 1
                if line.strip():
                    yield _item(number, line)

    @cached_property
    def sheets(self) -> dict[str, list[list[Any]]]:
        """The rows of each sheet of a workbook by the sheet's name; none for another file.

        Shape: rows begin at the first row and the first column of the sheet, also if these are
        empty.
        Raises: FileFault where the file looks like a workbook and cannot be read.
        """
        if not self.start.startswith(b"PK\x03\x04"):
            return {}
        return sheets_of(self.path, self.name)

    @cached_property
    def heads(self) -> list[Head]:
        """The first rows of each table in the file: of a CSV file, or of every sheet."""
        if self.is_json or self.start.startswith(b"PAR1"):
            return []
        if not self.is_text and not self.start.startswith(b"PK\x03\x04"):
            return []
        if self.sheets or self.start.startswith(b"PK\x03\x04"):
            return [sheet_head(name, rows) for name, rows in self.sheets.items()]
        return [csv_head(self.lines)]

    @cached_property
    def shown(self) -> str:
        """How the file begins, for people who have to say what it is."""
        if not self.start:
            return "(the file is empty)"
        if not self.is_text and not self.sheets:
            return "(the file is no text)"
        for rows in self.sheets.values():
            filled = [row for row in rows[:20] if sum(cell != "" for cell in row) > 2]
            if filled:
                return ", ".join(str(cell) for cell in filled[0] if cell != "")[:_SHOWN]
        text = self.start.decode("utf-8-sig", "replace")
        return re.sub(r"\s+", " ", text).strip()[:_SHOWN]


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _item(number: int, content: bytes) -> Item:
    """A value with its ids as they were written: json keeps every digit of an integer."""
    try:
        return Item(number, json.loads(content.removeprefix(b"\xef\xbb\xbf")))
    except (ValueError, RecursionError) as error:
        text = content.decode("utf-8", "backslashreplace").strip()[:_SHOWN]
        return Item(number, None, f"is not JSON: {error}", text)
