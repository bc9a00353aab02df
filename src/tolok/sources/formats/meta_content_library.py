"""Meta Content Library: posts of Facebook and of Instagram, as CSV or as answers in JSON.

- Its ids are its own and no platform's. They get a prefix, so that they never meet another's:
  mcl:<id> for a post, mcl-<id> for an owner whose username was not asked for.
- Views are there for few posts. Where they are absent they are not 0.
- Reactions of Facebook are statistics.reaction_count; Instagram has likes alone.
- Text and usernames come only where they were asked for. There is no permalink.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format, as_text
from tolok.sources.item_format import item_format
from tolok.sources.raw import Options
from tolok.sources.table_format import TableFormat

NAME = "meta-content-library"
_FACEBOOKS = ("statistics.reaction_count", "statistics.share_count", "statistics.love_count")
_OTHERS = ("statistics.repost_count", "statistics.quote_count", "statistics.reply_count")
_WORDS = {
    "id": ("id",),
    "published": ("creation_time",),
    "type": ("media_type", "content_type"),
    "owner": ("post_owner.id",),
    "username": ("post_owner.username",),
    "text": ("text",),
    "language": ("lang",),
    "shared": ("shared_post_id",),
    "likes": ("statistics.like_count",),
    "reactions": ("statistics.reaction_count",),
    "comments": ("statistics.comment_count",),
    "shares": ("statistics.share_count",),
    "views": ("statistics.views", "statistics.view_count"),
}
_KINDS = (
    ("reel", "short_video"), ("video", "video"), ("album", "carousel"), ("carousel", "carousel"),
    ("photo", "image"), ("image", "image"), ("link", "link"), ("status", "text"), ("text", "text"),
)  # fmt: skip
_NOTE = (
    "ids are those of the Meta Content Library (mcl:...), not of the platform: its posts do not "
    "meet the same posts in other files. Owners without post_owner.username stand as mcl-<id>."
)


def _rows(cells: Cells, platform: str) -> Mapping[str, Mapping[str, Column]]:
    ids = cells.ids("id")
    for index, found in enumerate(ids):
        if found and not found.isdigit():
            cells.refuse(index, f"id: {found!r} is no number of the library, or has lost digits")
    reaction = "reactions" if platform == "facebook" else "likes"
    counts = {
        "reaction_count": cells.counts(reaction),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "view_count": cells.counts("views"),
    }
    texts = cells.texts("text")
    origins: Column = [
        _origin(shared, text, has_text=cells.has("text"))
        for shared, text in zip(cells.ids("shared"), texts, strict=True)
    ]
    names, owners = cells.folded("username"), cells.ids("owner")
    return {
        "posts": {
            "platform": cells.same(platform),
            "post_id": [found and f"mcl:{found}" for found in ids],
            "account_id": [
                _account(name, owner) for name, owner in zip(names, owners, strict=True)
            ],
            "published_at": cells.moments("published"),
            "kind": [_kind(name) for name in cells.folded("type")],
            "origin": origins,
            "text": texts,
            "language": cells.words("language"),
            **_known(counts, platform, origins),
        }
    }


def _known(counts: Mapping[str, Column], platform: str, origins: Column) -> dict[str, Column]:
    """The counts with why some are missing; a repost's are the original's."""
    known = known_counts(counts, _never(platform))
    blank = known_counts(
        {name: [None] * len(origins) for name in counts},
        dict.fromkeys((*counts, "save_count"), "not_offered"),
    )
    return {
        name: [
            none if origin == "repost" else cell
            for cell, none, origin in zip(known[name], blank[name], origins, strict=True)
        ]
        for name in known
    }


def _never(platform: str) -> dict[str, str]:
    never = {"save_count": "not_offered"}
    return never if platform == "facebook" else never | {"share_count": "not_offered"}


def _account(name: str | None, owner: str | None) -> str | None:
    return f"@{name.removeprefix('@')}" if name else f"mcl-{owner}" if owner else None


def _origin(shared: str | None, text: str | None, *, has_text: bool) -> str:
    if not shared:
        return "original"
    return "repost" if has_text and not text else "quote"


def _kind(name: str | None) -> str | None:
    return next((kind for word, kind in _KINDS if name and word in name), None)


def _table(platform: str, also: Callable[[Any], bool]) -> TableFormat:
    return TableFormat(
        name=NAME,
        words=_WORDS,
        needs=("id", "published", "owner", "comments", "likes"),
        rows=partial(_rows, platform=platform),
        numbers=("likes", "reactions", "comments", "shares", "views"),
        zone="UTC",
        decimal=".",
        warning=_NOTE,
        also=also,
    )


def _of_facebook(header: Any) -> bool:
    return any(word in header for word in _FACEBOOKS)


def _of_instagram(header: Any) -> bool:
    has_surface = any(cell.startswith("surface.") for cell in header)
    return not has_surface and not any(word in header for word in (*_FACEBOOKS, *_OTHERS))


_TABLES = (_table("facebook", _of_facebook), _table("instagram", _of_instagram))


class _Answers:
    """The answers of the library's interface: posts under `data`, a list of them, or one a line."""

    NAME = NAME

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value holds posts of the library, more than others."""
        listed = _listed(sample)
        return sum(map(_is_post, listed)) * 2 > len(listed)

    def items(
        self, document: Any, account: str | None
    ) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
        """A post of each object, whose ids keep all their digits."""
        del account  # every post names its owner
        listed = [_flat(item) if _is_post(item) else item for item in _listed(document)]
        names = {name for item in listed if _is_post(item) for name in item}
        platform = "facebook" if _of_facebook(names) else "instagram"
        if platform == "instagram" and not _of_instagram(names):
            platform = "facebook"  # a surface is Facebook's
        for item in listed:
            yield partial(_item, item, platform)


def _is_post(item: Any) -> bool:
    is_owned = isinstance(item, dict) and ("post_owner" in item or "post_owner.id" in item)
    return is_owned and {"id", "creation_time"} <= item.keys()


def _listed(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    data = document.get("data")
    return data if isinstance(data, list) else [document]


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a post by the names that the CSV file has for them."""
    flat: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": cell for inner, cell in value.items()}
        else:
            flat[name] = value
    return flat


