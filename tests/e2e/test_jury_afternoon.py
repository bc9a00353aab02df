"""A jury in an afternoon, step by step as docs/jury.md has it, the forms filled in by LibreOffice.

The commands are the real ones and the forms those that they make; only the clock is the test's.
"""

import csv

import openpyxl
import pytest
from tests.jury_cases import (
    DAY,
    FIRST,
    HOUR,
    NAMES,
    SECOND,
    VOTE,
    Secretary,
    make_edition,
)
from tests.libreoffice_cases import ODS, XLSX, is_there, job, worked

pytestmark = pytest.mark.skipif(not is_there(), reason="no LibreOffice here to fill in forms with")

TIED = NAMES[2]


@pytest.fixture
def secretary(tmp_path, monkeypatch):
    return Secretary(make_edition(tmp_path / "edition"), monkeypatch)


def cells(form):
    """The cells that a juror may fill in: by sheet, the row's keys and the column's key."""
    found = {}
    for sheet in openpyxl.load_workbook(form).worksheets:
        keys = {cell.column: str(cell.value) for cell in sheet[3]}
        for row in sheet.iter_rows(min_row=4):
            own = [str(cell.value) for cell in row[:4]]
            for cell in row:
                if not cell.protection.locked:
                    found[sheet.title, cell.coordinate] = (own, keys.get(cell.column, ""))
    return found


def typed(form, choose):
    """What goes into each cell by its keys; None leaves it as it is."""
    sheets: dict[str, dict[str, object]] = {}
    for (sheet, place), (row, column) in cells(form).items():
        value = choose(row, column)
        if value is not None:
            sheets.setdefault(sheet, {})[place] = value
    return sheets


def declare(is_tied):
    def choose(row, column):
        if row[0] == "signed":
            return "ya"
        if is_tied and row[0] == "agencies-a":
            return {"tie": "Bekerja di instansi itu", "reason": "kepala humas"}.get(column)
        return None

    return choose


def scores(points):
    """Scores by the letter of the institution; a function of its row may say otherwise."""

    def choose(row, column):
        return points[row[2][-1]] if column.startswith("score:") else None

    return choose


def fill(forms, inbox, choose, suffix=".xlsx"):
    """The forms of jurors filled in and saved by LibreOffice; `choose` by code."""
    kind = {".xlsx": XLSX, ".ods": ODS}[suffix]
    saved = {code: inbox / f"{form.stem}-{code}{suffix}" for code, form in forms.items()}
    worked(
        [
            job(form, [(saved[code], kind, "")], typed=typed(form, choose(code)))
            for code, form in forms.items()
        ]
    )
    return list(saved.values())


def sent(at, name):
    """The file of a name that lies in the folder to send of each juror, by code."""
    home = at.folder / "private" / "jury" / "send"
    return {folder.name.split()[0]: folder / name for folder in sorted(home.iterdir())}


def test_a_secretary_runs_a_jury_with_a_spreadsheet(secretary, tmp_path):
    at, inbox = secretary, tmp_path / "inbox"
    inbox.mkdir()
    at.types("open")
    names = at.asks("open")["jurors"]
    (bound,) = (code for code, name in names.items() if name == TIED)

    forms = sent(at, "declaration.xlsx")
    assert sorted(forms) == sorted(names)
    files = fill(forms, inbox, lambda code: declare(code == bound))
    shown = at.types("import", *files)
    assert f"declaration of {bound}; steps back from agencies-a." in shown
    assert shown.count("declaration of J") == 5

    at.types("packs")
    at.types("ballots")
    at.goes_to(FIRST + HOUR)
    ballots = sent(at, "first/ballot.xlsx")
    first, *others = sorted(ballots)
    hasty = fill({first: ballots[first]}, inbox, lambda _: scores({"a": 9, "b": 5.5, "c": 4}))
    refused = at.types("import", *hasty, status=2)
    assert refused.count("5.5 is no score. Expected a whole number from 1 to 10.") >= 10
    assert "!H" in refused
    halves = [{code: ballots[code] for code in part} for part in (others[:2], [first, *others[2:]])]
    points = {code: {"a": 9 - at % 2, "b": 6, "c": 4} for at, code in enumerate(ballots)}
    files = fill(halves[0], inbox, lambda code: scores(points[code]), ".ods")
    files += fill(halves[1], inbox, lambda code: scores(points[code]))
    shown = at.types("import", *files)
    assert shown.count("version 1") == 5
    assert shown.count("The figures may be sent to J") == 5
    at.goes_to(FIRST + DAY)
    assert "clear" in at.types("tally")

    at.goes_to(SECOND)
    at.types("ballots")
    second = sent(at, "second/ballot.xlsx")[first]

    def one_higher(row, column):
        return 7 if column == "score:quality" and row[2][-1] == "b" else None

    only = fill({first: second}, inbox, lambda _: one_higher)
    at.types("import", *only)
    at.goes_to(SECOND + DAY)
    tallied = at.asks("tally")
    assert {(was, now) for *_, was, now in tallied["changes"]} == {(6, 7)}
    assert len(tallied["changes"]) == 4  # the criterion stands in two categories of two clusters

    at.types("close")
    with (at.folder / "results" / "winners.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["status"], row["institution_id"]) for row in rows] == [
        ("clear", "agencies-a"),
        ("clear", "ministries-a"),
    ] * 2


def test_a_vote_is_cast_with_a_spreadsheet(secretary, tmp_path):
    at, inbox = secretary, tmp_path / "inbox"
    inbox.mkdir()
    at.types("open")
    at.types("import", *fill(sent(at, "declaration.xlsx"), inbox, lambda _: declare(False)))
    at.types("packs")
    at.types("ballots")
    at.goes_to(FIRST)
    ballots = sent(at, "first/ballot.xlsx")
    loud, *others = sorted(ballots)
    points = {code: {"a": 5 + n // 2, "b": 6, "c": 3} for n, code in enumerate(others)}
    points[loud] = {"a": 10, "b": 1, "c": 1}
    at.types("import", *fill(ballots, inbox, lambda code: scores(points[code])))
    for ended in (FIRST, SECOND):
        at.goes_to(ended + DAY).types("tally")
    at.goes_to(VOTE)
    at.types("ballots")

    def choose(row, column):
        return f"Lembaga {row[1]} b" if column == "choice" else None

    at.types("import", *fill(sent(at, "vote/ballot.xlsx"), inbox, lambda _: choose))
    at.goes_to(VOTE + DAY).types("tally")
    winners = at.asks("close")["winners"]
    assert {(row["status"], row["institution_id"][-1]) for row in winners} == {
        ("decided_by_vote", "b")
    }
