"""The files of one command on their way in: landed, recognised, staged, and accounted for."""

from collections.abc import Collection, Iterable
from pathlib import Path

from tolok.errors import AmbiguousFormat, FaultsFound, FileFault, InputError, UnknownFormat
from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.formats import formats
from tolok.sources.raw import Landed, Options, land, note_options, noted_options, unland
from tolok.store.canonical import Defaults
from tolok.store.ingest import Ingest, Progress
from tolok.store.layout import Layout, finished_import
from tolok.store.report import ImportReport


class FilesRefused(FaultsFound):
    """What is wrong with files of a batch, none of which came in."""

    def __str__(self) -> str:
        """The faults, then what became of the others."""
        return f"{super().__str__()}\nNothing was imported."


def find_format(brought: Brought, name: str | None = None) -> Format:
    """The one format that claims a file, or the one that is named.

    Raises: UnknownFormat where none claims it, AmbiguousFormat where several do.
    """
    if name is not None:
        return formats()[name]
    claiming = [known for known in formats().values() if known.claims(brought)]
    if not claiming:
        hints = " ".join(filter(None, (known.hint(brought) for known in formats().values())))
        raise UnknownFormat(brought.name, brought.shown, tuple(formats()), hints)
    if len(claiming) > 1:
        raise AmbiguousFormat(brought.name, [known.name for known in claiming])
    return claiming[0]


class Batch:
    """Files on their way in, with what is wrong with any of them.

    `accepted` are those that were staged; `changed` those of which the store keeps rows that are to
    be read otherwise now, by hash.
    """

    def __init__(self, layout: Layout, ingest: Ingest) -> None:
        self.accepted: dict[str, tuple[Landed, Options]] = {}
        self.changed: dict[str, tuple[Landed, Options]] = {}
        self._layout = layout
        self._ingest = ingest
        self._landed: list[Landed] = []
        self._formats: dict[str, str] = {}
        self._faults: list[InputError] = []
        self._count = 0

    def bring(self, file: Path, options: Options) -> None:
        """Land a file and read it, unless its bytes were read in the same way already."""
        self._count += 1
        try:
            landed = land(file, self._layout)
        except InputError as fault:
            self._faults.append(fault)
            return
        noted = noted_options(landed)
        wanted = options.over(noted) if noted else options
        held = finished_import(self._layout, landed.sha256)
        is_changed = noted is not None and wanted != noted
        if held is None or (is_changed and not held.rows_kept):
            self.read(landed, wanted)
            return
        self._landed.append(landed)
        if is_changed:
            self.changed[landed.sha256] = (landed, wanted)

    def read(self, landed: Landed, options: Options) -> None:
        """Stage the rows of a landed file."""
        self._landed.append(landed)
        if landed.sha256 in self.accepted:
            return
        try:
            self._formats[landed.sha256] = self._stage(landed, options)
            self.accepted[landed.sha256] = (landed, options)
        except InputError as fault:
            self._faults.append(fault)

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
        self.check()
        for sha256 in self.accepted:
            # A stop from here on leaves the file unfinished, and the next import reads it anew.
            self._layout.report(sha256).unlink(missing_ok=True)
        self.note(sha256 for sha256 in self.accepted if sha256 not in noted_later)
        return self.accounts(self._ingest.finish(progress))

    def note(self, hashes: Iterable[str]) -> None:
        """Write down how accepted files are read."""
        for sha256 in hashes:
            note_options(*self.accepted[sha256], self._formats[sha256])

    def accounts(self, reports: Iterable[ImportReport]) -> list[ImportReport]:
        """The account of each file brought, given those that were read: nothing else is new."""
        fresh = {report.sha256: report for report in reports}
        accounts = []
        for landed in self._landed:
            report = fresh.pop(landed.sha256, None)
            if report is None:
                held = finished_import(self._layout, landed.sha256)
                assert held is not None  # it was found before, or is a second copy in the batch
                report = held.again(landed.name)
            accounts.append(report)
        return accounts

    def _stage(self, landed: Landed, options: Options) -> str:
        """The format of a landed file, its rows staged."""
        brought = Brought(landed.path, landed.name)
        found = find_format(brought, options.as_format)
        relations = found.read(brought, options)
        defaults = Defaults(
            account=options.account or "",
            observed_at=options.exported_at.isoformat() if options.exported_at else "",
            time_zone=options.time_zone or "",
        )
        has_rows = self._ingest.stage(landed.name, landed.sha256, found.name, relations, defaults)
        # A platform's answer may hold no item; a table without a row is another file than meant.
        if not has_rows and not (brought.is_json and found.claims(brought)):
            problem = f"no row in it can be read as {found.name}."
            raise FileFault(landed.name, problem, remedy=found.hint(brought))
        return found.name
