"""The results of an edition as files: tables in their published form, and the manifest."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import PLAIN
from tolok.model import Account, Registry
from tolok.pipeline.flags import FlagTables
from tolok.pipeline.formulas import switchboard
from tolok.pipeline.panel import CountedTables, WeeklyTables, counts_by_grade
from tolok.pipeline.size import Sizes, size_codes, size_comparison
from tolok.pipeline.tables import EditionTables
from tolok.scoring.counting import ALL, Part
from tolok.scoring.edition import Scores
from tolok.scoring.table import Columns
from tolok.store.atomic import write_table
from tolok.store.counted import COUNTED_POSTS
from tolok.store.flags import FLAGGED_RANKS, FLAGS
from tolok.store.results import AS_CSV, RESULT_TABLES
from tolok.store.schema import Table


def result_tables(
    tables: EditionTables, scores: Scores, flips: Columns, registry: Registry, rules: Rules
) -> dict[str, pa.Table]:
    """Every table of results/, by name, with the columns and order of its schema."""
    followers = followers_of(tables.weekly.audience)
    activity = tables.summaries["institution_activity"].to_pylist()
    institutions = institutions_table(activity, followers, registry, rules)
    sizes = Sizes(institutions, tables.summaries["engagement_sums"], followers)
    found: dict[str, Any] = {
        "metrics": tables.metrics,
        "scores": scores.scores,
        "indicators": scores.indicators,
        "reference": scores.reference,
        "nominees": scores.nominees,
        "winners": scores.winners,
        "institutions": institutions,
        "size_comparison": size_comparison(sizes, scores.scores, scores.indicators, rules),
        "uncertainty": scores.uncertainty,
        "leave_one_out": scores.leave_one_out,
        "sensitivity": scores.sensitivity,
        "importance": scores.importance,
        "accounts": accounts_table(
            tables.summaries["account_activity"].to_pylist(), followers, registry, rules
        ),
        "best_posts": tables.summaries["best_posts"],
        "weekly": tables.summaries["weekly"],
        "posting_hours": tables.summaries["posting_hours"],
        "posting_kinds": tables.summaries["posting_kinds"],
        "coverage": tables.summaries["coverage"],
        "histogram": _histogram(tables.weekly),
        "weekly_metrics": _weekly_metrics(tables.weekly),
        "weekly_kinds": tables.weekly.kinds,
        "audience": tables.weekly.audience,
        "engagement_sums": tables.summaries["engagement_sums"],
        "unknown_accounts": tables.unknown_accounts,
        "formulas": switchboard(tables.formulas, scores.scores, registry, rules),
        "formula_sums": tables.formulas.sums,
        "formula_audience": tables.formulas.audience,
        "flips": flips,
    }
    shown = {name: shaped(RESULT_TABLES[name], table) for name, table in found.items()}
    # As many rows as posts: in their order already, and not to be copied.
    counted = tables.summaries["counted_posts"].cast(COUNTED_POSTS.arrow_schema)
    return shown | {"counted_posts": counted}


def flag_tables(flagged: FlagTables, scores: Scores, without: Scores) -> dict[str, pa.Table]:
    """The flags, the posts behind them, and the ranks with and without flagged posts."""
    schema = FLAGGED_RANKS.names[:4]
    head = zip(*(scores.scores[name] for name in schema), strict=True)
    place = zip(
        *(without.scores[name] for name in ("category", "institution_id", "rank", "score")),
        strict=True,
    )
    again = {(category, institution): tail for category, institution, *tail in place}
    rows = [(*row, *again[row[0], row[2]], flagged.left_out_counts.get(row[2], 0)) for row in head]
    ranks = [dict(zip(FLAGGED_RANKS.names, row, strict=True)) for row in rows]
    found = {
        "flags": _rows(FLAGS, flagged.flags),
        "flag_evidence": flagged.evidence,
        "flagged_ranks": _rows(FLAGGED_RANKS, ranks),
    }
    return {name: shaped(RESULT_TABLES[name], table) for name, table in found.items()}


def write_results(
    folder: Path, tables: Mapping[str, pa.Table], manifest: Mapping[str, Any]
) -> None:
    """The files of results/: a Parquet or CSV file a table, and manifest.json last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if name in AS_CSV:
            write_csv(table, folder / f"{name}.csv")
        else:
            write_table(table, folder / f"{name}.parquet")
    (folder / "manifest.json").write_text(manifest_text(manifest), "utf-8")


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """A manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def shaped(schema: Table, table: Any) -> pa.Table:
    """A table, or a dictionary of columns, with the schema's columns, types and order."""
    if not isinstance(table, pa.Table):
        table = pa.table({name: table[name] for name in schema.names}, schema=schema.arrow_schema)
    table = table.select(schema.names).cast(schema.arrow_schema)
    return table.sort_by([(name, "ascending") for name in schema.order])


