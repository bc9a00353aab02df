"""A web address taken apart, as people write it down: with or without scheme, www, query.

Addresses come out of spreadsheets. Whatever a browser would not open as http or https, or whatever
dresses one host up as another (a user name before the host, a backslash), is no address here.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

_SCHEME = re.compile(r"(?i)^(?:https?:)?//")
_LABEL = r"[a-z][a-z0-9]{0,62}"
_SIMPLE = re.compile(rf"https?://({_LABEL}(?:\.{_LABEL})+)((?:/[\w.@-]+)*)/?", re.ASCII)
"""Most addresses: no port, no query, nothing to decode."""
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@dataclass(frozen=True)
class Address:
    """The parts of a web address: lower-case host, decoded path segments, first query values."""

    host: str
    segments: tuple[str, ...]
    query: dict[str, str]
    tail: str

    def is_on(self, *domains: str, subdomains: str = "www") -> bool:
        """Whether the host is one of the domains, or a subdomain of one that fits the pattern."""
        return any(
            self.host == domain
            or (
                self.host.endswith(f".{domain}")
                and re.fullmatch(subdomains, self.host.removesuffix(f".{domain}")) is not None
            )
            for domain in domains
        )

    def segment(self, at: int) -> str:
        """The path segment at a place counted from 0, empty behind the end."""
        return self.segments[at] if at < len(self.segments) else ""


def split_address(text: str) -> Address | None:
    """The parts of an http address, its scheme optional; None where the text is no such address.

    >>> split_address("m.Example.id/a//b/?x=1").segments
    ('a', 'b')
    >>> split_address("https://example.id@elsewhere.id/") is None
    True
    """
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return Address(simple[1], tuple(simple[2].split("/")[1:]), {}, simple[2])
    text = text.strip()
    if not text or re.search(r"[\s\\\x00-\x1f]", text):
        return None
    try:
        parts = urlsplit("https://" + _SCHEME.sub("", text))
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        _ = parts.port  # a port that is no number is refused here
    except (UnicodeError, ValueError):
        return None
    if "@" in parts.netloc or not _HOST.fullmatch(host) or host.replace(".", "").isdigit():
        return None
    path = parts.path
    if parts.fragment.startswith("!/"):  # the addresses of about 2011: facebook.com/#!/name
        path = parts.fragment[1:].partition("?")[0]
    segments = tuple(unquote(part).strip() for part in path.split("/"))
    query = dict(reversed(parse_qsl(parts.query)))
    tail = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return Address(host, tuple(part for part in segments if part), query, tail)
