"""A declaration as a juror opens it: what is open, what is offered, what is still lacking."""

import openpyxl
import pytest
from tests.form_cases import DECLARATION, NAMES, TIES, printed

from tolok.forms.printed import Printed
from tolok.forms.write import write_declaration


@pytest.fixture
def sheet(tmp_path):
    """The one sheet of a declaration in English, as another library opens it."""
    write_declaration(DECLARATION, printed(), tmp_path / "a.xlsx", ties=TIES)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Declaration"]
    return book["Declaration"]


def test_every_institution_is_listed_and_several_ties_have_rows(sheet):
    rows = [tuple(sheet[f"{column}{row}"].value for column in "CDEF") for row in range(13, 19)]
    assert rows == [
        (1, "Kementerian Awan", "Ministries", None),
        (2, "=HYPERLINK(1)", "Ministries", "Works there"),
        (3, "Badan Cahaya, “Lautan” & Udara; <b>", "Agencies", None),
        (4, "Kota Kembar (danau)", "Agencies", "Is paid by it or sells to it"),
        (5, "Kota Kembar (danau)", "Agencies", "A relative works there"),
        (6, "kota kembar (embun)", "", None),
    ]


def test_only_answers_and_the_signature_are_unlocked(sheet):
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    unlocked = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    assert unlocked == {"F11"} | {f"{column}{row}" for column in "FGH" for row in range(13, 19)}


def test_ties_days_and_signature_are_checked_as_they_are_typed(sheet):
    found = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    kinds = {place: (one.type, one.formula1, one.formula2) for place, one in found.items()}
    assert kinds == {
        "F11": ("list", "$B$6:$C$6", None),
        "F13:F18": ("list", "$B$5:$F$5", None),
        "G13:G18": ("date", "18264", "73051"),
        "H13:H18": (None, None, None),
    }
    assert [sheet[f"{column}6"].value for column in "BC"] == ["yes", "no"]
    assert found["H13:H18"].prompt == "Asked for where there is a tie: a few words will do."


def test_tie_without_details_and_details_without_a_tie_are_marked(sheet):
    rules = {
        (str(of.sqref), rule.formula[0])
        for of in sheet.conditional_formatting
        for rule in of.rules
        if rule.stopIfTrue
    }
    assert rules == {
        ("F13:F18", "AND(LEN(TRIM($F13))=0,LEN(TRIM($G13))+LEN(TRIM($H13))>0)"),
        ("H13:H18", "AND(LEN(TRIM($H13))=0,LEN(TRIM($F13))>0)"),
    }


def test_column_of_clusters_is_hidden_where_none_is_known(tmp_path):
    bare = Printed(printed().rules, NAMES, "id")
    write_declaration(DECLARATION, bare, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Pernyataan"]
    assert sheet.column_dimensions["E"].hidden
