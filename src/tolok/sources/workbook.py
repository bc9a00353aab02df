"""When a workbook was made: the day in its titles, or the moment in its properties."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]+)\.? (\d{4})")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]+)</dcterms:created>")


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
