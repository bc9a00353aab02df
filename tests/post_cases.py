"""Tables for tests of the posts: a few cells are named, the rest is ordinary."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pyarrow as pa

from tolok.methodology.edition import Attribution, Cluster, Edition, Scoring, Snapshot, Suspect
from tolok.metrics.resolve import ResolveRules, post_steps
from tolok.metrics.tables import sql
from tolok.model import COUNTS, Label, Window
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.schema import (
    ACCOUNT_NAMES,
    AUDIENCE_DAYS,
    BASE_TABLES,
    COMMENTS,
    OBSERVATIONS,
    OWNERSHIP,
    REJECTS,
)

NOON = datetime(2025, 3, 3, 5, 0, tzinfo=UTC)  # a Monday, noon in Jakarta
COLUMNS = {
    "instagram": ("reaction_count", "comment_count"),
    "x": ("reaction_count", "comment_count", "share_count"),
}
ACCOUNTS = {"instagram:@a": "a", "instagram:@b": "b", "x:@a": "a"}


def an_edition(snapshot=None, attribution=None, scoring=None, window=None, suspect=None):
    """An edition of 2025 in Jakarta on three platforms."""
    return Edition(
        name="test",
        title=Label("Uji", "Test"),
        window=window or Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta"),
        platforms=("instagram", "x", "web"),
        clusters=(Cluster("all", Label("Semua", "All")),),
        platform_weights={},
        snapshot=snapshot or Snapshot(),
        attribution=attribution or Attribution(collab="full"),
        scoring=scoring or Scoring(),
        suspect=suspect or Suspect(),
    )


def a_reading(age_days=14.0, **cells):
    """An observation: 14 days old unless said, of post 1 of instagram:@a, with counts if given."""
    published_at = cells.get("published_at", NOON)
    row = {
        "platform": "instagram",
        "post_id": "1",
        "account_id": "instagram:@a",
        "published_at": published_at,
        "published_on": (published_at + timedelta(hours=7)).date(),
        "observed_at": published_at + timedelta(days=age_days),
        "kind": "image",
        "origin": "original",
        "is_listing": False,
        "source_sha256": "f" * 64,
        "source_row": 1,
    }
    for count in COUNTS:
        reason = None if cells.get(count) is not None else "not_collected"
        row[f"{count}_missing"] = reason
    return row | cells


def a_table(schema, rows):
    """A table of a schema; cells that a row lacks are null."""
    blank = dict.fromkeys(schema.names)
    return pa.Table.from_pylist([blank | row for row in rows], schema=schema.arrow_schema)


def names_of(accounts):
    """The names of accounts, each its own."""
    return a_table(ACCOUNT_NAMES, [{"name": name, "account_id": name} for name in accounts])


def owners_of(accounts):
    """The ownership of accounts by one institution each, from the first day to the last."""
    always = {"valid_from": date.min, "valid_to": date.max}
    return a_table(
        OWNERSHIP,
        [{"account_id": one, "institution_id": owner, **always} for one, owner in accounts.items()],
    )


def days_of_audience(edition):
    """Followers of instagram:@a: 99 over the window, 98 a day until June and 100 from then on."""
    first = edition.window.opens_on
    days = [first + timedelta(days=day) for day in range(edition.window.day_count)]
    account = {"account_id": "instagram:@a", "follower_count": 99.0}
    rows = [
        account | {"published_on": day, "posting_follower_count": 100 if day.month >= 6 else 98}
        for day in days
    ]
    return a_table(AUDIENCE_DAYS, rows)


def resolved(  # noqa: PLR0913 -- a table each
    readings, edition=None, *, names=None, owners=None, rejects=(), threads=1, with_tags=False,
    engine=None,
):  # fmt: skip
    """The posts that a list of observations comes to, sorted, as a list of rows."""
    edition = edition or an_edition()
    engine = engine or engine_of(threads)
    engine.attach_table("observations", a_table(OBSERVATIONS, readings))
    engine.attach_table("rejects", a_table(REJECTS, rejects))
    engine.attach_table("account_names", names or names_of(ACCOUNTS))
    engine.attach_table("ownership", owners or owners_of(ACCOUNTS))
    engine.attach_table("audience_days", days_of_audience(edition))
    for name, text, is_kept in compiled_steps(edition, with_tags, engine.dialect):
        (engine.keep if is_kept else engine.define)(name, text)
    return engine.query(
        "SELECT * FROM resolved_posts ORDER BY platform, post_id, institution_id"
    ).to_pylist()


@cache
def engine_of(threads):
    """One engine for all tests: every table that a test reads, it makes anew."""
    return DuckDb(DuckDbSettings(threads=threads))


_COMPILED: dict[str, list] = {}


def compiled_steps(edition, with_tags=False, dialect="duckdb"):
    """Name, SQL and whether it is kept, of every step; compiling takes long: once an edition."""
    key = f"{dialect} {with_tags} {edition!r}"
    if key not in _COMPILED:
        steps = post_steps(ResolveRules(edition, COLUMNS, with_tags))
        _COMPILED[key] = [
            (step.name, sql(step.expression, dialect), step.is_kept) for step in steps
        ]
    return _COMPILED[key]


def a_post(**cells):
    """A row of POSTS: an own image post of instagram:@a on the first Monday of March."""
    row = {
        "institution_id": "a",
        "account_id": "instagram:@a",
        "platform": "instagram",
        "post_id": "1",
        "published_at": NOON,
        "published_on": date(2025, 3, 3),
        "week_on": date(2025, 3, 3),
        "kind": "image",
        "origin": "original",
    }
    marks = ("is_own", "has_text")
    marks_not = ("is_copy", "is_cross_copy", "is_joint", "is_deleted", "is_read_late")
    return row | dict.fromkeys(marks, True) | dict.fromkeys(marks_not, False) | cells


def asked(expression, *, posts=(), comments=(), threads=1):
    """The rows of a query over posts and comments."""
    engine = engine_of(threads)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], posts))
    engine.attach_table("comment_observations", a_table(COMMENTS, comments))
    engine.attach_table("account_names", names_of(ACCOUNTS))
    return engine.query(sql(expression))
