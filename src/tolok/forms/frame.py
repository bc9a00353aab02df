"""What every workbook of a form shares: its looks, its hidden head, protection and print.

A sheet begins with three hidden rows: the names of its head, their values, and the keys of its
columns. Reading goes by these alone, so that words, widths and the order of sheets are free.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tolok.errors import FileFault
from tolok.forms.printed import Printed, cut
from tolok.store.atomic import written_whole

HEAD_ROW, VALUE_ROW, KEY_ROW = 0, 1, 2
BEGIN = "begin"
"""Stands in the hidden first column beside the heads that people read; answers follow."""
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell of a workbook holds."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook's properties have no zone; no clock here
_A4 = 9
_INK, _PAPER = "#17403B", "#FFFFFF"
_BASE = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter", "font_color": "#1A1A1A"}
_BOX = {"border": 1, "border_color": "#B7C3C0"}
_OPEN = {**_BOX, "locked": False, "bg_color": "#FFF6CC"}
_MAY = {**_BOX, "locked": False, "bg_color": "#EEF4FA"}  # yellow asks for an answer, blue does not
_TOP = {"text_wrap": True, "align": "left", "indent": 1, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "key": {"font_color": "#808080"},
    "title": {"bold": True, "font_size": 18, "font_color": _INK},
    "lead": {"text_wrap": True, "valign": "top"},
    "progress": {"bold": True, "font_color": _INK},
    "head": {**_BOX, "bold": True, "text_wrap": True, "align": "center", "font_color": _PAPER,
             "bg_color": _INK},
    "head_left": {**_BOX, "bold": True, "text_wrap": True, "indent": 1,
                  "font_color": _PAPER, "bg_color": _INK},
    "head_grey": {**_BOX, "text_wrap": True, "align": "center", "font_size": 9,
                  "bg_color": "#D9D9D9"},
    "band": {**_BOX, "bold": True, "indent": 1, "bg_color": "#DCEBE8", "font_color": _INK},
    "cell": {**_BOX, "text_wrap": True, "indent": 1},
    "label": {**_BOX, **_TOP, "bold": True},
    "text": {**_BOX, **_TOP},
    "number": {**_BOX, "align": "center", "font_color": "#595959"},
    "grey": {**_BOX, "align": "center", "bg_color": "#EDEDED", "font_color": "#595959",
             "italic": True},
    "score": {**_OPEN, "align": "center", "font_size": 13, "bold": True},
    "words": {**_OPEN, "text_wrap": True, "indent": 1},
    "optional": {**_MAY, "text_wrap": True, "indent": 1},
    "day": {**_MAY, "align": "center", "num_format": "yyyy-mm-dd"},
    "sign": {**_OPEN, "align": "center", "bold": True},
    "step": {"text_wrap": True, "valign": "top"},
}  # fmt: skip
_MARKS: dict[str, dict[str, Any]] = {
    "wrong": {"bg_color": "#F4B6B0", "font_color": "#7A1710"},
    "closed": {"bg_color": "#E3E3E3", "font_color": "#8A8A8A"},
    "changed": {"bg_color": "#F8CB8C", "font_color": "#5C3A00"},
    "done": {"bg_color": _PAPER},
    "full": {"font_color": "#1B7A3D"},
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its key, the title above it and its look, its width; 0 is hidden.

    Units: width in characters.
    """

    key: str
    title: str = ""
    width: float = 0
    above: str = "head"


