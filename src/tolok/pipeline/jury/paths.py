"""Where the files of a jury lie: the record, which may be published, and what is private."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_FORBIDDEN = re.compile(r"[^\w-]+")
"""What a name may not bring into the name of a folder: a space stands for it."""


@dataclass(frozen=True)
class JuryPaths:
    """The paths of an edition's jury."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """The record of every act, by juror code."""
        return self.folder / "jury" / "ledger.jsonl"

    @property
    def tables(self) -> Path:
        """The tables of a jury that has closed, as they go into results/."""
        return self.folder / "jury" / "tables"

    @property
    def ballots(self) -> Path:
        """What ballots say, published when the jury closes, as far as the rules publish them."""
        return self.folder / "jury" / "ballots"

    @property
    def roll(self) -> Path:
        """Whose code is whose, published where the rules publish ballots with names."""
        return self.folder / "jury" / "jurors.csv"

    @property
    def private(self) -> Path:
        """What names jurors: never published, never in a repository."""
        return self.folder / "private" / "jury"

    @property
    def key(self) -> Path:
        """The secret behind juror codes and ballot codes."""
        return self.private / "jury.key"

    @property
    def jurors(self) -> Path:
        """Which code is whose."""
        return self.private / "jurors.csv"

    @property
    def ties(self) -> Path:
        """The ties that jurors have declared."""
        return self.private / "ties.csv"

    @property
    def notes(self) -> Path:
        """The words to the panel that ballots carried."""
        return self.private / "notes.csv"

    @property
    def held_ballots(self) -> Path:
        """What each ballot says, whatever file it came in: every version."""
        return self.private / "ballots"

    def ballot(self, round_name: str, juror: str, version: int) -> Path:
        """One version of a juror's ballot of a round."""
        return self.held_ballots / f"{round_name}-{juror}-{version}.json"

    def received(self, sha256: str, suffix: str) -> Path:
        """A file as it came, by its hash."""
        return self.private / "received" / f"{sha256}{suffix}"

    def tally(self, round_name: str, suffix: str) -> Path:
        """What a round came to, under embargo until the jury closes."""
        return self.private / f"tally-{round_name}{suffix}"

    def send(self, code: str, name: str) -> Path:
        """The folder of what goes to a juror."""
        return self.private / "send" / f"{code} {_FORBIDDEN.sub(' ', name).strip()}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A small table as a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
