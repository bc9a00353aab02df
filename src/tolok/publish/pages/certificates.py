"""Every certificate of the edition with its verification code, to be looked up."""

from collections.abc import Iterator

from tolok.publish.documents.certificate import Certificate, certificates_of
from tolok.publish.language import Language
from tolok.publish.links import award_path
from tolok.publish.page import Page
from tolok.publish.results import Results

PATH = "certificates.html"


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page of certificates."""
    lines = [
        (one, _award(one, language), _honour(one, language), award_path(*award.key))
        for award in results.awards.values()
        for one in certificates_of(award, results)
    ]
    title = language.words("certificates.title")
    yield Page(path=PATH, title=title, context={"lines": lines})


def _award(one: Certificate, language: Language) -> str:
    label, cluster = one.award.category.label, one.award.cluster.label
    return f"{label[language.code]}, {cluster[language.code]}"


def _honour(one: Certificate, language: Language) -> str:
    return language.words("doc.certificate.winner" if one.is_winner else "doc.certificate.nominee")