def write_csv(table: pa.Table, path: Path) -> None:
    """RFC 4180 in UTF-8; a cell that a spreadsheet would run as a formula begins with '."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for row in table.to_pylist():
            writer.writerow([_cell(value) for value in row.values()])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value) if isinstance(value, float) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def _ways(weekly: WeeklyTables) -> Iterator[tuple[dict[str, str], CountedTables]]:
    """Each way in which posts were counted, by the columns that tell it, and its tables."""
    for part, tables in ({Part(PLAIN, ALL): weekly} | weekly.counted).items():
        yield part._asdict(), tables


def _histogram(weekly: WeeklyTables) -> pa.Table:
    return pa.concat_tables(
        _labelled(table, way | {"measure": measure})
        for way, tables in _ways(weekly)
        for measure, table in sorted(tables.histograms.items())
    )


def _weekly_metrics(weekly: WeeklyTables) -> pa.Table:
    parts = []
    for way, tables in _ways(weekly):
        for metric, table in tables.metrics:
            empty = pa.repeat(pa.scalar(""), table.num_rows)
            columns = {
                name: table[name] if name in table.column_names else empty
                for name in ("institution_id", "account_id", "platform", "week_on", "value")
            }
            parts.append(_labelled(pa.table(columns), way | {"metric": metric.name}))
    return pa.concat_tables(parts)


def _labelled(table: pa.Table, labels: dict[str, str]) -> pa.Table:
    for name, value in labels.items():
        table = table.append_column(name, pa.repeat(pa.scalar(value), table.num_rows))
    return table


def institutions_table(
    rows_of_activity: Sequence[Mapping[str, Any]],
    followers: Mapping[str, float],
    registry: Registry,
    rules: Rules,
) -> pa.Table:
    """The institutions of the registry with what their posts add up to: INSTITUTIONS's columns."""
    activity = {row["institution_id"]: row for row in rows_of_activity}
    audience: dict[str, float] = {}
    for account in registry.accounts:
        if account.counts and counts_by_grade(account, rules) and account.account_id in followers:
            known = audience.get(account.institution_id, 0.0)
            audience[account.institution_id] = known + followers[account.account_id]
    rows: list[dict[str, Any]] = []
    for institution in registry.institutions:
        own = activity.get(institution.institution_id, {})
        total = audience.get(institution.institution_id)
        rows.append(
            {
                "institution_id": institution.institution_id,
                "institution": institution.institution,
                "short_name": institution.short_name,
                "cluster": institution.cluster,
                "kind": institution.kind,
                "post_count": own.get("post_count") or 0,
                "interaction_count": own.get("interaction_count"),
                "follower_count": None if total is None else round(total),
                "active_week_count": own.get("active_week_count") or 0,
            }
        )
    codes = size_codes([row["follower_count"] for row in rows], rules)
    banded = [row | {"size_band": code} for row, code in zip(rows, codes, strict=True)]
    return _rows(RESULT_TABLES["institutions"], banded)


def accounts_table(
    rows_of_activity: Sequence[Mapping[str, Any]],
    followers: Mapping[str, float],
    registry: Registry,
    rules: Rules,
) -> pa.Table:
    """The accounts of the registry with their posts and followers: ACCOUNTS's columns."""
    activity = {(row["institution_id"], row["account_id"]): row for row in rows_of_activity}
    rows = []
    for account in registry.accounts:
        own = activity.get((account.institution_id, account.account_id), {})
        known = followers.get(account.account_id)
        rows.append(
            {name: getattr(account, name) for name in _ACCOUNT_FIELDS}
            | {
                "counts": account.counts and counts_by_grade(account, rules),
                "counts_reason": _counts_reason(account, rules),
                "post_count": own.get("post_count") or 0,
                "follower_count": None if known is None else round(known),
                "last_published_on": own.get("last_published_on"),
            }
        )
    return _rows(RESULT_TABLES["accounts"], rows)


_ACCOUNT_FIELDS = (
    "institution_id", "account_id", "platform", "handle", "url", "role", "grade", "is_official",
    "valid_from", "valid_to", "evidence", "checked_on",
)  # fmt: skip


def _counts_reason(account: Account, rules: Rules) -> str:
    if account.counts and not counts_by_grade(account, rules):
        return f"grade {account.grade} below {rules.edition.attribution.min_grade}"
    return account.counts_reason


def followers_of(audience: pa.Table) -> dict[str, float]:
    """The median followers of each account that has any."""
    return {
        row["account_id"]: row["follower_count"]
        for row in audience.to_pylist()
        if row["follower_count"] is not None
    }


def _rows(schema: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema.arrow_schema)
