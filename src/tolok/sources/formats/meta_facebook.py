"""Meta Business Suite: the export of a Facebook page's content.

Each post stands with its totals at the time of the export; rows of single days are no posts. The
set of columns changes from month to month.

- The caption is in Title or in Description, by the type of the post: the longer is taken.
- Times are MM/DD/YYYY HH:mm in the zone of the page: it has to be told.
- A permalink with pfbid changes with every export and names no post: Post ID does.
- Older files have impressions. They are no views and are left out.
- Shares and crossposts are another post shown again: their counts may be those of the other.
"""

from collections.abc import Mapping
from typing import Any

from tolok.model import COUNTS
from tolok.platforms import handle_from_url, post_id_from_url
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format
from tolok.sources.formats.meta_instagram import SHARED_WORDS, drop_days, published, seconds
from tolok.sources.raw import Options
from tolok.sources.table_format import TableFormat

_WORDS = SHARED_WORDS | {
    "page_id": ("page id", "id halaman", "seiten-id"),
    "title": ("title", "judul", "titel"),
    "is_share": ("is share", "merupakan bagikan"),
    "is_crosspost": ("is crosspost", "merupakan crosspost"),
    "funding": ("funded content status", "status konten berbayar"),
    "reactions": ("reactions", "tanggapan", "reaksi", "reaktionen"),
    "total": ("reactions, comments*", "tanggapan, komentar*", "reaksi, komentar*"),
    "impressions": ("impressions", "impresi"),
    "boosted_views": ("views from boosted posts", "tayangan dari postingan yang dipromosikan"),
    "boosted_reach": ("reach from boosted posts", "jangkauan dari postingan yang dipromosikan"),
}
_KINDS = (
    ("reel", "short_video"),
    *((word, "story") for word in ("story", "stories", "cerita")),
    ("live", "live"),
    ("video", "video"),
    *((word, "image") for word in ("photo", "foto", "image", "gambar")),
    *((word, "link") for word in ("link", "tautan")),
    *((word, "text") for word in ("text", "teks", "status")),
)
_YES = {"1", "true", "yes", "ya"}
_PAID = {
    **dict.fromkeys(("boosted", "funded", "promoted", "sponsored", "dipromosikan"), "true"),
    **dict.fromkeys(("not boosted", "not funded", "organic", "tidak dipromosikan"), "false"),
}
_SINGLE = {"short_video", "video", "story", "live"}


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    drop_days(cells)
    links, pages = cells.words("permalink"), cells.ids("page_id")
    texts = [
        max(both, key=lambda text: len(text or "")) or None
        for both in zip(cells.texts("title"), cells.texts("text"), strict=True)
    ]
    kinds = [_kind(name) for name in cells.folded("type")]
    origins = _origins(cells, texts)
    accounts, aliases = _accounts(pages, links, origins)
    platform = cells.same("facebook")
    counts = _counts(cells, origins)
    return {
        "posts": {
            "platform": platform,
            "post_id": [
                found if found is None or found.isdigit() else _number_in(link) or found
                for found, link in zip(cells.ids("id"), links, strict=True)
            ],
            "account_id": accounts,
            "published_at": published(cells),
            "kind": kinds,
            "origin": origins,
            "text": texts,
            "url": links,
            "media_count": ["1" if kind in _SINGLE else None for kind in kinds],
            "duration_s": seconds(cells),
            "is_paid": _paid(cells),
            **counts,
        },
        "aliases": {"platform": platform, "account_id": accounts, "alias": aliases},
    }


def _counts(cells: Cells, origins: Column) -> dict[str, Column]:
    """The counts with why some are missing; those of another's post are not this page's."""
    given = {
        "view_count": cells.counts("views"),
        "reaction_count": cells.counts("reactions"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
    }
    total = cells.counts("total")
    whole = known_counts(given, {"save_count": "not_offered"})
    nothing = known_counts(
        {name: cells.same(None) for name in given}, dict.fromkeys(COUNTS, "not_offered")
    )
    columns = {
        name: [
            none if origin == "repost" else cell
            for cell, none, origin in zip(whole[name], nothing[name], origins, strict=True)
        ]
        for name in whole
    }
    columns["engagement_count"] = [
        None if origin == "repost" else cell for cell, origin in zip(total, origins, strict=True)
    ]
    return columns


def _origins(cells: Cells, texts: Column) -> Column:
    """A share with words of its own is a quote; without, as a crosspost, it is a repost."""
    return [
        "repost" if crosspost in _YES or (share in _YES and not text)
        else "quote" if share in _YES
        else "original"
        for crosspost, share, text in zip(
            cells.folded("is_crosspost"), cells.folded("is_share"), texts, strict=True
        )
    ]  # fmt: skip


def _accounts(pages: Column, links: Column, origins: Column) -> tuple[Column, Column]:
    """The page of each row by its number, and the handle that its own permalink names, once."""
    accounts: Column = []
    aliases: Column = []
    seen = set()
    for page, link, origin in zip(pages, links, origins, strict=True):
        name = handle_from_url("facebook", link) if link and origin == "original" else None
        handle = f"@{name}" if name and not name.isdigit() else None
        is_whole = bool(page and page.isdigit())
        accounts.append(page if is_whole else handle or name or page)
        is_new = is_whole and (page, handle) not in seen
        seen.add((page, handle))
        aliases.append(handle if is_new else None)
    return accounts, aliases


def _number_in(link: str | None) -> str | None:
    """The number of the post in its address; a pfbid is another one in the next export."""
    found = post_id_from_url("facebook", link) if link else None
    return found if found and found.isdigit() else None


def _paid(cells: Cells) -> Column:
    """Whether the file says that a post was paid for, or was not; nothing where it does not."""
    boosts = zip(cells.counts("boosted_views"), cells.counts("boosted_reach"), strict=True)
    return [
        "true" if any(count not in {None, "0"} for count in boost) else _PAID.get(status or "")
        for status, boost in zip(cells.folded("funding"), boosts, strict=True)
    ]


def _kind(name: str | None) -> str | None:
    return next((kind for word, kind in _KINDS if name and word in name), None)


_TABLE = TableFormat(
    name="meta-facebook",
    words=_WORDS,
    needs=("id", "page_id", "published", "permalink", "type"),
    rows=_rows,
    numbers=("views", "reactions", "comments", "shares", "total", "duration"),
    order="month",
)


def read(brought: Brought, options: Options) -> list[Any]:
    """The rows of the table as relations, with a note where impressions stand for views.

    Raises: FileFault where the file leaves something open that an option has to say.
    """
    relations = _TABLE.read(brought, options)
    headers = {cell for head in brought.heads for row in head.folded for cell in row}
    if headers.isdisjoint(_WORDS["views"]) and not headers.isdisjoint(_WORDS["impressions"]):
        brought.notes.append("has impressions, as older exports do: they are no views, left out.")
    return relations


def hint(brought: Brought) -> str:
    """What to do with an export of which no row can be read."""
    if _TABLE.claims(brought):
        return "Where all its rows are of single days: export the totals of the posts (Lifetime)."
    return ""


FORMATS = (Format("meta-facebook", _TABLE.claims, read, hint=hint, nearness=_TABLE.nearness),)
