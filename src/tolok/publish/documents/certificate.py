"""Certificates of winners and nominees: on A4, in the languages of the edition, with a code."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tolok.publish.awards import Award
from tolok.publish.documents.code import certificate_code
from tolok.publish.documents.paper import lock_hash, paper, printed_all, site_address
from tolok.publish.documents.qr import MOST_BYTES, qr_matrix
from tolok.publish.language import Language
from tolok.publish.links import award_path, certificate_path
from tolok.publish.results import Results

UNSETTLED = ("awaiting_jury", "contested", "undecided", "not_awarded")
"""Statuses under which nobody is certified as a winner, whoever leads."""


@dataclass(frozen=True)
class Certificate:
    """One certificate: of a winner, or of a nominee who has not won; `place` is by the data."""

    award: Award
    institution_id: str
    name: str
    is_winner: bool
    is_shared: bool
    place: int | None
    code: str

    @property
    def path(self) -> str:
        """Where it stands, from the folder of the site."""
        return certificate_path(*self.award.key, self.institution_id)


def build_certificates(results: Results) -> Iterator[tuple[str, bytes]]:
    """Every certificate: its address in the site, and the PDF."""
    documents = (
        (one.path, certificate(one, results))
        for award in results.awards.values()
        for one in certificates_of(award, results)
    )
    yield from printed_all("certificate.typ", documents, results.drawn, 1)


def certificates_of(award: Award, results: Results) -> list[Certificate]:
    """The certificates of an award: the winners', then those of the other nominees by place."""
    places = {row.institution_id: row.place for row in award.nominees}
    settled = award.status not in UNSETTLED
    winners = [row.institution_id or "" for row in award.winners] if settled else []
    honours = dict.fromkeys(winners, f"winner:{award.status}")
    honours |= {one: f"nominee:{place}" for one, place in places.items() if one not in honours}
    edition, lock = results.rules.edition, lock_hash(results)
    return [
        Certificate(
            award=award,
            institution_id=one,
            name=results.name(one),
            is_winner=one in winners,
            is_shared=len(winners) > 1,
            place=places.get(one),
            code=certificate_code(edition, lock, award.key, one, honour),
        )
        for one, honour in honours.items()
    ]


def certificate(one: Certificate, results: Results) -> dict[str, Any]:
    """What the template of certificates shows, the edition's first language first."""
    codes = results.rules.edition.languages
    languages = [Language(code, results.rules) for code in codes]
    first = languages[0]
    address = site_address(award_path(*one.award.key), results, first)
    data = paper(f"{first.words(_title(one))}: {one.name}", results, first)
    return data | {
        "name": one.name,
        "is_winner": one.is_winner,
        "texts": [_text(one, results, language) for language in languages],
        "code": one.code,
        "address": address,
        "url": f"{address}#{one.code}" if results.rules.edition.address else "",
        "qr": _rows(_qr_text(one, address, results)),
        "check": [language.words("doc.certificate.check") for language in languages],
    }


def _title(one: Certificate) -> str:
    if not one.is_winner:
        return "doc.certificate.nominee"
    return "doc.certificate.shared" if one.is_shared else "doc.certificate.winner"


def _text(one: Certificate, results: Results, language: Language) -> dict[str, str]:
    words, edition = language.words, results.rules.edition
    is_placed = not one.is_winner and one.place is not None
    return {
        "lang": language.code,
        "head": words("doc.certificate"),
        "given": words("doc.certificate.given"),
        "honour": words(_title(one)),
        "category": one.award.category.label[language.code],
        "cluster": words(
            "doc.certificate.cluster", cluster=language.cluster(one.award.cluster.name)
        ),
        "place": words("doc.certificate.place", place=one.place) if is_placed else "",
        "edition": edition.title[language.code],
        "window": f"{words('site.window')}: {language.formats.window(edition.window)}",
        "organiser": ": ".join(
            filter(None, (words("doc.certificate.organiser"), edition.organiser.name))
        ),
        "jury": words("doc.certificate.jury") if edition.decision == "jury" else "",
        "simulated": words("doc.certificate.simulated") if edition.is_simulated else "",
        "code": words("doc.certificate.code"),
    }


def _qr_text(one: Certificate, address: str, results: Results) -> str:
    """The award's page with the code; without the site's address, what finds it in the site."""
    edition = results.rules.edition
    text = f"{address}#{one.code}" if edition.address else f"{one.code} {edition.name} {address}"
    return text if len(text.encode()) <= MOST_BYTES else f"{one.code} {edition.name}"


def _rows(text: str) -> list[str]:
    """The modules of a code, a text of ones and noughts a row."""
    return ["".join("1" if dark else "0" for dark in row) for row in qr_matrix(text)]
