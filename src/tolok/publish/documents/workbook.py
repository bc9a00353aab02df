"""Every published table as one workbook; its first sheet says what each table and column means.

Texts are written as texts: a spreadsheet runs none of them as a formula.
"""

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from tolok.publish.language import Language
from tolok.publish.links import WORKBOOK
from tolok.publish.results import Results
from tolok.store.layout import Layout
from tolok.store.results import AS_CSV, RESULT_TABLES
from tolok.store.schema import Table

UNPUBLISHED = ("evidence", "unknown_accounts")
"""Other people's texts, and accounts that nobody registered."""
MOST_ROWS = 60_000
"""Tables with more rows stay out: the workbook would be slow to open."""
_LONGEST = 32_767
_WHOLE = 2**53
"""Larger whole numbers lose digits in a spreadsheet, so they are written as texts."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook's properties have no zone; no clock here
_WIDTHS = (26, 14, 90)
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
    "strings_to_urls": False,
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One published table: where its file is, and how many rows it has; None without a file."""

    table: Table
    path: Path
    row_count: int | None

    @property
    def is_shown(self) -> bool:
        """Whether the workbook has a sheet of it."""
        return self.row_count is not None and self.row_count <= MOST_ROWS

    @property
    def sha256(self) -> str:
        """The hash of its file; empty without one."""
        if self.row_count is None:
            return ""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def build_workbook(results: Results) -> Iterator[tuple[str, bytes]]:
    """The workbook: its address in the site, and the file."""
    folder, edition = Layout(results.edition).results, results.rules.edition
    sheets = [
        _sheet(table, folder) for name, table in RESULT_TABLES.items() if name not in UNPUBLISHED
    ]
    language = Language(edition.languages[0], results.rules)
    window = language.formats.window(edition.window)
    told = [language.code, edition.title[language.code], window, edition.is_simulated]
    made_from = [*told, *([one.table.name, one.sha256] for one in sheets)]
    made = results.drawn.document(WORKBOOK, made_from, lambda: _workbook(sheets, results, language))
    yield WORKBOOK, made


def _workbook(sheets: Sequence[Sheet], results: Results, language: Language) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = results.rules.edition.title[language.code]
    book.set_properties({"title": title[:200], "author": "Tolok", "created": _MADE})
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _contents(book, looks, sheets, results, language)
    for one in sheets:
        if one.is_shown:
            _table(book, looks, one)
    book.close()
    return buffer.getvalue()


def _sheet(table: Table, folder: Path) -> Sheet:
    name = table.name
    path = folder / (f"{name}.csv" if name in AS_CSV else f"{name}.parquet")
    if not path.is_file():
        return Sheet(table, path, None)
    if name in AS_CSV:
        return Sheet(table, path, sum(1 for _ in _csv_rows(table, path)))
    return Sheet(table, path, pq.read_metadata(path).num_rows)


def _contents(
    book: Any, looks: dict[str, Any], sheets: Sequence[Sheet], results: Results, language: Language
) -> None:
    """The first sheet: the edition, then each table with its columns."""
    words, edition = language.words, results.rules.edition
    sheet = book.add_worksheet(words("workbook.contents"))
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    lines: list[tuple[str, ...]] = [(edition.title[language.code],)]
    lines += [(language.formats.window(edition.window),), (words("workbook.lead"),)]
    if edition.is_simulated:
        lines.append((f"{words('site.simulated')}: {words('site.simulated_meaning')}",))
    lines += [(), tuple(words(f"workbook.{name}") for name in ("table", "rows", "meaning"))]
    head = len(lines) - 1
    for one in sheets:
        count = "–" if one.row_count is None else language.formats.count(one.row_count)
        lines.append((one.table.name, count, _where(one, language)))
        lines += [("", column.name, column.meaning) for column in one.table.columns]
    heads = {0: looks["title"], head: looks["head"]}
    for row, line in enumerate(lines):
        for at, cell in enumerate(line):
            look = heads.get(row, looks["wrap"] if at == 2 else None)
            sheet.write_string(row, at, cell, look)


def _where(one: Sheet, language: Language) -> str:
    if one.row_count is None:
        return language.words("workbook.absent")
    if not one.is_shown:
        return language.words("workbook.too_long", file=f"results/{one.path.name}")
    return language.words("workbook.sheet", names=", ".join(one.table.key))


def _table(book: Any, looks: dict[str, Any], one: Sheet) -> None:
    sheet = book.add_worksheet(one.table.name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(one.table.columns) - 1, 18)
    for at, column in enumerate(one.table.columns):
        sheet.write_string(0, at, column.name, looks["head"])
    for row, cells in enumerate(_rows(one), start=1):
        for at, cell in enumerate(cells):
            if cell is not None:
                _write(sheet, row, at, cell, looks["day"])


def _rows(one: Sheet) -> Iterator[Sequence[Any]]:
    if one.table.name in AS_CSV:
        yield from _csv_rows(one.table, one.path)
        return
    read = pq.read_table(one.path, columns=list(one.table.names), partitioning=None)
    yield from zip(*(column.to_pylist() for column in read.columns), strict=True)


def _csv_rows(table: Table, path: Path) -> Iterator[list[Any]]:
    """The rows of a CSV file, numbers and truth values in their types."""
    kinds: dict[str, Any] = {
        "BIGINT": int,
        "INTEGER": int,
        "DOUBLE": float,
        "BOOLEAN": lambda cell: cell == "true",
    }
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells = [(row[column.name], kinds.get(column.type, str)) for column in table.columns]
            yield [read(cell) if cell else None for cell, read in cells]


def _write(sheet: Any, row: int, at: int, cell: Any, day: Any) -> None:
    """One cell in its type; what a spreadsheet has no type for is a text."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) <= _WHOLE:
        sheet.write_number(row, at, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 -- a date has no zone
    elif not isinstance(cell, float):  # NaN and infinity are no values
        text = ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
        sheet.write_string(row, at, text[:_LONGEST])
