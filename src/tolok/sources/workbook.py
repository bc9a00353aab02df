"""Workbooks: their sheets, and when they were made, by their titles or their properties."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

from tolok.errors import FileFault
from tolok.sources.workbook_size import check_size

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]+)\.? (\d{4})")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]+)</dcterms:created>")


def sheets_of(path: Path, name: str) -> dict[str, list[list[Any]]]:
    """The rows of each sheet of a workbook, from its first row and column on, by the sheet's name.

    Raises: FileFault where it cannot be read, or does not fit into the memory.
    """
    check_size(path, name)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise FileFault(name, f"cannot be read as a workbook: {error}.") from error


def day_of(cell: Any) -> date | None:
    """The day that a title cell names in English or ISO 8601; None for anything else.

    >>> day_of("April 30, 2025"), day_of("Jan 1, 2021 - Dec 31, 2024")
    (datetime.date(2025, 4, 30), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip().casefold()
    month_first, day_first = _MONTH_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    try:
        if month_first:
            return date(int(month_first[3]), _month(month_first[1]), int(month_first[2]))
        if day_first:
            return date(int(day_first[3]), _month(day_first[2]), int(day_first[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def created_at(path: Path) -> datetime | None:
    """The moment at which the program that wrote a workbook says it was made."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _CREATED.search(archive.read("docProps/core.xml"))
    except (KeyError, zipfile.BadZipFile):
        return None
    try:
        moment = datetime.fromisoformat(found[1].decode("ascii")) if found else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _month(name: str) -> int:
    """The number of a month by its name or by its first letters, at least three.

    Raises: ValueError for what is no month.
    """
    fits = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    if len(name) < 3 or len(fits) != 1:
        raise ValueError(name)
    return fits[0]
