"""Corrections and objections: what was asked for, what was decided, and what it changed."""

from collections import Counter
from collections.abc import Iterator

from tolok.publish.corrections import correction_lines
from tolok.publish.language import Language
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.registry.corrections import STATUSES

PATH = "corrections.html"


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page, with the changes of rules after the lock beside the corrections."""
    counts = Counter(row.status for row in results.corrections)
    yield Page(
        path=PATH,
        title=language.words("correction.title"),
        context={
            "lines": correction_lines(results, language),
            "counts": [(status, counts[status]) for status in STATUSES],
        },
    )
