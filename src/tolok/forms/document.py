"""Forms as JSON documents, which say of themselves what they are."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tolok.forms.declaration_workbook import declaration_head, declared
from tolok.forms.printed import Printed, clean
from tolok.forms.question import (
    BALLOT,
    DECLARATION,
    VERSION,
    Question,
    about,
    answer_in,
    head_of,
    questions,
)
from tolok.jury.ballot import Ballot, BallotForm, Entry
from tolok.jury.declaration import DeclarationForm, Tie
from tolok.store.atomic import write_text


def write_ballot_json(
    issued: tuple[BallotForm, str],
    printed: Printed,
    path: Path,
    played: tuple[Ballot | None, Ballot | None],
) -> None:
    """The document of a form; `played` are the ballot filled in and the earlier one."""
    form, code = issued
    filled, earlier = played
    document: dict[str, Any] = {
        "format": BALLOT,
        "version": int(VERSION),
        "kind": form.kind,
        **head_of(form, code),
        "lowest_score": form.lowest_score,
        "highest_score": form.highest_score,
        "answers": [_answer(one, printed, (filled, earlier)) for one in questions(form)],
    }
    _write(document, path)


def write_declaration_json(
    form: DeclarationForm, printed: Printed, path: Path, signed: tuple[Sequence[Tie], bool]
) -> None:
    """The document; `signed` are the ties to fill in, and whether the juror has signed."""
    ties, is_signed = signed
    rows = [
        {
            "institution_id": one,
            "institution": printed.name(one),
            "tie": tie.kind if tie else None,
            "ended_on": tie.ended_on.isoformat() if tie and tie.ended_on else None,
            "reason": (clean(tie.reason) or None) if tie else None,
        }
        for one, tie in declared(form, ties)
    ]
    document = {
        "format": DECLARATION,
        "version": int(VERSION),
        **declaration_head(form),
        "is_signed": is_signed,
        "institutions": rows,
    }
    _write(document, path)


def _answer(
    one: Question, printed: Printed, played: tuple[Ballot | None, Ballot | None]
) -> dict[str, Any]:
    filled, earlier = played
    of = one.of
    ids = (of.institution_id,) if isinstance(of, Entry) else (of.first, of.second)
    before = answer_in(earlier, one)
    return {
        "category": of.category,
        "cluster": of.cluster,
        "about": about(of),
        "institution": [printed.name(each) for each in ids],
        "question": one.name,
        "value": answer_in(filled, one),
        **({"earlier": before} if isinstance(before, int) else {}),
    }


def _write(document: dict[str, Any], path: Path) -> None:
    write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", path)
