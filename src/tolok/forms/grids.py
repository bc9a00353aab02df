"""A workbook that came back as cells, if it is no larger than a form can be.

A form has some thousand cells. What is far larger is refused before it is read, for a few bytes
can unpack to more than the memory holds.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from tolok.errors import FileFault
from tolok.sources.workbook_size import Bounds, check_size

Grid = list[list[Any]]
LARGEST_FILE = 10 << 20
"""Bytes of a file that comes back; a ballot of 300 nominees has 100 kB."""
MOST_ROWS = 20_000
"""Rows of a sheet, and answers of a CSV or JSON file."""
MOST_SHEETS = 100
_MOST_CELLS = 2_000_000
_REMEDY = "Send the file as it was issued, with the answers put in."
_BOUNDS = Bounds(unpacked=64 << 20, cells=5_000_000, remedy=_REMEDY)
_BROKEN = "Save it again as XLSX or ODS, without a password."
_CONTENT = "content.xml"


def grids_of(path: Path, name: str) -> dict[str, Grid]:
    """The cells of each sheet, by its name, from its first row and column on.

    Raises: FileFault for what is no workbook, and for one that is larger than a form can be.
    """
    data = path.read_bytes()
    with _workbook_faults(name):
        check_size(path, name, _BOUNDS)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            is_ods = _CONTENT in archive.namelist()
            if is_ods:
                _check_spread(archive, name)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > MOST_SHEETS:
            raise FileFault(name, f"has more than {MOST_SHEETS} sheets.", remedy=_REMEDY)
        return {sheet: _grid(book.get_sheet_by_name(sheet), name) for sheet in book.sheet_names}


def value_of(found: Any) -> str | float | None:
    """A cell as it is: a number, a text, or None where it is blank; days and truth as texts.

    >>> value_of(7), value_of("  "), value_of(True), value_of(date(2025, 7, 10))
    (7.0, None, 'TRUE', '2025-07-10')
    """
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, int | float):
        return float(found)
    if isinstance(found, datetime | date | time):
        return found.isoformat()
    if isinstance(found, timedelta):
        return str(found)
    return found if isinstance(found, str) and found.strip() else None


def text_of(grid: Grid, row: int, column: int) -> str:
    """The text of a cell of ours, whose keys are texts; nothing where there is no such cell."""
    if row >= len(grid) or column >= len(grid[row]):
        return ""
    value = value_of(grid[row][column])
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value or ""


def place_of(sheet: str, row: int, column: int) -> str:
    """The place of a cell as people write it: Gambar!D7."""
    return f"{sheet}!{xl_rowcol_to_cell(row, column)}"


def _grid(sheet: Any, name: str) -> Grid:
    height, width = sheet.total_height + 1, sheet.total_width + 1  # those are the last places
    if height > MOST_ROWS or height * width > _MOST_CELLS:
        problem = f"the sheet {sheet.name!r} has {height:,} rows and {width:,} columns; a form has "
        raise FileFault(name, f"{problem}{MOST_ROWS:,} rows at most.", remedy=_REMEDY)
    grid: Grid = sheet.to_python(skip_empty_area=False)
    return grid


@contextmanager
def _workbook_faults(name: str) -> Iterator[None]:
    """What reading a workbook may raise, as a fault of the file."""
    try:
        yield
    except FileFault as fault:
        raise FileFault(name, fault.problem, remedy=fault.remedy or _BROKEN) from fault
    except (python_calamine.CalamineError, zipfile.BadZipFile, expat.ExpatError) as error:
        raise _broken(name, error) from error
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise _broken(name, error) from error


def _broken(name: str, error: Exception) -> FileFault:
    return FileFault(name, f"cannot be read as a workbook: {error}.", remedy=_BROKEN)


def _check_spread(archive: zipfile.ZipFile, name: str) -> None:
    """Nothing, if an ODS's cells that say how often they repeat do not fill the memory.

    Raises: FileFault.
    """
    spread = _Spread()
    parser = expat.ParserCreate()
    parser.StartElementHandler = spread.start
    parser.EndElementHandler = spread.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(_CONTENT) as content:
        while block := content.read(1 << 16):
            parser.Parse(block, False)
    parser.Parse(b"", True)
    if spread.area > _MOST_CELLS or spread.rows > MOST_ROWS:
        problem = f"has a sheet of {spread.rows:,} rows; a form has {MOST_ROWS:,} at most."
        raise FileFault(name, problem, remedy=_REMEDY)


def _refuse_doctype(*_: Any) -> None:
    raise ValueError("it has a document type")


class _Spread:
    """How many rows and cells the sheets of an ODS hold, counted while it is parsed."""

    def __init__(self) -> None:
        self.rows = self.area = 0
        self._row = self._column = self._filled = self._width = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A sheet, row, cell or text begins."""
        if tag == "table:table":
            self._row = self._width = 0
        elif tag == "table:table-row":
            self._row += int(attributes.get("table:number-rows-repeated", "1"))
            self._column = self._filled = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled = self._column
        elif tag == "text:p":
            self._filled = self._column

    def end(self, tag: str) -> None:
        """A row ends: it counts with all above it, if something stands in it."""
        if tag == "table:table-row" and self._filled:
            self.rows = max(self.rows, self._row)
            self._width = max(self._width, self._filled)
            self.area = max(self.area, self._row * self._width)
