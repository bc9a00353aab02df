"""The metrics: what Tolok does, and what an analyst would write by hand, on the same files."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.imports import feature_seconds
from tolok.methodology.rules import Rules
from tolok.metrics.run import run_metrics
from tolok.model import COUNTS
from tolok.pipeline.progress import silent
from tolok.pipeline.tables import attach_registry, make_posts
from tolok.pipeline.workspace import Workspace
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.layout import attach_store, read_parts
from tolok.store.staging import bare_text_sql

THREADS = 2
Sums = dict[str, float]
"""The sum of each metric over its groups: what two ways must agree on."""

_STORE_TABLES = {
    "observations": "observations",
    "followers": "followers",
    "comments": "comment_observations",
}
_KEYS = ("institution_id", "account_id", "platform")
_RIVAL_TABLES = (
    "account_metrics", "institution_metrics", "day_metrics", "week_metrics", "comment_metrics",
)  # fmt: skip


@dataclass(frozen=True)
class MetricsByTolok:
    """From the store's Parquet to every metric of every account and institution."""

    folder: Path

    def __call__(self) -> Sums:
        """The sum of each metric over its groups."""
        work = Workspace(self.folder)
        settings = DuckDbSettings(threads=THREADS, spill_folder=work.layout.spill)
        with DuckDb(settings) as engine:
            attach_store(engine, work.layout)
            make_posts(engine, work.rules, work.registry, silent)
            metrics = run_metrics(engine, work.rules.metrics.values())
        sums = metrics.group_by("metric").aggregate([("value", "sum")]).to_pylist()
        return dict(sorted((row["metric"], rounded(row["value_sum"])) for row in sums))


@dataclass(frozen=True)
class MetricsByHand:
    """The same metrics from the same Parquet by one hand-written script, metrics.sql."""

    folder: Path
    with_captions: bool = False
    """Whether copies are known by the captions as they are, and not by the hash of the import."""

    def __call__(self) -> Sums:
        """The sum of each metric over its groups."""
        work = Workspace(self.folder)
        script = Path(__file__).with_name("metrics.sql").read_text("utf-8")
        tables = dict(zip(("account_names", "ownership"), registry_of(work), strict=True))
        sums: Sums = {}
        with duckdb.connect() as rival:
            rival.execute(f"SET threads = {THREADS}")
            rival.execute(f"SET temp_directory = '{work.layout.spill}'")
            rival.execute("SET TimeZone = 'UTC'")
            rival.execute("SET enable_progress_bar = false")
            for name, rows in tables.items():
                rival.register(name, rows)
            for name, table in _STORE_TABLES.items():
                parts = [str(part) for part in read_parts(work.layout, name)]
                rival.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({parts})")
            rival.execute(script.format(**_facts(work.rules, with_captions=self.with_captions)))
            for name in _RIVAL_TABLES:
                sums |= _sums(rival.sql(f"SELECT * FROM {name}").to_arrow_table())
        return dict(sorted(sums.items()))


@dataclass(frozen=True)
class StoredCaptionFeatures:
    """What an import takes to make the text features of the captions in a store, as Parquet."""

    folder: Path

    def __call__(self) -> float:
        """CPU seconds."""
        parts = read_parts(Workspace(self.folder).layout, "observations")
        return feature_seconds(f"read_parquet({[str(part) for part in parts]})", self.folder)


def registry_of(work: Workspace) -> tuple[pa.Table, pa.Table]:
    """The names of the accounts, and who owned them when: what rivals join."""
    with DuckDb(DuckDbSettings(threads=THREADS)) as engine:
        attach_store(engine, work.layout)
        attach_registry(engine, work.rules, work.registry)
        names, owned = (engine.query(f"SELECT * FROM {n}") for n in ("account_names", "ownership"))
    return names, owned


def _facts(rules: Rules, *, with_captions: bool) -> dict[str, object]:
    edition = rules.edition
    bare = bare_text_sql("o.text")
    hashed = f"CASE WHEN {bare} <> '' THEN hash({bare}) END" if with_captions else "o.text_hash"
    totals = [
        f"WHEN '{platform}' THEN {' + '.join(counts)}"
        for platform, counts in rules.columns.items()
        if counts
    ]
    return {
        "text_hash": hashed,
        "unread": "text_hash" if with_captions else "text",
        "opens_on": edition.window.opens_on,
        "closes_on": edition.window.closes_on,
        "age_s": int(edition.snapshot.age_days * 86_400),
        "tolerance_s": int(edition.snapshot.tolerance_days * 86_400),
        "platforms": ", ".join(f"'{platform}'" for platform in edition.platforms),
        "copy_days": edition.scoring.copy_days,
        "daily_cap": edition.scoring.daily_cap,
        "totals": " ".join(totals),
        "first_said": ",\n  ".join(_first_said(name) for name in COUNTS),
        "said_names": ", ".join(f"said_{name}" for name in COUNTS),
        "said": ", ".join(f"nullif(said_{name}, -1) AS {name}" for name in COUNTS),
    }


def _first_said(name: str) -> str:
    return (
        f"arg_min(coalesce({name}, -1), choice) FILTER (place < 1::BIGINT << 50 AND "
        f"({name} IS NOT NULL OR {name}_missing <> 'not_collected')) "
        f"OVER (PARTITION BY platform, post_id) AS said_{name}"
    )


def _sums(table: pa.Table) -> Sums:
    names = [name for name in table.column_names if name not in _KEYS]
    return {name: rounded(pc.sum(table[name].cast(pa.float64())).as_py()) for name in names}


def rounded(value: float | None) -> float:
    """Nine digits: sums of fractions by hand depend on the order of rows, ours do not."""
    return float(f"{value or 0.0:.9g}")
