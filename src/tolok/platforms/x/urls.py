"""Addresses of X, on its present and its former host."""

import re

from tolok.address import Address, split_address

DOMAINS = ("x.com", "twitter.com")
_HANDLE = re.compile(r"[a-z0-9_]{1,20}")
_POST_ID = re.compile(r"[0-9]{1,20}")
_COMMON = re.compile(
    r"https?://(?:www\.|m\.|mobile\.)?(?:x|twitter)\.com/\w+/status/([0-9]{1,20})/?", re.ASCII
)
"""Most addresses of posts; of these all parts are known."""
_RESERVED = {
    "about", "account", "compose", "download", "explore", "hashtag", "home", "i", "intent", "jobs",
    "login", "logout", "messages", "notifications", "privacy", "search", "settings", "share",
    "signup", "status", "statuses", "tos", "who_to_follow", "widgets",
}  # fmt: skip


def handle_from_url(url: str) -> str | None:
    """The casefolded handle of a profile's or a post's address."""
    address = _address(url)
    if address is None:
        return None
    name = address.segment(0)
    if name == "intent":  # intent/user?screen_name=<handle>
        name = address.query.get("screen_name", "")
    handle = name.removeprefix("@").casefold()
    return handle if handle not in _RESERVED and _HANDLE.fullmatch(handle) else None


def post_id_from_url(url: str) -> str | None:
    """The number of a post, as text."""
    common = _COMMON.fullmatch(url)
    if common:
        return common[1]
    address = _address(url)
    if address is None:
        return None
    for word, post_id in zip(address.segments, address.segments[1:], strict=False):
        if word in {"status", "statuses"} and _POST_ID.fullmatch(post_id):
            return post_id
    return None


def profile_url(handle: str) -> str:
    """The address of a profile."""
    return f"https://x.com/{handle}"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains="www|m|mobile") else None
