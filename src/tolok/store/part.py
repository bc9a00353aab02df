"""One file's rows for one table on their way past the memory: the good ones, and the others.

The good rows are written as the part that they will be while the file is read, once. What is not
among them is rejected: taken out of the file by its row number, and looked at again.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tolok.errors import FileFault
from tolok.store.canonical import Canonical, Defaults, literal
from tolok.store.duckdb import DuckDb
from tolok.store.records import Marks, RecordFile, line_count, other_records, record_text
from tolok.store.schema import REJECTS
from tolok.store.staging import (
    BAD,
    GOOD,
    RAW_LENGTH,
    part_columns_sql,
    reject_columns_sql,
    stage_sql,
    text_columns_sql,
)
from tolok.store.tabular import UNREAD

_CHUNK_ROWS = 20_000
_CHUNK_BYTES = 1 << 26
"""Rejected records that are looked at in one go."""


@dataclass(frozen=True)
class PartSource:
    """The rows of one file for one table: the query that gives them, and how they are checked.

    `records` is the file, where it is one of records as text; `row_count` how many rows there are,
    where that is known beforehand.
    """

    name: str
    sha256: str
    canonical: Canonical
    columns: frozenset[str]
    sql: str
    defaults: Defaults
    time_zone: str
    records: RecordFile | None = None
    row_count: int | None = None

    def good_sql(self) -> str:
        """The good rows, in the columns of the part."""
        columns = part_columns_sql(self.canonical.target, self.sha256)
        return f"SELECT {columns} FROM ({self._checked(self.sql, self.columns, GOOD)})"

    def bad_sql(self, source: str = "", columns: frozenset[str] = frozenset()) -> str:
        """The other rows, or those of another query, in the columns of REJECTS."""
        rows = self._checked(source or self.sql, columns or self.columns, BAD)
        return f"SELECT {reject_columns_sql(self.name, self.sha256)} FROM ({rows})"

    def _checked(self, source: str, columns: frozenset[str], where: str) -> str:
        texts = f"SELECT {text_columns_sql(self.canonical, columns)} FROM ({source})"
        return stage_sql(self.canonical, texts, self.defaults, self.time_zone, where=where)


class _CountedOtherwise(Exception):
    """DuckDB parts the file into other records than we do."""


def write_part(engine: DuckDb, source: PartSource, part: Path, rejects: Path) -> tuple[int, int]:
    """How many rows are good, all being in `part`, and how many are not, all in `rejects`.

    Raises: FileFault where the file as a whole cannot be read.
    """
    with engine.one_thread() if source.records else nullcontext():
        good = engine.convert(source.good_sql(), part, file=source.name)
    if good == source.row_count:
        return good, 0
    if source.records is not None:
        written = f"SELECT source_row AS row FROM read_parquet({literal(str(part))})"
        rows = engine.query(written)["row"].to_numpy()
        if _are_all(rows, source.records):
            return good, 0
        try:
            return good, _write_others(engine, source, source.records, _marked(rows), rejects)
        except _CountedOtherwise:
            pass
    return good, engine.convert(source.bad_sql(), rejects, file=source.name)


def _are_all(rows: npt.NDArray[np.int64], file: RecordFile) -> bool:
    """Whether these rows of a file are all that it has, in one look at its lines.

    A record takes a line at least. A file with blank lines, or line ends in its records, has more
    lines than records; then nothing is said.
    """
    last = len(rows) + file.first_row - 1
    return int(rows.max(initial=last)) == last == line_count(file.path)


def _marked(rows: npt.NDArray[np.int64]) -> Marks:
    """For each row from 0 to the last one let in, whether it was."""
    marks = np.zeros(int(rows.max(initial=0)) + 1, np.bool_)
    marks[rows] = True
    return marks


def _write_others(
    engine: DuckDb, source: PartSource, file: RecordFile, let_in: Marks, path: Path
) -> int:
    """The number of records that were not let in, written in the columns of REJECTS."""
    head, count = b"", 0
    with pq.ParquetWriter(path, REJECTS.arrow_schema, compression="zstd") as writer:
        for records in _chunks(file, let_in):
            for row in range(1, file.first_row):
                head += records.pop(row, b"")
            if not records:
                continue
            rejects = _rejects(engine, source, file, head, records)
            # All that was not let in must be bad, else these are other rows.
            if rejects["row"].to_pylist() != list(records):
                raise _CountedOtherwise
            writer.write_table(rejects)
            count += len(records)
    return count


def _chunks(file: RecordFile, let_in: Marks) -> Iterator[dict[int, bytes]]:
    """The records that were not let in, by row, some at a time."""
    records: dict[int, bytes] = {}
    size = 0
    try:
        for row, record in other_records(file, let_in):
            records[row] = record
            size += len(record)
            if len(records) == _CHUNK_ROWS or size > _CHUNK_BYTES:
                yield records
                records, size = {}, 0
    except ValueError:
        raise _CountedOtherwise from None
    yield records


def _rejects(
    engine: DuckDb, source: PartSource, file: RecordFile, head: bytes, records: dict[int, bytes]
) -> pa.Table:
    """The rejects of some records, by row; a record that is good after all is left out."""
    with TemporaryDirectory(dir=engine.spill_folder) as folder:
        taken, found = Path(folder, "taken"), Path(folder, "found.parquet")
        taken.write_bytes(head + b"".join(map(_ended, records.values())))
        places = range(file.first_row, file.first_row + len(records))
        texts = [record_text(record, RAW_LENGTH) for record in records.values()]
        rows = pa.table({"place": pa.array(places, pa.int64()), "row": list(records), "raw": texts})
        again = (
            "SELECT brought.row, brought.raw, again.* EXCLUDE (row) "
            f"FROM ({file.rows_sql(taken)}) AS again JOIN brought ON again.row = brought.place"
        )
        try:
            with engine.lent("brought", rows):
                bad = source.bad_sql(again, source.columns | {"raw"})
                engine.convert(bad, found, file=source.name)
        except FileFault:
            raise _CountedOtherwise from None
        return _explained(pq.read_table(found).sort_by("row"), file, records)


def _explained(rejects: pa.Table, file: RecordFile, records: dict[int, bytes]) -> pa.Table:
    """The rejects, with what is wrong with records that DuckDB could not read."""
    told = zip(rejects["row"].to_pylist(), rejects["reason"].to_pylist(), strict=True)
    reasons = [file.fault(records[row]) if said == UNREAD else said for row, said in told]
    place = rejects.schema.get_field_index("reason")
    explained = rejects.set_column(place, "reason", pa.array(reasons, pa.string()))
    return explained.cast(REJECTS.arrow_schema)


def _ended(record: bytes) -> bytes:
    return record if record.endswith(b"\n") else record + b"\n"
