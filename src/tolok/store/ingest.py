"""Rows of brought files on their way into the store: staged, freed of duplicates, written.

A duplicate is a row whose every column but its source equals that of a row already there. Two
readings of one post at one time that say different things are no duplicates: files with one metric
each complement each other. Of equal rows the first stays, in the order in which files are brought;
the set of readings is the same in any order.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from tolok.store.atomic import UNFINISHED, written_whole
from tolok.store.broken import broken_lines
from tolok.store.canonical import CANONICAL, Canonical, Defaults, literal
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.layout import Layout, finish_import, read_parts
from tolok.store.report import SHOWN_REJECTS, ImportReport, Reject
from tolok.store.schema import REJECTS
from tolok.store.staging import (
    content_columns,
    empty_stage_sql,
    hashed_columns,
    part_columns_sql,
    stage_sql,
    staged_name,
    staged_part_sql,
    text_columns_sql,
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Relation:
    """Rows for one canonical table, as text columns and `row`, their place in the file from 1.

    The rows come from Arrow, or from the query `sql`. `lines` names a file of lines of JSON, in
    which rows with nothing in them are looked up to say what is wrong. A query whose `row_count` is
    known beforehand is written straight to a part, however large the file is.
    """

    table: str
    columns: frozenset[str]
    sql: str = ""
    arrow: pa.Table | pa.RecordBatchReader | None = None
    lines: Path | None = None
    row_count: int | None = None


@dataclass(frozen=True)
class StagedFile:
    """What a report needs to know of a file, beside its rows."""

    name: str
    sha256: str
    format: str
    lines: Path | None


class Ingest:
    """One batch of files on its way into the store; nothing is written before `finish`."""

    def __init__(self, layout: Layout, time_zone: str) -> None:
        self._layout = layout
        self._time_zone = time_zone
        shutil.rmtree(layout.spill, ignore_errors=True)  # what a stopped import left
        layout.spill.mkdir(parents=True)
        self._engine = DuckDb(DuckDbSettings(spill_folder=layout.spill))
        self._files: list[StagedFile] = []
        self._notes: dict[str, Sequence[str]] = {}
        self._parts: dict[tuple[str, int], Path] = {}
        for canonical in CANONICAL.values():
            self._engine.keep(_rows_name(canonical), empty_stage_sql(canonical))
            self._name_staged(canonical)

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
        lines = next((relation.lines for relation in relations if relation.lines), None)
        self._files.append(StagedFile(name, sha256, format_name, lines))
        for relation in relations:
            is_large = relation.row_count is not None and len(relations) == 1
            stage = self._stage_part if is_large else self._stage
            stage(relation, defaults, len(self._files) - 1)
        if len(relations) > 1:
            self._reject_whole_items(len(self._files) - 1, relations)
        return any(self._has_rows(relation, len(self._files) - 1) for relation in relations)

    def note(self, sha256: str, notes: Sequence[str]) -> None:
        """Put what was taken for granted in reading a staged file into its report."""
        self._notes[sha256] = notes

    def finish(self, progress: Progress) -> list[ImportReport]:
        """The report of each staged file, once all its rows are safe in the store."""
        self._remove_unfinished()
        for canonical in CANONICAL.values():
            self._mark_duplicates(canonical)
        reports = []
        for number, file in enumerate(self._files):
            progress("write", number, len(self._files))
            rejects = self._rejects(number)
            report = self._report(number, file, rejects)
            self._write_parts(number, file, rejects)
            finish_import(self._layout, report, self._time_zone)
            reports.append(report)
        progress("write", len(self._files), len(self._files))
        return reports

    def _has_rows(self, relation: Relation, number: int) -> bool:
        if relation.row_count is not None:
            return relation.row_count > 0
        rows = _rows_name(CANONICAL[relation.table])
        found = self._engine.query(f"SELECT 1 FROM {rows} WHERE file = {number} LIMIT 1")
        return bool(found.num_rows)

    def _stage(self, relation: Relation, defaults: Defaults, number: int) -> None:
        canonical = CANONICAL[relation.table]
        with ExitStack() as stack:
            source = f"({relation.sql})"
            if relation.arrow is not None:
                source = "brought"
                stack.enter_context(self._engine.lent(source, relation.arrow))
            columns = text_columns_sql(canonical, relation.columns)
            query = f"SELECT {columns} FROM {source}"
            rows = stage_sql(canonical, query, number, defaults, self._time_zone)
            self._engine.append(_rows_name(canonical), rows, file=self._files[number].name)

    def _stage_part(self, relation: Relation, defaults: Defaults, number: int) -> None:
        """Stage the good rows as the part that they will be; only bad ones are held in memory.

        Where all rows are good, the file is taken apart once.
        """
        canonical, file = CANONICAL[relation.table], self._files[number]
        path = self._layout.spill / f"{number}.parquet"
        query = f"SELECT {text_columns_sql(canonical, relation.columns)} FROM ({relation.sql})"
        rows = stage_sql(canonical, query, number, defaults, self._time_zone)
        columns = part_columns_sql(canonical.target, file.sha256)
        good = f"SELECT {columns} FROM ({rows}) WHERE fault IS NULL"
        if self._engine.convert(good, path, file=file.name) != relation.row_count:
            bad = f"SELECT * FROM ({rows}) WHERE fault IS NOT NULL"
            self._engine.append(_rows_name(canonical), bad, file=file.name)
        self._parts[canonical.name, number] = path
        self._name_staged(canonical)

    def _name_staged(self, canonical: Canonical) -> None:
        """Make the staged rows of all files readable as one table."""
        parts = [
            staged_part_sql(canonical.target, path, number)
            for (name, number), path in self._parts.items()
            if name == canonical.name
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

    def _mark_duplicates(self, canonical: Canonical) -> None:
        """Keep in `<staged>_again` the (file, row) of rows that the store or the batch has before.

        Hashes only find the candidates; what is dropped is equal in every column.
        """
        staged, again = staged_name(canonical), f"{staged_name(canonical)}_again"
        columns = ", ".join(content_columns(canonical.target))
        hashed = ", ".join(hashed_columns(canonical.target))
        good = f"SELECT *, hash({hashed}) AS content FROM {staged} WHERE fault IS NULL"
        self._engine.define("good", good)
        self._engine.keep("stored", self._stored_sql(canonical))
        self._engine.keep(
            "twice",
            "SELECT content FROM (SELECT content FROM good UNION ALL SELECT content FROM stored) "
            "GROUP BY content HAVING count(*) > 1",
        )
        if not self._engine.query("SELECT count(*) AS n FROM twice")["n"][0].as_py():
            self._engine.keep(again, "SELECT 0::INTEGER AS file, 0::BIGINT AS row WHERE false")
            return
        candidates = " UNION ALL ".join(
            f"SELECT {columns}, file, row FROM {name} WHERE content IN (FROM twice)"
            for name in ("good", "stored")
        )
        turn = f"row_number() OVER (PARTITION BY {columns} ORDER BY file, row)"
        self._engine.keep(
            again,
            f"SELECT file, row FROM (SELECT file, row, {turn} AS turn FROM ({candidates})) "
            "WHERE turn > 1 AND file >= 0",
        )

    def _stored_sql(self, canonical: Canonical) -> str:
        """The rows already in the store that have the key of a staged one, before all files."""
        parts = read_parts(self._layout, canonical.target.name)
        columns = ", ".join(content_columns(canonical.target))
        hashed = ", ".join(hashed_columns(canonical.target))
        placed = f"-1 AS file, 0 AS row, hash({hashed}) AS content"
        if not parts:
            return f"SELECT {columns}, {placed} FROM good WHERE false"
        listed = ", ".join(literal(str(part)) for part in parts)
        key = ", ".join(canonical.target.key)
        return (
            f"SELECT {columns}, {placed} FROM read_parquet([{listed}]) "
            f"SEMI JOIN (SELECT DISTINCT {key} FROM good) USING ({key})"
        )

    def _rejects(self, number: int) -> pa.Table:
        """The rejected rows of a file in the columns of REJECTS, in its order."""
        file = self._files[number]
        found = " UNION ALL ".join(
            f"SELECT row, fault FROM {staged_name(c)} WHERE file = {number} AND fault IS NOT NULL"
            for c in CANONICAL.values()
        )
        rows = self._engine.query(
            f"SELECT row, min(fault) AS fault FROM ({found}) GROUP BY row ORDER BY row"
        ).to_pylist()
        empty = [row["row"] for row in rows if not row["fault"]["reason"]]
        explained = broken_lines(file.lines, empty) if file.lines and empty else {}
        listed: list[dict[str, Any]] = []
        for row in rows:
            value, reason = explained.get(
                row["row"], (row["fault"]["value"], row["fault"]["reason"])
            )
            listed.append(
                {
                    "file": file.name,
                    "row": row["row"],
                    "column": row["fault"]["column"],
                    "value": value,
                    "reason": reason,
                    "source_sha256": file.sha256,
                }
            )
        return pa.Table.from_pylist(listed, schema=REJECTS.arrow_schema)

    def _write_parts(self, number: int, file: StagedFile, rejects: pa.Table) -> None:
        for canonical in CANONICAL.values():
            path = self._layout.part(canonical.target.name, file.sha256)
            path.unlink(missing_ok=True)  # what a stopped import left
            staged = self._parts.get((canonical.name, number))
            if not self._kept(canonical, number):
                continue
            with written_whole(path) as unfinished:
                if staged is not None and not self._has_duplicates(canonical, number):
                    unfinished.hardlink_to(staged)
                else:
                    self._engine.write(self._part_sql(canonical, number, file), unfinished)
        path = self._layout.part(REJECTS.name, file.sha256)
        path.unlink(missing_ok=True)
        if rejects.num_rows:
            with self._engine.lent("rejected", rejects), written_whole(path) as unfinished:
                order = ", ".join(f'"{name}"' for name in REJECTS.order)
                self._engine.write(f"SELECT * FROM rejected ORDER BY {order}", unfinished)

    def _kept_sql(self, canonical: Canonical, number: int) -> str:
        """FROM and WHERE of the rows of a file that are new."""
        staged = staged_name(canonical)
        return (
            f"FROM {staged} WHERE file = {number} AND fault IS NULL "
            f"AND row NOT IN (SELECT row FROM {staged}_again WHERE file = {number})"
        )

    def _kept(self, canonical: Canonical, number: int) -> int:
        counted = self._engine.query(f"SELECT count(*) AS n {self._kept_sql(canonical, number)}")
        return int(counted["n"][0].as_py())

    def _part_sql(self, canonical: Canonical, number: int, file: StagedFile) -> str:
        # Rows are staged in their order, and DuckDB keeps it.
        columns = part_columns_sql(canonical.target, file.sha256)
        return f"SELECT {columns} {self._kept_sql(canonical, number)}"

    def _has_duplicates(self, canonical: Canonical, number: int) -> bool:
        again = f"{staged_name(canonical)}_again"
        found = self._engine.query(f"SELECT count(*) AS n FROM {again} WHERE file = {number}")
        return bool(found["n"][0].as_py())

    def _report(self, number: int, file: StagedFile, rejects: pa.Table) -> ImportReport:
        good, kept = self._count_items(number)
        shown = rejects.slice(0, SHOWN_REJECTS).select(["row", "column", "value", "reason"])
        return ImportReport(
            file=file.name,
            sha256=file.sha256,
            format=file.format,
            rows_read=good + rejects.num_rows,
            rows_kept=kept,
            rows_duplicate=good - kept,
            rows_rejected=rejects.num_rows,
            rejects=tuple(Reject(**reject) for reject in shown.to_pylist()),
            notes=tuple(self._notes.get(file.sha256, ())),
        )

    def _count_items(self, number: int) -> tuple[int, int]:
        """The items of a file that are good, and those of which the store keeps something."""
        good = " UNION ".join(
            f"SELECT row FROM {staged_name(c)} WHERE file = {number} AND fault IS NULL"
            for c in CANONICAL.values()
        )
        kept = " UNION ".join(f"SELECT row {self._kept_sql(c, number)}" for c in CANONICAL.values())
        counted = self._engine.query(
            f"SELECT (SELECT count(*) FROM ({good})) AS good, "
            f"(SELECT count(*) FROM ({kept})) AS kept"
        )
        return int(counted["good"][0].as_py()), int(counted["kept"][0].as_py())

    def _remove_unfinished(self) -> None:
        """Delete the files that an import left half written when it was stopped."""
        for path in self._unfinished():
            path.unlink(missing_ok=True)

    def _unfinished(self) -> Iterator[Path]:
        yield from self._layout.store.glob(f"*/.*{UNFINISHED}")


def _rows_name(canonical: Canonical) -> str:
    """The table of staged rows that are held in memory."""
    return f"{staged_name(canonical)}_rows"
