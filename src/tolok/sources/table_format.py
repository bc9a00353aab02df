"""Formats that are tables: told by the columns that they cannot do without, read in chunks.

Such a format says which words it needs and what headers stand for each word, in every language that
was seen. Which column is which is found in the file; so is how its numbers and dates are written,
by the cells of the whole file, before a single one is read.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import FileFault
from tolok.model import PLATFORMS
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, Reading
from tolok.sources.exported import check_newest, exported_at
from tolok.sources.format import Format
from tolok.sources.moment import DateVote
from tolok.sources.number import NumberVote
from tolok.sources.raw import Options
from tolok.sources.spool import Spool, Spools
from tolok.sources.table import Chunk, Head, rows_below
from tolok.store.canonical import CANONICAL

Columns = Mapping[str, Column]
Words = Mapping[str, Sequence[str]]
"""Headers by word; a header that ends in * is the beginning of one, and is looked for last."""


@dataclass(frozen=True)
class TableFormat:
    """One format of tables.

    needs are words that a file must have, lacks words that another format has in their stead.
    `rows` makes canonical columns of cells: a mapping of columns for the table, or of several
    tables by name. numbers and dates are the words whose cells tell how the file writes them;
    owners are words of which the commonest value is wanted. zone is that of times which the tool
    always writes so; decimal the mark that it always writes. has_titles: the day of the export
    stands above the header; is_dated_by_name: it may stand in the file's name. dated_by tells when
    counts were read where the format alone can, and None where it cannot. escape stands before
    quotes inside cells. commenter is the word under which a table of comments names
    their authors: it lands with hashes there.
    warning is what readers of a report must know of every such file.
    """

    name: str
    words: Words
    needs: Sequence[str]
    rows: Callable[[Cells], Mapping[str, Columns]]
    lacks: Sequence[str] = ()
    numbers: Sequence[str] = ()
    dates: Sequence[str] = ()
    owners: Sequence[str] = ()
    zone: str | None = None
    decimal: str | None = None
    language: str | None = None
    order: str | None = None
    escape: str | None = None
    has_titles: bool = False
    is_dated_by_name: bool = True
    commenter: str = ""
    commenter_platform: str = ""
    dated_by: Callable[[Brought, ZoneInfo | None], datetime | None] | None = None
    warning: str = ""
    also: Callable[[Sequence[str]], bool] = field(default=lambda _header: True)

    def format(self) -> Format:
        """The format as the import asks it."""
        scrub = self._scrub if self.commenter else None
        return Format(self.name, self.claims, self.read, nearness=self.nearness, scrub=scrub)

    def claims(self, brought: Brought) -> bool:
        """Whether a table of the file has the words that are needed, and no other's."""
        return bool(self._tables(brought))

    def nearness(self, brought: Brought) -> float:
        """The share of the needed words that the file's best row has."""
        rows = [row for head in brought.heads for row in head.folded]
        shares = (
            sum(_place_of(self.words[word], row) is not None for word in self.needs)
            / len(self.needs)
            for row in rows
        )
        return max(shares, default=0.0)

    def read(self, brought: Brought, options: Options) -> list[Any]:
        """The rows of the table as relations.

        Raises: FileFault where the file leaves something open that an option has to say.
        """
        tables = self._tables(brought)
        if not tables:
            needed = ", ".join(self.words[word][0] for word in self.needs)
            raise FileFault(
                brought.name, f"has no header of {self.name}.", remedy=f"It needs {needed}."
            )
        run = _Run(brought, options)
        for head, header_row in tables:
            self._read_table(run, head, header_row)
        if len(tables) > 1:
            names = ", ".join(head.name for head, _ in tables)
            brought.notes.append(f"has several sheets, read one after the other: {names}.")
        if run.exported is not None:
            check_newest(brought, options, run.exported, run.newest)
        if self.warning:
            brought.notes.append(self.warning)
        for what, count in run.dropped.items():
            rows = "1 row" if count == 1 else f"{count:,} rows"
            brought.notes.append(f"{rows} {what}, left out.")
        return [spool.relation() for spool in run.spools.values()]

    def _read_table(self, run: "_Run", head: Head, header_row: int) -> None:
        """Put the rows of one table into the spools; those of a second sheet are numbered on."""
        brought = run.brought
        reading = self._reading(brought, run.options, head, header_row)
        titles = [cell for row in head.rows[: header_row - 1] for cell in row]
        for chunk in rows_below(brought.path, self._spoken(head), header_row):
            cells = Cells(reading, chunk.good)
            tables = self.rows(cells)
            run.dropped.update(cells.dropped.values())
            brought.notes.extend(note for note in cells.notes if note not in brought.notes)
            for table, columns in tables.items():
                if "observed_at" not in columns and run.exported is None:
                    exported = self.dated_by and self.dated_by(brought, reading.zone)
                    run.exported = exported or exported_at(
                        brought, run.options, reading.zone,
                        titles=titles if self.has_titles else (), is_named=self.is_dated_by_name,
                    )  # fmt: skip
                spool = run.spools[table]
                spool.first = run.rows_before
                filled = self._filled(brought, cells, columns, run.exported)
                _add(spool, cells, filled, chunk if table == next(iter(tables)) else None)
                run.newest = _newest(run.newest, columns.get("published_at", ()))
        run.rows_before += len(head.sheet or ())

    def _scrub(self, brought: Brought, target: Path) -> None:
        """Write the table as CSV with hashes for the authors of comments.

        A row that cannot be taken apart may name one: it stays a row, without what stands in it.
        """
        tables = self._tables(brought)
        assert brought.authors is not None  # the import gives them to every file
        if len(tables) != 1:
            problem = "has comments on several sheets."
            raise FileFault(brought.name, problem, remedy="Save each sheet as CSV, and bring all.")
        head, header_row = tables[0]
        place = _place_of(self.words[self.commenter], head.folded[header_row - 1])
        with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerows(head.rows[:header_row])
            for chunk in rows_below(brought.path, self._spoken(head), header_row):
                for record in sorted((*chunk.good, *chunk.bad), key=lambda record: record.row):
                    cells = ["(left out: it may name a person)"] if record.fault else record.cells
                    if place is not None and not record.fault:
                        key = brought.authors.key_of(self.commenter_platform, record.cells[place])
                        cells = [*cells[:place], key or "", *cells[place + 1 :]]
                    writer.writerow(cells)

    def _filled(
        self, brought: Brought, cells: Cells, columns: Columns, exported: datetime | None
    ) -> dict[str, Column]:
        """The columns with the time of the export, and with hashes in place of authors."""
        filled = dict(columns)
        if exported is not None:
            moment = exported.isoformat()
            given = filled.get("observed_at") or cells.same(None)
            filled["observed_at"] = [cell or moment for cell in given]
        if "author" in filled:
            assert brought.authors is not None  # the import gives them to every file
            key_of = brought.authors.key_of
            names = zip(filled.pop("author"), filled["platform"], strict=True)
            filled["author_key"] = [key_of(platform or "", author) for author, platform in names]
        return filled

    def _tables(self, brought: Brought) -> list[tuple[Head, int]]:
        """The tables of the file with the format's header, and the header's row in each."""
        found = [(head, head.row_with(self._is_header)) for head in brought.heads]
        return [(head, row) for head, row in found if row is not None]

    def _is_header(self, row: Sequence[str]) -> bool:
        return (
            all(_place_of(self.words[word], row) is not None for word in self.needs)
            and not any(_place_of(self.words[word], row) is not None for word in self.lacks)
            and self.also(row)
        )

    def _spoken(self, head: Head) -> Head:
        """The head with the escape of the tool that wrote the file."""
        if head.sheet is not None or self.escape is None:
            return head
        dialect = type(head.dialect)(head.dialect.delimiter, self.escape)
        return Head(head.rows, dialect=dialect)

    def _reading(self, brought: Brought, options: Options, head: Head, header_row: int) -> Reading:
        """How the file is read: its columns, and what all its cells say of numbers and dates."""
        header = head.folded[header_row - 1]
        found = {word: _place_of(headers, header) for word, headers in self.words.items()}
        places = {word: place for word, place in found.items() if place is not None}
        headers = {word: head.rows[header_row - 1][place] for word, place in places.items()}
        numbers, dates = NumberVote(), DateVote()
        owners = {word: Counter[str]() for word in self.owners if word in places}
        if self.dates or owners or not (options.decimal or self.decimal):
            for chunk in rows_below(brought.path, self._spoken(head), header_row):
                cells = Cells(Reading(brought.name, places, headers), chunk.good)
                for word in self.numbers:
                    numbers.see(cells.texts(word))
                for word in self.dates:
                    dates.see(cells.words(word))
                    cells.check_dates(word)
                for word, counter in owners.items():
                    counter.update(value for value in cells.words(word) if value)
        decimal, order = options.decimal or self.decimal, options.date_order or self.order
        if not decimal and numbers.is_contradictory:
            problem = "writes some numbers with a decimal point and some with a decimal comma."
            raise FileFault(
                brought.name, problem, remedy="Say which with --decimal . or --decimal ,"
            )
        if not options.date_order and dates.is_contradictory:
            problem = "writes some dates with the day first and some with the month first."
            raise FileFault(brought.name, problem, remedy="Bring the file as the tool wrote it.")
        if not options.date_order and self.order and dates.order not in {None, self.order}:
            problem = f"has dates with the {dates.order} first; the tool writes the {self.order}."
            remedy = f"Bring the file as the tool wrote it, or pass --date-order {dates.order}."
            raise FileFault(brought.name, problem, remedy=remedy)
        zone = options.time_zone or self.zone
        return Reading(
            file=brought.name,
            places=places,
            headers=headers,
            decimal=decimal or numbers.decimal,
            language=self.language or numbers.language,
            order=order or dates.order,
            zone=ZoneInfo(zone) if zone else None,
            owners={word: max(sorted(c), key=c.__getitem__) for word, c in owners.items() if c},
        )


