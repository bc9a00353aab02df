"""Opening the jury: the record begins, and every juror gets a form to declare ties."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tolok.errors import FaultsFound, RuleError
from tolok.forms.printed import Printed
from tolok.forms.write import write_declaration
from tolok.jury.declaration import DeclarationForm
from tolok.jury.seating import panel_faults
from tolok.pipeline.jury.decided import take_out_decision
from tolok.pipeline.jury.desk import Desk, desk, write_private
from tolok.pipeline.jury.paths import csv_text


@dataclass(eq=False)
class AlreadyClosed(RuleError):
    """A jury whose winners are on record."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and the way on."""
        return f"{self.folder}: the jury has closed. `open --again` would begin another one."


@dataclass(frozen=True)
class Opened:
    """The jury as it was opened: each juror's code and name, and the forms to send."""

    jurors: dict[str, str]
    forms: tuple[Path, ...]


def open_jury(
    folder: Path, *, now: datetime, language: str | None = None, again: bool = False
) -> Opened:
    """The opened jury of an edition; opening it twice changes nothing but missing forms.

    `again` begins anew after rules or nominees have changed: what was issued before is void.

    Raises: NotLocked; NotScored; ResultsOutdated; FaultsFound with everything that the panel lacks;
    JuryOutdated where it was opened on something else; AlreadyClosed.
    """
    with desk(folder, now) as at:
        faults = list(panel_faults(at.panel, at.rules.categories))
        if faults:
            raise FaultsFound(f"{folder}: this panel cannot begin", faults)
        at.lock_hash  # noqa: B018 -- a jury judges under locked rules only
        if at.standing.opening is None or again:
            at.write([("opened", _body(at))])
            take_out_decision(folder, at.results)
        elif at.standing.is_closed:
            raise AlreadyClosed(folder)
        else:
            at.require_current()
        rows = [(code, name) for name, code in at.codes.items()]
        write_private(csv_text(("code", "juror"), rows), at.paths.jurors)
        forms = tuple(_write_form(at, code, language) for code in at.names)
    return Opened(dict(at.names), forms)


def declaration_form(at: Desk, code: str) -> DeclarationForm:
    """The form on which a juror declares ties: every institution, so that it tells no nominee."""
    names = sorted(at.institutions, key=lambda one: (at.institutions[one].casefold(), one))
    return DeclarationForm(at.rules.edition.name, code, at.lock_hash, tuple(names))


def printed(at: Desk, language: str | None) -> Printed:
    """What forms need to be read by people, in a language or the edition's first."""
    return Printed(at.rules, at.institutions, language or at.rules.edition.languages[0])


def _body(at: Desk) -> dict[str, object]:
    return {
        "edition": at.rules.edition.name,
        "lock_hash": at.lock_hash,
        "nominees_sha256": at.nominees_sha256,
        "jurors": sorted(at.names),
        "rounds": [
            {
                "name": one.name,
                "kind": one.kind,
                "opens_at": one.opens_at.isoformat(),
                "closes_at": one.closes_at.isoformat(),
            }
            for one in at.panel.rounds
        ],
    }


def _write_form(at: Desk, code: str, language: str | None) -> Path:
    path = at.paths.send(code, at.names[code]) / "declaration.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_declaration(declaration_form(at, code), printed(at, language), path)
    return path
