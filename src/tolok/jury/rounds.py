"""Which round it is: the clock decides, nobody switches a round on or off."""

from collections.abc import Sequence
from datetime import datetime

from tolok.methodology.jury import Round

PHASES = ("before", "open", "between", "after")
"""Before the first round, in a round, between two, after the last one."""


def round_at(rounds: Sequence[Round], now: datetime) -> Round | None:
    """The round that is open at an instant, or None; a round is half-open."""
    return next((one for one in rounds if one.opens_at <= now < one.closes_at), None)


def next_round(rounds: Sequence[Round], now: datetime) -> Round | None:
    """The first round that has not closed at an instant, or None after the last one."""
    return next((one for one in rounds if now < one.closes_at), None)


def round_before(rounds: Sequence[Round], one: Round) -> Round | None:
    """The round before another, or None before the first."""
    place = rounds.index(one)
    return rounds[place - 1] if place else None


def phase_at(rounds: Sequence[Round], now: datetime) -> str:
    """One of PHASES; an edition without rounds is always before the first."""
    if not rounds or now < rounds[0].opens_at:
        return "before"
    if round_at(rounds, now):
        return "open"
    return "between" if now < rounds[-1].closes_at else "after"
