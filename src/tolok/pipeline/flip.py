"""The cost to flip each award, from the single posts of the institutions near its cut."""

from collections.abc import Sequence

from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules, metrics_used
from tolok.metrics.contender import effect_of
from tolok.pipeline.buyers import make_buyers, read_metrics
from tolok.scoring.flip import contenders_of, flips_of
from tolok.scoring.flip_award import Reach
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.table import Columns
from tolok.store.engine import Engine
from tolok.store.results import FLIPS


def flips(
    engine: Engine, panel: Panel, rules: Rules, reference: Reference, reach: Reach | None = None
) -> Columns:
    """The cost to flip, in FLIPS's columns; the engine holds the edition's posts.

    Missing: a category that reads a metric whose change cannot be told from posts has no rows.
    """
    reach = reach or Reach()
    known = _replayable(rules, read_metrics(rules))
    buyers = make_buyers(engine, panel, rules, contenders_of(panel, rules, reference, reach))
    found = [
        flip for flip in flips_of(panel, buyers, rules, reference, reach) if flip.category in known
    ]
    return {name: [getattr(flip, name) for flip in found] for name in FLIPS.names}


def no_flips() -> Columns:
    """FLIPS's columns without a row."""
    return {name: [] for name in FLIPS.names}


def _replayable(rules: Rules, metrics: Sequence[Metric]) -> set[str]:
    """Categories that, through whatever others, read no metric whose change is unknown."""
    unknown = {one.name for one in metrics if effect_of(one) is None}
    lost = {
        category.name
        for category in rules.categories
        if any(unknown.intersection(metrics_used(i)) for i in category.indicators)
    }
    for _ in rules.categories:
        lost |= {
            category.name
            for category in rules.categories
            if any(i.model == "category" and i.category in lost for i in category.indicators)
        }
    return {category.name for category in rules.categories} - lost
