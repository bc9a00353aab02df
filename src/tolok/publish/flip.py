"""What it would cost to change an award, in a sentence and a table for each outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import FlipRow

OUTCOMES = ("first", "nominee")
RECIPES = {
    "interactions": ("above_cut", "weakest", "edge"),
    "views": ("above_cut", "weakest", "edge"),
    "posts": ("median_post",),
    "deletions": ("weakest",),
}
"""What is bought in which order, by means."""
MEANS = tuple(RECIPES)
_EVERYWHERE = "all"
_SHOWN = 3
"""Institutions that a table shows; results/flips.parquet holds all."""
_LEAST_SHARE = 0.001
"""Smaller shares are shown as less than this."""


@dataclass(frozen=True)
class Cost:
    """The cost by one means as it is shown: the number, its share of the own, where and how.

    Missing: without a cost, `text` says up to which number nothing was reached.
    """

    text: str
    share: str
    where: str


@dataclass(frozen=True)
class FlipLine:
    """One institution and its cost by each means; None for a means that it cannot use."""

    name: str
    path: str
    rank: int
    costs: tuple[Cost | None, ...]


@dataclass(frozen=True)
class FlipTable:
    """The costs of one outcome: the cheapest in a sentence, then those of a few institutions.

    `note` says how many were looked at, where they are more.
    """

    outcome: str
    finding: str
    note: str
    means: tuple[str, ...]
    lines: tuple[FlipLine, ...]


def flip_tables(award: Award, results: Results, language: Language) -> list[FlipTable]:
    """The costs to flip an award, a table for each outcome that has any.

    Shape: means that no institution could use have no column; a line each for the three
    institutions for whom it would take least, by rank.
    """
    rows = results.flips_by_award.get((award.category.name, award.cluster.name), [])
    tables = []
    for outcome in OUTCOMES:
        chosen = [row for row in rows if row.outcome == outcome]
        if chosen:
            means = tuple(one for one in MEANS if any(row.means == one for row in chosen))
            shown = _cheapest(chosen)
            looked_at = len({row.institution_id for row in chosen})
            is_cut = looked_at > _SHOWN
            tables.append(
                FlipTable(
                    outcome,
                    _finding(outcome, chosen, results, language),
                    language.words("flip.shown", n=looked_at, shown=_SHOWN) if is_cut else "",
                    means,
                    _lines(shown, means, results, language),
                )
            )
    return tables


def _cheapest(rows: Sequence[FlipRow]) -> list[FlipRow]:
    """The rows of the institutions for whom it would take least.

    They are compared by the first means, and by the next where it does not reach or is the same;
    the better rank goes first of equals.
    """

    def cost(institution_id: str, means: str) -> float:
        row = by_means.get((institution_id, means))
        return inf if row is None or row.cost is None else row.cost

    by_means = {(row.institution_id, row.means): row for row in rows}
    rank = {row.institution_id: row.rank for row in rows}
    order = sorted(rank, key=lambda one: ([cost(one, means) for means in MEANS], rank[one]))
    return [row for row in rows if row.institution_id in order[:_SHOWN]]


def _finding(outcome: str, rows: Sequence[FlipRow], results: Results, language: Language) -> str:
    """The cheapest purchase by the first means that reaches the outcome at all."""
    for means in MEANS:
        reached = [(row.cost, row.rank, row) for row in rows if row.means == means and row.cost]
        if reached:
            cost, _, row = min(reached, key=lambda one: one[:2])
            return language.words(
                f"flip.finding.{outcome}.{means}",
                name=results.short(row.institution_id),
                n=cost,
                share=_share(row.cost_share or 0.0, language),
            )
    return language.words(f"flip.finding.{outcome}.none")


def _lines(
    rows: Sequence[FlipRow], means: tuple[str, ...], results: Results, language: Language
) -> tuple[FlipLine, ...]:
    found = {(row.institution_id, row.means): row for row in rows}
    ranked = {(row.rank, row.institution_id) for row in rows}
    return tuple(
        FlipLine(
            name=results.short(institution_id),
            path=institution_path(institution_id),
            rank=rank,
            costs=tuple(_cost(found.get((institution_id, one)), language) for one in means),
        )
        for rank, institution_id in sorted(ranked)
    )


def _cost(row: FlipRow | None, language: Language) -> Cost | None:
    if row is None:
        return None
    if row.cost is None:
        return Cost(language.words("flip.not_within", n=row.bound), "", "")
    return Cost(
        text=language.formats.count(row.cost),
        share=_share(row.cost_share or 0.0, language),
        where=_where(row, language),
    )


def _where(row: FlipRow, language: Language) -> str:
    """The recipe in words: what is bought, on which platform, for which kinds of post."""
    what, platform, *kinds = (row.recipe or "").split("/")
    words = [language.words(f"flip.recipe.{row.means}.{what}")]
    words.append(
        language.words("flip.everywhere")
        if platform == _EVERYWHERE
        else language.platform(platform)
    )
    words += [" + ".join(language.kind(kind) for kind in kinds[0].split("+"))] if kinds else []
    return ", ".join(words)


def _share(share: float, language: Language) -> str:
    if share < _LEAST_SHARE:
        return language.words("flip.small", share=language.formats.share(_LEAST_SHARE, 1))
    return language.formats.share(share, 1)
