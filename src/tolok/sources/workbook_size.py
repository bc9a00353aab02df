"""Whether a workbook fits into the memory, also where it lies about itself.

The reader holds every cell between the first and the last, also the empty ones: one cell at the
other end of the sheet would take half a terabyte.
"""

import os
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from tolok.errors import FileFault

_MOST_GROWTH = 1032
"""Times its size to which deflate can unpack at most: what a workbook says of its parts may lie."""
_NEAR_WIDTH, _NEAR_ROWS = 26, 99_999
_NOT_NEAR = re.compile(rb'r="(?:[A-Za-z]{2,}\d|[A-Za-z]?\d{6})')
"""A cell beyond column Z, or a row or cell beyond row 99,999; most sheets have none."""
_ODD = re.compile(rb"r(?:\s+=|=[\s'])")
"""A place as XML allows it to be written, but programs do not."""
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
"""An element of a sheet with a prefix."""
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)""")
"""The place of a row, or of a cell."""
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
    EOFError, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """The largest workbook that is read, and what to do with a larger one.

    Units: `unpacked` in bytes of XML, 400 MB are about three million cells and 1 GB of memory;
    `cells` from the first to the last, also if empty, for the reader holds them all.
    """

    unpacked: int = 400 << 20
    cells: int = 20_000_000
    remedy: str = "Save the sheet with the posts as CSV."


def check_size(path: Path, name: str, bounds: Bounds = Bounds()) -> None:
    """Nothing, if the sheets fit into the memory, also where the workbook lies about itself.

    Raises: FileFault.
    """
    remedy = bounds.remedy
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            said = sum(max(part.file_size, 0) for part in parts)
            if said > bounds.unpacked:
                most = bounds.unpacked >> 20
                problem = f"is a workbook of {said >> 20} MB, unpacked; {most} MB at most."
                raise FileFault(name, problem, remedy=remedy)
            for part in parts:
                is_sheet = not part.filename.casefold().endswith("sharedstrings.xml")
                if not is_sheet and part.compress_size * _MOST_GROWTH <= bounds.unpacked:
                    continue
                is_deflated = part.compress_type == zipfile.ZIP_DEFLATED
                xml = _unpacked(path, part) if is_deflated else archive.read(part)
                if len(xml) > part.file_size:
                    raise FileFault(name, "unpacks to more than it says.", remedy=remedy)
                if is_sheet and _area(xml) > bounds.cells:
                    problem = "has a cell far away from the others: it spans too many to be read."
                    raise FileFault(name, problem, remedy=remedy)
    except _BROKEN as error:
        raise FileFault(name, f"cannot be read as a workbook: {error}.") from error


def _area(xml: bytes) -> int:
    """Cells from the first to the last row and column of a sheet, an upper bound."""
    if _is_near(xml):
        return max(_NEAR_ROWS, xml.count(b"<row")) * _NEAR_WIDTH
    rows, width, placed_rows, placed_cells = 0, _NEAR_WIDTH, 0, 0
    for letters, digits in _PLACE.findall(xml):
        rows = max(rows, int(digits[:9]))
        if letters:
            placed_cells += 1
            width = max(width, _column(letters))
        else:
            placed_rows += 1
    rows += max(0, len(_ROW.findall(xml)) - placed_rows)  # those without a place follow the others
    if len(_CELL.findall(xml)) > placed_cells:
        width += max(len(_CELL.findall(row)) for row in _ROW.split(xml))
    return rows * width


def _is_near(xml: bytes) -> bool:
    """Whether every row and cell is written as programs do, and none lies far away: most sheets."""
    has_places = xml.count(b"<c r=") == sum(map(xml.count, (b"<c ", b"<c>", b"<c/")))
    is_plain = has_places and not _ODD.search(xml) and not _PREFIXED.search(xml)
    return is_plain and not _NOT_NEAR.search(xml)


def _column(letters: bytes) -> int:
    """The number of a column by its letters; the first four are enough to be far away."""
    place = 0
    for letter in letters[:4].upper():
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
