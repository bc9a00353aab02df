"""Every table that Tolok writes: its columns, types, units and order, in this one place.

Types are DuckDB's names; `arrow_schema` gives the same table for Arrow. Columns follow one rule of
names: `*_count` integer or null, `*_at` instant in UTC, `*_on` local date, `*_share` in [0, 1],
`is_*` bool, `*_missing` the reason why the count beside it is null.
"""

from dataclasses import dataclass

import pyarrow as pa

from tolok.model import COUNTS

STORE_VERSION = 2
"""The version of the tables under store/; a store of another version is made again from landing."""

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True)
class Column:
    """One column of a table: name, DuckDB type, what it means, and whether it may be null."""

    name: str
    type: str
    meaning: str
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table: its columns, the columns that identify a row, and the order it is written in."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def arrow_schema(self) -> pa.Schema:
        """The table's schema for Arrow."""
        return pa.schema(
            [pa.field(c.name, ARROW_TYPES[c.type], nullable=c.nullable) for c in self.columns]
        )


def _counts() -> tuple[Column, ...]:
    counts = [
        Column(name, "BIGINT", f"{name}, null where {name}_missing says why") for name in COUNTS
    ]
    reasons = [
        Column(f"{name}_missing", "VARCHAR", f"why {name} is null: one of MISSING_REASONS")
        for name in COUNTS
    ]
    return (*counts, *reasons)


