"""TikTok Research API: videos, users and comments.

Ids come as numbers that a double cannot hold: they are kept digit by digit. A user's answer does
not say who the user is, and a comment's says nothing of its author. Counts are known to be off.

Source: https://developers.tiktok.com/doc/research-api-specs-query-videos, .../query-user-info,
.../query-video-comments
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from tolok.errors import InputError

NAME = "tiktok-research-api"
WARNING = (
    "counts of the Research API differ from those that TikTok shows: do not set them beside counts "
    "of other sources."
)
"""Source: https://doi.org/10.1177/08944393251413277, lower views, more comments and shares."""
_COUNTS = {
    "reaction_count": "like_count",
    "comment_count": "comment_count",
    "share_count": "share_count",
    "save_count": "favorites_count",
    "view_count": "view_count",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def claims(sample: Any) -> bool:
    """Whether a JSON value is an answer with videos, with comments, or with a user."""
    data = sample.get("data") if isinstance(sample, dict) else None
    if not isinstance(data, dict):
        return False
    listed = [data.get(name) for name in ("videos", "comments") if name in data]
    return any(isinstance(found, list) for found in listed) or "follower_count" in data


def items(document: Any, account: str | None) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """A post of each video, each comment, and the followers of a user.

    Raises: InputError where a user has to be named.
    """
    data = document["data"]
    for video in data.get("videos") or []:
        yield partial(_video, video)
    for comment in data.get("comments") or []:
        yield partial(_comment, comment)
    if "follower_count" in data:
        if account is None:
            raise InputError(
                "the answer does not say whose followers it counts. Say it with --account @handle"
            )
        yield partial(_user, data, account)


def _is_query(sample: Any) -> bool:
    """Whether a JSON value is a query, bare or in a request."""
    query = sample.get("query", sample) if isinstance(sample, dict) else None
    if not isinstance(query, dict):
        return False
    clauses = [clause for word in ("and", "or", "not") for clause in query.get(word) or []]
    return bool(clauses) and all("field_name" in clause for clause in clauses)


def _is_refusal(sample: Any) -> bool:
    """Whether a JSON value is an answer that gives an error and no data."""
    error = sample.get("error") if isinstance(sample, dict) else None
    return isinstance(error, dict) and "log_id" in error and not claims(sample)


EMPTY = (
    (
        "tiktok-research-query",
        _is_query,
        "holds a question to TikTok's Research API. Bring the answer to it.",
    ),
    (
        "tiktok-research-error",
        _is_refusal,
        "holds an answer of TikTok's Research API without videos, comments or a user. Ask again.",
    ),
)


def _video(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One video.

    Missing: a count that is absent was not asked for.
    """
    post_id, name = item.get("id", item.get("video_id")), item.get("username")
    counts = {count: item.get(field) for count, field in _COUNTS.items()}
    return {
        "posts": {
            "platform": "tiktok",
            "post_id": post_id,
            "account_id": f"@{name}" if name else None,
            "published_at": _moment(item.get("create_time")),
            "kind": "short_video",
            "text": item.get("video_description"),
            "url": f"https://www.tiktok.com/@{name or ''}/video/{post_id}",
            "duration_s": item.get("video_duration", item.get("duration")),
            **counts,
            "missing": {count: "not_collected" for count, told in counts.items() if told is None},
        }
    }


def _comment(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One comment; one that answers the video itself names the video as its parent."""
    video, parent = item.get("video_id"), item.get("parent_comment_id")
    return {
        "comments": {
            "platform": "tiktok",
            "comment_id": item.get("id"),
            "post_id": video,
            "published_at": _moment(item.get("create_time")),
            "text": item.get("text"),
            "reaction_count": item.get("like_count"),
            "parent_id": None if parent == video else parent,
        }
    }


def _user(data: dict[str, Any], account: str) -> dict[str, dict[str, Any]]:
    return {
        "followers": {
            "platform": "tiktok",
            "account_id": account,
            "follower_count": data["follower_count"],
        }
    }


def _moment(seconds: Any) -> datetime | None:
    """The moment of Unix seconds; what is none is left out, and its row refused."""
    return None if seconds is None else _EPOCH + timedelta(seconds=int(seconds))
