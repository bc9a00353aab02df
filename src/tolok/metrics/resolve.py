"""One row a post and credited institution, from the reading of it that the rules score."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.counting import interaction_total
from tolok.metrics.flag_texts import EXACT_COPIES, exact_copies
from tolok.metrics.reading import AFTER_ANY_AGE, POST, reading_steps, reason_of
from tolok.metrics.tables import Step, lookup_table, monday
from tolok.model import COUNTS
from tolok.store.schema import POSTS

_MARKS = ("is_copy", "is_cross_copy")
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
    authors = Step("authors", _authors(read.read_again), is_kept=True)
    sizes = authors.table.group_by(POST).aggregate(n=lambda t: t.count())
    joint = Step("joint", sizes.filter(sizes.n > 1).select(*POST), is_kept=True)

    def credited(plain: ir.Table, best: ir.Table) -> ir.Table:
        return _credit(plain, best, authors.table, joint.table, edition)

    texts = Step("again", _repeated_texts(read.plain.union(read.best)), is_kept=True)
    same = credited(*(_with_a_text(part, texts.table) for part in (read.plain, read.best)))
    said_again = Step("said_again", same, is_kept=True)
    exact = Step(EXACT_COPIES, exact_copies(said_again.table), is_kept=True)
    copies = Step("copies", _copies(said_again.table, edition), is_kept=True)
    named = Step("named", _with_names(credited(*read.settled_parts)))
    posts = Step("resolved_posts", _finish(named.table, copies.table, rules))
    return (*read.steps, authors, joint, texts, said_again, exact, copies, named, posts)


def _authors(read_again: ir.Table) -> ir.Table:
    """The distinct accounts that a post was read under, or that name each other as authors."""
    under = read_again.select(*POST, author="account_id")
    invited = read_again.filter(read_again.co_account_ids.length() > 0)
    named = invited.select(*POST, name=invited.co_account_ids.unnest())
    named = named.left_join(lookup_table("account_names"), "name")
    # An author whom the registry does not know is credited nowhere, but makes the post a joint one.
    author = ibis.coalesce(named.account_id, named.name)
    return under.union(named.select(*POST, author=author)).distinct()


def _credit(
    plain: ir.Table, best: ir.Table, authors: ir.Table, joint: ir.Table, edition: Edition
) -> ir.Table:
    """A row a post and credited institution; joint posts are among `best` alone.

    Under "full" every author of a joint post is credited, under "owner" the account of the chosen
    reading. An institution with two authors on one post is credited once.
    """
    single = plain.union(best.anti_join(joint, POST)).mutate(is_joint=ibis.literal(value=False))
    shared = best.semi_join(joint, POST).mutate(is_joint=ibis.literal(value=True))
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


def _finish(named: ir.Table, copies: ir.Table, rules: ResolveRules) -> ir.Table:
    """The columns of POSTS."""
    counts = {name: ibis.cases((named[name] >= 0, named[name])) for name in COUNTS}
    reasons = {f"{name}_missing": reason_of(named[name]) for name in COUNTS}
    finished = named.mutate(
        **counts,
        **reasons,
        is_own=_is_own(named),
        is_read_late=(named.place > AFTER_ANY_AGE // 2) & _has_age(rules),
        has_text=named.text_hash.notnull(),
        week_on=monday(named.published_on),
    )
    finished = finished.mutate(interaction_count=interaction_total(finished, rules.columns))
    no = ibis.literal(value=False)
    marked = finished.left_join(copies, ["institution_id", *POST])
    marks = {name: ibis.coalesce(marked[name], no) for name in _MARKS}
    return marked.mutate(**marks).select(*POSTS.names)


def _is_own(posts: ir.Table) -> ir.BooleanValue:
    return posts.origin.isin(["original", "quote"])


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


def _repeated_texts(chosen: ir.Table) -> ir.Table:
    """The hashes of texts that more than one post has, whosesoever: all that may be copies."""
    own = chosen.filter(_is_own(chosen), chosen.text_hash.notnull())
    again = own.group_by(text_key=own.text_hash.hash()).aggregate(n=lambda t: t.count())
    return again.filter(again.n > 1).select("text_key")


def _with_a_text(chosen: ir.Table, texts: ir.Table) -> ir.Table:
    """The own posts with one of these texts, by what copies are told by."""
    own = chosen.filter(_is_own(chosen), chosen.text_hash.notnull())
    own = own.mutate(text_key=own.text_hash.hash())
    own = own.semi_join(texts, "text_key")
    return own.select(*POST, "account_id", "published_at", "published_on", "text_hash")


def _copies(said_again: ir.Table, edition: Edition) -> ir.Table:
    """Posts with is_copy or is_cross_copy: not the first own post with its text in its period.

    Periods are copy_days long and begin on a Monday, so that 7 days are an ISO week: a text counts
    once a week, however often it is repeated, and a weekly greeting counts each week.
    """
    days = said_again.published_on.epoch_days() - _FIRST_MONDAY
    period = (days / edition.scoring.copy_days).floor().cast("int64")
    posts = said_again.mutate(period=period)
    same = ["institution_id", "text_hash", "period"]
    order = [posts.published_at, posts.platform, posts.post_id]
    turn = ibis.row_number()
    marked = posts.mutate(
        is_copy=turn.over(group_by=[*same, "platform"], order_by=order) > 0,
        is_cross_copy=turn.over(group_by=same, order_by=order) > 0,
    )
    marked = marked.filter(marked.is_copy | marked.is_cross_copy)
    return marked.select("institution_id", *POST, *_MARKS)
