"""Bringing files into an edition, and making its store again from what was landed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from tolok.errors import InputError
from tolok.pipeline.machine import Machine, open_spark
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.workspace import Workspace
from tolok.sources import imports
from tolok.sources.batch import LEFT_OUT
from tolok.sources.raw import Options as ImportOptions
from tolok.sources.spread import Spread, import_spread
from tolok.store.report import ImportReport

__all__ = ["LEFT_OUT", "ImportOptions", "ImportReport", "Place", "import_files", "replay"]

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""The zones of Indonesia, as people there call them."""


@dataclass(frozen=True)
class Place:
    """Where an import works, and the address of its parts; None for the edition's own store.

    An address goes with Spark.
    """

    machine: Machine = field(default_factory=Machine)
    store: str | None = None


def import_files(
    folder: Path,
    files: Iterable[Path | str],
    options: ImportOptions | None = None,
    *,
    place: Place | None = None,
    progress: Progress = silent,
) -> list[ImportReport]:
    """The account of each file brought into the edition; a folder stands for the files in it.

    All files come in, or none. Importing a file again changes nothing. An exported_at without a
    zone is a time of the edition's zone. What is no path is an address, which Spark reads.

    Raises: InputErrors that name the file, what is wrong and what to pass; RulesChanged.
    """
    workspace = Workspace(folder)
    edition = workspace.rules.edition
    options = options or ImportOptions()
    if options.exported_at is not None and options.exported_at.tzinfo is None:
        zone = ZoneInfo(edition.window.time_zone)
        options = replace(options, exported_at=options.exported_at.replace(tzinfo=zone))
    zone_name = _ZONES.get((options.time_zone or "").upper())
    if zone_name:
        options = replace(options, time_zone=zone_name)
    place = place or Place()
    if place.machine.engine == "spark":
        with open_spark(place.machine) as engine:
            spread = Spread(engine, place.store, progress)
            return import_spread(workspace.layout, edition, files, options, spread)
    paths = [_path(file) for file in files]
    return imports.import_files(workspace.layout, edition, paths, options, progress=progress)


def _path(file: Path | str) -> Path:
    if isinstance(file, str):
        raise InputError(f"{file}: is an address, which --engine spark reads. Name a path.")
    return file


def replay(folder: Path, *, progress: Progress = silent) -> list[ImportReport]:
    """The account of each landed file, the store made anew from all of them."""
    workspace = Workspace(folder)
    return imports.replay(workspace.layout, workspace.rules.edition, progress=progress)
