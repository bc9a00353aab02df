"""A piece of a brought file as a worker of Spark checks it: by the importer, as a file of its own.

Spark only says which lines or rows belong to the piece. They are written to the worker's disk and
imported into an edition that exists for that moment; what came in, what was rejected and the report
go back as one stream of one schema. Rows are numbered within the piece: which piece has how many is
known only when all were read (`chunk_account`).
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.errors import FileFault, InputError
from tolok.release import code_sha256
from tolok.store.canonical import CANONICAL, Defaults
from tolok.store.duckdb import DuckDbSettings
from tolok.store.ingest import Ingest, Relation
from tolok.store.layout import Layout
from tolok.store.schema import REJECTS, Table
from tolok.store.spark_faults import OTHER_TOLOK
from tolok.store.spark_files import file_key

ADDRESS, START, LINE = "chunk_address", "chunk_start", "chunk_line"
"""Columns that tell of a row which file it is from, where its piece begins, and its bytes."""
_MACHINE = DuckDbSettings(threads=1, memory_limit="512MB")
"""A worker has many tasks side by side; what does not fit goes to its disk."""
_SAID = ("column", "value", "reason", "raw")
_ROWS = 20_000

Place = tuple[str, int]
"""A piece: the address of its file, and the byte at which it begins."""


@dataclass(frozen=True)
class ChunkRows:
    """The rows of a piece as a format reads them, and what was taken for granted in that."""

    relations: Sequence[Relation]
    notes: tuple[str, ...] = ()


class ChunkReader(Protocol):
    """What makes rows of a piece that lies in a file; it travels to the workers."""

    def __call__(self, path: Path, name: str, folder: Path) -> ChunkRows:
        """The rows of the piece; copies may go to the folder."""


@dataclass(frozen=True)
class ChunkFile:
    """A file as its pieces have to know it; `mark` are first bytes that Spark leaves out."""

    number: int
    name: str
    sha256: str
    mark: bytes = b""


@dataclass(frozen=True)
class ChunkTask:
    """The rows of some pieces, checked: what Spark calls on each partition of lines or rows.

    `files` are by `file_key`. Rows are told apart by `chunk_kind`: good, reject, or the account of
    a piece, which comes last.
    """

    files: Mapping[str, ChunkFile]
    table: str
    reader: ChunkReader
    defaults: Defaults
    time_zone: str
    code: str = field(default_factory=code_sha256)

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The checked rows of all pieces among the batches."""
        if code_sha256() != self.code:
            raise RuntimeError(OTHER_TOLOK)
        with TemporaryDirectory(prefix="tolok-chunk-", dir=_disk()) as folder:
            runs = (run for batch in batches for run in _runs(batch))
            for (address, start), rows in groupby(runs, key=lambda run: run[0]):
                place = file_key(address), start
                path = Path(folder, "piece")
                size = _write(path, (batch for _, batch in rows), self._mark(place))
                yield from self._checked(place, path, size)

    def _mark(self, place: Place) -> bytes:
        address, start = place
        return self.files[address].mark if start == 0 else b""

    def _checked(self, place: Place, path: Path, size: int) -> Iterator[pa.RecordBatch]:
        file, layout = self.files[place[0]], Layout(path.with_name("edition"))
        target = CANONICAL[self.table].target
        stamp = {"chunk_file": file.number, "chunk_start": place[1]}
        schema = chunk_schema(target)
        told = self._imported(file, path, layout)
        for batch in _batches(layout.part(target.name, file.sha256)):
            cells = dict(zip(batch.schema.names, batch.columns, strict=True))
            yield _filled(schema, len(batch), cells, {**stamp, "chunk_kind": "good"})
        for batch in _batches(layout.part(REJECTS.name, file.sha256)):
            cells = {f"reject_{name}": batch.column(name) for name in _SAID}
            cells["source_row"] = batch.column("row")
            yield _filled(schema, len(batch), cells, {**stamp, "chunk_kind": "reject"})
        report = json.dumps({**told, "size": size})
        account = {**stamp, "chunk_kind": "account", "chunk_report": report}
        yield _filled(schema, 1, {}, account)
        shutil.rmtree(layout.folder, ignore_errors=True)

    def _imported(self, file: ChunkFile, path: Path, layout: Layout) -> dict[str, Any]:
        """The account of the piece, its parts being in a store of its own; or what is wrong."""
        with Ingest(layout, self.time_zone, _MACHINE) as ingest:
            try:
                found = self.reader(path, file.name, ingest.folder)
                stated = file.name, file.sha256, "canonical", found.relations
                ingest.stage(*stated, self.defaults)
            except FileFault as fault:
                return {"fault": asdict(fault)}
            except InputError as error:
                return {"fault": asdict(FileFault(file.name, str(error)))}
            ingest.note(file.sha256, found.notes)
            (report,) = ingest.finish(_silent)
        return report.to_dict()


def chunk_schema(target: Table) -> pa.Schema:
    """The columns of checked rows for a table: those of its parts, of rejects, of accounts."""
    stamp = [("chunk_kind", pa.string()), ("chunk_file", pa.int32()), ("chunk_start", pa.int64())]
    rejects = [(f"reject_{name}", pa.string()) for name in _SAID]
    parts = [(one.name, one.type) for one in target.arrow_schema if one.name != "source_sha256"]
    return pa.schema([*stamp, ("chunk_report", pa.string()), *rejects, *parts])


def _filled(
    schema: pa.Schema, count: int, cells: Mapping[str, pa.Array], same: Mapping[str, Any]
) -> pa.RecordBatch:
    """Some rows in all columns of a schema: given cells, cells that are the same, or nothing."""
    columns = []
    for one in schema:
        if one.name in cells:
            columns.append(cells[one.name].cast(one.type))
        else:
            columns.append(pa.repeat(pa.scalar(same.get(one.name), one.type), count))
    return pa.record_batch(columns, schema=schema)


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a part, none where there is no such part."""
    if path.is_file():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(_ROWS)


def _runs(batch: pa.RecordBatch) -> Iterator[tuple[Place, pa.RecordBatch]]:
    """The rows of a batch by the piece that they belong to; those of a piece come together."""
    addresses, starts = batch.column(ADDRESS), batch.column(START)
    places = list(zip(addresses.to_pylist(), starts.to_pylist(), strict=True))
    row = 0
    for place, same in groupby(places):
        count = sum(1 for _ in same)
        yield place, batch.slice(row, count).drop_columns([ADDRESS, START])
        row += count


def _write(path: Path, batches: Iterator[pa.RecordBatch], mark: bytes) -> int:
    """Write a file of a piece's lines, as they stood in its own; or of its rows, as Parquet.

    The size is that in bytes, or rows.
    """
    first = next(batches)
    if first.schema.names != [LINE]:
        rows = 0
        with pq.ParquetWriter(path, first.schema, compression="none") as writer:
            for batch in chain([first], batches):
                writer.write_batch(batch)
                rows += len(batch)
        return rows
    with path.open("wb") as file:
        file.write(mark)
        for batch in chain([first], batches):
            lines = batch.column(0).to_pylist()
            file.write(b"\n".join(lines) + b"\n")
        return file.tell()


def _disk() -> str | None:
    """The disk that Spark gives a worker for its own files; the machine's, where it says none."""
    given = os.environ.get("SPARK_LOCAL_DIRS", "").partition(",")[0]
    return given if given and Path(given).is_dir() else None


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is told."""
