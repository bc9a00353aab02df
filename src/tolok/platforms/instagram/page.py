"""Instagram's own objects, as its pages and its app get them: what tools that read along save.

A post comes in two shapes. The app's has code, taken_at, like_count; the older one of the pages
(GraphImage, GraphVideo, GraphSidecar) has shortcode, taken_at_timestamp and edges with counts. A
third, of overviews, has neither time nor counts. None of them is documented: fields are as seen in
public files and code in 2026.
"""

from datetime import UTC, datetime
from typing import Any

_KINDS = {1: "image", 2: "video", 8: "carousel"}
_GRAPH_KINDS = {"Image": "image", "Video": "video", "Sidecar": "carousel"}
_PRODUCTS = {"clips": "short_video", "story": "story"}
_NEVER = {"share_count": "not_offered", "save_count": "not_offered"}
Rows = dict[str, dict[str, Any]]


def post_rows(item: dict[str, Any]) -> Rows:
    """The post of an object of either shape, and the handle of its account."""
    code = item.get("code") or item.get("shortcode")
    owner = {**(item.get("owner") or {}), **(item.get("user") or {})}
    is_graph = "taken_at_timestamp" in item or "shortcode" in item or "date" in item
    post = _graph_post(item) if is_graph else _app_post(item)
    seconds = post.pop("seconds")
    row = {
        "platform": "instagram",
        "post_id": code,
        **_account(owner),
        "published_at": None if seconds is None else instant(seconds),
        "url": f"https://www.instagram.com/p/{code}/",
        "co_account_ids": _coauthors(item, owner),
        "is_paid": _is_paid(item),
        **post,
    }
    return {"posts": row, **alias_rows(owner)}


def alias_rows(owner: dict[str, Any]) -> Rows:
    """The handle of an account, where both it and the account's number are given."""
    number, name = _number(owner), owner.get("username")
    if not number or not name:
        return {}
    of_account = {"platform": "instagram", "account_id": number, "alias": f"@{name}"}
    return {"aliases": of_account}


def instant(seconds: Any) -> str:
    """The time of Unix seconds, as text."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _account(owner: dict[str, Any]) -> dict[str, Any]:
    name = owner.get("username")
    return {"account_id": _number(owner) or (f"@{name}" if name else None)}


def _number(owner: dict[str, Any]) -> str | None:
    """The platform's number of an account; pk is the number, id at times a longer word."""
    found = owner.get("pk") or owner.get("pk_id") or owner.get("id")
    return str(found) if found else None


def _coauthors(item: dict[str, Any], owner: dict[str, Any]) -> list[str]:
    """The handles of the other authors of a joint post."""
    names = [author.get("username") for author in item.get("coauthor_producers") or []]
    return [f"@{name}" for name in names if name and name != owner.get("username")]


def _is_paid(item: dict[str, Any]) -> bool | None:
    """Whether the post is marked as paid; None where nothing says."""
    marks = [item.get(name) for name in ("is_paid_partnership", "is_ad", "is_sponsored")]
    if item.get("product_type") == "ad" or any(marks):
        return True
    return None if all(mark is None for mark in marks) else False


def _app_post(item: dict[str, Any]) -> dict[str, Any]:
    children = item.get("carousel_media")
    product, kind = item.get("product_type"), _KINDS.get(item.get("media_type", 0))
    count = item.get("carousel_media_count") or (len(children) if children else None)
    views = next(
        (item[name] for name in ("view_count", "play_count", "ig_play_count") if item.get(name)),
        None,
    )
    return {
        "seconds": item.get("taken_at"),
        "kind": _PRODUCTS.get(str(product), kind),
        "text": (item.get("caption") or {}).get("text"),
        "media_count": count if kind == "carousel" else 1,
        "duration_s": item.get("video_duration"),
        **_counts(item, item.get("like_count"), item.get("comment_count"), views, kind),
    }


def _graph_post(item: dict[str, Any]) -> dict[str, Any]:
    typename = str(item.get("__typename", "")).removeprefix("XDT").removeprefix("Graph")
    kind = _GRAPH_KINDS.get(typename) or ("video" if item.get("is_video") else None)
    children = (item.get("edge_sidecar_to_children") or {}).get("edges")
    comments = (
        "edge_media_to_parent_comment", "edge_media_to_comment", "edge_media_preview_comment"
    )  # fmt: skip
    likes = _edge_count(item, "edge_media_preview_like", "edge_liked_by")
    views = item.get("video_view_count") or item.get("video_play_count")
    product = _PRODUCTS.get(str(item.get("product_type")))
    return {
        "seconds": item.get("taken_at_timestamp") or item.get("date"),
        "kind": product or kind,
        "text": _graph_text(item),
        "media_count": (len(children) if children else None) if kind == "carousel" else 1,
        "duration_s": item.get("video_duration"),
        **_counts(item, likes, _edge_count(item, *comments), views, kind),
    }


def _graph_text(item: dict[str, Any]) -> str | None:
    edges = (item.get("edge_media_to_caption") or {}).get("edges")
    caption = edges[0]["node"]["text"] if edges else item.get("caption")
    return str(caption) if caption is not None else None


def _edge_count(item: dict[str, Any], *names: str) -> Any:
    """The count of the first edge that is there."""
    return next((item[name].get("count") for name in names if item.get(name)), None)


def _counts(item: dict[str, Any], likes: Any, comments: Any, views: Any, kind: Any) -> Rows:
    """The counts with the reasons of those that are missing.

    Missing: likes that the account hides come as -1, as 3 or not at all; comments below 0 were not
    collected, and none of closed comments are disabled. Pictures have no views.
    """
    missing = dict(_NEVER)
    if item.get("like_and_view_counts_disabled") or _is_negative(likes):
        likes, missing["reaction_count"] = None, "hidden"
    if not comments and (item.get("comments_disabled") or item.get("commenting_disabled")):
        comments, missing["comment_count"] = None, "disabled"
    if kind in {"image", "carousel"}:
        missing["view_count"] = "not_offered"
    found = {
        "reaction_count": likes,
        "comment_count": None if _is_negative(comments) else comments,
        "view_count": None if kind in {"image", "carousel"} else views,
    }
    for name, count in found.items():
        if count is None:
            missing.setdefault(name, "not_collected")
    return {**found, "missing": missing}


def _is_negative(count: Any) -> bool:
    return count is not None and int(count) < 0
