"""Who an institution was in an earlier edition: the same, renamed, merged, split off, or new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tolok.model import Lineage, Window

CONTINUED = ("rename", "upgrade", "downgrade")
"""Changes after which the successor is the predecessor under another name."""


@dataclass(frozen=True)
class Identity:
    """Who an institution was: by which id it is found, and what happened since.

    `earlier_id` is None where nothing in the earlier edition is the same institution; `origin` says
    how it came to be: "same", "renamed", "merged", "split", "new". `events` are the merges and
    splits that changed the same institution between the editions or during one of them.
    """

    earlier_id: str | None
    origin: str
    predecessors: tuple[str, ...] = ()
    events: tuple[Lineage, ...] = ()


def identity_of(
    institution_id: str,
    lineage: Sequence[Lineage],
    known: Collection[str],
    earlier: Window,
    later: Window,
) -> Identity:
    """Who an institution was in the earlier edition, whose institutions are `known`.

    Missing: an id that the earlier edition has is the same institution, whatever the lineage says;
    a chain of renames is followed back to the first id that the earlier edition has.
    """
    if institution_id in known:
        return Identity(
            institution_id, "same", events=_events(institution_id, lineage, earlier, later)
        )
    seen, current = {institution_id}, institution_id
    while True:
        rows = [row for row in lineage if row.successor_id == current and row.predecessor_id]
        before = tuple(dict.fromkeys(row.predecessor_id for row in rows))
        if not rows:
            return Identity(None, "new")
        changes = {row.change for row in rows}
        if len(before) > 1 or "merge" in changes:
            return Identity(None, "merged", before)
        if "split" in changes or not changes & set(CONTINUED):
            return Identity(None, "split" if "split" in changes else "new", before)
        current = before[0]
        if current in known:
            events = _events(current, lineage, earlier, later)
            return Identity(current, "renamed", before, events)
        if current in seen:
            return Identity(None, "new")
        seen.add(current)


def _events(
    institution_id: str, lineage: Sequence[Lineage], earlier: Window, later: Window
) -> tuple[Lineage, ...]:
    """Merges into an institution and splits off it, from the earlier window on to the later's end.

    A split that goes on under the same id is a row from the institution to itself: no news.
    """
    rows = [
        row
        for row in lineage
        if earlier.opens_on < row.effective_on < later.closes_on
        and row.predecessor_id != row.successor_id
        and (
            (row.change == "merge" and row.successor_id == institution_id)
            or (row.change == "split" and row.predecessor_id == institution_id)
        )
    ]
    return tuple(sorted(rows, key=lambda row: (row.effective_on, row.successor_id)))
