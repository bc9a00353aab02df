"""The formats: each module beside this file gives its own in FORMATS; nothing else lists them."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tolok.sources.format import Format


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, in the order of names."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    listed = [known for module in modules for known in module.FORMATS]
    return {known.name: known for known in sorted(listed, key=lambda known: known.name)}
