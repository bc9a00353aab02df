"""A declaration of ties as a workbook: one sheet with every institution of the edition."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from tolok.forms.frame import Column, Frame, cell, check_length, lines_of, sheet_names, workbook
from tolok.forms.printed import Printed, clean, cut
from tolok.forms.question import DECLARATION, DECLARATION_HEAD, VERSION
from tolok.jury.declaration import TIES, DeclarationForm, Tie

CODES_ROW, WORDS_ROW = 3, 4
"""Hidden: the kinds of a tie, and the words for them that the sheet offers."""
YES_ROW = 5
"""Hidden: the words for yes and no that the sheet offers."""
SIGNED = "signed"
DECLARATION_KEYS = (
    "institution_id", "name", "number", "shown", "cluster", "tie", "ended_on", "reason",
)  # fmt: skip
_TITLE_ROW, _FACTS_ROW, _LEAD_ROW, _COUNT_ROW, _SIGN_ROW, _TOP_ROW, _FIRST_ROW = range(6, 13)
_SHOWN, _CLUSTER, _TIE, _ENDED, _REASON = (
    DECLARATION_KEYS.index(key) for key in ("shown", "cluster", "tie", "ended_on", "reason")
)
_OLDEST = datetime(1950, 1, 1)  # noqa: DTZ001 -- a spreadsheet's dates have no zone
_LAST_YEAR_WITHOUT_DAYS = 1900
"""A spreadsheet has no dates before, and its 1900 has one day too many."""
_NEWEST = datetime(2100, 1, 1)  # noqa: DTZ001 -- a spreadsheet's dates have no zone


def declaration_head(form: DeclarationForm) -> dict[str, str]:
    """What a declaration says of itself."""
    values = (form.edition, form.juror, form.lock_hash)
    return dict(zip(DECLARATION_HEAD, values, strict=True))


def declared(form: DeclarationForm, ties: Sequence[Tie]) -> list[tuple[str, Tie | None]]:
    """The rows of a declaration: every institution, and once for each tie where it has several."""
    found: list[tuple[str, Tie | None]] = []
    for one in form.institution_ids:
        of = [tie for tie in ties if tie.institution_id == one]
        found += [(one, tie) for tie in of] or [(one, None)]
    return found


def write_declaration_workbook(
    form: DeclarationForm, printed: Printed, path: Path, signed: tuple[Sequence[Tie], bool]
) -> None:
    """The workbook; `signed` are the ties to fill in, and whether the juror has signed."""
    ties, is_signed = signed
    rows = declared(form, ties)
    head = {"format": DECLARATION, "version": VERSION, **declaration_head(form)}
    head["row_count"] = str(len(rows))
    with workbook(path, printed) as frame:
        (name,) = sheet_names([printed.words("form.declaration_sheet")])
        to = frame.sheet(name, head)
        frame.columns(to, _columns(frame), _TOP_ROW)
        _write_lists(frame, to)
        _write_top(frame, to, form)
        _write_sign(frame, to, rows, is_signed=is_signed)
        for row, (institution_id, tie) in enumerate(rows, _FIRST_ROW):
            _write_row(frame, to, (row, institution_id), tie)
            if tie:
                check_length(tie.reason, path, "a reason")
        _guard(frame, to, _FIRST_ROW + max(len(rows), 1) - 1)


def _columns(frame: Frame) -> list[Column]:
    words = frame.printed.words
    has_clusters = bool(frame.printed.clusters)
    return [
        Column("institution_id"),
        Column("name"),
        Column("number", words("form.number"), 6),
        Column("shown", words("form.institution"), 48, "head_left"),
        Column("cluster", words("form.cluster"), 22 if has_clusters else 0, "head_left"),
        Column("tie", words("form.tie"), 30),
        Column("ended_on", words("form.ended_on"), 16),
        Column("reason", words("form.reason"), 48),
    ]


def _write_lists(frame: Frame, to: Any) -> None:
    words, look = frame.printed.words, frame.looks["key"]
    lists = {
        CODES_ROW: ["tie", *TIES],
        WORDS_ROW: ["words", *(words(f"tie.{kind}") for kind in TIES)],
        YES_ROW: ["yes", words("form.yes"), words("form.no")],
    }
    for row, texts in lists.items():
        to.set_row(row, None, None, {"hidden": True})
        for at, text in enumerate(texts):
            to.write_string(row, at, text, look)


def _write_top(frame: Frame, to: Any, form: DeclarationForm) -> None:
    words, printed = frame.printed.words, frame.printed
    to.write_string(_TITLE_ROW, 2, words("form.declaration"), frame.looks["title"])
    to.set_row(_TITLE_ROW, 28)
    award = printed.rules.edition.title[printed.language]
    facts = f"{award} · {words('form.juror')}: {form.juror}"
    frame.line(to, (_FACTS_ROW, 2, _REASON), facts, "lead")
    lead = words("form.declare", yes=words("form.yes"))
    frame.line(to, (_LEAD_ROW, 2, _REASON), lead, "lead")
    to.set_row(_LEAD_ROW, 16 * lines_of(lead, 140))
    to.set_row(_TOP_ROW, 22)
    to.freeze_panes(_FIRST_ROW, _CLUSTER)
    to.repeat_rows(_TOP_ROW)


def _write_sign(
    frame: Frame, to: Any, rows: Sequence[tuple[str, Tie | None]], *, is_signed: bool
) -> None:
    """The live count of ties, and the cell by which a juror says that these are all."""
    words, looks = frame.printed.words, frame.looks
    tie_cells = f"{cell(_FIRST_ROW, _TIE)}:{cell(_FIRST_ROW + max(len(rows), 1) - 1, _TIE)}"
    count = f"SUMPRODUCT((LEN(TRIM({tie_cells}))>0)*1)"
    to.write_string(_COUNT_ROW, 2, f"{words('form.declared')}:", looks["progress"])
    now = sum(tie is not None for _, tie in rows)
    to.write_formula(_COUNT_ROW, _TIE, f"={count}", looks["number"], now)
    to.write_string(_SIGN_ROW, 0, SIGNED, looks["key"])
    to.write_string(_SIGN_ROW, 2, f"{words('form.signed')}:", looks["progress"])
    to.set_row(_SIGN_ROW, 24)
    if is_signed:
        to.write_string(_SIGN_ROW, _TIE, words("form.yes"), looks["sign"])
    else:
        to.write_blank(_SIGN_ROW, _TIE, None, looks["sign"])
    to.data_validation(_SIGN_ROW, _TIE, _SIGN_ROW, _TIE, {
        "validate": "list", "source": f"={cell(YES_ROW, 1)}:{cell(YES_ROW, 2)}",
        "input_title": cut(words("form.declaration"), 32), "input_message": words("form.signed"),
        "error_title": words("form.not_valid"), "error_message": words("form.not_a_tie"),
    })  # fmt: skip


def _write_row(frame: Frame, to: Any, at: tuple[int, str], tie: Tie | None) -> None:
    (row, institution_id), printed, looks = at, frame.printed, frame.looks
    shown = printed.name(institution_id)
    to.write_string(row, 0, institution_id, looks["key"])
    to.write_string(row, 1, shown, looks["key"])
    to.write_number(row, 2, row - _FIRST_ROW + 1, looks["number"])
    to.write_string(row, _SHOWN, shown, looks["cell"])
    cluster = printed.clusters.get(institution_id, "")
    to.write_string(row, _CLUSTER, printed.cluster(cluster) if cluster else "", looks["cell"])
    kind = printed.words(f"tie.{tie.kind}") if tie and tie.kind in TIES else tie and tie.kind
    reason = clean(tie.reason) if tie else ""
    for column, text in ((_TIE, kind), (_REASON, reason)):
        if text:
            to.write_string(row, column, text, looks["optional"])
        else:
            to.write_blank(row, column, None, looks["optional"])
    if tie and tie.ended_on and tie.ended_on.year <= _LAST_YEAR_WITHOUT_DAYS:
        to.write_string(row, _ENDED, tie.ended_on.isoformat(), looks["day"])
    elif tie and tie.ended_on:
        to.write_datetime(row, _ENDED, datetime.combine(tie.ended_on, time()), looks["day"])
    else:
        to.write_blank(row, _ENDED, None, looks["day"])
    to.set_row(row, 16 * max(1, lines_of(shown, 48), lines_of(reason, 48)) + 4)


def _guard(frame: Frame, to: Any, last: int) -> None:
    words = frame.printed.words
    to.autofilter(_TOP_ROW, _SHOWN, last, _REASON)
    to.print_area(_TITLE_ROW, 2, last, _REASON)
    not_valid = words("form.not_valid")
    to.data_validation(_FIRST_ROW, _TIE, last, _TIE, {
        "validate": "list", "source": f"={cell(WORDS_ROW, 1)}:{cell(WORDS_ROW, len(TIES))}",
        "input_title": cut(words("form.tie"), 32), "input_message": words("form.tie_help"),
        "error_title": not_valid, "error_message": words("form.not_a_tie"),
    })  # fmt: skip
    to.data_validation(_FIRST_ROW, _ENDED, last, _ENDED, {
        # a year alone would become a day in 1905
        "validate": "date", "criteria": "between", "minimum": _OLDEST, "maximum": _NEWEST,
        "input_title": cut(words("form.ended_on"), 32), "input_message": words("form.ended_help"),
        "error_title": not_valid, "error_message": words("form.not_a_day"),
    })  # fmt: skip
    to.data_validation(_FIRST_ROW, _REASON, last, _REASON, {
        "validate": "any", "input_title": cut(words("form.reason"), 32),
        "input_message": words("form.reason_help"),
    })  # fmt: skip
    tie, ended, reason = (
        f"LEN(TRIM(${'ABCDEFGH'[column]}{_FIRST_ROW + 1}))" for column in (_TIE, _ENDED, _REASON)
    )
    for column, lacks in ((_TIE, f"{tie}=0,{ended}+{reason}>0"), (_REASON, f"{reason}=0,{tie}>0")):
        to.conditional_format(_FIRST_ROW, column, last, column, {
            "type": "formula", "criteria": f"=AND({lacks})", "format": frame.looks["wrong"],
            "stop_if_true": True,
        })  # fmt: skip
    for column in (_TIE, _ENDED, _REASON):
        this = cell(_FIRST_ROW, column).replace("$", "")
        to.conditional_format(_FIRST_ROW, column, last, column, {
            "type": "formula", "criteria": f"=LEN(TRIM({this}))>0", "format": frame.looks["done"],
        })  # fmt: skip