def text(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """A column of text, never null unless it is said."""
    return Column(name, "VARCHAR", meaning, nullable=nullable)


def number(name: str, meaning: str) -> Column:
    """A column of numbers, null where there is none."""
    return Column(name, "DOUBLE", meaning)


INSTITUTION = text("institution_id", "the institution")
CATEGORY = text("category", "name of the category")
CLUSTER = text("cluster", "name of the cluster")

_SOURCE = (
    Column("source_sha256", "VARCHAR", "SHA-256 of the landed file", nullable=False),
    Column("source_row", "BIGINT", "row, line or item number in that file, from 1", nullable=False),
)

OBSERVATIONS = Table(
    "observations",
    (
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("post_id", "VARCHAR", "the platform's id, text, unique in it", nullable=False),
        Column(
            "account_id",
            "VARCHAR",
            "platform:id or platform:@handle (casefolded), as the source names the account",
            nullable=False,
        ),
        Column("published_at", "TIMESTAMPTZ", "instant of publishing", nullable=False),
        Column("published_on", "DATE", "date of publishing in the edition's zone", nullable=False),
        Column("observed_at", "TIMESTAMPTZ", "instant at which counts were read", nullable=False),
        Column("kind", "VARCHAR", "one of KINDS; null where the source does not say"),
        Column("origin", "VARCHAR", "one of ORIGINS", nullable=False),
        Column("text", "VARCHAR", "caption as published"),
        Column("url", "VARCHAR", "permanent address of the post"),
        Column("language", "VARCHAR", "language code, if the source gives one"),
        Column("media_count", "BIGINT", "pictures or videos in the post"),
        Column("duration_s", "DOUBLE", "length of the video in seconds"),
        Column("co_account_ids", "VARCHAR[]", "other authors of a joint post, as account_id"),
        Column("alt_text_count", "BIGINT", "pictures with an alternative text"),
        Column("is_paid", "BOOLEAN", "whether the source marks the post as paid or boosted"),
        *_counts(),
        Column(
            "engagement_count",
            "BIGINT",
            "a sum of reactions, comments and shares that a tool reports in their stead",
        ),
        Column("deleted_at", "TIMESTAMPTZ", "instant from which the post was gone"),
        Column(
            "is_listing",
            "BOOLEAN",
            "whether its file was brought as the complete list of its account's posts between its "
            "oldest and its newest",
            nullable=False,
        ),
        Column(
            "text_hash",
            "VARCHAR",
            "MD5 of the text in lower case without white space; null if none is left",
        ),
        *_SOURCE,
    ),
    key=("platform", "post_id", "account_id", "observed_at"),
    order=("source_row",),
)

FOLLOWERS = Table(
    "followers",
    (
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("account_id", "VARCHAR", "as the source names the account", nullable=False),
        Column("observed_at", "TIMESTAMPTZ", "instant of the reading", nullable=False),
        Column("observed_on", "DATE", "its date in the edition's zone", nullable=False),
        Column("follower_count", "BIGINT", "followers or subscribers", nullable=False),
        *_SOURCE,
    ),
    key=("platform", "account_id", "observed_at"),
    order=("source_row",),
)

COMMENTS = Table(
    "comments",
    (
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("comment_id", "VARCHAR", "the platform's id", nullable=False),
        Column("post_id", "VARCHAR", "the post commented on", nullable=False),
        Column("author_key", "VARCHAR", "keyed hash of the author; never a name"),
        Column("published_at", "TIMESTAMPTZ", "instant of publishing", nullable=False),
        Column("published_on", "DATE", "its date in the edition's zone", nullable=False),
        Column("observed_at", "TIMESTAMPTZ", "instant of the reading", nullable=False),
        Column("text", "VARCHAR", "the comment as written"),
        Column("reaction_count", "BIGINT", "reactions to the comment"),
        Column("is_institution", "BOOLEAN", "whether the institution wrote it", nullable=False),
        Column("parent_id", "VARCHAR", "the comment that it answers"),
        *_SOURCE,
    ),
    key=("platform", "comment_id", "observed_at"),
    order=("source_row",),
)

ALIASES = Table(
    "aliases",
    (
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("account_id", "VARCHAR", "platform:id", nullable=False),
        Column("alias", "VARCHAR", "platform:@handle seen for that id", nullable=False),
        Column("observed_at", "TIMESTAMPTZ", "instant of the reading", nullable=False),
        *_SOURCE,
    ),
    key=("platform", "account_id", "alias", "observed_at"),
    order=("source_row",),
)

REJECTS = Table(
    "rejects",
    (
        Column("file", "VARCHAR", "name of the file as it was brought", nullable=False),
        Column("row", "BIGINT", "row, line or item number in the file, from 1", nullable=False),
        Column("column", "VARCHAR", "the column or field at fault", nullable=False),
        Column("value", "VARCHAR", "what stood there, cut at 200 characters"),
        Column("reason", "VARCHAR", "what is wrong and what was expected", nullable=False),
        Column(
            "raw",
            "VARCHAR",
            "the row as it stood in the file, cut at 2,000 characters: a line, a record of CSV, "
            "or the cells as JSON",
        ),
        Column("source_sha256", "VARCHAR", "SHA-256 of the landed file", nullable=False),
    ),
    key=("source_sha256", "row", "column"),
    order=("source_sha256", "row", "column"),
)

STORE_TABLES = {
    table.name: table for table in (OBSERVATIONS, FOLLOWERS, COMMENTS, ALIASES, REJECTS)
}

POSTS = Table(
    "posts",
    (
        Column("institution_id", "VARCHAR", "the institution credited", nullable=False),
        Column(
            "account_id", "VARCHAR", "the credited account, as the registry has it", nullable=False
        ),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("post_id", "VARCHAR", "the platform's id", nullable=False),
        Column("url", "VARCHAR", "permanent address"),
        Column("published_at", "TIMESTAMPTZ", "instant of publishing", nullable=False),
        Column("published_on", "DATE", "its date in the edition's zone", nullable=False),
        Column("week_on", "DATE", "Monday of its ISO week", nullable=False),
        Column("kind", "VARCHAR", "one of KINDS; null where no source says"),
        Column("origin", "VARCHAR", "one of ORIGINS", nullable=False),
        Column("is_own", "BOOLEAN", "original or quote: made by the institution", nullable=False),
        Column(
            "is_copy",
            "BOOLEAN",
            "same text as an earlier post of the institution on the platform",
            nullable=False,
        ),
        Column(
            "is_cross_copy",
            "BOOLEAN",
            "same text as an earlier post of the institution anywhere",
            nullable=False,
        ),
        Column("is_joint", "BOOLEAN", "more than one account is its author", nullable=False),
        Column("is_paid", "BOOLEAN", "marked as paid or boosted"),
        Column("is_deleted", "BOOLEAN", "gone when last looked at", nullable=False),
        Column("is_read_late", "BOOLEAN", "counts were not read at the stated age", nullable=False),
        Column("has_text", "BOOLEAN", "whether it has a caption", nullable=False),
        Column(
            "tags",
            "VARCHAR[]",
            "hashtags of its caption in lower case, each with its #; null without a caption, and "
            "where no metric of the edition reads them",
        ),
        Column("media_count", "BIGINT", "pictures or videos in it"),
        Column("alt_text_count", "BIGINT", "pictures with an alternative text"),
        Column("duration_s", "DOUBLE", "length of the video in seconds"),
        *_counts(),
        Column(
            "interaction_count",
            "BIGINT",
            "the platform's counts of columns.toml added up; null if one is",
        ),
        Column("follower_count", "DOUBLE", "median followers of the account in the window"),
        Column(
            "posting_follower_count",
            "BIGINT",
            "followers of the account on the day of publishing, between the nearest readings",
        ),
    ),
    key=("platform", "post_id", "institution_id"),
    order=("institution_id", "platform", "published_at", "post_id"),
)

DAYS = Table(
    "days",
    (
        Column("institution_id", "VARCHAR", "the institution", nullable=False),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("published_on", "DATE", "a day with a post of its own", nullable=False),
        Column("week_on", "DATE", "Monday of its ISO week", nullable=False),
        Column(
            "post_count", "BIGINT", "own posts, copies on any platform left out", nullable=False
        ),
        Column("capped_post_count", "BIGINT", "the same, at most daily_cap", nullable=False),
    ),
    key=("institution_id", "platform", "published_on"),
    order=("institution_id", "platform", "published_on"),
)

WEEKS = Table(
    "weeks",
    (
        Column("institution_id", "VARCHAR", "the institution", nullable=False),
        Column("week_on", "DATE", "Monday of the ISO week", nullable=False),
        Column(
            "post_count", "BIGINT", "own posts, copies on any platform left out", nullable=False
        ),
    ),
    key=("institution_id", "week_on"),
    order=("institution_id", "week_on"),
)

POST_COMMENTS = Table(
    "comments",
    (
        Column("institution_id", "VARCHAR", "the institution whose post it is", nullable=False),
        Column("account_id", "VARCHAR", "the account whose post it is", nullable=False),
        Column("platform", "VARCHAR", "one of PLATFORMS", nullable=False),
        Column("published_on", "DATE", "date of the comment in the edition's zone", nullable=False),
        Column("week_on", "DATE", "Monday of its ISO week", nullable=False),
        Column("is_institution", "BOOLEAN", "whether the institution wrote it", nullable=False),
        Column("is_answer", "BOOLEAN", "whether it answers another comment", nullable=False),
    ),
    key=(),
    order=("institution_id", "account_id", "published_on"),
)

BASE_TABLES = {"posts": POSTS, "days": DAYS, "weeks": WEEKS, "comments": POST_COMMENTS}
"""The tables that a metric's expression may read, by the name it gives in `table`."""

ACCOUNT_NAMES = Table(
    "account_names",
    (
        Column(
            "name", "VARCHAR", "an account_id under which a source names an account", nullable=False
        ),
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
    ),
    key=("name",),
    order=("name",),
)

OWNERSHIP = Table(
    "ownership",
    (
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
        Column("institution_id", "VARCHAR", "the institution credited", nullable=False),
        Column("valid_from", "DATE", "first day", nullable=False),
        Column("valid_to", "DATE", "first day after", nullable=False),
    ),
    key=("account_id", "valid_from"),
    order=("account_id", "valid_from"),
)

AUDIENCE = Table(
    "audience",
    (
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
        Column("follower_count", "DOUBLE", "median of its readings in the window"),
        Column("follower_first", "BIGINT", "first reading in the window"),
        Column("follower_last", "BIGINT", "last reading in the window"),
        Column("follower_days", "DOUBLE", "days between these two"),
        Column("reading_count", "BIGINT", "readings in the window", nullable=False),
    ),
    key=("account_id",),
    order=("account_id",),
)

FOLLOWER_DAYS = Table(
    "follower_days",
    (
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
        Column("observed_on", "DATE", "a day with a reading", nullable=False),
        Column("followers", "DOUBLE", "median of the day's readings", nullable=False),
    ),
    key=("account_id", "observed_on"),
    order=("account_id", "observed_on"),
)

AUDIENCE_DAYS = Table(
    "audience_days",
    (
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
        Column("published_on", "DATE", "a day of the window", nullable=False),
        Column("follower_count", "DOUBLE", "median of its readings in the window"),
        Column(
            "posting_follower_count",
            "BIGINT",
            "followers on that day, between the nearest readings",
            nullable=False,
        ),
    ),
    key=("account_id", "published_on"),
    order=("account_id", "published_on"),
)

SUSPECT_COUNTS = Table(
    "suspects",
    (
        Column("account_id", "VARCHAR", "the account in the registry", nullable=False),
        Column("reaction_count", "BIGINT", "the tiny count that is set aside", nullable=False),
        Column("post_count", "BIGINT", "its own posts with this count", nullable=False),
        Column("known_count", "BIGINT", "its own posts with a reaction count", nullable=False),
        Column("other_median", "DOUBLE", "median of its other counts; null if there are none"),
    ),
    key=("account_id", "reaction_count"),
    order=("account_id", "reaction_count"),
)

LOOKUP_TABLES = {
    table.name: table
    for table in (
        ACCOUNT_NAMES, OWNERSHIP, AUDIENCE, FOLLOWER_DAYS, AUDIENCE_DAYS, SUSPECT_COUNTS,
    )
}  # fmt: skip
