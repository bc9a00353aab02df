"""Posts that are flagged by their captions: giveaways, and copies of the account's own posts.

Exact copies are known by the hash that every caption got at its import; only the captions of busy
days are looked at for copies that differ in a number.
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
_LETTER = r"\p{L}\p{M}\p{N}_"
_SPACE = r"[ \t\n\f\r]"


def own_posts() -> ir.Table:
    """The credited posts that their institution made itself."""
    posts = base_table("posts")
    return posts.filter(posts.is_own)


def post_keys(name: str) -> ir.Table:
    """A kept table of posts by their keys alone."""
    return ibis.table(_POST_KEYS, name=name)


def exact_copies(said_again: ir.Table) -> ir.Table:
    """Own posts with the caption of an earlier post of the account, word by word; keys alone.

    Shape: said_again has a row an own post and credited institution, at least of every post whose
    caption another one has too.
    """
    return _later(said_again, ["institution_id", "author", "text_hash"])


def giveaway_step(edition: Edition) -> Step:
    """The posts whose caption has one of the edition's words; keys alone.

    Reads: observations.
    """
    seen, words = _captions(edition), edition.flags.giveaway_words
    is_found = ibis.literal(value=False)
    if words:
        is_found = seen.text.lower().re_search(giveaway_pattern(words))
    return Step(GIVEAWAY_POSTS, seen.filter(is_found).select(*POST).distinct(), is_kept=True)


def caption_steps(edition: Edition) -> tuple[Step, ...]:
    """The steps to copied_posts.

    Reads: posts, observations and exact_copies.
    """
    busy = Step("busy_posts", _busy_posts(edition), is_kept=True)
    seen = _captions(edition)
    seen = seen.select(*POST, "text", id_hash=seen.post_id.hash())
    several = seen.group_by("id_hash").aggregate(n=seen.count())
    again = Step("captions_again", several.filter(several.n > 1).select("id_hash"), is_kept=True)
    read = Step("busy_captions", _busy_captions(busy.table, seen), is_kept=True)
    nearly = busy.table.inner_join(_busy_texts(read.table, again.table), POST)
    copies = _later(nearly, ["institution_id", "account_id", "published_on", "text_key"])
    copies = copies.union(post_keys(EXACT_COPIES)).distinct()
    return (busy, again, read, Step(COPIED_POSTS, copies, is_kept=True))


def giveaway_pattern(words: tuple[str, ...]) -> str:
    r"""The regular expression that finds one of the words, whole, in a caption in lower case.

    Engines do not agree on what \b, \s and (?i) mean of letters beyond ASCII, so none is used.

    >>> giveaway_pattern(("Kuis", "tag # teman")).replace(_LETTER, "L").replace(_SPACE, "_")
    '(?:^|[^L])(?:kuis|tag_+[0-9]+_+teman)(?:[^L]|$)'
    """
    any_word = "|".join(_pattern(word.lower()) for word in words)
    return f"(?:^|[^{_LETTER}])(?:{any_word})(?:[^{_LETTER}]|$)"


def _pattern(word: str) -> str:
    pieces = ("[0-9]+" if piece == "#" else re.escape(piece) for piece in word.split())
    return f"{_SPACE}+".join(pieces)


def _busy_posts(edition: Edition) -> ir.Table:
    """The own posts of days on which an account published more than count in Most Active."""
    posts = own_posts()
    day = [*ACCOUNT, "published_on"]
    busy = posts.group_by(day).aggregate(n=posts.count())
    busy = busy.filter(busy.n > edition.scoring.daily_cap)
    return posts.semi_join(busy, day).select(*day, "post_id", "published_at")


def _busy_captions(busy: ir.Table, seen: ir.Table) -> ir.Table:
    """A key of each caption read of a busy day's post, its numbers and white space left out.

    Posts are looked up by the hash of their ids, which takes half the memory of the ids; who is
    found by chance is no busy post, and falls out where these are joined.
    """
    seen = seen.semi_join(busy.select(id_hash=busy.post_id.hash()), "id_hash")
    bare = seen.text.lower().re_replace(r"[0-9 \t\n\f\r]+", "")
    return seen.select(*POST, "id_hash", text_key=bare.hash())


def _busy_texts(read: ir.Table, again: ir.Table) -> ir.Table:
    """One key a post, of the captions read of it.

    Only those of posts that were read more than once are gathered; two ids of one hash cost time
    and change nothing.
    """
    several = read.semi_join(again, "id_hash")
    gathered = several.group_by(POST).aggregate(text_key=several.text_key.max())
    return read.anti_join(again, "id_hash").drop("id_hash").union(gathered)


def _captions(edition: Edition) -> ir.Table:
    seen, window = store_table("observations"), edition.window
    return seen.filter(
        seen.published_on >= ibis.date(window.opens_on.isoformat()),
        seen.published_on < ibis.date(window.closes_on.isoformat()),
        seen.text.notnull(),
    )


def _later(posts: ir.Table, same: list[str]) -> ir.Table:
    """All but the first of the posts that have these columns in common; keys alone."""
    turn = ibis.row_number().over(group_by=same, order_by=["published_at", "post_id"])
    later = posts.mutate(turn=turn).filter(lambda t: t.turn > 0)
    return later.select(*POST).distinct()
