"""Addresses of YouTube: channels and videos."""

import re

from tolok.address import Address, split_address

DOMAINS = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_HANDLE = re.compile(r"[\w.·-]{2,60}")
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]+")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_COMMON = re.compile(
    r"https?://(?:www\.|m\.)?youtube\.com/(?:watch\?v=|shorts/)([A-Za-z0-9_-]{11})", re.ASCII
)
"""Most addresses of videos; of these all parts are known."""
_VIDEO_WORDS = ("shorts", "live", "embed", "v", "e")
_RESERVED = {
    *_VIDEO_WORDS, "about", "account", "ads", "attribution_link", "c", "channel", "clip",
    "creators", "feed", "gaming", "hashtag", "howyoutubeworks", "kids", "music", "oembed",
    "playlist", "post", "premium", "redirect", "results", "t", "user", "watch",
}  # fmt: skip


def handle_from_url(url: str) -> str | None:
    """The casefolded handle or custom name of a channel, or its id UC..., case kept."""
    address = _address(url)
    if address is None:
        return None
    first = address.segment(0)
    if first == "channel":
        channel_id = address.segment(1)
        return channel_id if _CHANNEL_ID.fullmatch(channel_id) else None
    name = address.segment(1) if first in {"c", "user"} else first
    handle = name.removeprefix("@").casefold()
    if first in _RESERVED - {"c", "user"} or not _HANDLE.fullmatch(handle):
        return None
    return handle


def post_id_from_url(url: str) -> str | None:
    """The id of a video, short or broadcast; upper and lower case are kept, they differ."""
    common = _COMMON.fullmatch(url)
    if common:
        return common[1]
    address = split_address(url)
    if address is None:
        return None
    if address.is_on("youtu.be"):
        return _video(address.segment(0))
    if not address.is_on("youtube.com", "youtube-nocookie.com", subdomains="www|m|music"):
        return None
    if address.segment(0) == "watch":
        return _video(address.query.get("v", ""))
    return _video(address.segment(1)) if address.segment(0) in _VIDEO_WORDS else None


def is_platform_id(name: str) -> bool:
    """Whether a name is the id of a channel, which is 24 characters long.

    Source: https://developers.google.com/youtube/v3/docs/channels
    """
    return _CHANNEL_ID.fullmatch(name) is not None and len(name) == 24


def profile_url(handle: str) -> str:
    """The address of a channel, by handle or by id."""
    path = f"channel/{handle}" if is_platform_id(handle) else f"@{handle}"
    return f"https://www.youtube.com/{path}"


def _address(url: str) -> Address | None:
    address = split_address(url)
    is_on = address and address.is_on("youtube.com", subdomains="www|m|music")
    return address if is_on else None


def _video(text: str) -> str | None:
    return text if _VIDEO_ID.fullmatch(text) else None
