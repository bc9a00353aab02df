"""The whole tree of errors that Tolok raises on purpose, cut by who can put them right.

    TolokError
    ├── InputError            the operator mends a file or an argument      exit 2
    │   ├── FileFault         one fault at one place of one file
    │   ├── FaultsFound       all faults of a file or folder at once (an ExceptionGroup)
    │   ├── UnknownFormat     no reader claims the file
    │   ├── AmbiguousFormat   two readers claim the file
    │   ├── NotAnEdition      the folder holds no edition.toml
    │   ├── NothingToScore    the store holds no post inside the window
    │   ├── IndexFault        a composite index that cannot be made as it was asked for
    │   ├── JuryFault         a jury's sheet, or a tally that cannot be made as it was asked for
    │   └── NotComparable     entries that no juror, and no chain of jurors, compares
    ├── SourceError           a platform or the network: wait, or change the key   exit 3
    └── RuleError             the edition's rules forbid it                 exit 4
        ├── RulesChanged      a rule file differs from its locked copy
        └── NotLocked         the step needs locked rules

Bugs are plain ValueError, TypeError or AssertionError and are never caught.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Self


class TolokError(Exception):
    """Any error that Tolok explains to the person who can put it right."""

    exit_status = 1


class InputError(TolokError):
    """A file or an argument that the operator can mend."""

    exit_status = 2


class SourceError(TolokError):
    """A platform or the network that does not answer as it should."""

    exit_status = 3


class RuleError(TolokError):
    """An act that the edition's rules forbid."""

    exit_status = 4


@dataclass(eq=False)
class FileFault(InputError):
    """One fault at one place of one file: what is wrong, what was expected, what to do."""

    file: str
    problem: str
    line: int | None = None
    column: str | None = None
    remedy: str = ""

    def __str__(self) -> str:
        """The fault as one message, place first."""
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: {self.problem}" + (f" {self.remedy}" if self.remedy else "")


class FaultsFound(ExceptionGroup[InputError], InputError):
    """All faults of a file or a folder, found in one reading."""

    def __new__(cls, title: str, faults: Sequence[InputError]) -> Self:
        """The group of the faults in the order in which they stand in the files."""
        return super().__new__(cls, title, list(faults))

    def derive(self, excs: Sequence[InputError]) -> "FaultsFound":  # type: ignore[override]  # narrower than typeshed: only faults go in
        """A group of the same title with other faults."""
        return FaultsFound(self.message, excs)

    def __str__(self) -> str:
        """The title, then a line a fault."""
        return "\n".join([f"{self.message}:", *(f"  {fault}" for fault in self.exceptions)])


@dataclass(eq=False)
class UnknownFormat(InputError):
    """A file whose format no reader claims."""

    file: str
    header: str
    formats: Sequence[str]
    hint: str = ""

    def __str__(self) -> str:
        """What the file begins with, what it may lack, and where the formats are listed."""
        return (
            f"{self.file}: no known format has these columns or this shape: {self.header}. "
            + (f"{self.hint} " if self.hint else "")
            + "Name the format with --as if you know it; `--as ?` lists all of them."
        )


@dataclass(eq=False)
class AmbiguousFormat(InputError):
    """A file that more than one reader claims."""

    file: str
    formats: Sequence[str]

    def __str__(self) -> str:
        """The claims, and how to decide."""
        return f"{self.file}: could be {' or '.join(self.formats)}. Say which with --as."


@dataclass(eq=False)
class NotAnEdition(InputError):
    """A folder that holds no edition."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and how to make an edition."""
        return (
            f"{self.folder}: no edition.toml here. "
            f"Name an edition's folder, or make one with `tolok new {self.folder}`."
        )


@dataclass(eq=False)
class NothingToScore(InputError):
    """An edition whose store holds no post of a counted account inside the window."""

    folder: Path
    why: str

    def __str__(self) -> str:
        """Why nothing is left to score, and what to look at."""
        return f"{self.folder}: nothing to score: {self.why} See `tolok check {self.folder}`."


@dataclass(eq=False)
class IndexFault(InputError):
    """One fault of a composite index: where, what is wrong, what to do."""

    place: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """The fault as one message, place first."""
        return f"{self.place}: {self.problem}" + (f" {self.remedy}" if self.remedy else "")


@dataclass(eq=False)
class JuryFault(InputError):
    """One fault of a jury's sheet, or of what is asked of it: where, what is wrong, what to do."""

    place: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """The fault as one message, place first."""
        return f"{self.place}: {self.problem}" + (f" {self.remedy}" if self.remedy else "")


@dataclass(eq=False)
class NotComparable(InputError):
    """Entries that fall into groups which no juror, and no chain of jurors, compares."""

    groups: Sequence[Sequence[str]]

    def __str__(self) -> str:
        """The groups, and what would join them."""
        groups = " | ".join(", ".join(group) for group in self.groups)
        return (
            f"these entries cannot be compared across the bars, for no juror judged on both sides: "
            f"{groups}. Let a juror judge one more of each, or tally the groups apart."
        )


@dataclass(eq=False)
class RulesChanged(RuleError):
    """Rule files that differ from the copies the lock holds."""

    changes: Sequence[str]

    def __str__(self) -> str:
        """Each changed file with its first changed line, and the two ways on."""
        listed = "\n".join(f"  {change}" for change in self.changes)
        return (
            f"the rules were changed after they were locked:\n{listed}\n"
            "Put the locked text back (it stands in lock/), or record the change with "
            '`tolok lock DIR --erratum "reason"`.'
        )


@dataclass(eq=False)
class NotLocked(RuleError):
    """A step that needs locked rules, in an edition without a lock."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and how to lock it."""
        return f"{self.folder}: the rules are not locked. Run `tolok lock {self.folder}` first."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the known word nearest to a mistyped one, or nothing."""
    nearest = get_close_matches(word, list(known), n=1)
    return f"Did you mean {nearest[0]!r}?" if nearest else ""
