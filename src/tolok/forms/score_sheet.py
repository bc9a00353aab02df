"""The sheet of a category in a round of scores: a row a nominee, a column a criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tolok.forms.frame import Column, Frame, cell, check_length, lines_of
from tolok.forms.plan import FIRST_ROW, LEAD_ROW, PROGRESS_ROW, TITLE_ROW, TOP_ROW, Line, Plan
from tolok.forms.printed import cut
from tolok.forms.question import Question, answer_in
from tolok.jury.ballot import NOTE, RECUSED, Ballot, BallotForm, Entry
from tolok.jury.declaration import TIES

SCORE, EARLIER = "score:", "earlier:"
SHOWN = "shown"
"""The key of the column that people read the name in; `name` beside it is as it was written."""
_ELSEWHERE = 2
"""In the hidden column `open`: the juror stepped back on another sheet, and not yet on this one.

There 1 is an entry to score, and 0 one from which the juror stepped back.
"""
_MESSAGE, _TITLE = 255, 32
"""What Excel lets a message of a cell and its title hold."""
_NAME_WIDTH = 36.0


@dataclass(frozen=True)
class Sheet:
    """One sheet of a ballot as it is written.

    `elsewhere` are the cells for stepping back from an institution, on whatever sheet.
    """

    form: BallotForm
    plan: Plan
    path: Path
    filled: Ballot | None = None
    earlier: Ballot | None = None
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """The criteria of the category."""
        return self.form.criteria.get(self.plan.category, ())

    def keys(self) -> list[str]:
        """The keys of its columns."""
        scores = [
            key
            for name in self.asked
            for key in ((f"{EARLIER}{name}",) if self.earlier else ()) + (f"{SCORE}{name}",)
        ]
        first = ["category", "cluster", "institution_id", "name", "open", "number", SHOWN]
        return [*first, *scores, RECUSED, NOTE]

    def is_open(self, of: Entry) -> bool:
        """Whether the juror scores the entry, as the form goes out."""
        return not (self.filled and self.filled.recused.get(of.institution_id, "").strip())

    def counts(self) -> tuple[int, int]:
        """How many scores are empty, and how many there are to give."""
        entries = [e for e in (line.of for line in self.plan.asked) if isinstance(e, Entry)]
        opened = [Question(e, name) for e in entries if self.is_open(e) for name in self.asked]
        return sum(answer_in(self.filled, one) is None for one in opened), len(opened)


def recusal_cells(
    form: BallotForm, plans: Sequence[Plan], *, has_earlier: bool
) -> dict[str, list[str]]:
    """Where a juror can step back from each institution: the cells of all sheets."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        of_plan = len(form.criteria.get(plan.category, ())) * (2 if has_earlier else 1)
        for line in plan.asked:
            assert isinstance(line.of, Entry)
            found.setdefault(line.of.institution_id, []).append(
                cell(line.row, 7 + of_plan, plan.sheet)
            )
    return found


def write_score_sheet(frame: Frame, to: Any, sheet: Sheet, counts: tuple[str, str]) -> None:
    """The sheet's rows, with validation and a live count whose cells are in `counts`."""
    keys = sheet.keys()
    frame.columns(to, _columns(frame, sheet), TOP_ROW)
    _write_top(frame, to, sheet, counts)
    for line in sheet.plan.lines:
        if line.of is None:
            frame.line(
                to, (line.row, 5, len(keys) - 1), frame.printed.cluster(line.cluster), "band"
            )
            to.set_row(line.row, 20)
        else:
            _write_entry(frame, to, sheet, line)
    _write_counts(to, sheet, counts)
    _guard(frame, to, sheet)
    _mark(frame, to, sheet)
    to.freeze_panes(FIRST_ROW, 7)
    to.repeat_rows(TITLE_ROW, TOP_ROW)
    to.print_area(TITLE_ROW, 5, sheet.plan.last_row, len(keys) - 1)


