"""X's own objects, as its pages get them (GraphQL): posts with their author inside.

Fields are as seen in public files and code in 2026; none is documented.
"""

from datetime import datetime
from typing import Any

from tolok.model import COUNTS
from tolok.platforms.x.api import kind_of, newer_version, was_before_views

Rows = dict[str, dict[str, Any]]


def post_rows(item: dict[str, Any]) -> Rows:
    """The post of an object, its author's followers and handle where they are given."""
    item = item.get("tweet") or item
    legacy = item["legacy"]
    post_id = item.get("rest_id") or legacy.get("id_str")
    newer = newer_version(post_id, (item.get("edit_control") or {}).get("edit_tweet_ids"))
    if newer:
        return {"posts": {"broken": newer, "raw": str(post_id)}}
    published = datetime.strptime(legacy["created_at"], "%a %b %d %H:%M:%S %z %Y").isoformat()
    origin = _origin(item, legacy)
    media = (legacy.get("extended_entities") or legacy.get("entities") or {}).get("media") or []
    links = (legacy.get("entities") or {}).get("urls") or []
    counts = dict.fromkeys(COUNTS) if origin == "repost" else _counts(item, legacy, published)
    reason = "not_offered" if origin == "repost" else "not_collected"
    addresses = [link.get("expanded_url") or "" for link in links]
    row = {
        "platform": "x",
        "post_id": post_id,
        "account_id": legacy.get("user_id_str"),
        "published_at": published,
        "kind": kind_of([medium.get("type") for medium in media], addresses),
        "origin": origin,
        "text": _text(item, legacy),
        "url": f"https://x.com/i/status/{post_id}",
        "language": legacy.get("lang"),
        "media_count": len(media),
        "is_paid": item.get("promoted"),
        **counts,
        "missing": {name: reason for name, count in counts.items() if count is None},
    }
    return {"posts": row, **_author_rows(item, legacy)}


def _origin(item: dict[str, Any], legacy: dict[str, Any]) -> str:
    """What the post refers to; a reply that quotes is a reply."""
    if legacy.get("retweeted_status_result"):
        return "repost"
    if legacy.get("in_reply_to_status_id_str"):
        return "reply"
    is_quote = item.get("quoted_status_result") or legacy.get("is_quote_status")
    return "quote" if is_quote else "original"


def _counts(item: dict[str, Any], legacy: dict[str, Any], published: str) -> dict[str, Any]:
    views = (item.get("views") or item.get("ext_views") or {}).get("count")
    if str(views) == "0" and was_before_views(published):
        views = None
    reposts, quotes = legacy.get("retweet_count"), legacy.get("quote_count")
    return {
        "reaction_count": legacy.get("favorite_count"),
        "comment_count": legacy.get("reply_count"),
        "share_count": None if reposts is None or quotes is None else int(reposts) + int(quotes),
        "save_count": legacy.get("bookmark_count"),
        "view_count": views,
    }


def _text(item: dict[str, Any], legacy: dict[str, Any]) -> Any:
    """The whole text: that of a long post stands apart."""
    note = ((item.get("note_tweet") or {}).get("note_tweet_results") or {}).get("result") or {}
    return note.get("text") or legacy.get("full_text")


def _author_rows(item: dict[str, Any], legacy: dict[str, Any]) -> Rows:
    user = ((item.get("core") or {}).get("user_results") or {}).get("result") or {}
    said = {**(item.get("user") or {}), **(user.get("legacy") or {}), **(user.get("core") or {})}
    account, name = legacy.get("user_id_str"), said.get("screen_name")
    rows: Rows = {}
    if account and said.get("followers_count") is not None:
        of_account = {"platform": "x", "account_id": account}
        rows["followers"] = {**of_account, "follower_count": said["followers_count"]}
    if account and name:
        rows["aliases"] = {"platform": "x", "account_id": account, "alias": f"@{name}"}
    return rows
