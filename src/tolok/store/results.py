"""The tables under results/: what was computed, in the form in which it is published.

The names of metrics.parquet, scores.parquet, nominees.csv, winners.csv and manifest.json and of
their columns are a contract: they change only with a major version.
"""

from tolok.store.flags import FLAG_EVIDENCE, FLAGGED_RANKS, FLAGS
from tolok.store.schema import AUDIENCE, COUNTED_BY, COUNTING, HISTOGRAM, Column, Table


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

UNCERTAINTY = Table(
    "uncertainty",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        _text(
            "source",
            "data, method, missing, all (data and method), or simultaneous (sets for all ranks)",
        ),
        Column("rank_low", "BIGINT", "best rank of the interval, 5 % of the draws", nullable=False),
        Column("rank_high", "BIGINT", "worst rank of the interval, 95 %", nullable=False),
        _number("p_first", "share of the draws with rank 1"),
        _number("p_nominee", "share of the draws with a rank within the nominee count"),
        Column(
            "may_be_nominee",
            "BOOLEAN",
            "whether the 95 % set of the nominees' places holds it; only of source simultaneous",
        ),
    ),
    key=("category", "institution_id", "source"),
    order=("category", "cluster", "institution_id", "source"),
)

LEAVE_ONE_OUT = Table(
    "leave_one_out",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        _text("left_out", "indicator, platform, week (for all), or post (the own best)"),
        _text("name", "which; of weeks the Monday of the one without which it ranks worst"),
        Column("rank", "BIGINT", "rank in the cluster without it", nullable=False),
    ),
    key=("category", "institution_id", "left_out", "name"),
    order=("category", "cluster", "institution_id", "left_out", "name"),
)

SENSITIVITY = Table(
    "sensitivity",
    (
        _CATEGORY,
        _CLUSTER,
        _text("output", "rank_change: mean places moved; nominees_changed: 1 if they are others"),
        _text("input", "a choice of the method"),
        _number("first", "first-order Sobol index over the grid; null if nothing varies"),
        _number("total", "total Sobol index over the grid; null if nothing varies"),
        _number("mean", "mean of the output over the grid"),
    ),
    key=("category", "cluster", "output", "input"),
    order=("category", "cluster", "output", "input"),
)

IMPORTANCE = Table(
    "importance",
    (
        _CATEGORY,
        _CLUSTER,
        _text("indicator", "name of the indicator"),
        _number("nominal_weight", "weight by the rules, of all weights"),
        _number("correlation_ratio", "share of the scores' variance that it explains by a curve"),
        _number("linear", "the same by a straight line"),
        _text("redundant_with", "an indicator with a rank correlation beyond 0.9; empty if none"),
    ),
    key=("category", "cluster", "indicator"),
    order=("category", "cluster", "indicator"),
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
        _text(
            "size_band",
            "the band of its follower_count: first number, a dash, first number beyond; null if "
            "followers are unknown",
            nullable=True,
        ),
    ),
    key=("institution_id",),
    order=("cluster", "institution_id"),
)

SIZE_COMPARISON = Table(
    "size_comparison",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        _text("size_band", "its size band; null if followers are unknown", nullable=True),
        _number("score", "its score; null unranked"),
        Column("rank", "BIGINT", "rank by the score in the cluster; null unranked"),
        _number(
            "raw_rate",
            "interactions per post per 1,000 followers; null if unknown, and in a category that "
            "compares no interactions post by post",
        ),
        Column("raw_rank", "BIGINT", "rank by the raw rate among the ranked of the cluster"),
        Column("band_rank", "BIGINT", "rank by the score among the ranked of cluster and band"),
    ),
    key=("category", "institution_id"),
    order=("category", "cluster", "rank", "institution_id"),
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
        *COUNTING,
        _text("metric", "name of an additive metric"),
        _INSTITUTION,
        _text("account_id", "the account; empty for a metric of the whole institution"),
        _text("platform", "the platform; empty for a metric of the whole institution"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        _number("value", "its value in that week; null where nothing known went into it"),
    ),
    key=(*COUNTED_BY, "metric", "institution_id", "account_id", "platform", "week_on"),
    order=(*COUNTED_BY, "metric", "institution_id", "account_id", "platform", "week_on"),
)

WEEKLY_KINDS = Table(
    "weekly_kinds",
    (
        _INSTITUTION,
        _text("account_id", "the account"),
        _text("platform", "one of PLATFORMS"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        _text("kind", "one of KINDS; empty if unknown"),
        Column("post_count", "BIGINT", "own posts that are no copies", nullable=False),
    ),
    key=("institution_id", "account_id", "platform", "week_on", "kind"),
    order=("institution_id", "account_id", "platform", "week_on", "kind"),
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

FORMULA_SUMS = Table(
    "formula_sums",
    (
        _INSTITUTION,
        _text("account_id", "the account"),
        _text("platform", "one of PLATFORMS"),
        _text("kind", "one of KINDS; empty if unknown"),
        _text("basis", "what counts as interactions, a name of BASES"),
        Column("post_count", "BIGINT", "own posts, copies included", nullable=False),
        Column("clean_post_count", "BIGINT", "own posts without copies", nullable=False),
        Column("known_count", "BIGINT", "posts with known interactions", nullable=False),
        Column("total", "BIGINT", "their interactions", nullable=False),
        Column("with_one_count", "BIGINT", "those with at least one", nullable=False),
        Column("rated_count", "BIGINT", "those with known followers too", nullable=False),
        _number("rate_sum", "sum of interactions over followers on the day, each to 2^-32"),
        Column("rated_total", "BIGINT", "interactions of these posts", nullable=False),
        Column("rated_followers", "BIGINT", "followers on the days of these", nullable=False),
        Column("viewed_followers", "BIGINT", "the same of those with views", nullable=False),
        _number("view_rate_sum", "sum of followers times interactions over views, each to 2^-32"),
    ),
    key=("institution_id", "account_id", "kind", "basis"),
    order=("institution_id", "account_id", "kind", "basis"),
)

FORMULA_AUDIENCE = Table(
    "formula_audience",
    (
        _INSTITUTION,
        _text("account_id", "the account"),
        Column("day_count", "BIGINT", "days of the window that it owned it", nullable=False),
        _number("follower_mean", "mean followers of these days"),
        Column("follower_first", "BIGINT", "followers on the first of them"),
        Column("follower_last", "BIGINT", "followers on the last of them"),
    ),
    key=("institution_id", "account_id"),
    order=("institution_id", "account_id"),
)

FORMULAS = Table(
    "formulas",
    (
        _CATEGORY,
        _CLUSTER,
        _INSTITUTION,
        _text("formula", "name of a published formula"),
        _text("platform", "the platform; empty for the value that is ranked"),
        _number("value", "its value; null where there is none"),
        Column("rank", "BIGINT", "competition rank among the ranked of the cluster; or null"),
        _text("missing", "why there is no value; empty if there is one"),
    ),
    key=("category", "institution_id", "formula", "platform"),
    order=("category", "cluster", "institution_id", "formula", "platform"),
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
        UNCERTAINTY,
        LEAVE_ONE_OUT,
        SENSITIVITY,
        IMPORTANCE,
        INSTITUTIONS,
        SIZE_COMPARISON,
        ACCOUNTS,
        BEST_POSTS,
        WEEKLY,
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
    )
}

AS_CSV = ("nominees", "winners")
"""Tables written as CSV, by contract; the others are Parquet."""
