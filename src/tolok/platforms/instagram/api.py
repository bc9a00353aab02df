"""Instagram Graph API: the answers of business_discovery, of an account and of its posts.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/
ig-user/business_discovery
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tolok.errors import InputError
from tolok.platforms.instagram.urls import post_id_from_url

NAME = "instagram-business-discovery"
_KINDS = {"IMAGE": "image", "CAROUSEL_ALBUM": "carousel", "VIDEO": "video"}
_PRODUCTS = {"REELS": "short_video", "STORY": "story"}
_NEVER = {"share_count": "not_offered", "save_count": "not_offered"}


class AccountNotNamed(InputError):
    """An answer without the field username: its posts do not say whose they are."""

    def __str__(self) -> str:
        """What is missing, and how to give it."""
        return (
            "the answer of business_discovery has no username. "
            "Name the account with --account @handle."
        )


def claims(sample: Any) -> bool:
    """Whether a JSON value is an answer of business_discovery."""
    return isinstance(sample, dict) and isinstance(sample.get("business_discovery"), dict)


def items(document: Any, account: str | None) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """A reading of followers, where they were asked for, and a post of each medium.

    Raises: AccountNotNamed.
    """
    found = document["business_discovery"]
    username = found.get("username")
    owner = f"@{username}" if username else account
    if owner is None:
        raise AccountNotNamed
    if "followers_count" in found:
        yield partial(reading_of, found, owner)
    for medium in found.get("media", {}).get("data", []):
        yield partial(_medium, medium, owner)


def _medium(medium: dict[str, Any], owner: str) -> dict[str, dict[str, Any]]:
    return {"posts": post_of(medium, owner)}


def reading_of(found: dict[str, Any], owner: str) -> dict[str, dict[str, Any]]:
    """The followers of an account, and its handle where its number is known."""
    count = {"account_id": owner, "follower_count": found["followers_count"]}
    rows = {"followers": {"platform": "instagram", **count}}
    if found.get("id") and owner.startswith("@"):
        alias = {"account_id": found["id"], "alias": owner}
        rows["aliases"] = {"platform": "instagram", **alias}
    return rows


def post_of(medium: dict[str, Any], owner: str) -> dict[str, Any]:
    """One post, reel or carousel under its shortcode, which every other tool has too.

    Missing: like_count is left out where the owner hides it; from 2018 to 2021 it came as 0.
    """
    row = {
        "platform": "instagram",
        "post_id": post_id_from_url(medium.get("permalink") or ""),
        "account_id": owner,
        "published_at": medium.get("timestamp"),
        "kind": _kind(medium),
        "text": medium.get("caption"),
        "url": medium.get("permalink"),
        "media_count": _media_count(medium),
        "reaction_count": medium.get("like_count"),
        "comment_count": medium.get("comments_count"),
        "view_count": medium.get("view_count"),
    }
    reasons = {
        "reaction_count": "hidden",
        "comment_count": "not_collected",
        "view_count": "not_collected",
    }
    absent = {name: reason for name, reason in reasons.items() if row[name] is None}
    return {**row, "missing": {**_NEVER, **absent}}


def _kind(medium: dict[str, Any]) -> str | None:
    product = _PRODUCTS.get(medium.get("media_product_type", ""))
    if product is None and "/reel/" in (medium.get("permalink") or ""):
        product = "short_video"
    return product or _KINDS.get(medium.get("media_type", ""))


def _media_count(medium: dict[str, Any]) -> int | None:
    if medium.get("media_type") != "CAROUSEL_ALBUM":
        return 1
    children = medium.get("children", {}).get("data")
    return len(children) if children else None
