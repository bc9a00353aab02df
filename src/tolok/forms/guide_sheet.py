"""The first sheet of a ballot: whose it is, how to fill it in, what is empty, and the rubric."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tolok.forms.frame import Frame, lines_of
from tolok.forms.plan import Plan
from tolok.jury.ballot import BallotForm

_WIDTHS = (28.0, 12.0, 78.0)
_START, _LAST = 3, len(_WIDTHS) - 1


@dataclass(frozen=True)
class Count:
    """A live count: the cells of its two numbers, and what they are as the form goes out."""

    cells: tuple[str, str]
    now: tuple[int, int]


@dataclass(frozen=True)
class Guide:
    """What the first sheet tells: the form, its sheets with a count each, and the count of all."""

    form: BallotForm
    plans: Sequence[Plan]
    counts: Sequence[Count]
    whole: Count
    has_earlier: bool


def write_guide(frame: Frame, to: Any, guide: Guide) -> None:
    """The sheet's title, facts, steps, counts and rubric, one under another."""
    words = frame.printed.words
    for at, width in enumerate(_WIDTHS):
        to.set_column(at, at, width)
    title = words("form.pairs" if guide.form.kind == "pairs" else "form.ballot")
    to.write_string(_START, 0, title, frame.looks["title"])
    to.set_row(_START, 30)
    row = _write_facts(frame, to, guide, _START + 1)
    row = _write_steps(frame, to, guide, row + 1)
    row = _write_counts(frame, to, guide, row + 1)
    for plan in guide.plans if guide.form.kind != "pairs" else ():
        row = _write_rubric(frame, to, (guide.form, plan), row + 1)
    to.set_portrait()
    to.print_area(_START, 0, row - 1, _LAST)


def _write_facts(frame: Frame, to: Any, guide: Guide, row: int) -> int:
    words, form = frame.printed.words, guide.form
    title = frame.printed.rules.edition.title[frame.printed.language]
    facts = {"form.edition": title, "form.juror": form.juror, "form.round": form.round}
    closing = frame.printed.moment_of_closing(form.round)
    if closing:
        facts["form.closes"] = words("form.closes_before", moment=closing)
    for key, fact in facts.items():
        to.write_string(row, 0, words(key), frame.looks["label"])
        frame.line(to, (row, 1, _LAST), fact, "text")
        row += 1
    return row


def _write_steps(frame: Frame, to: Any, guide: Guide, row: int) -> int:
    words, form = frame.printed.words, guide.form
    if form.kind == "pairs":
        steps = [words("form.step.pair")]
    else:
        limits = {"lowest": str(form.lowest_score), "highest": str(form.highest_score)}
        steps = [words("form.step.score", **limits)]
        steps += [words("form.step.earlier")] if guide.has_earlier else []
        steps.append(words("form.step.recused", column=words("form.recused")))
        steps.append(words("form.step.note", column=words("form.note")))
    to.write_string(row, 0, words("form.how"), frame.looks["progress"])
    for number, step in enumerate([*steps, words("form.step.return")], 1):
        row += 1
        text = f"{number}. {step}"
        frame.line(to, (row, 0, _LAST), text, "step")
        to.set_row(row, 16 * lines_of(text, sum(_WIDTHS) * 0.95))
    return row + 1


def _write_counts(frame: Frame, to: Any, guide: Guide, row: int) -> int:
    words, looks = frame.printed.words, frame.looks
    to.write_string(row, 0, words("form.status"), looks["progress"])
    _write_count(frame, to, (row, 1), guide.whole, "progress")
    for plan, count in zip(guide.plans, guide.counts, strict=True):
        row += 1
        label = frame.printed.category(plan.category)
        to.write_string(row, 0, label, looks["text"])
        to.merge_range(row, 1, row, _LAST, "", looks["text"])
        _write_count(frame, to, (row, 1), count, "text")
        to.set_row(row, 16 * lines_of(label, _WIDTHS[0]))
    return row + 1


def _write_count(frame: Frame, to: Any, place: tuple[int, int], count: Count, look: str) -> None:
    formula, now = frame.progress(*count.cells), frame.progress_now(*count.now)
    to.write_formula(*place, formula, frame.looks[look], now)
    to.conditional_format(*place, *place, {
        "type": "formula", "criteria": f"={count.cells[0]}=0", "format": frame.looks["full"],
    })  # fmt: skip


def _write_rubric(frame: Frame, to: Any, of: tuple[BallotForm, Plan], row: int) -> int:
    (form, plan), words, looks = of, frame.printed.words, frame.looks
    label = frame.printed.category(plan.category)
    frame.line(to, (row, 0, _LAST), f"{words('form.rubric')}: {label}", "band")
    row += 1
    for at, key in enumerate(("form.criterion", "form.weight", "form.anchors")):
        to.write_string(row, at, words(key), looks["head_left"])
    asked = form.criteria.get(plan.category, ())
    for _, criterion, weight, anchors in frame.printed.criteria(plan.category, asked):
        row += 1
        for at, (text, look) in enumerate(
            ((criterion, "label"), (weight, "text"), (anchors, "text"))
        ):
            to.write_string(row, at, text, looks[look])
        height = max(lines_of(anchors, _WIDTHS[2]), lines_of(criterion, _WIDTHS[0] * 0.9))
        to.set_row(row, 16 * height)
    return row + 1
