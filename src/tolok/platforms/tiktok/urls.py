"""Addresses of TikTok; its short links (vm., vt., /t/) say neither profile nor post."""

import re

from tolok.address import Address, split_address

DOMAINS = ("tiktok.com",)
_HANDLE = re.compile(r"[\w.]{1,30}")
_POST_ID = re.compile(r"([0-9]{10,22})(?:\.html)?")
_POST_WORDS = ("video", "photo", "v", "embed", "v1", "v2")


def handle_from_url(url: str) -> str | None:
    """The casefolded handle of a profile's or a post's address; it stands behind an @."""
    address = _address(url)
    if address is None or not address.segment(0).startswith("@"):
        return None
    handle = address.segment(0)[1:].casefold()
    return handle if _HANDLE.fullmatch(handle) else None


def post_id_from_url(url: str) -> str | None:
    """The number of a video or of a set of photos, as text."""
    address = _address(url)
    if address is None:
        return None
    for word, post_id in zip(address.segments, address.segments[1:], strict=False):
        found = _POST_ID.fullmatch(post_id)
        if word in _POST_WORDS and found:
            return found[1]
    return None


def profile_url(handle: str) -> str:
    """The address of a profile."""
    return f"https://www.tiktok.com/@{handle}"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains="www|m") else None
