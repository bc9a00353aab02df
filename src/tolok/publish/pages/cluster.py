"""One cluster: its awards, and all its institutions by activity and engagement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolok.publish.cards import Card, card_of
from tolok.publish.explored import Point, map_name, points_of, scatter
from tolok.publish.language import Language
from tolok.publish.links import cluster_path, institution_path
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.publish.rows import InstitutionRow, ScoreRow

PATH = "clusters/{cluster}.html"


@dataclass(frozen=True)
class Line:
    """One institution in the table: its sums and its place in each category."""

    row: InstitutionRow
    path: str
    posts_per_week: float
    places: tuple[ScoreRow | None, ...]
    won: tuple[bool, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """A page a cluster."""
    edition = results.rules.edition
    ranked = {score.cluster for score in results.scores if score.rank is not None}
    for cluster in edition.clusters:
        rows = results.institutions_of.get(cluster.name, [])
        points = points_of(rows, edition.window.day_count)
        awards = [award for (_, name), award in results.awards.items() if name == cluster.name]
        cards = [card_of(award, results, language) for award in awards]
        yield Page(
            path=cluster_path(cluster.name),
            title=cluster.label[language.code],
            context={
                "label": cluster.label[language.code],
                "cards": cards,
                "has_winners": any(card.verdict and card.verdict.winners for card in cards),
                "is_small": len(rows) < edition.eligibility.min_cluster_size,
                "chart": scatter(points, language) if points else None,
                "map_name": map_name(cluster.name, language.code),
                "finding": _finding(points, language, is_ranked=cluster.name in ranked),
                "left_out": len(rows) - len(points),
                "categories": [c.label[language.code] for c in results.rules.categories],
                "lines": [_line(row, cards, results) for row in rows],
            },
        )


def _line(row: InstitutionRow, cards: Sequence[Card], results: Results) -> Line:
    return Line(
        row=row,
        path=institution_path(row.institution_id),
        posts_per_week=7 * row.post_count / results.rules.edition.window.day_count,
        places=tuple(
            results.score_of.get((category.name, row.institution_id))
            for category in results.rules.categories
        ),
        won=tuple(
            card.verdict is not None
            and any(one.institution_id == row.institution_id for one in card.verdict.winners)
            for card in cards
        ),
    )


def _finding(points: Sequence[Point], language: Language, *, is_ranked: bool) -> str:
    """The sentence over the chart: the busiest is the most engaging, or somebody else is.

    Missing: in a cluster without a ranking nobody is named.
    """
    if not points:
        return language.words("cluster.finding.none")
    if not is_ranked:
        return language.words("cluster.finding.unranked", n=len(points))
    busiest = max(points, key=lambda point: point.posts_per_week)
    engaging = max(points, key=lambda point: point.interactions_per_post)
    key = "cluster.finding.same" if busiest is engaging else "cluster.finding.apart"
    return language.words(
        key,
        busiest=busiest.row.label,
        engaging=engaging.row.label,
        pace=busiest.posts_per_week,
        response=round(engaging.interactions_per_post),
    )