@dataclass
class _Run:
    """What is on its way from the tables of one file to the spools."""

    brought: Brought
    options: Options
    spools: Spools = field(init=False)
    dropped: Counter[str] = field(default_factory=Counter)
    newest: datetime | None = None
    exported: datetime | None = None
    rows_before: int = 0

    def __post_init__(self) -> None:
        self.spools = Spools(self.brought.folder)
        self.exported = self.options.exported_at


def empty_table(
    name: str, is_header: Callable[[Sequence[str]], bool], holds_nothing: str
) -> Format:
    """The format of tables that are known by a folded header and hold nothing to take."""

    def claims(brought: Brought) -> bool:
        return any(head.row_with(is_header) for head in brought.heads)

    return Format(name, claims, lambda _brought, _options: [], holds_nothing=holds_nothing)


def _place_of(headers: Sequence[str], row: Sequence[str]) -> int | None:
    """The column of the first header that a row has."""
    for header in headers:
        if header.endswith("*"):
            start = header[:-1]
            place = next((at for at, cell in enumerate(row) if cell.startswith(start)), None)
            if place is not None:
                return place
        elif header in row:
            return row.index(header)
    return None


def _add(spool: Spool, cells: Cells, columns: Mapping[str, Column], chunk: Chunk | None) -> None:
    """Put the rows of a chunk into a spool, those at fault with their reason.

    A table beside the first takes only rows that give it something; the first gets the chunk.
    """
    gives = columns.get(_BESIDE.get(spool.table, ""), ()) if chunk is None else ()
    kept = [
        index
        for index in range(len(cells))
        if index not in cells.dropped and (not gives or gives[index] is not None)
    ]
    numbers = cells.numbers
    whole = len(kept) == len(cells)
    taken = {
        name: column if whole else [column[index] for index in kept]
        for name, column in columns.items()
    }
    odd = cells.faults.keys() | _lacking(spool.table, columns)
    if cells.faults:
        taken["broken"] = [cells.faults.get(index) for index in kept]
    if odd:
        taken["raw"] = [cells.shown(index) if index in odd else None for index in kept]
    spool.add_columns([numbers[index] for index in kept], taken)
    if chunk is not None and chunk.bad:
        spool.add_columns(
            [record.row for record in chunk.bad],
            {
                "broken": [record.fault for record in chunk.bad],
                "raw": [record.raw for record in chunk.bad],
            },
        )


