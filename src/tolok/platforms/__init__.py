"""The platforms: whose an address is, and which account and post it names.

A platform is a folder beside this file; its urls.py answers for its own addresses.
"""

from importlib import import_module
from typing import Protocol, cast

from tolok.address import split_address
from tolok.model import PLATFORMS


class Urls(Protocol):
    """What a platform's urls.py answers."""

    DOMAINS: tuple[str, ...]

    def handle_from_url(self, url: str) -> str | None:
        """The handle, or the platform's own id, of the account that an address names."""
        ...

    def post_id_from_url(self, url: str) -> str | None:
        """The platform's id of the post that an address names."""
        ...

    def profile_url(self, handle: str) -> str:
        """The address of an account."""
        ...


_URLS = {
    platform: cast("Urls", import_module(f"tolok.platforms.{platform}.urls"))
    for platform in PLATFORMS
}


def platform_of_url(url: str) -> str | None:
    """The platform whose host an address has; web for a host of none, None for no address."""
    address = split_address(url)
    if address is None:
        return None
    owners = (p for p in PLATFORMS if address.is_on(*_URLS[p].DOMAINS, subdomains=".+"))
    return next(owners, "web")


def handle_from_url(platform: str, url: str) -> str | None:
    """The handle, or the platform's own id, of the account that an address of it names."""
    return _URLS[platform].handle_from_url(url)


def post_id_from_url(platform: str, url: str) -> str | None:
    """The id of the post that an address of the platform names."""
    return _URLS[platform].post_id_from_url(url)


def profile_url(platform: str, handle: str) -> str:
    """The address of an account, by handle or by the platform's own id."""
    return _URLS[platform].profile_url(handle)


def is_platform_id(platform: str, name: str) -> bool:
    """Whether a name is a platform's own id of an account: a channel's UC..., a page's number.

    Other platforms do not put their ids into addresses, so a name there is a handle.
    """
    test = getattr(_URLS.get(platform), "is_platform_id", None)
    return test is not None and bool(test(name))


def account_id(platform: str, name: str) -> str:
    """The account_id that a handle, or a platform's own id, makes.

    >>> account_id("instagram", "@InfoBMKG"), account_id("facebook", "100064")
    ('instagram:@infobmkg', 'facebook:100064')
    """
    if is_platform_id(platform, name):
        return f"{platform}:{name}"
    return f"{platform}:@{name.removeprefix('@').casefold()}"
