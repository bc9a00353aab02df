"""The pages that only some editions have, as the foot of every page links to them."""

from tolok.publish.pages import archive, sourced
from tolok.publish.results import Results

_FURTHER = ((archive, "archive.link"), (sourced, "sourced.link"))


def further_pages(results: Results) -> list[tuple[str, str]]:
    """The address, from the folder of a language, and the key of the words of each such page."""
    return [(module.PATH, key) for module, key in _FURTHER if module.is_needed(results)]
