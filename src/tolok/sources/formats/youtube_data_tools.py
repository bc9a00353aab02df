r"""YouTube Data Tools: the lists of videos and of channels, parted by comma, semicolon or tab.

- PHP writes them: a quote behind a backslash stands as \" and is not doubled.
- A count that YouTube's interface leaves out is an empty cell: likes are hidden, comments closed.
- A list does not say when it was made; the name that the tool gives it does.
- Broadcasts are not told from videos, Shorts by their length alone.
- Subscribers are rounded down to three figures by YouTube.
"""

from collections.abc import Mapping

from tolok.platforms.youtube.api import SHORT_SECONDS
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.table_format import Columns, TableFormat

_VIDEOS = {
    "id": ("videoid",),
    "channel": ("channelid",),
    "published": ("publishedat",),
    "title": ("videotitle",),
    "description": ("videodescription",),
    "seconds": ("durationsec",),
    "sound": ("defaultlaudiolanguage", "defaultaudiolanguage"),
    "language": ("defaultlanguage",),
    "views": ("viewcount",),
    "likes": ("likecount",),
    "comments": ("commentcount",),
}
_CHANNELS = {
    "id": ("id",),
    "title": ("title",),
    "published": ("publishedat",),
    "handle": ("customurl",),
    "subscribers": ("subscribercount",),
    "videos": ("videocount",),
}
_ABSENT = {
    "reaction_count": "hidden",
    "comment_count": "disabled",
    "view_count": "hidden",
    "share_count": "not_offered",
    "save_count": "not_offered",
}


def _videos(cells: Cells) -> Mapping[str, Columns]:
    ids, seconds = cells.ids("id"), cells.counts("seconds")
    texts = zip(cells.texts("title"), cells.texts("description"), strict=True)
    languages = zip(cells.words("sound"), cells.words("language"), strict=True)
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "view_count": cells.counts("views"),
    }
    posts = {
        "platform": cells.same("youtube"),
        "post_id": ids,
        "account_id": cells.ids("channel"),
        "published_at": cells.moments("published"),
        "kind": [_kind(duration) for duration in seconds],
        "text": ["\n\n".join(filter(None, pair)) or None for pair in texts],
        "url": [found and f"https://www.youtube.com/watch?v={found}" for found in ids],
        "language": [sound or written for sound, written in languages],
        "media_count": cells.same("1"),
        "duration_s": seconds,
        **known_counts(counts, _ABSENT),
    }
    return {"posts": posts}


def _kind(seconds: str | None) -> str | None:
    if seconds is None:
        return None
    return "short_video" if int(seconds) <= SHORT_SECONDS else "video"


def _channels(cells: Cells) -> Mapping[str, Columns]:
    of_channel: dict[str, Column] = {
        "platform": cells.same("youtube"),
        "account_id": cells.ids("id"),
    }
    names = [name and f"@{name.removeprefix('@')}" for name in cells.words("handle")]
    subscribers = cells.counts("subscribers")
    for index, count in enumerate(subscribers):
        if count is None:
            cells.refuse(index, "hides its subscribers")
    return {
        "followers": {**of_channel, "follower_count": subscribers},
        "aliases": {**of_channel, "alias": names},
    }


FORMATS = (
    TableFormat(
        "youtube-data-tools", _VIDEOS,
        ("id", "channel", "published", "title", "seconds", "views", "likes", "comments"), _videos,
        zone="UTC", decimal=".", escape="\\",
    ).format(),
    TableFormat(
        "youtube-data-tools-channels", _CHANNELS,
        ("id", "title", "published", "subscribers", "videos"), _channels,
        zone="UTC", decimal=".", escape="\\",
        warning="YouTube rounds subscribers down to three figures.",
    ).format(),
)  # fmt: skip
