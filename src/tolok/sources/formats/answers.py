"""Answers of the platforms' interfaces, saved as they came: one JSON document, or one a line.

What an answer means stands with its platform: in api.py; in graph.py too, where the platform has a
second interface of another shape; comments that come as answers of their own in comments.py. What
hides the authors of comments is `nameless` there. A `WARNING` holds for every answer; `EMPTY` are
kinds of documents that hold nothing to take: a name, a claim, and what they hold instead.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from tolok.model import PLATFORMS
from tolok.sources.format import Format
from tolok.sources.item_format import Items, Nameless, empty_format, item_format

_MODULES = ("api", "comments", "graph")


def _api_formats() -> Iterator[Format]:
    for platform in PLATFORMS:
        modules = [f"tolok.platforms.{platform}.{part}" for part in _MODULES]
        for api in map(import_module, filter(find_spec, modules)):
            nameless = cast("Nameless | None", getattr(api, "nameless", None))
            warning = getattr(api, "WARNING", "")
            yield item_format(cast("Items", api), nameless=nameless, warning=warning)
            for name, is_known, holds_nothing in getattr(api, "EMPTY", ()):
                yield empty_format(name, is_known, holds_nothing)


FORMATS = tuple(_api_formats())
