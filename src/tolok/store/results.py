"""The tables under results/: what was computed, in the form in which it is published.

The names of metrics.parquet, scores.parquet, nominees.csv, winners.csv and manifest.json and of
their columns are a contract: they change only with a major version.
"""

from tolok.store.schema import HISTOGRAM, Column, Table


def _text(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name, "VARCHAR", meaning, nullable=nullable)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "DOUBLE", meaning)


_INSTITUTION = _text("institution_id", "the institution")
_CATEGORY = _text("category", "name of the category")
_CLUSTER = _text("cluster", "name of the cluster")

METRICS = Table(
    "metrics",
    (
        _text("institution_id", "the institution credited"),
        _text("account_id", "the account; empty for a metric of the whole institution"),
        _text("platform", "the platform; empty for a metric of the whole institution"),
        _text("metric", "name of the metric"),
        _number("value", "its value; null where nothing known went into it"),
        _text("unit", "unit of the value"),
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

SCORES = Table(
    "scores",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        Column("eligible", "BOOLEAN", "whether the institution is ranked", nullable=False),
        _text("reason", "why it is not ranked, or what the score lacks; empty if nothing"),
        _number(
            "score", "0 to about 100 and above; 50 is the median of all eligible; null unranked"
        ),
        Column("rank", "BIGINT", "competition rank in the cluster (1, 2, 2, 4); null unranked"),
        Column("rank_low", "BIGINT", "best rank of the interval; null until computed"),
        Column("rank_high", "BIGINT", "worst rank of the interval; null until computed"),
        _number("p_first", "probability of rank 1; null until computed"),
        _number("p_nominee", "probability of a rank within the nominee count; null until computed"),
        Column("nominee", "BOOLEAN", "whether the institution is a nominee", nullable=False),
    ),
    key=("category", "institution_id"),
    order=("category", "cluster", "rank", "institution_id"),
)

INDICATORS = Table(
    "indicators",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        _text("indicator", "name of the indicator"),
        _text("platform", "the platform; empty for the indicator as it enters the score"),
        _number("value", "the raw value, before shrinkage and normalisation"),
        _number("shrunk", "the value after shrinkage towards the platform"),
        _number("z", "robust z against the frozen reference set"),
        _number("points", "50 + 50 z / 3"),
        _number("weight", "nominal weight, from the rules"),
        _number("effective_weight", "weight after that of missing indicators was spread"),
        Column("post_count", "BIGINT", "posts behind the value"),
        _text("missing", "why there is no value; empty if there is one"),
    ),
    key=("category", "institution_id", "indicator", "platform"),
    order=("category", "cluster", "institution_id", "indicator", "platform"),
)

REFERENCE = Table(
    "reference",
    (
        _CATEGORY,
        _text("indicator", "name of the indicator"),
        _text("platform", "the platform, with its stratum after a slash; empty for all"),
        _text(
            "parameter",
            "intercept, slope, centre, scale, shrink_mean, shrink_variance, post_variance, "
            "prior_weight or fifth_percentile",
        ),
        _number("value", "the frozen value"),
        Column("unit_count", "BIGINT", "accounts or institutions it was taken from"),
    ),
    key=("category", "indicator", "platform", "parameter"),
    order=("category", "indicator", "platform", "parameter"),
)

NOMINEES = Table(
    "nominees",
    (
        _CATEGORY,
        _CLUSTER,
        Column("place", "BIGINT", "rank among the nominees", nullable=False),
        _INSTITUTION,
        _text("institution", "its name"),
        _number("score", "its score"),
        _number("p_first", "probability of rank 1; null until computed"),
        _number("p_nominee", "probability of being a nominee; null until computed"),
        Column(
            "separable_from_next",
            "BOOLEAN",
            "whether the next is surely lower; null until computed",
        ),
    ),
    key=("category", "cluster", "institution_id"),
    order=("category", "cluster", "place", "institution_id"),
)

WINNERS = Table(
    "winners",
    (
        _CATEGORY,
        _CLUSTER,
        _text("institution_id", "the winner; empty while there is none"),
        _text("institution", "its name; empty while there is none"),
        _number("jury_score", "the jury's score; null without a jury"),
        _number("chance_best", "chance that the jury found the best; null without a jury"),
        _text("status", "awaiting_jury, first_by_data, joint_first_by_data, not_awarded"),
        _text("reason", "why, in one sentence; empty if nothing needs saying"),
    ),
    key=("category", "cluster", "institution_id"),
    order=("category", "cluster", "institution_id"),
)

