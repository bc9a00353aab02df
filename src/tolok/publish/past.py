"""What an edition's folder holds of the past: earlier editions, breaks, lineage, old winners."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tolok.errors import FaultsFound, InputError
from tolok.model import Lineage
from tolok.publish.archived import ArchivedEdition, read_archive
from tolok.registry.breaks import Break, read_breaks
from tolok.registry.read import read_lineage
from tolok.registry.sourced import Sourced, read_sourced

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Past:
    """Earlier editions, the oldest first; breaks by date; who became whom; what others told."""

    archive: tuple[ArchivedEdition, ...]
    breaks: tuple[Break, ...]
    lineage: tuple[Lineage, ...]
    sourced: tuple[Sourced, ...]

    @property
    def last(self) -> ArchivedEdition | None:
        """The edition before this one; None where none is archived."""
        return self.archive[-1] if self.archive else None


def read_past(edition: Path) -> Past:
    """What an edition's folder holds of the past.

    Raises: FaultsFound with every fault of every file.
    """
    faults: list[InputError] = []
    past = Past(
        archive=_read(lambda: read_archive(edition), faults),
        breaks=_read(lambda: read_breaks(edition), faults),
        lineage=_read(lambda: read_lineage(edition / "registry"), faults),
        sourced=_read(lambda: read_sourced(edition), faults),
    )
    if faults:
        raise FaultsFound(f"{edition}: the archive cannot be read", faults)
    return past


def _read(reader: Callable[[], tuple[_Row, ...]], faults: list[InputError]) -> tuple[_Row, ...]:
    """What a reader gives; where it finds faults, nothing, and the faults go to the list."""
    try:
        return reader()
    except FaultsFound as group:
        faults += [one for one in group.exceptions if isinstance(one, InputError)]
        return ()
