"""Cluster by cluster, a page each: the head of every ranking, with intervals and nominees."""

from collections.abc import Iterator

from tolok.publish.awards import Award
from tolok.publish.documents.report import blocks as b
from tolok.publish.language import Language
from tolok.publish.ranking import Lane, ranking_of
from tolok.publish.results import Results
from tolok.publish.verdict import verdict_of

LANES_SHOWN = 10
_LABEL_MM = 33
_LABEL_LONGEST = 25
_STAR = 3
"""So many characters fewer fit beside a winner's star, and in its heavier type."""
_FIXED = "\N{NO-BREAK SPACE}"


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """A chapter a cluster."""
    words, formats = language.words, language.formats
    days = results.rules.edition.window.day_count
    for cluster in results.rules.edition.clusters:
        rows = results.institutions_of.get(cluster.name, [])
        yield b.chapter(cluster.label[language.code])
        posts = sum(row.post_count for row in rows)
        pace = 7 * posts / days / len(rows) if rows else 0.0
        yield b.text(words("report.cluster.text", n=len(rows), pace=formats.number(pace)))
        awards = [award for award in results.awards.values() if award.cluster is cluster]
        charts = [_chart(award, results, language) for award in awards]
        drawn = [chart for chart in charts if chart is not None]
        if drawn:
            yield b.note(words("report.cluster.legend", n=LANES_SHOWN))
            yield b.pair(drawn)
        else:
            yield b.text(words("award.finding.none"))


def _chart(award: Award, results: Results, language: Language) -> b.Block | None:
    """The head of an award's ranking; None where nobody is ranked."""
    ranking = ranking_of(award, results)
    if not ranking.lanes:
        return None
    verdict = verdict_of(award, results, language)
    winners = {one.institution_id for one in verdict.winners} if verdict else set()
    first = results.short(ranking.lanes[0].row.institution_id)
    shown = ranking.lanes[: max(LANES_SHOWN, ranking.cut)]
    return b.chart(
        "ranking",
        language.words("report.first", category=award.category.label[language.code], name=first),
        language.words("report.ranking", n=len(ranking.lanes)),
        label_width=_LABEL_MM,
        cut=ranking.cut if ranking.cut < len(shown) else 0,
        ticks=[[at, language.formats.figure(mark)] for at, mark in ranking.ticks],
        rows=[
            _lane(lane, is_winner=lane.row.institution_id in winners, results=results)
            for lane in shown
        ],
    )


def _lane(lane: Lane, *, is_winner: bool, results: Results) -> dict[str, object]:
    short = results.short(lane.row.institution_id)
    label = short.replace(" ", _FIXED)
    longest = _LABEL_LONGEST - _STAR if is_winner else _LABEL_LONGEST
    return {
        "rank": str(lane.row.rank),
        "label": label if len(label) <= longest else f"{label[: longest - 1]}…",
        "dot": lane.dot,
        "low": lane.low,
        "high": lane.high,
        "is_nominee": lane.row.nominee,
        "is_winner": is_winner,
    }
