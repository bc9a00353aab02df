"""Forms as files, in the format that a path's suffix names."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tolok.errors import FileFault
from tolok.forms.ballot_workbook import write_ballot_workbook
from tolok.forms.declaration_workbook import write_declaration_workbook
from tolok.forms.delimited import write_ballot_csv, write_declaration_csv
from tolok.forms.document import write_ballot_json, write_declaration_json
from tolok.forms.printed import Printed
from tolok.jury.ballot import Ballot, BallotForm
from tolok.jury.declaration import DeclarationForm, Tie

SUFFIXES = (".xlsx", ".csv", ".json")
_BALLOTS = (write_ballot_workbook, write_ballot_csv, write_ballot_json)
_DECLARATIONS = (write_declaration_workbook, write_declaration_csv, write_declaration_json)


def write_ballot(  # noqa: PLR0913 -- a form, whose it is, and two ballots that may be put in
    form: BallotForm,
    code: str,
    printed: Printed,
    path: Path,
    *,
    filled: Ballot | None = None,
    earlier: Ballot | None = None,
) -> None:
    """A ballot as XLSX, CSV or JSON; the same input makes the same bytes.

    `filled` puts answers in; `earlier` shows the juror's own scores of the round before.

    Raises: FileFault for another suffix, and for a text that the format cannot hold.
    """
    _writer(path, _BALLOTS)((form, code), printed, path, (filled, earlier))


def write_declaration(
    form: DeclarationForm,
    printed: Printed,
    path: Path,
    *,
    ties: Sequence[Tie] = (),
    is_signed: bool = False,
) -> None:
    """A declaration of ties as XLSX, CSV or JSON; the same input makes the same bytes.

    Raises: FileFault for another suffix, and for a text that the format cannot hold.
    """
    _writer(path, _DECLARATIONS)(form, printed, path, (ties, is_signed))


def _writer(path: Path, writers: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        problem = f"a form cannot be written as {suffix or 'a file without a suffix'}."
        raise FileFault(path.name, problem, remedy=f"Name it {', '.join(SUFFIXES)}.")
    return writers[SUFFIXES.index(suffix)]
