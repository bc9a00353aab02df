"""YouTube Data API v3: the answers of videos.list and channels.list.

Source: https://developers.google.com/youtube/v3/docs/videos and .../docs/channels, parts snippet,
contentDetails, statistics, liveStreamingDetails. Lists of videos that other calls give have no
counts, and are no readings: videos.list has to be asked for their ids.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

NAME = "youtube-api"
SHORT_SECONDS = 60
"""The interface does not mark Shorts. Every Short was at most this long until 15 October 2024, and
most still are; since then they may last three minutes, but so do many other videos, which would be
taken for Shorts by a longer bound."""
_KINDS = ("youtube#videoListResponse", "youtube#channelListResponse")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_NEVER = {"share_count": "not_offered", "save_count": "not_offered"}
_ABSENT = {
    "reaction_count": ("likeCount", "hidden"),
    "comment_count": ("commentCount", "disabled"),
    "view_count": ("viewCount", "hidden"),
}


_LISTS = frozenset(
    {
        "youtube#playlistItemListResponse", "youtube#playlistListResponse",
        "youtube#searchListResponse", "youtube#activityListResponse",
    }
)  # fmt: skip


def _is_list(sample: Any) -> bool:
    """Whether a JSON value is an answer that lists videos, playlists or channels alone."""
    return isinstance(sample, dict) and sample.get("kind") in _LISTS


_NO_COUNTS = (
    "lists videos, playlists or channels of YouTube without their counts. Ask videos.list (parts "
    "snippet, contentDetails, statistics, liveStreamingDetails) for the ids of the videos in it, "
    "or channels.list (parts snippet, statistics) for the channels, and bring that answer."
)
EMPTY = (("youtube-api-list", _is_list, _NO_COUNTS),)


def claims(sample: Any) -> bool:
    """Whether a JSON value is an answer of videos.list or channels.list."""
    return isinstance(sample, dict) and sample.get("kind") in _KINDS


def items(document: Any, account: str | None) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """A post of each video, a reading of followers and a handle of each channel."""
    del account  # every item names its channel
    is_videos = document["kind"] == _KINDS[0]
    for item in document.get("items", []):
        yield partial(_video, item) if is_videos else partial(_channel, item)


def _video(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {"posts": _post(item)}


def _post(item: dict[str, Any]) -> dict[str, Any]:
    """One video.

    Missing: a count that the channel hides or has closed is absent from `statistics`; where the
    whole part is absent, it was not asked for.
    """
    snippet, counts = item.get("snippet", {}), item.get("statistics")
    duration = _seconds(item.get("contentDetails", {}).get("duration"))
    row = {
        "platform": "youtube",
        "post_id": item.get("id"),
        "account_id": snippet.get("channelId"),
        "published_at": snippet.get("publishedAt"),
        "kind": _kind(item, duration),
        "text": "\n\n".join(t for t in (snippet.get("title"), snippet.get("description")) if t),
        "url": f"https://www.youtube.com/watch?v={item.get('id')}",
        "language": snippet.get("defaultAudioLanguage") or snippet.get("defaultLanguage"),
        "media_count": 1,
        "duration_s": duration,
        "missing": dict(_NEVER),
    }
    for name, (field, reason) in _ABSENT.items():
        row[name] = None if counts is None else counts.get(field)
        if row[name] is None:
            row["missing"][name] = "not_collected" if counts is None else reason
    return row


def _kind(item: dict[str, Any], duration: float | None) -> str | None:
    if "liveStreamingDetails" in item:
        return "live"
    if duration is None:
        return None
    return "short_video" if duration <= SHORT_SECONDS else "video"


def _seconds(duration: str | None) -> float | None:
    """Seconds of a duration such as PT4M13S; None where none was asked for."""
    found = _DURATION.fullmatch(duration or "")
    if not found or not duration:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def _channel(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One channel; its subscribers are rounded down to three figures, or hidden."""
    statistics = item.get("statistics", {})
    count = None if statistics.get("hiddenSubscriberCount") else statistics.get("subscriberCount")
    handle = str(item.get("snippet", {}).get("customUrl") or "").removeprefix("@")
    of_channel = {"platform": "youtube", "account_id": item.get("id")}
    rows = {}
    if count is not None:
        rows["followers"] = {**of_channel, "follower_count": count}
    if handle:
        rows["aliases"] = {**of_channel, "alias": f"@{handle}"}
    return rows
