"""For the press: the release and the chart of every award, how to cite, and the embargo."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import award_path
from tolok.publish.page import Page
from tolok.publish.press.chart import finding_of
from tolok.publish.press.kit import awarded, release_of
from tolok.publish.press.paths import chart_path, release_path
from tolok.publish.press.template import ReleaseText, read_release
from tolok.publish.results import Results

PATH = "press.html"


@dataclass(frozen=True)
class KitView:
    """The kit of one award: release and chart in the page's language, and all of its files.

    `downloads` are the keys of the words, the code of the language, the kind, and the address.
    """

    category: str
    path: str
    finding: str
    release: str
    chart: str
    downloads: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class ClusterKits:
    """The kits of one cluster."""

    label: str
    kits: tuple[KitView, ...]


def is_needed(results: Results) -> bool:
    """Whether there is, or can be, a winner to write of: some institution is ranked."""
    return any(row.rank is not None for row in results.scores)


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page for the press."""
    text = read_release(results.edition, language.code)
    kits = [
        ClusterKits(
            cluster.label[language.code],
            tuple(
                _kit(award, text, results, language)
                for award in awarded(results)
                if award.cluster.name == cluster.name
            ),
        )
        for cluster in results.rules.edition.clusters
    ]
    yield Page(
        path=PATH,
        title=language.words("press.title"),
        context={"clusters": [one for one in kits if one.kits], "has_gaps": bool(text.gaps)},
    )


def _kit(award: Award, text: ReleaseText, results: Results, language: Language) -> KitView:
    codes = results.rules.edition.languages
    key = award.key
    releases = [("press.download", code, "", release_path(*key, code)) for code in codes]
    charts = [
        ("press.chart_as", code, ending.upper(), chart_path(*key, code, ending))
        for code in codes
        for ending in ("png", "svg")
    ]
    return KitView(
        category=award.category.label[language.code],
        path=award_path(*key),
        finding=finding_of(award, results, language),
        release=release_of(award, text, results, language),
        chart=chart_path(*key, language.code, "png"),
        downloads=(*releases, *charts),
    )
