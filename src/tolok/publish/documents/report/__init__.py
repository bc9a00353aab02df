"""The report of an edition: the year, what works, every cluster, the awards, and the method."""

from collections.abc import Callable, Iterator
from typing import Any

from tolok.publish.documents.paper import lock_hash, paper, printed_all
from tolok.publish.documents.report import (
    activity,
    awards,
    check,
    clusters,
    formats,
    gaps,
    growth,
    method,
    ranks,
    summary,
)
from tolok.publish.documents.report.blocks import Block
from tolok.publish.language import Language
from tolok.publish.links import report_path
from tolok.publish.results import Results

CHAPTERS: tuple[Callable[[Results, Language], Iterator[Block]], ...] = (
    summary.blocks,
    activity.blocks,
    formats.blocks,
    growth.blocks,
    clusters.blocks,
    awards.blocks,
    method.blocks,
    gaps.blocks,
    check.blocks,
    ranks.blocks,
)
"""The chapters in their order."""


def build_reports(results: Results) -> Iterator[tuple[str, bytes]]:
    """The report in every language of the edition: its address in the site, and the PDF."""
    languages = (Language(code, results.rules) for code in results.rules.edition.languages)
    documents = ((report_path(one.code), report(results, one)) for one in languages)
    yield from printed_all("report.typ", documents, results.drawn)


def report(results: Results, language: Language) -> dict[str, Any]:
    """What the template of reports shows."""
    words, edition = language.words, results.rules.edition
    known = lock_hash(results)
    data = paper(f"{words('report.kind')}: {edition.title[language.code]}", results, language)
    return data | {
        "short_simulated": words("site.simulated") if edition.is_simulated else "",
        "contents": words("report.contents"),
        "cover": {
            "kind": words("report.kind"),
            "chart": summary.cover_chart(results, language),
            "lock": f"{words('site.lock')}:" if known else words("site.not_locked"),
            "exact": known,
        },
        "blocks": [block for blocks in CHAPTERS for block in blocks(results, language)],
    }
