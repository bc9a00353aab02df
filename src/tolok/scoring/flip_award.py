"""One award as a buyer finds it: the known scores of the others, and the score to pass."""

from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import competition_rank
from tolok.scoring.category import CategoryScore
from tolok.scoring.nominate import is_nominee
from tolok.scoring.panel import Panel
from tolok.scoring.view import View

FIRST, NOMINEE = "first", "nominee"
OUTCOMES = (FIRST, NOMINEE)
CLEAR = 1e-6
"""A score this far from the one to pass needs no rule for ties."""


@dataclass(frozen=True)
class Trial:
    """A buyer's score in a category, the points of its first indicator, and its active days.

    Missing: the score is NaN where the purchase has cost the buyer its place in the ranking.
    """

    score: float
    first: float
    days: float


@dataclass(frozen=True)
class Reach:
    """How many places below the first, and below the cut, institutions are looked at."""

    first: int = 10
    nominee: int = 10


@dataclass(frozen=True, eq=False)
class Award:
    """The ranked institutions of one category and cluster.

    Shape: (ranked institutions,) each; members are rows of the panel, by rank, then row.
    """

    category: str
    cluster: str
    members: IntArray
    rank: IntArray
    score: FloatArray
    first: FloatArray
    days: FloatArray
    is_nominee: IntArray
    nominee_count: int
    _bars: dict[tuple[int, str], float] = field(default_factory=dict, init=False, repr=False)

    def at(self, row: int) -> int:
        """Where an institution stands among the members."""
        return int(np.flatnonzero(self.members == row)[0])

    def contenders(self, reach: Reach) -> list[tuple[int, str]]:
        """Rows of the panel with the outcome that each has yet to reach, nearest first."""
        behind = np.flatnonzero(self.rank > 1)[: reach.first]
        out = np.flatnonzero(~self.is_nominee.astype(np.bool_))[: reach.nominee]
        return [
            (int(self.members[place]), outcome)
            for outcome, places in ((FIRST, behind), (NOMINEE, out))
            for place in places
        ]

    def bar(self, row: int, outcome: str) -> float:
        """The score that a buyer has to pass: the best of the others, or the last of them in."""
        if (row, outcome) not in self._bars:
            others = np.sort(self.score[self.members != row])[::-1]
            place = 0 if outcome == FIRST else self.nominee_count - 1
            bar = float(others[place]) if place < others.size else -inf
            self._bars[row, outcome] = bar
        return self._bars[row, outcome]

    def flips(self, row: int, outcome: str, trial: Trial) -> bool:
        """Whether a buyer with the result of a trial reaches the outcome.

        Ties: as in the ranking. The first place may be shared.
        """
        if not isfinite(trial.score):
            return False
        gap = trial.score - self.bar(row, outcome)
        if abs(gap) > CLEAR:
            return gap > 0
        at = self.at(row)
        score, first, days = self.score.copy(), self.first.copy(), self.days.copy()
        score[at], first[at], days[at] = trial.score, trial.first, trial.days
        rank = competition_rank([score, first, days])
        if outcome == FIRST:
            return bool(rank[at] == 1)
        return bool(is_nominee(score, rank, self.nominee_count)[at])


def awards_of(view: View, scored: tuple[CategoryScore, ...]) -> list[Award]:
    """Every award that has ranked institutions: categories in their order, clusters by name."""
    panel, days = view.panel, active_days(view)
    clusters = np.array(panel.clusters, dtype=np.str_)
    found = []
    for one in scored:
        for cluster in sorted(set(panel.clusters)):
            rows = np.flatnonzero((clusters == cluster) & one.is_ranked)
            rows = rows[np.argsort(one.rank[rows], kind="stable")]
            if rows.size:
                found.append(
                    Award(
                        one.category.name,
                        cluster,
                        members=rows,
                        rank=one.rank[rows],
                        score=one.score[rows],
                        first=one.indicators[0].points[rows],
                        days=days[rows],
                        is_nominee=one.is_nominee[rows].astype(np.int64),
                        nominee_count=one.category.nominee_count
                        or view.rules.edition.nominee_count,
                    )
                )
    return found


def active_days(view: View) -> FloatArray:
    """The active days of every institution, which tell equal scores apart.

    Shape: (institutions,).  Missing: NaN where no week is known.
    """
    panel: Panel = view.panel
    unknown = np.full((len(panel.institution_ids), panel.shape[2]), np.nan)
    days: FloatArray = view.contract(panel.institution_counts.get("active_day_count", unknown))
    return days
