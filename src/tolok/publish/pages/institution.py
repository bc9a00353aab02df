"""One institution, winner or not: its places, its profile in the cluster, its posts, its data."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tolok.methodology.category import Category, Indicator
from tolok.publish.chances import chance
from tolok.publish.changes import changes_of
from tolok.publish.charts import Strip, scale_of, strip
from tolok.publish.comparison import Comparing
from tolok.publish.comparison_view import changed_of, comparing_of
from tolok.publish.corrections import correction_lines
from tolok.publish.findings import count_bars, counts_finding, month_ticks, platform_lines
from tolok.publish.flags import institution_flags
from tolok.publish.habits import habits_of
from tolok.publish.honours import Honour, honour_of, honours_told
from tolok.publish.language import Language
from tolok.publish.links import award_path, cluster_path, institution_path, scorecard_pdf_path
from tolok.publish.page import Page
from tolok.publish.reach import Reach, reach_of
from tolok.publish.responses import responses_of
from tolok.publish.results import Results
from tolok.publish.rows import IndicatorRow, InstitutionRow, MetricRow, ScoreRow
from tolok.publish.size import band_label, band_place
from tolok.publish.trends import breaks_inside, response_lines

PATH = "institutions/{institution_id}.html"


@dataclass(frozen=True)
class Place:
    """The institution in one category: its rank among the ranked, or why it has none."""

    label: str
    path: str
    row: ScoreRow | None
    ranked_count: int
    strip: Strip
    chance_first: str
    chance_nominee: str
    reasons: tuple[str, ...]
    honour: Honour | None
    band: tuple[int, int] | None
    reach: Reach | None


@dataclass(frozen=True)
class Profile:
    """One indicator of one category beside the cluster's."""

    label: str
    is_size_adjusted: bool
    row: IndicatorRow | None
    values: tuple[IndicatorRow, ...]
    strip: Strip
    why_missing: str


@dataclass(frozen=True)
class MetricLine:
    """One metric over the institution's accounts: a cell an account, None where it has no row."""

    label: str
    unit: str
    cells: tuple[MetricRow | None, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """A page an institution, all of them."""
    comparing = comparing_of(results)
    for row in results.institutions.values():
        yield Page(
            path=institution_path(row.institution_id),
            title=row.institution,
            context=_context(row, comparing, results, language),
        )


def _context(
    row: InstitutionRow, comparing: Comparing | None, results: Results, language: Language
) -> dict[str, object]:
    edition = results.rules.edition
    columns, metrics = _metrics(row, results, language)
    places = [place_of(category, row, results, language) for category in results.rules.categories]
    bars = count_bars(results.coverage_of.get(row.institution_id, ()))
    return {
        "flags": institution_flags(row.institution_id, results, language),
        "band": band_label(row.size_band, language) if row.size_band else "",
        "institution": row,
        "scorecard_pdf": scorecard_pdf_path(row.institution_id, language.code),
        "changes": changes_of(row.institution_id, results, language),
        "cluster_label": language.cluster(row.cluster),
        "cluster_path": cluster_path(row.cluster),
        "posts_per_week": 7 * row.post_count / edition.window.day_count,
        "week_count": len(edition.window.weeks),
        "places": places,
        "best": best_of(places),
        "reaches": [place.reach for place in places if place.reach],
        "habits": habits_of(row.institution_id, results, language),
        "honours": honours_told((place.honour for place in places), language),
        "has_chances": any(place.chance_first for place in places),
        "profiles": [
            (category.label[language.code], profiles_of(category, row, results, language))
            for category in results.rules.categories
            if any(indicator.model != "category" for indicator in category.indicators)
        ],
        "responses": responses_of(row.institution_id, results, language),
        "lines": platform_lines(results.weeks_of.get(row.institution_id, ()), edition.window),
        "months": month_ticks(edition.window, language),
        "trend_lines": response_lines(
            results.weeks_of.get(row.institution_id, ()), results.rules, results.past.breaks
        ),
        "breaks": breaks_inside(results.rules, results.past.breaks),
        "changed": changed_of(row.institution_id, comparing, results, language)
        if comparing
        else None,
        "posts": results.best_posts_of.get(row.institution_id, []),
        "accounts": results.accounts_of.get(row.institution_id, []),
        "corrections": correction_lines(results, language, row.institution_id),
        "bars": bars,
        "coverage_finding": counts_finding(bars, language),
        "metric_columns": columns,
        "metrics": metrics,
    }


def place_of(
    category: Category, row: InstitutionRow, results: Results, language: Language
) -> Place:
    """The institution in one category."""
    score = results.score_of.get((category.name, row.institution_id))
    award = results.awards.get((category.name, row.cluster))
    rows = results.scores_by_award.get((category.name, row.cluster), [])
    values = [other.score for other in rows if other.rank is not None and other.score is not None]
    own = score.score if score and score.rank is not None else None
    path = award_path(category.name, row.cluster)
    return Place(
        label=category.label[language.code],
        path=path,
        row=score,
        ranked_count=len(values),
        strip=strip(values, own, scale_of(values)),
        chance_first=chance(score.p_first if score else None, language, is_short=True),
        chance_nominee=chance(score.p_nominee if score else None, language, is_short=True),
        reasons=tuple(language.reasons(score.reason if score else "")),
        honour=honour_of(row.institution_id, award, results, language) if award else None,
        band=band_place(row.institution_id, category.name, results),
        reach=reach_of(row.institution_id, award, path, results, language) if award else None,
    )


def best_of(places: list[Place]) -> Place | None:
    """The place to speak of first: the best rank, the earlier category in a tie."""
    ranked = [place for place in places if place.row and place.row.rank is not None]
    return min(ranked, key=lambda place: place.row.rank or 0 if place.row else 0, default=None)


def profiles_of(
    category: Category, row: InstitutionRow, results: Results, language: Language
) -> list[Profile]:
    """The institution's indicators of one category, but for those that are categories."""
    own = [i for i in category.indicators if i.model != "category"]
    return [_profile(category, indicator, row, results, language) for indicator in own]


def _profile(
    category: Category,
    indicator: Indicator,
    row: InstitutionRow,
    results: Results,
    language: Language,
) -> Profile:
    values = results.points_of.get((category.name, row.cluster, indicator.name), [])
    key = (category.name, row.institution_id, indicator.name)
    found = results.indicator_of.get(key)
    points = found.points if found else None
    scale = scale_of([*values, points] if points is not None else values)
    return Profile(
        label=language.indicator(category, indicator),
        is_size_adjusted=indicator.is_size_adjusted,
        row=found,
        values=tuple(results.values_of.get(key, ())),
        strip=strip(values, points, scale),
        why_missing="" if points is not None else language.missing(found.missing if found else ""),
    )


def _metrics(
    row: InstitutionRow, results: Results, language: Language
) -> tuple[list[str], list[MetricLine]]:
    """The accounts as columns, "" for the whole institution; a line a metric, in rules' order."""
    cells: dict[str, dict[str, MetricRow]] = defaultdict(dict)
    for metric in results.metrics_of.get(row.institution_id, ()):
        cells[metric.metric][metric.account_id or ""] = metric
    columns = sorted({account for line in cells.values() for account in line})
    known = list(results.rules.metrics)
    order = sorted(
        cells, key=lambda name: (known.index(name) if name in known else len(known), name)
    )
    lines = [
        MetricLine(
            label=language.metric(name),
            unit=language.unit(next(iter(cells[name].values())).unit or ""),
            cells=tuple(cells[name].get(column) for column in columns),
        )
        for name in order
    ]
    return columns, lines
