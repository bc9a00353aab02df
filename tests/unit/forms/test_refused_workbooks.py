"""Workbooks that were taken apart are refused, with all reasons and their places."""

import openpyxl
import pytest
from tests.form_cases import (
    CHOICES,
    CODE,
    DECLARATION,
    FILLED,
    SCORES,
    TIES,
    printed,
    refused_whole,
    told,
)

from tolok.forms.write import write_ballot, write_declaration


def moved(shown, written):
    """What is told of a name in the row of another."""
    place = f"the name {shown!r} stands in the row of {written!r}"
    return f"{place}; rows were moved without their hidden columns."


def drop_sheet(book):
    del book["Video Film"]


def drop_two(book):
    del book["Video Film"]
    book["Picture"]["A2"].value, book["Picture"]["K3"].value = None, None


def copy_sheet(book):
    book.copy_worksheet(book["Video Film"])


def drop_key(book):
    book["Picture"]["C10"] = None


def drop_keys(book):
    for column in "ABC":
        book["Picture"][f"{column}9"] = None


def double_key(book):
    book["Picture"]["C10"] = "bukit"
    book["Picture"]["D10"] = book["Picture"]["G10"] = "=HYPERLINK(1)"


def add_row(book):
    book["Picture"]["G13"], book["Picture"]["I13"] = "Kementerian Baru", 9


def drop_row(book):
    book["Video Film"].delete_rows(9)


def sort_apart(book):
    sheet = book["Picture"]
    for column in "GHIJK":
        upper, lower = sheet[f"{column}9"].value, sheet[f"{column}10"].value
        sheet[f"{column}9"], sheet[f"{column}10"] = lower, upper
    sheet["G10"].data_type = "s"  # a name, and no formula


def drop_column(book):
    book["Picture"].delete_cols(9)


def double_column(book):
    book["Picture"]["L3"] = "score:clarity"


def other_juror(book):
    cells = {cell.value: cell.column for cell in book["Video Film"][1]}
    book["Video Film"].cell(2, cells["juror"]).value = "juror-08"


def no_code(book):
    for sheet in book:
        cells = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, cells["code"]).value = None


def other_category(book):
    book["Picture"]["A9"] = "best-video"


def broken_list(book):
    cells = {cell.value: cell.column for cell in book["Picture"][1]}
    book["Picture"].cell(2, cells["questions"]).value = "clarity, idea"


CHANGES = [
    (drop_sheet, [(None, "the sheet of the category 'best-video' is missing.")]),
    (
        copy_sheet,
        [(None, "the category 'best-video' stands in 2 sheets: 'Video Film', 'Video Film Copy'.")],
    ),
    (
        drop_key,
        [
            ("Picture!A10", "the hidden key of this row lacks institution_id."),
            ("Picture", "2 of 3 rows are left with their hidden keys."),
        ],
    ),
    (
        drop_keys,
        [
            ("Picture!H9", "this row has answers but no hidden key; it was added."),
            ("Picture", "2 of 3 rows are left with their hidden keys."),
        ],
    ),
    (
        double_key,
        [
            (
                f"Picture!{column}10",
                f"'bukit' in 'best-picture' stands here and at Picture!{column}9.",
            )
            for column in "HIJK"
        ],
    ),
    (add_row, [("Picture!I13", "this row has answers but no hidden key; it was added.")]),
    (drop_row, [("Video Film", "0 of 1 rows are left with their hidden keys.")]),
    (
        sort_apart,
        [
            (
                "Picture!G9",
                moved("Kementerian Awan", "=HYPERLINK(1)"),
            ),
            (
                "Picture!G10",
                moved("=HYPERLINK(1)", "Kementerian Awan"),
            ),
        ],
    ),
    (
        drop_column,
        [
            ("Picture", "the hidden head has no 'parts'."),  # which stood above
            ("Picture", "the column with the hidden key 'score:idea' is missing."),
        ],
    ),
    (double_column, [("Picture!A3", "2 columns have the key 'score:clarity'.")]),
    (other_juror, [("Video Film", "has juror 'juror-08', but 'How to' has 'juror-07'.")]),
    (
        no_code,
        [
            (sheet, "the hidden head has no 'code'.")
            for sheet in ("How to", "Picture", "Video Film")
        ],
    ),
    (
        other_category,
        [("Picture!A9", "a row of 'best-video' stands in the sheet of another category.")],
    ),
    (broken_list, [("Picture", "the hidden head has no list of questions.")]),
    (
        drop_two,  # a sheet without its head is none of ours
        [
            (None, "the sheet of the category 'best-picture' is missing."),
            (None, "the sheet of the category 'best-video' is missing."),
        ],
    ),
]


