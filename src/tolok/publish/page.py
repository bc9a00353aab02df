"""A page before it is written: its address, its template and what it shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tolok.publish.language import Language
from tolok.publish.results import Results


@dataclass(frozen=True)
class Page:
    """One page of one language; `path` is inside the language's folder."""

    path: str
    title: str
    context: Mapping[str, object]


class PageModule(Protocol):
    """What a module of pages/ has; with `is_needed(results)` it says whether there is a page."""

    PATH: str

    def build(self, results: Results, language: Language) -> Iterator[Page]:
        """The pages that the module makes."""
        ...
