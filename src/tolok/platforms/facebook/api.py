"""Facebook Graph API: pages, posts, videos and live videos of pages.

Single objects, lists under `data`, lists inside a page (posts, feed, published_posts, videos,
live_videos) and objects by id are read. A post's id is <page>_<post>: the second part is the
number that its address has. A video stands under its own number unless post_id is asked for; bring
posts or videos of a page, not both.

Posts that visitors wrote on a page, and photos, which are pictures of posts, are no items. A
document in which most objects are the interface's is its answer: the odd ones are refused.

Source: https://developers.facebook.com/docs/graph-api/reference/page-post
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tolok.errors import InputError
from tolok.model import COUNTS
from tolok.platforms.facebook.shapes import (
    LISTS,
    POST_ID,
    is_by_id,
    is_comment,
    is_known,
    is_page,
    is_video,
    objects_in,
    page_of,
)
from tolok.platforms.facebook.urls import handle_from_url, post_id_from_url

NAME = "facebook-graph-api"
Rows = dict[str, dict[str, Any]]
Part = Callable[[], Rows] | Iterator["Part"]
"""An item, or the items that are listed in one."""
_ASKED = re.compile(r"https?://graph\.facebook\.com/(?:v[\d.]+/)?(\d+)/(\w+)\?(.*)")
_SHARES = re.compile(r"(?:[=,]|%2C)shares(?:[,.&{]|%2C|%7B|$)", re.IGNORECASE)
_MEDIA = {"photo": "image", "album": "carousel", "video": "video", "link": "link"}
_STATUSES = {"added_photos": "image", "added_video": "video"}
_SHOWN = 200
_LOOKED_AT = 10_000
"""Objects by which a document is told; one may hold millions."""
_LEFT_OUT = "left out: names may stand in it, and its shape does not say where"
_FAN_NOTE = (
    "followers are the likes of the page (fan_count), where followers_count was not asked for."
)


class PageNotNamed(InputError):
    """Videos that do not say whose they are."""

    def __str__(self) -> str:
        """What is missing, and how to give it."""
        return (
            "its videos do not say whose they are. Ask for permalink_url and from, or name the "
            "page with --account @handle."
        )


class NoPost(InputError):
    """Objects that cannot be told as posts or pages."""

    def __str__(self) -> str:
        """What may be wrong, and what to ask for."""
        return (
            "none of its objects is a post, a video with its time and address, or a page with its "
            "followers. Photos are pictures of posts. Ask for /<page>/posts?fields=id,created_time,"
            "message,permalink_url,attachments,shares,reactions.limit(0).summary(true),"
            "comments.limit(0).summary(true), and of a page for id,username,followers_count."
        )


class CommentsAlone(InputError):
    """Comments, or posts of others, that do not say on whose page they stand."""

    def __str__(self) -> str:
        """What they may be, and what to ask for."""
        return (
            "its objects are comments, or other people's posts. Ask for comments with their post: "
            "/<page>/posts?fields=id,created_time,comments{id,message,created_time,from,like_count}."
        )


@dataclass(frozen=True)
class _Asked:
    """What was asked for, as far as a document says: the page, and whether shares were."""

    page: str | None = None
    has_shares: bool = False


def claims(sample: Any) -> bool:
    """Whether a JSON value holds objects of the interface, more than others."""
    listed = objects_in(sample)[:_LOOKED_AT]
    return sum(map(is_known, listed)) * 2 > len(listed)


def items(document: Any, account: str | None) -> Iterator[Part]:
    """A reading of followers of each page, a post of each post or video, and comments with it.

    Raises: NoPost, PageNotNamed, CommentsAlone.
    """
    listed = objects_in(document)
    known = [item for item in listed if is_known(item)]
    _check(known)
    asked = _asked(document, known)
    for item in listed:
        if not is_known(item):
            yield partial(_odd, item)
        elif is_page(item):
            yield _page(item, account)
        elif is_comment(item):
            yield _alone
        else:
            yield _content(item, asked, account)


def nameless(document: Any, authors: Any) -> Any:
    """The document with hashes in place of commenters and visitors; pages keep their names.

    authors has a key_of(platform, author), which gives the hash. An object of another shape, in
    which names may stand anywhere, is left out.
    """
    asked = _asked(document, [item for item in objects_in(document) if is_known(item)])
    if not isinstance(document, dict):
        return _LEFT_OUT
    if isinstance(document.get("data"), list):
        around = {name: item for name, item in document.items() if name != "data"}
        data = [_if_known(item, authors, asked.page) for item in document["data"]]
        return {**_nameless(around, authors, asked.page), "data": data}
    if is_by_id(document):
        return {name: _if_known(item, authors, asked.page) for name, item in document.items()}
    return _if_known(document, authors, asked.page)


def _if_known(item: Any, authors: Any, page: str | None) -> Any:
    return _nameless(item, authors, page) if is_known(item) else _LEFT_OUT


def _nameless(value: Any, authors: Any, page: str | None, *, in_comment: bool = False) -> Any:
    if isinstance(value, list):
        return [_nameless(item, authors, page, in_comment=in_comment) for item in value]
    if not isinstance(value, dict):
        return value
    signed = value.get("from") or {}
    if not isinstance(signed, dict) or isinstance(signed.get("id"), dict | list):
        return _LEFT_OUT
    by = signed.get("id")
    if not in_comment:
        # a video may name its page only as its author
        page = page_of(value) or page or (by if is_video(value) else None)
    if "from" in value and (by is None or by != page):
        value = value | {"from": {"id": authors.key_of("facebook", by)}}
    return {
        name: _nameless(item, authors, page, in_comment=in_comment or name == "comments")
        for name, item in value.items()
    }


def _odd(item: Any) -> Rows:
    why = f"is no object of {NAME}, as most others here are"
    return {"posts": {"broken": why, "raw": str(item)[:_SHOWN]}}


def _alone() -> Rows:
    raise CommentsAlone


def _check(listed: Sequence[dict[str, Any]]) -> None:
    """Nothing, if an object can be taken and most are no comments.

    Raises: NoPost, CommentsAlone.
    """
    posts = [item for item in listed if POST_ID.fullmatch(str(item.get("id")))]
    signed = [item for item in posts if isinstance(item.get("from"), dict)]
    are_others = signed and all(
        item["from"].get("id") != str(item["id"]).split("_")[0] for item in signed
    )
    is_comments = are_others or sum(map(is_comment, posts)) * 2 > len(posts)
    if is_comments and len(posts) * 2 > len(listed):
        raise CommentsAlone
    can_be = (
        "created_time" in item if item in posts else is_video(item) or _gives(item)
        for item in listed
    )
    if listed and not any(can_be):
        raise NoPost


def _gives(page: dict[str, Any]) -> bool:
    lists = any(isinstance(page.get(name), dict) for name in LISTS)
    return is_page(page) and ("fan_count" in page or "followers_count" in page or lists)


def _asked(document: Any, listed: Sequence[dict[str, Any]]) -> _Asked:
    """What the addresses of other pages say, and what the posts have."""
    paging = document.get("paging") if isinstance(document, dict) else None
    found = None
    for name in ("next", "previous"):
        address = paging.get(name) if isinstance(paging, dict) else None
        found = found or (_ASKED.match(address) if isinstance(address, str) else None)
    has_shares = any("shares" in item for item in listed)
    if found is None:
        return _Asked(None, has_shares)
    page = found[1] if found[2] in LISTS else None
    return _Asked(page, has_shares or _SHARES.search(found[3]) is not None)


def _page(found: dict[str, Any], account: str | None) -> Iterator[Part]:
    yield partial(_reading, found)
    for name in LISTS:
        part = found.get(name)
        listed = part.get("data", []) if isinstance(part, dict) else []
        has_shares = any("shares" in item for item in listed if isinstance(item, dict))
        asked = _Asked(str(found["id"]), has_shares)
        for item in listed:
            yield _content(item, asked, account)


def _reading(found: dict[str, Any]) -> Rows:
    of_page = {"platform": "facebook", "account_id": found["id"]}
    rows: Rows = {}
    count = found.get("followers_count")
    if count is None and found.get("fan_count") is not None:
        count = found["fan_count"]
        rows["note"] = {"text": _FAN_NOTE}
    if count is not None:
        rows["followers"] = {**of_page, "follower_count": count}
    if found.get("username"):
        rows["aliases"] = {**of_page, "alias": f"@{found['username']}"}
    return rows


def _content(item: dict[str, Any], asked: _Asked, account: str | None) -> Iterator[Part]:
    """The rows of a post or video; a visitor's post on the page gives none."""
    found = POST_ID.fullmatch(str(item.get("id")))
    by = (item.get("from") or {}).get("id")
    if found and by and by != found[1]:
        return
    url = _address(item)
    handle = handle_from_url(url)
    page = found[1] if found else asked.page or by
    if page is None and handle is None and account is None:
        raise PageNotNamed
    owner = page or (f"@{handle}" if handle and not handle.isdigit() else handle) or str(account)
    post_id = found[2] if found else _video_id(item, url)
    yield partial(_post, item, (owner, post_id, url), asked)
    for comment in (item.get("comments") or {}).get("data", []):
        yield _comments(comment, (page, post_id))


