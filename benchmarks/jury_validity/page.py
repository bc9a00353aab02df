"""The page of results, docs/jury-validity.md: the same seeds give the same page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.jury_validity.compare import best_of, difference, over_sizes, quoted, signed
from benchmarks.jury_validity.deciding import BASES, EDGES, Decided, classes
from benchmarks.jury_validity.finding import (
    ENTRIES_OF_ALL,
    FAST,
    JURORS_OF_ALL,
    METHODS,
    Case,
    Found,
)
from benchmarks.jury_validity.verdict import of_decisions, of_tallies, of_votes
from benchmarks.jury_validity.voting import JURORS_VOTING, KINDS, VOTED
from benchmarks.jury_validity.words import (
    AFTER_SHORT,
    ALL,
    CHANCES,
    HEAD,
    IN_SHORT,
    REFERENCE,
    SIZES,
    STATUS,
    VOTES,
    WHAT_IS_SIMULATED,
)
from benchmarks.jury_validity.world import ENTRIES, JURORS, MISSING, WORLDS
from benchmarks.validity.page import mean_of
from tolok.jury.decision import STATES


@dataclass(frozen=True)
class Results:
    """All that was found: by the fast tallies, by all, by decisions, and by votes."""

    fast: Found
    every: Found
    refused: dict[str, int]
    decided: Sequence[Decided]
    voted: Found


def page(results: Results, command: str) -> str:
    """The whole page."""
    panels = len(next(iter(results.fast.values())))
    tried = len(next(iter(results.every.values())))
    decided = sum(one.world == WORLDS[0].name for one in results.decided)
    told = ", ".join(f"`{name}` {count}" for name, count in results.refused.items())
    parts = [
        HEAD.format(command=command),
        IN_SHORT.format(panels=f"{panels:,}"),
        "\n".join(summary(results.fast)),
        reference(results.fast),
        "\n".join(of_tallies(results.fast, results.every)),
        "\n".join([*of_decisions(results.decided), *of_votes(results.voted)]),
        AFTER_SHORT,
        WHAT_IS_SIMULATED,
        "\n".join(f"- **`{world.name}`**: {world.meaning}." for world in WORLDS),
        SIZES.format(error=0.5 / np.sqrt(panels)),
    ]
    for world in WORLDS:
        parts += [f"### `{world.name}`", "\n".join(sizes(results.fast, world.name))]
    parts += [
        ALL.format(count=tried, refused=f"{told} of {tried * len(WORLDS) * len(MISSING):,}"),
        "\n".join(all_tallies(results.every)),
        STATUS.format(count=f"{decided:,}"),
        "\n".join(states(results.decided)),
        CHANCES,
    ]
    for basis in BASES:
        parts += [f"### Drawn: {basis}", "\n".join(chances(results.decided, basis))]
    count = len(next(iter(results.voted.values())))
    parts += [VOTES.format(count=count), "\n".join(votes(results.voted))]
    return "\n\n".join(parts) + "\n"


def summary(found: Found) -> Iterator[str]:
    """The fast tallies over all sizes, world by world."""
    yield "| world | missing | `additive` | `mean` less it | `z` less it | best |"
    yield "|---|---|---|---|---|---|"
    for world in WORLDS:
        for missing in MISSING:
            share = over_sizes(found, world.name, missing, FAST)
            own = mean_of(share["additive"].tolist())
            away = [signed(difference(share[name], share["additive"])) for name in ("mean", "z")]
            cells = " | ".join([str(own), *away, quoted(best_of(share))])
            yield f"| `{world.name}` | {missing} | {cells} |"


def reference(found: Found) -> str:
    """The plain mean beside z where an award is usually decided."""
    case = Case(WORLDS[0].name, "none", 5, 4)
    mean, z = found[case, "mean"], found[case, "z"]
    return REFERENCE.format(
        mean=mean_of(mean.tolist()), z=mean_of(z.tolist()), away=signed(difference(z, mean))
    )


def sizes(found: Found, world: str) -> Iterator[str]:
    """The fast tallies of a world by size of panel."""
    heads = [f"{entries}: {name}" for entries in ENTRIES for name in FAST]
    yield f"| jurors | missing | {' | '.join(heads)} |"
    yield "|---|---|" + "---|" * len(heads)
    for jurors in JURORS:
        for missing in MISSING:
            cells = []
            for entries in ENTRIES:
                case = Case(world, missing, jurors, entries)
                share = {name: found[case, name] for name in FAST}
                alone = best_of(share)
                for name, own in share.items():
                    figure = f"{own.mean():.3f}"
                    cells.append(f"**{figure}**" if alone == [name] else figure)
            yield f"| {jurors} | {missing} | {' | '.join(cells)} |"


def all_tallies(every: Found) -> Iterator[str]:
    """Every tally at one size."""
    others = [name for name in METHODS if name != "additive"]
    heads = " | ".join(f"`{name}`" for name in others)
    yield f"| world | missing | `additive` | {heads} | best |"
    yield "|---|---|---|" + "---|" * (len(others) + 1)
    for world in WORLDS:
        for missing in MISSING:
            case = Case(world.name, missing, JURORS_OF_ALL, ENTRIES_OF_ALL)
            share = {name: every[case, name] for name in METHODS}
            own = mean_of(share["additive"].tolist())
            away = [signed(difference(share[name], share["additive"])) for name in others]
            cells = " | ".join([str(own), *away, quoted(best_of(share))])
            yield f"| `{world.name}` | {missing} | {cells} |"


def states(decided: Sequence[Decided]) -> Iterator[str]:
    """How often each status stands, and how often the true best has won under it."""
    yield "| world | status | share of panels | true best has won | true best among the leaders |"
    yield "|---|---|---|---|---|"
    for world in WORLDS:
        own = [one for one in decided if one.world == world.name]
        for status in STATES:
            here = [one for one in own if one.status == status]
            much = mean_of([float(one.status == status) for one in own])
            if not here:
                yield f"| `{world.name}` | `{status}` | {much} | – | – |"
                continue
            won = mean_of([one.share for one in here])
            among = mean_of([float(one.is_among) for one in here])
            yield f"| `{world.name}` | `{status}` | {much} | {won} | {among} |"


def chances(decided: Sequence[Decided], basis: str) -> Iterator[str]:
    """What was said beside what came true, by class of chance."""
    own = [[one for one in decided if one.world == world.name] for world in WORLDS]
    yield f"| chance | {' | '.join(f'`{world.name}`' for world in WORLDS)} | all |"
    yield "|---|" + "---|" * (len(WORLDS) + 1)
    table = [classes(one, basis) for one in (*own, decided)]
    for place, (low, high) in enumerate(pairwise(EDGES)):
        cells = [_calibrated(*column[place]) for column in table]
        yield f"| {low:g} to {high:g} | {' | '.join(cells)} |"
    away = [
        signed(mean_of([one.first - one.told[basis] for one in those])) for those in (*own, decided)
    ]
    yield f"| true less said | {' | '.join(away)} |"


def votes(voted: Found) -> Iterator[str]:
    """Votes on pairs beside scores."""
    heads = " | ".join(f"`{kind}`" for kind in KINDS)
    yield f"| world | jurors | {heads} |"
    yield "|---|---|" + "---|" * len(KINDS)
    for world in WORLDS:
        for jurors in JURORS_VOTING:
            case = Case(world.name, "none", jurors, VOTED)
            own = voted[case, KINDS[0]]
            cells = [signed(difference(voted[case, kind], own)) for kind in KINDS[1:]]
            yield f"| `{world.name}` | {jurors} | {mean_of(own.tolist())} | {' | '.join(cells)} |"


def _calibrated(count: int, told: float, came: float) -> str:
    return f"{told:.2f}: {came:.2f} of {count:,}" if count else "–"
