"""Conflicts of interest: which declared ties bind, by rule or by the juror's own choice."""

from collections.abc import Iterator
from datetime import date, datetime

from tolok.errors import FaultsFound, FileFault, did_you_mean
from tolok.jury.declaration import TIES, DeclarationForm, ReturnedDeclaration, Tie, TieRow

LASTING = ("kin", "other")
"""Ties that bind whenever they ended: kinship does not end, and a choice is the juror's."""
_HEAD = {
    "edition": "is of the edition {had!r}; this is {has!r}.",
    "juror": "is of the juror {had!r}, not of {has!r}.",
    "lock_hash": "is an old form: the rules were locked anew after it was issued.",
}


def binds(tie: Tie, today: date, tie_years: int) -> bool:
    """Whether a tie keeps the juror from judging the institution.

    An employment, a contract or a seat binds while it holds and for tie_years after; kinship and
    what the juror names by choice always bind.
    """
    if tie.kind in LASTING or tie.ended_on is None:
        return True
    return (tie.ended_on.year + tie_years, tie.ended_on.month, tie.ended_on.day) > (
        today.year, today.month, today.day,
    )  # fmt: skip


def grounds(tie: Tie) -> str:
    """`choice` where the juror steps back by own choice, else `rule`."""
    return "choice" if tie.kind == "other" else "rule"


def check_declaration(form: DeclarationForm, returned: ReturnedDeclaration) -> tuple[Tie, ...]:
    """The ties of a declaration that answers its form; an empty tuple where the juror has none.

    Raises: FaultsFound with every fault: another edition, juror or lock, not signed, a tie of no
    known kind, without a reason, to an institution that is not on the form or stands twice, a date
    that is none.
    """
    faults = list(_head_faults(form, returned))
    ties: dict[str, Tie] = {}
    for row in returned.rows:
        if not any((row.kind, row.ended_on, row.reason)):
            continue
        found = list(_row_faults(form, returned.file, row, ties))
        faults += found
        if not found:
            ended_on = _day(row.ended_on)
            reason = str(row.reason).strip()
            ties[row.institution_id] = Tie(row.institution_id, str(row.kind), ended_on, reason)
    if faults:
        raise FaultsFound(f"{returned.file}: this declaration cannot count", faults)
    return tuple(ties[name] for name in sorted(ties))


def _head_faults(form: DeclarationForm, returned: ReturnedDeclaration) -> Iterator[FileFault]:
    expected = {"edition": form.edition, "juror": form.juror, "lock_hash": form.lock_hash}
    for name, has in expected.items():
        had = returned.head.get(name, "")
        if had != has:
            remedy = "Use the form that this juror was given."
            yield FileFault(returned.file, _HEAD[name].format(had=had, has=has), remedy=remedy)
    if not returned.is_signed:
        remedy = "The juror answers yes where the form asks whether all ties are declared."
        yield FileFault(returned.file, "is not signed.", remedy=remedy)


def _row_faults(
    form: DeclarationForm, file: str, row: TieRow, known: dict[str, Tie]
) -> Iterator[FileFault]:
    def fault(problem: str, remedy: str = "") -> FileFault:
        return FileFault(file, problem, column=row.place, remedy=remedy)

    if row.institution_id not in form.institution_ids:
        hint = did_you_mean(row.institution_id, form.institution_ids)
        yield fault(f"{row.institution_id!r} is no institution of the edition.", hint)
    if row.institution_id in known:
        yield fault(f"{row.institution_id}: stands twice.", "Keep the tie that binds longest.")
    if row.kind not in TIES:
        had = "has no kind of tie." if not row.kind else f"{row.kind!r} is no kind of tie."
        yield fault(had, f"Expected one of {', '.join(TIES)}.")
    if not (row.reason or "").strip():
        yield fault("has no reason.", "Say in a few words what the tie is.")
    if row.ended_on and _day(row.ended_on) is None:
        yield fault(f"{row.ended_on!r} is no date.", "Write a date as 2025-12-31.")


def _day(cell: str | date | None) -> date | None:
    """The day of a cell; None for an empty one and for what is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or not cell:
        return cell or None
    try:
        return date.fromisoformat(cell.strip()[:10])
    except ValueError:
        return None
