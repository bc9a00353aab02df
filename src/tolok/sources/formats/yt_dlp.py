"""yt-dlp: what it writes about a video (.info.json, -j, -J), alone or in playlists.

- `epoch` is when it was read; files of before 2021 lack it, and what their name holds is the day of
  publishing: such a file needs --exported-at.
- A video without `timestamp` has a day, in UTC; it stands at the first moment of that day.
- Likes are absent where a channel of YouTube or an account of Instagram hides them.
  Comments are absent unless they were asked for.
- Which site it is, its extractor says; the sites beyond YouTube, TikTok, Instagram, Facebook and X
  are refused.
- Comments, if they were asked for, land without their authors' names.

Source: https://github.com/yt-dlp/yt-dlp#output-template and yt_dlp/extractor/common.py (2026.10)
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from tolok.platforms import post_id_from_url
from tolok.platforms.youtube.api import SHORT_SECONDS
from tolok.sources.authors import Authors
from tolok.sources.item_format import Rows, item_format

_PLATFORMS = {
    "youtube": "youtube",
    "tiktok": "tiktok",
    "instagram": "instagram",
    "instagramios": "instagram",
    "facebook": "facebook",
    "facebookreel": "facebook",
    "twitter": "x",
}
_IDS = {
    "youtube": ("channel_id", "uploader_id"),
    "tiktok": ("uploader_id",),
    "instagram": ("uploader_id",),
    "facebook": ("uploader_id",),
    "x": ("channel_id",),
}
"""Where each site's extractor puts the platform's own id of the account."""
_HANDLES = {"youtube": "uploader_id", "tiktok": "uploader", "instagram": "channel",
            "x": "uploader_id"}  # fmt: skip
_LIVE = {"is_live", "was_live", "post_live", "is_upcoming"}
_NEVER = {
    "youtube": ("share_count", "save_count"),
    "instagram": ("share_count", "save_count"),
    "facebook": ("share_count", "save_count"),
    "x": ("share_count", "save_count", "view_count"),
}
"""Counts that a site's extractor does not give, or not as the platform counts: of X reposts without
quotes, and the views of the video."""
_HIDES_LIKES = {"youtube", "instagram"}
"""Where accounts can hide likes: there, likes that are absent are hidden."""
_DAY_ONLY = "gives some videos a day and no hour: they stand at midnight UTC."
_NAMES = ("author_id", "author", "author_url", "author_thumbnail", "author_is_verified")


class _Videos:
    """Videos and playlists as yt-dlp describes them."""

    NAME = "yt-dlp"

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value is a description by yt-dlp."""
        if not isinstance(sample, dict) or "extractor_key" not in sample:
            return False
        return "webpage_url" in sample or "entries" in sample

    def items(self, document: Any, account: str | None) -> Iterator[Callable[[], Rows]]:
        """A post of each video with its account, then its comments; of a channel its followers."""
        del account  # a video that names no account takes it where rows are checked
        seen: set[tuple[str, str]] = set()
        for entry, read_at in _entries(document, None):
            if not isinstance(entry, dict):
                yield partial(_refused, "is an entry that yt-dlp could not read", "")
                continue
            yield partial(_rows, entry, read_at, seen)
            for comment in entry.get("comments") or []:
                yield partial(_comment_rows, comment, entry, read_at)


def nameless(document: Any, authors: Authors) -> Any:
    """The description with hashes in place of the authors of comments."""
    if isinstance(document, list):
        return [nameless(item, authors) for item in document]
    if not isinstance(document, dict):
        return document
    kept = dict(document)
    if isinstance(kept.get("entries"), list):
        kept["entries"] = nameless(kept["entries"], authors)
    if isinstance(kept.get("comments"), list):
        platform = _platform(kept) or ""
        kept["comments"] = [
            _nameless(comment, platform, authors)
            for comment in kept["comments"]
            if isinstance(comment, dict)
        ]
    return kept


def _nameless(comment: dict[str, Any], platform: str, authors: Authors) -> dict[str, Any]:
    key = authors.key_of(platform, comment.get("author_id") or comment.get("author"))
    return {
        **{name: value for name, value in comment.items() if name not in _NAMES},
        "author_id": key,
    }


def _notes(document: Any) -> Iterator[str]:
    """What is taken for granted of the days of videos."""
    entries = [entry for entry, _ in _entries(document, None) if isinstance(entry, dict)]
    if any(entry.get("upload_date") and not entry.get("timestamp") for entry in entries):
        yield _DAY_ONLY


def _entries(document: Any, read_at: Any) -> Iterator[tuple[Any, Any]]:
    """The videos of a document, playlists within playlists, each with the time of reading."""
    if not isinstance(document, dict) or "entries" not in document:
        read_at = (document.get("epoch") if isinstance(document, dict) else None) or read_at
        yield document, read_at
        return
    read_at = document.get("epoch") or read_at
    if document.get("channel_follower_count") is not None:
        of_channel = {name: document.get(name) for name in _ACCOUNT}
        yield {**of_channel, "is_account": True}, read_at
    for entry in document["entries"] or []:
        yield from _entries(entry, read_at)


_ACCOUNT = (
    "extractor_key", "channel", "channel_id", "uploader", "uploader_id", "channel_follower_count"
)  # fmt: skip


def _platform(entry: dict[str, Any]) -> str | None:
    key = str(entry.get("extractor_key") or entry.get("ie_key") or "").casefold()
    if entry.get("is_account") and key.startswith("youtube"):
        return "youtube"  # the extractor of channels has a name of its own
    return _PLATFORMS.get(key)


