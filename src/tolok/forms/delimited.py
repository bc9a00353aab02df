"""Forms as CSV: a row a question, or a row an institution, with the head on each row."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tolok.forms.declaration_workbook import declaration_head, declared
from tolok.forms.printed import Printed, clean
from tolok.forms.question import Question, about, answer_in, head_of, questions
from tolok.jury.ballot import Ballot, BallotForm, Entry
from tolok.jury.declaration import DeclarationForm, Tie
from tolok.store.atomic import written_whole

BALLOT_COLUMNS = (
    "code", "edition", "round", "juror", "lock_hash",
    "category", "cluster", "about", "institution", "question", "score",
)  # fmt: skip
DECLARATION_COLUMNS = (
    "edition", "juror", "lock_hash",
    "institution_id", "institution", "cluster", "tie", "ended_on", "reason", "signed",
)  # fmt: skip
EARLIER_COLUMN = "earlier_score"
_FORMULA = re.compile(r"'*[=+\-@]")
_SHIELDED = re.compile(r"'+[=+\-@]")


def shielded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before, where it could.

    >>> shielded("=1+1"), shielded("7"), shielded("'=1")
    ("'=1+1", '7', "''=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unshielded(text: str) -> str:
    """The text as it was before `shielded`.

    >>> unshielded("'=1+1"), unshielded("'tis so")
    ('=1+1', "'tis so")
    """
    return text[1:] if _SHIELDED.match(text) else text


def write_ballot_csv(
    issued: tuple[BallotForm, str],
    printed: Printed,
    path: Path,
    played: tuple[Ballot | None, Ballot | None],
) -> None:
    """The rows of a form with its code; `played` are the ballot filled in and the earlier one."""
    form, code = issued
    filled, earlier = played
    said = head_of(form, code)
    head = [said[name] for name in BALLOT_COLUMNS[:5]]
    before = (EARLIER_COLUMN,) if earlier and form.kind != "pairs" else ()
    rows = []
    for one in questions(form):
        answer = answer_in(filled, one)
        row = [*head, *_asked(one, printed), "" if answer is None else str(answer)]
        rows.append([*row, *(_before(earlier, one) for _ in before)])
    _write([(*BALLOT_COLUMNS, *before), *rows], path)


def write_declaration_csv(
    form: DeclarationForm, printed: Printed, path: Path, signed: tuple[Sequence[Tie], bool]
) -> None:
    """A row an institution; `signed` are the ties to fill in, and whether the juror has signed."""
    ties, is_signed = signed
    head = list(declaration_head(form).values())
    rows = [
        [
            *head, one, printed.name(one), printed.cluster(printed.clusters.get(one, "")),
            *([tie.kind, str(tie.ended_on or ""), clean(tie.reason)] if tie else ["", "", ""]),
            printed.words("form.yes") if is_signed and number == 0 else "",
        ]
        for number, (one, tie) in enumerate(declared(form, ties))
    ]  # fmt: skip
    _write([DECLARATION_COLUMNS, *rows], path)


def _asked(one: Question, printed: Printed) -> list[str]:
    of = one.of
    ids = (of.institution_id,) if isinstance(of, Entry) else (of.first, of.second)
    names = " – ".join(printed.name(each) for each in ids)
    return [of.category, of.cluster, about(of), names, one.name]


def _before(earlier: Ballot | None, one: Question) -> str:
    """The score of the round before; reasons and notes are not repeated."""
    answer = answer_in(earlier, one)
    return str(answer) if isinstance(answer, int) else ""


def _write(rows: Iterable[Sequence[str]], path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([shielded(one) for one in row])
    with written_whole(path) as unfinished:  # with a mark, so that spreadsheets see UTF-8
        unfinished.write_bytes(text.getvalue().encode("utf-8-sig"))
