"""4CAT: tables of posts of Instagram, TikTok, X, Threads and Facebook, a format for each platform.

- The text `timestamp` is in UTC where 4CAT runs in UTC; `unix_timestamp` is always right, but on
  X, where it is the text that is. That is what is read.
- A value that 4CAT could not find is an empty cell or a 0; which of the two a 0 is, is not told.
  So a 0 is taken for one only where nothing speaks against it.
- A table does not say when it was collected, unless it has `timestamp_collected`.
- Of LinkedIn it has times made of "3mo" and the time of collection: these are no times.

4CAT's NDJSON is that of the tool which collected: see zeeschuimer.py and x-api.
"""

from collections.abc import Mapping, Sequence

from tolok.platforms.x.api import kind_of
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format
from tolok.sources.moment import NotAMoment, epoch_of
from tolok.sources.table_format import Columns, TableFormat

_COMMON = {
    "id": ("id",),
    "text": ("body",),
    "author": ("author",),
    "published": ("timestamp",),
    "seconds": ("unix_timestamp",),
    "read": ("timestamp_collected",),
}
_NEEDED = ("id", "text", "author", "published")
_INSTAGRAM = _COMMON | {
    "author_id": ("author_id",),
    "url": ("url",),
    "coauthors": ("coauthors",),
    "media": ("media_type", "type"),
    "media_count": ("num_media",),
    "hidden": ("likes_hidden",),
    "likes": ("num_likes",),
    "comments": ("num_comments",),
    "views": ("play_count",),
}
_TIKTOK = _COMMON | {
    "url": ("tiktok_url",),
    "followers": ("author_followers",),
    "likes": ("likes",),
    "comments": ("comments",),
    "shares": ("shares",),
    "views": ("plays",),
    "ad": ("is_ad",),
    "partnership": ("is_paid_partnership",),
}
_X = _COMMON | {
    "author_id": ("author_id",),
    "followers": ("author_followers",),
    "url": ("link",),
    "language": ("language_guess",),
    "likes": ("like_count",),
    "comments": ("reply_count",),
    "reposts": ("retweet_count",),
    "quotes": ("quote_count",),
    "bookmarks": ("bookmark_count",),
    "views": ("impression_count",),
    "is_repost": ("is_retweet",),
    "is_reply": ("is_reply",),
    "is_quote": ("is_quote_tweet",),
    "images": ("images",),
    "videos": ("videos",),
    "links": ("urls",),
}
_THREADS = _COMMON | {
    "url": ("url",),
    "likes": ("likes",),
    "reposts": ("reposts",),
    "comments": ("replies",),
    "quotes": ("quotes",),
    "images": ("image_url",),
    "videos": ("video_url",),
    "links": ("link_url",),
    "partnership": ("is_paid_partnership",),
}
_FACEBOOK = _COMMON | {
    "url": ("url",),
    "name": ("author_name",),
    "images": ("image_url",),
    "is_in_group": ("is_in_group",),
}
_LINKEDIN = _COMMON | {"age": ("timestamp_ago",), "reactions": ("reactions",)}


def _instagram(cells: Cells) -> Mapping[str, Columns]:
    media = zip(cells.folded("media"), cells.counts("media_count"), strict=True)
    posts: dict[str, Column] = {
        **_post(cells, "instagram", published=_by_seconds(cells)),
        "kind": [_instagram_kind(medium, count) for medium, count in media],
        "media_count": cells.counts("media_count"),
        "co_account_ids": [_handles(names) for names in cells.words("coauthors")],
        **_instagram_counts(cells),
    }
    return {"posts": posts, **_aliases(cells, posts)}


def _instagram_kind(medium: str | None, count: str | None) -> str | None:
    """A joint of several is a carousel, whether mixed or not; a video may be a reel or none."""
    if medium == "mixed" or (count is not None and int(count) > 1):
        return "carousel"
    return {"photo": "image", "video": "video"}.get(medium or "")


def _instagram_counts(cells: Cells) -> dict[str, Column]:
    """The counts; likes are hidden where the table says so, and 0 only where it says they are not.

    A table of before 2023 does not say.
    """
    hidden = cells.folded("hidden")
    is_told = cells.has("hidden")
    likes = [
        "-1" if told == "yes" else None if count == "0" and told != "no" else count
        for count, told in zip(cells.counts("likes"), hidden, strict=True)
    ]
    comments = [
        None
        if count is None or count.startswith("-") or (count == "0" and is_told and told is None)
        else count
        for count, told in zip(cells.counts("comments"), hidden, strict=True)
    ]
    counts = {
        "reaction_count": likes,
        "comment_count": comments,
        "view_count": _above_zero(cells.counts("views")),
    }
    never = dict.fromkeys(("share_count", "save_count"), "not_offered")
    return known_counts(counts, never, negative="hidden")


