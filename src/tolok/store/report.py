"""What became of a brought file: every row that was read is kept, a duplicate, or rejected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

SHOWN_REJECTS = 20
"""Rejected rows that a report spells out; the table `rejects` holds all of them."""


@dataclass(frozen=True)
class Reject:
    """One row that was not let in: where it stands, what stood there, and what is wrong."""

    row: int
    column: str
    value: str | None
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """The account of one file: rows_read = rows_kept + rows_duplicate + rows_rejected, always.

    A row is a line of a table or an item of a platform's answer. An item counts once, also where
    it gives a reading of followers and a handle: it is kept if the store gained anything from it.
    notes are what was taken for granted, or left out.
    """

    file: str
    sha256: str
    format: str
    rows_read: int
    rows_kept: int
    rows_duplicate: int
    rows_rejected: int
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()

    def again(self, file: str) -> "ImportReport":
        """The account of the same bytes brought once more: nothing is new."""
        duplicate = self.rows_kept + self.rows_duplicate
        return replace(self, file=file, rows_kept=0, rows_duplicate=duplicate)

    def to_dict(self) -> dict[str, Any]:
        """The report as the JSON document that the command line prints."""
        return asdict(self) | {"rejects": [asdict(reject) for reject in self.rejects]}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "ImportReport":
        """The report that a JSON document holds; fields beside its own are left alone."""
        rejects = tuple(Reject(**reject) for reject in document["rejects"])
        names = [name for name in cls.__dataclass_fields__ if name not in {"rejects", "notes"}]
        notes = tuple(document.get("notes", ()))
        return cls(**{name: document[name] for name in names}, rejects=rejects, notes=notes)
