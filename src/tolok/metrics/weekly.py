"""Tables by day and week made from the posts: small, integer, and all that scoring needs.

Past these tables nothing grows with the number of posts.
"""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.tables import base_table, whole_sum

BINS_PER_UNIT = 16
"""Bins of y = ln(1 + count) are 1/16 wide: trimmed means then err by less than 0.001."""


def histogram(measure: str) -> ir.Table:
    """Posts by account, week, kind and narrow bin of y = ln(1 + count), in HISTOGRAM's columns.

    Own posts that are no copies and whose count is known. Shape: at most accounts x weeks x kinds x
    about 100 bins, whatever the number of posts.
    """
    posts = base_table("posts")
    posts = posts.filter(posts.is_own, ~posts.is_copy, posts[measure].notnull())
    log = (posts[measure] + 1).cast("float64").ln()
    binned = posts.mutate(
        kind=posts.kind.fill_null(""),
        bin=(log * BINS_PER_UNIT).floor().cast("int64"),
        log_fixed=(log * FIXED_POINT).round().cast("int64"),
    )
    by = ["institution_id", "account_id", "platform", "week_on", "kind", "bin"]
    table = binned.group_by(by).aggregate(
        post_count=binned.count(), log_sum=whole_sum(binned.log_fixed)
    )
    return table.order_by(by)


def days(edition: Edition) -> ir.Table:
    """A row an institution, platform and day with a post of its own, in DAYS's columns."""
    posts = base_table("posts")
    posts = posts.filter(posts.is_own, ~posts.is_cross_copy)
    by = ["institution_id", "platform", "published_on", "week_on"]
    table = posts.group_by(by).aggregate(post_count=posts.count())
    cap = ibis.literal(edition.scoring.daily_cap, "int64")
    return table.mutate(capped_post_count=ibis.least(table.post_count, cap)).order_by(by)


def weeks() -> ir.Table:
    """A row an institution and week with a post of its own, in WEEKS's columns."""
    posts = base_table("posts")
    posts = posts.filter(posts.is_own, ~posts.is_cross_copy)
    by = ["institution_id", "week_on"]
    return posts.group_by(by).aggregate(post_count=posts.count()).order_by(by)


def kind_counts() -> ir.Table:
    """Own posts that are not copies, by account, week and kind ("" where the kind is unknown)."""
    posts = base_table("posts")
    posts = posts.filter(posts.is_own, ~posts.is_copy).mutate(kind=posts.kind.fill_null(""))
    by = ["institution_id", "account_id", "platform", "week_on", "kind"]
    return posts.group_by(by).aggregate(post_count=posts.count()).order_by(by)
