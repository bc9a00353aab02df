"""A brought file without its wrapping: unpacked, and as UTF-8 where it is text in another encoding.

The landed file stays as it came. What is read is a copy in the spill folder, made only where the
file needs one.
"""

import codecs
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tolok.errors import FileFault

_BLOCK = 1 << 20
_FREE = 1 << 26
"""Bytes that a compressed file may always unpack to; a larger one must not grow like a bomb."""
_GROWTH = 200
"""Times its size to which a larger file may unpack; exports grow 5 to 40 times."""
_OPENERS: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_MARKS = (  # the longer ones first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")
_JSON = (b"{", b"[")
_DEEPEST = 3
_SUFFIXES = (".gz", ".xz")
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A letter of UTF-8 beyond ASCII."""
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Plain:
    """Where the plain file lies, what it is called, and what was done that people must know."""

    path: Path
    name: str
    notes: tuple[str, ...] = ()


def plain(path: Path, name: str, folder: Path, depth: int = 0) -> Plain:
    """The file as readers want it; copies go to the folder.

    A table of which most letters beyond ASCII are no UTF-8 is read as Windows-1252; where only some
    are not, the bad lines are left for the reader to refuse. depth: how often it was packed before.

    Raises: FileFault where it cannot be unpacked, or would fill the disk.
    """
    start = _start(path)
    for mark, opener in _OPENERS.items():
        if start.startswith(mark):
            if depth == _DEEPEST:
                problem = f"is packed more than {_DEEPEST} times over."
                raise FileFault(name, problem, remedy="Bring what is inside it, unpacked.")
            inner = _unpacked(path, name, opener, folder)
            return plain(inner, _without_suffix(name), folder, depth + 1)
    encoding = next((named for mark, named in _MARKS if start.startswith(mark)), None)
    if encoding:
        return Plain(_transcoded(path, name, encoding, folder), name)
    if start.startswith(_BINARY) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_JSON):
        return Plain(path, name)
    if _is_latin(path):
        note = "is no UTF-8; it was read as Windows-1252. Look at its letters beyond a to z."
        return Plain(_transcoded(path, name, "cp1252", folder), name, (note,))
    return Plain(path, name)


def is_wrapped(start: bytes) -> bool:
    """Whether a file that begins so is packed, or text of two or four bytes a sign."""
    return start.startswith((*_OPENERS, *(mark for mark, _ in _MARKS)))


def copied_within(source: BinaryIO, target: Path, *, packed: int, name: str) -> None:
    """Copy what a packed file of this many bytes holds, unless it grows beyond all measure.

    Raises: FileFault.
    """
    limit, size = max(_FREE, packed * _GROWTH), 0
    with target.open("wb") as file:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > limit:
                problem = f"unpacks to more than {limit >> 20} MB, as a trap does, not an export."
                raise FileFault(name, problem, remedy="Bring what is inside it, unpacked.")
            file.write(block)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def _without_suffix(name: str) -> str:
    return next((name[: -len(end)] for end in _SUFFIXES if name.casefold().endswith(end)), name)


def _unpacked(path: Path, name: str, opener: Callable[[Path], Any], folder: Path) -> Path:
    target = _free_name(folder, "unpacked")
    try:
        with opener(path) as source:
            copied_within(source, target, packed=path.stat().st_size, name=name)
    except (EOFError, OSError, lzma.LZMAError, zlib.error) as error:
        raise FileFault(name, f"cannot be unpacked: {error}.") from error
    return target


def _transcoded(path: Path, name: str, encoding: str, folder: Path) -> Path:
    target = _free_name(folder, "utf8")
    decoder = codecs.getincrementaldecoder(encoding)(
        "strict" if encoding != "cp1252" else "replace"
    )
    try:
        with path.open("rb") as source, target.open("wb") as file:
            for block in _blocks(source):
                file.write(decoder.decode(block).removeprefix("\ufeff").encode("utf-8", "replace"))
            file.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    except UnicodeDecodeError as error:
        problem = f"begins as {encoding.upper()} and is not: {error.reason} at byte {error.start}."
        raise FileFault(name, problem, remedy="Save it as UTF-8.") from error
    return target


def _is_latin(path: Path) -> bool:
    """Whether most bytes beyond ASCII in the file are part of no letter of UTF-8."""
    letters = strays = 0
    with path.open("rb") as file:
        for block in _blocks(file):
            if block.isascii():
                continue
            if _is_utf8(block):
                return False
            inside = sum(map(len, _LETTER.findall(block)))
            letters += inside
            strays += sum(map(len, _HIGH.findall(block))) - inside
    return strays > letters


def _is_utf8(block: bytes) -> bool:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _free_name(folder: Path, kind: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    number = sum(1 for _ in folder.iterdir())
    return folder / f"{number}.{kind}"
