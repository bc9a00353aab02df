"""How sure an award's ranks are, as its page tells it: intervals by source, and what moves them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tolok.methodology.category import Category
from tolok.methodology.uncertainty import Uncertainty
from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import LeaveOneOutRow, ScoreRow, SensitivityRow, UncertaintyRow

SOURCES = ("data", "method", "missing", "all")
_BELOW = 5
"""Institutions below the nominees that are shown with them: the order is most open there."""


@dataclass(frozen=True)
class DoubtRow:
    """One institution's rank and its intervals; `verdict` is robust, contested or weak."""

    name: str
    path: str
    rank: int
    is_nominee: bool
    intervals: tuple[tuple[int, int] | None, ...]
    chance_first: str
    chance_nominee: str
    verdict: str


@dataclass(frozen=True)
class Mover:
    """A choice of the method, and the share of the ranking's changes that it has a part in."""

    name: str
    share: float


@dataclass(frozen=True)
class Without:
    """What a nominee's place owes to one thing: its rank without it."""

    name: str
    path: str
    left_out: str
    rank: int
    rank_without: int


@dataclass(frozen=True)
class DoubtView:
    """Everything that an award page says of its doubt; without rows nothing was computed."""

    rows: tuple[DoubtRow, ...]
    movers: tuple[Mover, ...]
    changed_share: float | None
    places_moved: float | None
    withouts: tuple[Without, ...]
    possible_count: int


def doubt_of(award: Award, results: Results, language: Language) -> DoubtView:
    """The doubt of an award's ranks: nominees, and the first few below them."""
    key = (award.category.name, award.cluster.name)
    scores = [row for row in results.scores_by_award.get(key, []) if row.rank is not None]
    found = results.sensitivity_of.get(key, [])
    return DoubtView(
        rows=tuple(_rows(scores, results, language)),
        movers=_movers(found, language),
        changed_share=_mean(found, "nominees_changed"),
        places_moved=_mean(found, "rank_change"),
        withouts=tuple(_withouts(award, results, language)),
        possible_count=sum(
            one.may_be_nominee is True for row in scores for one in _sources(row, results).values()
        ),
    )


def _sources(row: ScoreRow, results: Results) -> dict[str, UncertaintyRow]:
    """The doubt of a rank, by where it comes from."""
    rows = results.uncertainty_of.get((row.category, row.institution_id), [])
    return {one.source: one for one in rows}


def _rows(scores: Sequence[ScoreRow], results: Results, language: Language) -> Iterator[DoubtRow]:
    """The nominees and the first few below them, as far as their doubt was computed."""
    last = max((at for at, row in enumerate(scores) if row.nominee), default=-1)
    for row in scores[: last + 1 + _BELOW] if last >= 0 else []:
        sources = _sources(row, results)
        if sources:
            yield DoubtRow(
                name=results.short(row.institution_id),
                path=institution_path(row.institution_id),
                rank=row.rank or 0,
                is_nominee=row.nominee,
                intervals=tuple(_interval(sources.get(source)) for source in SOURCES),
                chance_first=chance(row.p_first, language, is_short=True),
                chance_nominee=chance(row.p_nominee, language, is_short=True),
                verdict=_verdict(row.p_nominee or 0.0, results.rules.edition.uncertainty),
            )


def _verdict(p_nominee: float, limits: Uncertainty) -> str:
    if p_nominee >= limits.robust_from:
        return "robust"
    return "contested" if p_nominee >= limits.contested_from else "weak"


def _interval(row: UncertaintyRow | None) -> tuple[int, int] | None:
    return (row.rank_low, row.rank_high) if row else None


def _movers(found: Iterable[SensitivityRow], language: Language) -> tuple[Mover, ...]:
    """The choices that move ranks, the strongest first; those without a part are left out."""
    movers = [
        Mover(language.words(f"choice.{row.input}"), row.total)
        for row in found
        if row.output == "rank_change" and row.total is not None and row.total > 0
    ]
    return tuple(sorted(movers, key=lambda mover: (-mover.share, mover.name)))


def _mean(found: Iterable[SensitivityRow], output: str) -> float | None:
    return next((row.mean for row in found if row.output == output), None)


def _withouts(award: Award, results: Results, language: Language) -> Iterator[Without]:
    """For each nominee the indicator, platform, week or post without which it ranks worst."""
    for nominee in award.nominees:
        key = (award.category.name, nominee.institution_id)
        rows = results.leave_one_out_of.get(key, [])
        worst = max(rows, key=lambda row: (row.rank, row.left_out, row.name or ""), default=None)
        if worst and worst.rank > nominee.place:
            yield Without(
                name=results.short(nominee.institution_id),
                path=institution_path(nominee.institution_id),
                left_out=_what(worst, award.category, language),
                rank=nominee.place,
                rank_without=worst.rank,
            )


def _what(row: LeaveOneOutRow, category: Category, language: Language) -> str:
    """What was left out, in words."""
    name = row.name or ""
    if row.left_out == "indicator":
        labels = {one.name: language.indicator(category, one) for one in category.indicators}
        name = labels.get(name, name)
    elif row.left_out == "platform":
        name = language.platform(name)
    elif row.left_out == "week":
        name = language.formats.short_day(date.fromisoformat(name))
    return language.words(f"without.{row.left_out}", name=name)
