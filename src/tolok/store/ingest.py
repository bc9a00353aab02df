"""Rows of brought files on their way into the store: staged, freed of duplicates, written."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from tolok.errors import FileFault, InputError
from tolok.store.atomic import UNFINISHED, discard, written_whole
from tolok.store.canonical import CANONICAL, Canonical, Defaults, literal
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.duplicates import again_name, mark_duplicates
from tolok.store.layout import Layout, finish_import, read_parts
from tolok.store.part import PartSource, write_part
from tolok.store.records import RecordFile
from tolok.store.report import SHOWN_REJECTS, ImportReport, Reject
from tolok.store.schema import REJECTS
from tolok.store.staging import (
    empty_stage_sql,
    part_columns_sql,
    reject_columns_sql,
    stage_sql,
    staged_name,
    staged_part_sql,
    text_columns_sql,
)

Progress = Callable[[str, int, int], None]
_MACHINE = DuckDbSettings(memory_limit="1GB")
"""What DuckDB may hold of a batch before it spills; with all else an import stays under 2 GB."""
_REJECTED = "rejected"
"""The table of the rejected rows of the file that is being written."""


@dataclass(frozen=True)
class Relation:
    """Rows for one canonical table, as text columns and `row`, their place in the file from 1.

    The rows come from Arrow, or from a query, or from a file of records, which a query reads. Those
    of a query go straight to a part, however large the file is. Beside the columns of the table a
    reader may give `broken`, why a row could not be taken apart, and `raw`, what a row is in the
    file; where it does not, a rejected row is kept as JSON of its cells. `row_count` says how many
    rows a query gives, where that is known beforehand. `otherwise` gives the rows anew where the
    query turns out to be unable to.
    """

    table: str
    columns: frozenset[str]
    sql: str = ""
    arrow: pa.Table | pa.RecordBatchReader | None = None
    records: RecordFile | None = None
    row_count: int | None = None
    otherwise: Callable[[], "Relation"] | None = None

    @property
    def query(self) -> str:
        """The query that gives the rows; empty where they come from Arrow."""
        return self.records.rows_sql(self.records.path) if self.records else self.sql


@dataclass(frozen=True)
class StagedFile:
    """What a report needs to know of a file, beside its rows."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True)
class StagedPart:
    """The rows of a file that went past the memory: the good ones for one table, and the others."""

    path: Path
    table: str
    good: int
    rejects: Path
    rejected: int


