"""The scores of a closed jury as pages show them: weighted by the rubric, from published ballots.

Only whole cells count, as in the tally: a juror's scores of a nominee with every question answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from tolok.methodology.jury import Criterion
from tolok.publish.award_rows import JuryScoreRow


@dataclass(frozen=True)
class Marks:
    """The scores that count in one award, and the rubric's questions."""

    rows: tuple[JuryScoreRow, ...]
    criteria: tuple[Criterion, ...]

    @cached_property
    def cells(self) -> dict[tuple[str, str], dict[str, int]]:
        """The scores by question of each (juror, institution_id) that has them all."""
        cells: dict[tuple[str, str], dict[str, int]] = {}
        for row in self.rows:
            if row.counts and row.score is not None:
                cells.setdefault((row.juror, row.institution_id), {})[row.criterion] = row.score
        asked = {one.name for one in self.criteria}
        return {key: cell for key, cell in cells.items() if asked and asked <= cell.keys()}

    @property
    def jurors(self) -> list[str]:
        """The jurors who have a score that counts, in their order."""
        return sorted({juror for juror, _ in self.cells}, key=juror_order)

    def weighted(self, juror: str, institution_id: str) -> float | None:
        """A juror's score of a nominee, weighted by the rubric; None where it is not whole."""
        cell = self.cells.get((juror, institution_id))
        total = sum(one.weight for one in self.criteria)
        if cell is None or total <= 0:
            return None
        return sum(one.weight * cell[one.name] for one in self.criteria) / total

    def spread(self, institution_id: str) -> list[float]:
        """Every juror's weighted score of a nominee."""
        found = [self.weighted(juror, institution_id) for juror in self.jurors]
        return [score for score in found if score is not None]

    def mean(self, institution_id: str, criterion: str) -> float | None:
        """The plain mean of the jurors' scores of a nominee by one question."""
        found = [
            cell[criterion] for (_, name), cell in self.cells.items() if name == institution_id
        ]
        return fmean(found) if found else None


def juror_order(juror: str) -> tuple[int, str]:
    """Where a juror stands in a table: codes by their number, names by the alphabet.

    >>> sorted(["J10", "J2", "Bu Ani"], key=juror_order)
    ['Bu Ani', 'J2', 'J10']
    """
    number = juror.removeprefix("J")
    return (int(number) if number.isdecimal() else 0), juror.casefold()


def marks_of(rows: Iterable[JuryScoreRow], criteria: Sequence[Criterion]) -> Marks:
    """The marks of an award from its published scores; empty where ballots are not published."""
    return Marks(tuple(rows), tuple(criteria))
