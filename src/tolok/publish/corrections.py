"""Corrections and objections as pages show them, and as a feed that readers follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from tolok.publish.language import Language
from tolok.publish.links import institution_path, web_address
from tolok.publish.results import Results
from tolok.registry.corrections import Correction

FEED = "corrections.xml"
PAGE = "corrections.html"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class CorrectionLine:
    """One correction: whose it is about, its words for subject and status, and its effect.

    An accepted one without an effect on record is said not to be carried out yet.
    """

    row: Correction
    name: str
    path: str
    subject: str
    status: str
    effect: str
    evidence_address: str


def correction_lines(
    results: Results, language: Language, institution_id: str | None = None
) -> list[CorrectionLine]:
    """The corrections of an institution, or all, the newest first."""
    return [
        CorrectionLine(
            row=row,
            name=results.name(row.institution_id) if row.institution_id else "",
            path=institution_path(row.institution_id) if row.institution_id else "",
            subject=language.words(f"correction.subject.{row.subject}"),
            status=language.words(f"correction.status.{row.status}"),
            effect=row.effect or _not_yet(row, language),
            evidence_address=web_address(row.evidence),
        )
        for row in results.corrections
        if institution_id in (None, row.institution_id)
    ]


def _not_yet(row: Correction, language: Language) -> str:
    return language.words("correction.not_yet") if row.status == "accepted" else ""


def build_feed(results: Results) -> Iterator[tuple[str, str]]:
    """The corrections as an Atom feed in the first language; its times are the days of the file.

    Source: RFC 4287.
    """
    edition = results.rules.edition
    language = Language(edition.languages[0], results.rules)
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": language.code})
    title = language.words("correction.feed", title=edition.title[language.code])
    page = f"{language.code}/{PAGE}"
    last = max((row.changed_on for row in results.corrections), default=edition.window.closes_on)
    _text(feed, "id", _identifier(edition.name, ""))
    _text(feed, "title", title)
    _text(feed, "updated", _midnight(last, edition.window.time_zone))
    _text(SubElement(feed, "author"), "name", edition.title[language.code])
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for line in correction_lines(results, language):
        row = line.row
        entry = SubElement(feed, "entry")
        about = line.name or edition.title[language.code]
        _text(entry, "id", _identifier(edition.name, str(row.number)))
        _text(entry, "title", f"{row.number}. {about}: {line.subject}, {line.status}")
        _text(entry, "updated", _midnight(row.changed_on, edition.window.time_zone))
        SubElement(entry, "link", {"href": f"{page}#c{row.number}"})
        _text(entry, "summary", " ".join(filter(None, (row.claim, row.answer, line.effect))))
    indent(feed, space=" ")
    text = tostring(feed, encoding="unicode")
    yield FEED, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = "".join(one for one in text if one.isprintable())


def _identifier(edition: str, number: str) -> str:
    """A name that stays the same however often the site is made and wherever it stands."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'tolok/{edition}/corrections/{number}')}"


def _midnight(day: date, time_zone: str) -> str:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).isoformat()
