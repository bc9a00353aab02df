"""The text of Spark's queries that make parts of checked rows; nothing is run here.

Checked rows are those of `chunk_schema`; `chunks` has, for every piece, the rows before it and the
file that it is of. Good rows are those of a part, with the number of their file.
"""

from collections.abc import Sequence

from tolok.store.schema import REJECTS, Table
from tolok.store.staging import SOURCE, content_columns

CHUNKS = "tolok_chunks"
"""The table of pieces: file, start, rows before, name and sha256 of the file."""
_TYPES = {
    "string": "STRING",
    "int32": "INT",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMP",
}
_PLACED = f"JOIN {CHUNKS} AS c ON chunk_file = c.file AND chunk_start = c.start"


def spark_type(arrow: str) -> str:
    """The type of Spark that stands for one of Arrow in our tables."""
    if arrow.startswith("list<"):
        return "ARRAY<STRING>"
    return _TYPES[arrow]


def good_sql(table: Table, staged: Sequence[str]) -> str:
    """The good rows of staged tables, numbered as in their files."""
    names = ", ".join(name for name in table.names if name not in SOURCE)
    placed = "c.sha256 AS source_sha256, source_row + c.rows_before AS source_row, c.file"
    return " UNION ALL ".join(
        f"SELECT {names}, {placed} FROM {name} {_PLACED} WHERE chunk_kind = 'good'"
        for name in staged
    )


def rejects_sql(staged: Sequence[str]) -> str:
    """The rejects of staged tables, numbered as in their files."""
    said = ", ".join(f"reject_{name} AS `{name}`" for name in ("column", "value", "reason", "raw"))
    placed = f"c.name AS file, source_row + c.rows_before AS row, {said}"
    rows = " UNION ALL ".join(
        f"SELECT {placed}, c.sha256 AS source_sha256 FROM {name} {_PLACED} "
        "WHERE chunk_kind = 'reject'"
        for name in staged
    )
    return f"SELECT {', '.join(f'`{name}`' for name in REJECTS.names)} FROM ({rows})"


def again_sql(table: Table, good: str, stored: str | None) -> str:
    """The file and row of good rows that are there before, as `duplicates` defines it.

    Only rows whose key occurs again are compared, and then in every column.
    """
    columns = ", ".join(content_columns(table))
    seen = f"SELECT {columns}, file, source_row FROM {good}"
    if stored is not None:
        seen += f" UNION ALL SELECT {columns}, -1 AS file, 0 AS source_row FROM {stored}"
    turn = f"row_number() OVER (PARTITION BY {columns} ORDER BY file, source_row) AS turn"
    return (
        f"WITH seen AS (SELECT *, xxhash64({', '.join(table.key)}) AS content FROM ({seen})), "
        "twice AS (SELECT content FROM seen GROUP BY content "
        "HAVING count(*) > 1 AND max(file) >= 0) "
        f"SELECT file, source_row FROM (SELECT file, source_row, {turn} FROM seen "
        "LEFT SEMI JOIN twice ON seen.content = twice.content) WHERE turn > 1 AND file >= 0"
    )


def kept_sql(table: Table, good: str, again: str) -> str:
    """The good rows that are new, in the columns of a part."""
    new = f"{good} LEFT ANTI JOIN {again} USING (file, source_row)"
    return f"SELECT {', '.join(table.names)} FROM {new}"
