"""What every document of an edition says of itself: language, title, simulation, source, hash."""

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any

from tolok.publish.colours import LIGHT_PAPER, accents, readable
from tolok.publish.drawn import Drawn
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.typeset import MARK, fit, typeset

_AT_A_TIME = 32
_PAGE = re.compile(rb"/Type\s*/Page\b")
VERBATIM = ("url", "lang", "accent", "mark", "qr", "command", "exact")
"""Values that are no text to read: they go in as they are."""


def lock_hash(results: Results) -> str:
    """The hash of the rules that the results were made by; empty where they are not locked."""
    return results.lock_hash or results.manifest.lock_hash


def paper(title: str, results: Results, language: Language) -> dict[str, Any]:
    """The facts that every template reads."""
    edition, words = results.rules.edition, language.words
    known = lock_hash(results)
    lock = f"{words('chart.lock')} {known[:12]}" if known else words("site.not_locked")
    return {
        "lang": language.code,
        "accent": readable(accents(edition.accent)[0], LIGHT_PAPER),
        "title": title,
        "edition": edition.title[language.code],
        "window": language.formats.window(edition.window),
        "simulated": f"{words('site.simulated')}: {words('site.simulated_meaning')}"
        if edition.is_simulated
        else "",
        "source": f"{words('chart.source')} {lock}",
    }


def printed(template: str, data: dict[str, Any], pages: int | None = None) -> bytes:
    """A document as PDF, every text fit to be set; on so many pages, drawn smaller if need be."""
    ready = fit(data, VERBATIM) | {"mark": MARK}
    made = typeset(template, ready)
    if pages is None or page_count(made) == pages:
        return made
    return typeset(template, ready | {"is_long": True})


def printed_all(
    template: str,
    documents: Iterable[tuple[str, dict[str, Any]]],
    drawn: Drawn,
    pages: int | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each document by its address, in their order, set on all cores if the site before lacks it.

    Typst lets go of Python's lock while it sets, so threads are enough; a few documents at a time
    keep memory small.
    """
    waiting = iter(documents)

    def made(one: tuple[str, dict[str, Any]]) -> tuple[str, bytes]:
        path, data = one
        make = partial(printed, template, data, pages)
        return path, drawn.document(path, [template, data, pages], make)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        while some := list(islice(waiting, _AT_A_TIME)):
            yield from pool.map(made, some)


def page_count(pdf: bytes) -> int:
    """The pages of a document of ours, whose objects stand in it uncompressed."""
    return len(_PAGE.findall(pdf))


def site_address(path: str, results: Results, language: Language) -> str:
    """The address of a page of the site; without the site's address, its path in the site."""
    inside = f"{language.code}/{path}"
    address = results.rules.edition.address
    return f"{address.rstrip('/')}/{inside}" if address else inside
