"""Forms that came back as JSON documents."""

import json
from collections.abc import Sequence
from typing import Any

from tolok.errors import FileFault
from tolok.forms.declaration_parts import as_day
from tolok.forms.faults import AS_ISSUED, NO_FORM, Faults
from tolok.forms.grids import MOST_ROWS
from tolok.forms.question import BALLOT, DECLARATION, DECLARATION_HEAD, HEAD, VERSION
from tolok.jury.ballot import Answer, Returned
from tolok.jury.declaration import ReturnedDeclaration, TieRow

_ANSWER_KEYS = ("category", "cluster", "about", "question")


def read_document(data: bytes, faults: Faults) -> Returned | ReturnedDeclaration:
    """The form of a JSON document.

    Raises: FileFault for another document; FaultsFound with all that is wrong with its answers.
    """
    document = _parsed(data, faults.file)
    form = document.get("format") if isinstance(document, dict) else None
    if form not in (BALLOT, DECLARATION):
        problem = "is a JSON document, but no ballot and no declaration."
        raise FileFault(faults.file, problem, remedy=NO_FORM)
    if str(document.get("version")) != VERSION:
        problem = f"is of version {document.get('version')} of the form; {VERSION} is read."
        raise FileFault(faults.file, problem, remedy="Use the version of Tolok that issued it.")
    return _ballot(document, faults) if form == BALLOT else _declaration(document, faults)


def _parsed(data: bytes, file: str) -> Any:
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise FileFault(file, f"cannot be read as JSON: {error}.", remedy=AS_ISSUED) from error


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")


def _ballot(document: dict[str, Any], faults: Faults) -> Returned:
    head = _head(document, HEAD, faults)
    answers = []
    for place, row in _rows(document, "answers", faults):
        if _has_texts(row, _ANSWER_KEYS, place, faults):
            category, cluster, about, question = (row[name] for name in _ANSWER_KEYS)
            value = _value(row, "value", place, faults)
            answers.append(Answer(place, category, cluster, about, question, value))
    faults.check_doubled(answers)
    faults.close()
    return Returned(faults.file, head, tuple(answers))


def _declaration(document: dict[str, Any], faults: Faults) -> ReturnedDeclaration:
    head = _head(document, DECLARATION_HEAD, faults)
    rows = []
    for place, row in _rows(document, "institutions", faults):
        if _has_texts(row, ("institution_id",), place, faults):
            kind, ended_on, reason = (
                None if value is None else str(value)
                for value in (
                    _value(row, name, place, faults) for name in ("tie", "ended_on", "reason")
                )
            )
            rows.append(TieRow(place, row["institution_id"], kind, as_day(ended_on), reason))
    is_signed = document.get("is_signed")
    if not isinstance(is_signed, bool):
        faults.add("is_signed", "is neither true nor false.")
    faults.close()
    return ReturnedDeclaration(faults.file, head, tuple(rows), is_signed is True)


def _head(document: dict[str, Any], names: Sequence[str], faults: Faults) -> dict[str, str]:
    for name in names:
        if not isinstance(document.get(name), str) or not document[name]:
            faults.add(name, "is missing or no text.")
    return {name: str(document.get(name)) for name in names}


def _rows(document: dict[str, Any], name: str, faults: Faults) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a list with their places; a fault for what is no object."""
    listed = document.get(name)
    if not isinstance(listed, list) or len(listed) > MOST_ROWS:
        faults.add(name, f"is no list of {MOST_ROWS:,} objects at most.")
        return []
    found = []
    for at, row in enumerate(listed):
        if isinstance(row, dict):
            found.append((f"{name}[{at}]", row))
        else:
            faults.add(f"{name}[{at}]", "is no object.")
    return found


def _has_texts(row: dict[str, Any], names: Sequence[str], place: str, faults: Faults) -> bool:
    lacking = [name for name in names if not isinstance(row.get(name), str)]
    if lacking:
        faults.add(place, f"has no text for {', '.join(lacking)}.")
    return not lacking


def _value(row: dict[str, Any], name: str, place: str, faults: Faults) -> str | float | None:
    """A number, a text, or None; a fault for anything else."""
    found = row.get(name)
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, int | float):
        try:
            return float(found)
        except OverflowError:
            return str(found)
    if isinstance(found, str):
        return found if found.strip() else None
    if found is not None:
        faults.add(f"{place}.{name}", "is neither a number, a text nor null.")
    return None
