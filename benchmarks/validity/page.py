"""The page of results, docs/validity.md: the same seeds give the same page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.validity.coverage import AIMS, CHANCES, SOURCES, Covered
from benchmarks.validity.recovery import INDICATOR, LABELS, METHODS, OURS, RIVALS, TOP, Hit
from benchmarks.validity.words import AFTER_COVERAGE, COVERAGE, HEAD, WHAT_IS_SIMULATED, WHO_WINS
from benchmarks.validity.world import INSTITUTIONS, WORLDS

Found = dict[tuple[str, bool, str], list[Hit]]
"""World, whether some cheat, and method to what was found in each seed."""
Year = tuple[str, bool]
"""World, and whether some cheat."""
AllCovered = dict[tuple[str, str], list[Covered]]
"""World and source to how the intervals of each seed did."""

GOALS = {"root": 1, "talk": 1}
"""The place that we aim at; second where nothing is said."""
_SAME = 1e-9
"""Shares nearer than this are equal."""
_MEASURES: dict[str, Callable[[Hit], float]] = {
    "top": lambda hit: hit.top,
    "best_named": lambda hit: hit.best_named,
    "best_first": lambda hit: hit.best_first,
}


@dataclass(frozen=True)
class Mean:
    """A mean over seeds and its standard error."""

    value: float
    error: float

    def __str__(self) -> str:
        """The mean to three places, with its error."""
        return f"{self.value:.3f} ± {self.error:.3f}"


def mean_of(values: Sequence[float]) -> Mean:
    """The mean of the seeds' values and its standard error, 0 for one seed."""
    array = np.asarray(values, dtype=np.float64)
    spread = float(array.std(ddof=1)) if array.size > 1 else 0.0
    return Mean(float(array.mean()), spread / float(np.sqrt(array.size)))


def page(found: Found, covered: AllCovered, command: str) -> str:
    """The whole page."""
    seeds = len(next(iter(found.values())))
    parts = [
        HEAD.format(
            command=command,
            seeds=seeds,
            institutions=INSTITUTIONS,
            top=TOP,
            chance=TOP / INSTITUTIONS,
            first=1 / INSTITUTIONS,
        ),
        "\n".join(summary(found)),
        WHO_WINS,
        "\n".join(who_wins(found)) or "- nowhere.",
        WHAT_IS_SIMULATED,
        "\n".join(f"- **{world.title}** (`{world.name}`): {world.meaning}" for world in WORLDS),
    ]
    for world in WORLDS:
        for cheated in (False, True):
            parts += [
                f"### `{world.name}`, {_with_whom(cheated=cheated)}",
                "\n".join(table(found, (world.name, cheated))),
            ]
    number = len(next(iter(covered.values())))
    parts += [
        COVERAGE.format(seeds=number),
        "\n".join(coverage(covered)),
        AFTER_COVERAGE,
        "\n".join(chances(covered)),
    ]
    return "\n\n".join(parts) + "\n"


def rivals_ahead(found: Found, year: Year, method: str, measure: str) -> list[str]:
    """The rivals that find more than a method by a measure, in the order of RIVALS."""
    value = _MEASURES[measure]
    means = {
        one: float(np.mean([value(hit) for hit in found[*year, one]])) for one in (method, *RIVALS)
    }
    return [rival for rival in RIVALS if means[rival] > means[method] + _SAME]


def place_of(found: Found, year: Year, method: str, measure: str) -> int:
    """The place of a method among itself and the rivals: one more than there are rivals ahead."""
    return 1 + len(rivals_ahead(found, year, method, measure))


def who_wins(found: Found) -> Iterator[str]:
    """A line for each world and measure in which a rival finds more than our category."""
    for world in WORLDS:
        for cheated in (False, True):
            for measure, words in (("top", "of the true three"), ("best_first", "winners")):
                ahead = rivals_ahead(found, (world.name, cheated), OURS, measure)
                if ahead:
                    names = " and ".join(f"`{name}`" for name in ahead)
                    verb = "finds" if len(ahead) == 1 else "find"
                    where = f"`{world.name}`, {_with_whom(cheated=cheated)}"
                    yield f"- {where}: {names} {verb} more {words} than `tolok`."


