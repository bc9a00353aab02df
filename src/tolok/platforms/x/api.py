"""X API v2: posts and users, as single answers, as lists, and as academictwitteR saves them.

twarc2 writes answers, one a line, or "flattens" them: one post a line, its author inside it.

Both spellings of the interface are read: tweets and retweet_count, posts and repost_count.
Posts in `includes` are context, mostly of other accounts, and `errors` name posts that are gone
without saying whose they were: neither is an item.

Source: https://docs.x.com/x-api/fundamentals/metrics
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from tolok.model import COUNTS

NAME = "x-api"
ORIGINS = {  # a reply that quotes is a reply
    "replied_to": "reply",
    "retweeted": "repost",
    "reposted": "repost",
    "quoted": "quote",
}
_OF_X = re.compile(r"https?://(?:twitter|x)\.com/")
"""A quoted post stands among a post's links; it makes no link of the post."""
_METAS = {"media_type", "timestamp", "followers_count", "fan_count", "created_time"}
"""What objects of Meta's interfaces have beside an id and a username, and users of X have not."""
_VIEWS_SINCE = datetime(2022, 12, 15, tzinfo=UTC)
"""Impressions of earlier posts are 0, whatever they were."""


def claims(sample: Any) -> bool:
    """Whether a JSON value holds posts or users of the interface."""
    listed = _listed(sample)
    return bool(listed) and all(
        isinstance(i, dict) and (_is_post(i) or _is_user(i)) for i in listed
    )


def items(document: Any, account: str | None) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """A post of each post, a reading of followers and a handle of each user."""
    del account  # what names no author takes it where rows are checked
    includes = document.get("includes", {}) if isinstance(document, dict) else {}
    media = {medium["media_key"]: medium.get("type") for medium in includes.get("media", [])}
    read_at = _retrieved_at(document)
    for item in _listed(document):
        yield partial(_rows, item, media, read_at)


def _rows(
    item: dict[str, Any], media: dict[str, Any], read_at: dict[str, str]
) -> dict[str, dict[str, Any]]:
    rows = _user(item) if _is_user(item) else _post_and_author(item, media)
    for row in rows.values():
        row.update(read_at)
    return rows


def _listed(document: Any) -> list[Any]:
    """The posts and users of a document, the authors among the users of `includes` after them.

    Others there are people who were mentioned or answered: nobody asked for them.
    """
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    if _is_flat(document):
        return [document]
    users = document.get("users")
    if isinstance(users, list):
        return users
    data = document.get("data")
    found = [data] if isinstance(data, dict) else data if isinstance(data, list) else []
    includes = document.get("includes")
    users = includes.get("users", []) if isinstance(includes, dict) else []
    authors = {item.get("author_id") for item in found if isinstance(item, dict)}
    return [*found, *(user for user in users if user.get("id") in authors)]


def _is_post(item: dict[str, Any]) -> bool:
    return "id" in item and "text" in item and ("author_id" in item or "created_at" in item)


def _is_user(item: dict[str, Any]) -> bool:
    return {"id", "username"} <= item.keys() and _METAS.isdisjoint(item)


def _is_flat(document: dict[str, Any]) -> bool:
    """Whether a document is one post, with marks that only the interface's posts have."""
    return _is_post(document) and ("public_metrics" in document or "__twarc" in document)


def _retrieved_at(document: Any) -> dict[str, str]:
    """The time of reading that twarc2 writes beside an answer, if it is there."""
    twarc = document.get("__twarc") if isinstance(document, dict) else None
    return {"observed_at": twarc["retrieved_at"]} if twarc and "retrieved_at" in twarc else {}


