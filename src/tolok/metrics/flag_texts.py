"""Posts that are flagged by their captions: giveaways, and copies of the account's own posts.

One scan of the captions finds the giveaways and reads the captions of busy days; exact copies are
known by the hash that every caption got at its import.
"""

import re

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.tables import Step, base_table, store_table

ACCOUNT = ("institution_id", "account_id", "platform")
POST = ("platform", "post_id")
GIVEAWAY_POSTS, COPIED_POSTS, EXACT_COPIES = "giveaway_posts", "copied_posts", "exact_copies"
_POST_KEYS = {"platform": "string", "post_id": "string"}
_INSTANT = "timestamp('UTC')"


def own_posts() -> ir.Table:
    """The credited posts that their institution made itself."""
    posts = base_table("posts")
    return posts.filter(posts.is_own)


def post_keys(name: str) -> ir.Table:
    """A kept table of posts by their keys alone."""
    return ibis.table(_POST_KEYS, name=name)


def exact_copies() -> ir.Table:
    """Own posts with the caption of an earlier post of the account, word by word; keys alone.

    Reads: finished and again, steps of the posts.
    """
    columns = dict.fromkeys((*ACCOUNT, "post_id", "text_hash"), "string")
    finished = ibis.table(columns | {"published_at": _INSTANT, "is_own": "boolean"}, "finished")
    text = {"institution_id": "string", "text_hash": "string", "is_own": "boolean"}
    same = finished.semi_join(ibis.table(text, name="again"), list(text))
    return _later(same, ["institution_id", "account_id", "text_hash"])


def caption_steps(edition: Edition) -> tuple[Step, ...]:
    """The steps to giveaway_posts and copied_posts.

    Reads: posts, observations and exact_copies.
    """
    busy = Step("busy_posts", _busy_posts(edition), is_kept=True)
    texts = Step("flag_texts", _flag_texts(busy.table, edition), is_kept=True)
    giveaways = texts.table.filter(texts.table.is_giveaway).select(*POST).distinct()
    # Numbers and white space are what a series of nearly equal posts differs in.
    nearly = texts.table.group_by(POST).aggregate(text_key=texts.table.text_key.max())
    nearly = busy.table.inner_join(nearly.filter(nearly.text_key.notnull()), POST)
    copies = _later(nearly, ["institution_id", "account_id", "published_on", "text_key"])
    copies = copies.union(post_keys(EXACT_COPIES)).distinct()
    return (
        busy,
        texts,
        Step(GIVEAWAY_POSTS, giveaways, is_kept=True),
        Step(COPIED_POSTS, copies, is_kept=True),
    )


def giveaway_pattern(words: tuple[str, ...]) -> str:
    r"""The regular expression that finds one of the words, whole and in any case.

    >>> giveaway_pattern(("kuis", "tag # teman"))
    '(?i)\\b(?:kuis|tag\\s+\\d+\\s+teman)\\b'
    """
    return rf"(?i)\b(?:{'|'.join(_pattern(word) for word in words)})\b"


def _pattern(word: str) -> str:
    pieces = (r"\d+" if piece == "#" else re.escape(piece) for piece in word.split())
    return r"\s+".join(pieces)


def _busy_posts(edition: Edition) -> ir.Table:
    """The own posts of days on which an account published more than count in Most Active."""
    posts = own_posts()
    day = [*ACCOUNT, "published_on"]
    busy = posts.group_by(day).aggregate(n=posts.count())
    busy = busy.filter(busy.n > edition.scoring.daily_cap)
    return posts.semi_join(busy, day).select(*day, "post_id", "published_at")


def _flag_texts(busy: ir.Table, edition: Edition) -> ir.Table:
    """The captions that are giveaways, and those of busy days: POST, is_giveaway, text_key.

    Missing: text_key is null for what was not published on a busy day.
    """
    seen, words = store_table("observations"), edition.flags.giveaway_words
    window = edition.window
    seen = seen.filter(
        seen.published_on >= ibis.date(window.opens_on.isoformat()),
        seen.published_on < ibis.date(window.closes_on.isoformat()),
        seen.text.notnull(),
    )
    marked = busy.select(*POST).distinct().mutate(is_busy=ibis.literal(value=True))
    seen = seen.select(*POST, "text").left_join(marked, POST)
    is_busy = seen.is_busy.notnull()
    is_giveaway = ibis.literal(value=False)
    if words:
        is_giveaway = seen.text.re_search(giveaway_pattern(words))
    bare = seen.text.lower().re_replace(r"[0-9\s]+", "")
    found = seen.select(*POST, is_giveaway=is_giveaway, text_key=ibis.cases((is_busy, bare.hash())))
    return found.filter(found.is_giveaway | found.text_key.notnull())


def _later(posts: ir.Table, same: list[str]) -> ir.Table:
    """All but the first of the posts that have these columns in common; keys alone."""
    turn = ibis.row_number().over(group_by=same, order_by=["published_at", "post_id"])
    later = posts.mutate(turn=turn).filter(lambda t: t.turn > 0)
    return later.select(*POST).distinct()
