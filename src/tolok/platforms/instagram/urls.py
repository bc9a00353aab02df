"""Addresses of Instagram: profiles and posts."""

import re

from tolok.address import Address, split_address

DOMAINS = ("instagram.com", "instagr.am")
_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_SHORTCODE = re.compile(r"[A-Za-z0-9_-]{5,}")
_POST_WORDS = ("p", "reel", "reels", "tv")
_RESERVED = {
    *_POST_WORDS, "about", "accounts", "api", "archive", "challenge", "developer", "direct",
    "explore", "graphql", "legal", "oauth", "popular", "privacy", "s", "session", "share",
    "stories", "terms", "web",
}  # fmt: skip


def handle_from_url(url: str) -> str | None:
    """The casefolded handle of a profile's address, or of a post's that names its profile."""
    address = _address(url)
    if address is None:
        return None
    # stories/<handle>/<id> and the app's _u/<handle> name the profile second
    name = address.segment(1 if address.segment(0) in {"stories", "_u"} else 0)
    handle = name.removeprefix("@").casefold()
    if handle in _RESERVED or handle == "highlights":
        return None
    return handle if _HANDLE.fullmatch(handle) else None


def post_id_from_url(url: str) -> str | None:
    """The shortcode of a post, reel or video; upper and lower case are kept, they differ."""
    address = _address(url)
    if address is None:
        return None
    at = 0 if address.segment(0) in _POST_WORDS else 1
    shortcode = address.segment(at + 1)
    is_post = address.segment(at) in _POST_WORDS and _SHORTCODE.fullmatch(shortcode)
    return shortcode if is_post else None


def profile_url(handle: str) -> str:
    """The address of a profile."""
    return f"https://www.instagram.com/{handle}/"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains="www|m") else None
