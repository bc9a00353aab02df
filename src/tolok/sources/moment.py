"""Moments as people's tools print them: ISO 8601, 01/31/2025 10:05 am, Selasa, 14 Juli 2026.

A date in numbers alone has an order, day or month first. A date of which only one order makes a
day decides for its file (DateVote); with points the day stands first everywhere. A year of two
digits is taken for 20yy, and only where the order is known. Nothing else is guessed: a date that
may be two days, a date without its year, and the name of a zone that is not listed are refused.

Refused as well: weeks of ISO 8601, hours without minutes, Excel's numbers of days, a weekday that
is not that of the date, and years outside 1990 to 2100.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from tolok.sources.number import is_missing

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years in which a post or a reading of it may stand."""

ZONES = {
    "wib": 7, "wita": 8, "wit": 9, "sgt": 8, "utc": 0, "gmt": 0, "z": 0, "cet": 1, "cest": 2,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours east of UTC by the name of a zone; those in -st and -dt are those of the United States."""

_MONTH_NAMES = (
    "january januari", "february februari pebruari", "march maret", "april", "may mei",
    "june juni", "july juli", "august agustus ags agt", "september", "october oktober",
    "november nopember", "december desember",
)  # fmt: skip
_WEEKDAY_NAMES = (
    "monday senin", "tuesday selasa", "wednesday rabu", "thursday kamis", "friday jumat jum'at",
    "saturday sabtu", "sunday minggu ahad",
)  # fmt: skip


def _by_first_letters(names: Sequence[str]) -> dict[str, int]:
    """The place of each name in its list, by the whole name or by three first letters or more."""
    return {
        name[:end]: place
        for place, words in enumerate(names)
        for name in words.split()
        for end in range(3, len(name) + 1)
    }


_MONTHS, _WEEKDAYS = _by_first_letters(_MONTH_NAMES), _by_first_letters(_WEEKDAY_NAMES)

_ZONE = r"(?P<zone>(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?|[a-z][a-z/_]*)"
_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    rf"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?{_ZONE})?"
)
_CLOCK = rf"(?:(?:t|,? (?:(?:at|pukul|pkl\.?|jam) )?){_TIME})?"
_WEEKDAY = r"(?:(?P<weekday>[a-z']+)\.?,? )?"
_YEARLESS = r"(?P<year>)"
_NAMED = (
    r"(?P<name>[a-z]+)\.? (?P<day>\d{1,2})(?:st|[nr]d|th)?",
    r"(?P<day>\d{1,2})(?:\.|st|[nr]d|th)?[ -](?P<name>[a-z]+)\.?",
)
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)"
    rf"(?P<year>\d{{4}}|\d\d){_CLOCK}",
    re.ASCII,
)
_OTHERS = (
    *(rf"{_WEEKDAY}{named},?[ -](?P<year>\d{{4}}){_CLOCK}" for named in _NAMED),
    rf"{_WEEKDAY}{_NAMED[0]},? {_TIME} (?P<year>\d{{4}})",  # Wed Oct 10 20:19:24 +0000 2018
    rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_CLOCK}",
    *(rf"{_WEEKDAY}{named}{_YEARLESS}{_CLOCK}" for named in _NAMED),
    rf"(?P<one>\d{{1,2}})[-/](?P<two>\d{{1,2}}){_YEARLESS}{_CLOCK}",
)
_YEAR_FIRST = r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
# Each is matched against the whole of a text in lower case with single blanks, in this order.
_SHAPES = (
    re.compile(_YEAR_FIRST + _CLOCK, re.ASCII),
    _NUMERIC,
    *(re.compile(shape, re.ASCII) for shape in _OTHERS),
)
# What datetime reads as the shapes do, only faster; what it refuses is left for them to explain.
_COMMON = re.compile(
    r"\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):\d\d:\d\d(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?", re.ASCII
)
# Most cells of all, by their day: no zone, a time that every day has.
_PLAIN = re.compile(r"(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)", re.ASCII)
_EPOCH = re.compile(r"(\d{10}|\d{13})(?:\.(\d+))?", re.ASCII)
_MARKS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff"))  # seen by no reader

_LONGEST = 60  # characters that are looked at: no moment is longer


class NotAMoment(ValueError):
    """A text that is no date and no time of one."""


class AmbiguousDate(ValueError):
    """A text that is one day if the day stands first and another if the month does."""


@dataclass(frozen=True)
class Moment:
    """A moment as it was written: without a zone where none was, midnight where no time was."""

    at: datetime
    is_day: bool


class DateVote:
    """What the cells of a file say of the order of day and month, taken together."""

    def __init__(self) -> None:
        """A vote in which no cell was seen."""
        self._orders: set[str] = set()

    def see(self, cells: Iterable[str | None]) -> None:
        """The evidence of more cells; names of months and years in front say nothing."""
        # a year in front is told by its digits
        for cell in {c for c in cells if c and len(c) <= _LONGEST and not c[:4].isdigit()}:
            found = _NUMERIC.fullmatch(_folded(cell))
            if found:
                self._orders.update(_evidence(found))

    @property
    def order(self) -> str | None:
        """What stands first, "day" or "month"; None if no cell says, or if they contradict."""
        return min(self._orders) if len(self._orders) == 1 else None

    @property
    def is_contradictory(self) -> bool:
        """Whether some cells have the day first for certain and others the month."""
        return len(self._orders) > 1


def moment_of(text: str, order: str | None = None) -> Moment:
    """The moment that a text says, by a known order of day and month or by itself.

    Missing: a mark of nothing is no moment; ask is_missing first.
    Raises: AmbiguousDate where the order decides and is not known; NotAMoment for all else.

    >>> moment_of("14 Juli 2026 pukul 10.05"), moment_of("07/14/2026").is_day
    (Moment(at=datetime.datetime(2026, 7, 14, 10, 5), is_day=False), True)
    """
    common = _common(text)
    if common:
        return Moment(common, is_day=False)
    folded = _folded(text)
    found = _match(folded) if len(folded) <= _LONGEST else None
    if found is None:
        raise NotAMoment(
            f"{_shown(text)} is no moment, expected one such as 2025-01-31T10:05:00+07:00"
        )
    parts = found.groupdict()
    day = _day(text, parts, order)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotAMoment(
            f"{_shown(text)} is no moment, expected a year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    weekday = parts.get("weekday")
    if weekday and _WEEKDAYS[weekday] != day.weekday():
        raise NotAMoment(f"{_shown(text)} is no moment: {day} is a {day:%A}")
    if not parts["hour"]:
        return Moment(datetime.combine(day, time()), is_day=True)
    clock = _clock(text, parts)
    return Moment(datetime.combine(day, clock, _zone(text, parts["zone"])), is_day=False)


def day_without_year(text: str) -> tuple[int, int] | None:
    """The month and the day of a text that names a month and lacks the year; None for any other.

    >>> day_without_year("14 Mei"), day_without_year("14 Mei 2026"), day_without_year("14/5")
    ((5, 14), None, None)
    """
    folded = _folded(text)
    found = _match(folded) if len(folded) <= _LONGEST else None
    parts = found.groupdict() if found else {}
    if parts.get("year") or not parts.get("name"):
        return None
    day = _date("2024", _MONTHS[parts["name"]] + 1, parts["day"])  # a year that has every day
    return (day.month, day.day) if day else None


def epoch_of(text: str) -> datetime:
    """The moment of Unix seconds, ten digits, or milliseconds, thirteen digits, in UTC.

    Raises: NotAMoment for anything else, and for moments after the last year.

    >>> epoch_of("1735689600").isoformat(), epoch_of("1735689600500").microsecond
    ('2025-01-01T00:00:00+00:00', 500000)
    """
    found = _EPOCH.fullmatch(_folded(text))
    if found:
        places = 6 if len(found[1]) == 10 else 3
        micros = int(found[1]) * 10**places + int((found[2] or "")[:places].ljust(places, "0"))
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
        if moment.year <= LAST_YEAR:
            return moment
    raise NotAMoment(
        f"{_shown(text)} is no moment, expected Unix seconds (10 digits) or milliseconds (13)"
    )


def moments_of(
    cells: Sequence[str | None], order: str | None, zone: ZoneInfo | None
) -> tuple[list[str | None], dict[int, str]]:
    """Each cell as a moment of ISO 8601 with its offset, and what is wrong with the others.

    A cell that has no zone stands in the given one. There a day is its midnight, an hour that comes
    twice is the first, and one that the clocks leave out moves on by as much as they do.

    Missing: None where the cell is missing, and where it has a fault; faults are by index.
    """
    moments: list[str | None] = []
    faults: dict[int, str] = {}
    for index, cell in enumerate(cells):
        plain = _PLAIN.fullmatch(cell) if cell and zone else None
        offset = _offset_on(plain[1], zone) if plain and zone else None
        if plain and offset:
            moments.append(f"{plain[1]}T{plain[2]}{offset}")
            continue
        moment, fault = (None, "") if cell is None else _moment_or_fault(cell, order, zone)
        moments.append(moment)
        if fault:
            faults[index] = fault
    return moments, faults


@lru_cache(maxsize=1 << 14)
def _offset_on(day: str, zone: ZoneInfo) -> str | None:
    """The offset of a zone as it is written, where it is one around the whole of a day.

    Missing: None where the clocks change near the day, and for what is no day of the years.
    """
    try:
        start = datetime.fromisoformat(day)
    except ValueError:
        return None
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        return None
    hours = (start + timedelta(hours=hour) for hour in range(-3, 28))
    offsets = {hour.replace(tzinfo=zone).isoformat()[19:] for hour in hours}
    return offsets.pop() if len(offsets) == 1 else None


@lru_cache(maxsize=1 << 16)
def _moment_or_fault(cell: str, order: str | None, zone: ZoneInfo | None) -> tuple[str | None, str]:
    if is_missing(cell):
        return None, ""
    try:
        at = moment_of(cell, order).at
    except (AmbiguousDate, NotAMoment) as error:
        return None, str(error)
    if at.tzinfo is None:
        if zone is None:
            return None, (
                f"{_shown(cell)} does not say its time zone. "
                "Pass it, such as `--timezone Asia/Jakarta`."
            )
        # by way of UTC, which has no gaps
        at = at.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return at.isoformat(), ""


def _folded(text: str) -> str:
    """A text in lower case with single blanks."""
    plain = text if text.isascii() else text.translate(_MARKS)
    return " ".join(plain.split()).casefold()


def _common(text: str) -> datetime | None:
    """The moment of a text in the most common form of ISO 8601, if it is in the years."""
    if not _COMMON.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _match(folded: str) -> re.Match[str] | None:
    """The first shape that the text has, if the names in it are names of weekdays and months."""
    for shape in _SHAPES:
        found = shape.fullmatch(folded)
        if found:
            parts = found.groupdict()
            named = parts.get("name") in _MONTHS or "name" not in parts
            if named and (not parts.get("weekday") or parts["weekday"] in _WEEKDAYS):
                return found
    return None


def _day(text: str, parts: dict[str, str | None], order: str | None) -> date:
    """The day that the parts of a text make.

    Raises: AmbiguousDate, NotAMoment
    """
    if not parts["year"]:
        raise NotAMoment(f"{_shown(text)} has no year: write it, such as 14 April 2026")
    if "one" in parts:
        return _numeric_day(text, parts, order)
    name, month = parts.get("name"), parts.get("month")
    day = _date(parts["year"], _MONTHS[name] + 1 if name else month, parts["day"])
    if day is None:
        raise NotAMoment(f"{_shown(text)} is no moment: there is no such day")
    return day


def _numeric_day(text: str, parts: dict[str, str | None], order: str | None) -> date:
    year, one, two = parts["year"], parts["one"], parts["two"]
    if len(str(year)) == 2:
        if order is None:
            raise AmbiguousDate(
                f"{_shown(text)} has a year of two digits and may be more than one day. "
                "Pass `--date-order day` or `--date-order month`."
            )
        year = f"20{year}"
    days = {"day": _date(year, two, one), "month": _date(year, one, two)}
    if order is None and parts["mark"] == "." and days["day"]:
        order = "day"
    found = {day for first, day in days.items() if day and order in {None, first}}
    if not found:
        where = f" with the {order} first" if order and any(days.values()) else ""
        raise NotAMoment(f"{_shown(text)} is no moment: there is no such day{where}")
    if len(found) > 1:
        raise AmbiguousDate(
            f"{_shown(text)} may be {days['day']} or {days['month']}, and nothing in the file "
            "decides. Pass `--date-order day` or `--date-order month`."
        )
    return min(found)


def _evidence(found: re.Match[str]) -> set[str]:
    """The orders in which alone a date in numbers makes a day: one, or none if it is open."""
    one, two = int(found["one"]), int(found["two"])
    has_century = len(found["year"]) == 4
    if 1 <= one <= 12 < two <= 31:
        # with two digits and points, 10.16.17 is a time as well
        return {"month"} if has_century or found["mark"] != "." else set()
    if has_century and 1 <= two <= 12 and (12 < one <= 31 or found["mark"] == "."):
        return {"day"}  # without a century, 25/01/31 may begin with its year
    return set()


def _date(year: str | None, month: str | int | None, day: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _clock(text: str, parts: dict[str, str | None]) -> time:
    """The time of the day, what is finer than a microsecond cut off."""
    hour, half = int(parts["hour"] or 0), parts["half"]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    micros = int((parts["fraction"] or "")[:6].ljust(6, "0"))
    try:
        return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0), micros)
    except ValueError:
        raise NotAMoment(f"{_shown(text)} is no moment: there is no such time of day") from None


def _zone(text: str, zone: str | None) -> timezone | None:
    """The zone of an offset or of a listed name."""
    if zone is None:
        return None
    if zone in ZONES:
        return timezone(timedelta(hours=ZONES[zone]))
    offset = zone.removeprefix("utc").removeprefix("gmt")
    if offset[0] not in "+-":
        names = ", ".join(name.upper() for name in ZONES)
        raise NotAMoment(
            f"{_shown(text)} names the time zone {zone.upper()}, which is not known: expected "
            f"{names}, or an offset such as +07:00"
        )
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    east = timedelta(hours=int(hours), minutes=int(minutes))
    if east > timedelta(hours=14) or int(minutes) > 59:
        raise NotAMoment(f"{_shown(text)} is no moment: there is no offset {offset}")
    return timezone(-east if offset[0] == "-" else east)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")
