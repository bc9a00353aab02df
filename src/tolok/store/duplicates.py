"""The rows of a batch that are there already, in the store or earlier in the batch.

A duplicate is a row whose every column but its source equals that of a row already there. Two
readings of one post at one time that say different things are no duplicates: files with one metric
each complement each other. Of equal rows the first stays, in the order in which files are brought;
the set of readings is the same in any order.
"""

from collections.abc import Sequence
from pathlib import Path

from tolok.store.canonical import Canonical, literal
from tolok.store.duckdb import DuckDb
from tolok.store.staging import content_columns, hashed_columns, staged_name


def again_name(canonical: Canonical) -> str:
    """The table of the (file, row) of the staged rows that are duplicates."""
    return f"{staged_name(canonical)}_again"


def mark_duplicates(engine: DuckDb, canonical: Canonical, stored: Sequence[Path]) -> None:
    """Keep under `again_name` which of the staged rows are there before, the stored parts included.

    Hashes, first of the keys alone, only find the candidates; what is dropped is equal in every
    column.
    """
    columns = ", ".join(content_columns(canonical.target))
    engine.define("good", f"SELECT * FROM {staged_name(canonical)} WHERE fault IS NULL")
    for names in (canonical.target.key, hashed_columns(canonical.target)):
        content = f"hash({', '.join(names)}) AS content"
        engine.define("hashed", f"SELECT *, {content} FROM good")
        engine.keep("stored", _stored_sql(canonical, content, stored))
        if not _keep_twice(engine):
            nothing = "SELECT 0::INTEGER AS file, 0::BIGINT AS row WHERE false"
            engine.keep(again_name(canonical), nothing)
            return
    candidates = " UNION ALL ".join(
        f"SELECT {columns}, file, row FROM {name} WHERE content IN (FROM twice)"
        for name in ("hashed", "stored")
    )
    turn = f"row_number() OVER (PARTITION BY {columns} ORDER BY file, row)"
    engine.keep(
        again_name(canonical),
        f"SELECT file, row FROM (SELECT file, row, {turn} AS turn FROM ({candidates})) "
        "WHERE turn > 1 AND file >= 0",
    )


def _keep_twice(engine: DuckDb) -> bool:
    """Whether the batch has contents twice, or the store has them too; kept as `twice`."""
    rows = "SELECT content FROM hashed UNION ALL SELECT content FROM stored"
    again = f"SELECT content FROM ({rows}) GROUP BY content HAVING count(*) > 1"
    engine.keep("twice", again)
    return bool(engine.query("FROM twice LIMIT 1").num_rows)


def _stored_sql(canonical: Canonical, content: str, stored: Sequence[Path]) -> str:
    """The rows already in the store that have the key of a staged one, before all files."""
    columns = ", ".join(content_columns(canonical.target))
    placed = f"-1 AS file, 0 AS row, {content}"
    if not stored:
        return f"SELECT {columns}, {placed} FROM good WHERE false"
    listed = ", ".join(literal(str(part)) for part in stored)
    key = ", ".join(canonical.target.key)
    return (
        f"SELECT {columns}, {placed} FROM read_parquet([{listed}]) "
        f"SEMI JOIN (SELECT DISTINCT {key} FROM good) USING ({key})"
    )
