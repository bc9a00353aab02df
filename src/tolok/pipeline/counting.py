"""The weekly tables of posts that are counted in another way, as the grid of methods asks."""

from collections.abc import Iterator

from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import PLAIN, weights_of
from tolok.metrics import counting
from tolok.metrics.flag_texts import giveaway_step
from tolok.metrics.run import run_weekly_metrics
from tolok.metrics.tables import base_table, rows_of, sql
from tolok.metrics.weekly import histogram
from tolok.model import COUNTS
from tolok.pipeline.panel import CountedTables
from tolok.pipeline.weekly import run_step, scored_measures, scored_metrics
from tolok.scoring.counting import ALL, AT_MEDIAN, GIVEAWAYS, Part
from tolok.store.engine import Engine


def counted_parts(engine: Engine, rules: Rules) -> dict[Part, CountedTables]:
    """What differs from the rules' own tables, for each worth of interactions and part of posts.

    Reads: credited_posts and observations.  Leaves `posts` as the rules count it.
    Missing: where no post is a giveaway, there are no parts of giveaways.
    """
    run_step(engine, giveaway_step(rules.edition))
    found = dict(_parts(engine, rules))
    engine.define("posts", sql(counting.credited_posts(), engine.dialect))
    return found


def _parts(engine: Engine, rules: Rules) -> Iterator[tuple[Part, CountedTables]]:
    doubt = rules.edition.uncertainty
    for weights in dict.fromkeys([PLAIN, *doubt.interaction_weights]):
        worth = weights_of(weights)
        engine.define("posts", sql(counting.weighted_posts(rules.columns, worth), engine.dialect))
        steps = counting.giveaway_steps(base_table("posts"))
        for step in steps:
            run_step(engine, step)
        if weights != PLAIN:
            yield Part(weights, ALL), _counted(engine, rules, (counting.INTERACTIONS,))
        if not rows_of(engine, steps[0].table.limit(1)).num_rows:
            continue
        for step, posts in zip(steps, (GIVEAWAYS, AT_MEDIAN), strict=True):
            engine.define("posts", sql(step.table, engine.dialect))
            counts = (*COUNTS, counting.INTERACTIONS)
            yield Part(weights, posts), _counted(engine, rules, counts)


def _counted(engine: Engine, rules: Rules, changed: tuple[str, ...]) -> CountedTables:
    """The tables of the engine's posts that depend on some counts."""
    metrics = [one for one in scored_metrics(rules) if counting.reads_counts(one, changed)]
    measures = [name for name in scored_measures(rules) if name in changed]
    return CountedTables(
        run_weekly_metrics(engine, metrics),
        {name: rows_of(engine, histogram(name)) for name in measures},
    )
