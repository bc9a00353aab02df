"""The panel before it begins: who sits where, under which code, and in which order entries come."""

import hashlib
import hmac
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from tolok.errors import JuryFault
from tolok.methodology.category import Category
from tolok.methodology.jury import Panel

Thing = TypeVar("Thing")


def panel_faults(panel: Panel, categories: Sequence[Category]) -> Iterator[JuryFault]:
    """Everything that keeps a panel from beginning: seats, rounds, rubrics."""
    if not any(one.kind == "scores" for one in panel.rounds):
        remedy = "Add [[jury.round]] with opens_at and closes_at to edition.toml."
        yield JuryFault("edition.toml, jury", "has no round of scores.", remedy)
    for category in categories:
        place = f"categories/{category.name}.toml"
        if not category.criteria:
            remedy = "Add [[criterion]] with name, label and weight."
            yield JuryFault(place, "has no rubric for the jury.", remedy)
        jurors = panel.jurors_of(category.name)
        if len(jurors) < panel.least_jurors:
            problem = f"has {len(jurors)} jurors; the rules ask for {panel.least_jurors}."
            remedy = "Add [[jury.juror]] to edition.toml, or change least_jurors and say why."
            yield JuryFault(place, problem, remedy)
        insiders = [one for one in jurors if one.seat]
        too_many = {"none": 0, "minority": (len(jurors) - 1) // 2, "any": len(jurors)}
        if len(insiders) > max(too_many[panel.insiders], 0):
            names = ", ".join(one.name for one in insiders)
            problem = (
                f"{len(insiders)} of {len(jurors)} jurors are of the organiser or the data "
                f"supplier ({names}); the rules allow {panel.insiders}."
            )
            yield JuryFault(place, problem, "Seat more jurors from outside.")


def juror_codes(names: Collection[str], key: bytes) -> dict[str, str]:
    """A code a juror, J1, J2 and so on, in an order that only the key tells.

    >>> sorted(juror_codes(["Ana", "Budi"], b"key").values())
    ['J1', 'J2']
    """
    drawn = sorted(names, key=lambda name: hmac.new(key, name.encode(), hashlib.sha256).digest())
    return {name: f"J{place}" for place, name in enumerate(drawn, start=1)}


def shuffled(things: Sequence[Thing], names: Sequence[str], *seed: object) -> tuple[Thing, ...]:
    """The things in an order drawn by a seed; the order in which they come does not matter."""
    start = "|".join(map(str, seed))

    def drawn(named: tuple[str, Thing]) -> tuple[bytes, str]:
        return hashlib.sha256(f"{start}|{named[0]}".encode()).digest(), named[0]

    return tuple(thing for _, thing in sorted(zip(names, things, strict=True), key=drawn))
