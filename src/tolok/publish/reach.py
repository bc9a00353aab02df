"""What would bring an institution among the nominees: how far it is, and what lacks most."""

from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.flip import MEANS
from tolok.publish.language import Language
from tolok.publish.results import Results

_SHOWN = 3
"""Indicators that are named: those with the largest gap."""


@dataclass(frozen=True)
class Gap:
    """One indicator in which the last nominee is ahead: the points, and what they weigh."""

    label: str
    own: float
    other: float
    weighted: float


@dataclass(frozen=True)
class Reach:
    """How far one category's nomination is: in a sentence, then by indicator.

    `is_there` is true for a nominee; there are no gaps then.
    """

    label: str
    path: str
    sentence: str
    gaps: tuple[Gap, ...]
    is_there: bool = False


def reach_of(
    institution_id: str, award: Award, path: str, results: Results, language: Language
) -> Reach | None:
    """The way of an institution to the nominees of an award.

    Missing: None where it is not ranked, or nobody is nominated.
    """
    key = award.category.name
    score = results.score_of.get((key, institution_id))
    if score is None or score.rank is None or score.score is None or not award.nominees:
        return None
    label = award.category.label[language.code]
    if score.nominee:
        words = language.words("reach.there", rank=score.rank)
        return Reach(label, path, words, (), is_there=True)
    last = award.nominees[-1]
    gap = (last.score or 0.0) - score.score
    sentence = language.words(
        "reach.gap", gap=gap, name=results.short(last.institution_id), place=last.place
    )
    bought = _bought(institution_id, award, results, language)
    gaps = _gaps(institution_id, last.institution_id, award, results, language)
    return Reach(label, path, f"{sentence} {bought}".strip(), gaps)


def _bought(institution_id: str, award: Award, results: Results, language: Language) -> str:
    """What of one kind alone would do, where that was looked for and found."""
    rows = results.flips_by_award.get(award.key, [])
    found = {
        row.means: row
        for row in rows
        if row.institution_id == institution_id and row.outcome == "nominee" and row.cost
    }
    for means in MEANS:
        if means in found:
            return language.words(f"reach.{means}", n=found[means].cost or 0)
    return ""


def _gaps(
    institution_id: str, other_id: str, award: Award, results: Results, language: Language
) -> tuple[Gap, ...]:
    """The indicators that hold an institution back most, by points times weight."""
    found: list[Gap] = []
    for indicator in award.category.indicators:
        own, other = (
            results.indicator_of.get((award.category.name, who, indicator.name))
            for who in (institution_id, other_id)
        )
        if own is None or other is None or own.points is None or other.points is None:
            continue
        weight = other.effective_weight or 0.0
        found.append(
            Gap(
                label=language.indicator(award.category, indicator),
                own=own.points,
                other=other.points,
                weighted=weight * (other.points - own.points),
            )
        )
    ahead = [gap for gap in found if gap.weighted > 0]
    return tuple(sorted(ahead, key=lambda gap: -gap.weighted)[:_SHOWN])
