"""The tables of published formulas under results/: what each gives, and what it was given."""

from tolok.store.schema import CATEGORY, CLUSTER, INSTITUTION, Column, Table, number, text

FORMULA_SUMS = Table(
    "formula_sums",
    (
        INSTITUTION,
        text("account_id", "the account"),
        text("platform", "one of PLATFORMS"),
        text("kind", "one of KINDS; empty if unknown"),
        text("basis", "what counts as interactions, a name of BASES"),
        Column("post_count", "BIGINT", "own posts, copies included", nullable=False),
        Column("clean_post_count", "BIGINT", "own posts without copies", nullable=False),
        Column("known_count", "BIGINT", "posts with known interactions", nullable=False),
        Column("total", "BIGINT", "their interactions", nullable=False),
        Column("with_one_count", "BIGINT", "those with at least one", nullable=False),
        Column("rated_count", "BIGINT", "those with known followers too", nullable=False),
        number("rate_sum", "sum of interactions over followers on the day, each to 2^-32"),
        Column("rated_total", "BIGINT", "interactions of these posts", nullable=False),
        Column("rated_followers", "BIGINT", "followers on the days of these", nullable=False),
        Column("viewed_followers", "BIGINT", "the same of those with views", nullable=False),
        number("view_rate_sum", "sum of followers times interactions over views, each to 2^-32"),
    ),
    key=("institution_id", "account_id", "kind", "basis"),
    order=("institution_id", "account_id", "kind", "basis"),
)

FORMULA_AUDIENCE = Table(
    "formula_audience",
    (
        INSTITUTION,
        text("account_id", "the account"),
        Column("day_count", "BIGINT", "days of the window that it owned it", nullable=False),
        number("follower_mean", "mean followers of these days"),
        Column("follower_first", "BIGINT", "followers on the first of them"),
        Column("follower_last", "BIGINT", "followers on the last of them"),
    ),
    key=("institution_id", "account_id"),
    order=("institution_id", "account_id"),
)

FORMULAS = Table(
    "formulas",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text("formula", "name of a published formula"),
        text("platform", "the platform; empty for the value that is ranked"),
        number("value", "its value; null where there is none"),
        Column("rank", "BIGINT", "competition rank among the ranked of the cluster; or null"),
        text("missing", "why there is no value; empty if there is one"),
    ),
    key=("category", "institution_id", "formula", "platform"),
    order=("category", "cluster", "institution_id", "formula", "platform"),
)
