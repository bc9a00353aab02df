"""Metric definitions compiled to SQL: one SELECT a base table and grain; nothing is run here."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from tolok.methodology.metric import Metric
from tolok.metrics.expression import Expression
from tolok.metrics.tables import base_table, sql

GROUPS = {
    "account": ("institution_id", "account_id", "platform"),
    "institution": ("institution_id",),
}


@dataclass(frozen=True)
class CompiledMetrics:
    """One SELECT and where each metric's numbers stand in its result.

    `supports` names for each metric the columns that count the rows that contributed and those that
    could not, because a column they need is null. Metrics that rest on the same rows share them.
    """

    sql: str
    supports: dict[str, tuple[str, str]]


def compile_metrics(
    metrics: Sequence[Metric], *, dialect: str = "duckdb", weekly: bool = False
) -> CompiledMetrics:
    """One SELECT over one base table: the grain, a column a metric, and the counts of its rows.

    With `weekly`, week_on joins the grain and the counts are left out. All metrics must share
    table and grain.

    Raises: ValueError for a mixture; FileFault for an expression that is not allowed.
    """
    (table_name, grain), *others = {(metric.table, metric.grain) for metric in metrics}
    if others:
        msg = "metrics of one SELECT share table and grain"
        raise ValueError(msg)
    table = base_table(table_name)
    by = [*GROUPS[grain], *(["week_on"] if weekly else [])]
    columns: dict[str, ir.Value] = {}
    supports: dict[str, tuple[str, str]] = {}
    shared: dict[object, tuple[str, str]] = {}
    for metric in metrics:
        expression = Expression(metric, table)
        columns[metric.name] = expression.aggregate.cast("float64")
        if weekly:
            continue
        pair = (f"known_{len(shared)}", f"missing_{len(shared)}")
        supports[metric.name] = shared.setdefault(expression.support_key, pair)
        if supports[metric.name] == pair:
            columns[pair[0]] = table.count(where=expression.contributing())
            columns[pair[1]] = table.count(where=expression.missing())
    query = table.group_by(by).aggregate(**columns).order_by(by)
    return CompiledMetrics(sql(query, dialect), supports)
