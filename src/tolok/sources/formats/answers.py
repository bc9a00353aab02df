"""Answers of the platforms' interfaces, saved as they came: one JSON document, or one a line.

What an answer means stands with its platform, in api.py; what names the authors of comments there
is in its `nameless`, where it has comments.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from tolok.model import PLATFORMS
from tolok.sources.format import Format
from tolok.sources.item_format import Items, Nameless, item_format


def _api_formats() -> Iterator[Format]:
    for platform in PLATFORMS:
        name = f"tolok.platforms.{platform}.api"
        if find_spec(name):
            api = import_module(name)
            nameless = cast("Nameless | None", getattr(api, "nameless", None))
            yield item_format(cast("Items", api), nameless=nameless)


FORMATS = tuple(_api_formats())
