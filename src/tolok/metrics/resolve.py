"""One row a post and credited institution, from the reading of it that the rules score."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.counting import interaction_total
from tolok.metrics.reading import AFTER_ANY_AGE, POST, reading_steps, reason_of
from tolok.metrics.tables import Step, lookup_table, monday
from tolok.model import COUNTS
from tolok.store.schema import POSTS

_FIRST_MONDAY = 4
"""Days from 1970-01-01 to the first Monday after it."""


@dataclass(frozen=True)
class ResolveRules:
    """What the step needs to know of the methodology."""

    edition: Edition
    columns: Mapping[str, tuple[str, ...]]
    with_tags: bool = False
    """Whether the hashtags of captions are looked for; else `tags` is null."""


def post_steps(rules: ResolveRules) -> tuple[Step, ...]:
    """The chain of queries whose last gives the credited posts of the window, as POSTS has them.

    Reads: observations, rejects, account_names, ownership, audience_days. Observations of accounts
    that the registry does not know, and of posts outside the window, are left out.
    """
    edition = rules.edition
    read = reading_steps(edition, with_tags=rules.with_tags)
    tables = {step.name: step.table for step in read}
    under = _authors(tables["readings"], tables["read_again"])
    authors = Step("authors", under, is_kept=True)
    sizes = authors.table.group_by(POST).aggregate(n=lambda t: t.count())
    joint = Step("joint", sizes.filter(sizes.n > 1).select(*POST), is_kept=True)
    credited = Step("credited", _credit(tables["settled"], authors.table, joint.table, edition))
    named = Step("named", _with_names(credited.table))
    finished = Step("finished", _finish(named.table, rules), is_kept=True)
    again = Step("again", _repeated_texts(finished.table), is_kept=True)
    posts = Step("resolved_posts", _marked_copies(finished.table, again.table, edition))
    return (*read, authors, joint, credited, named, finished, again, posts)


def _authors(readings: ir.Table, read_again: ir.Table) -> ir.Table:
    """The distinct accounts that a post was read under, or that name each other as authors."""
    invited = readings.filter(readings.co_account_ids.length() > 0)
    under = read_again.select(*POST, author="account_id")
    under = under.union(invited.select(*POST, author="account_id"))
    named = invited.select(*POST, name=invited.co_account_ids.unnest())
    named = named.left_join(lookup_table("account_names"), "name")
    # An author whom the registry does not know is credited nowhere, but makes the post a joint one.
    author = ibis.coalesce(named.account_id, named.name)
    return under.union(named.select(*POST, author=author)).distinct()


def _credit(chosen: ir.Table, authors: ir.Table, joint: ir.Table, edition: Edition) -> ir.Table:
    """A row a post and credited institution.

    Under "full" every author of a joint post is credited, under "owner" the account of the chosen
    reading. An institution with two authors on one post is credited once.
    """
    single = chosen.anti_join(joint, POST).mutate(is_joint=ibis.literal(value=False))
    shared = chosen.semi_join(joint, POST).mutate(is_joint=ibis.literal(value=True))
    if edition.attribution.collab == "owner":
        return _owned(single.union(shared).mutate(author=lambda t: t.account_id))
    single = _owned(single.mutate(author=single.account_id))
    shared = _owned(shared.inner_join(authors, POST))
    turn = ibis.row_number().over(
        group_by=[*POST, "institution_id"],
        order_by=[(shared.author != shared.account_id).cast("int64"), shared.author],
    )
    shared = shared.mutate(turn=turn).filter(lambda t: t.turn == 0)
    return single.union(shared.select(*single.columns))


def _owned(posts: ir.Table) -> ir.Table:
    """Posts whose author belonged to an institution on the day of publishing."""
    owner = lookup_table("ownership")
    owned = posts.inner_join(
        owner,
        [
            posts.author == owner.account_id,
            posts.published_on >= owner.valid_from,
            posts.published_on < owner.valid_to,
        ],
    )
    return owned.select(*posts.columns, "institution_id")


def _with_names(credited: ir.Table) -> ir.Table:
    """The posts with the credited account, its followers, and comments from a tool's sum."""
    reported = _with_reported_sum(credited.drop("account_id").rename(account_id="author"))
    named = reported.left_join(lookup_table("audience_days"), ["account_id", "published_on"])
    return named.drop("account_id_right", "published_on_right")


def _finish(named: ir.Table, rules: ResolveRules) -> ir.Table:
    """The columns of POSTS but for the marks of copies, and text_hash."""
    counts = {name: ibis.cases((named[name] >= 0, named[name])) for name in COUNTS}
    reasons = {f"{name}_missing": reason_of(named[name]) for name in COUNTS}
    finished = named.mutate(
        **counts,
        **reasons,
        is_own=named.origin.isin(["original", "quote"]),
        is_read_late=(named.place > AFTER_ANY_AGE // 2) & _has_age(rules),
        has_text=named.text_hash.notnull(),
        week_on=monday(named.published_on),
    )
    finished = finished.mutate(interaction_count=interaction_total(finished, rules.columns))
    marks = ("is_copy", "is_cross_copy")
    return finished.select(*(name for name in POSTS.names if name not in marks), "text_hash")


def _has_age(rules: ResolveRules) -> ir.BooleanValue:
    return ibis.literal(rules.edition.snapshot.rule == "at_age")


def _with_reported_sum(posts: ir.Table) -> ir.Table:
    """Instagram comments from a tool's sum: likes plus comments there, so the rest is comments.

    Only where the tool gave likes and the sum, but no comments; other platforms' sums hold shares.
    """
    rest = posts.engagement_count - posts.reaction_count
    usable = (posts.platform == "instagram") & posts.comment_count.isnull() & (rest >= 0)
    usable &= posts.reaction_count >= 0
    return posts.mutate(comment_count=ibis.cases((usable, rest), else_=posts.comment_count))


def _repeated_texts(finished: ir.Table) -> ir.Table:
    """The texts that an institution published more than once."""
    text = ["institution_id", "text_hash"]
    own = finished.filter(finished.is_own, finished.text_hash.notnull())
    again = own.group_by(text).aggregate(n=lambda t: t.count())
    return again.filter(again.n > 1).select(*text, is_own=ibis.literal(value=True))


def _marked_copies(finished: ir.Table, again: ir.Table, edition: Edition) -> ir.Table:
    """Posts with is_copy and is_cross_copy: not the first own post with its text in its period.

    Periods are copy_days long and begin on a Monday, so that 7 days are an ISO week: a text counts
    once a week, however often it is repeated, and a weekly greeting counts each week.
    """
    no = ibis.literal(value=False)
    text = ["institution_id", "text_hash"]
    fresh = finished.anti_join(again, [*text, "is_own"]).mutate(is_copy=no, is_cross_copy=no)
    repeated = finished.semi_join(again, [*text, "is_own"])
    days = repeated.published_on.epoch_days() - _FIRST_MONDAY
    repeated = repeated.mutate(period=(days / edition.scoring.copy_days).floor().cast("int64"))
    same = [*text, "period"]
    order = [repeated.published_at, repeated.platform, repeated.post_id]
    turn = ibis.row_number()
    repeated = repeated.mutate(
        is_copy=turn.over(group_by=[*same, "platform"], order_by=order) > 0,
        is_cross_copy=turn.over(group_by=same, order_by=order) > 0,
    )
    return fresh.select(*POSTS.names).union(repeated.select(*POSTS.names))
