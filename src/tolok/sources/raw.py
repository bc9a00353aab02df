"""The landing zone: every brought file as it came, under its hash, with how it was to be read."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tolok.errors import FileFault, InputError
from tolok.store.atomic import UNFINISHED, copy_hashed, put_in_place, write_text
from tolok.store.layout import Layout


@dataclass(frozen=True)
class Options:
    """What the operator says about brought files; None where the file is to speak for itself.

    A time zone is meant for times without one; exported_at is the instant of the reading; decimal
    is the mark before a fraction, date_order says whether day or month stands first; is_complete
    that the file lists all posts between its oldest and its newest. map_sha256 is the mapping
    profile by which a table of no known format is read. skips_unknown, which leaves out files that
    nobody can read, is the command's and is not noted.
    """

    as_format: str | None = None
    account: str | None = None
    time_zone: str | None = None
    exported_at: datetime | None = None
    decimal: str | None = None
    date_order: str | None = None
    is_complete: bool | None = None
    map_sha256: str | None = None
    skips_unknown: bool = field(default=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The options as they stand beside a landed file."""
        moment = self.exported_at.isoformat() if self.exported_at else None
        said = asdict(self) | {"exported_at": moment}
        del said["skips_unknown"]
        return said

    def over(self, before: "Options") -> "Options":
        """These options, and those of before where these say nothing."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(before, **said)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Options":
        """The options that stand beside a landed file; what it does not know is not said."""
        names = [known.name for known in fields(cls) if known.name != "skips_unknown"]
        known: dict[str, Any] = {name: document.get(name) for name in names}
        moment = known["exported_at"]
        return cls(**known | {"exported_at": datetime.fromisoformat(moment) if moment else None})


@dataclass(frozen=True)
class Landed:
    """A file in the landing zone: its hash, where it lies, its name as brought, its size."""

    sha256: str
    path: Path
    name: str
    bytes: int


@dataclass(frozen=True)
class Arrived:
    """A file copied to the edition that has no place yet: its hash, its size, its name."""

    sha256: str
    path: Path
    name: str
    bytes: int


def arrive(file: Path, layout: Layout, name: str | None = None) -> Arrived:
    """The copy of a file; later steps read the copy, whatever becomes of the file.

    Raises: FileFault where the file cannot be read.
    """
    if file.exists() and not (file.is_file() or file.is_dir()):
        problem = "is a pipe or a device: nobody knows where it ends."
        raise FileFault(str(file), problem, remedy="Save what comes out of it as a file.")
    layout.landing.mkdir(parents=True, exist_ok=True)
    unfinished = layout.landing / f".{os.getpid()}{UNFINISHED}"
    try:
        sha256, size = copy_hashed(file, unfinished)
    except (OSError, ValueError) as error:
        unfinished.unlink(missing_ok=True)
        why = error.strerror if isinstance(error, OSError) else error
        raise FileFault(str(file), f"cannot be read: {why}.") from error
    return Arrived(sha256, unfinished, name or file.name, size)


def land(arrived: Arrived, layout: Layout) -> Landed:
    """A file that arrived, in its place under its hash; bytes that landed before stay as they were.

    Raises: FileFault where its name cannot be kept.
    """
    home = layout.landing / arrived.sha256[:2] / arrived.sha256
    try:
        for held in _held(home):
            return Landed(arrived.sha256, held, arrived.name, arrived.bytes)
        home.mkdir(parents=True, exist_ok=True)
        put_in_place(arrived.path, home / arrived.name)
        return Landed(arrived.sha256, home / arrived.name, arrived.name, arrived.bytes)
    except OSError as error:
        raise FileFault(arrived.name, f"cannot be kept: {error.strerror}.") from error
    finally:
        arrived.path.unlink(missing_ok=True)


def has_landed(arrived: Arrived, layout: Layout) -> bool:
    """Whether the bytes of a file landed before."""
    return bool(_held(layout.landing / arrived.sha256[:2] / arrived.sha256))


def clear_arrivals(layout: Layout) -> None:
    """Delete copies that a stopped import had not landed yet."""
    for path in layout.landing.glob(f".*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def unland(landed: Landed) -> None:
    """Take a file out of the landing zone again, unless it was accepted before."""
    if not _note(landed.path.parent).is_file():
        shutil.rmtree(landed.path.parent, ignore_errors=True)


def note_options(
    landed: Landed, options: Options, format_name: str, *, address: str | None = None
) -> None:
    """Write beside a landed file what it is called and how it is read, so that it can be again.

    With an address the note stands in place of a file that was left where it lies.
    """
    document: dict[str, Any] = {
        "name": landed.name,
        "format": format_name,
        "options": options.to_dict(),
    }
    if address is not None:
        document |= {"address": address, "bytes": landed.bytes, "sha256": landed.sha256}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_text(text, _note(landed.path.parent))


def noted_options(landed: Landed) -> Options | None:
    """The options with which a landed file was accepted, or None where it was not yet."""
    note = _note(landed.path.parent)
    if not note.is_file():
        return None
    return Options.from_dict(json.loads(note.read_text("utf-8"))["options"])


def left_afar(layout: Layout, sha256: str, name: str, size: int) -> Landed:
    """A file that is not copied, by the place that it would have had."""
    home = layout.landing / sha256[:2] / sha256
    return Landed(sha256, home / name, name, size)


def refuse_afar(layout: Layout) -> None:
    """Nothing, if every accepted file landed here and can be read again.

    Raises: LeftElsewhere.
    """
    addresses = []
    for note in sorted(layout.landing.glob("??/*.json")):
        address = json.loads(note.read_text("utf-8")).get("address")
        if address is not None and not _held(note.with_suffix("")):
            addresses.append(address)
    if addresses:
        raise LeftElsewhere(layout.folder, layout.store, addresses)


@dataclass(eq=False)
class LeftElsewhere(InputError):
    """Files that Spark imported from where they lie; nothing of them landed in the edition."""

    folder: Path
    store: Path
    addresses: Sequence[str]

    def __str__(self) -> str:
        """How many files, and how the store is made anew all the same."""
        count, first = len(self.addresses), self.addresses[0]
        files = f"1 file was imported from {first}"
        if count > 1:
            files = f"{count:,} files were imported from where they lie, such as {first}"
        return (
            f"{self.folder}: {files}, and no copy of it is here. To make the store anew, delete "
            f"{self.store}, import these addresses again with `tolok import {self.folder} "
            "ADDRESS --engine spark`, and the other files as before."
        )


def landed_files(layout: Layout) -> list[tuple[Landed, Options]]:
    """Every accepted file with its options, by hash."""
    found = []
    for note in sorted(layout.landing.glob("??/*.json")):
        document = json.loads(note.read_text("utf-8"))
        for path in _held(note.with_suffix("")):
            landed = Landed(note.stem, path, document["name"], path.stat().st_size)
            found.append((landed, Options.from_dict(document["options"])))
    return found


def _note(home: Path) -> Path:
    """The file of options stands beside the folder: no brought name can collide with it."""
    return home.parent / f"{home.name}.json"


def _held(home: Path) -> list[Path]:
    return sorted(home.iterdir())[:1] if home.is_dir() else []
