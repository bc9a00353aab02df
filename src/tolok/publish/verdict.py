"""The verdict of a jury on an award: its winners, status, sentences, and how sure it is."""

from dataclasses import dataclass
from itertools import combinations

from tolok.jury.outcome import STATUSES
from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.jury_case import JuryCase, jury_case
from tolok.publish.jury_sentences import sentences
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results

JURY_STATES = STATUSES
_BEYOND_SCORES = ("decided_by_data", "decided_by_vote", "overridden")
"""How awards are decided by more than the scores, from which alone chances are drawn."""


@dataclass(frozen=True)
class Named:
    """An institution as a text names it, with its page."""

    institution_id: str
    name: str
    short: str
    path: str


@dataclass(frozen=True)
class Sureness:
    """The chance that one winner is the best: in words, and as a share of a bar."""

    name: str
    words: str
    short_words: str
    share: float


@dataclass(frozen=True)
class Ordered:
    """One nominee as the jury orders them; no score where the scores made no order."""

    name: Named
    score: str
    is_winner: bool


@dataclass(frozen=True)
class Verdict:
    """What a jury has decided on one award.

    `override_reason` is as it was written, `override_by` has who answers for it. `differs` says
    where the order of the data is another one; empty where it is not. Missing: sentences and order
    are empty where the record is missing.
    """

    status: str
    label: str
    winners: tuple[Named, ...]
    sureness: tuple[Sureness, ...]
    sureness_label: str
    sentences: tuple[str, ...]
    override_reason: str
    override_by: str
    differs: str
    order: tuple[Ordered, ...]


def verdict_of(award: Award, results: Results, language: Language) -> Verdict | None:
    """The verdict on an award; None where the data decide or the jury has not closed."""
    if award.status not in JURY_STATES:
        return None
    case = jury_case(award, results, language)
    is_by_scores = award.status in _BEYOND_SCORES
    return Verdict(
        status=award.status,
        label=language.words(f"state.{award.status}"),
        winners=tuple(_named(one.institution_id or "", results) for one in award.winners),
        sureness=_sureness(award, results, language),
        sureness_label=language.words("jury.sure.by_scores" if is_by_scores else "jury.sure"),
        sentences=sentences(case) if case else (),
        override_reason=case.override_reason if case else "",
        override_by=case.row.override_by if case else "",
        differs=_differs(case) if case else "",
        order=_order(case) if case else (),
    )


def _named(institution_id: str, results: Results) -> Named:
    return Named(
        institution_id,
        results.name(institution_id),
        results.short(institution_id),
        institution_path(institution_id),
    )


def _sureness(award: Award, results: Results, language: Language) -> tuple[Sureness, ...]:
    return tuple(
        Sureness(
            results.short(row.institution_id or ""),
            chance(row.chance_best, language),
            chance(row.chance_best, language, is_short=True),
            row.chance_best,
        )
        for row in award.winners
        if row.chance_best is not None
    )


def _order(case: JuryCase) -> tuple[Ordered, ...]:
    """The nominees as the jury orders them, the winners first; nobody where there are no scores."""
    formats = case.language.formats
    rows = sorted(case.final, key=lambda row: row.institution_id not in case.winners)
    return tuple(
        Ordered(
            _named(row.institution_id, case.results),
            "" if row.jury_score is None else formats.number(row.jury_score),
            row.institution_id in case.winners,
        )
        for row in rows
    )


def _differs(case: JuryCase) -> str:
    """One sentence where the data and the jury do not agree; nothing where they do."""
    places = {one.institution_id: one.place for one in case.award.nominees}
    first = [name for name, place in places.items() if place == 1]
    if not case.winners or not first:
        return ""
    words = case.language.words
    if not {*first} & {*case.winners}:
        winners = case.names(case.winners)
        return words("jury.differs.first", first=case.names(first), winner=winners)
    ranked = [(places.get(one.institution_id), one.jury_rank) for one in case.final]
    known = [(place, rank) for place, rank in ranked if place is not None and rank is not None]
    is_other = any((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(known, 2))
    return words("jury.differs.rest") if is_other else ""
