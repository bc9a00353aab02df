"""The tables under results/: what was computed, in the form in which it is published.

The names of metrics.parquet, scores.parquet, nominees.csv, winners.csv and manifest.json and of
their columns are a contract: they change only with a major version.
"""

from tolok.store.evidence import EVIDENCE
from tolok.store.flags import FLAG_EVIDENCE, FLAGGED_RANKS, FLAGS
from tolok.store.formulas import FORMULA_AUDIENCE, FORMULA_SUMS, FORMULAS
from tolok.store.habits import POSTING_HOURS, POSTING_KINDS
from tolok.store.jury import JURY_TABLES
from tolok.store.panel import HISTOGRAM, WEEKLY_KINDS, WEEKLY_METRICS
from tolok.store.schema import AUDIENCE, CATEGORY, CLUSTER, INSTITUTION, Column, Table, number, text
from tolok.store.scored import (
    IMPORTANCE,
    INDICATORS,
    LEAVE_ONE_OUT,
    NOMINEES,
    REFERENCE,
    SCORES,
    SENSITIVITY,
    SIZE_COMPARISON,
    UNCERTAINTY,
    WINNERS,
)

METRICS = Table(
    "metrics",
    (
        text("institution_id", "the institution credited"),
        text("account_id", "the account; empty for a metric of the whole institution"),
        text("platform", "the platform; empty for a metric of the whole institution"),
        text("metric", "name of the metric"),
        number("value", "its value; null where nothing known went into it"),
        text("unit", "unit of the value"),
        Column("post_count", "BIGINT", "posts that contributed a known value"),
        Column(
            "missing_count",
            "BIGINT",
            "posts that could not contribute: a count they need is missing",
        ),
    ),
    key=("institution_id", "account_id", "platform", "metric"),
    order=("institution_id", "account_id", "platform", "metric"),
)

INSTITUTIONS = Table(
    "institutions",
    (
        INSTITUTION,
        text("institution", "its name as registered"),
        text("short_name", "its short name"),
        CLUSTER,
        text("kind", "kind of body"),
        Column("post_count", "BIGINT", "posts counted in the window", nullable=False),
        Column(
            "interaction_count",
            "BIGINT",
            "known interactions of these posts; null if none is known",
        ),
        Column(
            "follower_count",
            "BIGINT",
            "sum of median followers of its accounts; null if none is known",
        ),
        Column("active_week_count", "BIGINT", "weeks with an original post", nullable=False),
        text(
            "size_band",
            "the band of its follower_count: first number, a dash, first number beyond; null if "
            "followers are unknown",
            nullable=True,
        ),
    ),
    key=("institution_id",),
    order=("cluster", "institution_id"),
)

ACCOUNTS = Table(
    "accounts",
    (
        INSTITUTION,
        text("account_id", "platform:id or platform:@handle"),
        text("platform", "one of PLATFORMS"),
        text("handle", "handle, casefolded, without @"),
        text("url", "address of the profile; empty if unknown"),
        text("role", "main, topical, unit or leader"),
        Column("counts", "BOOLEAN", "whether its posts count in this edition", nullable=False),
        text("counts_reason", "why not; empty if they count"),
        text("grade", "A, B or C: strength of the evidence"),
        Column("is_official", "BOOLEAN", "grade A", nullable=False),
        Column("valid_from", "DATE", "first day of this ownership; null unbounded"),
        Column("valid_to", "DATE", "first day after it; null unbounded"),
        text("evidence", "where the ownership is seen"),
        Column("checked_on", "DATE", "when it was checked"),
        Column("post_count", "BIGINT", "posts counted in the window", nullable=False),
        Column("follower_count", "BIGINT", "median of the snapshots inside the window"),
        Column("last_published_on", "DATE", "date of its last post in the window"),
    ),
    key=("institution_id", "account_id", "valid_from"),
    order=("institution_id", "platform", "account_id", "valid_from"),
)

