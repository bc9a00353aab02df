"""The sheet of a category in a round of pairs: a row a pair, and the better of the two."""

from typing import Any

from tolok.forms.frame import Column, Frame, cell
from tolok.forms.plan import FIRST_ROW, LEAD_ROW, PROGRESS_ROW, TITLE_ROW, TOP_ROW, Line
from tolok.forms.printed import cut
from tolok.forms.question import Question, answer_in
from tolok.forms.score_sheet import Sheet
from tolok.jury.ballot import Pair

CHOICE = "choice"
PAIR_KEYS = (
    "category", "cluster", "first", "second", "first_name", "second_name",
    "number", "shown_first", "shown_second", CHOICE,
)  # fmt: skip
_FIRST_SHOWN = PAIR_KEYS.index("number")
_CHOICE = PAIR_KEYS.index(CHOICE)
_WIDTH = 40.0


def pair_counts(sheet: Sheet) -> tuple[int, int]:
    """How many choices are empty, and how many there are to make."""
    pairs = [line.of for line in sheet.plan.asked if isinstance(line.of, Pair)]
    answers = [answer_in(sheet.filled, Question(pair, "")) for pair in pairs]
    return answers.count(None), len(answers)


def write_pair_sheet(frame: Frame, to: Any, sheet: Sheet, counts: tuple[str, str]) -> None:
    """The sheet's rows, with lists to choose from and a live count in the cells `counts`."""
    frame.columns(to, _columns(frame), TOP_ROW)
    printed, plan, looks = frame.printed, sheet.plan, frame.looks
    to.write_string(TITLE_ROW, _FIRST_SHOWN, printed.category(plan.category), looks["title"])
    to.set_row(TITLE_ROW, 28)
    frame.line(to, (LEAD_ROW, _FIRST_SHOWN, _CHOICE), printed.question(plan.category), "lead")
    to.set_row(LEAD_ROW, 32)
    empty, total = pair_counts(sheet)
    now = frame.progress_now(empty, total)
    to.write_formula(PROGRESS_ROW, _FIRST_SHOWN, frame.progress(*counts), looks["progress"], now)
    to.set_row(PROGRESS_ROW, 20)
    to.set_row(TOP_ROW, 24)
    for line in plan.lines:
        if line.of is None:
            label = printed.cluster(line.cluster)
            frame.line(to, (line.row, _FIRST_SHOWN, _CHOICE), label, "band")
            to.set_row(line.row, 20)
        else:
            _write_pair(frame, to, sheet, line)
    asked, keys = (f"{cell(FIRST_ROW, at)}:{cell(plan.last_row, at)}" for at in (_CHOICE, 2))
    to.write_formula(counts[0], f'=SUMPRODUCT(({keys}<>"")*(LEN(TRIM({asked}))=0))', None, empty)
    to.write_formula(counts[1], f'=SUMPRODUCT(({keys}<>"")*1)', None, total)
    to.conditional_format(FIRST_ROW, _CHOICE, plan.last_row, _CHOICE, {
        "type": "formula", "criteria": f"=LEN(TRIM(J{FIRST_ROW + 1}))>0", "format": looks["done"],
    })  # fmt: skip
    to.freeze_panes(FIRST_ROW, _FIRST_SHOWN)
    to.repeat_rows(TITLE_ROW, TOP_ROW)
    to.print_area(TITLE_ROW, _FIRST_SHOWN, plan.last_row, _CHOICE)


def _columns(frame: Frame) -> list[Column]:
    words = frame.printed.words
    return [
        *(Column(key) for key in PAIR_KEYS[:_FIRST_SHOWN]),
        Column("number", words("form.number"), 5),
        Column("shown_first", words("form.first"), _WIDTH, "head_left"),
        Column("shown_second", words("form.second"), _WIDTH, "head_left"),
        Column(CHOICE, words("form.choice"), _WIDTH),
    ]


def _write_pair(frame: Frame, to: Any, sheet: Sheet, line: Line) -> None:
    pair = line.of
    assert isinstance(pair, Pair)
    words, looks = frame.printed.words, frame.looks
    names = {one: frame.printed.name(one) for one in (pair.first, pair.second)}
    hidden = [pair.category, pair.cluster, pair.first, pair.second, *names.values()]
    for at, value in enumerate(hidden):
        to.write_string(line.row, at, value, looks["key"])
    to.write_number(line.row, _FIRST_SHOWN, line.number, looks["number"])
    for at, name in enumerate(names.values(), _FIRST_SHOWN + 1):
        to.write_string(line.row, at, name, looks["cell"])
    chosen = answer_in(sheet.filled, Question(pair, ""))
    if chosen is None:
        to.write_blank(line.row, _CHOICE, None, looks["words"])
    else:
        to.write_string(line.row, _CHOICE, names.get(str(chosen), str(chosen)), looks["words"])
    to.set_row(line.row, 16 * max(2, *(1 + len(name) // int(_WIDTH) for name in names.values())))
    to.data_validation(line.row, _CHOICE, line.row, _CHOICE, {
        "validate": "list", "source": f"={cell(line.row, 4)}:{cell(line.row, 5)}",
        "input_title": cut(words("form.choice"), 32), "input_message": words("form.choice_help"),
        "error_title": words("form.not_valid"), "error_message": words("form.choice_help"),
    })  # fmt: skip
