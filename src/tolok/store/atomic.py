"""Files and folders that are there whole or not at all, whenever the program stops."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_BLOCK = 1 << 18
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


def copy_hashed(file: Path, to: Path) -> tuple[str, int]:
    """The SHA-256 and the size of what was copied; a buffer used again halves what a copy takes."""
    digest, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(_BLOCK))
    with file.open("rb", buffering=0) as source, to.open("wb") as target:
        while count := source.readinto(buffer):
            digest.update(buffer[:count])
            target.write(buffer[:count])
            size += count
    return digest.hexdigest(), size


def discard(path: Path) -> None:
    """Delete a file, or a folder with all that is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_text(text: str, path: Path) -> None:
    """Write a small text file in one step."""
    with written_whole(path) as unfinished:
        unfinished.write_text(text, "utf-8")


def write_table(table: pa.Table, path: Path) -> None:
    """One Parquet file of a table's rows in their order, put in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as unfinished:
        pq.write_table(table, unfinished, compression="zstd", row_group_size=122_880)


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of another when all went well, and is gone if not."""
    fresh = folder.with_name(f".{folder.name}.unfinished")
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
