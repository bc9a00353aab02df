"""Declarations: a juror's ties to institutions, told before any nominee is shown."""

from dataclasses import dataclass
from datetime import date

TIES = ("employer", "contract", "kin", "seat", "other")
"""Works there; is paid by it or sells to it; a relative does; sits on its board; by own choice."""


@dataclass(frozen=True)
class Tie:
    """What binds a juror to an institution; `ended_on` None is a tie that still holds."""

    institution_id: str
    kind: str
    ended_on: date | None
    reason: str


@dataclass(frozen=True)
class DeclarationForm:
    """A declaration as it is issued; it lists every institution, so that it tells no nominee."""

    edition: str
    juror: str
    lock_hash: str
    institution_ids: tuple[str, ...]


@dataclass(frozen=True)
class TieRow:
    """A row of a declaration as it came back: its place, and the cells as they are."""

    place: str
    institution_id: str
    kind: str | None
    ended_on: str | date | None
    reason: str | None


@dataclass(frozen=True)
class ReturnedDeclaration:
    """A declaration as it came back; `is_signed` is the cell by which a juror says it is whole."""

    file: str
    head: dict[str, str]
    rows: tuple[TieRow, ...]
    is_signed: bool