@pytest.mark.parametrize(
    ("change", "faults"), CHANGES, ids=lambda one: getattr(one, "__name__", "")
)
def test_workbook_that_was_taken_apart_is_refused(tmp_path, change, faults):
    path = tmp_path / "a.xlsx"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    assert told(path) == faults


def test_all_faults_of_a_workbook_are_told_at_once(tmp_path):
    path = tmp_path / "a.xlsx"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    book = openpyxl.load_workbook(path)
    for change in (add_row, drop_key, other_juror, drop_row):
        change(book)
    book.save(path)
    places = [place for place, _ in told(path)]
    assert places == ["Video Film", "Picture!A10", "Picture!I13", "Picture", "Video Film"]


def test_pairs_that_were_moved_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_ballot(CHOICES, CODE, printed(), path)
    book = openpyxl.load_workbook(path)
    book["Picture"]["I11"], book["Picture"]["J12"] = "Kementerian Awan", "Kementerian Awan"
    book.save(path)
    assert [place for place, _ in told(path)] == ["Picture!I11", "Picture!J12"]


def test_declaration_that_was_taken_apart_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_declaration(DECLARATION, printed(), path, ties=TIES)
    book = openpyxl.load_workbook(path)
    sheet = book["Declaration"]
    sheet["A4"] = sheet["A11"] = sheet["A13"] = sheet["B2"] = None
    sheet["B2"], sheet["D15"], sheet["F30"] = "1", "Badan Lain", "kin"
    juror = {cell.value: cell.column for cell in sheet[1]}["juror"]
    sheet.cell(2, juror).value = " "
    book.save(path)
    assert told(path) == [
        ("Declaration", "the hidden head has no 'juror'."),
        ("Declaration", "the row in which the juror signs is missing."),
        ("Declaration", "the hidden list of the kinds of a tie is missing."),
        (
            "Declaration!D15",
            moved("Badan Lain", "Badan Cahaya, “Lautan” & Udara; <b>"),
        ),
        ("Declaration!F30", "this row has answers but no hidden key; it was added."),
        ("Declaration", "5 of 6 rows are left with their hidden keys."),
    ]


def test_declaration_without_columns_and_in_two_sheets_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_declaration(DECLARATION, printed(), path, ties=TIES)
    book = openpyxl.load_workbook(path)
    book["Declaration"].delete_cols(7)
    book.copy_worksheet(book["Declaration"])
    book.save(path)
    assert told(path) == [
        (None, "the declaration stands in 2 sheets: 'Declaration', 'Declaration Copy'."),
        ("Declaration", "the column with the hidden key 'ended_on' is missing."),
    ]


def test_workbook_of_two_forms_or_another_version_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_ballot(SCORES, CODE, printed(), path)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        sheet["B2"] = "2"
    book.save(path)
    assert refused_whole(path) == "is of version 2 of the form; 1 is read."
    book["Picture"]["A2"] = "tolok-declaration"
    book.save(path)
    assert refused_whole(path) == "has sheets of a ballot and of a declaration."


def test_workbook_of_something_else_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["format", "Kementerian", 7])
    book.save(tmp_path / "a.xlsx")
    problem = "is no ballot and no declaration: no sheet has a hidden head of ours."
    assert refused_whole(tmp_path / "a.xlsx") == problem