def _columns(frame: Frame, sheet: Sheet) -> list[Column]:
    printed, words = frame.printed, frame.printed.words
    found = [Column(key) for key in sheet.keys()[:5]]
    found += [
        Column("number", words("form.number"), 5),
        Column(SHOWN, words("form.institution"), _NAME_WIDTH, "head_left"),
    ]
    for name, label, weight, _ in printed.criteria(sheet.plan.category, sheet.asked):
        if sheet.earlier:
            found.append(Column(f"{EARLIER}{name}", words("form.earlier"), 8, "head_grey"))
        title = f"{label}\n{words('form.weight')} {weight}" if weight else label
        found.append(Column(f"{SCORE}{name}", title, 15))
    return [
        *found,
        Column(RECUSED, words("form.recused"), 28),
        Column(NOTE, words("form.note"), 44),
    ]


def _write_top(frame: Frame, to: Any, sheet: Sheet, counts: tuple[str, str]) -> None:
    printed, category = frame.printed, sheet.plan.category
    keys = sheet.keys()
    to.write_string(TITLE_ROW, 5, printed.category(category), frame.looks["title"])
    to.set_row(TITLE_ROW, 28)
    question = printed.question(category)
    frame.line(to, (LEAD_ROW, 5, len(keys) - 1), question, "lead")
    width = _NAME_WIDTH + 15 * len(sheet.asked) + 72
    to.set_row(LEAD_ROW, 16 * lines_of(question, width))
    now = frame.progress_now(*sheet.counts())
    to.write_formula(PROGRESS_ROW, 5, frame.progress(*counts), frame.looks["progress"], now)
    to.set_row(PROGRESS_ROW, 20)
    to.conditional_format(PROGRESS_ROW, 5, PROGRESS_ROW, 5, {
        "type": "formula", "criteria": f"={counts[0]}=0", "format": frame.looks["full"],
    })  # fmt: skip
    titles = [c.title for c in _columns(frame, sheet) if c.key.startswith(SCORE)]
    to.set_row(TOP_ROW, 16 * max([2, *(lines_of(title, 12) for title in titles)]))


def _write_entry(frame: Frame, to: Any, sheet: Sheet, line: Line) -> None:
    entry = line.of
    assert isinstance(entry, Entry)
    shown = frame.printed.name(entry.institution_id)
    hidden = [entry.category, entry.cluster, entry.institution_id, shown]
    for at, text in enumerate(hidden):
        to.write_string(line.row, at, text, frame.looks["key"])
    own = cell(line.row, sheet.keys().index(RECUSED))
    closers = [f"LEN(TRIM({one}))" for one in sheet.elsewhere.get(entry.institution_id, ())]
    is_open = int(sheet.is_open(entry))
    formula = f"=IF(LEN(TRIM({own}))>0,0,IF({'+'.join(closers)}>0,{_ELSEWHERE},1))"
    to.write_formula(line.row, 4, formula, frame.looks["key"], is_open)
    to.write_number(line.row, 5, line.number, frame.looks["number"])
    to.write_string(line.row, 6, shown, frame.looks["cell"])
    longest = lines_of(shown, _NAME_WIDTH)
    for at, key in enumerate(sheet.keys()[7:], 7):
        kind, _, name = key.partition(":")
        source = sheet.earlier if f"{kind}:" == EARLIER else sheet.filled
        value = answer_in(source, Question(entry, name or kind))
        look = {SCORE: "score", EARLIER: "grey"}.get(f"{kind}:", "optional")
        if value is None:
            to.write_blank(line.row, at, None, frame.looks[look])
        elif isinstance(value, int):
            to.write_number(line.row, at, value, frame.looks[look])
        else:
            check_length(value, sheet.path, "a note or reason")
            to.write_string(line.row, at, value, frame.looks[look])
            longest = max(longest, lines_of(value, 28 if key == RECUSED else 44))
    to.set_row(line.row, max(24, min(16 * longest, 300)))


