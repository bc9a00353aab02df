"""What may be wrong with the lineage: unknown bodies, dates that disagree, orphaned accounts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tolok.errors import did_you_mean
from tolok.model import LINEAGE_CHANGES, Account, Institution, Lineage, Registry, Window
from tolok.registry.days import end_day, first_day
from tolok.registry.finding import Finding, Severity

FILE = "registry/lineage.csv"

ENDING_CHANGES = ("rename", "merge", "upgrade", "downgrade", "dissolved")
"""Changes after which the predecessor is no more; after a split it may live on."""


def lineage_findings(registry: Registry, window: Window) -> Iterator[Finding]:
    """All findings about lineage, and accounts that it leaves without an owner."""
    institutions = {i.institution_id: i for i in registry.institutions}
    seen: dict[tuple[str, str, date], Lineage] = {}
    for change in registry.lineage:
        yield from _word_findings(change, institutions)
        yield from _date_findings(change, institutions)
        key = (change.predecessor_id, change.successor_id, change.effective_on)
        if key in seen:
            problem = f"the change stands twice (line {seen[key].line or '?'})."
            yield _finding("fault", change, problem, "Keep one row.")
        seen.setdefault(key, change)
    yield from _orphan_findings(registry, institutions, window)


def _word_findings(change: Lineage, institutions: dict[str, Institution]) -> Iterator[Finding]:
    if change.change not in LINEAGE_CHANGES:
        expected = f"Expected one of {', '.join(LINEAGE_CHANGES)}."
        remedy = f"{did_you_mean(change.change, LINEAGE_CHANGES)} {expected}".strip()
        yield _finding("fault", change, f"{change.change!r} is not a known change.", remedy)
    ends = (
        ("predecessor", change.predecessor_id, change.change == "new"),
        ("successor", change.successor_id, change.change == "dissolved"),
    )
    for end, institution_id, may_be_empty in ends:
        if institution_id and institution_id not in institutions:
            hint = did_you_mean(institution_id, institutions)
            problem = f"the {end} {institution_id!r} is not in institutions.csv."
            yield _finding("fault", change, problem, hint or "Add it there, with its dates.")
        if not institution_id and not may_be_empty:
            remedy = "Only what is new has no predecessor, what is dissolved no successor."
            yield _finding("fault", change, f"the {end} is empty.", remedy)
    if change.predecessor_id == change.successor_id:
        yield _finding("fault", change, "predecessor and successor are one.", "Name two.")
    if change.change == "new" and change.predecessor_id:
        remedy = "Leave predecessor_id empty, or name the change."
        yield _finding("fault", change, "what is new has no predecessor.", remedy)


def _date_findings(change: Lineage, institutions: dict[str, Institution]) -> Iterator[Finding]:
    predecessor = institutions.get(change.predecessor_id)
    successor = institutions.get(change.successor_id)
    day = change.effective_on
    if predecessor and first_day(predecessor) >= day:
        problem = f"{predecessor.institution_id} begins on {predecessor.valid_from}, not before."
        yield _finding("fault", change, problem, "Mend effective_on or its valid_from.")
    if successor and end_day(successor) <= day:
        problem = f"{successor.institution_id} ends on {successor.valid_to}, not after."
        yield _finding("fault", change, problem, "Mend effective_on or its valid_to.")
    if predecessor and change.change in ENDING_CHANGES and predecessor.valid_to != day:
        if predecessor.valid_to is None:
            problem = f"{predecessor.institution_id} has no valid_to: it competes on."
            yield _finding("warning", change, problem, f"Set its valid_to to {day}, if it ended.")
        else:
            problem = f"{predecessor.institution_id} ends on {predecessor.valid_to}."
            yield _finding("fault", change, problem, f"Set its valid_to to {day}, or mend the day.")


def _orphan_findings(
    registry: Registry, institutions: dict[str, Institution], window: Window
) -> Iterator[Finding]:
    """Accounts of an institution that ended, which nobody owns from then on.

    It is a fault where posts of the window would silently be credited to nobody.
    """
    rows: defaultdict[str, list[Account]] = defaultdict(list)
    for account in registry.accounts:
        rows[account.account_id].append(account)
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    for change in registry.lineage:
        heirs[change.predecessor_id] += [change.successor_id] if change.successor_id else []
    for account in registry.accounts:
        owner = institutions.get(account.institution_id)
        if owner is None or owner.valid_to is None or end_day(account) < owner.valid_to:
            continue
        ended_on = owner.valid_to
        later = [row for row in rows[account.account_id] if first_day(row) >= ended_on]
        if later and end_day(account) == ended_on:
            continue
        yield Finding(
            "fault" if account.counts and window.closes_on > ended_on else "warning",
            "registry/accounts.csv",
            account.line,
            account.account_id,
            f"{account.institution_id} ended on {ended_on}; no row names an owner from then on.",
            f"Set valid_to to {ended_on} and add a row for the owner after it"
            f"{_one_of(heirs[account.institution_id])}; counts may be no there, with a reason.",
        )


def _one_of(heirs: list[str]) -> str:
    return f", perhaps {' or '.join(heirs)}" if heirs else ""


def _finding(severity: Severity, change: Lineage, problem: str, remedy: str) -> Finding:
    subject = f"{change.predecessor_id or '(none)'} to {change.successor_id or '(none)'}"
    return Finding(
        severity, FILE, change.line, f"{subject}, {change.effective_on}", problem, remedy
    )
