"""Files that are there whole or not at all, whenever the machine or the program stops."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".unfinished"
"""The end of the name of a file that is being written; nobody reads such a file."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to; on leaving, its file stands at the wanted path, safe on the disk.

    After an error, and after a stop at any moment, the wanted path holds what it held before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        put_in_place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def put_in_place(unfinished: Path, path: Path) -> None:
    """Move a finished file to its place in one step, its bytes and its name on the disk."""
    _sync(unfinished)
    unfinished.replace(path)
    _sync(path.parent)  # without this a power cut can take the name back


def write_text(text: str, path: Path) -> None:
    """Write a small text file in one step."""
    with written_whole(path) as unfinished:
        unfinished.write_text(text, "utf-8")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
