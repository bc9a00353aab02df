"""Where an edition's files lie, and which parts of its store are finished.

A part is the rows that one landed file gave to one table: store/<table>/<sha256>.parquet, a file,
or a folder of them that Spark wrote. Where Spark was told to write elsewhere, <sha256>.address says
where. A part counts only once store/imports/<sha256>.json is there, which is written last; a part
without it is what an import that was stopped left behind, and the next import writes it anew.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tolok.errors import InputError
from tolok.store.atomic import write_text
from tolok.store.engine import Engine, Part
from tolok.store.report import ImportReport
from tolok.store.schema import STORE_TABLES, STORE_VERSION

_ENGINE_NAMES = {"comments": "comment_observations"}
"""The engine's name of a table where another table of the road has the same."""


@dataclass(eq=False)
class StoreOutdated(InputError):
    """A store that another version, or another time zone of the edition, has made."""

    folder: Path
    why: str

    def __str__(self) -> str:
        """Why the store does not fit any more, and how to make it again."""
        return (
            f"{self.folder}: the store was made for {self.why}. "
            f"Make it again from what was landed with `tolok replay {self.folder}`."
        )


@dataclass(eq=False)
class EditionBusy(InputError):
    """An edition whose store another program is writing."""

    folder: Path

    def __str__(self) -> str:
        """Which edition, and what to do."""
        return f"{self.folder}: another import is running. Wait until it has ended."


@dataclass(frozen=True)
class Layout:
    """The paths of an edition folder."""

    folder: Path
    store_name: str = "store"

    @property
    def registry(self) -> Path:
        """The institutions, their accounts and their lineage."""
        return self.folder / "registry"

    @property
    def landing(self) -> Path:
        """What was brought, untouched, by hash."""
        return self.folder / "landing"

    @property
    def store(self) -> Path:
        """The tables made from what was landed."""
        return self.folder / self.store_name

    @property
    def imports(self) -> Path:
        """A report for each file that is wholly in the store."""
        return self.store / "imports"

    @property
    def results(self) -> Path:
        """What was computed."""
        return self.folder / "results"

    @property
    def site(self) -> Path:
        """The published pages."""
        return self.folder / "site"

    @property
    def lock(self) -> Path:
        """Copies and hashes of the rules."""
        return self.folder / "lock"

    @property
    def maps(self) -> Path:
        """The mapping profiles of tables in no known format."""
        return self.folder / "maps"

    @property
    def private(self) -> Path:
        """Keys and secrets, which are never published."""
        return self.folder / "private"

    @property
    def spill(self) -> Path:
        """Where an engine puts what does not fit into memory."""
        return self.folder / ".spill"

    def part(self, table: str, sha256: str) -> Path:
        """The rows that a landed file gave to a table."""
        return self.store / table / f"{sha256}.parquet"

    def part_address(self, table: str, sha256: str) -> Path:
        """The file that says where such a part lies, if that is outside of the edition."""
        return self.store / table / f"{sha256}.address"

    def report(self, sha256: str) -> Path:
        """The report of a landed file, there only when all its parts are."""
        return self.imports / f"{sha256}.json"


def finished_imports(layout: Layout) -> list[ImportReport]:
    """The reports of all files that are wholly in the store, by hash."""
    paths = sorted(layout.imports.glob("[0-9a-f]*.json"))
    return [ImportReport.from_dict(json.loads(path.read_text("utf-8"))) for path in paths]


def finished_import(layout: Layout, sha256: str) -> ImportReport | None:
    """The report of a landed file, or None where it is not wholly in the store."""
    path = layout.report(sha256)
    return ImportReport.from_dict(json.loads(path.read_text("utf-8"))) if path.is_file() else None


def finish_import(layout: Layout, report: ImportReport, time_zone: str) -> None:
    """Make the parts of a file count, by its report; all parts must be in their places."""
    document = report.to_dict() | {"store_version": STORE_VERSION, "time_zone": time_zone}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_text(text, layout.report(report.sha256))


def check_store(layout: Layout, time_zone: str) -> None:
    """Nothing, if the store fits this version of Tolok and the edition's time zone.

    Raises: StoreOutdated.
    """
    for path in layout.imports.glob("[0-9a-f]*.json"):
        made = json.loads(path.read_text("utf-8"))
        if made["store_version"] != STORE_VERSION:
            raise StoreOutdated(layout.folder, f"store version {made['store_version']}")
        if made["time_zone"] != time_zone:
            raise StoreOutdated(layout.folder, f"the time zone {made['time_zone']}")


def read_parts(layout: Layout, table: str) -> list[Part]:
    """The finished parts of a table, by hash of their file: what lies here as files, in order."""
    finished = {path.stem for path in layout.imports.glob("[0-9a-f]*.json")}
    found = sorted((layout.store / table).glob("[0-9a-f]*"))
    return [part for path in found if path.stem in finished for part in _parts_at(path)]


def _parts_at(path: Path) -> Iterator[Part]:
    """What stands under the name of a part: a file, the files of a folder, or an address."""
    if path.suffix == ".address":
        address = path.read_text("utf-8").strip()
        if not address.startswith("file:/"):
            yield address
            return
        path = Path("/" + address.removeprefix("file:").lstrip("/"))
    if path.suffix == ".parquet":
        yield from sorted(path.glob("[!._]*.parquet")) if path.is_dir() else [path]


def attach_store(engine: Engine, layout: Layout) -> None:
    """Make every table of the store readable by name, also those that nobody has filled.

    The comments are attached as comment_observations: posts' comments are another table.
    """
    for name, table in STORE_TABLES.items():
        parts = read_parts(layout, name)
        if parts:
            engine.attach(_ENGINE_NAMES.get(name, name), parts)
        else:
            engine.attach_table(_ENGINE_NAMES.get(name, name), table.arrow_schema.empty_table())


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """While inside, no other program writes the store; a program that stops lets go by itself.

    Raises: EditionBusy.
    """
    layout.folder.mkdir(parents=True, exist_ok=True)
    with (layout.folder / ".writing").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EditionBusy(layout.folder) from None
        yield