class Ingest:
    """One batch of files on its way into the store; nothing is written before `finish`."""

    def __init__(self, layout: Layout, time_zone: str, machine: DuckDbSettings = _MACHINE) -> None:
        self._layout = layout
        self._time_zone = time_zone
        shutil.rmtree(layout.spill, ignore_errors=True)  # what a stopped import left
        layout.spill.mkdir(parents=True)
        self._engine = DuckDb(replace(machine, spill_folder=layout.spill))
        self._files: list[StagedFile] = []
        self._notes: dict[str, Sequence[str]] = {}
        self._parts: dict[int, StagedPart] = {}
        self._good: dict[tuple[str, int], int] = {}
        self._again: dict[tuple[str, int], int] = {}
        for canonical in CANONICAL.values():
            self._engine.keep(_rows_name(canonical), empty_stage_sql(canonical))

    def __enter__(self) -> Self:
        """The batch itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of everything that was not written."""
        self._engine.close()
        shutil.rmtree(self._layout.spill, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """Where what belongs to this batch alone may lie until its end."""
        return self._layout.spill

    def stage(
        self,
        name: str,
        sha256: str,
        format_name: str,
        relations: Sequence[Relation],
        defaults: Defaults,
    ) -> bool:
        """Whether the file has a row, all being read and checked; the store is not touched yet.

        Raises: FileFault where the file as a whole cannot be read.
        """
        number = len(self._files)
        self._files.append(StagedFile(name, sha256, format_name))
        for relation in relations:
            is_alone = relation.query and len(relations) == 1
            try:
                (self._stage_part if is_alone else self._stage)(relation, defaults, number)
            except FileFault:
                if relation.otherwise is None:
                    raise
                self._stage(relation.otherwise(), defaults, number)
        self._refuse_names(number)
        if len(relations) > 1:
            self._reject_whole_items(number, relations)
        return any(self._has_rows(relation, number) for relation in relations)

    def _refuse_names(self, number: int) -> None:
        """Nothing, if no comment of a file names its author; else the file must not stay.

        Raises: FileFault.
        """
        part, rows = self._parts.get(number), _rows_name(CANONICAL["comments"])
        where = f"FROM {rows} WHERE file = {number} AND fault.\"column\" = 'author_key'"
        if part is not None and part.rejected:
            path = literal(str(part.rejects))
            where = f"FROM read_parquet({path}) WHERE \"column\" = 'author_key'"
        named = self._engine.query(f"SELECT min(row) AS row {where}")["row"][0].as_py()
        if named is not None:
            problem = "is no keyed hash of 16 or more hexadecimal digits: it may name a person."
            remedy = "Leave the column out, or map the table with the column as author."
            file = self._files[number].name
            raise FileFault(file, problem, line=named, column="author_key", remedy=remedy)

    def note(self, sha256: str, notes: Sequence[str]) -> None:
        """Put what was taken for granted in reading a staged file into its report."""
        self._notes[sha256] = notes

    def finish(self, progress: Progress) -> list[ImportReport]:
        """The report of each staged file, once all its rows are safe in the store."""
        self._remove_unfinished()
        for canonical in CANONICAL.values():
            self._name_staged(canonical)
            mark_duplicates(self._engine, canonical, self._stored(canonical))
            self._count_rows(canonical)
        reports = []
        for number, file in enumerate(self._files):
            progress("write", number, len(self._files))
            self._engine.keep(_REJECTED, self._rejected_sql(number, file))
            report = self._report(number, file)
            self._write_parts(number, file)
            finish_import(self._layout, report, self._time_zone)
            reports.append(report)
        progress("write", len(self._files), len(self._files))
        return reports

    def _has_rows(self, relation: Relation, number: int) -> bool:
        part = self._parts.get(number)
        if part is not None:
            return part.good + part.rejected > 0
        rows = _rows_name(CANONICAL[relation.table])
        found = self._engine.query(f"SELECT 1 FROM {rows} WHERE file = {number} LIMIT 1")
        return bool(found.num_rows)

    def _stage(self, relation: Relation, defaults: Defaults, number: int) -> None:
        canonical = CANONICAL[relation.table]
        with ExitStack() as stack:
            source = f"({relation.query})"
            if relation.arrow is not None:
                source = "brought"
                stack.enter_context(self._engine.lent(source, relation.arrow))
            texts = f"SELECT {text_columns_sql(canonical, relation.columns)} FROM {source}"
            rows = stage_sql(canonical, texts, defaults, self._time_zone)
            staged = f"SELECT {number}::INTEGER AS file, * FROM ({rows})"
            self._engine.append(_rows_name(canonical), staged, file=self._files[number].name)

    def _stage_part(self, relation: Relation, defaults: Defaults, number: int) -> None:
        canonical, file = CANONICAL[relation.table], self._files[number]
        source = PartSource(
            name=file.name,
            sha256=file.sha256,
            canonical=canonical,
            columns=relation.columns,
            sql=relation.query,
            defaults=defaults,
            time_zone=self._time_zone,
            records=relation.records,
            row_count=relation.row_count,
        )
        path = self._layout.spill / f"{number}.parquet"
        rejects = path.with_suffix(".rejects")
        good, rejected = write_part(self._engine, source, path, rejects)
        self._parts[number] = StagedPart(path, canonical.name, good, rejects, rejected)

    def _name_staged(self, canonical: Canonical) -> None:
        """Make the staged rows of all files readable as one table."""
        parts = [
            staged_part_sql(canonical.target, part.path, number)
            for number, part in self._parts.items()
            if part.table == canonical.name
        ]
        rows = " UNION ALL BY NAME ".join([f"SELECT * FROM {_rows_name(canonical)}", *parts])
        self._engine.define(staged_name(canonical), rows)

    def _reject_whole_items(self, number: int, relations: Sequence[Relation]) -> None:
        """Take the other rows of an item out where one of its rows is bad: it counts once."""
        names = [_rows_name(CANONICAL[relation.table]) for relation in relations]
        bad = " UNION ALL ".join(
            f"SELECT row FROM {name} WHERE file = {number} AND fault IS NOT NULL" for name in names
        )
        self._engine.keep("bad_items", bad)
        for name in names:
            self._engine.remove(
                name, f"file = {number} AND fault IS NULL AND row IN (SELECT row FROM bad_items)"
            )

    def _stored(self, canonical: Canonical) -> list[Path]:
        parts = read_parts(self._layout, canonical.target.name)
        for afar in (part for part in parts if isinstance(part, str)):
            raise InputError(
                f"{afar}: rows of the edition lie there, and only Spark can tell which of these "
                "files are among them. Import with --engine spark."
            )
        return [part for part in parts if isinstance(part, Path)]

    def _count_rows(self, canonical: Canonical) -> None:
        """Count the good rows and the duplicates of all files at once: to ask for each is dear."""
        for source, counts in (
            (f"{_rows_name(canonical)} WHERE fault IS NULL", self._good),
            (again_name(canonical), self._again),
        ):
            found = self._engine.query(f"SELECT file, count(*) AS n FROM {source} GROUP BY file")
            for row in found.to_pylist():
                counts[canonical.name, row["file"]] = row["n"]
        for number, part in self._parts.items():
            if part.table == canonical.name:
                self._good[canonical.name, number] = part.good

    def _rejected_sql(self, number: int, file: StagedFile) -> str:
        """The rejected rows of a file that is held in memory, in the columns of REJECTS."""
        found = " UNION ALL ".join(
            f"SELECT row, fault, raw FROM {_rows_name(c)} "
            f"WHERE file = {number} AND fault IS NOT NULL"
            for c in CANONICAL.values()
        )
        rows = f"SELECT row, min(fault) AS fault, arg_min(raw, fault) AS raw FROM ({found})"
        columns = reject_columns_sql(file.name, file.sha256)
        return f"SELECT {columns} FROM ({rows} GROUP BY row) ORDER BY row"

    def _rejects_sql(self, number: int) -> str:
        """FROM of the rejected rows of a file, in the order of REJECTS."""
        part = self._parts.get(number)
        if part is None or not part.rejected:
            return f"FROM {_REJECTED}"
        return f"FROM read_parquet({literal(str(part.rejects))})"

    def _write_parts(self, number: int, file: StagedFile) -> None:
        part = self._parts.get(number)
        for canonical in CANONICAL.values():
            path = self._layout.part(canonical.target.name, file.sha256)
            discard(path)  # what a stopped import left
            if not self._kept(canonical, number):
                continue
            with written_whole(path) as unfinished:
                if part is not None and not self._duplicates(canonical, number):
                    unfinished.hardlink_to(part.path)
                else:
                    self._engine.write(self._part_sql(canonical, number, file), unfinished)
        path = self._layout.part(REJECTS.name, file.sha256)
        discard(path)
        if part is not None and part.rejected:
            with written_whole(path) as unfinished:
                unfinished.hardlink_to(part.rejects)
        elif self._counted(f"FROM {_REJECTED}"):
            with written_whole(path) as unfinished:
                self._engine.write(f"SELECT * FROM {_REJECTED}", unfinished)

    def _kept_sql(self, canonical: Canonical, number: int) -> str:
        """FROM and WHERE of the rows of a file that are new."""
        part, rows = self._parts.get(number), _rows_name(canonical)
        if part is not None and part.table == canonical.name:
            rows = f"({staged_part_sql(canonical.target, part.path, number)})"
        again = f"SELECT row FROM {again_name(canonical)} WHERE file = {number}"
        return f"FROM {rows} WHERE file = {number} AND fault IS NULL AND row NOT IN ({again})"

    def _kept(self, canonical: Canonical, number: int) -> int:
        place = canonical.name, number
        return self._good.get(place, 0) - self._again.get(place, 0)

    def _part_sql(self, canonical: Canonical, number: int, file: StagedFile) -> str:
        # Rows are staged in their order, and DuckDB keeps it.
        columns = part_columns_sql(canonical.target, file.sha256)
        return f"SELECT {columns} {self._kept_sql(canonical, number)}"

    def _duplicates(self, canonical: Canonical, number: int) -> int:
        return self._again.get((canonical.name, number), 0)

    def _counted(self, source: str) -> int:
        return int(self._engine.query(f"SELECT count(*) AS n {source}")["n"][0].as_py())

    def _report(self, number: int, file: StagedFile) -> ImportReport:
        good, kept = self._count_items(number)
        rejects = self._rejects_sql(number)
        rejected = self._counted(rejects)
        shown = self._engine.query(
            f'SELECT row, "column", "value", reason {rejects} LIMIT {SHOWN_REJECTS}'
        )
        return ImportReport(
            file=file.name,
            sha256=file.sha256,
            format=file.format,
            rows_read=good + rejected,
            rows_kept=kept,
            rows_duplicate=good - kept,
            rows_rejected=rejected,
            rejects=tuple(Reject(**reject) for reject in shown.to_pylist()),
            notes=tuple(self._notes.get(file.sha256, ())),
        )

    def _count_items(self, number: int) -> tuple[int, int]:
        """The items of a file that are good, and those of which the store keeps something."""
        part = self._parts.get(number)
        if part is not None:  # each row of it is an item
            return part.good, part.good - self._duplicates(CANONICAL[part.table], number)
        filled = [c for c in CANONICAL.values() if self._good.get((c.name, number))]
        if not filled:
            return 0, 0
        good = " UNION ".join(
            f"SELECT row FROM {_rows_name(c)} WHERE file = {number} AND fault IS NULL"
            for c in filled
        )
        kept = " UNION ".join(f"SELECT row {self._kept_sql(c, number)}" for c in filled)
        return self._counted(f"FROM ({good})"), self._counted(f"FROM ({kept})")

    def _remove_unfinished(self) -> None:
        """Delete the files that an import left half written when it was stopped."""
        for path in self._unfinished():
            path.unlink(missing_ok=True)

    def _unfinished(self) -> Iterator[Path]:
        yield from self._layout.store.glob(f"*/.*{UNFINISHED}")


def _rows_name(canonical: Canonical) -> str:
    """The table of staged rows that are held in memory."""
    return f"{staged_name(canonical)}_rows"
