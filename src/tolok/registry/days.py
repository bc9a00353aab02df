"""Half-open spans of days, [valid_from, valid_to), whose ends may be unbounded."""

from datetime import date
from typing import Protocol


class Dated(Protocol):
    """Anything that holds for some days."""

    @property
    def valid_from(self) -> date | None:
        """The first day, None without bound."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The first day after, None without bound."""
        ...


def first_day(span: Dated) -> date:
    """The day that a span begins with; the first of all days where it is unbounded."""
    return span.valid_from or date.min


def end_day(span: Dated) -> date:
    """The day before which a span ends; the last of all days where it is unbounded."""
    return span.valid_to or date.max


def overlap(one: Dated, other: Dated) -> bool:
    """Whether two spans share a day."""
    return max(first_day(one), first_day(other)) < min(end_day(one), end_day(other))


def dates_are_reversed(span: Dated) -> bool:
    """Whether a span ends before it holds a day."""
    return end_day(span) <= first_day(span)