def _comments(comment: dict[str, Any], place: tuple[str | None, str | None]) -> Iterator[Part]:
    """A comment and the replies to it."""
    replies = (comment.get("comments") or {}).get("data", [])
    yield partial(_comment, comment, place, None)
    for reply in replies:
        yield partial(_comment, reply, place, comment["id"])


def _address(item: dict[str, Any]) -> str:
    """The address of a post; the interface leaves out the host of a video's."""
    url = item.get("permalink_url") or ""
    return f"https://www.facebook.com{url}" if url.startswith("/") else url


def _video_id(item: dict[str, Any], url: str) -> str | None:
    named = str(item.get("post_id") or "").rpartition("_")[2]
    return named or post_id_from_url(url) or str(item.get("id"))


def _post(item: dict[str, Any], named: tuple[str, str | None, str], asked: _Asked) -> Rows:
    """One post or video.

    Missing: shares are left out where there are none, so they are 0 where they were asked for.
    """
    owner, post_id, url = named
    is_clip = POST_ID.fullmatch(str(item.get("id"))) is None
    text = item.get("message") or item.get("description") or item.get("story")
    is_share = bool(item.get("parent_id"))
    row: dict[str, Any] = {
        "platform": "facebook",
        "post_id": post_id,
        "account_id": owner,
        "published_at": item.get("created_time") or item.get("creation_time"),
        "kind": _kind(item, url, is_clip=is_clip),
        "origin": ("quote" if item.get("message") else "repost") if is_share else "original",
        "text": text or item.get("title"),
        "url": url or None,
        "media_count": 1 if is_clip else _media_count(item),
        "duration_s": item.get("length"),
    }
    shares = (item.get("shares") or {}).get("count")
    counts = {
        "reaction_count": _total(item, "reactions"),
        "comment_count": _total(item, "comments"),
        "share_count": 0 if shares is None and asked.has_shares and not is_clip else shares,
        "save_count": None,
        "view_count": item.get("views") if is_clip else None,
    }
    never = {"save_count": "not_offered"} | ({} if is_clip else {"view_count": "not_offered"})
    if row["origin"] == "repost":
        counts, never = dict.fromkeys(COUNTS), dict.fromkeys(COUNTS, "not_offered")
    missing = {
        name: never.get(name, "not_collected") for name, count in counts.items() if count is None
    }
    rows: Rows = {"posts": {**row, **counts, "missing": missing}}
    handle = handle_from_url(url)
    if handle and not handle.isdigit() and owner.isdigit() and not is_share:
        alias = {"account_id": owner, "alias": f"@{handle}"}
        rows["aliases"] = {"platform": "facebook", **alias}
    return rows