def _write_counts(to: Any, sheet: Sheet, counts: tuple[str, str]) -> None:
    """The two numbers of the live count, in the hidden head."""
    keys, plan = sheet.keys(), sheet.plan
    opened = _range(plan, keys.index("open"))
    scores = [at for at, key in enumerate(keys) if key.startswith(SCORE)]
    blanks = "+".join(f"(LEN(TRIM({_range(plan, at)}))=0)" for at in scores) or "0"
    empty, total = sheet.counts()
    to.write_formula(counts[0], f"=SUMPRODUCT(({opened}>0)*({blanks}))", None, empty)
    to.write_formula(counts[1], f"=SUMPRODUCT(({opened}>0)*{len(scores)})", None, total)


def _guard(frame: Frame, to: Any, sheet: Sheet) -> None:
    """Validation of the cells that are open, with what a juror needs to know of each."""
    words, form = frame.printed.words, sheet.form
    limits = {"lowest": str(form.lowest_score), "highest": str(form.highest_score)}
    keys, rows = sheet.keys(), (FIRST_ROW, sheet.plan.last_row)
    for name, label, _, anchors in frame.printed.criteria(sheet.plan.category, sheet.asked):
        at = keys.index(f"{SCORE}{name}")
        to.data_validation(rows[0], at, rows[1], at, {
            "validate": "integer", "criteria": "between",
            "minimum": form.lowest_score, "maximum": form.highest_score,
            "input_title": cut(label, _TITLE),
            "input_message": cut(anchors or words("form.score_range", **limits), _MESSAGE),
            "error_title": words("form.not_valid"),
            "error_message": words("form.not_a_score", **limits),
        })  # fmt: skip
    ties = [words(f"tie.{kind}") for kind in TIES]
    at = keys.index(RECUSED)
    to.data_validation(rows[0], at, rows[1], at, {
        "validate": "list", "source": ties, "show_error": False,  # own words are welcome
        "input_title": cut(words("form.recused"), _TITLE),
        "input_message": words("form.recused_help"),
    })  # fmt: skip


def _mark(frame: Frame, to: Any, sheet: Sheet) -> None:
    """Colours that follow what is typed: wrong, not to be scored, changed, done."""
    keys, looks, form = sheet.keys(), frame.looks, sheet.form
    first, last = FIRST_ROW, sheet.plan.last_row
    closed = f'=AND($E{first + 1}<>"",$E{first + 1}=0)'
    for at in (at for at, key in enumerate(keys) if key.startswith(SCORE)):
        this = cell(first, at).replace("$", "")
        low, high = form.lowest_score, form.highest_score
        off = f"OR({this}<{low},{this}>{high},{this}<>INT({this}))"
        rules = [
            (f"=IF(LEN(TRIM({this}))=0,FALSE,IF(ISNUMBER({this}),{off},TRUE))", "wrong"),
            (closed, "closed"),
            (f"=LEN(TRIM({this}))>0", "done"),
        ]
        if sheet.earlier:
            before = cell(first, at - 1).replace("$", "")
            changed = f'=AND(LEN(TRIM({this}))>0,{before}<>"",{this}<>{before})'
            rules.insert(2, (changed, "changed"))
        for formula, look in rules:
            to.conditional_format(first, at, last, at, {
                "type": "formula", "criteria": formula, "format": looks[look], "stop_if_true": True,
            })  # fmt: skip
    lacking = f"=$E{first + 1}={_ELSEWHERE}"
    at = keys.index(RECUSED)
    to.conditional_format(first, at, last, at, {
        "type": "formula", "criteria": lacking, "format": looks["wrong"], "stop_if_true": True,
    })  # fmt: skip
    for at in (keys.index(RECUSED), keys.index(NOTE)):
        this = cell(first, at).replace("$", "")
        to.conditional_format(first, at, last, at, {
            "type": "formula", "criteria": f"=LEN(TRIM({this}))>0", "format": looks["done"],
        })  # fmt: skip


def _range(plan: Plan, column: int) -> str:
    return f"{cell(FIRST_ROW, column)}:{cell(plan.last_row, column)}"
