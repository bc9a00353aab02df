"""Votes on pairs from any table: strengths, ranks, and how sure they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tolok.alone.table import arrow_table, tidy
from tolok.composite.covariance import gaussian_errors
from tolok.composite.rank import competition_ranks
from tolok.composite.uncertainty import summarise_ranks
from tolok.errors import FaultsFound, IndexFault, did_you_mean
from tolok.jury.votes import PRIOR, Strengths, Vote, Votes, fit_strengths, read_votes

_DRAWS = 2000


@dataclass(frozen=True)
class PairTally:
    """The tally of votes on pairs.

    `strengths.order` is how much it helps to be shown first, in logits, where it was asked for;
    `strengths.is_separated` tells that the size of strengths hangs on the prior.
    """

    votes: Votes
    strengths: Strengths
    seed: int

    def ranks(self) -> pa.Table:
        """A row an entry, the best first.

        entry, strength, rank, votes, wins, chance_best, rank_low and rank_high (90 % of draws of
        the errors, every vote being independent).

        Ties: share the best place, in alphabetical order, and the chance to be the best.
        """
        strength, wins = self.strengths.strength, self.votes.wins
        rng = np.random.default_rng(self.seed)
        error = gaussian_errors(self.strengths.covariance, _DRAWS, rng)
        drawn = competition_ranks(strength + error.T)
        summary = summarise_ranks(drawn, (1,))
        is_best = drawn == 1
        table = tidy(
            entry=list(self.votes.entries),
            strength=strength,
            rank=competition_ranks(strength[None])[0],
            votes=(wins + wins.T).sum(axis=1),
            wins=wins.sum(axis=1),
            chance_best=(is_best / is_best.sum(axis=1, keepdims=True)).mean(axis=0),
            rank_low=summary.low,
            rank_high=summary.high,
        )
        return table.sort_by([("rank", "ascending"), ("entry", "ascending")])


def pair_tally(  # noqa: PLR0913 -- three columns by name, and what is asked of them
    table: Any,
    *,
    first: str = "first",
    second: str = "second",
    winner: str = "winner",
    prior: float = PRIOR,
    has_order: bool = False,
    seed: int = 0,
) -> PairTally:
    """The tally of a table with a row a vote: which two were shown, in which order, and who won.

    Every entry also wins and loses `prior` votes against an average one, so that who won all votes
    has a finite strength. `has_order` tells the effect of being shown first apart.

    Missing: a row without a winner is no vote.
    Raises: FaultsFound with every fault of the table; NotComparable with the groups of entries that
    no chain of votes joins; JuryFault where the strengths cannot be had.
    """
    columns = arrow_table(table)
    known, names = columns.column_names, (first, second, winner)
    faults = [
        IndexFault(f"column {name}", "no such column.", did_you_mean(name, known))
        for name in names
        if name not in known
    ]
    if faults:
        raise FaultsFound("the table does not hold votes on pairs", faults)
    rows: list[Vote] = []
    seen: set[str] = set()
    cells = zip(*(columns[name].to_pylist() for name in names), strict=True)
    for row, (one, two, won) in enumerate(cells, start=1):
        if one is None or two is None:
            faults.append(IndexFault(f"row {row}", "does not name two entries."))
            continue
        seen |= {str(one), str(two)}
        if won is None:
            continue
        if str(won) not in {str(one), str(two)}:
            faults.append(IndexFault(f"row {row}", f"{won} won without being shown."))
        rows.append((str(one), str(two), float(str(won) == str(one))))
    if faults:
        raise FaultsFound("the table does not hold votes on pairs", faults)
    votes = read_votes(rows, seen)
    return PairTally(votes, fit_strengths(votes, prior=prior, has_order=has_order), seed)