@dataclass(frozen=True)
class Frame:
    """A workbook that is being made, with its looks by name."""

    book: Any
    printed: Printed
    looks: Mapping[str, Any]

    def sheet(self, name: str, head: Mapping[str, str]) -> Any:
        """A new sheet with its hidden head, protected without a password, set for printing."""
        sheet = self.book.add_worksheet(name)
        for column, (key, value) in enumerate(head.items()):
            sheet.write_string(HEAD_ROW, column, key, self.looks["key"])
            sheet.write_string(VALUE_ROW, column, value, self.looks["key"])
        for row in (HEAD_ROW, VALUE_ROW, KEY_ROW):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        told = [head.get(name, "") for name in ("edition", "round", "juror", "code")]
        left = " · ".join(one for one in told if one).replace("&", "&&")
        page = f"{self.printed.words('form.page')} &P / &N"
        sheet.set_footer(f"&L&8{cut(left, 180)}&R&8{page}")
        return sheet

    def columns(self, sheet: Any, columns: Sequence[Column], row: int) -> None:
        """The keys of the columns in their hidden row, their titles in a row of heads.

        The first column is hidden; there the row of heads says that what follows are rows.
        """
        sheet.write_string(row, 0, BEGIN, self.looks["key"])
        for at, column in enumerate(columns):
            is_hidden = {"hidden": True} if not column.width else {}
            sheet.set_column(at, at, column.width or None, None, is_hidden)
            sheet.write_string(KEY_ROW, at, column.key, self.looks["key"])
            if column.width:
                sheet.write_string(row, at, column.title, self.looks[column.above])

    def line(self, sheet: Any, place: tuple[int, int, int], text: str, look: str) -> None:
        """A text over the cells of a row; `place` is the row, the first and the last column."""
        row, first, last = place
        if first == last:
            sheet.write_string(row, first, text, self.looks[look])
        else:
            sheet.merge_range(row, first, row, last, "", self.looks[look])
            sheet.write_string(row, first, text, self.looks[look])

    def progress(self, n: str, total: str) -> str:
        """The formula of a live count: `n` and `total` are the cells of its two numbers."""
        words = self.printed.words
        parts = words("form.empty", n="\0n\0", total="\0t\0").split("\0")
        refs = {"n": n, "t": total}
        joined = "&".join(refs.get(one) or _quoted(one) for one in parts if one)
        return f"=IF({n}=0,{_quoted(words('form.full'))},{joined})"

    def progress_now(self, n: int, total: int) -> str:
        """What the live count says when the form goes out."""
        words = self.printed.words
        return words("form.empty", n=str(n), total=str(total)) if n else words("form.full")


@contextmanager
def workbook(path: Path, printed: Printed) -> Iterator[Frame]:
    """A workbook to fill; on leaving, it is put in its place. The same input, the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    title = printed.rules.edition.title[printed.language]
    book.set_properties({"title": cut(title, 200), "author": "Tolok", "created": _MADE})
    book.set_calc_mode("auto")
    looks = {name: book.add_format({**_BASE, **look}) for name, look in _LOOKS.items()}
    looks |= {name: book.add_format(look) for name, look in _MARKS.items()}
    yield Frame(book, printed, looks)
    book.close()
    with written_whole(path) as unfinished:
        unfinished.write_bytes(buffer.getvalue())


def check_length(text: str, path: Path, what: str) -> None:
    """Nothing, if a cell of a workbook can hold the text.

    Raises: FileFault.
    """
    if len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        problem = f"{what} is longer than a cell of a workbook can hold, {LONGEST_TEXT} characters."
        raise FileFault(path.name, problem, remedy="Write the form as JSON.")


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width in characters, at least one."""
    return sum(1 + int(len(line) / max(width, 1)) for line in text.split("\n"))


def sheet_names(labels: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """A name of a sheet for each label: without forbidden signs, 31 long at most, none twice.

    >>> sheet_names(["Gambar/Video", "gambar video", "History"])
    ['Gambar Video', 'gambar video 2', 'History 2']
    """
    found: list[str] = []
    used = {name.casefold() for name in taken} | {"history", ""}
    for label in labels:
        plain = "".join(
            " " if sign in "[]:*?/\\" or not sign.isprintable() else sign for sign in label
        )
        base = " ".join(plain.split()).strip("'")
        name, number = cut(base, 31).strip("'"), 1
        while name.casefold() in used:
            number += 1
            name = f"{cut(base, 31 - len(str(number)) - 1)} {number}".strip("' ")
        used.add(name.casefold())
        found.append(name)
    return found


def cell(row: int, column: int, sheet: str = "") -> str:
    """A cell that does not move in a formula: $F$8, of another sheet if one is named."""
    place: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{place}" if sheet else place


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
