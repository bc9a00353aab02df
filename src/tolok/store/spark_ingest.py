"""Large canonical tables on their way into the store, read and checked by the workers of Spark.

Spark says only who reads what, and finds the same rows in different pieces; each row is checked by
the importer itself (`chunk`). All is staged in the scratch folder before the store is touched.
"""

import uuid
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tolok.errors import FileFault
from tolok.store.atomic import UNFINISHED, discard, write_text
from tolok.store.canonical import CANONICAL, Defaults
from tolok.store.chunk import (
    ADDRESS,
    LINE,
    START,
    ChunkFile,
    ChunkReader,
    ChunkTask,
    chunk_schema,
)
from tolok.store.chunk_account import ChunkAccount, FileAccount, account_of
from tolok.store.ingest import Progress
from tolok.store.layout import Layout, finish_import, read_parts
from tolok.store.report import ImportReport
from tolok.store.schema import REJECTS, STORE_TABLES, Table
from tolok.store.spark import Spark
from tolok.store.spark_faults import working
from tolok.store.spark_files import FileAt, literal_address
from tolok.store.spark_rows import CHUNKS, again_sql, good_sql, kept_sql, rejects_sql, spark_type

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_WHOLE = {
    "spark.sql.files.maxPartitionBytes": str(1 << 50),
    "spark.sql.files.openCostInBytes": str(1 << 50),
}
"""With these a task reads one file, and all of it."""
_FILE_ROWS = 1_000_000
"""Rows of each file of a part, as far as they can be told beforehand."""


@dataclass(frozen=True)
class SparkFile:
    """A file for Spark to read: where, into which table, by what; and how it may be parted.

    `rows` and `columns` are those of a Parquet file, None for a file of text. A file that is not
    `parted` is the business of one worker. `hint` is what to do where no row of it can be read.
    """

    at: FileAt
    name: str
    sha256: str
    table: str
    reader: ChunkReader
    rows: int | None = None
    columns: tuple[str, ...] | None = None
    is_parted: bool = True
    mark: bytes = b""
    hint: str | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """What its pieces are together: rows, or bytes, of which a last line end may be added."""
        if self.rows is not None:
            return (self.rows,)
        return self.at.bytes, self.at.bytes + 1


