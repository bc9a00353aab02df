"""What would bring an institution among an award's nominees, a sentence a category."""

from collections.abc import Iterator, Sequence

from tolok.methodology.category import Category
from tolok.publish.language import Language
from tolok.publish.pages.institution import Place
from tolok.publish.results import Results
from tolok.publish.rows import FlipRow, InstitutionRow, ScoreRow

MEANS = ("interactions", "views", "posts")
"""Means that an institution may be advised to use; deleting posts is none."""


def top_three(
    row: InstitutionRow, places: Sequence[Place], results: Results, language: Language
) -> Iterator[tuple[str, str]]:
    """Each category's label and its sentence: the least that would do, else what is lacking."""
    for category, place in zip(results.rules.categories, places, strict=True):
        yield place.label, _sentence(category, row, place, results, language)


def _sentence(
    category: Category, row: InstitutionRow, place: Place, results: Results, language: Language
) -> str:
    words, score = language.words, place.row
    if score is None or score.rank is None:
        return words("doc.top.unranked")
    if score.nominee:
        return words("doc.top.nominee")
    flip = _cheapest(category.name, row, results)
    if flip is not None and flip.cost is not None:
        share = language.formats.share(flip.cost_share or 0.0, 1)
        return words(f"doc.top.{flip.means}", n=flip.cost, share=share)
    return _gap(category, row, score, results, language)


def _cheapest(category: str, row: InstitutionRow, results: Results) -> FlipRow | None:
    """The first means that would make the institution a nominee."""
    found = {
        flip.means: flip
        for flip in results.flips_by_award.get((category, row.cluster), [])
        if flip.institution_id == row.institution_id and flip.outcome == "nominee" and flip.cost
    }
    return next((found[means] for means in MEANS if means in found), None)


def _gap(
    category: Category,
    row: InstitutionRow,
    score: ScoreRow,
    results: Results,
    language: Language,
) -> str:
    """The distance to the last nominee, and the indicator in which most of it lies."""
    rows = results.scores_by_award.get((category.name, row.cluster), [])
    nominees = [one for one in rows if one.nominee and one.score is not None]
    if not nominees or score.score is None:
        return language.words("doc.top.none")
    last = nominees[-1]
    gap = (last.score or 0.0) - score.score
    gaps = {
        language.indicator(category, indicator): _lead(
            category.name, indicator.name, last.institution_id, row.institution_id, results
        )
        for indicator in category.indicators
    }
    widest = max(gaps, key=lambda label: gaps[label], default="")
    if not widest or gaps[widest] <= 0:
        return language.words("doc.top.gap_plain", gap=gap)
    return language.words("doc.top.gap", gap=gap, indicator=widest)


def _lead(category: str, indicator: str, first: str, second: str, results: Results) -> float:
    """By how many points of the score one is ahead of another in an indicator."""
    ahead = results.indicator_of.get((category, first, indicator))
    behind = results.indicator_of.get((category, second, indicator))
    if ahead is None or behind is None or ahead.points is None or behind.points is None:
        return 0.0
    return (ahead.points - behind.points) * (ahead.effective_weight or 0.0)
