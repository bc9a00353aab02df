"""Instagram Graph API: accounts, media, stories and comments, as the owner's token gives them.

Single objects, lists under `data` and objects by id ({"178...": {...}}) are read. Posts stand under
their shortcode. Whose a medium is, says its username or owner, the account around it, or the
address of the next page (/<account>/media). Media of hashtags, tags and mentions are other
people's; pictures inside an album are no posts.

Comments come with the medium that they are under: media?fields=permalink,username,comments{...}.
Insights stand for a post where they come inside its medium. A document in which most objects are
the interface's is its answer: the odd ones are refused.

Source: https://developers.facebook.com/docs/instagram-platform/reference/instagram-media
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tolok.errors import InputError
from tolok.platforms.instagram.api import post_of, reading_of
from tolok.platforms.instagram.urls import handle_from_url, post_id_from_url

NAME = "instagram-graph-api"
Rows = dict[str, dict[str, Any]]
Part = Callable[[], Rows] | Iterator["Part"]
"""An item, or the items that are listed in one."""
_ACCOUNT_ID = re.compile(r"17841\d{12}")
_MEDIA_TYPES = {"IMAGE", "VIDEO", "CAROUSEL_ALBUM", "BROADCAST"}
_ASKED = re.compile(r"https?://graph\.(?:facebook|instagram)\.com/(?:v[\d.]+/)?(\d+)/(\w+)")
_OTHERS = {"top_media", "recent_media", "tags", "mentioned_media"}
_OF_POSTS = ("like_count", "comments_count", "caption", "media_product_type", "username", "owner")
_LISTS = ("media", "stories")
_OF_COMMENTERS = ("comments", "replies")
_INSIGHTS = {
    "saved": "save_count", "shares": "share_count", "views": "view_count",
}  # fmt: skip
_SHOWN = 200
_LOOKED_AT = 10_000
"""Objects by which a document is told; one may hold millions."""
_LEFT_OUT = "left out: names may stand in it, and its shape does not say where"
_FIELDS = (
    "Ask for permalink,username,timestamp,caption,media_type,media_product_type,like_count,"
    "comments_count."
)


class OthersMedia(InputError):
    """Media that the account did not publish."""

    def __str__(self) -> str:
        """What they are, and what to ask for instead."""
        return (
            "its media were found by a hashtag, a tag or a mention: they are other people's posts, "
            "and the answer does not say whose. Ask for the media of an account: "
            "/<account>/media, or business_discovery."
        )


class AccountNotNamed(InputError):
    """Media that do not say whose they are."""

    def __str__(self) -> str:
        """What is missing, and how to give it."""
        return (
            "its media do not say whose they are. Ask for the field username, or, where they are "
            "one account's own (no answer of /tags), name it with --account @handle."
        )


class NoPost(InputError):
    """Media that cannot be told as posts."""

    def __str__(self) -> str:
        """What may be wrong, and what to ask for."""
        return (
            "none of its media has a time, a permalink and a count or caption, as posts have: they "
            "may be pictures inside an album, a hashtag's, or a live broadcast's. " + _FIELDS
        )


class CommentsAlone(InputError):
    """Comments without the post that they are under."""

    def __str__(self) -> str:
        """What is missing, and what to ask for."""
        return (
            "its comments do not say under which post they stand. Ask for them with their medium: "
            "/<account>/media?fields=permalink,username,comments{id,text,timestamp,username,"
            "like_count}."
        )


@dataclass(frozen=True)
class _Owner:
    """Whose a medium is, as far as it is known: by handle and by the platform's id."""

    handle: str | None = None
    number: str | None = None

    @property
    def account(self) -> str | None:
        return f"@{self.handle}" if self.handle else self.number

    def wrote(self, comment: dict[str, Any]) -> bool:
        """Whether a comment is the owner's own, which no hash hides."""
        by = comment.get("from") or {}
        name = comment.get("username") or by.get("username") or ""
        is_named = bool(self.handle) and name.casefold() == str(self.handle).casefold()
        return is_named or bool(self.number and by.get("id") == self.number)


def claims(sample: Any) -> bool:
    """Whether a JSON value holds the interface's accounts, media, comments or mentions, mostly."""
    listed = _listed(sample)[:_LOOKED_AT]
    return sum(map(_fits, listed)) * 2 > len(listed)