BEST_POSTS = Table(
    "best_posts",
    (
        INSTITUTION,
        Column(
            "place",
            "BIGINT",
            "1 is the post with most interactions on its platform",
            nullable=False,
        ),
        text("account_id", "the account"),
        text("platform", "one of PLATFORMS"),
        text("post_id", "the platform's id"),
        text("url", "permanent address; empty if unknown"),
        text("kind", "one of KINDS; empty if unknown"),
        Column("published_on", "DATE", "date of publishing", nullable=False),
        Column("interaction_count", "BIGINT", "interactions", nullable=False),
        number("times_median", "interactions over the median of the account's posts"),
    ),
    key=("institution_id", "platform", "place"),
    order=("institution_id", "platform", "place"),
)

WEEKLY = Table(
    "weekly",
    (
        INSTITUTION,
        text("platform", "one of PLATFORMS"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        Column("post_count", "BIGINT", "original posts", nullable=False),
        Column("interaction_count", "BIGINT", "known interactions"),
    ),
    key=("institution_id", "platform", "week_on"),
    order=("institution_id", "platform", "week_on"),
)

COVERAGE = Table(
    "coverage",
    (
        INSTITUTION,
        text("account_id", "the account"),
        text("platform", "one of PLATFORMS"),
        text("count", "reaction_count, comment_count, share_count, save_count or view_count"),
        *(
            Column(f"{state}_count", "BIGINT", f"posts whose count is {state}", nullable=False)
            for state in ("known", "hidden", "disabled", "not_offered", "not_collected", "suspect")
        ),
    ),
    key=("institution_id", "account_id", "count"),
    order=("institution_id", "account_id", "count"),
)

UNKNOWN_ACCOUNTS = Table(
    "unknown_accounts",
    (
        text("platform", "one of PLATFORMS"),
        text("account_id", "the account as the source names it"),
        Column("row_count", "BIGINT", "observations set aside", nullable=False),
        Column("first_on", "DATE", "date of the first of its posts"),
        Column("last_on", "DATE", "date of the last of its posts"),
    ),
    key=("platform", "account_id"),
    order=("platform", "account_id"),
)

FLIPS = Table(
    "flips",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        Column("rank", "BIGINT", "its rank now", nullable=False),
        text("outcome", "first: it would rank first; nominee: it would be nominated"),
        text("means", "interactions, views, posts or deletions"),
        text("recipe", "what is bought in which order, a code; empty where nothing flips"),
        Column("cost", "BIGINT", "the least number that flips; null where none up to bound does"),
        Column("bound", "BIGINT", "the largest number that was looked at", nullable=False),
        Column(
            "own_count",
            "BIGINT",
            "what the institution has of the same in the window: interactions, views or posts",
            nullable=False,
        ),
        number("cost_share", "cost over own_count; null where there is no cost"),
    ),
    key=("category", "institution_id", "outcome", "means"),
    order=("category", "cluster", "outcome", "rank", "institution_id", "means"),
)

RESULT_TABLES = {
    table.name: table
    for table in (
        METRICS,
        SCORES,
        INDICATORS,
        REFERENCE,
        NOMINEES,
        WINNERS,
        UNCERTAINTY,
        LEAVE_ONE_OUT,
        SENSITIVITY,
        IMPORTANCE,
        INSTITUTIONS,
        SIZE_COMPARISON,
        ACCOUNTS,
        BEST_POSTS,
        WEEKLY,
        POSTING_HOURS,
        POSTING_KINDS,
        COVERAGE,
        HISTOGRAM,
        WEEKLY_METRICS,
        WEEKLY_KINDS,
        AUDIENCE,
        UNKNOWN_ACCOUNTS,
        FLIPS,
        FORMULAS,
        FORMULA_SUMS,
        FORMULA_AUDIENCE,
        FLAGS,
        FLAG_EVIDENCE,
        FLAGGED_RANKS,
        EVIDENCE,
        *JURY_TABLES.values(),
    )
}

AS_CSV = ("nominees", "winners")
"""Tables written as CSV, by contract; the others are Parquet."""