class SparkIngest:
    """One batch of files on its way into the store; nothing is written before `finish`.

    With an address for the store, parts are written there and the edition notes where.
    """

    def __init__(
        self, engine: Spark, layout: Layout, time_zone: str, store: str | None = None
    ) -> None:
        self._engine = engine
        self._layout = layout
        self._time_zone = time_zone
        self._store = store.rstrip("/") if store else None
        self._home = f"{engine.scratch}/import-{uuid.uuid4().hex}"
        self._files: list[SparkFile] = []
        self._defaults: list[Defaults] = []
        self._staged: dict[str, list[str]] = {}
        self._accounts: dict[int, FileAccount] = {}

    def add(self, file: SparkFile, defaults: Defaults) -> None:
        """Take a file into the batch; it is not read yet."""
        self._files.append(file)
        self._defaults.append(defaults)

    def stage(self, progress: Progress) -> list[FileFault]:
        """What is wrong with files as a whole, all of them being read and checked by workers.

        Raises: InputError where workers cannot do their work.
        """
        groups = self._groups()
        for number, (numbers, files) in enumerate(groups):
            progress("read by Spark", number, len(groups))
            self._stage(number, numbers, files)
        progress("read by Spark", len(groups), len(groups))
        chunks = self._chunks([name for names in self._staged.values() for name in names])
        faults = []
        for number, file in enumerate(self._files):
            account = account_of([chunk for chunk in chunks if chunk.file == number])
            self._accounts[number] = account
            has_rows = any(chunk.report and chunk.report.rows_read for chunk in account.chunks)
            if account.size not in file.sizes:
                problem = "is not what it was when this import began to read it."
                remedy = "Import it again when nobody writes it."
                faults.append(FileFault(file.name, problem, remedy=remedy))
            elif account.fault is not None:
                faults.append(replace(account.fault, file=file.name))
            elif not has_rows and file.hint is not None:
                problem = "no row in it can be read as canonical."
                faults.append(FileFault(file.name, problem, remedy=file.hint))
        return faults

    def finish(self, progress: Progress) -> list[ImportReport]:
        """The report of each file, once all its rows are safe in the store."""
        session = self._engine.session
        session.createDataFrame(self._chunk_table()).createOrReplaceTempView(CHUNKS)
        self._remove_left()
        again: dict[int, int] = {}
        steps = len(self._staged) + 1
        for number, (name, staged) in enumerate(self._staged.items()):
            progress("write by Spark", number, steps)
            again |= self._write_table(CANONICAL[name].target, staged)
        progress("write by Spark", steps - 1, steps)
        reports = [self._report(number, again.get(number, 0)) for number in self._accounts]
        every = [staged for names in self._staged.values() for staged in names]
        if any(report.rows_rejected for report in reports):
            rows = session.sql(rejects_sql(every))
            rejected = {r.sha256: r.rows_rejected for r in reports if r.rows_rejected}
            self._write(REJECTS, rows, "row", rejected)
        for report in reports:
            finish_import(self._layout, report, self._time_zone)
        progress("write by Spark", steps, steps)
        return reports

    def _remove_left(self) -> None:
        """Delete the parts of these files that a stopped import left."""
        for file in self._files:
            for table in STORE_TABLES:
                discard(self._layout.part(table, file.sha256))
                discard(self._layout.part_address(table, file.sha256))

    def _groups(self) -> list[tuple[list[int], list[SparkFile]]]:
        """The files that one query can read together, with their numbers."""
        groups: dict[Any, list[int]] = {}
        for number, file in enumerate(self._files):
            alike = file.table, file.reader, file.columns, file.is_parted, self._defaults[number]
            groups.setdefault(alike, []).append(number)
        return [(numbers, [self._files[n] for n in numbers]) for numbers in groups.values()]

    def _stage(self, group: int, numbers: Sequence[int], files: Sequence[SparkFile]) -> None:
        """Let workers check the rows of some files; what they say stands in the scratch folder."""
        first = files[0]
        told = {
            file.at.uri: ChunkFile(number, file.name, file.sha256, file.mark)
            for number, file in zip(numbers, files, strict=True)
        }
        defaults = self._defaults[numbers[0]]
        task = ChunkTask(told, first.table, first.reader, defaults, self._time_zone)
        schema = chunk_schema(CANONICAL[first.table].target)
        columns = ", ".join(f"`{one.name}` {spark_type(str(one.type))}" for one in schema)
        name = f"staged_{group}"
        with working(), self._settings({} if first.is_parted else _WHOLE):
            rows = self._rows([file.at.address for file in files], first.columns)
            with warnings.catch_warnings():
                # PySpark asks for pandas here, and does not use it.
                warnings.simplefilter("ignore", FutureWarning)
                checked = rows.mapInArrow(task, columns)
            address = f"{self._home}/{name}"
            checked.write.option("compression", "zstd").parquet(address)
        self._engine.attach(name, [address])
        self._staged.setdefault(first.table, []).append(name)

    def _rows(self, addresses: list[str], columns: Sequence[str] | None) -> "DataFrame":
        """The lines or rows of some files, each with its file and where its piece begins."""
        reader = self._engine.session.read
        addresses = [literal_address(address) for address in addresses]
        placed = f"_metadata.file_path AS {ADDRESS}", f"_metadata.file_block_start AS {START}"
        if columns is None:
            lines = reader.option("lineSep", "\n").text(addresses)
            return lines.selectExpr(f"CAST(value AS BINARY) AS {LINE}", *placed)
        names = [f"`{name}`" for name in columns]
        return reader.parquet(*addresses).selectExpr(*names, *placed)

    def _chunks(self, staged: Sequence[str]) -> list[ChunkAccount]:
        columns = "chunk_file, chunk_start, chunk_report"
        accounts = " UNION ALL ".join(
            f"SELECT {columns} FROM {name} WHERE chunk_kind = 'account'" for name in staged
        )
        return [ChunkAccount.read(row) for row in self._engine.query(accounts).to_pylist()]

    def _chunk_table(self) -> pa.Table:
        rows = [
            {
                "file": number,
                "start": chunk.start,
                "rows_before": before,
                "name": self._files[number].name,
                "sha256": self._files[number].sha256,
            }
            for number, account in self._accounts.items()
            for chunk, before in zip(account.chunks, account.before, strict=True)
        ]
        fields = [("file", pa.int32()), ("start", pa.int64()), ("rows_before", pa.int64())]
        return pa.Table.from_pylist(
            rows, pa.schema([*fields, ("name", pa.string()), ("sha256", pa.string())])
        )

    def _write_table(self, table: Table, staged: Sequence[str]) -> dict[int, int]:
        """Write the parts of a table; how many rows of each file were there before."""
        engine, good, again = self._engine, f"good_{table.name}", f"again_{table.name}"
        engine.define(good, good_sql(table, staged))
        stored = read_parts(self._layout, table.name)
        if stored:
            engine.attach(f"stored_{table.name}", stored)
        engine.keep(again, again_sql(table, good, f"stored_{table.name}" if stored else None))
        counted = engine.query(f"SELECT file, count(*) AS n FROM {again} GROUP BY file").to_pylist()
        counts = {row["file"]: row["n"] for row in counted}
        kept = {}
        for number, file in enumerate(self._files):
            count = self._report(number, counts.get(number, 0)).rows_kept
            if CANONICAL[file.table].target == table and count:
                kept[file.sha256] = count
        if kept:
            rows = engine.session.sql(kept_sql(table, good, again))
            self._write(table, rows, "source_row", kept)
        engine.drop(again)
        return counts

    def _write(
        self, table: Table, rows: "DataFrame", order: str, counts: Mapping[str, int]
    ) -> None:
        """Put the rows of each file into their part; `counts` are by the file's hash."""
        home = f"{self._store or f'file://{self._layout.store.resolve()}'}/{table.name}"
        unfinished = f"{home}/.{self._home.rpartition('/')[2]}{UNFINISHED}"
        pieces = 1 + sum(counts.values()) // _FILE_ROWS
        parted = rows.selectExpr("*", "source_sha256 AS part")
        parted = parted.repartitionByRange(pieces, "part", order)
        parted = parted.sortWithinPartitions("part", order)
        with working():
            written = parted.write.option("compression", "zstd").partitionBy("part")
            written.parquet(unfinished)
        for sha256 in counts:
            self._engine.files.move(f"{unfinished}/part={sha256}", f"{home}/{sha256}.parquet")
            if self._store:
                said = self._layout.part_address(table.name, sha256)
                write_text(f"{home}/{sha256}.parquet\n", said)
        self._engine.files.delete(unfinished)

    def _report(self, number: int, again: int) -> ImportReport:
        file = self._files[number]
        report = self._accounts[number].report(file.name, file.sha256)
        report = replace(
            report,
            rows_kept=report.rows_kept - again,
            rows_duplicate=report.rows_duplicate + again,
        )
        if self._store is None:
            return report
        return replace(report, notes=(*report.notes, f"Its rows lie under {self._store}."))

    @contextmanager
    def _settings(self, settings: Mapping[str, str]) -> Iterator[None]:
        """While inside, the session has these settings."""
        conf = self._engine.session.conf
        before = {key: conf.get(key) for key in settings}
        for key, value in settings.items():
            conf.set(key, value)
        try:
            yield
        finally:
            for key, was in before.items():
                conf.set(key, was) if was is not None else conf.unset(key)
