"""Addresses of web sites: the host is the handle, the address without scheme is the post."""

from tolok.address import split_address

DOMAINS = ()  # every host that no other platform has


def handle_from_url(url: str) -> str | None:
    """The host of a site, without www."""
    address = split_address(url)
    return address.host.removeprefix("www.") if address else None


def post_id_from_url(url: str) -> str | None:
    """The address of a page without scheme, www and closing slash; None for a site's front page."""
    address = split_address(url)
    if address is None or not address.tail:
        return None
    return address.host.removeprefix("www.") + address.tail


def profile_url(handle: str) -> str:
    """The address of a site's front page."""
    return f"https://{handle}/"
