"""Addresses of LinkedIn: organisations, people and posts."""

import re

from tolok.address import Address, split_address

DOMAINS = ("linkedin.com",)
_SUBDOMAINS = r"www|m|[a-z]{2}"  # countries stand before the host, as in id.linkedin.com
_HANDLE = re.compile(r"[\w.&'-]{2,120}")
_KINDS = ("company", "school", "showcase", "in")
_URN = re.compile(r"urn:li:(?:activity|share|ugcPost):([0-9]{10,22})")
_SLUG = re.compile(r".*-(?:activity|share|ugcPost)-([0-9]{10,22})(?:-.*)?")


def handle_from_url(url: str) -> str | None:
    """The casefolded last name in the address of an organisation or a person."""
    address = _address(url)
    if address is None or address.segment(0) not in _KINDS:
        return None
    handle = address.segment(1).casefold()
    return handle if _HANDLE.fullmatch(handle) else None


def post_id_from_url(url: str) -> str | None:
    """The number of a post, as text."""
    address = _address(url)
    if address is None:
        return None
    found = next((m for m in map(_URN.fullmatch, address.segments) if m), None)
    if found is None and address.segment(0) == "posts":
        found = _SLUG.fullmatch(address.segment(1))
    return found[1] if found else None


def profile_url(handle: str) -> str:
    """The address of an organisation, which is what a public body has."""
    return f"https://www.linkedin.com/company/{handle}/"


def _address(url: str) -> Address | None:
    address = split_address(url)
    return address if address and address.is_on(*DOMAINS, subdomains=_SUBDOMAINS) else None
