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
    column. Of stored rows no more than the keys is read where none of them comes again, and nothing
    where all were observed before or after the staged ones, as those of another day are.
    """
    columns = ", ".join(content_columns(canonical.target))
    engine.define("good", f"SELECT * FROM {staged_name(canonical)} WHERE fault IS NULL")
    before = _stored_sql(engine, stored)
    if not _keep_twice(engine, canonical, before):
        nothing = "SELECT 0::INTEGER AS file, 0::BIGINT AS row WHERE false"
        engine.keep(again_name(canonical), nothing)
        return
    content = f"hash({', '.join(hashed_columns(canonical.target))}) AS content"
    candidate = f"WHERE {_key(canonical)} IN (FROM twice)"
    sources = [f"SELECT {columns}, file, row, {content} FROM good {candidate}"]
    if before:
        sources.append(f"SELECT {columns}, -1 AS file, 0 AS row, {content} {before} {candidate}")
    engine.keep("candidates", " UNION ALL ".join(sources))
    same = "SELECT content FROM candidates GROUP BY content HAVING count(*) > 1"
    turn = f"row_number() OVER (PARTITION BY {columns} ORDER BY file, row)"
    engine.keep(
        again_name(canonical),
        f"SELECT file, row FROM (SELECT file, row, {turn} AS turn FROM candidates "
        f"WHERE content IN ({same})) WHERE turn > 1 AND file >= 0",
    )


def _keep_twice(engine: DuckDb, canonical: Canonical, before: str) -> bool:
    """Whether the batch has a key twice, or the store has it too; hashes of these are `twice`."""
    new = f"SELECT {_key(canonical)} AS content FROM good"
    rows = new
    if before:
        old = f"SELECT {_key(canonical)} AS content {before}"
        rows = f"{new} UNION ALL SELECT content FROM ({old}) WHERE content IN ({new})"
    again = f"SELECT content FROM ({rows}) GROUP BY content HAVING count(*) > 1"
    engine.keep("twice", again)
    return bool(engine.query("FROM twice LIMIT 1").num_rows)


def _stored_sql(engine: DuckDb, stored: Sequence[Path]) -> str:
    """FROM of the stored rows among which those with the key of a staged one are.

    An instant is part of every key. As literals its bounds let parts be passed over unread.
    Missing: empty where nothing is stored, or nothing staged.
    """
    bounds = engine.query("SELECT min(observed_at) AS low, max(observed_at) AS high FROM good")
    (row,) = bounds.to_pylist()
    if not stored or row["low"] is None:
        return ""
    listed = ", ".join(literal(str(part)) for part in stored)
    low, high = (f"TIMESTAMPTZ {literal(row[name].isoformat())}" for name in ("low", "high"))
    rows = f"FROM read_parquet([{listed}]) WHERE observed_at BETWEEN {low} AND {high}"
    return f"FROM (SELECT * {rows})"


def _key(canonical: Canonical) -> str:
    return f"hash({', '.join(canonical.target.key)})"
