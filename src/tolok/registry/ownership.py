"""Who is credited for the posts of an account, on which days, under the rule of the edition."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from tolok.methodology.edition import ACCOUNT_RULES
from tolok.model import Account, Lineage, Registry
from tolok.registry.days import end_day, first_day

_GOES_WHOLE = ("rename", "merge", "upgrade", "downgrade")


@dataclass(frozen=True)
class Ownership:
    """The institution that is credited for an account's posts in [valid_from, valid_to)."""

    account_id: str
    institution_id: str
    valid_from: date | None
    valid_to: date | None


def ownership(
    registry: Registry, rule: str, *, closes_on: date | None = None
) -> tuple[Ownership, ...]:
    """Who is credited for each counted account on which days, by account and first day.

    - `days_owned`: the owner of the day, as the rows are dated.
    - `heir`: posts of a predecessor go to the institution that the lineage names as its successor
      and that owned the account later. Where none did, they go to the sole successor of a body
      that was renamed, merged, upgraded or downgraded; and so on from there. Accounts of a body
      that was split stay with it, unless the account itself moved to one of its parts.
    - `exclude`: nobody is credited for the days before the last change, where the account
      changed hands or its owner is a predecessor in the lineage.

    Only accounts with counts=yes are credited; who owned them later may not count. Changes on or
    after closes_on are not yet known to the edition and are passed over.
    Missing: an unbounded day is None.
    Raises: ValueError for a rule that the methodology does not know.
    """
    if rule not in ACCOUNT_RULES:
        raise ValueError(rule)
    known_before = closes_on or date.max
    lineage = [change for change in registry.lineage if change.effective_on < known_before]
    rows: defaultdict[str, list[Account]] = defaultdict(list)
    for account in registry.accounts:
        if first_day(account) < known_before:
            rows[account.account_id].append(account)
    spans: list[Ownership] = []
    for _, same in sorted(rows.items()):
        same.sort(key=lambda row: (first_day(row), row.institution_id))
        for row in same:
            if row.counts:
                spans += _credited(row, same, lineage, rule)
    return tuple(_joined(spans))


def account_names(registry: Registry) -> dict[str, str]:
    """Every name under which a source may know an account, to its account_id.

    Ties: an account_id means itself; else a present handle goes before a past one, and the later
    row before the earlier. Names that two accounts hold on the same day are a fault of the check.
    """
    names: dict[str, str] = {}
    rows = sorted(registry.accounts, key=lambda row: (first_day(row), row.account_id))
    for account in rows:
        names |= dict.fromkeys(account.names, account.account_id)
    for account in rows:
        names |= dict.fromkeys(replace(account, past_handles=()).names, account.account_id)
    return names | {account.account_id: account.account_id for account in rows}


def _credited(
    row: Account, same: list[Account], lineage: list[Lineage], rule: str
) -> Iterator[Ownership]:
    """What the rule makes of one row, given all rows of its account in the order of their days."""
    institution_id, valid_from = row.institution_id, row.valid_from
    if rule == "heir":
        later = [other.institution_id for other in same if first_day(other) >= end_day(row)]
        institution_id = _heir(institution_id, later, lineage)
    if rule == "exclude":
        changes = [
            first_day(after)
            for before, after in pairwise(same)
            if before.institution_id != after.institution_id
        ]
        changes += [c.effective_on for c in lineage if c.predecessor_id == row.institution_id]
        valid_from = max((day for day in (*changes, valid_from) if day), default=None)
    if first_day(replace(row, valid_from=valid_from)) < end_day(row):
        yield Ownership(row.account_id, institution_id, valid_from, row.valid_to)


def _heir(institution_id: str, later: list[str], lineage: list[Lineage]) -> str:
    """The last later owner that descends from an institution, else its sole heir's sole heir."""
    descendants = _descendants(institution_id, lineage)
    moved_to = [owner for owner in later if owner in descendants]
    heir = moved_to[-1] if moved_to else institution_id
    seen = {heir}
    while True:
        changes = [c for c in lineage if c.predecessor_id == heir and c.successor_id]
        successors = {change.successor_id for change in changes}
        whole = all(change.change in _GOES_WHOLE for change in changes)
        if len(successors) != 1 or not whole or successors <= seen:
            return heir
        (heir,) = successors
        seen.add(heir)


def _descendants(institution_id: str, lineage: list[Lineage]) -> set[str]:
    found: set[str] = set()
    frontier = {institution_id}
    while frontier:
        children = {c.successor_id for c in lineage if c.predecessor_id in frontier}
        frontier = children - found - {institution_id, ""}
        found |= frontier
    return found


def _joined(spans: Iterable[Ownership]) -> Iterator[Ownership]:
    """The spans, those of one account and institution that meet made one."""
    held: Ownership | None = None
    for span in spans:
        meets = (
            held is not None
            and (held.account_id, held.institution_id) == (span.account_id, span.institution_id)
            and held.valid_to is not None
            and held.valid_to == span.valid_from
        )
        if held is not None and meets:
            held = replace(held, valid_to=span.valid_to)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held
