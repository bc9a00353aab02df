"""Votes on pairs: Bradley and Terry's strengths, with a little shrinkage and an effect of order.

P(first wins) = 1 / (1 + exp(-(strength of first - strength of second + effect of order))). Source:
Bradley and Terry 1952 (Biometrika 39); order effect as in Agresti 2013, Categorical Data Analysis,
section 11.6. A jury that is shown two entries may lean to the one that comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.errors import FaultsFound, JuryFault, NotComparable
from tolok.jury.link import entry_groups, reaches

PRIOR = 0.1
"""Votes that every entry wins and loses against an average one, so that no strength is infinite."""
_STEPS = 200
_NEAR = 1e-11
_LONGEST = 2.0
"""Logits that one step may go."""
_SINGULAR = 1e11
"""The information of votes that leave a parameter free, or let it run away."""

Vote = tuple[str, str, float]
"""The entry shown first, the one shown second, and the share of the vote that the first has won."""


@dataclass(frozen=True)
class Votes:
    """Votes by pair, in the order in which the two were shown.

    Shape: won and lost (entries, entries), votes that the row shown first has won from and lost to
    the column. Half a vote each is a draw.
    """

    entries: tuple[str, ...]
    won: FloatArray
    lost: FloatArray

    @property
    def wins(self) -> FloatArray:
        """Votes of the row over the column, whoever was first. Shape: (entries, entries)."""
        return self.won + self.lost.T


@dataclass(frozen=True)
class Strengths:
    """Strengths in logits, with the mean 0, and the covariance of their errors.

    `is_separated`: some entries won all votes against the others, so that without shrinkage their
    strength would be infinite; sizes of differences then hang on the prior, their order does not.

    Shape: strength (entries,), covariance (entries, entries).
    Missing: `order` and its error are NaN where no effect of order was asked for.
    """

    strength: FloatArray
    covariance: FloatArray
    order: float
    order_error: float
    is_separated: bool
    steps: int


def read_votes(rows: Iterable[Vote], entries: Iterable[str] = ()) -> Votes:
    """The votes of rows in any order, entries in alphabetical order.

    `entries` may name those that no one voted on.

    Raises: FaultsFound with every row that votes on one entry, or by a share outside 0 to 1.
    """
    listed = list(rows)
    faults = [
        JuryFault(f"vote {place}", problem)
        for place, (first, second, share) in enumerate(listed, start=1)
        for problem, is_wrong in (
            (f"{first} stands against itself.", first == second),
            (f"{share:g} of a vote is not from 0 to 1.", not 0 <= share <= 1),
        )
        if is_wrong
    ]
    names = tuple(sorted({*entries, *(name for row in listed for name in row[:2])}))
    if len(names) < 2:
        faults.append(JuryFault("votes", "name fewer than two entries."))
    if faults:
        raise FaultsFound("these are no votes on pairs", faults)
    place = {name: at for at, name in enumerate(names)}
    won, lost = np.zeros((2, len(names), len(names)))
    for first, second, share in sorted(listed):  # sums must not depend on the order of rows
        won[place[first], place[second]] += share
        lost[place[first], place[second]] += 1 - share
    return Votes(names, won, lost)


def fit_strengths(votes: Votes, *, prior: float = PRIOR, has_order: bool = False) -> Strengths:
    """The strengths under which the votes are most likely, an average entry's votes being added.

    With a prior of 0 they are those of maximum likelihood. Reversing every vote turns every sign.

    Raises: NotComparable where no chain of votes joins the entries; JuryFault where a prior of 0
    leaves strengths infinite, or where the effect of order cannot be told from strengths.
    """
    wins = votes.wins
    group = entry_groups(wins + wins.T + np.eye(len(wins)) > 0)
    if group.max(initial=0) > 0:
        names = np.array(votes.entries, dtype=object)
        raise NotComparable([names[group == one].tolist() for one in range(group.max() + 1)])
    is_separated = not bool(reaches(wins > 0).all())
    if not prior >= 0 or np.isinf(prior):
        raise JuryFault("votes", f"a prior of {prior:g} votes is not 0 or more.")
    if is_separated and prior == 0:
        problem = "some entries won every vote against the others: their strength is infinite."
        raise JuryFault("votes", problem, f"Give a prior, such as {PRIOR}.")
    first, second = np.nonzero(votes.won + votes.lost)
    point, inverse, steps = _climbed(votes, (first, second), prior, has_order=has_order)
    size = len(wins)
    shift = np.eye(size) - 1 / size
    covariance = np.einsum("ij,jk,lk->il", shift, inverse[:size, :size], shift)
    order, error = float("nan"), float("nan")
    if has_order:
        order, error = float(point[size]), float(np.sqrt(inverse[size, size]))
    strength = point[:size] - point[:size].mean()
    return Strengths(strength, covariance, order, error, is_separated, steps)


def _climbed(
    votes: Votes, pair: tuple[IntArray, IntArray], prior: float, *, has_order: bool
) -> tuple[FloatArray, FloatArray, int]:
    """Newton's steps, none too long; the likelihood has no second summit.

    The last parameter is the effect of order; it stays at 0 where it is not asked for.
    """
    size = len(votes.entries)
    won, lost = votes.won[pair], votes.lost[pair]
    design = np.zeros((won.size, size + 1))
    design[np.arange(won.size), pair[0]] = 1
    design[np.arange(won.size), pair[1]] = -1
    design[:, size] = 1.0 if has_order else 0.0
    shrunk = np.append(np.full(size, prior), 0.0)
    hold = np.zeros((size + 1, size + 1))
    hold[:size, :size] = 1 / size if prior == 0 else 0.0  # the mean is free without a prior
    hold[size, size] = 0.0 if has_order else 1.0
    here = np.zeros(size + 1)
    for steps in range(1, _STEPS + 1):
        chance = _chance(np.einsum("rc,c->r", design, here))
        own = _chance(here)
        slope = np.einsum("rc,r->c", design, won - (won + lost) * chance)
        slope += shrunk * (1 - 2 * own)
        weight = (won + lost) * chance * (1 - chance)
        information = np.einsum("rc,rd->cd", design * weight[:, None], design) + hold
        information += np.diag(2 * shrunk * own * (1 - own))
        if np.linalg.cond(information) > _SINGULAR:
            break
        step = np.linalg.solve(information, slope)
        largest = float(np.abs(step).max())
        here = here + step * min(1.0, _LONGEST / max(largest, _NEAR))
        if largest < _NEAR:
            return here, np.linalg.inv(information), steps
    problem = "the votes do not tell the effect of order from the strengths."
    raise JuryFault("votes", problem, "Ask without it, or give a larger prior.")


def _chance(gap: FloatArray) -> FloatArray:
    """The logistic curve, which is exact in both tails."""
    small = np.exp(-np.abs(gap))
    chance: FloatArray = np.where(gap >= 0, 1.0, small) / (1 + small)
    return chance
