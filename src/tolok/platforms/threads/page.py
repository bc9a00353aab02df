"""Threads' own objects, as its pages get them: posts.

Fields are as seen in public files and code in 2026; none is documented.
"""

from datetime import UTC, datetime
from typing import Any

_NEVER = {"save_count": "not_offered", "view_count": "not_offered"}
Rows = dict[str, dict[str, Any]]


def post_rows(item: dict[str, Any]) -> Rows:
    """The post of an object, and the handle of its account."""
    user, said = item.get("user") or {}, item.get("text_post_app_info") or {}
    name, number = user.get("username"), user.get("pk") or user.get("id")
    account = str(number) if number else f"@{name}" if name else None
    shared = said.get("share_info") or {}
    origin = _origin(said, shared)
    counts = dict.fromkeys(("reaction_count", "comment_count", "share_count"))
    row = {
        "platform": "threads",
        "post_id": item.get("code"),
        "account_id": account,
        "published_at": datetime.fromtimestamp(int(item["taken_at"]), UTC).isoformat(),
        "kind": _kind(item, said),
        "origin": origin,
        "text": (item.get("caption") or {}).get("text"),
        "url": f"https://www.threads.com/@{name or ''}/post/{item.get('code')}",
        "media_count": _media_count(item),
        "is_paid": item.get("is_paid_partnership"),
        **(_counts(item, said) if origin != "repost" else counts),
    }
    reason = "not_offered" if origin == "repost" else "not_collected"
    missing = {column: reason for column in counts if row[column] is None}
    if item.get("like_and_view_counts_disabled"):
        row["reaction_count"], missing["reaction_count"] = None, "hidden"
    row["missing"] = {**_NEVER, **missing}
    has_both = name and number
    alias = {"platform": "threads", "account_id": account, "alias": f"@{name}"}
    return {"posts": row, **({"aliases": alias} if has_both else {})}


def _origin(said: dict[str, Any], shared: dict[str, Any]) -> str:
    if shared.get("reposted_post"):
        return "repost"
    if said.get("is_reply") or said.get("reply_to_author"):
        return "reply"
    return "quote" if shared.get("quoted_post") else "original"


def _counts(item: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    reposts, quotes = said.get("repost_count"), said.get("quote_count")
    return {
        "reaction_count": item.get("like_count"),
        "comment_count": said.get("direct_reply_count"),
        "share_count": None if reposts is None or quotes is None else int(reposts) + int(quotes),
    }


def _media_count(item: dict[str, Any]) -> int:
    return len(item.get("carousel_media") or []) or int(_medium(item) is not None)


def _medium(item: dict[str, Any]) -> str | None:
    """The kind of a single medium; posts of text have empty lists of pictures."""
    if item.get("video_versions"):
        return "video"
    return "image" if (item.get("image_versions2") or {}).get("candidates") else None


def _kind(item: dict[str, Any], said: dict[str, Any]) -> str:
    if len(item.get("carousel_media") or []) > 1:
        return "carousel"
    media = [*(item.get("carousel_media") or []), item]
    found = next((kind for kind in map(_medium, media) if kind), None)
    return found or ("link" if said.get("link_preview_attachment") else "text")
