"""The pages that only some editions have, as the foot of every page links to them."""

from tolok.publish.pages import archive, press, sourced
from tolok.publish.results import Results

_FURTHER = (
    (press.PATH, "press.link", press.is_needed),
    (archive.PATH, "archive.link", archive.is_needed),
    (sourced.PATH, "sourced.link", sourced.is_needed),
)


def further_pages(results: Results) -> list[tuple[str, str]]:
    """The address, from the folder of a language, and the key of the words of each such page."""
    return [(path, key) for path, key, is_needed in _FURTHER if is_needed(results)]