def items(document: Any, account: str | None) -> Iterator[Part]:
    """A reading of followers of each account, a post of each medium, and its comments.

    Raises: OthersMedia, AccountNotNamed, NoPost, CommentsAlone.
    """
    asked = _asked(document)
    if asked[1] in _OTHERS or "mentioned_media" in document:
        raise OthersMedia
    listed = _listed(document)
    _check_media([item for item in listed if _fits(item) and _is_medium(item)])
    around = _Owner(number=asked[0] if asked[1] in _LISTS else None)
    for item in listed:
        if not _fits(item):
            yield partial(_odd, item)
        elif _is_comment(item):
            yield _comment_alone(item)
        elif _is_account(item):
            yield _account(item)
        else:
            yield _medium(item, around, account)


def nameless(document: Any, authors: Any) -> Any:
    """The document with hashes in place of those who commented, but for the owners themselves.

    authors has a key_of(platform, author), which gives the hash. An object of another shape, in
    which names may stand anywhere, is left out.
    """
    if not isinstance(document, dict):
        return _LEFT_OUT
    number, edge = _asked(document)
    owner = _Owner(number=number if edge in _LISTS else None)
    if isinstance(document.get("data"), list):
        around = {name: item for name, item in document.items() if name != "data"}
        data = [_if_known(item, authors, owner) for item in document["data"]]
        return {**_nameless(around, authors, owner), "data": data}
    if _is_by_id(document):
        return {name: _if_known(item, authors, owner) for name, item in document.items()}
    is_known = all(map(_fits, _listed(document)))
    return _nameless(document, authors, owner) if is_known else _LEFT_OUT


def _if_known(item: Any, authors: Any, owner: _Owner) -> Any:
    return _nameless(item, authors, owner) if _fits(item) else _LEFT_OUT


def _nameless(value: Any, authors: Any, owner: _Owner, *, is_comment: bool = False) -> Any:
    if isinstance(value, list):
        return [_nameless(item, authors, owner, is_comment=is_comment) for item in value]
    if not isinstance(value, dict):
        return value
    try:
        if is_comment or _is_comment(value):
            value = value if owner.wrote(value) else _hidden(value, authors)
        elif _is_account(value):
            owner = _Owner(value.get("username"), value.get("id"))
        elif _is_medium(value):
            owner = _owner_of(value, owner)
    except (AttributeError, TypeError, ValueError):
        return _LEFT_OUT
    return {
        name: _nameless(item, authors, owner, is_comment=is_comment or name in _OF_COMMENTERS)
        for name, item in value.items()
    }


def _hidden(comment: dict[str, Any], authors: Any) -> dict[str, Any]:
    """A comment with hashes in place of its author's handle and id; other words on it go."""
    hidden = {name: cell for name, cell in comment.items() if name not in {"from", "user"}}
    by = (comment.get("from") or {}) | (comment.get("user") or {})
    username = comment.get("username") or by.get("username")
    if username:
        hidden["username"] = authors.key_of("instagram", f"@{username}")
    if by.get("id"):
        hidden["from"] = {"id": authors.key_of("instagram", by["id"])}
    return hidden


def _listed(document: Any) -> list[Any]:
    """The objects of a document: under `data`, by their ids, of a mention, or the only one.

    Some of them may be odd.
    """
    if not isinstance(document, dict):
        return []
    if isinstance(document.get("data"), list):
        return list(document["data"])
    if "mentioned_media" in document or "mentioned_comment" in document:
        return [document.get("mentioned_media") or document["mentioned_comment"]]
    return list(document.values()) if _is_by_id(document) else [document]


def _is_by_id(document: dict[str, Any]) -> bool:
    """Whether a document has most of its objects under their own ids."""
    under = [isinstance(item, dict) and item.get("id") == name for name, item in document.items()]
    return under.count(True) * 2 > len(under)


def _fits(item: Any) -> bool:
    """Whether a JSON value is an object of the interface."""
    return isinstance(item, dict) and (_is_account(item) or _is_medium(item) or _is_comment(item))


def _odd(item: Any) -> Rows:
    why = f"is no object of {NAME}, as most others here are"
    return {"posts": {"broken": why, "raw": str(item)[:_SHOWN]}}


def _asked(document: Any) -> tuple[str | None, str | None]:
    """The object and the list that were asked for, as the address of another page says."""
    paging = document.get("paging") if isinstance(document, dict) else None
    for name in ("next", "previous"):
        address = paging.get(name) if isinstance(paging, dict) else None
        found = _ASKED.match(address) if isinstance(address, str) else None
        if found:
            return found[1], found[2]
    return None, None


def _is_account(item: dict[str, Any]) -> bool:
    is_instagrams = bool(_ACCOUNT_ID.fullmatch(str(item.get("id")))) or "media_count" in item
    has_lists = any(isinstance(item.get(name), dict) for name in _LISTS)
    return is_instagrams and ("followers_count" in item or has_lists)


