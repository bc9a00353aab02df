"""The secretary's desk: the jury of an edition opened for one act, and its ledger."""

import csv
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import NotLocked, RuleError
from tolok.jury.ballot import Entry
from tolok.jury.ledger import Line, added, ledger_text, read_ledger
from tolok.jury.rounds import next_round, round_before
from tolok.jury.rules import Act, Rule
from tolok.jury.seating import juror_codes, shuffled
from tolok.jury.standing import Standing, standing_of
from tolok.methodology.jury import Panel, Round
from tolok.methodology.rules import Rules
from tolok.pipeline.jury.bench import awards_of
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.publish import current_results
from tolok.pipeline.workspace import Workspace
from tolok.store.atomic import write_text
from tolok.store.layout import alone


@dataclass(eq=False)
class NoJury(RuleError):
    """An edition in which the data alone decide."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and which rule says so."""
        return (
            f'{self.folder}: the data decide this edition. `decision = "jury"` in edition.toml '
            "gives it a jury."
        )


@dataclass(eq=False)
class NotAllowed(RuleError):
    """An act that the rules of the jury do not allow now."""

    what: str
    missing: Sequence[str]
    remedy: str = ""

    def __str__(self) -> str:
        """What was to be done, and which condition does not hold."""
        end = f" {self.remedy}" if self.remedy else ""
        return f"{self.what}: not now, because {told_missing(self.missing)}.{end}"


@dataclass(eq=False)
class JuryOutdated(RuleError):
    """A jury that was opened on other rules or other nominees than the edition has now."""

    folder: Path
    changed: Sequence[str]

    def __str__(self) -> str:
        """What has changed, and the way on."""
        return (
            f"{self.folder}: since the jury was opened, {' and '.join(self.changed)} changed. Put "
            f"it back, or begin anew with `tolok jury {self.folder} open --again`: packs, ballots "
            "and tallies so far are then void, and the ledger says so."
        )


