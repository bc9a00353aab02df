"""Files under results/ as rows: Parquet, CSV by contract, and the manifest.

Missing: a null and a NaN are both None; an empty cell of a CSV file is None, or "" for a text.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.errors import FileFault

Row = TypeVar("Row")
REMEDY = "Make the results again with `tolok score`."
_TRUE = ("true", "1", "t")


@dataclass(frozen=True)
class Erratum:
    """One change of the rules after the lock; of a note that is only named, its name alone."""

    name: str
    recorded_on: date | None = None
    reason: str = ""
    replaces_rules_sha256: str = ""
    changes: tuple[str, ...] = ()


MAY_LACK = ("comments", "follower_readings")
"""Kinds of record that an edition can be scored without."""


@dataclass(frozen=True)
class Manifest:
    """What results/manifest.json says of the run; what it leaves out is empty."""

    tolok_version: str
    commit: str
    seed: str
    lock_hash: str
    inputs: tuple[Mapping[str, Any], ...]
    record_counts: Mapping[str, int]
    errata: tuple[Erratum, ...]

    def records(self, kind: str) -> int | None:
        """How many records of a kind there are.

        Missing: None where the manifest does not say, and where nothing of a kind that an edition
        may do without was brought: no comment collected is not the same as no comment made.
        """
        count = self.record_counts.get(kind)
        return None if kind in MAY_LACK and not count else count


def read_parquet(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """The rows of a Parquet file, in the order of the file.

    Raises: FileFault where the file is absent, is no Parquet, or lacks a column.
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # rows are dataclasses
    try:
        table = pq.read_table(path, partitioning=None)
    except FileNotFoundError as error:
        raise FileFault(path.name, "there is no such file.", remedy=REMEDY) from error
    except pa.ArrowInvalid as error:
        raise FileFault(path.name, f"is not Parquet: {error}.", remedy=REMEDY) from error
    _check_columns(path, names, table.column_names)
    columns = [_values(table.column(name)) for name in names]
    return tuple(kind(*row) for row in zip(*columns, strict=True))


def read_csv(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """The rows of a CSV file, each cell in the type of its field.

    Raises: FileFault where the file is absent, lacks a column, or a cell is of the wrong type.
    """
    wanted = {field.name: str(field.type) for field in fields(kind)}  # type: ignore[arg-type]  # rows are dataclasses
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            _check_columns(path, list(wanted), list(reader.fieldnames or ()))
            return tuple(
                kind(
                    **{
                        name: _cell(path, reader.line_num, row[name], wanted[name])
                        for name in wanted
                    }
                )
                for row in reader
            )
    except FileNotFoundError as error:
        raise FileFault(path.name, "there is no such file.", remedy=REMEDY) from error


def read_manifest(path: Path) -> Manifest:
    """The manifest of a run.

    Raises: FileFault where the file is absent or is not JSON.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise FileFault(path.name, "there is no such file.", remedy=REMEDY) from error
    except json.JSONDecodeError as error:
        raise FileFault(path.name, f"is not JSON: {error}.", remedy=REMEDY) from error
    return Manifest(
        tolok_version=str(data.get("tolok_version") or ""),
        commit=str(data.get("commit") or ""),
        seed="" if data.get("seed") is None else str(data["seed"]),
        lock_hash=str(data.get("lock_hash") or ""),
        inputs=tuple(data.get("inputs") or ()),
        record_counts=dict(data.get("record_counts") or {}),
        errata=tuple(_erratum(note) for note in data.get("errata") or ()),
    )


def _erratum(note: object) -> Erratum:
    if not isinstance(note, dict):
        return Erratum(name=str(note))
    return Erratum(
        name=str(note.get("number") or ""),
        recorded_on=_day(str(note.get("recorded_at") or "")),
        reason=str(note.get("reason") or ""),
        replaces_rules_sha256=str(note.get("replaces_rules_sha256") or ""),
        changes=tuple(str(change) for change in note.get("changes") or ()),
    )


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _check_columns(path: Path, wanted: list[str], found: list[str]) -> None:
    absent = [name for name in wanted if name not in found]
    if absent:
        raise FileFault(path.name, f"has no column {', '.join(absent)}.", remedy=REMEDY)


def _values(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [None if value != value else value for value in values]  # noqa: PLR0124 -- only NaN differs from itself
    return values


def _cell(path: Path, line: int, text: str, kind: str) -> Any:
    if "str" in kind:
        return text
    if text == "":
        return None
    read: Callable[[str], Any] = int if "int" in kind else float
    if "bool" in kind:
        return text.lower() in _TRUE
    try:
        return read(text)
    except ValueError as error:
        problem = f"{text!r} is no number."
        raise FileFault(path.name, problem, line=line, remedy=REMEDY) from error
