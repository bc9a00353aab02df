"""The landing zone: every brought file as it came, under its hash, with how it was to be read."""

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tolok.errors import FileFault
from tolok.store.atomic import UNFINISHED, put_in_place, write_text
from tolok.store.layout import Layout

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Options:
    """What the operator says about brought files; None where the file is to speak for itself.

    A time zone is meant for times without one; exported_at is the instant of the reading.
    """

    as_format: str | None = None
    account: str | None = None
    time_zone: str | None = None
    exported_at: datetime | None = None

    def to_dict(self) -> dict[str, str | None]:
        """The options as they stand beside a landed file."""
        moment = self.exported_at.isoformat() if self.exported_at else None
        return asdict(self) | {"exported_at": moment}

    def over(self, before: "Options") -> "Options":
        """These options, and those of before where these say nothing."""
        return Options(
            self.as_format or before.as_format,
            self.account or before.account,
            self.time_zone or before.time_zone,
            self.exported_at or before.exported_at,
        )

    @classmethod
    def from_dict(cls, document: dict[str, str | None]) -> "Options":
        """The options that stand beside a landed file."""
        moment = document["exported_at"]
        return cls(
            document["as_format"],
            document["account"],
            document["time_zone"],
            datetime.fromisoformat(moment) if moment else None,
        )


@dataclass(frozen=True)
class Landed:
    """A file in the landing zone: its hash, where it lies, its name as brought, its size."""

    sha256: str
    path: Path
    name: str
    bytes: int


def land(file: Path, layout: Layout) -> Landed:
    """The file's copy under its hash; bytes that landed before are not copied again.

    Raises: FileFault where the file cannot be read.
    """
    layout.landing.mkdir(parents=True, exist_ok=True)
    unfinished = layout.landing / f".{os.getpid()}{UNFINISHED}"
    try:
        sha256, size = _copy(file, unfinished)
        home = layout.landing / sha256[:2] / sha256
        for held in _held(home):
            return Landed(sha256, held, file.name, size)
        home.mkdir(parents=True, exist_ok=True)
        put_in_place(unfinished, home / file.name)
        return Landed(sha256, home / file.name, file.name, size)
    except OSError as error:
        raise FileFault(str(file), f"cannot be read: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def unland(landed: Landed) -> None:
    """Take a file out of the landing zone again, unless it was accepted before."""
    if not _note(landed.path.parent).is_file():
        shutil.rmtree(landed.path.parent, ignore_errors=True)


def note_options(landed: Landed, options: Options, format_name: str) -> None:
    """Write beside a landed file what it is called and how it is read, so that it can be again."""
    document = {"name": landed.name, "format": format_name, "options": options.to_dict()}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_text(text, _note(landed.path.parent))


def noted_options(landed: Landed) -> Options | None:
    """The options with which a landed file was accepted, or None where it was not yet."""
    note = _note(landed.path.parent)
    if not note.is_file():
        return None
    return Options.from_dict(json.loads(note.read_text("utf-8"))["options"])


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


def _copy(file: Path, to: Path) -> tuple[str, int]:
    """The hash and the size of what was copied; the copy is what later steps read."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source, to.open("wb") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
            size += len(block)
    return digest.hexdigest(), size
