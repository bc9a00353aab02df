"""The pages of a built site, and what their addresses lead to."""

import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

LOADED = {"src", "srcset", "action", "poster", "data", "xlink:href", "formaction", "ping"}


class Addresses(HTMLParser):
    """Every address of a page: the links people follow apart from what a browser loads."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.tags, self.attributes = [], [], set(), []
        self.ids = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.append(name)
            if name == "id":
                self.ids.add(value)
            if name == "href" and tag == "a":
                self.links.append(value)
            elif name in LOADED or name == "href":
                self.loaded.append(value)


def pages(site):
    """The addresses of all pages, in order."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def parsed(site, page):
    """The addresses of one page."""
    return Addresses((site / page).read_text("utf-8"))


def broken_links(site):
    """Every relative address that leads to no file, or to no place on it: page and address."""
    ids = {page: parsed(site, page).ids for page in pages(site)}
    broken = []
    for page in ids:
        found = parsed(site, page)
        for address in [*found.links, *found.loaded]:
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = page
            if parts.path:
                joined = posixpath.join(posixpath.dirname(page), unquote(parts.path))
                target = posixpath.normpath(joined)
            is_whole = (site / target).is_file()
            if parts.fragment and is_whole and parts.fragment not in ids[target]:
                is_whole = False
            if not is_whole:
                broken.append((page, address))
    return broken


def loaded_from_outside(site):
    """Everything that a page would load from elsewhere: page and address."""
    return [
        (page, address)
        for page in pages(site)
        for address in parsed(site, page).loaded
        if urlsplit(address).scheme or address.startswith("//")
    ]
