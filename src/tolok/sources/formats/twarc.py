"""twarc-csv: posts of X API v2 as a table, a column for each field; and twarc2's files of no posts.

- Ids are bare digits, and a spreadsheet cuts them. The table has no address of a post, so nothing
  gives a cut id back: such a row is refused.
- Counts of a repost are those of the original.
- A row carries its author's followers and the time at which both were read. Tables of before May
  2021 lack the time, and have what a post refers to as a list and its text as JSON.

twarc2 saves counts of posts by hour and lists of accounts in the same way: they hold nothing to
take, and are known so that this can be said.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tolok.platforms.x.api import ORIGINS, kind_of, newer_version, was_before_views
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format
from tolok.sources.table_format import TableFormat

_WORDS = {
    "id": ("id",),
    "author": ("author_id",),
    "handle": ("author.username",),
    "followers": ("author.public_metrics.followers_count",),
    "published": ("created_at",),
    "read": ("__twarc.retrieved_at",),
    "text": ("text",),
    "language": ("lang",),
    "likes": ("public_metrics.like_count",),
    "replies": ("public_metrics.reply_count",),
    "reposts": ("public_metrics.retweet_count", "public_metrics.repost_count"),
    "quotes": ("public_metrics.quote_count",),
    "bookmarks": ("public_metrics.bookmark_count",),
    "views": ("public_metrics.impression_count",),
    "reply_to": ("referenced_tweets.replied_to.id", "referenced_posts.replied_to.id"),
    "repost_of": ("referenced_tweets.retweeted.id", "referenced_posts.reposted.id"),
    "quote_of": ("referenced_tweets.quoted.id", "referenced_posts.quoted.id"),
    "references": ("referenced_tweets",),
    "versions": ("edit_history_tweet_ids", "edit_history_post_ids"),
    "media": ("attachments.media",),
    "media_keys": ("attachments.media_keys",),
    "links": ("entities.urls",),
}


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    ids, authors = cells.ids("id"), cells.ids("author")
    for index, (post_id, text) in enumerate(zip(ids, cells.words("versions"), strict=True)):
        newer = newer_version(post_id, _listed(text))
        if newer:
            cells.refuse(index, newer)
    attached = zip(cells.words("media"), cells.words("media_keys"), strict=True)
    media = [_types(told, keys) for told, keys in attached]
    links = [_listed(text) for text in cells.words("links")]
    of_account: dict[str, Column] = {
        "platform": cells.same("x"),
        "account_id": authors,
        **({"observed_at": cells.moments("read")} if cells.has("read") else {}),
    }
    return {
        "posts": {
            **of_account,
            "post_id": ids,
            "published_at": cells.moments("published"),
            "kind": [kind_of(m, map(_address, urls)) for m, urls in zip(media, links, strict=True)],
            "origin": _origins(cells),
            "text": _texts(cells.texts("text")),
            "url": [found and f"https://x.com/i/status/{found}" for found in ids],
            "language": cells.words("language"),
            "media_count": [str(len(found)) for found in media],
            **_counts(cells),
        },
        "followers": {**of_account, "follower_count": cells.counts("followers")},
        "aliases": {
            **of_account,
            "alias": [name and f"@{name.removeprefix('@')}" for name in cells.words("handle")],
        },
    }


def _counts(cells: Cells) -> dict[str, Column]:
    views = zip(cells.counts("views"), cells.words("published"), strict=True)
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("replies"),
        "share_count": summed(cells.counts("reposts"), cells.counts("quotes")),
        "save_count": cells.counts("bookmarks"),
        "view_count": [
            None if count == "0" and was_before_views(at) else count for count, at in views
        ],
    }
    return known_counts(counts, {}, reposts=[origin == "repost" for origin in _origins(cells)])


def summed(reposts: Column, quotes: Column) -> Column:
    """Reposts and quotes together; None where one of them is missing."""
    pairs = zip(reposts, quotes, strict=True)
    return [None if a is None or b is None else str(int(a) + int(b)) for a, b in pairs]


def _origins(cells: Cells) -> Column:
    """What each post refers to; a reply that quotes is a reply."""
    columns = [cells.words(word) for word in ("reply_to", "repost_of", "quote_of", "references")]
    return [
        _origin(_listed(listed))
        if listed
        else "reply" if reply else "repost" if repost else "quote" if quote else "original"
        for reply, repost, quote, listed in zip(*columns, strict=True)
    ]  # fmt: skip


def _origin(references: list[Any]) -> str:
    types = {reference.get("type") for reference in references if isinstance(reference, dict)}
    return next((word for name, word in ORIGINS.items() if name in types), "original")


def _texts(texts: Column) -> Column:
    """The texts; where each is a text of JSON, as older files write them, what these say."""
    given = {text for text in texts if text}
    if not all(text.startswith('"') and isinstance(_parsed(text), str) for text in given):
        return texts
    return [_parsed(text) if text else None for text in texts]


def _types(media: str | None, keys: str | None) -> list[Any]:
    """The types of attached media; a type that is not told is None."""
    found = _listed(media) or _listed(keys)
    return [m.get("type") if isinstance(m, dict) else None for m in found]


def _address(link: Any) -> str:
    """The address of a link, which newer files write alone and older ones with its places."""
    found = link.get("expanded_url") if isinstance(link, dict) else link
    text = str(found or "")
    # a link to the post's own media is shown without its scheme
    return f"https://x.com/{text}" if text.startswith("pic.") else text


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _listed(text: str | None) -> list[Any]:
    """The list in a cell; a cell that holds none has no items."""
    found = _parsed(text) if text else None
    return found if isinstance(found, list) else []


def _data(brought: Brought) -> list[dict[str, Any]]:
    """What the first answer of the file lists."""
    sample = brought.sample if brought.is_json else None
    data = sample.get("data") if isinstance(sample, dict) else None
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _lists_counts(brought: Brought) -> bool:
    data = _data(brought)
    return bool(data) and all({"start", "end"} <= set(item) and "id" not in item for item in data)


def _lists_lists(brought: Brought) -> bool:
    data = _data(brought)
    return bool(data) and all({"id", "owner_id", "member_count"} <= set(item) for item in data)


def _nothing(name: str, claims: Any, what: str) -> Format:
    said = f"holds {what}, and no posts, accounts or followers. Bring the file of posts or users."
    return Format(name, claims, lambda _brought, _options: (), holds_nothing=said)


_TABLE = TableFormat(
    name="twarc-csv",
    words=_WORDS,
    needs=("id", "author", "published", "text", "likes", "replies"),
    rows=_rows,
    decimal=".",
    zone="UTC",
)

FORMATS = (
    _TABLE.format(),
    _nothing("x-counts", _lists_counts, "how many posts of X a search found in each period"),
    _nothing("x-lists", _lists_lists, "lists of accounts of X"),
)
