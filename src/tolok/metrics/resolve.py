"""One row a post: of all readings of a post, the one that the rules score, and who is credited.

Most posts have been read once; only the others pay for choosing, so the steps part the two early.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.tables import Step, lookup_table, monday, store_table
from tolok.model import COUNTS
from tolok.store.schema import POSTS

_POST = ("platform", "post_id")
_DAY_S = 86_400
_AFTER_ANY_AGE = 2**40
"""Seconds: an age that no reading reaches; readings off the stated age are placed behind it."""
_FIRST_MONDAY = 4
"""Days from 1970-01-01 to the first Monday after it."""
_REASON_CODES = {"hidden": -1, "disabled": -2, "not_offered": -3, "suspect": -4}
_CERTAIN = ("account_id", "published_at", "published_on", "origin", "place")
"""What every reading says of a post: taken from the best one."""
_TOLD = ("url", "kind", "media_count", "alt_text_count", "duration_s", "is_paid", "text_hash")
"""What a reading may leave out: taken from the best one that says it."""
_COUNTED = (*COUNTS, "engagement_count")


@dataclass(frozen=True)
class ResolveRules:
    """What the step needs to know of the methodology."""

    edition: Edition
    columns: Mapping[str, tuple[str, ...]]


def post_steps(rules: ResolveRules) -> tuple[Step, ...]:
    """The chain of queries whose last gives the credited posts of the window, as POSTS has them.

    Reads: observations, account_names, ownership, audience_days. Observations of accounts that the
    registry does not know, and of posts outside the window, are left out.
    """
    edition = rules.edition
    readings = Step("readings", _readings(edition))
    several = readings.table.group_by(_POST).aggregate(n=lambda t: t.count())
    repeated = Step("repeated", several.filter(several.n > 1).select(*_POST), is_kept=True)
    once = _encoded_posts(readings.table.anti_join(repeated.table, _POST))
    more = Step("read_again", readings.table.semi_join(repeated.table, _POST))
    chosen = Step("chosen", _old_enough(once.union(_choose(more.table))))
    authors = Step("authors", _authors(readings.table, more.table), is_kept=True)
    sizes = authors.table.group_by(_POST).aggregate(n=lambda t: t.count())
    joint = Step("joint", sizes.filter(sizes.n > 1).select(*_POST), is_kept=True)
    credited = Step("credited", _credit(chosen.table, authors.table, joint.table, edition))
    named = Step("named", _with_names(credited.table))
    finished = Step("finished", _finish(named.table, rules), is_kept=True)
    again = Step("again", _repeated_texts(finished.table), is_kept=True)
    posts = Step("resolved_posts", _marked_copies(finished.table, again.table, edition))
    return (
        readings,
        repeated,
        more,
        chosen,
        authors,
        joint,
        credited,
        named,
        finished,
        again,
        posts,
    )


def _readings(edition: Edition) -> ir.Table:
    """Observations inside the window, of known accounts, with their place in the choice."""
    seen = store_table("observations")
    window = edition.window
    seen = seen.filter(
        seen.published_on >= ibis.date(window.opens_on.isoformat()),
        seen.published_on < ibis.date(window.closes_on.isoformat()),
        seen.platform.isin(edition.platforms),
    )
    names = lookup_table("account_names").rename(known_as="account_id")
    seen = seen.inner_join(names, seen.account_id == names.name).drop("name", "account_id")
    seen = seen.rename(account_id="known_as")
    columns = {name: _encoded(seen, name) for name in COUNTS}
    return seen.mutate(place=_place(seen, edition), **columns).drop(
        *(f"{c}_missing" for c in COUNTS)
    )


def _encoded(seen: ir.Table, name: str) -> ir.IntegerValue:
    """A count and its reason in one integer, so that one choice carries both.

    Known counts stand as they are, reasons as negative codes, and not_collected as null: a reading
    that says nothing must not outdo one that does.
    """
    reason = seen[f"{name}_missing"]
    codes = ibis.cases(*((reason == word, code) for word, code in _REASON_CODES.items()))
    return ibis.coalesce(seen[name], codes.cast("int64"))


def _place(seen: ir.Table, edition: Edition) -> ir.IntegerValue:
    """Seconds by which a reading misses the stated age; the smallest is chosen.

    Off the tolerance the latest reading comes first, behind all that are inside it. A reading that
    is too young has a place below zero only where no later one exists, see `_choose`.
    """
    read_at = seen.observed_at.epoch_seconds()
    latest_first = _AFTER_ANY_AGE - read_at
    if edition.snapshot.rule == "at_export":
        return latest_first.cast("int64")
    age = read_at - seen.published_at.epoch_seconds()
    target = int(edition.snapshot.age_days * _DAY_S)
    tolerance = int(edition.snapshot.tolerance_days * _DAY_S)
    off = (age - target).abs()
    too_young = age < target - tolerance
    return ibis.cases((off <= tolerance, off), (too_young, -1), else_=latest_first).cast("int64")


def _encoded_posts(readings: ir.Table) -> ir.Table:
    is_deleted = readings.deleted_at.notnull()
    return readings.select(*_POST, *_CERTAIN, *_TOLD, *_COUNTED, is_deleted=is_deleted)


def _choose(readings: ir.Table) -> ir.Table:
    """One row a post of those that were read more than once.

    Each count, and each part of the description, comes from the best reading that says something
    about it, so that files with one metric each complement each other. Best is who is old enough,
    then who says any count, then who comes nearest. Gone is a post that the last look did not find.
    """
    is_silent = ibis.and_(*(readings[name].isnull() for name in _COUNTED))
    # Ties are broken by content: which file a reading came in first must not matter.
    content = (
        "observed_at",
        "account_id",
        *_COUNTED,
        *_TOLD,
        "deleted_at",
        "published_at",
        "origin",
    )
    order = [readings.place < 0, is_silent, readings.place, *(readings[name] for name in content)]
    ranked = readings.mutate(choice=ibis.row_number().over(group_by=_POST, order_by=order))
    best = ibis.struct({name: ranked[name] for name in _CERTAIN}).argmin(ranked.choice)
    told = {
        name: ranked[name].argmin(ranked.choice, where=ranked[name].notnull()) for name in _TOLD
    }
    counts = {
        name: ranked[name].argmin(ranked.choice, where=ranked[name].notnull() & (ranked.place >= 0))
        for name in _COUNTED
    }
    is_gone = ranked.deleted_at.notnull()
    looks = {
        "gone_at": ranked.observed_at.max(where=is_gone),
        "seen_at": ranked.observed_at.max(where=~is_gone),
    }
    chosen = ranked.group_by(_POST).aggregate(best=best, **told, **counts, **looks)
    is_deleted = chosen.gone_at.notnull() & ~(chosen.seen_at > chosen.gone_at).fill_null(False)
    certain = {name: chosen.best[name] for name in _CERTAIN}
    return chosen.select(
        *_POST, **certain, **_same(chosen, *_TOLD, *_COUNTED), is_deleted=is_deleted
    )


def _same(table: ir.Table, *names: str) -> dict[str, ir.Value]:
    return {name: table[name] for name in names}


def _old_enough(chosen: ir.Table) -> ir.Table:
    """Posts less those of which only readings below the stated age exist."""
    return chosen.filter(chosen.place >= 0)


def _authors(readings: ir.Table, read_again: ir.Table) -> ir.Table:
    """The distinct accounts that a post was read under, or that name each other as authors."""
    invited = readings.filter(readings.co_account_ids.length() > 0)
    under = read_again.select(*_POST, author="account_id")
    under = under.union(invited.select(*_POST, author="account_id"))
    named = invited.select(*_POST, name=invited.co_account_ids.unnest())
    named = named.left_join(lookup_table("account_names"), "name")
    # An author whom the registry does not know is credited nowhere, but makes the post a joint one.
    author = ibis.coalesce(named.account_id, named.name)
    return under.union(named.select(*_POST, author=author)).distinct()


def _credit(chosen: ir.Table, authors: ir.Table, joint: ir.Table, edition: Edition) -> ir.Table:
    """A row a post and credited institution.

    Under "full" every author of a joint post is credited, under "owner" the account of the chosen
    reading. An institution with two authors on one post is credited once.
    """
    single = chosen.anti_join(joint, _POST).mutate(is_joint=ibis.literal(value=False))
    shared = chosen.semi_join(joint, _POST).mutate(is_joint=ibis.literal(value=True))
    if edition.attribution.collab == "owner":
        return _owned(single.union(shared).mutate(author=lambda t: t.account_id))
    single = _owned(single.mutate(author=single.account_id))
    shared = _owned(shared.inner_join(authors, _POST))
    turn = ibis.row_number().over(
        group_by=[*_POST, "institution_id"],
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
    reasons = {f"{name}_missing": _reason(named[name]) for name in COUNTS}
    totals = [
        (named.platform == platform, _total([counts[name] for name in names]))
        for platform, names in sorted(rules.columns.items())
        if names
    ]
    finished = named.mutate(
        **counts,
        **reasons,
        interaction_count=ibis.cases(*totals).cast("int64") if totals else ibis.null("int64"),
        is_own=named.origin.isin(["original", "quote"]),
        is_read_late=(named.place > _AFTER_ANY_AGE // 2) & _has_age(rules),
        has_text=named.text_hash.notnull(),
        week_on=monday(named.published_on),
    )
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


def _reason(encoded: ir.IntegerValue) -> ir.StringValue:
    codes = [(encoded == code, word) for word, code in _REASON_CODES.items()]
    return ibis.cases((encoded.isnull(), "not_collected"), *codes)


def _total(counts: list[ir.IntegerValue]) -> ir.IntegerValue:
    total = counts[0]
    for count in counts[1:]:
        total += count
    return total


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
