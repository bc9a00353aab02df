"""The text of the queries that bring rows of text to the tables of the store; nothing is run here.

A checked row has the columns of its table but for its source, and beside them: `row`, its place in
its file; `fault`, null for a good row; `raw`, what a bad row was in the file. A staged row has in
front of that `file`, the number of its file in the batch.
"""

from collections.abc import Collection
from pathlib import Path

from tolok.model import COUNTS
from tolok.store.canonical import Canonical, Defaults, literal
from tolok.store.schema import Table

SOURCE = ("source_sha256", "source_row")
BROKEN = "broken"
"""A column that a reader may give: why a row could not even be taken apart; null if it could."""
RAW_LENGTH = 2_000
"""Characters of a rejected row that are kept."""
_FAULT = 'STRUCT("column" VARCHAR, "value" VARCHAR, "reason" VARCHAR)'
_VALUE_LENGTH = 200
_SPACES = (32, 10, 13, 9, 160, 0x2800)
"""Code points of white space: blank, line ends, tab, no-break space, and the braille blank that
captions on Instagram are spaced with."""


def staged_name(canonical: Canonical) -> str:
    """The name of the table in which an engine holds staged rows."""
    return f"staged_{canonical.name}"


def content_columns(table: Table) -> tuple[str, ...]:
    """The columns that make two rows the same reading, whatever file they came in."""
    derived = {"published_on", "observed_on", "text_hash", *SOURCE}
    return tuple(name for name in table.names if name not in derived)


def hashed_columns(table: Table) -> tuple[str, ...]:
    """The content columns, a text by its hash: enough to find rows that may be the same."""
    return tuple(
        "text_hash" if n == "text" and "text_hash" in table.names else n
        for n in content_columns(table)
    )


def part_columns_sql(table: Table, sha256: str) -> str:
    """The columns of a part, from staged rows of the file of this hash."""
    names = [name for name in table.names if name not in SOURCE]
    return f"{', '.join(names)}, {literal(sha256)} AS source_sha256, row AS source_row"


def staged_part_sql(table: Table, path: Path, file: int) -> str:
    """The rows of a file that was staged as a part, as staged rows."""
    names = [name for name in table.names if name not in SOURCE]
    placed = f"{file}::INTEGER AS file, source_row AS row, NULL::{_FAULT} AS fault"
    source = f"read_parquet({literal(str(path))})"
    return f"SELECT {', '.join(names)}, {placed}, NULL::VARCHAR AS raw FROM {source}"


def empty_stage_sql(canonical: Canonical) -> str:
    """A query of no rows with the columns of staged ones."""
    table = canonical.target
    columns = [f"NULL::{c.type} AS {c.name}" for c in table.columns if c.name not in SOURCE]
    placed = f"NULL::BIGINT AS row, NULL::{_FAULT} AS fault, NULL::VARCHAR AS raw"
    return f"SELECT NULL::INTEGER AS file, {', '.join(columns)}, {placed} WHERE false"


def stage_sql(
    canonical: Canonical, relation: str, defaults: Defaults, time_zone: str, *, where: str = ""
) -> str:
    """The rows of a relation of text columns as checked rows, the bad ones with their fault.

    `where` may keep good rows alone, GOOD, or bad ones, BAD.
    """
    fields = canonical.fields(defaults)
    checks = [check for field in fields for check in field.checks]
    typed = ", ".join(f"{field.value} AS t_{field.name}" for field in fields)
    whens = " ".join(f"WHEN {check.is_bad} THEN {n}" for n, check in enumerate(checks, start=1))
    faults = [f"WHEN 0 THEN {_fault('row', 'raw', BROKEN)}"]
    faults += [
        f"WHEN {number} THEN {_fault(check.column, check.column, literal(check.reason))}"
        for number, check in enumerate(checks, start=1)
    ]
    final = [
        f"{_final(column.name, defaults, time_zone)}::{column.type} AS {column.name}"
        for column in canonical.target.columns
        if column.name not in SOURCE
    ]
    # The place of the first check that does not hold: cheap to make, and mostly null.
    failed = f"CASE WHEN {BROKEN} IS NOT NULL THEN 0 {whens} END"
    query = f"SELECT *, {typed} FROM ({relation})"
    query = f"SELECT *, {failed} AS failed FROM ({query}) {where}"
    if "text_hash" in canonical.target.names:
        query = f"SELECT *, {bare_text_sql('t_text')} AS t_bare FROM ({query})"
    fault = f"CASE WHEN failed IS NOT NULL THEN CASE failed {' '.join(faults)} END END"
    raw = f"CASE WHEN failed IS NOT NULL THEN {_raw_sql(canonical)} END"
    placed = f"row, {fault}::{_FAULT} AS fault, {raw} AS raw"
    return f"SELECT {', '.join(final)}, {placed} FROM ({query})"


GOOD, BAD = "WHERE failed IS NULL", "WHERE failed IS NOT NULL"


def reject_columns_sql(file: str, sha256: str) -> str:
    """The columns of REJECTS, from checked rows of the file of this name and hash."""
    fault = 'fault."column", fault."value", fault.reason'
    return f"{literal(file)} AS file, row, {fault}, raw, {literal(sha256)} AS source_sha256"


def text_columns_sql(canonical: Canonical, given: Collection[str]) -> str:
    """The columns of a canonical table as text, null where the relation does not have them."""
    columns = [name if name in given else f"NULL::VARCHAR AS {name}" for name in canonical.columns]
    broken = [name if name in given else f"NULL::VARCHAR AS {name}" for name in (BROKEN, "raw")]
    return ", ".join(["row", *columns, *broken])


def _raw_sql(canonical: Canonical) -> str:
    """What a row was in its file: as its reader says, or else its cells as JSON."""
    cells = ", ".join(f"{name} := {name}" for name in canonical.columns)
    # merging leaves out what is null
    cells = f"json_merge_patch('{{}}', to_json(struct_pack({cells})))::VARCHAR"
    return f"left(coalesce(raw, {cells}), {RAW_LENGTH})"


def bare_text_sql(text: str) -> str:
    """A text in lower case without its white space: what two copies of a caption share.

    Leaving white space out costs half of folding it, and a regular expression four times as much.
    """
    bare = f"lower({text})"
    for space in _SPACES:
        bare = f"replace({bare}, chr({space}), '')"
    return bare


def _fault(column: str, value: str, reason: str) -> str:
    return (
        f"{{'column': {literal(column)}, 'value': left({value}, {_VALUE_LENGTH}), "
        f"'reason': {reason}}}"
    )


def _final(name: str, defaults: Defaults, time_zone: str) -> str:
    """SQL of a column of the store, from the typed columns of the relation."""
    if name == "is_listing":
        return str(defaults.is_complete)
    if name.removesuffix("_missing") in COUNTS and name.endswith("_missing"):
        count = name.removesuffix("_missing")
        return f"CASE WHEN t_{count} IS NULL THEN coalesce(t_missing.{count}, 'not_collected') END"
    if name == "is_institution":
        return "coalesce(t_is_institution, false)"
    if name in {"published_on", "observed_on"}:
        instant = f"t_{name.removesuffix('_on')}_at"
        return f"({instant} AT TIME ZONE {literal(time_zone)})::DATE"
    return "CASE WHEN t_bare <> '' THEN md5(t_bare) END" if name == "text_hash" else f"t_{name}"
