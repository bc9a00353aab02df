"""The tables of an edition, from the store's observations to what scoring and people read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from tolok.methodology.edition import Edition
from tolok.methodology.rules import Rules
from tolok.metrics import audience, habits, summary, weekly
from tolok.metrics.comments import comment_steps
from tolok.metrics.resolve import ResolveRules, post_steps
from tolok.metrics.run import run_metrics, run_weekly_metrics
from tolok.metrics.tables import Step, rows_of, sql
from tolok.metrics.tags import reads_tags
from tolok.model import Registry
from tolok.pipeline.counting import counted_parts
from tolok.pipeline.formulas import FormulaTables, audience_step, formula_tables
from tolok.pipeline.panel import WeeklyTables, counts_by_grade
from tolok.pipeline.weekly import make_histograms, run_step, scored_metrics
from tolok.registry.ownership import account_names, ownership
from tolok.store.engine import Engine
from tolok.store.schema import ACCOUNT_NAMES, OWNERSHIP

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class EditionTables:
    """All that was made from the posts: for scoring by week, for people by name."""

    weekly: WeeklyTables
    metrics: pa.Table
    summaries: Mapping[str, pa.Table]
    unknown_accounts: pa.Table
    record_counts: Mapping[str, int]
    formulas: FormulaTables


def make_tables(
    engine: Engine, rules: Rules, registry: Registry, progress: Progress
) -> EditionTables:
    """The tables of an edition whose store's observations are attached to the engine.

    Reads: observations, rejects, followers, comment_observations, aliases.
    """
    make_posts(engine, rules, registry, progress)
    progress("metrics", 0, 4)
    metrics = run_metrics(engine, rules.metrics.values())
    progress("metrics", 1, 4)
    tables = weekly_tables(engine, rules)
    progress("metrics", 3, 4)
    summaries = {
        "weekly": rows_of(engine, summary.weekly_activity()),
        "best_posts": rows_of(engine, summary.best_posts()),
        "coverage": pa.concat_tables(rows_of(engine, part) for part in summary.coverages()),
        "posting_hours": rows_of(engine, habits.posting_hours(rules.edition)),
        "posting_kinds": rows_of(engine, habits.posting_kinds()),
        "engagement_sums": rows_of(engine, summary.engagement_sums()),
        "counted_posts": engine.query_on_disk(sql(summary.counted_posts(), engine.dialect)),
        "account_activity": rows_of(engine, summary.account_activity()),
        "institution_activity": rows_of(engine, summary.institution_activity()),
    }
    progress("metrics", 4, 4)
    return EditionTables(
        weekly=tables,
        metrics=metrics,
        summaries=summaries,
        unknown_accounts=rows_of(engine, summary.unknown_accounts()),
        record_counts={
            name: int(rows_of(engine, counted)["n"][0].as_py())
            for name, counted in summary.record_counts(rules.edition).items()
        },
        formulas=formula_tables(engine),
    )


def weekly_tables(engine: Engine, rules: Rules) -> WeeklyTables:
    """What scoring needs by week, from the engine's posts, days, weeks and comments.

    Reads: observations, for the captions of giveaways.
    """
    return WeeklyTables(
        metrics=run_weekly_metrics(engine, scored_metrics(rules)),
        histograms=make_histograms(engine, rules),
        kinds=rows_of(engine, weekly.kind_counts()),
        audience=engine.query("SELECT * FROM audience ORDER BY account_id"),
        counted=counted_parts(engine, rules),
    )


def attach_registry(engine: Engine, rules: Rules, registry: Registry) -> None:
    """The registry's names and ownership as tables that the fixed steps join."""
    aliases = engine.query("SELECT DISTINCT account_id, alias FROM aliases ORDER BY ALL")
    names = _with_aliases(account_names(registry), aliases, registry)
    engine.attach_table(
        "account_names",
        pa.table(
            {"name": list(names), "account_id": list(names.values())},
            schema=ACCOUNT_NAMES.arrow_schema,
        ),
    )
    counted = {a.account_id for a in registry.accounts if counts_by_grade(a, rules)}
    spans = ownership(
        registry, rules.edition.attribution.account, closes_on=rules.edition.window.closes_on
    )
    rows = [span for span in spans if span.account_id in counted]
    engine.attach_table(
        "ownership",
        pa.table(
            {
                "account_id": [span.account_id for span in rows],
                "institution_id": [span.institution_id for span in rows],
                "valid_from": [span.valid_from or date.min for span in rows],
                "valid_to": [span.valid_to or date.max for span in rows],
            },
            schema=OWNERSHIP.arrow_schema,
        ),
    )


def make_posts(engine: Engine, rules: Rules, registry: Registry, progress: Progress) -> None:
    """The base tables of the metrics, kept in the engine: posts, days, weeks and comments."""
    attach_registry(engine, rules, registry)
    edition = rules.edition
    steps = [
        Step("follower_days", audience.follower_days(), is_kept=True),
        Step("audience", audience.audience(edition), is_kept=True),
        Step("audience_days", audience.audience_days(edition), is_kept=True),
        audience_step(),
        *post_steps(ResolveRules(edition, rules.columns, reads_tags(rules.metrics.values()))),
    ]
    more = [*activity_steps(edition), *comment_steps(edition)]
    total = len(steps) + len(more) + 1
    for done, step in enumerate(steps):
        progress("posts", done, total)
        run_step(engine, step)
    engine.keep("credited_posts", "SELECT * FROM resolved_posts")
    engine.define("posts", "SELECT * FROM credited_posts")
    for name in (
        "best_readings", "missed", "gone", "again", "said_again", "copies", "authors", "joint",
        "repeated", "audience_days",
    ):  # fmt: skip
        engine.drop(name)
    for done, step in enumerate(more):
        progress("posts", len(steps) + done + 1, total)
        run_step(engine, step)
    progress("posts", total, total)


def activity_steps(edition: Edition) -> list[Step]:
    """The days and the weeks of the posts."""
    return [
        Step("days", weekly.days(edition), is_kept=True),
        Step("weeks", weekly.weeks(), is_kept=True),
    ]


def _with_aliases(names: dict[str, str], aliases: pa.Table, registry: Registry) -> dict[str, str]:
    """Names with those that a source gave for the same account: an id for a known handle, and back.

    A name that two known accounts would claim is left to the one the registry gives it. An id is
    not that of a handle whose account the registry gives another id: the handle changed hands.
    """
    known = dict(names)
    numbered = {account.account_id for account in registry.accounts if account.platform_id}
    for pair in aliases.to_pylist():
        one, other = pair["account_id"], pair["alias"]
        if one in names:
            known.setdefault(other, names[one])
        elif other in names and names[other] not in numbered:
            known.setdefault(one, names[other])
    return dict(sorted(known.items()))
