"""What the tables come to, a line each: made of the figures, so that it cannot fall behind them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.jury_validity.compare import best_of, difference, is_ahead, over_sizes, signed
from benchmarks.jury_validity.deciding import BASES, Decided
from benchmarks.jury_validity.finding import (
    ENTRIES_OF_ALL,
    FAST,
    JURORS_OF_ALL,
    SLOW,
    Case,
    Found,
)
from benchmarks.jury_validity.voting import JURORS_VOTING, KINDS, VOTED
from benchmarks.jury_validity.world import ENTRIES, JURORS, MISSING, WORLDS
from benchmarks.validity.page import mean_of
from tolok.composite.array import FloatArray
from tolok.jury.decision import STATES

Shares = Callable[[str, str, str], FloatArray]
"""World, what is missing and tally to the share of the first place in each panel."""


def of_tallies(fast: Found, every: Found) -> Iterator[str]:
    """Where each tally is ahead of the additive model, and where behind."""

    def in_all_sizes(world: str, missing: str, name: str) -> FloatArray:
        return over_sizes(fast, world, missing, [name])[name]

    def in_one_size(world: str, missing: str, name: str) -> FloatArray:
        return every[Case(world, missing, JURORS_OF_ALL, ENTRIES_OF_ALL), name]

    for name in ("mean", "z"):
        yield _against_additive(name, in_all_sizes)
    alone: Counter[str] = Counter()
    for world in WORLDS:
        for missing in MISSING:
            for jurors in JURORS:
                for entries in ENTRIES:
                    case = Case(world.name, missing, jurors, entries)
                    best = best_of({one: fast[case, one] for one in FAST})
                    alone[best[0] if len(best) == 1 else ""] += 1
    number = len(WORLDS) * len(MISSING) * len(JURORS) * len(ENTRIES)
    told = ", ".join(f"`{name}` in {alone[name]}" for name in FAST)
    yield f"- Size by size, one is ahead of both others: {told} of {number} cases."
    for name in SLOW:
        yield _against_additive(name, in_one_size)


def of_decisions(decided: Sequence[Decided]) -> Iterator[str]:
    """How often each status is right, and how far stated chances are off."""
    words = ("the winner", "first by the figures", "among the leaders")
    for status, who in zip(STATES, words, strict=True):
        shares = []
        for world in WORLDS:
            right = [
                float(one.is_among)
                for one in decided
                if one.world == world.name and one.status == status
            ]
            shares.append(f"{mean_of(right) if right else '–'} (`{world.name}`)")
        yield f"- `{status}`: the true best is {who} in {', '.join(shares)}."
    for basis in BASES:
        away = mean_of([one.first - one.told[basis] for one in decided])
        yield f"- Stated chances, {basis} drawn: true less said is {signed(away)}."


def of_votes(voted: Found) -> Iterator[str]:
    """What votes find less scores, over all sizes."""
    for world in WORLDS:
        share = {
            kind: np.mean(
                [voted[Case(world.name, "none", jurors, VOTED), kind] for jurors in JURORS_VOTING],
                axis=0,
            )
            for kind in KINDS
        }
        away = [difference(share[kind], share[KINDS[0]]) for kind in KINDS[1:]]
        told = ", ".join(f"{kind} {signed(one)}" for kind, one in zip(KINDS[1:], away, strict=True))
        yield f"- Votes on pairs less scores in `{world.name}`: {told}."


def _against_additive(name: str, shares: Shares) -> str:
    ahead: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for world in WORLDS:
        for missing in MISSING:
            own, other = (shares(world.name, missing, one) for one in (name, "additive"))
            if is_ahead(own, other):
                ahead.setdefault(world.name, []).append(missing)
            if is_ahead(other, own):
                behind.setdefault(world.name, []).append(missing)
    return f"- `{name}` is ahead of `additive` {_where(ahead)}; behind it {_where(behind)}."


def _where(places: dict[str, list[str]]) -> str:
    """Worlds, with what is missing in brackets where it is not all."""
    told = [
        f"in `{world}`" + ("" if len(those) == len(MISSING) else f" (missing: {', '.join(those)})")
        for world, those in places.items()
    ]
    return ", ".join(told) or "nowhere"
