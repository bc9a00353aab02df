"""Addresses of Facebook: pages, profiles and posts."""

import re

from tolok.address import Address, split_address

DOMAINS = ("facebook.com", "fb.com", "fb.watch", "fb.me", "m.me")
# Locales stand before the host, as in id-id.facebook.com.
_SUBDOMAINS = r"www|web|m|mobile|touch|mbasic|[a-z]{2}-[a-z]{2}"
_HANDLE = re.compile(r"[\w.-]{2,80}")
_PROFILE_ID = re.compile(r"[0-9]{5,20}")
_POST_ID = re.compile(r"([0-9]{5,}|pfbid\w+)(?::[0-9]+)?")
_RESERVED = {
    "about", "ads", "ajax", "business", "dialog", "events", "gaming", "groups", "hashtag", "help",
    "home.php", "l.php", "legal", "login", "login.php", "marketplace", "media", "messages", "notes",
    "pages", "people", "permalink.php", "pg", "photo", "photo.php", "photos", "plugins", "policies",
    "privacy", "profile.php", "public", "reel", "reels", "search", "settings", "share", "share.php",
    "sharer", "sharer.php", "stories", "story.php", "tr", "video", "video.php", "videos", "watch",
}  # fmt: skip
_COMMON = re.compile(
    r"https?://(?:www\.|m\.)?facebook\.com/[0-9]+/(?:posts|videos)/([0-9]{5,}|pfbid[A-Za-z0-9]+)/?",
    re.ASCII,
)
"""Most addresses of posts that tools give; of these all parts are known."""
_POST_WORDS = ("posts", "videos", "photos", "permalink", "reel", "reels")


def handle_from_url(url: str) -> str | None:
    """The casefolded handle of a page or profile; its number where it has no handle."""
    address = _address(url)
    if address is None:
        return None
    first = address.segment(0).casefold()
    if first in {"profile.php", "permalink.php", "story.php"}:
        return _number(address.query.get("id", ""))
    if first in {"pages", "people"}:  # pages/<name>/<id>, pages/category/<kind>/<name-id>
        return _number(address.segments[-1]) or _number(address.segment(2))
    name = address.segment(1) if first in {"p", "pg"} else address.segment(0)
    handle = name.removeprefix("@").casefold()
    if handle in _RESERVED or not _HANDLE.fullmatch(handle):
        return None
    # A handle holds no hyphen: Name-of-the-page-<id> is a page without a handle.
    return _number(handle) if "-" in handle else handle


def post_id_from_url(url: str) -> str | None:
    """The number, or the pfbid text, of a post, video, reel or photo."""
    common = _COMMON.fullmatch(url)
    if common:
        return common[1]
    address = _address(url)
    return _post_id(address) if address else None


def _post_id(address: Address) -> str | None:
    first = address.segment(0).casefold()
    if first in {"permalink.php", "story.php"}:
        return _post(address.query.get("story_fbid", ""))
    if first in {"photo", "photo.php"}:
        return _post(address.query.get("fbid", ""))
    if first in {"watch", "video.php"}:
        return _post(address.query.get("v", ""))
    if any(segment.casefold() in _POST_WORDS for segment in address.segments[:-1]):
        return _post(address.segments[-1])
    return None


def is_platform_id(name: str) -> bool:
    """Whether a name is the number of a page or profile, which no handle can be."""
    return _PROFILE_ID.fullmatch(name) is not None


def profile_url(handle: str) -> str:
    """The address of a page or profile, by handle or by number."""
    return f"https://www.facebook.com/{handle}"


def _address(url: str) -> Address | None:
    address = split_address(url)
    on_site = address and address.is_on("facebook.com", "fb.com", subdomains=_SUBDOMAINS)
    return address if on_site else None


def _number(text: str) -> str | None:
    found = re.fullmatch(r"(?:.*-)?([0-9]{5,20})", text)
    return found[1] if found else None


def _post(text: str) -> str | None:
    found = _POST_ID.fullmatch(text)
    return found[1] if found else None
