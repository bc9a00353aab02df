"""The tables of flags under results/: what is pointed out to people, and at which posts.

A flag takes nothing from a score; flagged_ranks says what the ranks were without flagged posts.
"""

from tolok.store.schema import Column, Table

FLAGS = Table(
    "flags",
    (
        Column("institution_id", "VARCHAR", "the institution", nullable=False),
        Column("account_id", "VARCHAR", "the account", nullable=False),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("flag", "VARCHAR", "kind of flag: one of FLAGS", nullable=False),
        Column("first_on", "DATE", "first day of what is flagged; null for the whole window"),
        Column("last_on", "DATE", "last day of it; null for the whole window"),
        Column("value", "DOUBLE", "what was found, in the unit of the kind", nullable=False),
        Column("threshold", "DOUBLE", "beyond which a flag is raised", nullable=False),
        Column("is_low", "BOOLEAN", "whether the value lies below, not above", nullable=False),
        Column("unit_count", "BIGINT", "posts, comments or weeks behind the value", nullable=False),
        Column("marked_count", "BIGINT", "posts that the flag points at", nullable=False),
        Column(
            "left_out",
            "BOOLEAN",
            "whether these posts are left out of the ranking without flagged posts",
            nullable=False,
        ),
    ),
    key=("institution_id", "account_id", "flag", "first_on"),
    order=("institution_id", "platform", "account_id", "flag", "first_on"),
)

FLAG_EVIDENCE = Table(
    "flag_evidence",
    (
        Column("institution_id", "VARCHAR", "the institution", nullable=False),
        Column("account_id", "VARCHAR", "the account", nullable=False),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("flag", "VARCHAR", "kind of flag", nullable=False),
        Column("place", "BIGINT", "1 is the post to look at first", nullable=False),
        Column("post_id", "VARCHAR", "the platform's id", nullable=False),
        Column("published_on", "DATE", "date of publishing", nullable=False),
        Column("url", "VARCHAR", "permanent address; empty if unknown", nullable=False),
    ),
    key=("institution_id", "account_id", "flag", "place"),
    order=("institution_id", "platform", "account_id", "flag", "place"),
)

FLAGGED_RANKS = Table(
    "flagged_ranks",
    (
        Column("category", "VARCHAR", "name of the category", nullable=False),
        Column("cluster", "VARCHAR", "name of the cluster", nullable=False),
        Column("institution_id", "VARCHAR", "the institution", nullable=False),
        Column("rank", "BIGINT", "its rank; null unranked"),
        Column("rank_without", "BIGINT", "its rank where flagged posts are left out"),
        Column("score_without", "DOUBLE", "its score there, by the same frozen parameters"),
        Column("left_out_count", "BIGINT", "its own posts that are left out", nullable=False),
    ),
    key=("category", "institution_id"),
    order=("category", "cluster", "rank", "institution_id"),
)
