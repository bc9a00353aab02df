"""Numbers, dates and chances as people of one language write them."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from tolok.model import Window

_LOCALES = {"id": Locale("id"), "en": Locale("en", "GB")}
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_FIXED = "\N{NO-BREAK SPACE}"
_MOST_DIGITS = 4
_NOUGHT = 5e-7
"""What is smaller is written as nought: after the mark stand six digits at most."""
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Formats:
    """The formats of one language: 1.234,5 and 19 Mei 2025, or 1,234.5 and 19 May 2025."""

    language: str

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale of the language; English is British, with the day first."""
        return _LOCALES[self.language]

    def count(self, value: int) -> str:
        """A whole number with its thousands apart."""
        return _decimal(float(value), 0, self.locale)

    def number(self, value: float, digits: int = 1) -> str:
        """A number with a fixed count of digits after the mark."""
        return _decimal(round(float(value), digits) + 0.0, digits, self.locale)  # no minus zero

    def signed(self, value: float, digits: int = 1) -> str:
        """A difference, with its sign unless it rounds to none."""
        written = self.number(value, digits)
        return f"+{written}" if round(value, digits) > 0 else written

    def figure(self, value: float, significant: int = 3) -> str:
        """A number of any size, whole or to about so many significant digits."""
        if float(value).is_integer() and abs(value) < 1e15:
            return self.count(int(value))
        if not math.isfinite(value) or abs(value) < _NOUGHT:
            return self.number(0, 0)
        digits = max(0, significant - 1 - math.floor(math.log10(abs(value))))
        return _decimal(value, min(digits, 6), self.locale)

    def share(self, value: float, digits: int = 0) -> str:
        """A share in [0, 1] as a percentage; what is nearly all or nothing never reads so."""
        edge = min(abs(value), abs(1 - value))
        while 1e-9 < edge <= 0.5001 * 10 ** -(digits + 2) and digits < _MOST_DIGITS:
            digits += 1
        pattern = "#,##0%" if digits == 0 else f"#,##0.{'0' * digits}%"
        return str(format_percent(value, pattern, locale=self.locale)).replace("-", _MINUS)

    def day(self, day: date) -> str:
        """A date in words: 19 Mei 2025."""
        return str(format_date(day, "d MMMM y", locale=self.locale)).replace(" ", _FIXED)

    def short_day(self, day: date) -> str:
        """A date in little space: 19 Mei 2025, with the month cut to three letters."""
        return str(format_date(day, "d MMM y", locale=self.locale)).replace(" ", _FIXED)

    def month(self, day: date) -> str:
        """The month of a date, cut to three letters."""
        return str(format_date(day, "MMM", locale=self.locale))

    def weekday(self, number: int, *, is_short: bool = False) -> str:
        """The name of a weekday, 1 Monday to 7 Sunday; cut to three letters where it is short."""
        day = date(2024, 1, number)  # the first of that January was a Monday
        return str(format_date(day, "EEE" if is_short else "EEEE", locale=self.locale))

    def moment(self, local: datetime, time_zone: str) -> str:
        """A local date and time with its zone: 19 Mei 2025, 17.00 WIB."""
        clock = f"{local:%H.%M}" if self.language == "id" else f"{local:%H:%M}"
        return f"{self.day(local.date())}, {clock}{_FIXED}{_ZONES.get(time_zone, time_zone)}"

    def window(self, window: Window) -> str:
        """The first and the last day of a window, both inside it, and its time zone."""
        last = date.fromordinal(window.closes_on.toordinal() - 1)
        zone = _ZONES.get(window.time_zone, window.time_zone)
        return f"{self.day(window.opens_on)} – {self.day(last)} ({zone})"


@cache
def _decimal(value: float, digits: int, locale: Locale) -> str:
    pattern = "#,##0" if digits == 0 else f"#,##0.{'0' * digits}"
    return str(format_decimal(value, pattern, locale=locale)).replace("-", _MINUS)
