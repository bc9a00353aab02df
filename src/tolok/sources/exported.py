"""When a file was exported: what is said goes before its titles, its properties and its name.

A count has a time. A file that says none is refused, since counts grow with every day.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import FileFault
from tolok.sources.brought import Brought
from tolok.sources.moment import ZONES
from tolok.sources.raw import Options
from tolok.sources.workbook import created_at, day_of

REMEDY = "Name the instant with --exported-at."
_DAY = r"(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
_DAYS_IN_NAME = re.compile(rf"{_DAY}(?!\d)")
_CLOCK = r"[-_ T.](\d\d)[-_:.h]?(\d\d)(?:[-_:.]?(\d\d))?(?:[-_ ]([A-Z]{2,4})(?![A-Za-z]))?"
_IN_NAME = re.compile(rf"{_DAY}(?:{_CLOCK})?(?!\d)")


def exported_at(
    brought: Brought,
    options: Options,
    zone: ZoneInfo | None,
    *,
    titles: Sequence[Any] = (),
    is_named: bool = True,
) -> datetime:
    """The instant of the export: as told, else by the titles, the properties, the file's name.

    A day alone is its first moment. A name counts only where it holds one day, not a span of them;
    it is in the zone that it names after the time of day, else in the file's, or in UTC where none
    is known.

    Raises: FileFault where nothing says it.
    """
    if options.exported_at is not None:
        return options.exported_at
    days = [day for day in map(day_of, titles) if day]
    if days:
        return datetime.combine(days[-1], time(), zone or ZoneInfo("UTC"))
    made = created_at(brought.path) if brought.sheets else None
    if made is not None:
        brought.notes.append(f"was exported at {made.isoformat()}, as its properties say.")
        return made
    named = _in_name(brought.name, zone) if is_named else None
    if named is not None:
        brought.notes.append(f"was exported at {named.isoformat()}, as its name says.")
        return named
    problem = "does not say when it was exported, and counts change."
    raise FileFault(brought.name, problem, remedy=REMEDY)


def check_newest(
    brought: Brought, options: Options, exported: datetime, newest: datetime | None
) -> None:
    """Nothing, if the newest post had been published when the file was exported.

    Raises: FileFault.
    """
    if newest is None or newest < exported + timedelta(days=1):
        return
    if options.exported_at is not None:
        problem = f"has a post of {newest.isoformat()}, after --exported-at {exported.isoformat()}."
    else:
        problem = f"says it was made at {exported.isoformat()}, before its newest post."
    raise FileFault(brought.name, problem, remedy=REMEDY)


def span_in_name(name: str) -> tuple[date, date] | None:
    """The first and the last day of the span that a file's name holds; None for any other name.

    >>> span_in_name("content_2025-01-01_2025-03-31.csv")
    (datetime.date(2025, 1, 1), datetime.date(2025, 3, 31))
    """
    try:
        days = [
            date(int(year), int(month), int(day))
            for year, _, month, day in _DAYS_IN_NAME.findall(name)
        ]
    except ValueError:
        return None
    return (days[0], days[1]) if len(days) == 2 and days[0] <= days[1] else None


def _in_name(name: str, zone: ZoneInfo | None) -> datetime | None:
    found = list(_IN_NAME.finditer(name))
    # 2025-01-01_2025-03-31 would else be one day with the time 20:25:03
    if len(found) != 1 or len(_DAYS_IN_NAME.findall(name)) > 1:
        return None
    year, _, month, day, hour, minute, second, named = found[0].groups()
    try:
        on = date(int(year), int(month), int(day))
        at = time(int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    hours = ZONES.get(named.casefold()) if named else None
    if hours is not None:
        return datetime.combine(on, at, timezone(timedelta(hours=hours)))
    return datetime.combine(on, at, zone or ZoneInfo("UTC"))
