"""The tables under results/ that scoring was given: all of it by week, to score again from."""

from tolok.store.schema import INSTITUTION, Column, Table, number, text

COUNTING = (
    Column(
        "interaction_weights",
        "VARCHAR",
        "what a reaction, a comment and a share are worth; 1,1,1 as the rules count them",
        nullable=False,
    ),
    Column(
        "posts",
        "VARCHAR",
        "all; giveaways; or at_median: the giveaways with the usual counts of their accounts",
        nullable=False,
    ),
)
"""How the posts behind a row were counted: the grid of methods counts in several ways."""
COUNTED_BY = tuple(column.name for column in COUNTING)

HISTOGRAM = Table(
    "histogram",
    (
        *COUNTING,
        Column("measure", "VARCHAR", "interaction_count or view_count", nullable=False),
        Column("institution_id", "VARCHAR", "the institution credited", nullable=False),
        Column("account_id", "VARCHAR", "the account", nullable=False),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        Column("kind", "VARCHAR", "one of KINDS; empty if unknown", nullable=False),
        Column("bin", "BIGINT", "floor(16 y), y = ln(1 + count)", nullable=False),
        Column("post_count", "BIGINT", "posts in the bin", nullable=False),
        Column(
            "log_sum",
            "BIGINT",
            "sum of y, each rounded to 2^-20, in units of 2^-20",
            nullable=False,
        ),
    ),
    key=(
        *COUNTED_BY,
        "measure",
        "institution_id",
        "account_id",
        "platform",
        "week_on",
        "kind",
        "bin",
    ),
    order=(
        *COUNTED_BY,
        "measure",
        "institution_id",
        "account_id",
        "platform",
        "week_on",
        "kind",
        "bin",
    ),
)

WEEKLY_METRICS = Table(
    "weekly_metrics",
    (
        *COUNTING,
        text("metric", "name of an additive metric"),
        INSTITUTION,
        text("account_id", "the account; empty for a metric of the whole institution"),
        text("platform", "the platform; empty for a metric of the whole institution"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        number("value", "its value in that week; null where nothing known went into it"),
    ),
    key=(*COUNTED_BY, "metric", "institution_id", "account_id", "platform", "week_on"),
    order=(*COUNTED_BY, "metric", "institution_id", "account_id", "platform", "week_on"),
)

WEEKLY_KINDS = Table(
    "weekly_kinds",
    (
        INSTITUTION,
        text("account_id", "the account"),
        text("platform", "one of PLATFORMS"),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        text("kind", "one of KINDS; empty if unknown"),
        Column("post_count", "BIGINT", "own posts that are no copies", nullable=False),
    ),
    key=("institution_id", "account_id", "platform", "week_on", "kind"),
    order=("institution_id", "account_id", "platform", "week_on", "kind"),
)
