"""Whether a decision means what it says: its status, and the stated chance of the best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.jury_validity.finding import BLOCK, ENTRIES_OF_ALL, JURORS_OF_ALL
from benchmarks.jury_validity.world import World, draw_panels
from tolok.errors import NotComparable
from tolok.jury.chance import Redraw, draw_ranks
from tolok.jury.decision import JuryRules, decide

DRAWS = 500
"""Of jurors and criteria for a chance; the status does not hang on them."""
MISSING_IN_AWARDS = ("none", "one recusal")
BASES = ("jurors and criteria", "jurors alone")
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Decided:
    """One decision beside the truth.

    `share` is the share of the award that goes to the true best; `among` whether it is among the
    leaders; `first` whether it is first by the figures, ties sharing, which is what `told`, the
    stated chance of the first, is about; by what is drawn again.
    """

    world: str
    status: str
    share: float
    is_among: bool
    first: float
    told: dict[str, float]


def decisions(world: World, missing: str, seed: int, count: int = BLOCK) -> list[Decided]:
    """The decisions on so many panels, as the rules are shipped."""
    panels = draw_panels(world, seed, BLOCK)
    best = panels.best(ENTRIES_OF_ALL)
    rules = JuryRules(draws=DRAWS)
    found = []
    for panel in range(count):
        sheet = panels.sheet(panel, missing, JURORS_OF_ALL, ENTRIES_OF_ALL)
        try:
            made = decide(sheet, rules=rules)
        except NotComparable:
            continue
        first = int(np.argmax(made.tally.score))
        alone = draw_ranks(sheet, made.tally, Redraw(DRAWS, rules.seed, has_criteria=False))
        name = sheet.entries[best[panel]]
        is_first = made.tally.rank == 1
        found.append(
            Decided(
                world.name,
                made.status,
                (name in made.winners) / len(made.winners),
                name in made.leaders,
                float(is_first[best[panel]] / is_first.sum()),
                dict(
                    zip(
                        BASES,
                        (float(made.draws.chance[first]), float(alone.chance[first])),
                        strict=True,
                    )
                ),
            )
        )
    return found


def classes(made: Sequence[Decided], basis: str) -> list[tuple[int, float, float]]:
    """Of each class of stated chances: how many, the mean that was told, how many came true."""
    told = np.array([one.told[basis] for one in made])
    first = np.array([one.first for one in made])
    place = np.clip(np.searchsorted(EDGES, told, side="right") - 1, 0, len(EDGES) - 2)
    return [
        (int(here.sum()), float(told[here].mean()), float(first[here].mean()))
        if here.any()
        else (0, float("nan"), float("nan"))
        for here in (place == one for one in range(len(EDGES) - 1))
    ]
