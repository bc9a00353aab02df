"""Brought files into the store: whose file is this, land it, read it, account for every row."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tolok.errors import AmbiguousFormat, FaultsFound, InputError, UnknownFormat, did_you_mean
from tolok.methodology.edition import Edition
from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.formats import formats
from tolok.sources.raw import (
    Landed,
    Options,
    land,
    landed_files,
    note_options,
    noted_options,
    unland,
)
from tolok.store.canonical import Defaults
from tolok.store.ingest import Ingest, Progress
from tolok.store.layout import Layout, alone, check_store, finished_import
from tolok.store.report import ImportReport


def import_files(
    layout: Layout,
    edition: Edition,
    files: Iterable[Path],
    options: Options | None = None,
    *,
    progress: Progress | None = None,
) -> list[ImportReport]:
    """The account of each file, in the order given; a folder stands for the files in it.

    All files come in, or none: where one is refused, nothing is written.

    Raises: UnknownFormat, AmbiguousFormat, FileFault, or FaultsFound for several of them;
    EditionBusy; StoreOutdated.
    """
    tell = progress or _silent
    options = options or Options()
    _check_options(options)
    with alone(layout):
        check_store(layout, edition.window.time_zone)
        with Ingest(layout, edition.window.time_zone) as ingest:
            batch = _Batch(layout, ingest)
            listed = _listed(files)
            for number, file in enumerate(listed):
                tell("read", number, len(listed))
                batch.bring(file, options)
            tell("read", len(listed), len(listed))
            return batch.finish(tell)


def replay(
    layout: Layout,
    edition: Edition,
    *,
    progress: Progress | None = None,
) -> list[ImportReport]:
    """The account of each landed file, the store made anew from them in the order of their hashes.

    The old store stays until the new one is whole.

    Raises: as import_files.
    """
    tell = progress or _silent
    fresh = replace(layout, store_name=f"{layout.store_name}.fresh")
    with alone(layout):
        shutil.rmtree(fresh.store, ignore_errors=True)
        with Ingest(fresh, edition.window.time_zone) as ingest:
            batch = _Batch(fresh, ingest)
            landed = landed_files(layout)
            for number, (file, options) in enumerate(landed):
                tell("read", number, len(landed))
                batch.read(file, options)
            reports = batch.finish(tell)
        fresh.store.mkdir(parents=True, exist_ok=True)
        old = layout.store.with_name(f"{layout.store_name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if layout.store.exists():
            layout.store.rename(old)
        fresh.store.rename(layout.store)
        shutil.rmtree(old, ignore_errors=True)
    return reports


def find_format(brought: Brought, name: str | None = None) -> Format:
    """The one format that claims a file, or the one that is named.

    Raises: UnknownFormat where none claims it, AmbiguousFormat where several do.
    """
    if name is not None:
        return formats()[name]
    claiming = [known for known in formats().values() if known.claims(brought)]
    if not claiming:
        raise UnknownFormat(brought.name, brought.shown, tuple(formats()))
    if len(claiming) > 1:
        raise AmbiguousFormat(brought.name, [known.name for known in claiming])
    return claiming[0]


class _Batch:
    """Files on their way in, with what is wrong with any of them."""

    def __init__(self, layout: Layout, ingest: Ingest) -> None:
        self._layout = layout
        self._ingest = ingest
        self._landed: list[Landed] = []
        self._accepted: dict[str, tuple[Landed, Options, str]] = {}
        self._faults: list[InputError] = []

    def bring(self, file: Path, options: Options) -> None:
        """Land a file and read it, unless its bytes are in the store already."""
        try:
            landed = land(file, self._layout)
        except InputError as fault:
            self._faults.append(fault)
            return
        if finished_import(self._layout, landed.sha256):
            noted = noted_options(landed)
            self._faults += _differences(landed, noted, options) if noted else []
            self._landed.append(landed)
        else:
            self.read(landed, options)

    def read(self, landed: Landed, options: Options) -> None:
        """Stage the rows of a landed file."""
        self._landed.append(landed)
        if landed.sha256 in self._accepted:
            return
        brought = Brought(landed.path, landed.name)
        try:
            found = find_format(brought, options.as_format)
            relations = found.read(brought, options)
            defaults = Defaults(
                account=options.account or "",
                observed_at=options.exported_at.isoformat() if options.exported_at else "",
                time_zone=options.time_zone or "",
            )
            self._ingest.stage(landed.name, landed.sha256, found.name, relations, defaults)
            self._accepted[landed.sha256] = (landed, options, found.name)
        except InputError as fault:
            self._faults.append(fault)

    def finish(self, progress: Progress) -> list[ImportReport]:
        """The account of each file brought, once all that is new is in the store."""
        if self._faults:
            for landed in self._landed:
                unland(landed)
            if len(self._faults) == 1:
                raise self._faults[0]
            raise FaultsFound(f"{len(self._faults)} files were refused", self._faults)
        for landed, options, format_name in self._accepted.values():
            note_options(landed, options, format_name)
        fresh = {report.sha256: report for report in self._ingest.finish(progress)}
        reports = []
        for landed in self._landed:
            report = fresh.pop(landed.sha256, None)
            if report is None:
                held = finished_import(self._layout, landed.sha256)
                assert held is not None  # it was found before, or is a second copy in the batch
                report = held.again(landed.name)
            reports.append(report)
        return reports


def _differences(landed: Landed, noted: Options, options: Options) -> list[InputError]:
    """A fault where a file is to be read otherwise than it was."""
    given, before = options.to_dict(), noted.to_dict()
    changed = [name for name, value in given.items() if value not in (None, before[name])]
    if not changed:
        return []
    named = ", ".join(f"{name} {before[name]!r}, not {given[name]!r}" for name in changed)
    return [
        InputError(
            f"{landed.name}: was imported before with {named}. To read it otherwise, change "
            f"{landed.path.parent.name}.json in the landing zone and run `tolok replay`."
        )
    ]


def _check_options(options: Options) -> None:
    known = formats()
    if options.as_format is not None and options.as_format not in known:
        hint = did_you_mean(options.as_format, known)
        listed = ", ".join(known)
        raise InputError(f"--as {options.as_format}: no such format. {hint} Known: {listed}.")
    if options.exported_at is not None and options.exported_at.tzinfo is None:
        raise InputError(
            f"--exported-at {options.exported_at.isoformat()}: has no zone. "
            "Expected an instant such as 2025-04-30T08:00:00+07:00."
        )
    try:
        ZoneInfo(options.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(
            f"--timezone {options.time_zone}: no such zone. Expected one such as Asia/Jakarta."
        ) from None


def _listed(files: Iterable[Path]) -> Sequence[Path]:
    listed: list[Path] = []
    for file in files:
        inside = sorted(path for path in file.rglob("*") if _is_brought(path, file))
        listed += inside if file.is_dir() else [file]
    return listed


def _is_brought(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is told."""
