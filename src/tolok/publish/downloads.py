"""The tables people take away: each award's ranking, the institutions, a jury's, as CSV."""

from collections.abc import Iterator

from tolok.publish.awards import Award
from tolok.publish.csv_text import csv_text
from tolok.publish.jury_downloads import jury_downloads
from tolok.publish.links import ranking_csv_path
from tolok.publish.results import Results

INSTITUTIONS_CSV = "assets/downloads/institutions.csv"


def build_downloads(results: Results) -> Iterator[tuple[str, str]]:
    """Each download as its address in the site and its text."""
    yield INSTITUTIONS_CSV, _institutions(results)
    for award in results.awards.values():
        yield ranking_csv_path(award.category.name, award.cluster.name), _ranking(award, results)
    yield from jury_downloads(results)


def _institutions(results: Results) -> str:
    header = (
        "institution_id", "institution", "short_name", "cluster", "kind", "post_count",
        "interaction_count", "follower_count", "active_week_count",
    )  # fmt: skip
    rows = [
        [getattr(row, name) for name in header]
        for cluster in results.rules.edition.clusters
        for row in results.institutions_of.get(cluster.name, [])
    ]
    return csv_text(header, rows)


def _ranking(award: Award, results: Results) -> str:
    category = award.category
    facts = ("score", "rank_low", "rank_high", "p_first", "p_nominee", "nominee", "reason")
    indicators = [indicator.name for indicator in category.indicators]
    points = [f"points_{name}" for name in indicators]
    who_is_it = ("category", "cluster", "rank", "institution_id", "institution")
    header = (*who_is_it, *facts, "missing_share", *points)
    rows: list[list[object]] = []
    for row in results.scores_by_award.get((category.name, award.cluster.name), []):
        whose = row.institution_id
        found = [results.indicator_of.get((category.name, whose, name)) for name in indicators]
        who = [row.category, row.cluster, row.rank, whose, results.name(whose)]
        values = [getattr(row, name) for name in facts]
        lacking = results.missing_share_of.get(whose)
        values.append(None if lacking is None else round(lacking, 4))
        rows.append([*who, *values, *(entry.points if entry else None for entry in found)])
    return csv_text(header, rows)