def _is_medium(item: dict[str, Any]) -> bool:
    is_of_library = any(name.startswith("post_owner") for name in item)  # Meta Content Library
    return str(item.get("media_type")) in _MEDIA_TYPES and "id" in item and not is_of_library


def _is_comment(item: dict[str, Any]) -> bool:
    return {"id", "text", "timestamp"} <= set(item) and "media_type" not in item


def _post_of_comment(comment: dict[str, Any]) -> str | None:
    """The shortcode of the medium that a comment names; its number is in no other file."""
    return _shortcode(comment.get("media") or {})


def _shortcode(medium: dict[str, Any]) -> str | None:
    return post_id_from_url(medium.get("permalink") or "") or medium.get("shortcode")


def _check_media(media: Sequence[dict[str, Any]]) -> None:
    """Nothing, if there are no media or one of them can be a post.

    Raises: NoPost.
    """
    if media and not any(map(_can_be_post, media)):
        raise NoPost


def _can_be_post(medium: dict[str, Any]) -> bool:
    has_place = isinstance(medium.get("permalink") or "", str) and bool(_shortcode(medium))
    return bool(medium.get("timestamp") and has_place) and any(n in medium for n in _OF_POSTS)


def _owner_of(medium: dict[str, Any], around: _Owner) -> _Owner:
    """The owner whom a medium or its address names, else the account that it came with."""
    handle = medium.get("username") or handle_from_url(medium.get("permalink") or "")
    named = handle, (medium.get("owner") or {}).get("id")
    return _Owner(*named) if any(named) else around


def _comment_alone(comment: dict[str, Any]) -> Iterator[Part]:
    """A comment that names its post.

    Raises: CommentsAlone where it does not.
    """
    post_id = _post_of_comment(comment)
    if not post_id:
        raise CommentsAlone
    yield partial(_comment, comment, post_id, _Owner(), None)


def _account(found: dict[str, Any]) -> Iterator[Part]:
    owner = _Owner(found.get("username"), found.get("id"))
    if "followers_count" in found:
        yield partial(reading_of, found, str(owner.account))
    for name in _LISTS:
        for medium in (found.get(name) or {}).get("data", []):
            yield _medium(medium, owner, None)


def _medium(medium: dict[str, Any], around: _Owner, account: str | None) -> Iterator[Part]:
    owner = _owner_of(medium, around)
    named = owner.account or account
    if named is None:
        raise AccountNotNamed
    shortcode = _shortcode(medium)
    yield partial(_post, medium, owner, named)
    for comment in (medium.get("comments") or {}).get("data", []):
        yield _comments(comment, shortcode, owner)


def _comments(comment: dict[str, Any], post_id: str | None, owner: _Owner) -> Iterator[Part]:
    """A comment and the replies to it."""
    replies = (comment.get("replies") or {}).get("data", [])
    yield partial(_comment, comment, post_id, owner, None)
    for reply in replies:
        yield partial(_comment, reply, post_id, owner, comment["id"])


def _post(medium: dict[str, Any], owner: _Owner, named: str) -> Rows:
    """One medium; the owner's own likes are never hidden, so what is absent was not asked for."""
    row = post_of(medium, named)
    row["post_id"] = _shortcode(medium)
    if "/stories/" in (medium.get("permalink") or ""):
        row["kind"] = "story"
    for insight in (medium.get("insights") or {}).get("data", []):
        count = _INSIGHTS.get(insight.get("name"))
        if count and insight.get("period") == "lifetime":
            row[count] = insight["values"][0]["value"]
    row["missing"] = {
        name: "not_collected"
        for name in ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
        if row.get(name) is None
    }
    rows = {"posts": row}
    if owner.handle and owner.number:
        alias = {"account_id": owner.number, "alias": f"@{owner.handle}"}
        rows["aliases"] = {"platform": "instagram", **alias}
    return rows


def _comment(
    comment: dict[str, Any], post_id: str | None, owner: _Owner, parent: str | None
) -> Rows:
    by = comment.get("from") or {}
    name = comment.get("username") or by.get("username")
    handle = name if not name or name.startswith("key:") else f"@{name}"
    return {
        "comments": {
            "platform": "instagram",
            "comment_id": comment["id"],
            "post_id": post_id,
            "author": handle or by.get("id"),
            "published_at": comment.get("timestamp"),
            "text": comment.get("text"),
            "reaction_count": comment.get("like_count"),
            "is_institution": owner.wrote(comment),
            "parent_id": parent or comment.get("parent_id"),
        }
    }
