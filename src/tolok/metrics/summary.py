"""Tables that people read beside the scores: weeks, best posts, coverage, activity."""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.tables import (
    IBIS_TYPES,
    base_table,
    lookup_table,
    monday,
    store_table,
    whole_sum,
)
from tolok.metrics.top import near_the_top
from tolok.model import COUNTS, MISSING_REASONS
from tolok.store.counted import COUNTED_POSTS
from tolok.store.schema import POSTS

BEST_POST_COUNT = 5
"""Best posts shown for an institution and platform."""


def weekly_activity() -> ir.Table:
    """Own posts and known interactions by institution, platform and week: WEEKLY's columns."""
    posts = _own_posts()
    by = ["institution_id", "platform", "week_on"]
    table = posts.group_by(by).aggregate(
        post_count=posts.count(), interaction_count=whole_sum(posts.interaction_count)
    )
    return table.order_by(by)


def best_posts() -> ir.Table:
    """The posts with most interactions of each institution and platform: BEST_POSTS's columns."""
    posts = _own_posts()
    posts = posts.filter(posts.interaction_count.notnull())
    medians = posts.group_by(["account_id", "platform"]).aggregate(
        median_count=posts.interaction_count.cast("float64").median()
    )
    owner = ["institution_id", "platform"]
    top = near_the_top(posts, owner, "interaction_count", BEST_POST_COUNT)
    place = ibis.row_number().over(
        group_by=owner, order_by=[top.interaction_count.desc(), top.post_id]
    )
    top = top.mutate(place=place + 1).filter(lambda t: t.place <= BEST_POST_COUNT)
    top = top.inner_join(medians, ["account_id", "platform"])
    return top.select(
        "institution_id",
        "place",
        "account_id",
        "platform",
        "post_id",
        "published_on",
        "interaction_count",
        url=top.url.fill_null(""),
        kind=top.kind.fill_null(""),
        times_median=top.interaction_count / top.median_count.nullif(0),
    ).order_by("institution_id", "platform", "place")


def coverage(count: str) -> ir.Table:
    """How often one count of an account's own posts is known, or why not: COVERAGE's columns."""
    posts = _own_posts()
    reason = posts[f"{count}_missing"]
    by = ["institution_id", "account_id", "platform"]
    table = posts.group_by(by).aggregate(
        known_count=posts.count(where=posts[count].notnull()),
        **{f"{name}_count": posts.count(where=reason == name) for name in MISSING_REASONS},
    )
    return table.mutate(count=ibis.literal(count))


def coverages() -> list[ir.Table]:
    """The coverage of every count."""
    return [coverage(count) for count in COUNTS]


def account_activity() -> ir.Table:
    """Own posts and the date of the last of them, by institution and account."""
    posts = _own_posts()
    by = ["institution_id", "account_id"]
    table = posts.group_by(by).aggregate(
        post_count=posts.count(), last_published_on=posts.published_on.max()
    )
    return table.order_by(by)


def engagement_sums() -> ir.Table:
    """Own posts without copies whose interactions are known, and these, by account and kind."""
    posts = _own_posts()
    posts = posts.filter(~posts.is_copy, posts.interaction_count.notnull())
    posts = posts.mutate(kind=posts.kind.fill_null(""))
    by = ["institution_id", "account_id", "platform", "kind"]
    table = posts.group_by(by).aggregate(
        post_count=posts.count(), interaction_count=whole_sum(posts.interaction_count)
    )
    return table.order_by(by)


def counted_posts() -> ir.Table:
    """The posts behind the counts, as ids and marks without texts: COUNTED_POSTS's columns."""
    posts = base_table("posts").mutate(kind=lambda t: t.kind.fill_null(""))
    return posts.select(*COUNTED_POSTS.names).order_by(*COUNTED_POSTS.order)