def _rows(entry: dict[str, Any], read_at: Any, seen: set[tuple[str, str]]) -> Rows:
    if entry.get("_type") in {"url", "url_transparent"} or "extractor_key" not in entry:
        why = "is a pointer to a video and has no counts. Fetch it without --flat-playlist"
        return _refused(why, entry.get("url"))
    platform = _platform(entry)
    if platform is None:
        return _refused(f"is of {entry.get('extractor_key')}, no platform that is compared", "")
    rows = _account_rows(entry, platform)
    if not entry.get("is_account"):
        post = _post(entry, platform)
        if (platform, str(post["post_id"])) in seen:
            return _refused("is another video of a post that stands before it", post["post_id"])
        seen.add((platform, str(post["post_id"])))
        rows = {"posts": post, **rows}
    observed = _instant(read_at)
    return {table: {**row, "observed_at": observed} for table, row in rows.items()}


def _refused(why: str, raw: Any) -> Rows:
    return {"posts": {"broken": why, "raw": str(raw or "")}}


def _post(entry: dict[str, Any], platform: str) -> dict[str, Any]:
    """One video.

    Missing: likes that are absent are hidden where a site can hide them; comments that are absent
    were not asked for.
    """
    address = entry.get("webpage_url") or ""
    likes = entry.get("like_count")
    counts = {
        "reaction_count": likes,
        "comment_count": entry.get("comment_count"),
        "share_count": entry.get("repost_count"),
        "save_count": entry.get("save_count"),
        "view_count": entry.get("view_count"),
    } | dict.fromkeys(_NEVER.get(platform, ()))
    missing = {name: "not_collected" for name, count in counts.items() if count is None}
    missing |= dict.fromkeys(_NEVER.get(platform, ()), "not_offered")
    if platform in _HIDES_LIKES and (likes is None or int(likes) < 0):
        counts["reaction_count"], missing["reaction_count"] = None, "hidden"
    texts = (entry.get("title"), entry.get("description"))
    return {
        "platform": platform,
        "post_id": post_id_from_url(platform, address) or entry.get("id"),
        "account_id": _account(entry, platform),
        "published_at": _published(entry),
        "kind": _kind(entry, platform, address),
        "text": "\n\n".join(text for text in texts if text) if platform == "youtube" else texts[1],
        "url": address,
        "language": entry.get("language"),
        "media_count": 1,
        "duration_s": entry.get("duration"),
        **counts,
        "missing": missing,
    }


def _account(entry: dict[str, Any], platform: str) -> str | None:
    """The platform's own id of the account, else its handle."""
    found = (str(entry[name]) for name in _IDS[platform] if entry.get(name))
    number = next((name for name in found if not name.startswith("@")), None)
    return number or _handle(entry, platform)


def _handle(entry: dict[str, Any], platform: str) -> str | None:
    name = str(entry.get(_HANDLES.get(platform, "")) or "")
    if platform == "youtube" and not name.startswith("@"):
        return None  # older files have the channel's id in its place
    return f"@{name.removeprefix('@')}" if name and " " not in name else None


def _account_rows(entry: dict[str, Any], platform: str) -> Rows:
    account, handle = _account(entry, platform), _handle(entry, platform)
    of_account = {"platform": platform, "account_id": account}
    rows: Rows = {}
    if account and entry.get("channel_follower_count") is not None:
        rows["followers"] = {**of_account, "follower_count": entry["channel_follower_count"]}
    if account and handle and account != handle:
        rows["aliases"] = {**of_account, "alias": handle}
    return rows


def _comment_rows(comment: dict[str, Any], entry: dict[str, Any], read_at: Any) -> Rows:
    platform, parent = _platform(entry), comment.get("parent")
    if platform is None:
        return _refused("is a comment on a site that is not compared", "")
    row = {
        "platform": platform,
        "comment_id": comment.get("id"),
        "post_id": post_id_from_url(platform, entry.get("webpage_url") or "") or entry.get("id"),
        "author": comment.get("author_id"),
        "published_at": _instant(comment.get("timestamp")),
        "observed_at": _instant(read_at),
        "text": comment.get("text"),
        "reaction_count": comment.get("like_count"),
        "is_institution": comment.get("author_is_uploader"),
        "parent_id": None if parent == "root" else parent,
    }
    return {"comments": row}


def _kind(entry: dict[str, Any], platform: str, address: str) -> str:
    """The kind by what the site calls it, else by its address and its length."""
    media, duration = entry.get("media_type"), entry.get("duration")
    if entry.get("live_status") in _LIVE or entry.get("is_live") or media == "livestream":
        return "live"
    is_short = media == "short" or "/shorts/" in address or "/reel" in address
    if platform == "youtube" and media is None and duration is not None:
        is_short = is_short or float(duration) <= SHORT_SECONDS
    return "short_video" if is_short or platform == "tiktok" else "video"


def _published(entry: dict[str, Any]) -> str | None:
    """When it was published: to the second, else the first moment of its day in UTC."""
    if entry.get("timestamp") is not None:
        return _instant(entry["timestamp"])
    day = entry.get("upload_date")
    return datetime.strptime(f"{day}+0000", "%Y%m%d%z").isoformat() if day else None


def _instant(seconds: Any) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC).isoformat()


FORMATS = (item_format(_Videos(), nameless=nameless, notes=_notes, is_dated_by_name=False),)