def _item(item: Mapping[str, Any], platform: str) -> dict[str, dict[str, Any]]:
    """One post. An id that came as a fraction has lost digits, and its row is refused."""
    if not isinstance(item, dict):
        return {"posts": {"broken": f"is no post of {NAME}", "raw": str(item)[:200]}}
    found = {
        word: next((item[name] for name in names if item.get(name) is not None), None)
        for word, names in _WORDS.items()
    }
    if not re.fullmatch(r"\d+", str(found["id"])):
        message = "an id of the library is a number"
        raise ValueError(message)
    origin = _origin(as_text(found["shared"]), found["text"], has_text="text" in item)
    counts = {
        "reaction_count": found["reactions" if platform == "facebook" else "likes"],
        "comment_count": found["comments"],
        "share_count": found["shares"],
        "view_count": found["views"],
        "save_count": None,
    }
    never = _never(platform)
    if origin == "repost":
        counts, never = dict.fromkeys(counts), dict.fromkeys(counts, "not_offered")
    missing = {n: never.get(n, "not_collected") for n, count in counts.items() if count is None}
    name, owner = found["username"], as_text(found["owner"])
    post = {
        "platform": platform,
        "post_id": f"mcl:{found['id']}",
        "account_id": _account(name.casefold() if name else None, owner),
        "published_at": found["published"],
        "kind": _kind(str(found["type"] or "").casefold()),
        "origin": origin,
        "text": found["text"],
        "language": found["language"],
        **counts,
        "missing": missing,
    }
    return {"posts": post, "note": {"text": _NOTE}}


_JSON = item_format(_Answers())


def claims(brought: Brought) -> bool:
    """Whether a table or a JSON document has posts of the library."""
    return _JSON.claims(brought) or any(table.claims(brought) for table in _TABLES)


def read(brought: Brought, options: Options) -> list[Any]:
    """The rows of the file as relations.

    Raises: FileFault where the file leaves something open that an option has to say.
    """
    if brought.is_json:
        return list(_JSON.read(brought, options))
    table = next((table for table in _TABLES if table.claims(brought)), _TABLES[0])
    return table.read(brought, options)


def nearness(brought: Brought) -> float:
    """The share of the needed words that the file's best row has."""
    return _TABLES[0].nearness(brought)


FORMATS = (Format(NAME, claims, read, nearness=nearness),)