def _post_and_author(item: dict[str, Any], media: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A post, and what a flattened one says of its author; no row of a version that was edited."""
    newer = newer_version(item.get("id"), item.get("edit_history_tweet_ids"))
    if newer:
        return {"posts": {"broken": newer, "raw": str(item["id"])}}
    author = item.get("author") or item.get("author_user")  # 4CAT's word for it
    of_author = _user(author) if isinstance(author, dict) and _is_user(author) else {}
    return {"posts": _post(item, media), **of_author}


def newer_version(post_id: Any, history: Any) -> str:
    """Why a version of an edited post is none of its own; nothing for the last or only version.

    Source: https://docs.x.com/x-api/fundamentals/edit-posts
    """
    versions = [str(version) for version in history] if isinstance(history, list) else []
    if str(post_id) not in versions[:-1]:
        return ""
    return f"is an older version of a post that was edited; the post is {versions[-1]}"


def _post(item: dict[str, Any], media: dict[str, Any]) -> dict[str, Any]:
    """One post; what it refers to says whether it is a quote, a reply or a repost."""
    references = item.get("referenced_tweets") or item.get("referenced_posts") or []
    types = [reference.get("type") for reference in references]  # R writes {} for none
    origin = next((word for name, word in ORIGINS.items() if name in types), "original")
    note = item.get("note_tweet") or item.get("note_post") or {}
    attached = _attached(item, media)
    counts = dict.fromkeys(COUNTS) if origin == "repost" else _counts(item)
    reason = "not_offered" if origin == "repost" else "not_collected"
    return {
        "platform": "x",
        "post_id": item.get("id"),
        "account_id": item.get("author_id"),
        "published_at": item.get("created_at"),
        "kind": kind_of(attached, _addresses(item)),
        "origin": origin,
        "text": note.get("text") or item.get("text"),
        "url": f"https://x.com/i/status/{item.get('id')}",
        "language": item.get("lang"),
        "media_count": len(attached),
        **counts,
        "missing": {name: reason for name, count in counts.items() if count is None},
    }


def _counts(item: dict[str, Any]) -> dict[str, Any]:
    """The counts of a post that is its author's own; those of a repost are the original's."""
    metrics = item.get("public_metrics") or {}
    reposts = metrics.get("retweet_count", metrics.get("repost_count"))
    quotes, views = metrics.get("quote_count"), metrics.get("impression_count")
    if views == 0 and was_before_views(item.get("created_at")):
        views = None
    shares = None if reposts is None or quotes is None else int(reposts) + int(quotes)
    return {
        "reaction_count": metrics.get("like_count"),
        "comment_count": metrics.get("reply_count"),
        "share_count": shares,
        "save_count": metrics.get("bookmark_count"),
        "view_count": views,
    }


def was_before_views(created_at: Any) -> bool:
    """Whether a post is older than the counting of views: then its 0 views mean nothing."""
    try:
        created = datetime.fromisoformat(created_at)
    except (TypeError, ValueError):
        return False  # the row is refused for its time
    return created.tzinfo is not None and created < _VIEWS_SINCE


def kind_of(media: Sequence[Any], addresses: Iterable[str]) -> str | None:
    """The kind by the types of attached media, else by the links; None where a type is unknown."""
    if media:
        if None in media:
            return None
        if set(media) == {"photo"}:
            return "image" if len(media) == 1 else "carousel"
        return "video"
    return "link" if any(not _OF_X.match(address) for address in addresses) else "text"


def _attached(item: dict[str, Any], media: dict[str, Any]) -> list[Any]:
    """The types of attached media; a flattened post has the media in place of their keys."""
    attachments = item.get("attachments") or {}
    listed = attachments.get("media") or attachments.get("media_keys") or []
    return [m.get("type") if isinstance(m, dict) else media.get(m) for m in listed]


def _addresses(item: dict[str, Any]) -> list[str]:
    """The addresses that the text of a post links to."""
    links = (item.get("entities") or {}).get("urls") or []
    return [link.get("expanded_url") or "" for link in links]


def _user(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    of_user = {"platform": "x", "account_id": item["id"]}
    rows = {"aliases": {**of_user, "alias": f"@{item['username']}"}}
    count = (item.get("public_metrics") or {}).get("followers_count")
    if count is not None:
        rows["followers"] = {**of_user, "follower_count": count}
    return rows
