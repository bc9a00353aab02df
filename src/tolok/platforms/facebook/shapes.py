"""What an object of Facebook's Graph API is, told by its fields: a page, post, video, comment."""

import re
from typing import Any

POST_ID = re.compile(r"(\d+)_(\d+)")
_INSTAGRAMS = re.compile(r"17841\d{12}")
LISTS = ("posts", "feed", "published_posts", "videos", "video_reels", "live_videos")
_MARKS = {
    "created_time", "creation_time", "updated_time", "embed_html", "live_views", "fan_count",
}  # fmt: skip
_OF_VIDEOS = {"length", "permalink_url", "title", "description", "published"}
_OF_COMMENTS = {"comment_count", "like_count", "can_comment", "can_reply_privately", "parent"}


def objects_in(document: Any) -> list[Any]:
    """The objects of a document: under `data`, by their ids, or the only one; some may be odd."""
    if not isinstance(document, dict):
        return []
    if isinstance(document.get("data"), list):
        return list(document["data"])
    return list(document.values()) if is_by_id(document) else [document]


def is_by_id(document: dict[str, Any]) -> bool:
    """Whether a document has most of its objects under their own ids."""
    under = [isinstance(item, dict) and item.get("id") == name for name, item in document.items()]
    return under.count(True) * 2 > len(under)


def is_known(item: Any) -> bool:
    """Whether a JSON value is an object of the interface."""
    return isinstance(item, dict) and (is_page(item) or _is_ours(item))


def is_page(item: dict[str, Any]) -> bool:
    """Whether an object is a page: with followers, with posts, or as a search finds it."""
    identity = str(item.get("id"))
    if not identity.isdigit() or _INSTAGRAMS.fullmatch(identity) or "media_count" in item:
        return False
    has_lists = any(isinstance(item.get(name), dict) for name in LISTS)
    is_found = "name" in item and "facebook.com/" in str(item.get("link"))
    return "fan_count" in item or "followers_count" in item or has_lists or is_found


def _is_ours(item: dict[str, Any]) -> bool:
    is_id = re.fullmatch(r"\d+(_\d+)*", str(item.get("id"))) is not None
    is_of_library = any(name.startswith("post_owner") for name in item)  # Meta Content Library
    return is_id and not is_of_library and not _MARKS.isdisjoint(item)


def is_video(item: dict[str, Any]) -> bool:
    """Whether an object is a video with what a post needs; live videos have a creation_time."""
    has_time = "created_time" in item or "creation_time" in item
    return str(item.get("id")).isdigit() and has_time and not _OF_VIDEOS.isdisjoint(item)


def is_comment(item: dict[str, Any]) -> bool:
    """Whether an object has a post's id and what comments alone have."""
    is_numbered = POST_ID.fullmatch(str(item.get("id"))) is not None
    return is_numbered and not _OF_COMMENTS.isdisjoint(item)


def page_of(item: dict[str, Any]) -> str | None:
    """The number of the page that an object is, or that its id begins with."""
    found = POST_ID.fullmatch(str(item.get("id")))
    if found:
        return found[1]
    return str(item["id"]) if is_page(item) else None
