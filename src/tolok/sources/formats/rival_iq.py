"""Rival IQ's export of social posts: one file for all channels, or one a channel.

A file of all channels names the network and calls the counts applause, conversation and
amplification; a file of one channel has likes, comments, shares and views, and the network is that
of the posts' addresses.

- captured_at is when the counts were read; where it is empty, report_generated_at.
- Followers are those at the time of publishing, as the tool says of its rate by follower.
  Source: https://help.rivaliq.com/en/articles/2043672, read 2026-11.
- 0 likes on Instagram mean that the owner hides them. Shares are not public on Instagram and
  YouTube, whatever stands there.
- engagement_total is kept as engagement_count. Estimated impressions are no views.
- History is cut at 3,200 posts on X, 2,000 on Facebook and Instagram, 1,000 on YouTube and TikTok.
"""

from collections.abc import Mapping, Sequence

from tolok.model import PLATFORMS
from tolok.platforms import account_id
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.network import (
    accounts_of_links,
    kind_named,
    kind_of_link,
    platforms,
    post_ids,
    readings,
    shown_likes,
)
from tolok.sources.table_format import TableFormat

_WORDS = {
    "published": ("published_at",),
    "day": ("published_date",),
    "clock": ("published_time",),
    "captured": ("captured_at",),
    "generated": ("report_generated_at",),
    "network": ("channel",),
    "handle": ("presence_handle",),
    "text": ("message",),
    "link": ("post_link",),
    "type": ("post_type",),
    "likes": ("applause", "likes"),
    "comments": ("conversation", "comments"),
    "shares": ("amplification", "shares"),
    "views": ("views",),
    "followers": ("audience", "followers"),
    "sum": ("engagement_total",),
    "rate": ("engagement_rate_by_follower",),
}
_PRIVATE_SHARES = ("instagram", "youtube")


def _has_time(header: Sequence[str]) -> bool:
    return "published_at" in header or "published_date" in header


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    platform = platforms(cells, "network", "link")
    accounts = _accounts(cells, platform)
    links = cells.words("link")
    has_one = cells.has("published")
    published = cells.moments("published") if has_one else cells.moments("day", clock="clock")
    observed = [
        captured or generated
        for captured, generated in zip(
            cells.moments("captured"), cells.moments("generated"), strict=True
        )
    ]
    likes, why_likes = shown_likes(platform, cells.counts("likes"))
    is_private = [on in _PRIVATE_SHARES for on in platform]
    counts = {
        "reaction_count": likes,
        "comment_count": cells.counts("comments"),
        "share_count": [
            None if private else count
            for private, count in zip(is_private, cells.counts("shares"), strict=True)
        ],
        "view_count": cells.counts("views"),
    }
    reasons: dict[str, str | Sequence[str]] = {
        "reaction_count": why_likes if cells.has("likes") else "not_collected",
        "share_count": ["not_offered" if private else "not_collected" for private in is_private],
        "save_count": "not_offered",
    }
    posts = {
        "platform": platform,
        "post_id": post_ids(cells, platform, "link"),
        "account_id": accounts,
        "published_at": published,
        "observed_at": observed,
        "kind": [
            kind_of_link(on, link) or kind_named(name)
            for on, link, name in zip(platform, links, cells.words("type"), strict=True)
        ],
        "text": cells.texts("text"),
        "url": links,
        **known_counts(counts, reasons),
        "engagement_count": cells.counts("sum"),
    }
    followers = readings(platform, accounts, published, cells.counts("followers"))
    return {"posts": posts, "followers": followers}


def _accounts(cells: Cells, platform: Column) -> Column:
    """The account of each row by its handle, else by the post's address."""
    linked = accounts_of_links(platform, cells.words("link"))
    return [
        account_id(on, name) if name and on in PLATFORMS else other
        for on, name, other in zip(platform, cells.ids("handle"), linked, strict=True)
    ]


_TABLE = TableFormat(
    name="rival-iq",
    words=_WORDS,
    needs=("handle", "link", "sum"),
    rows=_rows,
    numbers=("likes", "comments", "shares", "views", "followers", "sum", "rate"),
    dates=("published", "day", "captured", "generated"),
    also=_has_time,
)

FORMATS = (_TABLE.format(),)
