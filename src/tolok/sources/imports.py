"""Brought files into the store: whose file is this, land it, read it, account for every row."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tolok.errors import FileFault, InputError, did_you_mean
from tolok.methodology.edition import Edition
from tolok.methodology.mapping import read_mappings
from tolok.sources.batch import Batch
from tolok.sources.formats import formats
from tolok.sources.listing import listed_files
from tolok.sources.mapped import Maps
from tolok.sources.raw import Landed, Options, clear_arrivals, landed_files, refuse_afar
from tolok.store.ingest import Ingest, Progress
from tolok.store.layout import Layout, alone, check_store
from tolok.store.report import ImportReport


def import_files(
    layout: Layout,
    edition: Edition,
    files: Iterable[Path],
    options: Options | None = None,
    *,
    progress: Progress | None = None,
) -> list[ImportReport]:
    """The account of each file, in the order given; a folder or zip stands for the files in it.

    All files come in, or none: where one is refused, nothing is written. Bytes that came before are
    read anew where the options say something else than they did; if the store had kept rows of
    theirs, all landed files are, as rows of others may have been dropped for being the same. With
    options.skips_unknown, files that nobody can read are left out, and their reports say so.

    Raises: UnknownFormat, AmbiguousFormat, FileFault, or FaultsFound where several files came;
    EditionBusy; StoreOutdated.
    """
    tell = progress or silent
    options = options or Options()
    named = list(files)
    check_options(options)
    zone = edition.window.time_zone
    with alone(layout):
        mend_exchange(layout)
        check_store(layout, zone)
        clear_arrivals(layout)
        with Ingest(layout, zone) as ingest:
            batch = Batch(layout, ingest, maps_of(layout))
            listed = list(listed_files(named, ingest.folder / "zip"))
            if not listed:
                places = ", ".join(map(str, named))
                raise FileFault(places, "holds no file.", remedy="Name a file, or another folder.")
            for number, file in enumerate(listed):
                tell("read", number, len(listed))
                batch.bring(file, options)
            tell("read", len(listed), len(listed))
            batch.check()
            if not batch.changed:
                return batch.finish(tell)
        return batch.accounts(_read_all_again(layout, zone, batch, tell))


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
    tell = progress or silent
    zone = edition.window.time_zone
    refuse_afar(layout)
    with alone(layout), _exchanged(layout) as fresh, Ingest(fresh, zone) as ingest:
        batch = Batch(fresh, ingest, maps_of(layout))
        _read_landed(batch, landed_files(layout), "read", tell)
        return batch.finish(tell)


def _read_all_again(
    layout: Layout, time_zone: str, brought: Batch, tell: Progress
) -> list[ImportReport]:
    """The accounts of a batch's new and changed files, the store made anew with all landed ones.

    The notes of changed files are written last: after a stop before that they still differ from
    what was asked for, and the same command does all of it again.
    """
    refuse_afar(layout)
    files = {landed.sha256: (landed, options) for landed, options in landed_files(layout)}
    wanted = {**brought.accepted, **brought.changed}
    files |= wanted
    with _exchanged(layout) as fresh, Ingest(fresh, time_zone) as ingest:
        batch = Batch(fresh, ingest, maps_of(layout))
        _read_landed(batch, [files[sha256] for sha256 in sorted(files)], "read all again", tell)
        reports = batch.finish(tell, noted_later=brought.changed)
    batch.note(brought.changed)
    return [report for report in reports if report.sha256 in wanted]


def _read_landed(
    batch: Batch, files: Sequence[tuple[Landed, Options]], step: str, tell: Progress
) -> None:
    for number, (landed, options) in enumerate(files):
        tell(step, number, len(files))
        batch.read(landed, options)
    tell(step, len(files), len(files))


@contextmanager
def _exchanged(layout: Layout) -> Iterator[Layout]:
    """A layout with a fresh store, which takes the old one's place when all went well."""
    fresh = replace(layout, store_name=f"{layout.store_name}.fresh")
    old = replace(layout, store_name=f"{layout.store_name}.old").store
    mend_exchange(layout)
    shutil.rmtree(fresh.store, ignore_errors=True)
    yield fresh
    fresh.store.mkdir(parents=True, exist_ok=True)
    if layout.store.exists():
        layout.store.rename(old)
    fresh.store.rename(layout.store)
    shutil.rmtree(old, ignore_errors=True)


def mend_exchange(layout: Layout) -> None:
    """Put the old store back where a stop came between taking it away and placing the new one."""
    old = replace(layout, store_name=f"{layout.store_name}.old").store
    if layout.store.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.rename(layout.store)


def check_options(options: Options) -> None:
    """Nothing, if what is said of files can be meant.

    Raises: InputError.
    """
    known = formats()
    if options.as_format is not None and options.as_format not in known:
        hint = did_you_mean(options.as_format, known)
        said = " ".join(filter(None, ["no such format.", hint, f"Known: {', '.join(known)}."]))
        raise InputError(f"--as {options.as_format}: {said}")
    if options.exported_at is not None and options.exported_at.tzinfo is None:
        raise InputError(
            f"--exported-at {options.exported_at.isoformat()}: has no zone. "
            "Expected an instant such as 2025-04-30T08:00:00+07:00."
        )
    for option, value, choices in (
        ("--decimal", options.decimal, (".", ",")),
        ("--date-order", options.date_order, ("day", "month")),
    ):
        if value is not None and value not in choices:
            raise InputError(f"{option} {value}: expected {' or '.join(choices)}.")
    try:
        ZoneInfo(options.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(
            f"--timezone {options.time_zone}: no such zone. Expected one such as Asia/Jakarta."
        ) from None


def maps_of(layout: Layout) -> Maps:
    """The mapping profiles of an edition.

    Raises: FaultsFound where one of them cannot be read.
    """
    return Maps(read_mappings(layout.maps))


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is told."""
