"""The engine's part of scoring, and an import, by DuckDB and by Spark on two workers.

Each worker is a process of its own, as on a cluster, but all are on this machine: what rows cost on
the way from one machine to another is not in it.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.imports import Tally
from benchmarks.metrics import THREADS
from benchmarks.processes import cpu_s
from benchmarks.scale.data import Data, begin_edition
from benchmarks.timing import Comparison, Run
from tolok.pipeline.flags import FlagTables, make_flags
from tolok.pipeline.importing import ImportOptions, Place, import_files
from tolok.pipeline.machine import Machine, open_engine
from tolok.pipeline.panel import CountedTables, WeeklyTables
from tolok.pipeline.progress import silent
from tolok.pipeline.tables import EditionTables, make_tables
from tolok.pipeline.workspace import Workspace
from tolok.store.layout import attach_store

RIVAL = "two workers"
MOST_ROWS = 9.0
"""Millions of rows up to which Spark is run: ten times as many would take hours."""
DUCKDB = Machine(threads=THREADS)
SPARK = Machine(
    engine="spark",
    spark={"spark.master": "local-cluster[2,1,2048]", "spark.driver.memory": "2g"},
)
_EXACT = 1e-9
"""How far two fractions may be apart, as a share of them; all else must be equal."""


def spark_is_there() -> bool:
    """Whether PySpark and Java are installed."""
    has_java = shutil.which("java") or "JAVA_HOME" in os.environ
    return bool(find_spec("pyspark") and has_java)


@dataclass(frozen=True)
class Made:
    """What an engine made, by name, and the seconds until its first table could be read."""

    tables: Mapping[str, pa.Table] = field(repr=False)
    start_wall_s: float
    start_cpu_s: float

    def differences(self, other: "Made") -> str:
        """The tables that differ, with the first column that does; nothing where all are equal."""
        if self.tables.keys() != other.tables.keys():
            return f"{sorted(self.tables.keys() ^ other.tables.keys())} are made by one alone"
        told = {name: _differs(table, other.tables[name]) for name, table in self.tables.items()}
        return "; ".join(f"{name}: {what}" for name, what in told.items() if what)


@dataclass(frozen=True)
class TablesBy:
    """From the store to posts, metrics, weekly tables, summaries and flags, on an engine."""

    folder: Path
    machine: Machine

    def __call__(self) -> Made:
        """Every table that is handed on to scores and pages."""
        begun, before = time.perf_counter(), cpu_s()
        work = Workspace(self.folder)
        with open_engine(self.machine, work.layout.spill) as engine:
            start = time.perf_counter() - begun, cpu_s() - before
            attach_store(engine, work.layout)
            tables = make_tables(engine, work.rules, work.registry, silent)
            flagged = make_flags(engine, work.rules, tables.weekly)
        if self.machine.engine == "spark":
            end_spark()
        return Made(dict(all_tables(tables, flagged)), *start)


@dataclass(frozen=True)
class ImportBySpark:
    """All files into a fresh store by Spark, whose workers run the same checks in Python."""

    data: Data

    def __call__(self) -> Tally:
        """Rows kept and rejected."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            edition = Path(folder) / "edition"
            begin_edition(self.data, edition)
            place = Place(machine=SPARK)
            reports = import_files(edition, self.data.files, ImportOptions(), place=place)
        end_spark()
        return sum(r.rows_kept for r in reports), sum(r.rows_rejected for r in reports)


def end_spark() -> None:
    """End the program that a session leaves running until Python ends, so that it is counted."""
    from pyspark import SparkContext  # noqa: PLC0415 -- may be absent

    gateway: Any = SparkContext._gateway  # noqa: SLF001 -- PySpark has no other door
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()


def all_tables(tables: EditionTables, flagged: FlagTables) -> Iterator[tuple[str, pa.Table]]:
    """Every table of an edition with its name."""
    yield from _weekly("weekly", tables.weekly)
    yield "metrics", tables.metrics
    yield from tables.summaries.items()
    yield "unknown accounts", tables.unknown_accounts
    yield "records", _pairs(tables.record_counts)
    yield "formulas", tables.formulas.sums
    yield "followers of formulas", tables.formulas.audience
    yield "flags", pa.Table.from_pylist(flagged.flags)
    yield "flagged posts", flagged.evidence
    yield "posts left out", _pairs(flagged.left_out_counts)
    if flagged.without:
        yield from _weekly("without flagged posts", flagged.without)


def starts(comparison: Comparison) -> dict[str, float]:
    """What starting took of each side's seconds, as cells of a row; none where it was not told."""
    sides = {"ours": comparison.ours, "rival": comparison.rival}
    return {
        f"{side}_start_{what}": round(statistics.median(_starts(runs, what)), 2)
        for side, runs in sides.items()
        for what in ("wall_s", "cpu_s")
        if isinstance(runs[0].result, Made)
    }


def _starts(runs: Sequence[Run], what: str) -> list[float]:
    return [getattr(run.result, f"start_{what}") for run in runs]


def _weekly(name: str, tables: CountedTables) -> Iterator[tuple[str, pa.Table]]:
    for metric, table in tables.metrics:
        yield f"{name}, {metric.name}", table
    for measure, table in tables.histograms.items():
        yield f"{name}, histogram of {measure}", table
    if isinstance(tables, WeeklyTables):
        yield f"{name}, kinds", tables.kinds
        yield f"{name}, audience", tables.audience
        for part, counted in tables.counted.items():
            yield from _weekly(f"{name}, {' '.join(part)}", counted)


def _pairs(counts: Mapping[str, int]) -> pa.Table:
    return pa.table({"name": list(counts), "count": list(counts.values())})


def _differs(ours: pa.Table, other: pa.Table) -> str:
    if ours.column_names != other.column_names:
        return f"columns {ours.column_names} and {other.column_names}"
    if ours.num_rows != other.num_rows:
        return f"{ours.num_rows:,} and {other.num_rows:,} rows"
    ours, other = (_in_order(table) for table in (ours, other.cast(ours.schema)))
    for name, column in zip(ours.column_names, ours.columns, strict=True):
        is_same = _near if pa.types.is_floating(column.type) else pa.ChunkedArray.equals
        if not is_same(column, other[name]):
            return f"column {name}"
    return ""


def _in_order(table: pa.Table) -> pa.Table:
    """The rows by all that is no fraction: equal fractions need not have the same last digit."""
    keys = [one.name for one in table.schema if not pa.types.is_floating(one.type)]
    return table.sort_by([(name, "ascending") for name in keys]) if keys else table


def _near(ours: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    if not ours.is_null().equals(other.is_null()):
        return False
    one, two = (column.to_numpy() for column in (ours, other))
    return bool(np.allclose(one, two, rtol=_EXACT, atol=0, equal_nan=True))
