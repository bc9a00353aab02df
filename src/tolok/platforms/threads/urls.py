"""Addresses of Threads, on its present and its former host."""

import re

from tolok.address import Address, split_address

DOMAINS = ("threads.com", "threads.net")
_HANDLE = re.compile(r"[a-z0-9._]{1,30}")
_SHORTCODE = re.compile(r"[A-Za-z0-9_-]{5,}")


def handle_from_url(url: str) -> str | None:
    """The casefolded handle of a profile's or a post's address; it stands behind an @."""
    address = _address(url)
    if address is None or not address.segment(0).startswith("@"):
        return None
    handle = address.segment(0)[1:].casefold()
    return handle if _HANDLE.fullmatch(handle) else None


def post_id_from_url(url: str) -> str | None:
    """The shortcode of a post; upper and lower case are kept, they differ."""
    address = _address(url)
    if address is None:
        return None
    at = 0 if address.segment(0) == "t" else 1
    is_post = address.segment(at) == ("t" if at == 0 else "post")
    shortcode = address.segment(at + 1)
    return shortcode if is_post and _SHORTCODE.fullmatch(shortcode) else None


def profile_url(handle: str) -> str:
    """The address of a profile."""
    return f"https://www.threads.com/@{handle}"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains="www") else None
