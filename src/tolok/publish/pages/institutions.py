"""All institutions as a list that can be searched; without scripts it is the full list."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.page import Page
from tolok.publish.results import Results

PATH = "institutions/index.html"


@dataclass(frozen=True)
class Entry:
    """One institution in the list."""

    name: str
    short: str
    path: str
    posts: int
    nominations: int
    is_ranked: bool


def build(results: Results, language: Language) -> Iterator[Page]:
    """The list, by cluster."""
    nominations: dict[str, int] = {}
    ranked: set[str] = set()
    for score in results.scores:
        if score.nominee:
            nominations[score.institution_id] = nominations.get(score.institution_id, 0) + 1
        if score.rank is not None:
            ranked.add(score.institution_id)
    groups = [
        (
            cluster.label[language.code],
            [
                Entry(
                    name=row.institution,
                    short=row.short_name or "",
                    path=institution_path(row.institution_id),
                    posts=row.post_count,
                    nominations=nominations.get(row.institution_id, 0),
                    is_ranked=row.institution_id in ranked,
                )
                for row in results.institutions_of.get(cluster.name, [])
            ],
        )
        for cluster in results.rules.edition.clusters
    ]
    title = language.words("institutions.title")
    context = {"groups": groups, "total": len(results.institutions)}
    yield Page(path=PATH, title=title, context=context)
