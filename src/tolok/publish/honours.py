"""What a closed jury has decided on one institution, as its scorecard tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.jury_case import jury_case
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.verdict import verdict_of


@dataclass(frozen=True)
class Honour:
    """One award for which the institution was nominated: won or not, and by which figures."""

    category: str
    is_winner: bool
    status: str
    score: str
    chance: str
    winners: str


def honour_of(
    institution_id: str, award: Award, results: Results, language: Language
) -> Honour | None:
    """The jury's word on an institution in an award; None where it was not nominated or judged."""
    if all(row.institution_id != institution_id for row in award.nominees):
        return None
    verdict = verdict_of(award, results, language)
    if verdict is None:
        return None
    case = jury_case(award, results, language)
    rows = [row for row in case.final if row.institution_id == institution_id] if case else []
    score = rows[0].jury_score if rows else None
    others = [one.short for one in verdict.winners if one.institution_id != institution_id]
    return Honour(
        category=award.category.label[language.code],
        is_winner=institution_id in {one.institution_id for one in verdict.winners},
        status=verdict.label,
        score=case.points(score) if case and score is not None else "",
        chance=chance(rows[0].chance_best if rows else None, language),
        winners=language.listed(others),
    )


def honours_told(honours: Iterable[Honour | None], language: Language) -> Sequence[str]:
    """Two sentences at most: the awards won, and those it was nominated for."""
    known = [one for one in honours if one is not None]
    told = []
    for key, is_winner in (("institution.won", True), ("institution.nominated", False)):
        names = [one.category for one in known if one.is_winner is is_winner]
        if names:
            told.append(language.words(key, n=len(names), names=", ".join(names)))
    return told
