"""The small tables by week that scores are made of, as the engine gives them."""

import pyarrow as pa

from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules, metrics_used
from tolok.metrics import weekly
from tolok.metrics.tables import Step, rows_of, sql
from tolok.store.engine import Engine

_ALWAYS = ("clean_post_count", "active_day_count")
"""Metrics that eligibility and ties need, whatever the categories read."""


def run_step(engine: Engine, step: Step) -> None:
    """Compute a step that is kept, or name it for those that read it."""
    (engine.keep if step.is_kept else engine.define)(
        step.name, sql(step.expression, engine.dialect)
    )


def scored_metrics(rules: Rules) -> list[Metric]:
    """The metrics that scores are made of, by name."""
    used = {name for c in rules.categories for i in c.indicators for name in metrics_used(i)}
    return [rules.metrics[name] for name in sorted(used.union(_ALWAYS)) if name in rules.metrics]


def scored_measures(rules: Rules) -> list[str]:
    """The counts whose histograms scores are made of, by name."""
    return sorted({i.measure for c in rules.categories for i in c.indicators})


def make_histograms(engine: Engine, rules: Rules) -> dict[str, pa.Table]:
    """The histogram of each measure that scores are made of."""
    return {name: rows_of(engine, weekly.histogram(name)) for name in scored_measures(rules)}
