"""Bringing files into an edition, and making its store again from what was landed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.workspace import Workspace
from tolok.sources import imports
from tolok.sources.batch import LEFT_OUT
from tolok.sources.raw import Options as ImportOptions
from tolok.store.report import ImportReport

__all__ = ["LEFT_OUT", "ImportOptions", "ImportReport", "import_files", "replay"]


_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""The zones of Indonesia, as people there call them."""


def import_files(
    folder: Path,
    files: Iterable[Path],
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> list[ImportReport]:
    """The account of each file brought into the edition; a folder stands for the files in it.

    All files come in, or none. Importing a file again changes nothing. An exported_at without a
    zone is a time of the edition's zone.

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
    return imports.import_files(workspace.layout, edition, files, options, progress=progress)


def replay(folder: Path, *, progress: Progress = silent) -> list[ImportReport]:
    """The account of each landed file, the store made anew from all of them."""
    workspace = Workspace(folder)
    return imports.replay(workspace.layout, workspace.rules.edition, progress=progress)
