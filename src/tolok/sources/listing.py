"""The files of a command: those named, those in a folder, those in a zip file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tolok.errors import FileFault
from tolok.sources.archive import is_archive, members

_OF_WINDOWS = ("thumbs.db", "desktop.ini")
_DEEPEST = 3
"""Zip files within each other that are opened."""


@dataclass(frozen=True)
class Listed:
    """A file of a command: where it lies, its name, and whether it was named or lay in a folder."""

    path: Path
    name: str
    is_named: bool = True


def listed_files(files: Iterable[Path], folder: Path) -> Iterator[Listed]:
    """Each file that is to be read; those in zip files are copied to the folder.

    Raises: FileFault where a path leads to no file, or a zip file cannot be unpacked.
    """
    for file in files:
        if not _is_folder(file):
            yield from _opened(Listed(file, file.name), folder)
            continue
        for path in sorted(path for path in file.rglob("*") if _is_brought(path, file)):
            yield from _opened(Listed(path, path.name, is_named=False), folder)


def _opened(listed: Listed, folder: Path, depth: int = 0) -> Iterator[Listed]:
    """The file, or those that are in it."""
    if not listed.path.is_file() or not is_archive(listed.path):
        yield listed
        return
    if depth == _DEEPEST:
        problem = f"is a zip file within {_DEEPEST} others."
        raise FileFault(listed.name, problem, remedy="Unpack them and bring what is inside.")
    folder.mkdir(parents=True, exist_ok=True)
    unpacked = folder / str(len(list(folder.iterdir())))
    for member in members(listed.path, listed.name, unpacked):
        yield from _opened(Listed(member.path, member.name, is_named=False), folder, depth + 1)


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except OSError as error:  # a name that is too long
        raise FileFault(f"{str(file)[:80]}…", f"cannot be read: {error.strerror}.") from error


def _is_brought(path: Path, folder: Path) -> bool:
    # ~$ begins the lock file that Excel keeps beside an open workbook
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and path.name.casefold() not in _OF_WINDOWS
