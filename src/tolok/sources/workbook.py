"""Workbooks: their sheets, and when they were made, by their titles or their properties."""

import os
import re
import struct
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

from tolok.errors import FileFault

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]+)\.? (\d{4})")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]+)</dcterms:created>")


_LARGEST = 400 << 20
"""Bytes of unpacked XML: about three million cells, and 1 GB of memory."""
_MOST_GROWTH = 1032
"""Times its size to which deflate can unpack at most: what a workbook says of its parts may lie."""
_MOST_CELLS = 20_000_000
"""Cells from the first to the last, also if empty: the reader holds them all."""
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')
_NEAR_WIDTH, _NEAR_ROWS = 26, 99_999
_NOT_NEAR = re.compile(rb'r="(?:[A-Z]{2}|[A-Z]?\d{6})')
"""A cell beyond column Z, or a row or cell beyond row 99,999; most sheets have none."""
_FAR = re.compile(rb' r="([A-Z]{2,3}|[A-Z](?=\d{6}))(\d+)"')


def sheets_of(path: Path, name: str) -> dict[str, list[list[Any]]]:
    """The rows of each sheet of a workbook, from its first row and column on, by the sheet's name.

    Raises: FileFault where it cannot be read, or does not fit into the memory.
    """
    _check_size(path, name)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise FileFault(name, f"cannot be read as a workbook: {error}.") from error


def _check_size(path: Path, name: str) -> None:
    """Nothing, if the sheets fit into the memory, also where the workbook lies about itself."""
    remedy = "Save the sheet with the posts as CSV."
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            said = sum(max(part.file_size, 0) for part in parts)
            if said > _LARGEST:
                problem = (
                    f"is a workbook of {said >> 20} MB, unpacked; {_LARGEST >> 20} MB at most."
                )
                raise FileFault(name, problem, remedy=remedy)
            for part in parts:
                is_sheet = "sheet" in part.filename and part.filename.endswith(".xml")
                if not is_sheet and part.compress_size * _MOST_GROWTH <= _LARGEST:
                    continue
                is_deflated = part.compress_type == zipfile.ZIP_DEFLATED
                xml = _unpacked(path, part) if is_deflated else archive.read(part)
                if len(xml) > part.file_size:
                    raise FileFault(name, "unpacks to more than it says.", remedy=remedy)
                if is_sheet and _area(xml) > _MOST_CELLS:
                    problem = "has a cell far away from the others: it spans too many to be read."
                    raise FileFault(name, problem, remedy=remedy)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileFault(name, f"cannot be read as a workbook: {error}.") from error
    except zlib.error as error:
        raise FileFault(name, f"cannot be read as a workbook: {error}.") from error


def _area(xml: bytes) -> int:
    """Cells from the first to the last row and column of a sheet, an upper bound."""
    if not _NOT_NEAR.search(xml):
        return max(_NEAR_ROWS, xml.count(b"<row")) * _NEAR_WIDTH
    rows = max((int(found[1][:9]) for found in _ROW.finditer(xml)), default=xml.count(b"<row"))
    width = _NEAR_WIDTH
    for found in _FAR.finditer(xml):
        width = max(width, _place(found[1]))
        rows = max(rows, int(found[2][:9]))
    return rows * width


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _unpacked(path: Path, part: zipfile.ZipInfo) -> bytes:
    """What a deflated part of a workbook holds; where that is more than it says, the beginning."""
    with path.open("rb") as file:
        file.seek(part.header_offset + 26)
        name_length, extra_length = struct.unpack("<HH", file.read(4))
        file.seek(name_length + extra_length, os.SEEK_CUR)
        unpacker = zlib.decompressobj(-15)
        blocks: list[bytes] = []
        size, left = 0, part.compress_size
        while left > 0 and size <= part.file_size:
            block = file.read(min(left, 1 << 15))  # at most 34 MB
            left -= len(block)
            blocks.append(unpacker.decompress(block))
            size += len(blocks[-1])
            if not block:
                break
    return b"".join(blocks)


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
