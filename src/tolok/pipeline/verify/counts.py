"""Counts and metrics computed again from the published posts: by the same definitions and engine.

Texts and counts of single posts are not published, so a metric that reads them is held against its
own weeks where it adds up, and is told as not checked where it does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import PLAIN
from tolok.metrics import summary, weekly
from tolok.metrics.example import check_examples
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.grammar import columns_read
from tolok.metrics.run import run_metrics
from tolok.metrics.tables import rows_of, sql
from tolok.metrics.weekly import BINS_PER_UNIT
from tolok.model import COUNTS, MISSING_REASONS, Registry
from tolok.pipeline.machine import Machine, open_engine
from tolok.pipeline.results import accounts_table, followers_of, institutions_table, shaped
from tolok.pipeline.tables import activity_steps
from tolok.pipeline.verify.compare import compare_tables
from tolok.pipeline.verify.report import Check, Difference, checked, unchecked
from tolok.pipeline.verify.sums import habit_differences, sum_differences
from tolok.pipeline.weekly import run_step
from tolok.publish.open_data import file_of
from tolok.scoring.counting import ALL
from tolok.store.counted import COUNTED_POSTS
from tolok.store.engine import Engine
from tolok.store.results import METRICS, RESULT_TABLES

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Recount:
    """What the published posts give: tables of results, by name, as far as they can."""

    metrics: pa.Table
    activity: pa.Table
    kinds: pa.Table
    weeks: pa.Table
    institutions: pa.Table
    accounts: pa.Table
    record_counts: Mapping[str, int]


def recount(tables: Tables, registry: Registry, rules: Rules) -> Recount:
    """The published posts counted again.

    Raises: FaultsFound where a worked example of a metric does not give its value.
    """
    with TemporaryDirectory() as spill, open_engine(Machine(), Path(spill)) as engine:
        check_examples(engine, rules.metrics.values())
        engine.attach_table("counted_posts", tables["counted_posts"])
        engine.define("posts", sql(summary.published_posts(), engine.dialect))
        for step in activity_steps(rules.edition):
            run_step(engine, step)
        metrics = run_metrics(engine, [m for m in rules.metrics.values() if reads_marks(m)])
        weeks = rows_of(engine, summary.weekly_activity())
        activity = rows_of(engine, summary.account_activity())
        seen = _with_interactions(engine, tables["weekly"])
        followers = followers_of(tables["audience"])
        return Recount(
            metrics=metrics,
            activity=activity,
            kinds=rows_of(engine, weekly.kind_counts()),
            weeks=weeks,
            institutions=institutions_table(seen, followers, registry, rules),
            accounts=accounts_table(activity.to_pylist(), followers, registry, rules),
            record_counts=_record_counts(engine, rules)
            | {
                "institutions": len(registry.institutions),
                "accounts": len({account.account_id for account in registry.accounts}),
            },
        )


def reads_marks(metric: Metric) -> bool:
    """Whether a metric reads only what is published of a post: dates, kinds and marks.

    Days and weeks are made of these alone; comments are not published.
    """
    if metric.table != "posts":
        return metric.table in ("days", "weeks")
    return columns_read(metric) <= {*COUNTED_POSTS.names, "week_on"} - {"post_id"}


def check_counts(tables: Tables, found: Recount, manifest: Mapping[str, Any]) -> Check:
    """Every number of posts, on every table that states one."""
    differences: list[Difference] = []
    compared = 0
    whole = {"institutions": found.institutions, "accounts": found.accounts}
    for name, computed in (whole | {"weekly_kinds": found.kinds}).items():
        schema = RESULT_TABLES[name]
        differences += compare_tables(f"results/{file_of(name)}", schema, tables[name], computed)
        compared += tables[name].num_rows
    by = ("institution_id", "platform", "week_on")
    differences += sum_differences("weekly", tables["weekly"], found.weeks, by)
    differences += habit_differences(tables)
    differences += _coverage(tables["coverage"], found.activity)
    for name, count in found.record_counts.items():
        stated = manifest.get("record_counts", {}).get(name)
        if stated != count:
            told = "results/manifest.json", f"record_counts, {name}", str(stated)
            differences.append(Difference(*told, f"{count} is computed"))
    compared += tables["weekly"].num_rows + tables["coverage"].num_rows + len(found.record_counts)
    return checked("counts", "numbers of posts", compared, differences)


def check_metrics(tables: Tables, found: Recount, rules: Rules) -> Check:
    """Every metric that can be: from the published posts, or as the sum of its weeks."""
    published = tables["metrics"]
    names = [metric.name for metric in rules.metrics.values() if reads_marks(metric)]
    own = published.filter(pc.is_in(published["metric"], value_set=pa.array(names, pa.string())))
    file = f"results/{file_of('metrics')}"
    differences = compare_tables(file, METRICS, own, shaped(METRICS, found.metrics))
    summed = [
        metric.name
        for metric in rules.metrics.values()
        if metric.is_additive and metric.name not in names
    ]
    sums = _sums_of_weeks(tables["weekly_metrics"], summed)
    compared = own.num_rows
    for row in published.filter(
        pc.is_in(published["metric"], value_set=pa.array(summed, pa.string()))
    ).to_pylist():
        key = row["metric"], row["institution_id"], row["account_id"], row["platform"]
        if row["metric"] not in sums.names:
            continue
        compared += 1
        computed = sums.values.get(key)
        if not _is_near(row["value"], computed):
            place = ", ".join(filter(None, (*key[1:], key[0])))
            told = f"its weeks in weekly_metrics add up to {computed}"
            differences.append(Difference(file, place, str(row["value"]), told))
    known = {*names, *sums.names}
    rest = sorted(set(rules.metrics) - known)
    why = (
        f"{', '.join(rest)}: made of counts, texts or comments of single posts, which are not "
        "published"
        if rest
        else ""
    )
    return checked("metrics", f"values of {len(known)} metrics", compared, differences, why=why)


def check_histogram(tables: Tables) -> Check:
    """Whether every bin can be: its sum lies in its bounds, and it has posts that were counted."""
    table = tables["histogram"]
    fixed = pc.multiply(table["bin"].cast(pa.float64()), FIXED_POINT / BINS_PER_UNIT)
    posts = table["post_count"].cast(pa.float64())
    low = pc.subtract(pc.multiply(fixed, posts), posts)  # each sum was rounded
    high = pc.add(pc.multiply(pc.add(fixed, FIXED_POINT / BINS_PER_UNIT), posts), posts)
    total = table["log_sum"].cast(pa.float64())
    is_sound = pc.and_(pc.greater_equal(total, low), pc.less_equal(total, high))
    is_sound = pc.and_(is_sound, pc.greater(posts, 0))
    differences = [
        Difference(
            f"results/{file_of('histogram')}", _place(row), f"log_sum {row['log_sum']}",
            f"{row['post_count']} posts of bin {row['bin']} cannot add up to it",
        )
        for row in table.filter(pc.invert(is_sound)).to_pylist()
    ]  # fmt: skip
    by = ["institution_id", "account_id", "week_on", "kind"]
    own = table.filter(
        pc.and_(pc.equal(table["interaction_weights"], PLAIN), pc.equal(table["posts"], ALL))
    )
    sums = own.group_by(["measure", *by]).aggregate([("post_count", "sum")])
    kinds = tables["weekly_kinds"].group_by(by).aggregate([("post_count", "sum")])
    most = {tuple(row[name] for name in by): row["post_count_sum"] for row in kinds.to_pylist()}
    for row in sums.to_pylist():
        limit = most.get(tuple(row[name] for name in by), 0)
        if row["post_count_sum"] > limit:
            told = f"{row['post_count_sum']} posts", f"{limit} were counted"
            differences.append(Difference(f"results/{file_of('histogram')}", _place(row), *told))
    why = "that these are the counts of the posts is seen from the store alone"
    return checked(
        "panel", "bins of histograms whose sums are possible", table.num_rows, differences, why=why
    )


def unchecked_tables() -> list[Check]:
    """What a stranger cannot compute, and why."""
    reason = "made from counts or texts of single posts, which platforms do not let others publish"
    return [
        unchecked("flips", "costs to flip, but for the ranks they begin from", reason),
        unchecked("flags", "flags, and ranks without flagged posts", reason),
        unchecked("best_posts", "best posts, and what times and kinds of posts bring", reason),
    ]


@dataclass(frozen=True)
class _Sums:
    names: frozenset[str]
    values: Mapping[tuple[str, str, str, str], float | None]


def _sums_of_weeks(table: pa.Table, names: list[str]) -> _Sums:
    own = table.filter(
        pc.and_(
            pc.and_(pc.equal(table["interaction_weights"], PLAIN), pc.equal(table["posts"], ALL)),
            pc.is_in(table["metric"], value_set=pa.array(names, pa.string())),
        )
    )
    by = ["metric", "institution_id", "account_id", "platform"]
    rows = own.group_by(by).aggregate([("value", "sum")]).to_pylist()
    return _Sums(
        frozenset(row["metric"] for row in rows),
        {
            (row["metric"], row["institution_id"], row["account_id"], row["platform"]): row[
                "value_sum"
            ]
            for row in rows
        },
    )


def _is_near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))


def _with_interactions(engine: Engine, weeks: pa.Table) -> list[dict[str, Any]]:
    """The activity of institutions: posts and weeks counted again, interactions by their weeks."""
    sums = weeks.group_by("institution_id").aggregate([("interaction_count", "sum")]).to_pylist()
    known = {row["institution_id"]: row["interaction_count_sum"] for row in sums}
    rows: list[dict[str, Any]] = rows_of(engine, summary.institution_activity()).to_pylist()
    return [row | {"interaction_count": known.get(row["institution_id"])} for row in rows]


def _record_counts(engine: Engine, rules: Rules) -> dict[str, int]:
    wanted = ("posts", "copies", "joint_posts")
    counted = summary.record_counts(rules.edition)
    return {name: int(rows_of(engine, counted[name])["n"][0].as_py()) for name in wanted}


def _coverage(coverage: pa.Table, activity: pa.Table) -> Iterator[Difference]:
    """The states of each count of an account add up to its posts."""
    posts = {
        (row["institution_id"], row["account_id"]): row["post_count"]
        for row in activity.to_pylist()
    }
    states = [f"{state}_count" for state in ("known", *MISSING_REASONS)]
    seen = set()
    for row in coverage.to_pylist():
        account = row["institution_id"], row["account_id"]
        seen.add((*account, row["count"]))
        total = sum(row[state] for state in states)
        if total != posts.get(account, 0):
            told = f"{total} posts", f"{posts.get(account, 0)} is computed"
            yield Difference(f"results/{file_of('coverage')}", _place(row), *told)
    for account in posts:
        for count in COUNTS:
            if (*account, count) not in seen:
                place = ", ".join((*account, count))
                yield Difference(
                    f"results/{file_of('coverage')}", place, "absent", "the account has posts"
                )


def _place(row: Mapping[str, Any]) -> str:
    names = ("measure", "institution_id", "account_id", "platform", "week_on", "kind", "count")
    return ", ".join(str(row[name]) for name in names if row.get(name) not in (None, ""))