def _lacking(table: str, columns: Mapping[str, Column]) -> set[int]:
    """Rows that the store will refuse for what they lack: they are kept as they stood."""
    needed = [columns[name] for name in CANONICAL[table].needs if name in columns]
    found = {
        index
        for column in needed
        if None in column
        for index, cell in enumerate(column)
        if cell is None
    }
    platforms = columns.get("platform", ())
    if not set(platforms) <= _KNOWN_PLATFORMS:
        found |= {index for index, name in enumerate(platforms) if name not in PLATFORMS}
    return found


_KNOWN_PLATFORMS: set[str | None] = set(PLATFORMS)
_BESIDE = {"followers": "follower_count", "aliases": "alias"}
"""What a row must give to a table beside the one that it is made for."""
_YEAR = re.compile(r"\d{4}-\d{2}-\d{2}T")


def _newest(newest: datetime | None, moments: Sequence[str | None]) -> datetime | None:
    """The later of a time and the latest of the times in a column."""
    texts = [text for text in moments if text and _YEAR.match(text)]
    if not texts:
        return newest
    # of one offset the latest is the last as text
    ends = {text[19:] for text in texts}
    if len(ends) < 10:
        texts = [max(text for text in texts if text[19:] == end) for end in ends]
    latest = max(datetime.fromisoformat(text) for text in texts)
    return latest if newest is None or latest > newest else newest
