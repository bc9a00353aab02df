"""A CSV file read with all its faults collected, each with its line and column."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tolok.errors import FileFault, InputError, did_you_mean

# A spreadsheet runs a cell that begins so as a formula; such a cell is written with ' before it.
_GUARDED = re.compile(r"'+[=+\-@]")
_FORMULA = re.compile(r"'*[=+\-@]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES, _NO = {"yes", "ya", "true", "benar", "1"}, {"no", "tidak", "false", "salah", "0"}
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
"""A spreadsheet separates cells as its country does: in Indonesia by semicolons."""


def guard(cell: str) -> str:
    """A cell as it is written: with ' before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """A cell as it was before `guard`."""
    return cell[1:] if _GUARDED.match(cell) else cell


@dataclass(frozen=True)
class Row:
    """One row of a sheet, its cells taken out by type; faults go to the sheet's list.

    A taker returns the empty value of its type where the cell is at fault, so that reading goes on.
    """

    sheet: "Sheet"
    line: int
    cells: dict[str, str]

    def fault(self, column: str, problem: str, remedy: str = "") -> None:
        """Note a fault in a column of this row."""
        self.sheet.fault(problem, remedy, line=self.line, column=column)

    def text(self, column: str, *, required: bool = False) -> str:
        """The cell without surrounding space."""
        value = self.cells.get(column, "")
        if required and not value:
            self.fault(column, "the cell is empty.", "Every row needs it.")
        return value

    def texts(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list, separated by semicolons."""
        parts = (part.strip() for part in self.text(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def day(self, column: str, *, required: bool = False) -> date | None:
        """The date in a cell. Missing: an empty cell is None."""
        value = self.text(column, required=required)
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:  # of the form of a date, such as 2025-02-30
            pass
        self.fault(column, f"{value!r} is not a date.", "Expected one such as 2025-01-31.")
        return None

    def flag(self, column: str) -> bool:
        """yes or no, in Indonesian or English, or as a spreadsheet writes them.

        An empty cell is a fault, since a silent default would decide who counts.
        """
        value = self.text(column).casefold()
        if value not in _YES | _NO:
            expected = "Expected yes or no (ya or tidak)."
            self.fault(column, f"{value!r} is neither yes nor no.", expected)
        return value in _YES


class Sheet:
    """One CSV file with stated columns: its rows, and the faults found in it so far."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.name = f"{path.parent.name}/{path.name}"
        self.columns = tuple(columns)
        self.faults: list[InputError] = []
        self.rows = tuple(self._read(path))

    def fault(
        self, problem: str, remedy: str = "", *, line: int | None = None, column: str | None = None
    ) -> None:
        """Note a fault of this file."""
        found = FileFault(self.name, problem, line=line, column=column, remedy=remedy)
        self.faults.append(found)

    def _read(self, path: Path) -> Iterator[Row]:
        try:
            text = path.read_text("utf-8-sig")
        except FileNotFoundError:
            columns = ",".join(self.columns)
            self.fault("there is no such file.", f"Make one that begins with: {columns}")
            return
        except UnicodeDecodeError as error:
            problem = f"is not UTF-8 at byte {error.start}."
            self.fault(problem, "Save it as CSV UTF-8.")
            return
        separator = self._separator(text)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
        line = 1
        try:
            header = [cell.strip() for cell in next(reader, [])]
            if not self._header_is_right(header):
                return
            line = reader.line_num + 1  # a cell may hold line breaks: a row begins where one ended
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield from self._row(line, header, cells, separator)
                line = reader.line_num + 1
        except csv.Error as error:
            self.fault(
                f"is not CSV: {error}.", 'Double the quotation marks in a cell: "".', line=line
            )

    def _separator(self, text: str) -> str:
        """The separator that gives the most of the columns, the comma if none gives any."""
        first = text.partition("\n")[0]

        def known(separator: str) -> int:
            names = {name.strip().strip('"') for name in first.split(separator)}
            return len(names.intersection(self.columns))

        return max(_SEPARATORS, key=known)

    def _header_is_right(self, header: list[str]) -> bool:
        missing = [column for column in self.columns if column not in header]
        extra = [column for column in header if column not in self.columns]
        for column in extra:
            hint = did_you_mean(column, missing or self.columns)
            self.fault(
                f"{column!r} is not a column of this file.",
                hint or "Take it out, or put what it says into evidence.",
                line=1,
            )
        for column in missing:
            self.fault(f"the column {column} is missing.", "Add it; it may be empty.", line=1)
        doubled = {column for column in header if header.count(column) > 1}
        for column in sorted(doubled - set(extra)):
            self.fault(f"the column {column} stands twice.", "Keep it once.", line=1)
        return not (missing or extra or doubled)

    def _row(self, line: int, header: list[str], cells: list[str], separator: str) -> Iterator[Row]:
        if len(cells) != len(header):
            self.fault(
                f"the row has {len(cells)} cells, expected {len(header)}.",
                f"Put a cell that holds {_SEPARATORS[separator]} into quotation marks.",
                line=line,
            )
            return
        clean = (unguard(cell.strip()) for cell in cells)
        yield Row(self, line, dict(zip(header, clean, strict=True)))
