"""Fanpage Karma's lists of posts, as workbooks or CSV: one metric a file, or several as columns.

A raw export has titles, the day of the export in its second row, its header in the fifth and an
empty first column. It gives one count of each post; the others are not_collected, and another file
of the same day complements it. A merged file has its header in the first row and no day: the
moment at which the workbook was made stands in its properties.

- The post's id is that in its link: Excel cuts a Message-ID that it takes for a number.
- Times are in UTC, whatever the zone by which the period was chosen.
- 0 likes, or a dash, on Instagram means that the owner hides them.
- On Instagram the kind stands only in the link: /reel/ is a short video, /tv/ a video, and /p/ is
  taken for an image. It may be a carousel, and in posts before 2022 a video.
- A count below 0 comes of two exports subtracted from each other; it is set aside as suspect.
- `Reactions, Comments & Shares` is kept as engagement_count.
- Fans are those of the row's day. Reach is known of one's own profiles only, and is left out.
- The names of profiles are not kept: in joint posts they are those of other accounts.
"""

from collections.abc import Mapping, Sequence

from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.network import kind_of_link, platforms, post_ids, readings, shown_likes
from tolok.sources.table_format import TableFormat

_METRICS = {
    "likes": ("likes per post", "number of likes", "likes (total)", "likes"),
    "comments": ("comments per post", "number of comments", "comments (total)", "comments"),
    "shares": (
        "shares per post",
        "number of shares",
        "number of shares/reposts/quotes",
        "shares",
    ),
    "views": ("views per video", "views of videos", "video views", "views"),
    "sum": ("reactions, comments & shares",),
    "fans": ("fans", "followers", "follower"),
}
_WORDS = {
    "published": ("date",),
    "network": ("network",),
    "account": ("profile-id",),
    "id": ("message-id", "post-id"),
    "link": ("link",),
    "text": ("message",),
    **_METRICS,
}


def _has_metric(header: Sequence[str]) -> bool:
    return any(name in header for names in _METRICS.values() for name in names)


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = platforms(cells, "network", "link")
    links = cells.words("link")
    published = cells.moments("published")
    accounts = cells.ids("account")
    counts = {
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "view_count": cells.counts("views"),
    }
    reasons: dict[str, Sequence[str]] = {}
    if cells.has("likes"):
        likes, why = shown_likes(platform, cells.counts("likes"))
        counts["reaction_count"], reasons["reaction_count"] = likes, why
    sums = [None if count and count[0] == "-" else count for count in cells.counts("sum")]
    posts = {
        "platform": platform,
        "post_id": post_ids(cells, platform, "link", "id"),
        "account_id": accounts,
        "published_at": published,
        "kind": [_kind(on, link) for on, link in zip(platform, links, strict=True)],
        "text": cells.texts("text"),
        "url": links,
        **known_counts(counts, reasons, "suspect"),
        "engagement_count": sums,
    }
    tables: dict[str, Mapping[str, Column]] = {"posts": posts}
    if cells.has("fans"):
        tables["followers"] = readings(platform, accounts, published, cells.counts("fans"))
    return tables


def _kind(platform: str | None, link: str | None) -> str | None:
    found = kind_of_link(platform, link)
    is_image = found is None and platform == "instagram" and link is not None and "/p/" in link
    return "image" if is_image else found


_TABLE = TableFormat(
    name="fanpage-karma",
    words=_WORDS,
    needs=("published", "network", "account", "link"),
    rows=_rows,
    numbers=tuple(_METRICS),
    dates=("published",),
    zone="UTC",
    has_titles=True,
    also=_has_metric,
)

FORMATS = (_TABLE.format(),)