def _tiktok(cells: Cells) -> Mapping[str, Columns]:
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "view_count": cells.counts("views"),
    }
    marks = zip(cells.folded("ad"), cells.folded("partnership"), strict=True)
    posts: dict[str, Column] = {
        **_post(cells, "tiktok", published=_by_seconds(cells)),
        "kind": cells.same("short_video"),
        "is_paid": [_flag(*found) for found in marks],
        **known_counts(counts, {"save_count": "not_offered"}),
    }
    return {"posts": posts, **_followers(cells, posts)}


def _x(cells: Cells) -> Mapping[str, Columns]:
    origins = _x_origins(cells)
    pictures, videos = _parts(cells, "images"), _parts(cells, "videos")
    media = list(zip(pictures, videos, strict=True))
    links = _parts(cells, "links")
    posts: dict[str, Column] = {
        **_post(cells, "x", published=cells.moments("published")),
        "kind": [
            kind_of(["photo"] * len(p) + ["video"] * len(v), found)
            for (p, v), found in zip(media, links, strict=True)
        ],
        # the pictures of a video are among the images of some tables and not of others
        "media_count": [str(len(p)) if not v else None for p, v in media],
        "origin": origins,
        "language": cells.words("language"),
        **_x_counts(cells, [origin == "repost" for origin in origins]),
    }
    return {"posts": posts, **_followers(cells, posts), **_aliases(cells, posts)}


def _x_origins(cells: Cells) -> Column:
    """What each post refers to; a reply that quotes is a reply."""
    columns = [cells.folded(word) for word in ("is_repost", "is_reply", "is_quote")]
    return [
        "repost" if repost == "yes" else "reply" if reply == "yes" else
        "quote" if quote == "yes" else "original"
        for repost, reply, quote in zip(*columns, strict=True)
    ]  # fmt: skip


def _x_counts(cells: Cells, reposts: Sequence[bool]) -> dict[str, Column]:
    """The counts; 0 views are views that were not given, and then 0 bookmarks are too."""
    views = _above_zero(cells.counts("views"))
    saves = zip(cells.counts("bookmarks"), views, strict=True)
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": _sums(cells),
        "save_count": [None if n == "0" and seen is None else n for n, seen in saves],
        "view_count": views,
    }
    return known_counts(counts, {}, reposts=reposts)


def _threads(cells: Cells) -> Mapping[str, Columns]:
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": _sums(cells),
    }
    columns = (_parts(cells, "images"), _parts(cells, "videos"), cells.words("links"))
    media = list(zip(*columns, strict=True))
    never = dict.fromkeys(("save_count", "view_count"), "not_offered")
    posts: dict[str, Column] = {
        **_post(cells, "threads", published=_by_seconds(cells)),
        "kind": [_threads_kind(*found) for found in media],
        # a video's picture is among the images
        "media_count": [str(max(len(p), len(v))) for p, v, _ in media],
        "is_paid": [_flag(mark) for mark in cells.folded("partnership")],
        **known_counts(counts, never),
    }
    return {"posts": posts}


def _threads_kind(pictures: Sequence[str], videos: Sequence[str], link: str | None) -> str:
    if max(len(pictures), len(videos)) > 1:
        return "carousel"
    if videos:
        return "video"
    return "image" if pictures else "link" if link else "text"


def _facebook(cells: Cells) -> Mapping[str, Columns]:
    pictures = _parts(cells, "images")
    counts = {"reaction_count": cells.same(None)}
    never = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
    posts: dict[str, Column] = {
        **_post(cells, "facebook", published=_by_seconds(cells)),
        "account_id": [_facebook_account(name) for name in cells.words("author")],
        # videos and links are not told, so what has no picture may be anything
        "kind": [("image" if len(p) == 1 else "carousel") if p else None for p in pictures],
        "media_count": [str(len(p)) if p else None for p in pictures],
        **known_counts(counts, dict.fromkeys(never, "not_offered")),
    }
    return {"posts": posts}


def _facebook_account(name: str | None) -> str | None:
    """The account by the end of its address: a number, or a name."""
    if name is None:
        return None
    number = name.removeprefix("profile.php?id=").partition("&")[0]
    return number if number.isdigit() else f"@{name}"


