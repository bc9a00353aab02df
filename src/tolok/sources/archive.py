"""Zip files: each file inside is brought for itself, as if it lay in a folder."""

import lzma
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
        return path.suffix.casefold() == ".zip"


def members(path: Path, folder: Path) -> Iterator[Member]:
    """The files in a zip file, by name, each copied to the folder; hidden ones are left out.

    Raises: FileFault where it cannot be unpacked, or a file in it would fill the disk.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [info for info in archive.infolist() if _is_brought(info)]
            if len(listed) > _MOST_MEMBERS:
                problem = f"holds {len(listed):,} files."
                raise FileFault(path.name, problem, remedy="Unpack it and bring what you need.")
            for number, info in enumerate(sorted(listed, key=lambda info: info.filename)):
                name = PurePosixPath(info.filename).name
                target = folder / f"{path.name}-{number}"
                folder.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source:
                    packed = max(info.compress_size, 1)
                    copied_within(source, target, packed=packed, name=f"{path.name}: {name}")  # type: ignore[arg-type]  # ZipExtFile reads as a BinaryIO does
                yield Member(target, f"{path.stem} - {name}")
    except _BROKEN as error:
        raise FileFault(path.name, f"cannot be unpacked: {error}.") from error


def _is_brought(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    return not info.is_dir() and not any(part.startswith((".", "__MACOSX", "~$")) for part in parts)
