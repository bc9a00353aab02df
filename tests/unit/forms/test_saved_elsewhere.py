"""Forms that other programs have saved: another library, other delimiters, other encodings."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from tests.form_cases import (
    ANSWERS,
    CHOICES,
    CODE,
    DECLARATION,
    EARLIER,
    EMPTY,
    FILLED,
    PAIRS,
    PICTURE,
    SCORES,
    TIES,
    answered,
    as_text,
    printed,
    read_ballot,
    read_declaration,
)

from tolok.forms.write import write_ballot, write_declaration


@pytest.fixture
def typed(tmp_path):
    """A ballot into whose cells something is typed, and which is saved by another library."""

    def type_into(cells, form=SCORES, sheet="Picture", change=None, **given):
        path = tmp_path / "a.xlsx"
        write_ballot(form, CODE, printed(), path, **given)
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book[sheet][place] = value
        if change:
            change(book)
        book.save(path)
        return read_ballot(path)

    return type_into


def test_answers_typed_in_are_read_as_they_are(typed):
    cells = {
        "H9": 7, "I9": 7.0, "H10": "7", "I10": 7.5, "H12": "  ", "I12": True,
        "K9": "a note", "K10": date(2025, 10, 7), "J10": "=1+1",
    }  # fmt: skip
    found = answered(typed(cells))
    assert found == EMPTY | {
        (PICTURE, "ministries", "bukit", "clarity"): 7.0,
        (PICTURE, "ministries", "bukit", "idea"): 7.0,
        (PICTURE, "ministries", "bukit", "note"): "a note",
        (PICTURE, "ministries", "awan", "clarity"): "7",
        (PICTURE, "ministries", "awan", "idea"): 7.5,
        (PICTURE, "ministries", "awan", "note"): "2025-10-07",
        (PICTURE, "agencies", "cahaya", "idea"): "TRUE",
    }  # a formula without its value, as this library saves it, is an empty cell


def reorder(book):
    book.move_sheet("Video Film", -2)
    book.move_sheet("How to", 2)


def rename(book):
    book["Picture"].title = "Gambar saya"


def widen(book):
    for column in "ABCDEFGHIJK":
        book["Picture"].column_dimensions[column].width = 60


def unprotect(book):
    for sheet in book:
        sheet.protection.sheet = False


def unhide(book):
    for row in (1, 2, 3):
        book["Picture"].row_dimensions[row].hidden = False


def trail(book):
    for row in range(13, 400):
        book["Picture"][f"K{row}"] = "  "


def add_sheet(book):
    book.create_sheet("Catatan saya")["A1"] = "format"


def add_column(book):
    book["Picture"]["N9"] = "my own sum"


def drop_guide(book):
    del book["How to"]


@pytest.mark.parametrize(
    "change",
    [reorder, rename, widen, unprotect, unhide, trail, add_sheet, add_column, drop_guide],
)
@pytest.mark.parametrize("earlier", [None, EARLIER], ids=["first", "second"])
def test_what_spreadsheets_and_jurors_change_does_not_matter(typed, change, earlier):
    assert answered(typed({}, change=change, filled=FILLED, earlier=earlier)) == ANSWERS


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Kota Kembar (danau)", "danau"),
        (" kota  kembar (EMBUN) ", "embun"),
        ("embun", "embun"),
        ("Kota Kembar", "Kota Kembar"),  # of two, neither
        (1, 1.0),
        (None, None),
    ],
)
def test_chosen_name_is_an_id_and_nothing_is_guessed(typed, cell, value):
    found = typed({"J11": cell}, form=CHOICES)
    assert answered(found)[PAIRS[1].category, "agencies", "danau|embun", ""] == value
    assert found.answers[1].place == "Picture!J11"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (date(2023, 12, 31), date(2023, 12, 31)),
        (45291.25, date(2023, 12, 31)),  # with a time of day
        ("akhir 2023", "akhir 2023"),
        ("2023-12-31", date(2023, 12, 31)),
        ("31/12/2023", "31/12/2023"),
        (None, None),
    ],
)
def test_end_of_a_tie_is_a_day_or_what_was_typed(tmp_path, cell, value):
    path = tmp_path / "a.xlsx"
    write_declaration(DECLARATION, printed("id"), path)
    book = openpyxl.load_workbook(path)
    book["Pernyataan"]["F13"], book["Pernyataan"]["G13"] = " keluarga BEKERJA di sana", cell
    book["Pernyataan"]["F11"] = "Ya "
    book.save(path)
    found = read_declaration(path)
    assert (found.rows[0].place, found.rows[0].kind, found.rows[0].ended_on) == (
        "Pernyataan!F13", "kin", value,
    )  # fmt: skip
    assert found.is_signed


@pytest.mark.parametrize(("cell", "is_signed"), [("ya", True), ("no", False), ("sudah", False)])
def test_declaration_is_signed_by_yes_alone(tmp_path, cell, is_signed):
    path = tmp_path / "a.xlsx"
    write_declaration(DECLARATION, printed("en"), path, ties=TIES)
    book = openpyxl.load_workbook(path)
    book["Declaration"]["F11"] = cell
    book.save(path)
    assert read_declaration(path).is_signed is is_signed


def test_kind_of_a_tie_that_is_no_word_of_ours_stays_as_it_is(tmp_path):
    path = tmp_path / "a.xlsx"
    write_declaration(DECLARATION, printed("en"), path)
    book = openpyxl.load_workbook(path)
    for row, text in enumerate(["seat", "SEAT", "sepupu"], 13):
        book["Declaration"][f"F{row}"] = text
    book.save(path)
    assert [row.kind for row in read_declaration(path).rows[:3]] == ["seat", "seat", "sepupu"]


def written(rows, delimiter, end):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep=X\r\n"], ids=["plain", "sep"])
def test_csv_is_read_as_spreadsheets_save_it(tmp_path, delimiter, end, encoding, first):
    path = tmp_path / "a.csv"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    rows = [[*row, "", ""] for row in rows] + [[""] * 13] * 3  # trailing columns and rows
    path.write_bytes(
        (first.replace("X", delimiter) + written(rows, delimiter, end)).encode(encoding)
    )
    assert answered(read_ballot(path)) == as_text(ANSWERS)


def test_columns_of_a_csv_may_stand_in_another_order(tmp_path):
    path = tmp_path / "a.csv"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    path.write_text(
        written([row[::-1] for row in rows[::-1][-1:] + rows[:0:-1]], ",", "\n"), "utf-8"
    )
    assert answered(read_ballot(path)) == as_text(ANSWERS)


def test_any_no_in_a_csv_declaration_is_no_signature(tmp_path):
    path = tmp_path / "a.csv"
    write_declaration(DECLARATION, printed("id"), path, is_signed=True)
    assert read_declaration(path).is_signed
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1] + "tidak"]), "utf-8")
    assert not read_declaration(path).is_signed
