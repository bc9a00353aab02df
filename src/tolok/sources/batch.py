"""The files of one command on their way in: landed, recognised, staged, and accounted for."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from tolok.errors import FaultsFound, FileFault, InputError, UnknownFormat
from tolok.sources.authors import authors_of
from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.listing import Listed
from tolok.sources.mapped import Maps
from tolok.sources.plain import plain
from tolok.sources.raw import (
    Arrived,
    Landed,
    Options,
    arrive,
    clear_arrivals,
    has_landed,
    land,
    note_options,
    noted_options,
    unland,
)
from tolok.sources.recognise import find_format
from tolok.store.canonical import Defaults
from tolok.store.ingest import Ingest, Progress
from tolok.store.layout import Layout, finished_import
from tolok.store.report import ImportReport

LEFT_OUT = "left out"
"""What stands in a report in place of the format of a file that was not taken."""


_SHOWN = 50


class FilesRefused(FaultsFound):
    """What is wrong with files of a batch, none of which came in."""

    def __str__(self) -> str:
        """The faults, then what became of the others, and how to go on without strange files."""
        lines = super().__str__().splitlines()
        if len(self.exceptions) > _SHOWN:
            more = len(self.exceptions) - _SHOWN
            lines = [*map(str, lines[: _SHOWN + 1]), f"  and {more:,} more"]
        said = "\n".join([*lines, "Nothing was imported."])
        if any(isinstance(fault, UnknownFormat) for fault in self.exceptions):
            said += " Files that nobody can read are left out with --skip-unknown."
        return said


class Batch:
    """Files on their way in, with what is wrong with any of them.

    `accepted` are those that were staged; `changed` those of which the store keeps rows that are to
    be read otherwise now, by hash. What nobody can read may be left out.
    """

    def __init__(self, layout: Layout, ingest: Ingest, maps: Maps) -> None:
        self.accepted: dict[str, tuple[Landed, Options]] = {}
        self.changed: dict[str, tuple[Landed, Options]] = {}
        self._layout = layout
        self._ingest = ingest
        self._maps = maps
        self._authors = authors_of(layout.private)
        self._looked: tuple[Brought, Format] | None = None
        self._places: list[Landed | ImportReport] = []
        self._formats: dict[str, str] = {}
        self._faults: list[InputError] = []
        self._count = 0

    def bring(self, listed: Listed, options: Options) -> None:
        """Land a file and read it, unless its bytes were read in the same way already."""
        self._count += 1
        self._looked = None
        try:
            arrived = arrive(listed.path, self._layout, listed.name)
            if not has_landed(arrived, self._layout):
                arrived = self._fit_to_land(arrived, options)
            landed = land(arrived, self._layout)
            self._follow(arrived, landed)
        except InputError as fault:
            clear_arrivals(self._layout)
            self._refuse(listed, options, fault)
            return
        self._take(landed, listed, options)

    def _take(self, landed: Landed, listed: Listed, options: Options) -> None:
        """Read a file that has its place, unless it was read in the same way already."""
        noted = noted_options(landed)
        wanted = options.over(noted) if noted else options
        wanted = self._with_map(landed, wanted) if noted and noted.map_sha256 else wanted
        held = finished_import(self._layout, landed.sha256)
        is_changed = noted is not None and wanted != noted
        if held is None or (is_changed and not held.rows_kept):
            self.read(landed, wanted, listed)
            return
        self._places.append(landed)
        if is_changed:
            self.changed[landed.sha256] = (landed, wanted)

    def read(self, landed: Landed, options: Options, listed: Listed | None = None) -> None:
        """Stage the rows of a landed file."""
        if landed.sha256 in self.accepted:
            self._places.append(landed)
            return
        try:
            options = self._stage(landed, options)
        except InputError as fault:
            unland(landed)
            self._refuse(listed or Listed(landed.path, landed.name), options, fault)
            return
        self._places.append(landed)
        self.accepted[landed.sha256] = (landed, options)

    def check(self) -> None:
        """Nothing, if all files can come in; else none stays in the landing zone.

        Raises: the fault of the only file, or FilesRefused.
        """
        if not self._faults:
            return
        for landed in self._landed:
            unland(landed)
        if self._count == 1:
            raise self._faults[0]
        refused = "1 file was" if len(self._faults) == 1 else f"{len(self._faults)} files were"
        raise FilesRefused(f"{refused} refused", self._faults)

    def finish(
        self, progress: Progress, *, noted_later: Collection[str] = ()
    ) -> list[ImportReport]:
        """The account of each file brought, once all that is new is in the store.

        The notes of some files, named by hash, are left to the caller.
        """
        self.make_ready(noted_later)
        return self.accounts(self._ingest.finish(progress))

    def make_ready(self, noted_later: Collection[str] = ()) -> None:
        """Note how files are read, and that they are not in the store yet.

        Raises: as check.
        """
        self.check()
        for sha256 in self.accepted:
            # A stop from here on leaves the file unfinished, and the next import reads it anew.
            self._layout.report(sha256).unlink(missing_ok=True)
        self.note(sha256 for sha256 in self.accepted if sha256 not in noted_later)

    def note(self, hashes: Iterable[str]) -> None:
        """Write down how accepted files are read."""
        for sha256 in hashes:
            note_options(*self.accepted[sha256], self._formats[sha256])

    def accounts(self, reports: Iterable[ImportReport]) -> list[ImportReport]:
        """The account of each file brought, given those that were read: nothing else is new."""
        fresh = {report.sha256: report for report in reports}
        accounts = []
        for place in self._places:
            if isinstance(place, ImportReport):
                accounts.append(place)
                continue
            report = fresh.pop(place.sha256, None)
            if report is None:
                held = finished_import(self._layout, place.sha256)
                assert held is not None  # it was found before, or is a second copy in the batch
                report = held.again(place.name)
            accounts.append(report)
        return accounts

    @property
    def _landed(self) -> list[Landed]:
        return [place for place in self._places if isinstance(place, Landed)]

    def _refuse(self, listed: Listed, options: Options, fault: InputError) -> None:
        """Count a fault, or leave out the file where that is allowed."""
        is_useless = isinstance(fault, NothingInside) and not listed.is_named
        is_foreign = isinstance(fault, UnknownFormat | NothingInside)
        if is_useless or (options.skips_unknown and is_foreign):
            report = ImportReport(listed.name, "", LEFT_OUT, 0, 0, 0, 0, notes=(str(fault),))
            self._places.append(report)
            return
        self._faults.append(fault)

    def _brought(self, path: Path, name: str) -> Brought:
        """A file as the formats look at it, unpacked and in UTF-8."""
        found = plain(path, name, self._ingest.folder / "plain")
        folder = self._ingest.folder / "spool"
        folder.mkdir(exist_ok=True)
        return Brought(found.path, found.name, folder, self._authors, list(found.notes))

    def _fit_to_land(self, arrived: Arrived, options: Options) -> Arrived:
        """The file as it may stay: one with comments without the names of their authors.

        Raises: InputError where no format reads it; then it has not landed.
        """
        brought = self._brought(arrived.path, arrived.name)
        found = self._found(brought, options)
        if found.scrub is None:
            self._looked = brought, found
            return arrived
        nameless = self._ingest.folder / "nameless"
        found.scrub(brought, nameless)
        return arrive(nameless, self._layout, brought.name)

    def _follow(self, arrived: Arrived, landed: Landed) -> None:
        """Let what was looked at on arrival, its sheets being in memory, lie where it landed."""
        if self._looked is not None and self._looked[0].path == arrived.path:
            self._looked[0].path = landed.path

    def _found(self, brought: Brought, options: Options) -> Format:
        found = find_format(brought, options.as_format, self._maps)
        if found.holds_nothing:
            raise NothingInside(brought.name, found.holds_nothing)
        return found

    def _with_map(self, landed: Landed, options: Options) -> Options:
        """The options with the mapping profile that a table would be read by now."""
        sha256 = self._maps.sha256_for(self._brought(landed.path, landed.name))
        return replace(options, map_sha256=sha256 or options.map_sha256)

    def _stage(self, landed: Landed, options: Options) -> Options:
        """The options with which a landed file was read, its rows staged."""
        looked, self._looked = self._looked, None
        if looked is None:
            brought = self._brought(landed.path, landed.name)
            looked = brought, self._found(brought, options)
        brought, found = looked
        options = replace(options, map_sha256=self._maps.sha256_of(found))
        relations = found.read(brought, options)
        stated = landed.name, landed.sha256, found.name, relations
        has_rows = self._ingest.stage(*stated, defaults_of(options))
        self._ingest.note(landed.sha256, brought.notes)
        # A platform's answer may hold no item; a table without a row is another file than meant.
        if not has_rows and not (brought.is_json and found.claims(brought)):
            problem = f"no row in it can be read as {found.name}."
            raise FileFault(landed.name, problem, remedy=found.hint(brought))
        self._formats[landed.sha256] = found.name
        return options


def defaults_of(options: Options) -> Defaults:
    """What stands in for columns that a file lacks, by what the operator says of it."""
    return Defaults(
        account=options.account or "",
        observed_at=options.exported_at.isoformat() if options.exported_at else "",
        time_zone=options.time_zone or "",
        is_complete=bool(options.is_complete),
    )


class NothingInside(FileFault):
    """A known kind of file that holds no posts, accounts, followers or comments."""
