"""One file that came back: whose it is, whether it may come now, and whether it is whole."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tolok.errors import FaultsFound, FileFault, InputError
from tolok.forms.read import read_returned
from tolok.jury.ballot import Ballot, BallotForm, Returned
from tolok.jury.check import ballot_document, check_ballot
from tolok.jury.declaration import ReturnedDeclaration, Tie
from tolok.jury.ledger import canonical_sha256
from tolok.jury.rules import Rule, may_declare, may_vote
from tolok.jury.ties import binds, check_declaration, grounds
from tolok.methodology.jury import Round
from tolok.pipeline.jury.desk import Desk
from tolok.pipeline.jury.opening import declaration_form

Act: TypeAlias = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Received:
    """What one file was: a declaration, a ballot of some version, or one that was here already."""

    file: str
    kind: str
    juror: str
    version: int = 0
    recused: tuple[str, ...] = ()
    figures: tuple[Path, ...] = ()


@dataclass
class Incoming:
    """One file on its way in: what it is, what it changes, or its faults."""

    path: Path
    sha256: str
    received: Received | None = None
    act: Act | None = None
    ballot: Ballot | None = None
    ties: tuple[Tie, ...] = ()
    faults: list[InputError] = field(default_factory=list)


def read_file(at: Desk, path: Path, one: Round | None, forms: Mapping[str, BallotForm]) -> Incoming:
    """A file read and checked whole: what it is and its act, or its faults.

    `one` is the round that is open or comes next, `forms` what each juror is asked in it.
    """
    with path.open("rb") as held:
        file = Incoming(path, hashlib.file_digest(held, "sha256").hexdigest())
    if file.sha256 in at.standing.files:
        file.received = Received(path.name, "known", "")
        return file
    try:
        returned = read_returned(path)
        if isinstance(returned, ReturnedDeclaration):
            _read_declaration(at, file, returned)
        else:
            _read_ballot(at, file, returned, one, forms)
    except FaultsFound as faults:
        file.faults += [fault for fault in faults.exceptions if isinstance(fault, InputError)]
    except InputError as fault:
        file.faults.append(fault)
    return file


def _read_declaration(at: Desk, file: Incoming, returned: ReturnedDeclaration) -> None:
    code = returned.head.get("juror", "")
    _require(at, file, may_declare, code, None)
    if file.faults:
        return
    file.ties = check_declaration(declaration_form(at, code), returned)
    today = at.now.astimezone(at.zone).date()
    bound = [tie for tie in file.ties if binds(tie, today, at.panel.tie_years)]
    recused = [{"institution_id": tie.institution_id, "grounds": grounds(tie)} for tie in bound]
    body = {"juror": code, "file_sha256": file.sha256, "recused": recused}
    file.act = ("declared", body)
    names = tuple(tie.institution_id for tie in bound)
    file.received = Received(file.path.name, "declaration", code, recused=names)


def _read_ballot(
    at: Desk, file: Incoming, returned: Returned, one: Round | None, forms: Mapping[str, BallotForm]
) -> None:
    code, named = returned.head.get("juror", ""), returned.head.get("round", "")
    other = next((r for r in at.panel.rounds if r.name == named), None)
    _require(at, file, may_vote, code, other or one)
    if file.faults or one is None or code not in forms:
        return
    casts = at.standing.ballots.get((one.name, code), [])
    stepped_back = at.standing.recused(code, [one.name]) - at.standing.declared.get(
        code, frozenset()
    )
    issued = at.standing.issued[one.name, code]
    ballot = check_ballot(forms[code], issued, returned, stepped_back)
    body = {
        "juror": code,
        "round": one.name,
        "version": len(casts) + 1,
        "file_sha256": file.sha256,
        "ballot_sha256": canonical_sha256(ballot_document(ballot)),
        "recused": sorted(ballot.recused),
    }
    file.act, file.ballot = ("ballot", body), ballot
    recused = tuple(sorted(ballot.recused))
    file.received = Received(file.path.name, "ballot", code, len(casts) + 1, recused)


def _require(at: Desk, file: Incoming, rule: Rule, code: str, one: Round | None) -> None:
    """A fault for every sentence of a rule that does not hold for a file."""
    for sentence in rule.broken(at.act(code, one)):
        of = f" {code!r}" if code and "juror" in sentence else ""
        when = f" ({at.told(one)})" if one and "round" in sentence else ""
        problem = f"cannot be taken, because this does not hold: {sentence}{of}{when}."
        file.faults.append(FileFault(file.path.name, problem))


def refuse_two_of_one(found: Sequence[Incoming]) -> None:
    """Two new files of one juror in one call: which is the later one cannot be known."""
    whose = Counter((f.received.kind, f.received.juror) for f in found if f.act and f.received)
    for file in found:
        if file.received and file.act and whose[file.received.kind, file.received.juror] > 1:
            kind, code = file.received.kind, file.received.juror
            problem = f"there is another {kind} of {code} in this call."
            remedy = "Import the one that counts last by itself, after the other."
            file.faults.append(FileFault(file.path.name, problem, remedy=remedy))
