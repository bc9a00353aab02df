"""CrowdTangle's exports of posts, Facebook and Instagram: CSV of a service that ended in 2024.

- Times name their zone ("2021-07-06 16:45:20 EDT"); numbers are written the English way.
- The file does not say when it was exported; its name often does, with the zone.
- Followers at Posting are a reading of followers at the time of publishing. Old posts have none.
- Reactions are Likes, Love, Wow, Haha, Sad, Angry and Care together. Files from before Care have
  one part less. Total Interactions, not weighted, is kept as engagement_count.
- Views stand beside every post, as 0 beside those that are no videos: there they are no count.
- 0 likes on Instagram mean that the owner hides them.
- A post with a sponsor is marked as paid.
- The score's header holds the weights that were chosen, so it differs between files.
"""

import re
from collections.abc import Mapping, Sequence

from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.network import kind_named, kind_of_link, post_ids, readings, shown_likes
from tolok.sources.table_format import TableFormat

_REACTIONS = ("likes", "love", "wow", "haha", "sad", "angry", "care")
_COMMON = {
    "handle": ("user name",),
    "followers": ("followers at posting",),
    "published": ("post created",),
    "type": ("type",),
    "sum": ("total interactions",),
    "likes": ("likes",),
    "comments": ("comments",),
    "link": ("url",),
    "sponsor": ("sponsor id",),
    "sponsor_name": ("sponsor name",),
}
_FACEBOOK = {
    **_COMMON,
    "id": ("facebook id",),
    "text": ("message",),
    "shares": ("shares",),
    "views": ("post views", "total views"),
    "length": ("video length",),
    **{name: (name,) for name in _REACTIONS},
}
_INSTAGRAM = {
    **_COMMON,
    "account": ("account",),
    "text": ("description",),
    "title": ("title",),
    "views": ("views",),
    "id": ("facebook id",),
}
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})", re.ASCII)
_HANDLE = re.compile(r"@?([\w.-]+)")
_WITH_VIEWS = ("video", "short_video", "live")


def _facebook_rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = cells.same("facebook")
    accounts = cells.ids("id")
    reactions = [cells.counts(name) for name in _REACTIONS if cells.has(name)]
    counts = {
        "reaction_count": _sums(reactions) if cells.has("likes") else cells.same(None),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
    }
    posts = _posts(cells, platform, accounts, counts, {"save_count": "not_offered"})
    posts["duration_s"] = [_seconds(length) for length in cells.words("length")]
    aliases = {
        "platform": platform,
        "account_id": accounts,
        "alias": _handles(cells),
    }
    return {
        "posts": posts,
        "followers": _readings(cells, platform, accounts, posts["published_at"]),
        "aliases": aliases,
    }


def _instagram_rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = cells.same("instagram")
    accounts = _handles(cells)
    likes, reasons = shown_likes(platform, cells.counts("likes"))
    counts = {"reaction_count": likes, "comment_count": cells.counts("comments")}
    absent = {
        "reaction_count": reasons,
        "share_count": "not_offered",
        "save_count": "not_offered",
    }
    posts = _posts(cells, platform, accounts, counts, absent)
    texts = zip(posts["text"], cells.texts("title"), strict=True)
    posts["text"] = [text or title for text, title in texts]
    return {
        "posts": posts,
        "followers": _readings(cells, platform, accounts, posts["published_at"]),
    }


def _posts(
    cells: Cells,
    platform: Column,
    accounts: Column,
    counts: Mapping[str, Column],
    absent: Mapping[str, str | Sequence[str]],
) -> dict[str, Column]:
    """What posts of both platforms have."""
    links = cells.words("link")
    kinds = [
        kind_of_link(on, link) or kind_named(kind)
        for on, link, kind in zip(platform, links, cells.words("type"), strict=True)
    ]
    has_views = [kind in _WITH_VIEWS for kind in kinds]
    views = [
        count if has or count != "0" else None
        for has, count in zip(has_views, cells.counts("views"), strict=True)
    ]
    why = ["not_collected" if has else "not_offered" for has in has_views]
    return {
        "platform": platform,
        "post_id": post_ids(cells, platform, "link"),
        "account_id": accounts,
        "published_at": cells.moments("published"),
        "kind": kinds,
        "text": cells.texts("text"),
        "url": links,
        "is_paid": _paid(cells),
        **known_counts({**counts, "view_count": views}, {**absent, "view_count": why}),
        "engagement_count": cells.counts("sum"),
    }


def _handles(cells: Cells) -> Column:
    """The handles with their @; None where a name is none."""
    found = [_HANDLE.fullmatch(name) if name else None for name in cells.ids("handle")]
    return [f"@{name[1]}" if name else None for name in found]


def _readings(
    cells: Cells, platform: Column, accounts: Column, published: Column
) -> dict[str, Column]:
    return readings(platform, accounts, published, cells.counts("followers"))


def _paid(cells: Cells) -> Column:
    """Whether a sponsor is named; None where the file has no column for one."""
    if not (cells.has("sponsor") or cells.has("sponsor_name")):
        return cells.same(None)
    sponsors = zip(cells.words("sponsor"), cells.words("sponsor_name"), strict=True)
    return ["true" if number or name else "false" for number, name in sponsors]


def _sums(columns: Sequence[Column]) -> Column:
    """The sum of each row; None where a part of it is missing."""
    return [
        None if None in parts else str(sum(map(int, filter(None, parts))))
        for parts in zip(*columns, strict=True)
    ]


def _seconds(length: str | None) -> str | None:
    """Seconds of a length such as 00:01:30; None for what says none."""
    found = _CLOCK.fullmatch(length) if length else None
    if found is None:
        return None
    return str(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))


_NUMBERS = ("sum", *_REACTIONS, "comments", "shares", "views", "followers")
_NEEDS = ("published", "type", "sum", "likes", "comments", "link")
_TABLES = (
    TableFormat(
        name="crowdtangle-facebook",
        words=_FACEBOOK,
        needs=("id", *_NEEDS),
        rows=_facebook_rows,
        numbers=_NUMBERS,
        dates=("published",),
        decimal=".",
        language="en",
    ),
    TableFormat(
        name="crowdtangle-instagram",
        words=_INSTAGRAM,
        needs=("account", "handle", *_NEEDS),
        lacks=("id",),
        rows=_instagram_rows,
        numbers=_NUMBERS,
        dates=("published",),
        decimal=".",
        language="en",
    ),
)

FORMATS = tuple(table.format() for table in _TABLES)
