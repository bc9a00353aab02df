"""Scripts of single pages, and data as scripts: a page opened from disk may read nothing else."""

import json
from collections.abc import Iterator

from tolok.publish.render import TEMPLATES
from tolok.publish.results import Results

NAMES = ("addresses", "benchmark", "search", "verify")
"""Scripts that pages name in themselves; site.js is on every page."""


def build_scripts(results: Results) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- every part takes the results
    """The scripts, the same for every edition."""
    for name in NAMES:
        yield f"assets/{name}.js", (TEMPLATES / f"{name}.js").read_text("utf-8")


def data_path(name: str) -> str:
    """The address of data, from the folder of the site."""
    return f"assets/data/{name}.js"


def data_script(name: str, value: object) -> tuple[str, str]:
    """Data as a script that hands them to the page: its address in the site, and its text."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return data_path(name), f'(window.tolok = window.tolok || {{}})["{name}"] = {text};\n'
