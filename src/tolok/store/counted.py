"""The tables under results/ by which a stranger counts again: which posts, and sums of them."""

from tolok.store.schema import INSTITUTION, Column, Table, text

COUNTED_POSTS = Table(
    "counted_posts",
    (
        INSTITUTION,
        text("account_id", "the account credited"),
        text("platform", "one of PLATFORMS"),
        text("post_id", "the platform's id"),
        Column("published_on", "DATE", "date of publishing in the edition's zone", nullable=False),
        text("kind", "one of KINDS; empty if unknown"),
        Column("is_own", "BOOLEAN", "original or quote: made by the institution", nullable=False),
        Column("is_copy", "BOOLEAN", "same text as an earlier post there", nullable=False),
        Column("is_cross_copy", "BOOLEAN", "same text as an earlier post anywhere", nullable=False),
        Column("is_joint", "BOOLEAN", "more than one account is its author", nullable=False),
    ),
    key=("platform", "post_id", "institution_id"),
    order=("institution_id", "platform", "account_id", "published_on", "post_id"),
)

LONG_TABLES = (COUNTED_POSTS.name,)
"""The tables of results/ that are as long as posts are many: they are never held in memory."""

ENGAGEMENT_SUMS = Table(
    "engagement_sums",
    (
        INSTITUTION,
        text("account_id", "the account"),
        text("platform", "one of PLATFORMS"),
        text("kind", "one of KINDS; empty if unknown"),
        Column(
            "post_count", "BIGINT", "own posts, no copies, of known interactions", nullable=False
        ),
        Column("interaction_count", "BIGINT", "their interactions", nullable=False),
    ),
    key=("institution_id", "account_id", "kind"),
    order=("institution_id", "account_id", "kind"),
)
