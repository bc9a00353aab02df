"""One award as a jury decided it: the record and the nominees' figures, with names and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tolok.publish.award_rows import JuryAwardRow, JuryNomineeRow, JuryVoteRow
from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.results import Results

_UNITS = {"rasch": "logits", "z": "deviations"}
"""The unit of a method's scores, where it is not the points of the jury's scale."""
_SAME = 1e-9


@dataclass(frozen=True)
class JuryCase:
    """An award that a closed jury has judged, in one language."""

    award: Award
    row: JuryAwardRow
    results: Results
    language: Language

    @cached_property
    def rounds(self) -> list[tuple[str, dict[str, JuryNomineeRow]]]:
        """The nominees after each round of scores, by institution_id, rounds in their order."""
        return self.results.jury.rounds_of(self.award.key, self.results.rules.edition.jury.rounds)

    @cached_property
    def final(self) -> list[JuryNomineeRow]:
        """The nominees after the last round of scores, best first."""
        return self.results.jury.final_of(self.award.key, self.results.rules.edition.jury.rounds)

    @cached_property
    def leaders(self) -> list[JuryNomineeRow]:
        """The first and those equal to it by the rules; nobody where the scores made no order."""
        scored = [one for one in self.final if one.jury_score is not None]
        limit = self.results.rules.edition.jury.equal_errors
        top = scored[0].jury_score or 0.0 if scored else 0.0
        return [
            one
            for one in scored
            if (away := top - (one.jury_score or 0.0)) <= _SAME
            or away < limit * (one.error_to_first or 0.0)
        ]

    @property
    def is_level(self) -> bool:
        """Whether all leaders have one score."""
        scores = [one.jury_score or 0.0 for one in self.leaders]
        return not scores or max(scores) - min(scores) <= _SAME

    @property
    def winners(self) -> list[str]:
        """The winners, by institution_id."""
        return [one.institution_id or "" for one in self.award.winners]

    @property
    def votes(self) -> list[JuryVoteRow]:
        """The votes on the award, a row a pair; none where nobody voted."""
        return self.results.jury.votes_of.get(self.award.key, [])

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why the award is decided as it is: each code, and what stands after its colon."""
        codes = [code.strip() for code in self.row.reasons.split(";") if code.strip()]
        return [(name, figure.strip()) for name, _, figure in (c.partition(":") for c in codes)]

    @property
    def override_reason(self) -> str:
        """The recorded reason of an override, as it was written; nothing without one."""
        return next((text for name, text in self.reasons if name == "override"), "")

    @property
    def unit(self) -> str:
        """The unit of the jury's scores: points of the scale, logits or deviations."""
        return _UNITS.get(self.row.method, "points")

    def names(self, ids: Sequence[str]) -> str:
        """Some institutions as a list in a sentence."""
        return self.language.listed([self.results.short(one) for one in ids])

    def digits(self, *scores: float | None) -> int:
        """So many digits after the mark as tell some scores apart: one, or two."""
        known = [score for score in scores if score is not None]
        return 1 if len({self.language.formats.number(one) for one in known}) == len(known) else 2

    def points(self, *scores: float | None, digits: int | None = None) -> str:
        """One score or several in a sentence, with their unit: 7.4 of 10 points."""
        shown = digits or self.digits(*scores)
        formats = self.language.formats
        written = [formats.number(score, shown) for score in scores if score is not None]
        top = self.results.rules.edition.jury.highest_score
        return self.language.words(
            f"jury.score.{self.unit}", score=self.language.listed(written), top=top
        )


def jury_case(award: Award, results: Results, language: Language) -> JuryCase | None:
    """The award's case; None where no jury has decided it."""
    row = results.jury.award_of.get(award.key)
    return JuryCase(award, row, results, language) if row else None
