"""Hootsuite's post performance: the posts of one's own profiles, as CSV below two rows of titles.

- Times are in GMT, as their header says.
- The file names no account: it is the one in the post's address, else the one of --account.
- The id is that in the permalink; on Instagram the number in Post ID is another.
- Reach and impressions are the owner's and are left out; Engagement holds clicks.
"""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.network import (
    accounts_of_links,
    kind_named,
    kind_of_link,
    platforms,
    post_ids,
)
from tolok.sources.table_format import TableFormat

_WORDS = {
    "published": ("date (gmt)",),
    "id": ("post id",),
    "text": ("post message",),
    "link": ("post permalink",),
    "type": ("post type",),
    "network": ("social network",),
    "likes": ("likes",),
    "comments": ("comments",),
    "shares": ("shares",),
    "views": ("video views",),
    "impressions": ("impressions",),
}
_GMT = ZoneInfo("UTC")


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = platforms(cells, "network", "link")
    links = cells.words("link")
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "view_count": cells.counts("views"),
    }
    return {
        "posts": {
            "platform": platform,
            "post_id": post_ids(cells, platform, "link", "id"),
            "account_id": accounts_of_links(platform, links),
            "published_at": cells.moments("published", _GMT),
            "kind": [
                kind_of_link(on, link) or kind_named(kind)
                for on, link, kind in zip(platform, links, cells.words("type"), strict=True)
            ],
            "text": cells.texts("text"),
            "url": links,
            **known_counts(counts, {}),
        }
    }


_TABLE = TableFormat(
    name="hootsuite",
    words=_WORDS,
    needs=("published", "id", "link", "network"),
    rows=_rows,
    numbers=("likes", "comments", "shares", "views", "impressions"),
    dates=("published",),
)

FORMATS = (_TABLE.format(),)
