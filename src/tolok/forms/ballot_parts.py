"""A ballot that came back as a workbook: the answers of all its sheets."""

import json
from collections.abc import Iterator, Sequence

from tolok.forms.faults import Faults
from tolok.forms.pair_sheet import CHOICE
from tolok.forms.part import Part, check_columns, check_name, keyed_rows
from tolok.forms.question import BAR, HEAD
from tolok.forms.score_sheet import SCORE, SHOWN
from tolok.jury.ballot import NOTE, RECUSED, Answer, Returned

_SCORE_KEYS = ("category", "cluster", "institution_id")
_PAIR_KEYS = ("category", "cluster", "first", "second")


def read_ballot_parts(parts: Sequence[Part], faults: Faults) -> Returned:
    """The ballot of a workbook's sheets.

    Raises: FaultsFound with all that is wrong with them.
    """
    head = _head(parts, faults)
    answers = tuple(answer for part in _asking(parts, faults) for answer in _answers(part, faults))
    faults.check_doubled(answers)
    faults.close()
    return Returned(faults.file, head, answers)


def _head(parts: Sequence[Part], faults: Faults) -> dict[str, str]:
    """The head, which all sheets must have alike."""
    first = parts[0]
    for part in parts:
        for name in (*HEAD, "kind", "parts"):
            value = part.head.get(name, "")
            if not value:
                faults.add(part.sheet, f"the hidden head has no {name!r}.")
            elif value != first.head.get(name):
                said = first.head.get(name, "")
                problem = f"has {name} {value!r}, but {first.sheet!r} has {said!r}."
                faults.add(part.sheet, problem, "Do not put sheets of two ballots together.")
    return {name: first.head.get(name, "") for name in HEAD}


def _asking(parts: Sequence[Part], faults: Faults) -> Iterator[Part]:
    """The sheet of each category, in the order in which the ballot was issued."""
    for name in _texts(parts[0], "parts", faults):
        found = [part for part in parts if part.head.get("part") == name]
        if not found:
            faults.add("", f"the sheet of the category {name!r} is missing.")
        elif len(found) > 1:
            sheets = ", ".join(repr(part.sheet) for part in found)
            problem = f"the category {name!r} stands in {len(found)} sheets: {sheets}."
            faults.add("", problem, "Keep the one with the answers.")
        else:
            yield found[0]


def _answers(part: Part, faults: Faults) -> Iterator[Answer]:
    return _choices(part, faults) if part.head.get("kind") == "pairs" else _scores(part, faults)


def _scores(part: Part, faults: Faults) -> Iterator[Answer]:
    asked = {f"{SCORE}{name}": name for name in _texts(part, "questions", faults)}
    asked |= {RECUSED: RECUSED, NOTE: NOTE}
    if not check_columns(part, [*_SCORE_KEYS, "name", SHOWN, *asked], faults):
        return
    for row in keyed_rows(part, _SCORE_KEYS, list(asked), faults):
        category, cluster, about = (part.text(row, key) for key in _SCORE_KEYS)
        _check_category(part, row, faults)
        check_name(part, row, "name", SHOWN, faults)
        for key, question in asked.items():
            yield Answer(
                part.place(row, key), category, cluster, about, question, part.value(row, key)
            )


def _choices(part: Part, faults: Faults) -> Iterator[Answer]:
    names = ("first_name", "shown_first", "second_name", "shown_second")
    if not check_columns(part, [*_PAIR_KEYS, *names, CHOICE], faults):
        return
    for row in keyed_rows(part, _PAIR_KEYS, [CHOICE], faults):
        category, cluster, first, second = (part.text(row, key) for key in _PAIR_KEYS)
        _check_category(part, row, faults)
        check_name(part, row, *names[:2], faults)
        check_name(part, row, *names[2:], faults)
        about = f"{first}{BAR}{second}"
        yield Answer(part.place(row, CHOICE), category, cluster, about, "", _chosen(part, row))


def _chosen(part: Part, row: int) -> str | float | None:
    """The id of the chosen institution, whose name or id stands in the cell; else the cell."""
    value = part.value(row, CHOICE)
    if not isinstance(value, str):
        return value
    typed = " ".join(value.split()).casefold()
    meant = {
        part.text(row, one)
        for one in ("first", "second")
        for known in (part.text(row, one), part.text(row, f"{one}_name"))
        if " ".join(known.split()).casefold() == typed
    }
    return meant.pop() if len(meant) == 1 else value


def _check_category(part: Part, row: int, faults: Faults) -> None:
    if part.text(row, "category") != part.head.get("part"):
        problem = (
            f"a row of {part.text(row, 'category')!r} stands in the sheet of another category."
        )
        faults.add(part.place(row, "category"), problem)


def _texts(part: Part, name: str, faults: Faults) -> list[str]:
    """A list of texts in a head."""
    try:
        found = json.loads(part.head.get(name, ""))
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return found
    if part.head.get(name) or name != "parts":  # a head without parts has its fault already
        faults.add(part.sheet, f"the hidden head has no list of {name}.")
    return []
