"""A sheet of ours in a workbook that came back: its head, its columns, its rows.

Only hidden keys are looked at, never the words that people read; so a form may be saved by any
program, in any language, with its sheets in any order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tolok.forms.faults import Faults
from tolok.forms.frame import BEGIN
from tolok.forms.grids import Grid, place_of, text_of, value_of
from tolok.forms.question import BALLOT, DECLARATION

_FORMATS = (BALLOT, DECLARATION)


@dataclass(frozen=True)
class Part:
    """A sheet of ours; `columns` are the places of its keys, `begin` is its first row of answers.

    Missing: the sheet that tells how to fill in a ballot has no columns and no rows.
    """

    sheet: str
    grid: Grid
    head: Mapping[str, str]
    columns: Mapping[str, int]
    begin: int

    def text(self, row: int, key: str) -> str:
        """What stands in a column of ours, as text."""
        return text_of(self.grid, row, self.columns[key])

    def value(self, row: int, key: str) -> str | float | None:
        """What a juror put into a cell, as it is."""
        column = self.columns[key]
        return value_of(self.grid[row][column]) if column < len(self.grid[row]) else None

    def place(self, row: int, key: str) -> str:
        """The place of a cell as people write it."""
        return place_of(self.sheet, row, self.columns[key])

    def marked(self, mark: str) -> int | None:
        """The row above the answers whose hidden first cell holds a mark."""
        rows = range(min(self.begin, len(self.grid)))
        return next((row for row in rows if text_of(self.grid, row, 0) == mark), None)


def parts_of(grids: Mapping[str, Grid], faults: Faults) -> list[Part]:
    """The sheets of ours; others, which a juror may have added for notes, are left out."""
    return [
        _part(sheet, grid, at, faults)
        for sheet, grid in grids.items()
        if (at := _head_row(grid)) is not None
    ]


def check_columns(part: Part, needed: Sequence[str], faults: Faults) -> bool:
    """Whether all needed columns of a sheet are there; a fault for each that is not."""
    lacking = [key for key in needed if key not in part.columns]
    for key in lacking:
        faults.add(part.sheet, f"the column with the hidden key {key!r} is missing.")
    return not lacking


def keyed_rows(
    part: Part, keys: Sequence[str], answers: Sequence[str], faults: Faults
) -> Iterator[int]:
    """The rows that answer something; a fault for each answer in a row whose keys are not whole."""
    count = 0
    for row in range(part.begin, len(part.grid)):
        given = [bool(part.text(row, key)) for key in keys]
        typed = [key for key in answers if part.value(row, key) is not None]
        if all(given):
            count += 1
            yield row
        elif any(given):
            lacking = ", ".join(key for key, has in zip(keys, given, strict=True) if not has)
            faults.add(place_of(part.sheet, row, 0), f"the hidden key of this row lacks {lacking}.")
        elif typed:
            problem = "this row has answers but no hidden key; it was added."
            faults.add(part.place(row, typed[0]), problem)
    expected = part.head.get("row_count", "")
    if expected.isdecimal() and count < int(expected):
        faults.add(part.sheet, f"{count} of {expected} rows are left with their hidden keys.")


def check_name(part: Part, row: int, written: str, shown: str, faults: Faults) -> None:
    """A fault if the name in a row is not the one that its hidden key was written with.

    Rows that were sorted without their hidden columns would give scores to others.
    """
    if part.text(row, written).split() != part.text(row, shown).split():
        problem = (
            f"the name {part.text(row, shown)!r} stands in the row of {part.text(row, written)!r}; "
            "rows were moved without their hidden columns."
        )
        faults.add(part.place(row, shown), problem)


def _head_row(grid: Grid) -> int | None:
    """The row with the names of a head of ours, above their values."""
    for row in range(len(grid) - 1):
        if text_of(grid, row, 0) == "format" and text_of(grid, row + 1, 0) in _FORMATS:
            return row
    return None


def _part(sheet: str, grid: Grid, at: int, faults: Faults) -> Part:
    names = [text_of(grid, at, column) for column in range(len(grid[at]))]
    values = [text_of(grid, at + 1, column) for column in range(len(names))]
    faults.check_names(place_of(sheet, at, 0), names)
    head = {name: value for name, value in zip(names, values, strict=True) if name}
    key_row = at + 2
    rows = range(key_row, len(grid))
    begin = next((row + 1 for row in rows if text_of(grid, row, 0) == BEGIN), len(grid))
    keys: list[str] = []
    if key_row < begin and key_row < len(grid):
        keys = [text_of(grid, key_row, column) for column in range(len(grid[key_row]))]
        faults.check_names(place_of(sheet, key_row, 0), keys)
    return Part(sheet, grid, head, {key: at for at, key in enumerate(keys) if key}, begin)
