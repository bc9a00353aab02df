"""Corrections and objections, as the organiser writes them beside the registry: corrections.csv.

The file is published as it stands, so nothing that tells of a person may be in it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tolok.errors import FaultsFound, did_you_mean
from tolok.registry.sheet import Row, Sheet

FILE = "corrections.csv"
COLUMNS = (
    "number", "received_on", "institution_id", "subject", "claim", "evidence", "status",
    "decided_on", "answer", "effect",
)  # fmt: skip
SUBJECTS = ("post", "count", "account", "other")
STATUSES = ("open", "accepted", "rejected", "withdrawn")
_ANSWERED = ("accepted", "rejected")
_WRITTEN = ("claim", "evidence", "answer", "effect")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w/.=-])(?:\+?62|0)[ -]?8[1-9](?:[ -]?\d){7,10}(?!\w)")


@dataclass(frozen=True)
class Correction:
    """One correction that was asked for, and what became of it.

    institution_id is empty where it is about the edition as a whole; decided_on is None while it is
    open.
    """

    number: int
    received_on: date
    institution_id: str
    subject: str
    claim: str
    evidence: str
    status: str
    decided_on: date | None
    answer: str
    effect: str

    @property
    def changed_on(self) -> date:
        """The day of the last change: its decision, or its receipt."""
        return self.decided_on or self.received_on


def read_corrections(folder: Path, institutions: Collection[str]) -> tuple[Correction, ...]:
    """The corrections of an edition folder, the newest first.

    Missing: none where there is no such file.
    Ties: of one day the higher number goes first.
    Raises: FaultsFound with every fault of the file, each with its line and column.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    sheet = Sheet(path, COLUMNS)
    found = [_correction(row, institutions) for row in sheet.rows]
    numbers = [one.number for one in found]
    for row, one in zip(sheet.rows, found, strict=True):
        if one.number and numbers.count(one.number) > 1:
            row.fault("number", f"{one.number} stands more than once.", "Give each its own.")
    if sheet.faults:
        raise FaultsFound("the corrections cannot be read", sheet.faults)
    return tuple(sorted(found, key=lambda one: (one.received_on, one.number), reverse=True))


def _correction(row: Row, institutions: Collection[str]) -> Correction:
    one = Correction(
        number=_number(row),
        received_on=row.day("received_on", required=True) or date.min,
        institution_id=_institution(row, institutions),
        subject=_word(row, "subject", SUBJECTS),
        claim=row.text("claim", required=True),
        evidence=row.text("evidence"),
        status=_word(row, "status", STATUSES),
        decided_on=row.day("decided_on"),
        answer=row.text("answer"),
        effect=row.text("effect"),
    )
    _check_decision(row, one)
    _check_privacy(row)
    return one


def _number(row: Row) -> int:
    text = row.text("number", required=True)
    if text and not (text.isascii() and text.isdigit() and int(text)):
        row.fault("number", f"{text!r} is no number.", "Number them 1, 2, 3.")
        return 0
    return int(text or 0)


def _institution(row: Row, institutions: Collection[str]) -> str:
    text = row.text("institution_id")
    if text and text not in institutions:
        hint = did_you_mean(text, institutions) or "Expected one of the registry, or nothing."
        row.fault("institution_id", f"{text!r} is no institution of the registry.", hint)
    return text


def _word(row: Row, column: str, words: tuple[str, ...]) -> str:
    text = row.text(column, required=True)
    if text and text not in words:
        row.fault(column, f"{text!r} is not known.", f"Expected {', '.join(words)}.")
    return text


def _check_decision(row: Row, one: Correction) -> None:
    if one.status == "open" and one.decided_on is not None:
        row.fault("decided_on", "an open correction has no day of decision.", "Empty the cell.")
    if one.status in STATUSES[1:] and not row.text("decided_on"):
        row.fault("decided_on", "the cell is empty.", f"Say when it was {one.status}.")
    if one.decided_on is not None and one.decided_on < one.received_on:
        row.fault("decided_on", "lies before received_on.", "Correct one of both days.")
    if one.status in _ANSWERED and not one.answer:
        row.fault("answer", "the cell is empty.", "Say in a sentence why it was decided so.")


def _check_privacy(row: Row) -> None:
    """What looks like an address or a number of a person must not be published."""
    for column in _WRITTEN:
        text = row.text(column)
        for what, pattern in (("an e-mail address", _MAIL), ("a telephone number", _TELEPHONE)):
            if pattern.search(text):
                row.fault(column, f"holds {what}.", "The file is published: take it out.")
