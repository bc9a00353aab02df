"""An award on a card: its state, and who stands first, second, third."""

from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.language import Language
from tolok.publish.links import award_path
from tolok.publish.results import Results
from tolok.publish.verdict import JURY_STATES, Verdict, verdict_of

__all__ = ["DECIDED_BY_DATA", "STATES", "Card", "Standing", "card_of", "chance"]

DECIDED_BY_DATA = ("first_by_data", "joint_first_by_data")
STATES = (*DECIDED_BY_DATA, "awaiting_jury", "not_awarded", *JURY_STATES)


@dataclass(frozen=True)
class Standing:
    """One nominee on a card; its chance of being first in words, empty until it is computed."""

    place: int
    institution_id: str
    name: str
    short: str
    chance: str
    short_chance: str


@dataclass(frozen=True)
class Card:
    """One award as lists of awards show it."""

    path: str
    category: str
    cluster: str
    state: str
    state_label: str
    winners: tuple[str, ...]
    nominees: tuple[Standing, ...]
    reasons: tuple[str, ...]
    verdict: Verdict | None = None

    @property
    def has_chances(self) -> bool:
        """Whether the card shows a chance by the data, which its list then has to explain."""
        return self.verdict is None and any(nominee.chance for nominee in self.nominees)


def card_of(award: Award, results: Results, language: Language) -> Card:
    """The card of an award.

    Missing: while the jury has not decided there is no winner, however clear the first place.
    """
    words = language.words
    verdict = verdict_of(award, results, language)
    known = f"state.{award.status}" in words
    return Card(
        path=award_path(award.category.name, award.cluster.name),
        category=award.category.label[language.code],
        cluster=award.cluster.label[language.code],
        state=award.status if award.status in STATES else "other",
        state_label=words(f"state.{award.status}") if known else award.status,
        winners=tuple(results.name(row.institution_id or "") for row in award.winners),
        nominees=tuple(
            Standing(
                place=row.place,
                institution_id=row.institution_id,
                name=results.name(row.institution_id),
                short=results.short(row.institution_id),
                chance=chance(row.p_first, language),
                short_chance=chance(row.p_first, language, is_short=True),
            )
            for row in award.nominees
        ),
        reasons=() if verdict else tuple(language.reasons(award.reason)),
        verdict=verdict,
    )
