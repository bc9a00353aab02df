"""The ledger: every act of the jury, in an order that nobody can change unseen.

A line is a JSON object with its number, instant, act, body, the hash of the line before, and its
own hash over all of these. Jurors appear by code only.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tolok.errors import InputError

ACTS = (
    "opened", "declared", "packed", "issued", "ballot", "refused", "figures", "tallied",
    "overridden", "closed",
)  # fmt: skip
_FIRST = "0" * 64


@dataclass(eq=False)
class LedgerBroken(InputError):
    """A ledger whose lines are not those that were written, in their order."""

    line: int
    problem: str

    def __str__(self) -> str:
        """Where the chain breaks, and what to do."""
        return (
            f"jury/ledger.jsonl, line {self.line}: {self.problem} The record of the jury was "
            "changed after it was written. Put it back from your own copy."
        )


@dataclass(eq=False)
class ClockWentBack(InputError):
    """An act that would stand before one that is already written."""

    now: datetime
    last_at: datetime

    def __str__(self) -> str:
        """Both times, and what to do."""
        return (
            f"the clock says {self.now:%Y-%m-%d %H:%M:%S} UTC, but the ledger has an act of "
            f"{self.last_at:%Y-%m-%d %H:%M:%S} UTC. Set the clock of this machine."
        )


@dataclass(frozen=True)
class Line:
    """One act of the ledger: its number from 1, when, what, and the chain."""

    number: int
    at: datetime
    act: str
    body: Mapping[str, Any]
    previous: str
    sha256: str

    @property
    def text(self) -> str:
        """The line as it stands in the file, without its end."""
        return _canonical({**_content(self), "sha256": self.sha256})


def added(
    lines: Sequence[Line], acts: Iterable[tuple[str, Mapping[str, Any]]], now: datetime
) -> tuple[Line, ...]:
    """The ledger with acts at its end, all at one instant (whole seconds).

    Raises: ClockWentBack where the last act lies after the instant.
    """
    longer = list(lines)
    at = now.astimezone(UTC).replace(microsecond=0)
    if longer and at < longer[-1].at:
        raise ClockWentBack(at, longer[-1].at)
    for act, body in acts:
        assert act in ACTS, act
        previous = longer[-1].sha256 if longer else _FIRST
        line = Line(len(longer) + 1, at, act, dict(body), previous, "")
        longer.append(_sealed(line))
    return tuple(longer)


def ledger_text(lines: Iterable[Line]) -> str:
    """The ledger as a file: a line an act."""
    return "".join(f"{line.text}\n" for line in lines)


def read_ledger(text: str) -> tuple[Line, ...]:
    """The lines of a ledger whose chain holds.

    Raises: LedgerBroken at the first line that was changed, moved, taken out or cut short.
    """
    lines: list[Line] = []
    for number, written in enumerate(text.splitlines(), start=1):
        line = _read_line(number, written)
        previous = lines[-1].sha256 if lines else _FIRST
        if line.number != number or line.previous != previous:
            raise LedgerBroken(number, "does not follow the line before it.")
        if _sealed(line).sha256 != line.sha256 or line.text != written:
            raise LedgerBroken(number, "is not what its hash was taken from.")
        if lines and line.at < lines[-1].at:
            raise LedgerBroken(number, "lies before the line before it.")
        lines.append(line)
    if text and not text.endswith("\n"):
        raise LedgerBroken(len(lines), "has no end.")
    return tuple(lines)


def head(lines: Sequence[Line]) -> str:
    """The hash of the last line, which stands for the whole ledger."""
    return lines[-1].sha256 if lines else _FIRST


def canonical_sha256(document: Any) -> str:
    """The hash of a document whatever the order of its keys."""
    return hashlib.sha256(_canonical(document).encode()).hexdigest()


def _read_line(number: int, written: str) -> Line:
    try:
        held = json.loads(written)
        at = datetime.fromisoformat(held["at"])
        is_act = held["act"] in ACTS and isinstance(held["body"], dict) and at.tzinfo is not None
        line = Line(held["number"], at, held["act"], held["body"], held["previous"], held["sha256"])
    except (ValueError, TypeError, KeyError):
        is_act = False
    if not is_act:
        raise LedgerBroken(number, "is no act of a jury.")
    return line


def _sealed(line: Line) -> Line:
    sha256 = canonical_sha256(_content(line))
    return Line(line.number, line.at, line.act, line.body, line.previous, sha256)


def _content(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "at": line.at.isoformat(),
        "act": line.act,
        "body": dict(line.body),
        "previous": line.previous,
    }


def _canonical(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
