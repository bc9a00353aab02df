"""Answers of the platforms' interfaces, saved as they came: one JSON document, or one a line.

What an answer means stands with its platform, in api.py; in graph.py too, where the platform has a
second interface of another shape. What names the authors of comments there is in its `nameless`,
where it has comments.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from typing import cast

from tolok.model import PLATFORMS
from tolok.sources.format import Format
from tolok.sources.item_format import Items, Nameless, item_format

_MODULES = ("api", "graph")


def _api_formats() -> Iterator[Format]:
    for platform, module in product(PLATFORMS, _MODULES):
        name = f"tolok.platforms.{platform}.{module}"
        if find_spec(name):
            api = import_module(name)
            nameless = cast("Nameless | None", getattr(api, "nameless", None))
            yield item_format(cast("Items", api), nameless=nameless)


FORMATS = tuple(_api_formats())