@dataclass(frozen=True)
class Desk:
    """One edition's jury at one instant."""

    workspace: Workspace
    now: datetime
    lines: tuple[Line, ...]
    key: bytes

    @cached_property
    def standing(self) -> Standing:
        """What the ledger adds up to."""
        return standing_of(self.lines)

    @property
    def rules(self) -> Rules:
        """The edition's rules."""
        return self.workspace.rules

    @property
    def panel(self) -> Panel:
        """The jury's rules."""
        return self.rules.edition.jury

    @property
    def paths(self) -> JuryPaths:
        """Where the jury's files lie."""
        return JuryPaths(self.workspace.folder)

    @cached_property
    def lock_hash(self) -> str:
        """The hash of the locked rules.

        Raises: NotLocked.
        """
        if self.workspace.lock is None:
            raise NotLocked(self.workspace.folder)
        return self.workspace.lock.rules_sha256

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code of each juror by name, in the order of edition.toml."""
        names = [juror.name for juror in self.panel.jurors]
        drawn = juror_codes(names, self.key)
        return {name: drawn[name] for name in names}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each juror by code."""
        return {code: name for name, code in self.codes.items()}

    @cached_property
    def institutions(self) -> dict[str, str]:
        """The names of all institutions, by id."""
        return {one.institution_id: one.institution for one in self.workspace.registry.institutions}

    @cached_property
    def results(self) -> Path:
        """The results, made from what the folder holds now.

        Raises: NotScored; ResultsOutdated.
        """
        return current_results(self.workspace)

    @cached_property
    def nominees(self) -> tuple[Mapping[str, str], ...]:
        """The rows of nominees.csv, in its order."""
        with (self.results / "nominees.csv").open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))

    @cached_property
    def nominees_sha256(self) -> str:
        """The hash of nominees.csv."""
        return hashlib.sha256((self.results / "nominees.csv").read_bytes()).hexdigest()

    @cached_property
    def awards(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        """The nominees of each (category, cluster), in the order of the rules and of the places."""
        return awards_of(self.rules, self.nominees)

    def ballot_file(self, round_name: str, juror: str, version: int) -> Path:
        """Where one version of a juror's ballot of a round is held."""
        return self.paths.ballot(round_name, juror, version)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which people read times."""
        return ZoneInfo(self.rules.edition.window.time_zone)

    def told(self, one: Round) -> str:
        """A round with its times, as a secretary reads them."""
        opens, closes = (instant.astimezone(self.zone) for instant in (one.opens_at, one.closes_at))
        return f"{one.name}: {opens:%Y-%m-%d %H:%M} to {closes:%Y-%m-%d %H:%M %Z}"

    @property
    def round_now(self) -> Round | None:
        """The round that is open, or the next one; None after the last."""
        return next_round(self.panel.rounds, self.now)

    def categories_of(self, code: str) -> tuple[str, ...]:
        """The categories that a juror judges."""
        (juror,) = (one for one in self.panel.jurors if self.codes[one.name] == code)
        return tuple(
            one.name for one in self.rules.categories if self._judges(juror.name, one.name)
        )

    def _judges(self, name: str, category: str) -> bool:
        return any(juror.name == name for juror in self.panel.jurors_of(category))

    def entries_of(self, code: str, category: str) -> tuple[Entry, ...]:
        """The nominees of a category as a juror meets them: clusters in order, nominees drawn."""
        return tuple(
            entry
            for cluster in self.rules.edition.clusters
            for entry in shuffled(
                self.awards[category, cluster.name],
                [entry.institution_id for entry in self.awards[category, cluster.name]],
                self.panel.seed, self.lock_hash, code, category, cluster.name,
            )
        )  # fmt: skip

    def act(self, juror: str = "", one: Round | None = None, institution_id: str = "") -> Act:
        """An act of this moment, to be put before a rule."""
        before = round_before(self.panel.rounds, one) if one else None
        return Act(self.standing, self.now, juror, one, before, institution_id)

    def require(self, rule: Rule, act: Act, what: str, remedy: str = "") -> None:
        """Nothing, where a rule allows the act.

        Raises: NotAllowed with the sentences that do not hold.
        """
        missing = rule.broken(act)
        if missing:
            raise NotAllowed(what, missing, remedy)

    def require_current(self) -> None:
        """Nothing, where rules and nominees are those on which the jury was opened.

        Raises: JuryOutdated with what changed.
        """
        opening = self.standing.opening
        if opening is None:
            raise NotAllowed(
                str(self.workspace.folder), ["the jury is open"],
                f"Run `tolok jury {self.workspace.folder} open` first.",
            )  # fmt: skip
        same = {
            "the rules": opening.lock_hash == self.lock_hash,
            "the nominees": opening.nominees_sha256 == self.nominees_sha256,
        }
        changed = [name for name, is_same in same.items() if not is_same]
        if changed:
            raise JuryOutdated(self.workspace.folder, changed)

    def write(self, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put acts at the end of the ledger, all or none; it is the last thing of every act."""
        longer = added(self.lines, acts, self.now)
        if len(longer) > len(self.lines):
            write_text(ledger_text(longer), self.paths.ledger)


@contextmanager
def desk(folder: Path, now: datetime) -> Iterator[Desk]:
    """The jury of an edition, which nobody else changes meanwhile.

    Raises: NoJury where the data decide; LedgerBroken; EditionBusy; what reading the rules raises.
    """
    workspace = Workspace(folder)
    if workspace.rules.edition.decision != "jury":
        raise NoJury(folder)
    with alone(workspace.layout):
        paths = JuryPaths(folder)
        text = paths.ledger.read_text("utf-8") if paths.ledger.is_file() else ""
        yield Desk(workspace, now, read_ledger(text), _key(paths.key))


def told_missing(sentences: Sequence[str]) -> str:
    """The conditions that do not hold, in one sentence."""
    return f"this does not hold: {'; '.join(sentences)}"


def write_private(text: str, path: Path) -> None:
    """Write a small file that only its owner may read."""
    write_text(text, path)
    path.chmod(0o600)


def _key(path: Path) -> bytes:
    """The jury's secret, made when there is none."""
    if not path.is_file():
        for folder in (path.parent.parent, path.parent):  # parents=True would forget their mode
            folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
    return bytes.fromhex(path.read_text("ascii").strip())
