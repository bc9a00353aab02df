"""A ballot as a workbook: how to fill it in, then a sheet a category."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tolok.forms.frame import VALUE_ROW, Frame, cell, workbook
from tolok.forms.guide_sheet import Count, Guide, write_guide
from tolok.forms.pair_sheet import pair_counts, write_pair_sheet
from tolok.forms.plan import plans
from tolok.forms.printed import Printed
from tolok.forms.question import BALLOT, VERSION, head_of
from tolok.forms.score_sheet import Sheet, recusal_cells, write_score_sheet
from tolok.jury.ballot import Ballot, BallotForm

GUIDE = ""
"""The `part` of a sheet that asks nothing."""


def write_ballot_workbook(
    issued: tuple[BallotForm, str],
    printed: Printed,
    path: Path,
    played: tuple[Ballot | None, Ballot | None],
) -> None:
    """The workbook of a form with its code; `played` are the ballot filled in and the earlier."""
    form, code = issued
    filled, earlier = played
    earlier = None if form.kind == "pairs" else earlier
    planned = plans(form, printed)
    elsewhere = (
        {}
        if form.kind == "pairs"
        else recusal_cells(form, planned, has_earlier=earlier is not None)
    )
    with workbook(path, printed) as frame:
        parts = [GUIDE, *(plan.category for plan in planned)]
        head = {"format": BALLOT, "version": VERSION, "kind": form.kind, **head_of(form, code)}
        head["parts"] = json.dumps(parts[1:], ensure_ascii=False)
        guide = frame.sheet(printed.words("form.guide"), {**head, "part": GUIDE})
        counts = []
        for plan in planned:
            sheet = Sheet(form, plan, path, filled, earlier, elsewhere)
            counts.append(_write_part(frame, sheet, head))
        whole = _whole(guide, counts, len(head) + 1)
        write_guide(frame, guide, Guide(form, planned, counts, whole, earlier is not None))
        guide.activate()


def _write_part(frame: Frame, sheet: Sheet, head: dict[str, str]) -> Count:
    """The sheet of a category, and its live count as other sheets may name it."""
    plan = sheet.plan
    said = {
        **head,
        "part": plan.category,
        "row_count": str(len(plan.asked)),
        "questions": json.dumps(sheet.asked, ensure_ascii=False),
        "empty": "",
        "total": "",
    }
    to = frame.sheet(plan.sheet, said)
    columns = [list(said).index(name) for name in ("empty", "total")]
    empty, total = (cell(VALUE_ROW, at) for at in columns)
    if sheet.form.kind == "pairs":
        write_pair_sheet(frame, to, sheet, (empty, total))
        now = pair_counts(sheet)
    else:
        write_score_sheet(frame, to, sheet, (empty, total))
        now = sheet.counts()
    there = [cell(VALUE_ROW, at, plan.sheet) for at in columns]
    return Count((there[0], there[1]), now)


def _whole(guide: Any, counts: Sequence[Count], column: int) -> Count:
    """The live count of all sheets, in the guide's hidden head."""
    cells = (cell(VALUE_ROW, column), cell(VALUE_ROW, column + 1))
    now = (sum(one.now[0] for one in counts), sum(one.now[1] for one in counts))
    for at in (0, 1):
        summed = "+".join(one.cells[at] for one in counts) or "0"
        guide.write_formula(cells[at], f"={summed}", None, now[at])
    return Count(cells, now)