def _total(item: dict[str, Any], name: str) -> Any:
    return ((item.get(name) or {}).get("summary") or {}).get("total_count")


def _attachment(item: dict[str, Any]) -> dict[str, Any]:
    listed = (item.get("attachments") or {}).get("data") or [{}]
    first: dict[str, Any] = listed[0]
    return first


def _kind(item: dict[str, Any], url: str, *, is_clip: bool) -> str | None:
    if "creation_time" in item:
        return "live"
    if "/reel/" in url:
        return "short_video"
    if is_clip:
        return "video"
    by_attachment = _MEDIA.get(_attachment(item).get("media_type", ""))
    return by_attachment or _STATUSES.get(item.get("status_type", ""))


def _media_count(item: dict[str, Any]) -> int | None:
    """The pictures or videos of a post, where its attachments were asked for."""
    attachment = _attachment(item)
    inside = (attachment.get("subattachments") or {}).get("data")
    if inside:
        return len(inside)
    return 1 if attachment.get("media_type") in {"photo", "video"} else None


def _comment(
    comment: dict[str, Any], place: tuple[str | None, str | None], parent: str | None
) -> Rows:
    page, post_id = place
    by = (comment.get("from") or {}).get("id")
    return {
        "comments": {
            "platform": "facebook",
            "comment_id": comment["id"],
            "post_id": post_id,
            "author": by,
            "published_at": comment.get("created_time"),
            "text": comment.get("message"),
            "reaction_count": comment.get("like_count"),
            "is_institution": page is not None and by == page,
            "parent_id": parent or (comment.get("parent") or {}).get("id"),
        }
    }