def _with_whom(*, cheated: bool) -> str:
    return "one in ten cheats" if cheated else "nobody cheats"


def summary(found: Found) -> Iterator[str]:
    """Our places in every world, the best rival, and whether the goal is met."""
    yield "| world | cheaters | Tolok: place | best rival | Tolok less best rival | goal | alone |"
    yield "|---|---|---|---|---|---|---|"
    for world in WORLDS:
        for cheated in (False, True):
            yield _summary_row(found, (world.name, cheated))


def _summary_row(found: Found, year: Year) -> str:
    world, cheated = year

    def hits(method: str) -> list[float]:
        return [hit.top for hit in found[*year, method]]

    def places(method: str) -> list[int]:
        return [place_of(found, year, method, measure) for measure in ("top", "best_first")]

    rival = min(RIVALS, key=lambda one: (-_rounded(np.mean(hits(one))), one))
    ours, goal = places(OURS), GOALS.get(world, 2)
    lead = mean_of([a - b for a, b in zip(hits(OURS), hits(rival), strict=True)])
    verdict = "met" if max(ours) <= goal else "missed"
    who = "10 %" if cheated else "none"
    both, alone = (" and ".join(str(one) for one in two) for two in (ours, places(INDICATOR)))
    signed = f"{lead.value:+.3f} ± {lead.error:.3f}"
    aim = "first" if goal == 1 else "first or second"
    return f"| `{world}` | {who} | {both} | `{rival}` | {signed} | {aim}: {verdict} | {alone} |"


def _rounded(share: float | np.floating) -> float:
    """A share without what the order of a sum leaves in its last places."""
    return round(float(share), 9)


def table(found: Found, year: Year) -> Iterator[str]:
    """What every method found in a world, the best first."""
    yield f"| method | true {TOP} among nominees | true best nominated | true best first |"
    yield "|---|---|---|---|"
    rows = []
    for method in METHODS:
        hits = found[*year, method]
        means = [mean_of([value(hit) for hit in hits]) for value in _MEASURES.values()]
        rows.append(([-_rounded(mean.value) for mean in means], method, means))
    for _, method, means in sorted(rows, key=lambda row: row[:2]):
        name = f"**`{method}`**" if method in (OURS, INDICATOR) else f"`{method}`"
        cells = " | ".join(map(str, means))
        yield f"| {name} {LABELS[method]} | {cells} |"


def coverage(covered: AllCovered) -> Iterator[str]:
    """How often the intervals of every source hold the ranks that they aim at."""
    yield f"| world | source | ranks in it | {' | '.join(AIMS)} | nominees, {AIMS[0]} |"
    yield "|---|---|---|" + "---|" * (len(AIMS) + 1)
    for world in WORLDS:
        for source in SOURCES:
            seeds = covered[world.name, source]
            width = mean_of([one.width for one in seeds])
            held = [str(mean_of([one.held[aim] for one in seeds])) for aim in AIMS]
            top = mean_of([one.top_held[AIMS[0]] for one in seeds])
            cells = " | ".join(held)
            yield f"| `{world.name}` | `{source}` | {width.value:.1f} | {cells} | {top} |"


def chances(covered: AllCovered) -> Iterator[str]:
    """Of those who were told a probability of being a nominee, how many are so in a fresh year."""
    pairs = list(pairwise(CHANCES))
    heads = [f"{low:g} to {high:g}" for low, high in pairs]
    yield f"| world | source | {' | '.join(heads)} |"
    yield "|---|---|" + "---|" * len(heads)
    for world in WORLDS:
        for source in SOURCES:
            told = np.array([one.chance for one in covered[world.name, source]]).sum(axis=0)
            cells = [f"{came / total:.3f} of {total}" if total else "–" for total, came in told]
            yield f"| `{world.name}` | `{source}` | {' | '.join(cells)} |"
