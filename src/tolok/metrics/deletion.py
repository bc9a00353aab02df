"""Posts that a later complete list of their account does not hold: they were deleted.

A file is such a list only where its organiser said so when bringing it; no other file proves
anything by what it lacks. Without a list nothing is looked at.
"""

import ibis
import ibis.expr.types as ir

from tolok.metrics.tables import Step, lookup_table, store_table

_POST = ("platform", "post_id")
_SESSION_H = 12
"""Hours that a tool may take to read one list: what was read so shortly before is not yet gone."""


def deletion_steps(readings: Step) -> tuple[Step, ...]:
    """The chain whose last, `gone`, holds the posts that a list proves gone: platform and post_id.

    Reads: observations, rejects, account_names, and the readings of the window.
    """
    listings = Step("listings", _listings(), is_kept=True)
    missed = Step("missed", _missed(readings.table, listings.table), is_kept=True)
    gone = Step("gone", _gone(readings.table, missed.table, listings.table), is_kept=True)
    return listings, missed, gone


def with_deletions(chosen: ir.Table, gone: ir.Table) -> ir.Table:
    """The posts, those that a list proves gone marked as deleted; their counts stay."""
    marked = chosen.left_join(gone.mutate(is_gone=ibis.literal(value=True)), _POST)
    is_deleted = marked.is_deleted | marked.is_gone.notnull()
    return marked.mutate(is_deleted=is_deleted).select(*chosen.columns)


def _listings() -> ir.Table:
    """Each complete list: its account, when it was read, its oldest and its newest post.

    A list is what one file holds of one account, also outside the window. A tool may read its posts
    one after another: the list's moment is the first of theirs, less _SESSION_H hours. A file with
    a row that was rejected proves nothing: the post that is missed may stand in that row.
    """
    listed = store_table("observations")
    listed = listed.filter(listed.is_listing)
    listed = listed.anti_join(store_table("rejects"), "source_sha256")
    names = lookup_table("account_names").rename(known_as="account_id")
    listed = listed.inner_join(names, listed.account_id == names.name)
    table = listed.group_by(["known_as", "source_sha256"]).aggregate(
        listed_at=listed.observed_at.min() - ibis.interval(hours=_SESSION_H),
        oldest_at=listed.published_at.min(),
        newest_at=listed.published_at.max(),
    )
    return table.filter(table.oldest_at < table.newest_at).rename(account_id="known_as")


def _missed(readings: ir.Table, listings: ir.Table) -> ir.Table:
    """Posts that their account's last list does not hold: few, and all that may be gone."""
    last = listings.group_by("account_id").aggregate(list_at=listings.listed_at.max())
    seen = readings.select(*_POST, "account_id", "observed_at").inner_join(last, "account_id")
    table = seen.group_by(_POST).aggregate(
        seen_at=seen.observed_at.max(), list_at=seen.list_at.max()
    )
    return table.filter(table.seen_at < table.list_at).select(*_POST)


def _gone(readings: ir.Table, missed: ir.Table, listings: ir.Table) -> ir.Table:
    """Of the missed posts those that a list after all their readings covers.

    Lists leave out what tools do: answers, reposts, joint posts in the list of the other author,
    and stories, which end by themselves.
    """
    read = readings.semi_join(missed, _POST)
    is_listed = read.origin.isin(["original", "quote"]) & (read.kind != "story").fill_null(True)
    table = read.group_by(_POST).aggregate(
        account_id=read.account_id.min(),
        other_account_id=read.account_id.max(),
        unlisted_count=read.count(where=~is_listed),
        seen_at=read.observed_at.max(),
        published_first_at=read.published_at.min(),
        published_last_at=read.published_at.max(),
    )
    table = table.filter(table.account_id == table.other_account_id, table.unlisted_count == 0)
    covered = table.inner_join(
        listings,
        [
            table.account_id == listings.account_id,
            table.seen_at < listings.listed_at,
            table.published_first_at > listings.oldest_at,
            table.published_last_at < listings.newest_at,
        ],
    )
    return covered.select(*_POST).distinct()
