"""Of all readings of a post the one that the rules score, with the tiny counts that are set aside.

Most posts have been read once and have one author; only the others pay for choosing, so the steps
part the two early. They are told apart by a hash of their id, which is a number where ids are long;
two ids of one hash cost time and change nothing. Nothing as wide and long as the posts is written
down on the way.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics import tags as tagging
from tolok.metrics.deletion import deletion_steps, with_deletions
from tolok.metrics.suspect import suspect_steps, without_suspects
from tolok.metrics.tables import Step, lookup_table, store_table
from tolok.model import COUNTS, MISSING_REASONS

POST = ("platform", "post_id")
AFTER_ANY_AGE = 2**40
"""Seconds: an age that no reading reaches; readings off the stated age are placed behind it."""
_DAY_S = 86_400
_REASON_CODES = {"hidden": -1, "disabled": -2, "not_offered": -3, "suspect": -4}
_CERTAIN = ("account_id", "published_at", "published_on", "origin", "place")
"""What every reading says of a post: taken from the best one."""
_TOLD = (
    "url", "kind", "media_count", "alt_text_count", "duration_s", "is_paid", "text_hash", "tags",
)  # fmt: skip
"""What a reading may leave out: taken from the best one that says it."""
_COUNTED = (*COUNTS, "engagement_count")


@dataclass(frozen=True)
class Readings:
    """The steps to the reading of each post that is scored, and what is read of them elsewhere.

    A count or the reason for its lack is one integer there, see `reason_of`. `read_again` holds all
    readings of posts that were read more than once, or that name another author; `plain` and `best`
    the readings chosen of all other posts and of these, before counts are set aside; `settled` all
    that are scored, the posts known to be gone marked, and `settled_parts` the same in two.
    """

    steps: tuple[Step, ...]
    read_again: ir.Table
    plain: ir.Table
    best: ir.Table
    settled_parts: tuple[ir.Table, ir.Table]
    settled: ir.Table


def reading_steps(edition: Edition, *, with_tags: bool = False) -> Readings:
    """The chain of queries that chooses a reading of each post.

    Reads: observations, rejects, account_names. `tags` is null unless it is asked for.
    """
    readings = Step("readings", _readings(edition))
    repeated = Step("repeated", _to_be_chosen(readings.table), is_kept=True)
    once = readings.table.anti_join(repeated.table, "id_hash")
    again = Step("read_again", readings.table.semi_join(repeated.table, "id_hash"))
    # Captions are searched here, behind the parting, so that each is searched once.
    single, several = (_tagged(part, with_tags=with_tags) for part in (once, again.table))
    plain = Step("plain_readings", _old_enough(_encoded_posts(single)))
    best = Step("best_readings", _old_enough(_choose(several)), is_kept=True)
    chosen = Step("chosen", plain.table.union(best.table))
    suspects = suspect_steps(chosen, edition.suspect)
    deletions = deletion_steps(readings)
    gone = deletions[-1].table

    def settled(part: ir.Table) -> ir.Table:
        return with_deletions(without_suspects(part, _REASON_CODES["suspect"]), gone)

    return Readings(
        steps=(readings, repeated, again, plain, best, chosen, *suspects, *deletions),
        read_again=again.table,
        plain=plain.table,
        best=best.table,
        settled_parts=(settled(plain.table), settled(best.table)),
        settled=settled(chosen.table),
    )


def account_readings(settled: ir.Table) -> ir.Table:
    """How often the reaction count of an account's own posts is known, or why not: for the check.

    Shape: account_id, deleted_count, known_count, and <reason>_count for each reason of
    MISSING_REASONS.
    """
    posts = settled.filter(settled.origin.isin(["original", "quote"]))
    reason = reason_of(posts.reaction_count)
    table = posts.group_by("account_id").aggregate(
        deleted_count=posts.count(where=posts.is_deleted),
        known_count=posts.count(where=posts.reaction_count >= 0),
        **{f"{name}_count": posts.count(where=reason == name) for name in MISSING_REASONS},
    )
    return table.order_by("account_id")


def reason_of(encoded: ir.IntegerValue) -> ir.StringValue:
    """Why an encoded count is null; null where it is known."""
    codes = [(encoded == code, word) for word, code in _REASON_CODES.items()]
    return ibis.cases((encoded.isnull(), "not_collected"), *codes)


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
    seen = seen.mutate(place=_place(seen, edition), id_hash=seen.post_id.hash(), **columns)
    return seen.drop(*(f"{c}_missing" for c in COUNTS))


def _to_be_chosen(readings: ir.Table) -> ir.Table:
    """The hashes of the posts that were read more than once, or that name another author."""
    several = readings.group_by("id_hash").aggregate(
        n=readings.count(), is_joint=(readings.co_account_ids.length() > 0).any()
    )
    return several.filter((several.n > 1) | several.is_joint).select("id_hash")


def _tagged(readings: ir.Table, *, with_tags: bool) -> ir.Table:
    tags = ibis.null(tagging.TYPE)
    if with_tags:
        has_text = readings.text_hash.notnull()
        tags = ibis.cases((has_text, tagging.hashtags(readings.text)))
    return readings.mutate(tags=tags)


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
    latest_first = AFTER_ANY_AGE - read_at
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
    return readings.select(*POST, *_CERTAIN, *_TOLD, *_COUNTED, is_deleted=is_deleted)


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
    ranked = readings.mutate(choice=ibis.row_number().over(group_by=POST, order_by=order))
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
    chosen = ranked.group_by(POST).aggregate(best=best, **told, **counts, **looks)
    is_deleted = chosen.gone_at.notnull() & ~(chosen.seen_at > chosen.gone_at).fill_null(False)
    certain = {name: chosen.best[name] for name in _CERTAIN}
    return chosen.select(
        *POST, **certain, **_same(chosen, *_TOLD, *_COUNTED), is_deleted=is_deleted
    )


def _same(table: ir.Table, *names: str) -> dict[str, ir.Value]:
    return {name: table[name] for name in names}


def _old_enough(chosen: ir.Table) -> ir.Table:
    """Posts less those of which only readings below the stated age exist."""
    return chosen.filter(chosen.place >= 0)
