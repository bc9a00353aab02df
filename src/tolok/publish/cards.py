"""An award on a card: its state, and who stands first, second, third."""

from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import award_path
from tolok.publish.results import Results

DECIDED_BY_DATA = ("first_by_data", "joint_first_by_data")
_RARE = 0.05
"""Below this chance, and above its complement, tenths would sound like never and always."""
STATES = (*DECIDED_BY_DATA, "awaiting_jury", "not_awarded")


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

    @property
    def has_chances(self) -> bool:
        """Whether the card shows a chance, which its list then has to explain."""
        return any(nominee.chance for nominee in self.nominees)


def card_of(award: Award, results: Results, language: Language) -> Card:
    """The card of an award.

    Missing: while the jury has not decided there is no winner, however clear the first place.
    """
    words = language.words
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
        reasons=tuple(language.reasons(award.reason)),
    )


def chance(probability: float | None, language: Language, *, is_short: bool = False) -> str:
    """A probability in words, such as 9 of 10; nothing where it is not computed.

    In short "less than" and "more than" are signs: a column of a table has no room for words.
    """
    if probability is None:
        return ""
    form = ".short" if is_short else ""
    if probability < _RARE:
        return language.words(f"chance.low{form}")
    if probability > 1 - _RARE:
        return language.words(f"chance.high{form}")
    return language.words("chance.tenths", n=min(9, max(1, round(probability * 10))))