def published_posts() -> ir.Table:
    """The published posts as the table that metrics read; what is not published is null.

    Reads: counted_posts.
    """
    types = {column.name: IBIS_TYPES[column.type] for column in COUNTED_POSTS.columns}
    posts = ibis.table(types, name="counted_posts")
    known = {name: posts[name] for name in COUNTED_POSTS.names}
    known |= {"kind": posts.kind.nullif(""), "week_on": monday(posts.published_on)}
    return posts.select(
        **{c.name: known.get(c.name, ibis.null(IBIS_TYPES[c.type])) for c in POSTS.columns}
    )


def institution_activity() -> ir.Table:
    """Own posts, known interactions and active weeks by institution."""
    posts = _own_posts()
    table = posts.group_by("institution_id").aggregate(
        post_count=posts.count(),
        interaction_count=whole_sum(posts.interaction_count),
        active_week_count=posts.week_on.nunique(),
    )
    return table.order_by("institution_id")


def unknown_accounts() -> ir.Table:
    """Accounts in the store that the registry does not know, with their rows and dates."""
    seen = store_table("observations")
    unknown = seen.anti_join(
        lookup_table("account_names"), seen.account_id == lookup_table("account_names").name
    )
    by = ["platform", "account_id"]
    table = unknown.group_by(by).aggregate(
        row_count=unknown.count(),
        first_on=unknown.published_on.min(),
        last_on=unknown.published_on.max(),
    )
    return table.order_by(table.row_count.desc(), *by)


def record_counts(edition: Edition) -> dict[str, ir.Table]:
    """What was counted, by kind of record, never one number for all; each a table of one n.

    A post that several institutions are credited with is one post. Of posts that are too young the
    published days alone are looked at, not whose they are.
    """
    seen, posts = store_table("observations"), base_table("posts")
    key = ["platform", "post_id"]
    rows = {
        "observations": seen,
        "posts_stored": seen.select(key).distinct(),
        "posts": posts.filter(posts.is_own).select(key).distinct(),
        "comments": base_table("comments"),
        "follower_readings": store_table("followers"),
        "posts_too_young": _too_young(seen, edition),
        "posts_read_late": posts.filter(posts.is_read_late).select(key).distinct(),
        "posts_deleted": posts.filter(posts.is_deleted).select(key).distinct(),
        "copies": posts.filter(posts.is_copy).select(key).distinct(),
        "joint_posts": posts.filter(posts.is_joint).select(key).distinct(),
    }
    return {name: table.aggregate(n=table.count()) for name, table in rows.items()}


def _too_young(seen: ir.Table, edition: Edition) -> ir.Table:
    """Posts of the window that were never read as late as the rules ask."""
    window, snapshot = edition.window, edition.snapshot
    inside = seen.filter(
        (seen.published_on >= ibis.date(window.opens_on.isoformat()))
        & (seen.published_on < ibis.date(window.closes_on.isoformat()))
    )
    age = inside.observed_at.epoch_seconds() - inside.published_at.epoch_seconds()
    read = inside.mutate(age=age).group_by(["platform", "post_id"]).aggregate(age=ibis._.age.max())
    least = (snapshot.age_days - snapshot.tolerance_days) * 86_400
    return read.filter(read.age < (int(least) if snapshot.rule == "at_age" else 0))


def stored_days(edition: Edition) -> ir.Table:
    """Posts of each known account on each day of the window, as stored: for the check.

    Shape: account_id, published_on, post_count, hidden_count (posts with a hidden count).
    """
    seen = store_table("observations")
    names = lookup_table("account_names").rename(known_as="account_id")
    seen = seen.inner_join(names, seen.account_id == names.name)
    seen = seen.filter(
        seen.published_on >= ibis.date(edition.window.opens_on.isoformat()),
        seen.published_on < ibis.date(edition.window.closes_on.isoformat()),
    )
    hidden = ibis.or_(*(seen[f"{count}_missing"] == "hidden" for count in COUNTS))
    table = seen.group_by(["known_as", "published_on"]).aggregate(
        post_count=seen.post_id.nunique(), hidden_count=seen.post_id.nunique(where=hidden)
    )
    return table.rename(account_id="known_as").order_by("account_id", "published_on")


def _own_posts() -> ir.Table:
    posts = base_table("posts")
    return posts.filter(posts.is_own)
