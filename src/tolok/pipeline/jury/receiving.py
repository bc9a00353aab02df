"""What comes back: declarations and ballots, all of a call taken or none, and every file kept."""

import csv
import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tolok.errors import FaultsFound
from tolok.jury.ballot import Ballot
from tolok.jury.check import ballot_document
from tolok.methodology.jury import Round
from tolok.pipeline.jury.desk import Desk, desk, write_private
from tolok.pipeline.jury.evidence import open_due_figures
from tolok.pipeline.jury.incoming import Incoming, Received, read_file, refuse_two_of_one
from tolok.pipeline.jury.issuing import forms_of
from tolok.pipeline.jury.paths import csv_text
from tolok.store.atomic import write_text

_TIES = ("juror", "institution_id", "kind", "ended_on", "reason", "binds")
_NOTES = ("round", "juror", "version", "category", "cluster", "institution_id", "note")


def import_returned(folder: Path, files: Sequence[Path], *, now: datetime) -> list[Received]:
    """What the files were; a file that is here already changes nothing, a later ballot is kept too.

    After a juror's first ballot the figures of the nominees are opened to that juror.

    Raises: FaultsFound with every fault of every file: then nothing of the call counts. Files that
    were refused are kept, and the ledger has them as refused; JuryOutdated; NotAllowed.
    """
    with desk(folder, now) as at:
        at.require_current()
        one = at.round_now
        forms = forms_of(at, one) if one else {}
        found = [read_file(at, path, one, forms) for path in files]
        refuse_two_of_one(found)
        for file in found:
            _keep(at, file)
        refused = [file for file in found if file.faults]
        if refused:
            at.write(("refused", _refusal(file)) for file in refused)
            raise FaultsFound(_title(refused, found), [f for file in refused for f in file.faults])
        for file in found:
            _keep_beside(at, one, file)
        at.write(file.act for file in found if file.act)
    opened = open_due_figures(folder, now=now)
    taken = [file.received for file in found if file.received]
    return [replace(one, figures=opened.get(one.juror, ())) for one in taken]


def _keep(at: Desk, file: Incoming) -> None:
    """A copy of the file by its hash, whatever becomes of it."""
    kept = at.paths.received(file.sha256, file.path.suffix.lower())
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_name(f".{kept.name}.unfinished")
        shutil.copyfile(file.path, unfinished)
        unfinished.replace(kept)


def _keep_beside(at: Desk, one: Round | None, file: Incoming) -> None:
    """What a sound file leaves beside the ledger, which does not count before the ledger has it."""
    assert file.received is not None  # a file without faults is something
    if file.received.kind == "declaration":
        _keep_ties(at, file, file.received)
    if file.ballot is not None and one is not None:
        _keep_ballot(at, one, file.ballot, file.received)


def _keep_ties(at: Desk, file: Incoming, received: Received) -> None:
    rows = [
        (
            received.juror, tie.institution_id, tie.kind, tie.ended_on or "", tie.reason,
            "yes" if tie.institution_id in received.recused else "no",
        )
        for tie in file.ties
    ]  # fmt: skip
    _add_rows(at.paths.ties, _TIES, rows, instead_of=received.juror)


def _keep_ballot(at: Desk, one: Round, ballot: Ballot, received: Received) -> None:
    text = json.dumps(ballot_document(ballot), ensure_ascii=False, indent=1) + "\n"
    write_text(text, at.paths.ballot(one.name, received.juror, received.version))
    rows = [
        (
            one.name, received.juror, received.version, entry.category, entry.cluster,
            entry.institution_id, note,
        )
        for entry, note in sorted(ballot.notes.items())
    ]  # fmt: skip
    if rows:
        _add_rows(at.paths.notes, _NOTES, rows)


def _add_rows(
    path: Path, header: Sequence[str], rows: Sequence[Sequence[object]], instead_of: str = ""
) -> None:
    """Put rows at the end of a private table, instead of a juror's rows that stand there."""
    text = path.read_text("utf-8") if path.is_file() else ""
    before = list(csv.reader(io.StringIO(text)))[1:]
    kept = [row for row in before if not instead_of or row[0] != instead_of]
    write_private(csv_text(header, [*kept, *rows]), path)


def _refusal(file: Incoming) -> dict[str, Any]:
    """What the ledger tells of a refused file: no score, no name."""
    return {"file_sha256": file.sha256, "faults": len(file.faults)}


def _title(refused: Sequence[Incoming], found: Sequence[Incoming]) -> str:
    return (
        f"{len(refused)} of {len(found)} files cannot be taken, so nothing of this call counts; "
        "the others can be imported without them"
    )
