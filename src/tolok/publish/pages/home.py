"""The first page: what was assessed, the awards by cluster, what the data say, how to check."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.model import PLATFORMS
from tolok.publish.cards import Card, card_of
from tolok.publish.findings import (
    ClusterStrip,
    cluster_strips,
    count_bars,
    counts_finding,
    month_ticks,
    platform_lines,
)
from tolok.publish.language import Language
from tolok.publish.links import cluster_path
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.publish.trends import breaks_inside, response_lines

PATH = "index.html"
RECORD_KINDS = ("posts", "observations", "comments", "follower_readings")


@dataclass(frozen=True)
class ClusterCards:
    """The cards of one cluster."""

    label: str
    path: str
    count: int
    cards: tuple[Card, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """The home page."""
    yield Page(path=PATH, title="", context=context(results, language))


def context(results: Results, language: Language) -> dict[str, object]:
    """What the home page shows; the root page shows the same."""
    window = results.rules.edition.window
    counts = results.manifest.record_counts
    strips, scale = cluster_strips(results)
    lines = platform_lines(results.weekly, window)
    bars = count_bars(results.coverage)
    ordered = sorted(
        (entry for entry in strips if entry.strip.median_value is not None),
        key=lambda entry: -(entry.strip.median_value or 0.0),
    )
    return {
        "clusters": [
            _cluster_cards(cluster.name, results, language)
            for cluster in results.rules.edition.clusters
        ],
        "institution_count": len(results.institutions),
        "award_count": len(results.awards),
        "awards_key": _awards_key(results),
        "has_panel": bool(results.rules.edition.jury.rounds),
        "records": [
            (kind, results.manifest.records(kind)) for kind in RECORD_KINDS if kind in counts
        ],
        "account_count": counts.get("accounts", len({row.account_id for row in results.accounts})),
        "platforms": [p for p in PLATFORMS if p in results.rules.edition.platforms],
        "lines": lines,
        "line_total": sum(entry.total for entry in lines),
        "months": month_ticks(window, language),
        "trend_lines": response_lines(results.weekly, results.rules, results.past.breaks),
        "breaks": breaks_inside(results.rules, results.past.breaks),
        "strips": strips,
        "cluster_finding": _cluster_finding(ordered, results, language),
        "strip_ticks": [(scale.at(tick), tick) for tick in scale.ticks()],
        "bars": bars,
        "counts_finding": counts_finding(bars, language, "finding.counts"),
    }


def _awards_key(results: Results) -> str:
    """Which sentence stands over the awards: what decides them, or that none is ranked."""
    if not any(score.rank is not None for score in results.scores):
        return "home.awards_none"
    if results.jury.awards:
        return "home.awards_decided"
    is_by_jury = results.rules.edition.decision == "jury"
    return "home.awards_jury" if is_by_jury else "home.awards_data"


def _cluster_finding(ordered: list[ClusterStrip], results: Results, language: Language) -> str:
    """The sentence over the clusters' strips; a cluster without a ranking is not called first."""
    ranked = {score.cluster for score in results.scores if score.rank is not None}
    if not ordered:
        return ""
    name = ordered[0].cluster
    if len(ordered) > 1 and name not in ranked:
        return language.words("finding.cluster.table")
    pace = language.formats.figure(ordered[0].strip.median_value or 0.0)
    key = "finding.cluster" if len(ordered) > 1 else "finding.cluster.alone"
    return language.words(key, cluster=language.cluster(name), pace=pace)


def _cluster_cards(cluster: str, results: Results, language: Language) -> ClusterCards:
    awards = [award for (_, name), award in results.awards.items() if name == cluster]
    return ClusterCards(
        label=language.cluster(cluster),
        path=cluster_path(cluster),
        count=len(results.institutions_of.get(cluster, ())),
        cards=tuple(card_of(award, results, language) for award in awards),
    )
