"""Sprout Social's post performance: the posts of one's own profiles, as CSV.

- Times ("03/15/2024 10:05 am") name no zone; they are in that of the Sprout account: --timezone.
- A profile has a display name. The account is the one in the post's address, else the profile
  where it begins with an @, else the one that --account names.
- The id is that in the post's address; on Instagram the number in Post ID is another.
- Reach and impressions are the owner's and are left out; Engagements hold clicks, so they are no
  sum of public counts.
- The names of people in "Sent by" are not kept.
"""

from collections.abc import Mapping

from tolok.model import PLATFORMS
from tolok.platforms import account_id
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
    "published": ("date",),
    "id": ("post id",),
    "network": ("network",),
    "type": ("post type",),
    "content": ("content type",),
    "profile": ("profile",),
    "link": ("link",),
    "text": ("post",),
    "likes": ("reactions", "likes"),
    "comments": ("comments",),
    "shares": ("shares",),
    "saves": ("saves",),
    "views": ("video views",),
    "rate": ("engagement rate (per impression)",),
    "impressions": ("impressions",),
}


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = platforms(cells, "network", "link")
    links = cells.words("link")
    types = zip(platform, links, cells.words("content"), cells.words("type"), strict=True)
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "save_count": cells.counts("saves"),
        "view_count": cells.counts("views"),
    }
    linked = accounts_of_links(platform, links)
    return {
        "posts": {
            "platform": platform,
            "post_id": post_ids(cells, platform, "link", "id"),
            "account_id": [
                other or _account(on, name)
                for on, name, other in zip(platform, cells.words("profile"), linked, strict=True)
            ],
            "published_at": cells.moments("published"),
            "kind": [
                kind_of_link(on, link) or kind_named(content) or kind_named(kind)
                for on, link, content, kind in types
            ],
            "text": cells.texts("text"),
            "url": links,
            **known_counts(counts, {}),
        }
    }


def _account(platform: str | None, profile: str | None) -> str | None:
    """The account that a profile's name tells, if it is a handle."""
    is_handle = profile is not None and profile.startswith("@") and platform in PLATFORMS
    return account_id(platform or "", profile or "") if is_handle else None


_TABLE = TableFormat(
    name="sprout",
    words=_WORDS,
    needs=("published", "id", "network", "content", "profile", "link"),
    rows=_rows,
    # rates and impressions are not taken, but tell how the file writes fractions and thousands
    numbers=("likes", "comments", "shares", "saves", "views", "rate", "impressions"),
    dates=("published",),
)

FORMATS = (_TABLE.format(),)
