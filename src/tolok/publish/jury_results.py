"""What a jury that has closed leaves in results/, looked up by award; empty without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from tolok.methodology.jury import Round
from tolok.publish.award_rows import (
    JuryAwardRow,
    JuryJurorRow,
    JuryNomineeRow,
    JuryScoreRow,
    JuryVoteRow,
)
from tolok.publish.awards import AwardKey
from tolok.publish.grouping import grouped

Row = TypeVar("Row")


class Reader(Protocol):
    """Reads a file of results/ as rows of a class."""

    def __call__(self, name: str, kind: type[Row]) -> tuple[Row, ...]:
        """The rows of the file."""
        ...


@dataclass(frozen=True)
class JuryResults:
    """The tables of a closed jury."""

    awards: tuple[JuryAwardRow, ...] = ()
    nominees: tuple[JuryNomineeRow, ...] = ()
    scores: tuple[JuryScoreRow, ...] = ()
    votes: tuple[JuryVoteRow, ...] = ()
    jurors: tuple[JuryJurorRow, ...] = ()

    @cached_property
    def award_of(self) -> dict[AwardKey, JuryAwardRow]:
        """What was decided in each award that the jury has judged."""
        return {(row.category, row.cluster): row for row in self.awards}

    @cached_property
    def nominees_of(self) -> dict[AwardKey, list[JuryNomineeRow]]:
        """The nominees of each award after every round."""
        return grouped(self.nominees, lambda row: (row.category, row.cluster))

    @cached_property
    def scores_of(self) -> dict[AwardKey, list[JuryScoreRow]]:
        """The scores in each award, of all rounds and versions."""
        return grouped(self.scores, lambda row: (row.category, row.cluster))

    @cached_property
    def votes_of(self) -> dict[AwardKey, list[JuryVoteRow]]:
        """The votes on each award, a row a pair."""
        return grouped(self.votes, lambda row: (row.category, row.cluster))

    @cached_property
    def jurors_of(self) -> dict[str, list[JuryJurorRow]]:
        """The jurors of each category."""
        return grouped(self.jurors, lambda row: row.category)

    def rounds_of(
        self, key: AwardKey, rounds: Sequence[Round]
    ) -> list[tuple[str, dict[str, JuryNomineeRow]]]:
        """The nominees of an award by round, in the order of the rules' rounds."""
        by_round = grouped(self.nominees_of.get(key, ()), lambda row: row.round)
        order = {one.name: at for at, one in enumerate(rounds)}
        names = sorted(by_round, key=lambda name: (order.get(name, len(order)), name))
        return [(name, {row.institution_id: row for row in by_round[name]}) for name in names]

    def final_of(self, key: AwardKey, rounds: Sequence[Round]) -> list[JuryNomineeRow]:
        """The nominees of an award as the outcome rests on them, best first; none without scores.

        Ties: by institution_id. Missing: who has no score comes last.
        """
        found = self.rounds_of(key, rounds)
        rows = list(found[-1][1].values()) if found else []
        return sorted(
            rows, key=lambda row: (row.jury_rank is None, row.jury_rank or 0, row.institution_id)
        )


def read_jury(read: Reader) -> JuryResults:
    """The tables of a jury by a reader of the folder's files."""
    return JuryResults(
        awards=read("jury_awards.parquet", JuryAwardRow),
        nominees=read("jury_nominees.parquet", JuryNomineeRow),
        scores=read("jury_scores.parquet", JuryScoreRow),
        votes=read("jury_votes.parquet", JuryVoteRow),
        jurors=read("jury_jurors.parquet", JuryJurorRow),
    )
