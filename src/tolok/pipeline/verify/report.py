"""What a verification found: a line a check, and each difference by file, place and both values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["same", "different", "not_checked"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it is computed: where it stands, what stands there, what should."""

    file: str
    place: str
    published: str
    computed: str

    def __str__(self) -> str:
        """The difference in a line."""
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{place}: is {self.published}, but {self.computed}"


@dataclass(frozen=True)
class Check:
    """One kind of thing that was looked at.

    `compared` counts what was held against each other, in the unit that `what` names; `why` says
    why a check could not be made, or what it rests on.
    """

    name: str
    what: str
    state: State
    compared: int = 0
    differences: tuple[Difference, ...] = ()
    difference_count: int = 0
    why: str = ""


@dataclass(frozen=True)
class Verification:
    """All checks of one publication, and what it says it is."""

    folder: str
    edition: str
    lock_hash: str
    data_sha256: str
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing that was checked differs."""
        return all(check.state != "different" for check in self.checks)


def checked(
    name: str, what: str, compared: int, differences: Sequence[Difference], *, why: str = ""
) -> Check:
    """A check that was made: the same, or different with the first of its differences."""
    state: State = "different" if differences else "same"
    return Check(name, what, state, compared, tuple(differences[:SHOWN]), len(differences), why)


def unchecked(name: str, what: str, why: str) -> Check:
    """A check that could not be made, and why."""
    return Check(name, what, "not_checked", why=why)


SHOWN = 50
"""Differences of one check that are kept; all are counted."""