INSTITUTIONS = Table(
    "institutions",
    (
        _INSTITUTION,
        _text("institution", "its name as registered"),
        _text("short_name", "its short name"),
        _CLUSTER,
        _text("kind", "kind of body"),
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
    ),
    key=("institution_id",),
    order=("cluster", "institution_id"),
)

ACCOUNTS = Table(
    "accounts",
    (
        _INSTITUTION,
        _text("account_id", "platform:id or platform:@handle"),
        _text("platform", "one of PLATFORMS"),
        _text("handle", "handle, casefolded, without @"),
        _text("url", "address of the profile; empty if unknown"),
        _text("role", "main, topical, unit or leader"),
        Column("counts", "BOOLEAN", "whether its posts count in this edition", nullable=False),
        _text("counts_reason", "why not; empty if they count"),
        _text("grade", "A, B or C: strength of the evidence"),
        Column("is_official", "BOOLEAN", "grade A", nullable=False),
        Column("valid_from", "DATE", "first day of this ownership; null unbounded"),
        Column("valid_to", "DATE", "first day after it; null unbounded"),
        _text("evidence", "where the ownership is seen"),
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
        _INSTITUTION,
        Column(
            "place",
            "BIGINT",
            "1 is the post with most interactions on its platform",
            nullable=False,
        ),
        _text("account_id", "the account"),
        _text("platform", "one of PLATFORMS"),
        _text("post_id", "the platform's id"),
        _text("url", "permanent address; empty if unknown"),
        _text("kind", "one of KINDS; empty if unknown"),
        Column("published_on", "DATE", "date of publishing", nullable=False),
        Column("interaction_count", "BIGINT", "interactions", nullable=False),
        _number("times_median", "interactions over the median of the account's posts"),
    ),
    key=("institution_id", "platform", "place"),
    order=("institution_id", "platform", "place"),
)

WEEKLY = Table(
    "weekly",
    (
        _INSTITUTION,
        _text("platform", "one of PLATFORMS"),
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
        _INSTITUTION,
        _text("account_id", "the account"),
        _text("platform", "one of PLATFORMS"),
        _text("count", "reaction_count, comment_count, share_count, save_count or view_count"),
        *(
            Column(f"{state}_count", "BIGINT", f"posts whose count is {state}", nullable=False)
            for state in ("known", "hidden", "disabled", "not_offered", "not_collected", "suspect")
        ),
    ),
    key=("institution_id", "account_id", "count"),
    order=("institution_id", "account_id", "count"),
)

WEEKLY_METRICS = Table(
    "weekly_metrics",
    (
        _text("metric", "name of an additive metric"),
        _INSTITUTION,
        _text("account_id", "the account; empty for a metric of the whole institution"),
        _text("platform", "the platform; empty for a metric of the whole institution"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        _number("value", "its value in that week"),
    ),
    key=("metric", "institution_id", "account_id", "platform", "week_on"),
    order=("metric", "institution_id", "account_id", "platform", "week_on"),
)

UNKNOWN_ACCOUNTS = Table(
    "unknown_accounts",
    (
        _text("platform", "one of PLATFORMS"),
        _text("account_id", "the account as the source names it"),
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
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        Column("rank", "BIGINT", "its rank now", nullable=False),
        _text("outcome", "first: it would rank first; nominee: it would be nominated"),
        _text("means", "interactions, views, posts or deletions"),
        _text("recipe", "what is bought in which order, a code; empty where nothing flips"),
        Column("cost", "BIGINT", "the least number that flips; null where none up to bound does"),
        Column("bound", "BIGINT", "the largest number that was looked at", nullable=False),
        Column(
            "own_count",
            "BIGINT",
            "what the institution has of the same in the window: interactions, views or posts",
            nullable=False,
        ),
        _number("cost_share", "cost over own_count; null where there is no cost"),
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
        INSTITUTIONS,
        ACCOUNTS,
        BEST_POSTS,
        WEEKLY,
        COVERAGE,
        HISTOGRAM,
        WEEKLY_METRICS,
        UNKNOWN_ACCOUNTS,
        FLIPS,
    )
}

AS_CSV = ("nominees", "winners")
"""Tables written as CSV, by contract; the others are Parquet."""
