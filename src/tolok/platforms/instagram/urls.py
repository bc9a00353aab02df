"""Addresses of Instagram: profiles and posts."""

import re

from tolok.address import Address, split_address

DOMAINS = ("instagram.com", "instagr.am")
_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_SHORTCODE = re.compile(r"[A-Za-z0-9_-]{5,}")
_COMMON = re.compile(
    r"https?://(?:www\.|m\.)?instagram\.com/(?:p|reels?|tv)/([A-Za-z0-9_-]{5,})/?", re.ASCII
)
"""Most addresses of posts; of these all parts are known."""
_POST_WORDS = ("p", "reel", "reels", "tv")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""A shortcode is the number of a post, written with these 64 digits."""
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
    """The shortcode of a post, reel or video; upper and lower case are kept, they differ.

    A story's address has its number, which makes its shortcode.
    """
    common = _COMMON.fullmatch(url)
    if common:
        return common[1]
    address = _address(url)
    if address is None:
        return None
    if address.segment(0) == "stories" and address.segment(1) != "highlights":
        number = address.segment(2)
        return shortcode_of(int(number)) if re.fullmatch(r"[0-9]{15,20}", number) else None
    at = 0 if address.segment(0) in _POST_WORDS else 1
    shortcode = address.segment(at + 1)
    is_post = address.segment(at) in _POST_WORDS and _SHORTCODE.fullmatch(shortcode)
    return shortcode if is_post else None


def shortcode_of(number: int) -> str:
    """The shortcode of the number that a post has inside Instagram.

    >>> shortcode_of(2421239445800645437)
    'CGZ-HKbHHM9'
    """
    shortcode = ""
    while number:
        number, digit = divmod(number, 64)
        shortcode = _DIGITS[digit] + shortcode
    return shortcode


def profile_url(handle: str) -> str:
    """The address of a profile."""
    return f"https://www.instagram.com/{handle}/"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains="www|m") else None
