"""Zip files: each file inside is brought for itself, as if it lay in a folder."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tolok.errors import FileFault
from tolok.sources.plain import copied_within

_MARK = b"PK\x03\x04"
_BOOKS = ("[Content_Types].xml", "mimetype")
"""What stands in a zip file that is a workbook: of Excel, of LibreOffice."""
_MOST_MEMBERS = 10_000
_LONGEST_NAME = 120
"""Bytes."""
_SUFFIX = ".zip"
_LOCKED = 1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,  # a way of packing that Python lacks
    RuntimeError,  # a password
    ValueError,
    EOFError,
    OSError,
)


@dataclass(frozen=True)
class Member:
    """A file out of a zip file: where its copy lies, and its name behind that of the zip file."""

    path: Path
    name: str


def is_archive(path: Path) -> bool:
    """Whether a file is a zip file that holds files, and no workbook."""
    with path.open("rb") as file:
        if file.read(4) != _MARK:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(name in _BOOKS for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return path.suffix.casefold() == _SUFFIX


def members(path: Path, name: str, folder: Path) -> Iterator[Member]:
    """The files in a zip file of this name, each copied to the folder; hidden ones are left out.

    Raises: FileFault where it cannot be unpacked, or a file in it would fill the disk.
    """
    stem = name[: -len(_SUFFIX)] if name.casefold().endswith(_SUFFIX) else name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [info for info in archive.infolist() if _is_brought(info)]
            if len(listed) > _MOST_MEMBERS:
                problem = f"holds {len(listed):,} files."
                raise FileFault(name, problem, remedy="Unpack it and bring what you need.")
            if any(info.flag_bits & _LOCKED for info in listed):
                raise FileFault(name, "is locked with a password.", remedy="Unpack it.")
            for number, info in enumerate(sorted(listed, key=lambda info: info.filename)):
                inside = _name(info)
                target = folder / str(number)
                with archive.open(info) as source:
                    packed = max(info.compress_size, 1)
                    copied_within(source, target, packed=packed, name=f"{name}: {inside}")  # type: ignore[arg-type]  # ZipExtFile reads as a BinaryIO does
                yield Member(target, f"{stem} - {inside}")
    except _BROKEN as error:
        raise FileFault(name, f"cannot be unpacked: {error}.") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The last part of a member's name, as a file may be called: the end, where it is too long."""
    name = re.sub(r"[\x00-\x1f\x7f]", " ", _parts(info)[-1])
    return name.encode("utf-8", "replace")[-_LONGEST_NAME:].decode("utf-8", "ignore")


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The folders and the name of a member; some programs part them as Windows does."""
    return PurePosixPath(info.filename.replace("\\", "/")).parts


def _is_brought(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file, and not one that a system hides or keeps for itself."""
    parts = [part for part in _parts(info) if part not in (".", "..")]
    is_hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in parts)
    return bool(parts) and not info.is_dir() and not is_hidden
