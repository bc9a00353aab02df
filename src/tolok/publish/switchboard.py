"""The switchboard of one award: who would be first under every published formula."""

from collections import Counter
from dataclasses import dataclass

from tolok.methodology.formula import FORMULAS, Formula
from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import FormulaRow
from tolok.scoring.switchboard import NOT_RANKED, Firsts, count_firsts

TOP = 3
"""Ranks of ours whose holders have a column; and the most names that share a first place."""


@dataclass(frozen=True)
class Named:
    """An institution as a table names it."""

    name: str
    path: str


@dataclass(frozen=True)
class FormulaLine:
    """One formula: who is first under it, and the ranks there of those who lead the award.

    `winners` is empty where nobody has a value, and where more than TOP share the place:
    `winner_count` says how many, and `why` why there is nobody. A rank is None where an institution
    has no value.
    """

    label: str
    publishers: str
    source: str
    winners: tuple[Named, ...]
    winner_count: int
    why: str
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Switchboard:
    """What an award page shows of the formulas: sentences, engagement as a whole, and its parts.

    `own` is the award's own ranking, to be read beside them; no sentence counts it.
    """

    sentences: tuple[str, ...]
    leaders: tuple[Named, ...]
    own: FormulaLine
    wholes: tuple[FormulaLine, ...]
    parts: tuple[FormulaLine, ...]


def switchboard_of(award: Award, results: Results, language: Language) -> Switchboard | None:
    """The switchboard of an award.

    Missing: None for a category that does not measure engagement, and without any ranking.
    """
    key = (award.category.name, award.cluster.name)
    rows = results.formulas_by_award.get(key, [])
    scores = results.scores_by_award.get(key, [])
    leaders = [row.institution_id for row in scores if row.rank is not None and row.rank <= TOP]
    if not leaders or not any(row.rank for row in rows):
        return None
    by_formula: dict[str, list[FormulaRow]] = {}
    for row in rows:
        by_formula.setdefault(row.formula, []).append(row)
    wholes = [f for f in FORMULAS if not f.is_part and f.name in by_formula]
    parts = [f for f in FORMULAS if f.is_part and f.name in by_formula]
    first = [row.institution_id for row in scores if row.rank == 1]
    return Switchboard(
        sentences=_sentences(firsts_of(wholes, by_formula), first, results, language),
        leaders=tuple(_named(one, results) for one in leaders),
        own=FormulaLine(
            label=language.words("switchboard.ours"),
            publishers="",
            source="",
            winners=tuple(_named(one, results) for one in first),
            winner_count=len(first),
            why="",
            ranks=tuple(row.rank for row in scores if row.institution_id in leaders),
        ),
        wholes=tuple(_line(f, by_formula[f.name], leaders, results, language) for f in wholes),
        parts=tuple(_line(f, by_formula[f.name], leaders, results, language) for f in parts),
    )


def firsts_of(formulas: list[Formula], rows: dict[str, list[FormulaRow]]) -> Firsts:
    """Who is first under how many of some formulas, in one award."""
    return count_firsts(
        (row.formula, row.institution_id, row.rank) for f in formulas for row in rows[f.name]
    )


def _sentences(
    firsts: Firsts, first: list[str], results: Results, language: Language
) -> tuple[str, ...]:
    """A sentence for each who leads the award, and one for who is first most often instead."""
    total, words = firsts.formula_count, language.words
    if not total:
        return ()
    told = []
    for one in first:
        count = firsts.first_count.get(one, 0)
        key = "switchboard.first" if count else "switchboard.never_first"
        told.append(words(key, name=results.name(one), count=count, n=total))
    most = max(firsts.first_count.values())
    often = sorted(
        results.name(one)
        for one, count in firsts.first_count.items()
        if count == most and one not in first
    )
    if often and most > max(firsts.first_count.get(one, 0) for one in first):
        told.append(words("switchboard.most", names=", ".join(often), count=most, n=total))
    return tuple(told)


def _line(
    formula: Formula,
    rows: list[FormulaRow],
    leaders: list[str],
    results: Results,
    language: Language,
) -> FormulaLine:
    rank_of = {row.institution_id: row.rank for row in rows}
    winners = sorted((row.institution_id for row in rows if row.rank == 1), key=results.name)
    return FormulaLine(
        label=formula.label[language.code],
        publishers=", ".join(formula.publishers),
        source=formula.sources[0] if formula.sources else "",
        winners=tuple(_named(one, results) for one in winners) if len(winners) <= TOP else (),
        winner_count=len(winners),
        why="" if winners else language.missing(_most_common(rows)),
        ranks=tuple(rank_of.get(one) for one in leaders),
    )


def _most_common(rows: list[FormulaRow]) -> str:
    """The reason that most of the ranked share, the first by name among equals."""
    reasons = Counter(row.missing for row in rows if row.missing and row.missing != NOT_RANKED)
    return min(reasons, key=lambda reason: (-reasons[reason], reason), default="")


def _named(institution_id: str, results: Results) -> Named:
    return Named(results.short(institution_id), institution_path(institution_id))
