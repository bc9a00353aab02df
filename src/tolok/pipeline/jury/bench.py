"""What counting needs of a jury, whether it lies on the secretary's desk or was published."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tolok.jury.ballot import Entry
from tolok.jury.ledger import Line
from tolok.jury.standing import Standing
from tolok.methodology.jury import Panel
from tolok.methodology.rules import Rules


class Bench(Protocol):
    """A jury's rules, nominees and ballots; jurors are codes."""

    @property
    def rules(self) -> Rules:
        """The edition's rules."""
        ...

    @property
    def panel(self) -> Panel:
        """The jury's rules."""
        ...

    @property
    def lines(self) -> tuple[Line, ...]:
        """The ledger."""
        ...

    @property
    def standing(self) -> Standing:
        """What the ledger adds up to."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each juror by code."""
        ...

    @property
    def institutions(self) -> Mapping[str, str]:
        """The names of all institutions, by id."""
        ...

    @property
    def nominees(self) -> tuple[Mapping[str, str], ...]:
        """The rows of nominees.csv, in its order."""
        ...

    @property
    def awards(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """The nominees of each (category, cluster)."""
        ...

    def ballot_file(self, round_name: str, juror: str, version: int) -> Path:
        """Where one version of a juror's ballot of a round lies."""
        ...


def awards_of(
    rules: Rules, nominees: tuple[Mapping[str, str], ...]
) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """The nominees of each (category, cluster), in the order of the rules and of the places."""
    return {
        (category.name, cluster.name): tuple(
            Entry(row["category"], row["cluster"], row["institution_id"])
            for row in nominees
            if (row["category"], row["cluster"]) == (category.name, cluster.name)
        )
        for category in rules.categories
        for cluster in rules.edition.clusters
    }
