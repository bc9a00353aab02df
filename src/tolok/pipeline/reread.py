"""What scoring was given, read back from results/: the panel and the frozen parameters."""

from math import inf
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import PLAIN
from tolok.model import Institution
from tolok.pipeline.panel import CountedTables, WeeklyTables, panel_of
from tolok.publish.reading import REMEDY
from tolok.scoring.counting import ALL, Part
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Key, Parameter, Reference
from tolok.store.counted import LONG_TABLES
from tolok.store.mapped import mapped_parquet
from tolok.store.results import RESULT_TABLES

PANEL_TABLES = (
    "institutions", "accounts", "histogram", "weekly_metrics", "weekly_kinds", "audience",
)  # fmt: skip


def read_tables(results: Path, names: tuple[str, ...]) -> dict[str, pa.Table]:
    """Some tables of results/, by name.

    Raises: FaultsFound with every file that is absent, is no Parquet or lacks a column.
    """
    tables: dict[str, pa.Table] = {}
    faults: list[FileFault] = []
    for name in names:
        path = results / f"{name}.parquet"
        try:
            table = mapped_parquet(path) if name in LONG_TABLES else _read(path)
        except FileNotFoundError:
            faults.append(FileFault(path.name, "there is no such file.", remedy=REMEDY))
            continue
        except pa.ArrowInvalid as error:
            faults.append(FileFault(path.name, f"is not Parquet: {error}.", remedy=REMEDY))
            continue
        absent = [one for one in RESULT_TABLES[name].names if one not in table.column_names]
        if absent:
            problem = f"has no column {', '.join(absent)}."
            faults.append(FileFault(path.name, problem, remedy=REMEDY))
        tables[name] = table
    if faults:
        raise FaultsFound(f"{results}: the results cannot be read back", faults)
    return tables


def _read(path: Path) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read()


def reread_panel(results: Path, rules: Rules) -> Panel:
    """The panel that the results were scored from, equal to it in every number.

    Raises: FaultsFound with every file that is absent, is no Parquet or lacks a column.
    """
    tables = read_tables(results, PANEL_TABLES)
    histograms, metrics = _ways(tables["histogram"]), _ways(tables["weekly_metrics"])
    empty = tables["weekly_metrics"].slice(0, 0), tables["histogram"].slice(0, 0)
    counted = {
        way: _counted(metrics.get(way, empty[0]), histograms.get(way, empty[1]), rules)
        for way in sorted(set(histograms) | set(metrics))
    }
    own = counted.pop(Part(PLAIN, ALL))
    weekly = WeeklyTables(
        metrics=own.metrics,
        histograms=own.histograms,
        kinds=tables["weekly_kinds"],
        audience=tables["audience"],
        counted=counted,
    )
    institutions = [
        Institution(row["institution_id"], row["institution"], row["short_name"], row["cluster"])
        for row in tables["institutions"].to_pylist()
    ]
    accounts = tables["accounts"]
    confirmed = set(accounts.filter(accounts["counts"])["institution_id"].to_pylist())
    return panel_of(weekly, institutions, confirmed, rules)


def _ways(table: pa.Table) -> dict[Part, pa.Table]:
    """The rows of each way in which posts were counted."""
    return {Part(*way): rows for way, rows in _split(table, Part._fields).items()}


def _counted(metrics: pa.Table, histogram: pa.Table, rules: Rules) -> CountedTables:
    return CountedTables(
        [(rules.metrics[name], rows) for (name,), rows in _split(metrics, ("metric",)).items()],
        {name: rows for (name,), rows in _split(histogram, ("measure",)).items()},
    )


def _split(table: pa.Table, columns: tuple[str, ...]) -> dict[tuple[str, ...], pa.Table]:
    """The rows of each combination of texts, in the order of these."""
    groups = table.select(columns).group_by(columns).aggregate([]).to_pylist()
    found = {}
    for group in sorted(tuple(row[name] for name in columns) for row in groups):
        chosen = pc.equal(table[columns[0]], group[0])
        for name, value in zip(columns[1:], group[1:], strict=True):
            chosen = pc.and_(chosen, pc.equal(table[name], value))
        found[group] = table.filter(chosen)
    return found


def reread_reference(results: Path) -> Reference:
    """The frozen parameters; a prior weight that was published as null is infinite.

    Raises: FaultsFound where the file is absent, is no Parquet or lacks a column.
    """
    table = read_tables(results, ("reference",))["reference"]
    return Reference({
        Key(row["category"], row["indicator"], row["platform"] or "", row["parameter"]): Parameter(
            inf if row["value"] is None else row["value"], row["unit_count"]
        )
        for row in table.to_pylist()
    })  # fmt: skip
