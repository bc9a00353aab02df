"""The outcome of an award: a winner from the tally, the data, the vote, and an override."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tolok.composite.array import FloatArray
from tolok.errors import NotComparable
from tolok.jury.ballot import Pair
from tolok.jury.decision import Decision
from tolok.jury.standing import Override
from tolok.jury.votes import fit_strengths, read_votes

STATUSES = (
    "clear",
    "contested",
    "decided_by_data",
    "decided_by_vote",
    "shared",
    "overridden",
    "undecided",
)
"""How an award came to its winner; `undecided` has none, for no score of it counts."""
_NEAR = 1e-6
"""Strengths nearer than this are equal: they come from a search that stops near the summit."""


@dataclass(frozen=True)
class Outcome:
    """The winners of an award, how they were found, and why, as codes.

    A code may carry a figure after a colon; `override:` carries the recorded reason.
    """

    status: str
    winners: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Data:
    """What the data say of the nominees: each one's chance of being first; NaN is unknown."""

    p_first: Mapping[str, float]

    def best_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of some with the highest chance; all of them where none has one."""
        return _highest(names, np.array([self.p_first.get(name, np.nan) for name in names]))


def contenders(decision: Decision, data: Data, tie_order: Sequence[str]) -> tuple[str, ...]:
    """Between whom the panel votes; nobody where the tally and the data settle the award.

    A contested award is voted on by whoever leads with or without a juror; where that is one alone,
    by all. Equal leaders are voted on unless the data come first in tie_order and separate them.
    """
    if decision.status == "clear":
        return ()
    if decision.status == "tied":
        by_data = data.best_of(decision.leaders)
        is_settled = tie_order[:1] == ("data",) and len(by_data) == 1
        return () if is_settled or "vote" not in tie_order else decision.leaders
    named = {
        name
        for reason in decision.reasons
        if reason.code == "changes_without_juror"
        for name in reason.entries
    }
    some = tuple(name for name in decision.entries if name in named | {*decision.leaders})
    return some if len(some) > 1 else decision.entries


def outcome_of(
    decision: Decision, data: Data, tie_order: Sequence[str], votes: Mapping[Pair, Sequence[str]]
) -> Outcome:
    """The outcome of a tallied award; `votes` are the choices of the panel by pair.

    Without votes a contested award goes to the leader by the figures, and says so.
    """
    reasons = tuple(_codes(decision))
    if decision.status == "clear":
        return Outcome("clear", decision.winners, reasons)
    by_vote = strongest(votes)
    if decision.status == "contested":
        if len(by_vote) == 1:
            return Outcome("decided_by_vote", by_vote, reasons)
        if not by_vote:
            return Outcome("contested", decision.leaders, reasons)
        return _settled(by_vote, data, reasons)
    left = decision.leaders
    for way in tie_order:
        found = data.best_of(left) if way == "data" else strongest(votes, left)
        if len(found) == 1:
            return Outcome(f"decided_by_{way}", found, reasons)
        left = found or left
    return Outcome("shared", left, reasons)


def overridden(outcome: Outcome, override: Override | None) -> Outcome:
    """The outcome with the override in the place of its winner, if there is one."""
    if override is None:
        return outcome
    told = f"override:{override.reason.replace(';', ',')}"
    return replace(
        outcome,
        status="overridden",
        winners=(override.institution_id,),
        reasons=(told, *outcome.reasons),
    )


def strongest(
    votes: Mapping[Pair, Sequence[str]], among: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The strongest by Bradley and Terry; several where equal, nobody where votes do not tell."""
    rows = [
        (pair.first, pair.second, float(chosen == pair.first))
        for pair, choices in votes.items()
        for chosen in choices
        if among is None or {pair.first, pair.second} <= {*among}
    ]
    if not rows:
        return ()
    held = read_votes(rows)
    try:
        strength = fit_strengths(held).strength
    except NotComparable:
        return ()
    return _highest(held.entries, strength)


def _settled(left: tuple[str, ...], data: Data, reasons: tuple[str, ...]) -> Outcome:
    """What a vote that ended equal comes to: the data, or a shared award."""
    by_data = data.best_of(left)
    status = "decided_by_data" if len(by_data) == 1 else "shared"
    return Outcome(status, by_data, reasons)


def _highest(names: Sequence[str], figure: FloatArray) -> tuple[str, ...]:
    known = np.where(np.isnan(figure), -np.inf, figure)
    if not np.isfinite(known).any():
        return tuple(names)
    best = known.max() - _NEAR
    return tuple(name for name, value in zip(names, known, strict=True) if value >= best)


def _codes(decision: Decision) -> list[str]:
    """The reasons of a decision in a line each, jurors by their number and not by name."""
    codes: dict[str, int] = {}
    for reason in decision.reasons:
        codes[reason.code] = codes.get(reason.code, 0) + 1
    counted = ("changes_without_juror", "unknown_without_juror", "few_scores")
    return [f"{code}:{count}" if code in counted else code for code, count in codes.items()]
