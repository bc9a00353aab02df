"""What the store tells of accounts that the registry does not know, for finding their owners."""

import ibis
import ibis.expr.types as ir

from tolok.metrics.tables import lookup_table, store_table

ADDRESSES = 50
"""Addresses looked at of each account: those of its last posts."""


def addresses() -> ir.Table:
    """The addresses of the last own posts of each unknown account: account_id, post_id, url."""
    seen = _unknown(store_table("observations"))
    seen = seen.filter(seen.url.notnull(), seen.origin.isin(["original", "quote"]))
    posts = seen.group_by(["account_id", "post_id"]).aggregate(
        url=seen.url.min(), published_at=seen.published_at.max()
    )
    place = ibis.row_number().over(
        group_by="account_id", order_by=[posts.published_at.desc(), posts.post_id]
    )
    last = posts.mutate(place=place).filter(lambda t: t.place < ADDRESSES)
    return last.select("account_id", "post_id", "url").order_by("account_id", "post_id")


def joint_posts() -> ir.Table:
    """Posts that an unknown account made with a known one: account_id, known_as, post_count."""
    seen = store_table("observations")
    seen = seen.filter(seen.co_account_ids.notnull())
    pairs = seen.select("post_id", author=seen.account_id, other=seen.co_account_ids.unnest())
    both = pairs.union(pairs.select("post_id", author=pairs.other, other=pairs.author))
    unknown = _unknown(both.rename(account_id="author"))
    names = lookup_table("account_names").rename(known_as="account_id")
    joined = unknown.inner_join(names, unknown.other == names.name)
    by = ["account_id", "known_as"]
    table = joined.group_by(by).aggregate(post_count=joined.post_id.nunique())
    return table.order_by(by)


def followers() -> ir.Table:
    """The last reading of each unknown account's followers: account_id, follower_count."""
    seen = _unknown(store_table("followers"))
    table = seen.group_by("account_id").aggregate(
        follower_count=seen.follower_count.argmax(seen.observed_at)
    )
    return table.order_by("account_id")


def aliases() -> ir.Table:
    """Every handle seen for an id, and when last: account_id, alias, observed_at."""
    seen = store_table("aliases")
    by = ["account_id", "alias"]
    return seen.group_by(by).aggregate(observed_at=seen.observed_at.max()).order_by(by)


def _unknown(rows: ir.Table) -> ir.Table:
    names = lookup_table("account_names")
    return rows.anti_join(names, rows.account_id == names.name)
