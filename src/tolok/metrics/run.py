"""The metrics of an edition, run on an engine: tidy tables out, a row a value."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from tolok.methodology.metric import Metric
from tolok.metrics.compile import GROUPS, compile_metrics
from tolok.store.engine import Engine
from tolok.store.results import METRICS


def run_metrics(engine: Engine, metrics: Iterable[Metric]) -> pa.Table:
    """Every metric of every account or institution in long form, in METRICS's columns.

    Shape: (groups x metrics) rows, in METRICS's order.
    Missing: value is null where nothing known went into it; missing_count says how many rows.
    """
    parts = [_long(engine, batch) for batch in _batches(metrics)]
    table = pa.concat_tables(parts) if parts else METRICS.arrow_schema.empty_table()
    return table.sort_by([(name, "ascending") for name in METRICS.order])


def run_weekly_metrics(engine: Engine, metrics: Iterable[Metric]) -> list[tuple[Metric, pa.Table]]:
    """Each metric by its grain and week: (metric, table of grain, week_on and value)."""
    tables = []
    for batch in _batches(metrics):
        wide = engine.query(compile_metrics(batch, dialect=engine.dialect, weekly=True).sql)
        keys = [*GROUPS[batch[0].grain], "week_on"]
        tables += [
            (metric, wide.select([*keys, metric.name]).rename_columns([*keys, "value"]))
            for metric in batch
        ]
    return tables


def _batches(metrics: Iterable[Metric]) -> Iterator[list[Metric]]:
    """Metrics that share one SELECT: the same table and grain."""
    batches: dict[tuple[str, str], list[Metric]] = {}
    for metric in metrics:
        batches.setdefault((metric.table, metric.grain), []).append(metric)
    yield from (batches[key] for key in sorted(batches))


def _long(engine: Engine, batch: list[Metric]) -> pa.Table:
    compiled = compile_metrics(batch, dialect=engine.dialect)
    wide = engine.query(compiled.sql)
    rows = wide.num_rows
    empty = pa.repeat(pa.scalar(""), rows)
    parts = []
    for metric in batch:
        contributed, missing = compiled.supports[metric.name]
        columns = {
            "institution_id": wide["institution_id"],
            "account_id": wide["account_id"] if metric.grain == "account" else empty,
            "platform": wide["platform"] if metric.grain == "account" else empty,
            "metric": pa.repeat(pa.scalar(metric.name), rows),
            "value": wide[metric.name],
            "unit": pa.repeat(pa.scalar(metric.unit), rows),
            "post_count": wide[contributed],
            "missing_count": wide[missing],
        }
        parts.append(pa.table(columns).cast(METRICS.arrow_schema))
    return pa.concat_tables(parts)