def _post(cells: Cells, platform: str, *, published: Column) -> dict[str, Column]:
    """What the tables of all platforms have; the time of reading where a table has it."""
    handles = [name and f"@{name.removeprefix('@')}" for name in cells.words("author")]
    accounts = zip(cells.ids("author_id"), handles, strict=True)
    found = {
        "platform": cells.same(platform),
        "post_id": cells.ids("id"),
        "account_id": [number or handle for number, handle in accounts],
        "published_at": published,
        "text": cells.texts("text"),
        "url": cells.words("url"),
    }
    return found | ({"observed_at": cells.moments("read")} if cells.has("read") else {})


def _by_seconds(cells: Cells) -> Column:
    """The times by their Unix seconds, where those are there, else by the text."""
    if not cells.has("seconds"):
        return cells.moments("published")
    found: Column = []
    for index, text in enumerate(cells.words("seconds")):
        try:
            found.append(epoch_of(text).isoformat() if text and text != "0" else None)
        except NotAMoment as error:
            cells.refuse(index, f"unix_timestamp: {error}")
            found.append(None)
    return found


def _aliases(cells: Cells, posts: Columns) -> dict[str, Columns]:
    """The handle beside the number of an account."""
    pairs = zip(cells.ids("author_id"), cells.words("author"), strict=True)
    names = [f"@{name.removeprefix('@')}" if number and name else None for number, name in pairs]
    return {"aliases": {**_of_account(posts), "alias": names}}


def _followers(cells: Cells, posts: Columns) -> dict[str, Columns]:
    """The followers of the account when it was collected."""
    return {"followers": {**_of_account(posts), "follower_count": cells.counts("followers")}}


def _of_account(posts: Columns) -> dict[str, Column]:
    names = ("platform", "account_id", "observed_at")
    return {name: posts[name] for name in names if name in posts}


def _parts(cells: Cells, word: str) -> list[list[str]]:
    """The addresses in each cell of a column."""
    return [text.split(",") if text else [] for text in cells.words(word)]


def _handles(names: str | None) -> str | None:
    found = [name.strip() for name in (names or "").split(",") if name.strip()]
    return ";".join(f"@{name}" for name in found) or None


def _sums(cells: Cells) -> Column:
    """Reposts and quotes together; None where one of them is missing."""
    pairs = zip(cells.counts("reposts"), cells.counts("quotes"), strict=True)
    return [None if a is None or b is None else str(int(a) + int(b)) for a, b in pairs]


def _above_zero(counts: Column) -> Column:
    return [None if count == "0" else count for count in counts]


def _flag(*marks: str | None) -> str | None:
    """Whether a mark is yes; None where none is yes and none is no."""
    return "true" if "yes" in marks else "false" if "no" in marks else None


def _no_linkedin() -> Format:
    table = TableFormat("4cat-linkedin", _LINKEDIN, (*_NEEDED, "age", "reactions"), lambda _: {})
    said = (
        "holds posts of LinkedIn with their age (such as 3mo), of which 4CAT made times: "
        "when they were published is not known. Bring an export of the page's owner."
    )
    return Format(table.name, table.claims, table.read, holds_nothing=said)


FORMATS = (
    TableFormat(
        "4cat-facebook", _FACEBOOK, (*_NEEDED, "name", "is_in_group"), _facebook, zone="UTC",
        decimal=".", warning="4CAT collects no counts of Facebook.",
    ).format(),
    TableFormat(
        "4cat-instagram", _INSTAGRAM, (*_NEEDED, "media_count", "likes", "comments"), _instagram,
        zone="UTC", decimal=".",
    ).format(),
    _no_linkedin(),
    TableFormat(
        "4cat-threads", _THREADS, (*_NEEDED, "likes", "reposts", "comments", "quotes"), _threads,
        zone="UTC", decimal=".",
        warning="quotes and answers are not told apart here: all posts count as originals.",
    ).format(),
    TableFormat(
        "4cat-tiktok", _TIKTOK, (*_NEEDED, "url", "likes", "comments", "shares", "views"), _tiktok,
        zone="UTC", decimal=".",
    ).format(),
    TableFormat(
        "4cat-x", _X, (*_NEEDED, "author_id", "likes", "reposts", "is_repost", "is_reply"), _x,
        zone="UTC", decimal=".",
    ).format(),
)  # fmt: skip
