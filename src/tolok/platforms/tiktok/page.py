"""TikTok's own objects, as its pages get them: videos, sets of photos, comments.

Counts come twice: `stats` as numbers, which may be rounded, and `statsV2` as exact digits. Fields
are as seen in public files and code in 2026; none is documented.
"""

from datetime import UTC, datetime
from typing import Any

_COUNTS = {
    "reaction_count": "diggCount",
    "comment_count": "commentCount",
    "share_count": "shareCount",
    "save_count": "collectCount",
    "view_count": "playCount",
}
Rows = dict[str, dict[str, Any]]


def post_rows(item: dict[str, Any]) -> Rows:
    """The post of an object, its account's followers and handle where they are given."""
    author = item.get("author")
    owner = author if isinstance(author, dict) else {"uniqueId": author, "id": item.get("authorId")}
    name, number = owner.get("uniqueId"), owner.get("id")
    account = str(number) if number else f"@{name}" if name else None
    images = (item.get("imagePost") or {}).get("images") or []
    word = "photo" if images else "video"
    counts = {column: _count(item, "stats", field) for column, field in _COUNTS.items()}
    row = {
        "platform": "tiktok",
        "post_id": item.get("id"),
        "account_id": account,
        "published_at": _instant(item.get("createTime")),
        "kind": ("image" if len(images) == 1 else "carousel") if images else "short_video",
        "text": item.get("desc"),
        "url": f"https://www.tiktok.com/@{name or ''}/{word}/{item.get('id')}",
        "language": item.get("textLanguage"),
        "media_count": len(images) or 1,
        "duration_s": None if images else (item.get("video") or {}).get("duration"),
        "is_paid": _is_paid(item),
        **counts,
        "missing": {column: "not_collected" for column, n in counts.items() if n is None},
    }
    return {"posts": row, **_account_rows(item, account, name)}


def comment_rows(item: dict[str, Any]) -> Rows:
    """The comment of an object; whether the institution wrote it is not told."""
    parent = str(item.get("reply_id") or "0")
    user = item.get("user") or {}
    row = {
        "platform": "tiktok",
        "comment_id": item.get("cid"),
        "post_id": item.get("aweme_id"),
        "author": user.get("uid") or user.get("unique_id"),
        "published_at": _instant(item.get("create_time")),
        "text": item.get("text"),
        "reaction_count": item.get("digg_count"),
        "parent_id": None if parent == "0" else parent,
    }
    return {"comments": row}


def _account_rows(item: dict[str, Any], account: str | None, name: Any) -> Rows:
    rows: Rows = {}
    followers = _count(item, "authorStats", "followerCount")
    if account and followers is not None:
        of_account = {"platform": "tiktok", "account_id": account}
        rows["followers"] = {**of_account, "follower_count": followers}
    if account and name and not account.startswith("@"):
        rows["aliases"] = {"platform": "tiktok", "account_id": account, "alias": f"@{name}"}
    return rows


def _count(item: dict[str, Any], name: str, field: str) -> Any:
    """A count, by its exact digits where they are there."""
    exact = (item.get(f"{name}V2") or {}).get(field)
    return exact if exact not in {None, ""} else (item.get(name) or {}).get(field)


def _is_paid(item: dict[str, Any]) -> bool | None:
    """Whether it is marked as an advertisement or as paid; None where nothing says."""
    marks = [item.get(name) for name in ("isAd", "adAuthorization")]
    return None if all(mark is None for mark in marks) else any(marks)


def _instant(seconds: Any) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC).isoformat()
