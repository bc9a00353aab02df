"""A declaration of ties that came back as a workbook."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tolok.forms.declaration_workbook import SIGNED
from tolok.forms.faults import Faults
from tolok.forms.grids import text_of, value_of
from tolok.forms.part import Part, check_columns, check_name, keyed_rows
from tolok.forms.question import DECLARATION_HEAD
from tolok.jury.declaration import ReturnedDeclaration, TieRow

YES = ("ya", "yes", "true")
"""What signs a declaration, in any language and format."""
_KEYS = ("institution_id", "name", "shown", "tie", "ended_on", "reason")
_ANSWERS = ("tie", "ended_on", "reason")


def read_declaration_parts(parts: Sequence[Part], faults: Faults) -> ReturnedDeclaration:
    """The declaration of a workbook's sheet.

    Raises: FaultsFound with all that is wrong with it.
    """
    part = parts[0]
    if len(parts) > 1:
        sheets = ", ".join(repr(one.sheet) for one in parts)
        faults.add("", f"the declaration stands in {len(parts)} sheets: {sheets}.", "Keep one.")
    for name in DECLARATION_HEAD:
        if not part.head.get(name):
            faults.add(part.sheet, f"the hidden head has no {name!r}.")
    rows: list[TieRow] = []
    is_signed = False
    if check_columns(part, _KEYS, faults):
        is_signed = _is_signed(part, faults)
        kinds = _kinds(part, faults)
        for row in keyed_rows(part, ("institution_id",), _ANSWERS, faults):
            check_name(part, row, "name", "shown", faults)
            rows.append(_tie_row(part, row, kinds))
    faults.close()
    head = {name: part.head.get(name, "") for name in DECLARATION_HEAD}
    return ReturnedDeclaration(faults.file, head, tuple(rows), is_signed)


def _tie_row(part: Part, row: int, kinds: dict[str, str]) -> TieRow:
    kind, reason = (_text(part.value(row, key)) for key in ("tie", "reason"))
    return TieRow(
        part.place(row, "tie"),
        part.text(row, "institution_id"),
        kinds.get(kind.strip().casefold(), kind) if kind else None,
        _day(part, row),
        reason,
    )


def _kinds(part: Part, faults: Faults) -> dict[str, str]:
    """The kinds of a tie by the words of this sheet, and by themselves."""
    found: dict[str, str] = {}
    rows = [part.marked(mark) for mark in ("tie", "words")]
    for row in rows:
        if row is None or rows[0] is None:
            faults.add(part.sheet, "the hidden list of the kinds of a tie is missing.")
            return {}
        for column in range(1, len(part.grid[row])):
            kind, word = text_of(part.grid, rows[0], column), text_of(part.grid, row, column)
            if kind and word:
                found[word.strip().casefold()] = kind
    return found


def _is_signed(part: Part, faults: Faults) -> bool:
    row = part.marked(SIGNED)
    if row is None:
        faults.add(part.sheet, "the row in which the juror signs is missing.")
        return False
    return says_yes(part.value(row, "tie"))


def says_yes(value: Any) -> bool:
    """Whether a cell signs a declaration."""
    return isinstance(value, str) and value.strip().casefold() in YES


def as_day(text: str | None) -> date | str | None:
    """The day that a text names in ISO 8601; any other text as it is."""
    try:
        return date.fromisoformat(text.strip()) if text else None
    except ValueError:
        return text


def _day(part: Part, row: int) -> date | str | None:
    column = part.columns["ended_on"]
    found = part.grid[row][column] if column < len(part.grid[row]) else None
    if isinstance(found, datetime):
        return found.date()
    return found if isinstance(found, date) else as_day(_text(value_of(found)))


def _text(value: str | float | None) -> str | None:
    return f"{value:g}" if isinstance(value, float) else value
