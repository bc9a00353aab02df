"""The tables under results/ that say when and in which form institutions post, and what it brings.

An effect is e = y - mean of y, y = ln(1 + interactions) in units of 2^-20: sums of whole numbers,
so that the order of rows does not matter.
"""

from tolok.store.schema import INSTITUTION, Column, Table, text

_SUMS = (
    Column("post_count", "BIGINT", "own posts that are no copies", nullable=False),
    Column("known_count", "BIGINT", "of these, posts whose interactions are known", nullable=False),
    Column(
        "effect_sum",
        "BIGINT",
        "sum of e over these, each rounded to 2^-20, in units of 2^-20; e is y less the mean of "
        "y = ln(1 + interactions) of what the table compares",
        nullable=False,
    ),
    Column(
        "effect_square_sum",
        "BIGINT",
        "sum of e squared over these, each rounded to 2^-20, in units of 2^-20",
        nullable=False,
    ),
)

POSTING_HOURS = Table(
    "posting_hours",
    (
        INSTITUTION,
        text("platform", "one of PLATFORMS"),
        Column("weekday", "BIGINT", "1 Monday to 7 Sunday, in the edition's zone", nullable=False),
        Column("hour", "BIGINT", "0 to 23, in the edition's zone", nullable=False),
        *_SUMS,
    ),
    key=("institution_id", "platform", "weekday", "hour"),
    order=("institution_id", "platform", "weekday", "hour"),
)
"""Posts by hour of the week; e is against the same account and kind."""

POSTING_KINDS = Table(
    "posting_kinds",
    (
        INSTITUTION,
        text("platform", "one of PLATFORMS"),
        text("kind", "one of KINDS; empty if unknown"),
        *_SUMS,
    ),
    key=("institution_id", "platform", "kind"),
    order=("institution_id", "platform", "kind"),
)
"""Posts by kind; e is against the same account, all its kinds."""
