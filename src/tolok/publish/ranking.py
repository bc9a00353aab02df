"""The ranking of an award as a chart: a lane an institution, the best first.

Ranks with intervals stand on an axis of ranks, scores without them on an axis of scores: an
interval is drawn only where one was computed.
"""

from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.charts import Scale, scale_of
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import ScoreRow

OPEN = 20
"""So many lanes stand open; the rest of a long ranking is folded, where it is worth a click."""
_WORTH_FOLDING = 10


@dataclass(frozen=True)
class Lane:
    """One ranked institution."""

    row: ScoreRow
    name: str
    short: str
    path: str
    dot: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Ranking:
    """The lanes of an award's ranked institutions and their common axis.

    `cut` is the number of lanes above the line of nominees; 0 where none or all are nominees.
    """

    lanes: tuple[Lane, ...]
    has_intervals: bool
    ticks: tuple[tuple[float, float], ...]
    cut: int

    @property
    def open_count(self) -> int:
        """How many lanes stand open: all of a short ranking, of a long one never fewer than cut."""
        count = max(OPEN, self.cut + 1)
        return count if len(self.lanes) - count >= _WORTH_FOLDING else len(self.lanes)


def ranking_of(award: Award, results: Results) -> Ranking:
    """The ranking of an award.

    Missing: unranked institutions have no lane; without any rank the ranking is empty.
    """
    rows = [
        row
        for row in results.scores_by_award.get((award.category.name, award.cluster.name), [])
        if row.rank is not None and row.score is not None
    ]
    has_intervals = any(row.rank_low is not None and row.rank_high is not None for row in rows)
    if has_intervals:
        scale = Scale(1.0, float(max([2, *(row.rank_high or row.rank or 1 for row in rows)])))
        marks = (1.0, *(tick for tick in scale.ticks() if tick > 1.5 and tick == int(tick)))
    else:
        scale = scale_of([row.score or 0.0 for row in rows])
        marks = scale.ticks()
    lanes = tuple(_lane(row, results, scale, has_intervals=has_intervals) for row in rows)
    nominees = [at for at, row in enumerate(rows) if row.nominee]
    cut = nominees[-1] + 1 if nominees else 0
    return Ranking(
        lanes=lanes,
        has_intervals=has_intervals,
        ticks=tuple((scale.at(mark), mark) for mark in marks),
        cut=cut if cut < len(lanes) else 0,
    )


def _lane(row: ScoreRow, results: Results, scale: Scale, *, has_intervals: bool) -> Lane:
    is_whole = has_intervals and row.rank_low is not None and row.rank_high is not None
    return Lane(
        row=row,
        name=results.name(row.institution_id),
        short=results.short(row.institution_id),
        path=institution_path(row.institution_id),
        dot=scale.at(float(row.rank or 0) if has_intervals else float(row.score or 0.0)),
        low=scale.at(float(row.rank_low or 0)) if is_whole else None,
        high=scale.at(float(row.rank_high or 0)) if is_whole else None,
    )


def ranking_finding(ranking: Ranking, language: Language) -> str:
    """The sentence over the chart: who leads, and by how much."""
    if not ranking.lanes:
        return language.words("award.finding.none")
    first = [lane for lane in ranking.lanes if lane.row.rank == 1]
    score = ranking.lanes[0].row.score or 0.0
    if len(first) > 1:
        names = ", ".join(lane.short for lane in first)
        return language.words("award.finding.joint", names=names, score=score)
    if len(ranking.lanes) == 1:
        return language.words("award.finding.single", name=first[0].short, score=score)
    lead = score - (ranking.lanes[1].row.score or 0.0)
    key = "award.finding.lead" if lead >= 0.05 else "award.finding.hair"
    return language.words(
        key, name=first[0].short, score=score, lead=lead, second=ranking.lanes[1].short
    )
