"""The cells of a chunk of a table, column by column, as formats ask for them.

A format knows its columns by its own words; what a file's header calls them, in which language,
stands in the format. Every method gives a list as long as the chunk, None where a cell is missing.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import FileFault
from tolok.model import COUNTS
from tolok.sources.csv_records import Record
from tolok.sources.moment import moments_of
from tolok.sources.number import counts_of, words_of
from tolok.sources.table import SheetRows

Column = list[str | None]
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(\D.*)?")
_ROUND = 1e9
"""Above this a number with a fraction is no count that lost its thousands."""
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)(?:\.0+)?", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """How the cells of one file are read.

    places are the columns by word, headers what the file calls them; decimal, language and order
    are those of number.py and moment.py; zone is that of times without one; owners are the
    commonest values of the columns that the format asked to have counted.
    """

    file: str
    places: Mapping[str, int]
    headers: Mapping[str, str]
    decimal: str | None = None
    language: str | None = None
    order: str | None = None
    zone: ZoneInfo | None = None
    owners: Mapping[str, str] = field(default_factory=dict)


class Cells:
    """The good rows of a chunk; what a format takes for granted in them stands in notes."""

    def __init__(self, reading: Reading, rows: Sequence[Record]) -> None:
        self.reading = reading
        self.rows = rows
        self.faults: dict[int, str] = {}
        self.dropped: dict[int, str] = {}
        self.notes: list[str] = []
        self._words: dict[str, Column] = {}

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def has(self, word: str) -> bool:
        """Whether the file has a column."""
        return word in self.reading.places

    @property
    def numbers(self) -> list[int]:
        """The place of each row in its file."""
        rows = self.rows
        return rows.numbers if isinstance(rows, SheetRows) else [row.row for row in rows]

    def same(self, value: str | None) -> Column:
        """One value for every row."""
        return [value] * len(self.rows)

    def texts(self, word: str) -> Column:
        """A column as it stands; None where a cell is empty or the column is not there."""
        place = self.reading.places.get(word)
        if place is None:
            return self.same(None)
        if isinstance(self.rows, SheetRows):
            return list(self.rows.column(place))
        return [row.cells[place] or None if place < len(row.cells) else None for row in self.rows]

    def words(self, word: str) -> Column:
        """A column of short values without blanks around them; marks of missing cells are None."""
        if word not in self._words:
            self._words[word] = words_of(self.texts(word))
        return list(self._words[word])

    def folded(self, word: str) -> Column:
        """A column of short values in lower case."""
        return [cell and cell.casefold() for cell in self.words(word)]

    def ids(self, word: str) -> Column:
        """A column of ids, without the quote or blank that spreadsheets put before them."""
        return [cell and cell.lstrip("'\u2019 ").strip() for cell in self.words(word)]

    def counts(self, word: str) -> Column:
        """A column of counts as digits, a number below 0 with its sign.

        Raises: FileFault where the decimal mark has to be told. A cell that is no count puts its
        row at fault.
        """
        if not self.has(word):
            return self.same(None)
        self._refuse_fractions(word)
        counts, faults = counts_of(self.texts(word), self.reading.decimal, self.reading.language)
        self._take_faults(word, faults)
        return counts

    def moments(
        self,
        word: str,
        zone: ZoneInfo | None = None,
        clock: str = "",
        *,
        known: Collection[int] = (),
    ) -> Column:
        """A column of times as ISO 8601 with their offset, in the file's zone where they name none.

        clock is the word of a column that holds the time of the day, where the file parts it. Rows
        whose time is known otherwise are not looked at.

        Raises: FileFault where the zone or the order of day and month has to be told. A cell that
        is no time puts its row at fault.
        """
        reading = self.reading
        words = self.words(word)
        if known:
            words = [None if index in known else text for index, text in enumerate(words)]
        if self.has(clock):
            parts = zip(words, self.words(clock), strict=True)
            words = [f"{day} {hour}" if day and hour else day for day, hour in parts]
        moments, faults = moments_of(words, reading.order, zone or reading.zone)
        self._take_faults(word, faults)
        return moments

    def seconds(self, word: str) -> Column:
        """A column of lengths in seconds, also where they are written as M:SS or H:MM:SS.

        A cell that is no length puts its row at fault.
        """
        lengths = self.words(word)
        for index, cell in enumerate(lengths):
            if cell is None or _SECONDS.fullmatch(cell):
                continue
            clock = _CLOCK.fullmatch(cell)
            lengths[index] = _seconds(clock) if clock else None
            if not clock:
                header = self.reading.headers.get(word, word)
                self.refuse(index, f"{header}: {cell[:40]!r} is no length, expected 73 or 0:01:13")
        return lengths

    def check_dates(self, word: str) -> None:
        """Nothing, unless a spreadsheet made dates of some cells of a column and left others.

        It does so where it takes the day for the month: 03/04 became a date, 13/04 stayed a text.

        Raises: FileFault.
        """
        if not isinstance(self.rows, SheetRows) or not self.has(word):
            return
        cells = list(self.rows.cells(self.reading.places[word]))
        texts = [at for at, cell in enumerate(cells) if _is_numeric_date(cell)]
        if texts and any(isinstance(cell, date) for cell in cells):
            problem = "is a text in a column of dates: a spreadsheet took days and months"
            raise FileFault(
                self.reading.file,
                f"{cells[texts[0]]!r} {problem} for each other, where it could.",
                line=self.numbers[texts[0]],
                column=self.reading.headers.get(word, word),
                remedy="Bring the file as the tool wrote it, or with all dates as text.",
            )

    def _refuse_fractions(self, word: str) -> None:
        """Nothing, unless a spreadsheet made fractions of counts: of 1.234 a little more than one.

        Raises: FileFault, since of such counts those without a fraction cannot be told.
        """
        if not isinstance(self.rows, SheetRows):
            return
        for at, cell in enumerate(self.rows.cells(self.reading.places[word])):
            if cell.__class__ is float and not cell.is_integer() and abs(cell) < _ROUND:
                raise FileFault(
                    self.reading.file,
                    f"{cell!r} is no count: a spreadsheet has taken thousands for fractions.",
                    line=self.numbers[at],
                    column=self.reading.headers.get(word, word),
                    remedy="Bring the file as the tool wrote it, or with the column as text.",
                )

    def shown(self, index: int) -> str:
        """What stands in a row, for people to look at."""
        return " | ".join(self.rows[index].cells)

    def refuse(self, index: int, reason: str) -> None:
        """Put a row at fault; what is said first stays."""
        self.faults.setdefault(index, reason)

    def drop(self, index: int, what: str = "of totals, which are no posts") -> None:
        """Leave out a row that is none: a total, a heading in between; what says it for people."""
        self.dropped[index] = what

    def _take_faults(self, word: str, faults: Mapping[int, str]) -> None:
        header = self.reading.headers.get(word, word)
        for index, fault in faults.items():
            if "--" in fault:  # what an option mends is the file's fault, not the row's
                line = self.rows[index].row
                raise FileFault(self.reading.file, fault, line=line, column=header)
            self.refuse(index, f"{header}: {fault}")


def _seconds(clock: re.Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    return str((hours * 60 + minutes) * 60 + seconds)


def _is_numeric_date(cell: Any) -> bool:
    return isinstance(cell, str) and _NUMERIC_DATE.fullmatch(cell) is not None


def known_counts(
    counts: Mapping[str, Column],
    absent: Mapping[str, str | Sequence[str]],
    negative: str = "not_collected",
    reposts: Sequence[bool] = (),
) -> dict[str, Column]:
    """Columns of counts with the column `missing` that says why some are null.

    A count below 0 is none: it takes the reason `negative`. A null count takes the reason that
    absent names for it, one for all rows or one a row, else not_collected; counts that no column
    holds take theirs too. Counts of reposts, where those are told, are the original's: not_offered.
    """
    size = max((len(column) for column in counts.values()), default=0)
    columns: dict[str, Column] = {}
    reasons: list[Column] = []
    for name in COUNTS:
        column = counts.get(name)
        given = absent.get(name, "not_collected")
        why: Column = [given] * size if isinstance(given, str) else list(given)
        if column is not None:
            why = [
                cause if cell is None else negative if cell[:1] == "-" else None
                for cell, cause in zip(column, why, strict=True)
            ]
            columns[name] = [None if cell and cell[0] == "-" else cell for cell in column]
        if reposts:
            why = [
                "not_offered" if is_repost else cause
                for is_repost, cause in zip(reposts, why, strict=True)
            ]
            if column is not None:
                columns[name] = [
                    None if is_repost else cell
                    for is_repost, cell in zip(reposts, columns[name], strict=True)
                ]
        reasons.append(why)
    rows = list(zip(*reasons, strict=True))
    written = {row: _reasons_json(row) for row in set(rows)}
    others = {name: column for name, column in counts.items() if name not in columns}
    return {**columns, **others, "missing": [written[row] for row in rows]}


def _reasons_json(reasons: Sequence[str | None]) -> str:
    """Why counts are null, by name; those that are there have no reason."""
    named = zip(COUNTS, reasons, strict=True)
    return json.dumps({name: reason for name, reason in named if reason is not None})
