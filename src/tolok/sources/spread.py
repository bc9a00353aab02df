"""Canonical tables for Spark: landed or left where they lie, and told apart by how they begin.

What workers then do with them is `store.spark_ingest`'s.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from struct import unpack

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.errors import FileFault, InputError
from tolok.methodology.edition import Edition
from tolok.sources.batch import Batch, defaults_of
from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.formats.canonical import BOM, PARQUET, hint, schema_of, table_of
from tolok.sources.imports import check_options, maps_of, mend_exchange, silent
from tolok.sources.listing import Listed, listed_files
from tolok.sources.mapped import Maps
from tolok.sources.pieces import JsonPiece, ParquetPiece, WholeFile
from tolok.sources.plain import is_wrapped
from tolok.sources.raw import Landed, Options, clear_arrivals, left_afar, note_options, unland
from tolok.store.canonical import CANONICAL
from tolok.store.chunk import ChunkReader
from tolok.store.ingest import Ingest, Progress
from tolok.store.layout import Layout, alone, check_store
from tolok.store.report import ImportReport
from tolok.store.spark import Spark
from tolok.store.spark_files import FileAt
from tolok.store.spark_ingest import SparkFile, SparkIngest

_HEAD = 1 << 24
"""Bytes of a file elsewhere that are looked at, to tell what it is."""
_ELSE = "Import it without --engine spark."
_READ_ALIKE = (
    pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_float32,
    pa.types.is_float64, pa.types.is_boolean, pa.types.is_decimal, pa.types.is_date,
)  # fmt: skip
"""Types of a Parquet file that Spark and DuckDB take for the same."""


@dataclass(frozen=True)
class Spread:
    """The engine whose workers read, and the address of the store, None for the edition's own.

    `progress` is told of every step.
    """

    engine: Spark
    store: str | None = None
    progress: Progress = silent


def import_spread(
    layout: Layout,
    edition: Edition,
    files: Iterable[Path | str],
    options: Options,
    spread: Spread,
) -> list[ImportReport]:
    """The account of each file, in the order given; what is no path is an address for Spark.

    All files come in, or none, as in `import_files`, whose results these are to the last row. Files
    of this machine are landed; others stay where they lie, and their address is noted.

    Raises: as import_files; InputError where Spark or its workers cannot do their work.
    """
    check_options(options)
    zone = edition.window.time_zone
    with alone(layout):
        mend_exchange(layout)
        check_store(layout, zone)
        clear_arrivals(layout)
        with Ingest(layout, zone) as ingest:
            queue = SparkIngest(spread.engine, layout, zone, spread.store)
            batch = SpreadBatch(layout, ingest, maps_of(layout), (spread.engine, queue))
            for number, file in enumerate(_listed(spread.engine, files, ingest.folder / "zip")):
                spread.progress("look at files", number, number + 1)
                if isinstance(file, Listed):
                    batch.bring(file, options)
                else:
                    batch.bring_afar(file, options)
            return batch.finish(spread.progress)


def _listed(engine: Spark, files: Iterable[Path | str], folder: Path) -> Iterable[Listed | FileAt]:
    """Each file of the command, those in folders too."""
    found = 0
    named = list(files)
    for file in named:
        inside = (
            engine.files.listed(file) if isinstance(file, str) else listed_files([file], folder)
        )
        for one in inside:
            found += 1
            yield one
    if not found:
        places = ", ".join(map(str, named))
        raise FileFault(places, "holds no file.", remedy="Name a file, or another folder.")


class SpreadBatch(Batch):
    """Canonical files on their way to the workers of Spark, which read them all at once."""

    def __init__(
        self, layout: Layout, ingest: Ingest, maps: Maps, spread: tuple[Spark, SparkIngest]
    ) -> None:
        super().__init__(layout, ingest, maps)
        self._engine, self._queue = spread
        self._afar: dict[str, FileAt] = {}
        self._heads: dict[str, Path] = {}

    def bring_afar(self, file: FileAt, options: Options) -> None:
        """Read a file where it lies, unless its bytes were read in the same way already."""
        self._count += 1
        self._looked = None
        listed = Listed(Path(file.name), file.name)
        try:
            sha256 = self._engine.files.sha256(file.address)
            self._heads[sha256] = self._head(file)
        except InputError as fault:
            self._refuse(listed, options, fault)
            return
        self._afar[sha256] = file
        self._take(left_afar(self._layout, sha256, file.name, file.bytes), listed, options)

    def finish(
        self, progress: Progress, *, noted_later: Collection[str] = ()
    ) -> list[ImportReport]:
        """The account of each file brought, once all that is new is in the store."""
        self.check()
        if self.changed:
            names = ", ".join(landed.name for landed, _ in self.changed.values())
            raise InputError(
                f"{names}: imported before with other options, and rows of it are in the store. "
                "Spark does not read all files again. Import them without --engine spark, or into "
                "another edition."
            )
        if not self.accepted:
            return self.accounts([])
        try:
            self._faults += self._queue.stage(progress)
        except InputError:
            for landed in self._landed:
                unland(landed)
            raise
        self.make_ready(noted_later)
        return self.accounts(self._queue.finish(progress))

    def note(self, hashes: Iterable[str]) -> None:
        """Write down how accepted files are read, and where those lie that did not land."""
        for sha256 in hashes:
            afar = self._afar.get(sha256)
            landed, options = self.accepted[sha256]
            address = None if afar is None else afar.address
            note_options(landed, options, self._formats[sha256], address=address)

    def _stage(self, landed: Landed, options: Options) -> Options:
        """The options with which a file will be read, its place in the queue being taken."""
        head, self._looked = self._looked, None
        at = self._afar.get(landed.sha256)
        path = landed.path if at is None else self._heads[landed.sha256]
        _refuse_unread(path, landed.name)
        brought = Brought(path, landed.name) if head is None else head[0]
        found: Format = self._found(brought, options) if head is None else head[1]
        if found.name != "canonical":
            problem = f"is a file of {found.name}, which Spark does not read."
            raise FileFault(landed.name, problem, remedy=_ELSE)
        if at is None:
            at = self._engine.files.at(f"file://{landed.path.resolve()}")
        self._queue.add(spark_file(at, landed, brought), defaults_of(options))
        self._formats[landed.sha256] = found.name
        return options

    def _head(self, file: FileAt) -> Path:
        """The first bytes of a file elsewhere; of Parquet, what tells its columns."""
        copy = self._engine.files.copy_part
        path = self._ingest.folder / f"head-{self._count}"
        copy(file, 0, min(file.bytes, len(PARQUET)), path)
        if path.read_bytes() != PARQUET or file.bytes < 12:
            path.unlink()
            copy(file, 0, min(file.bytes, _HEAD), path)
            return path
        end = path.with_suffix(".end")
        copy(file, file.bytes - 8, 8, end)
        (length,) = unpack("<I", end.read_bytes()[:4])
        size = min(length + 8, file.bytes - len(PARQUET))
        copy(file, file.bytes - size, size, path)
        return path


def spark_file(at: FileAt, landed: Landed, brought: Brought) -> SparkFile:
    """How Spark is to read a canonical file.

    Raises: FileFault for a Parquet file with a column that Spark takes for something else.
    """
    table = table_of(brought)
    reader: ChunkReader = WholeFile()
    rows, columns, is_parted = None, None, True
    mark = BOM if brought.start.startswith(BOM) else b""
    if brought.start.startswith(PARQUET):
        reader, columns = ParquetPiece(table), _parquet_columns(brought, table)
        rows = pq.read_metadata(brought.path).num_rows
    elif brought.is_lines and not mark:
        reader = JsonPiece(table)
    else:
        is_parted = False
    remedy = None if brought.is_json else hint(brought)
    stated = at, landed.name, landed.sha256, table, reader
    return SparkFile(*stated, rows, columns, is_parted, mark, remedy)


def _parquet_columns(brought: Brought, table: str) -> tuple[str, ...]:
    schema = schema_of(brought.path, brought.name)
    known = [schema.field(name) for name in CANONICAL[table].columns if name in schema.names]
    for one in known:
        if not _is_read_alike(one.type):
            problem = f"is of type {one.type}, which Spark takes for something else."
            raise FileFault(brought.name, problem, column=one.name, remedy=_ELSE)
    return tuple(one.name for one in known if not pa.types.is_null(one.type))


def _is_read_alike(kind: pa.DataType) -> bool:
    """Whether Spark gives the cells of a column as DuckDB would read them."""
    if pa.types.is_dictionary(kind):
        return _is_read_alike(kind.value_type)
    if pa.types.is_timestamp(kind):
        return kind.unit in {"ms", "us"}
    if pa.types.is_nested(kind):
        parts = [kind.field(place).type for place in range(kind.num_fields)]
        others = pa.types.is_null, pa.types.is_uint64
        is_known = not any(is_one(part) for part in parts for is_one in others)
        return is_known and all(map(_is_read_alike, parts))
    return pa.types.is_null(kind) or any(is_one(kind) for is_one in _READ_ALIKE)


def _refuse_unread(path: Path, name: str) -> None:
    """Nothing, if Spark can look at a file of this beginning and name.

    Raises: FileFault.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if is_wrapped(start):
        problem = "is packed, or is no UTF-8, which Spark cannot share among workers."
        raise FileFault(name, problem, remedy=_ELSE)
    if name.startswith(("_", ".")):
        raise FileFault(name, "has a name that Spark leaves out.", remedy="Rename it.")
