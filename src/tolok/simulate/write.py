"""Files of which the same content always makes the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tolok.model import Account, Institution, Lineage

ROW_GROUP = 65_536
INSTITUTION_COLUMNS = (
    "institution_id", "institution", "short_name", "cluster", "kind", "valid_from", "valid_to",
    "evidence",
)  # fmt: skip
ACCOUNT_COLUMNS = (
    "account_id", "institution_id", "platform", "handle", "platform_id", "url", "role", "counts",
    "counts_reason", "valid_from", "valid_to", "grade", "checked_on", "evidence", "past_handles",
)  # fmt: skip
LINEAGE_COLUMNS = ("predecessor_id", "successor_id", "change", "effective_on", "evidence")


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer whose options are all stated, so that no default of a release decides bytes."""
    return pq.ParquetWriter(
        path,
        schema,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=1,
        use_dictionary=["platform", "account_id", "kind", "origin", "language", "missing"]
        if "missing" in schema.names
        else ["platform"],
        write_statistics=True,
    )


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """The number of rows written below the header."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def write_registry(path: Path, rows: Iterable[Institution | Account | Lineage]) -> int:
    """A registry file: its columns by the kind of its rows, dates in ISO 8601, yes and no."""
    listed = list(rows)
    columns: Sequence[str] = {
        Institution: INSTITUTION_COLUMNS,
        Account: ACCOUNT_COLUMNS,
        Lineage: LINEAGE_COLUMNS,
    }[type(listed[0])]
    return write_csv(path, columns, ([_cell(getattr(row, c)) for c in columns] for row in listed))


def json_line(document: dict[str, Any]) -> bytes:
    """One line of an NDJSON file."""
    return msgspec.json.encode(document) + b"\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, tuple) else str(value)
