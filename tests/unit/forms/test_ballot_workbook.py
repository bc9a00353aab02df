"""A ballot as a juror opens it: what is open, what is checked, what is counted, what is printed."""

import openpyxl
import pytest
from tests.form_cases import (
    CHOICES,
    CHOSEN,
    CODE,
    EARLIER,
    ENTRIES,
    FILLED,
    PICTURE,
    SCORES,
    printed,
)

from tolok.errors import FileFault
from tolok.forms.frame import LONGEST_TEXT
from tolok.forms.write import write_ballot
from tolok.jury.ballot import Ballot


@pytest.fixture
def opened(tmp_path):
    """Writes a ballot and opens it with another program's library."""

    def open_written(form=SCORES, language="en", **given):
        write_ballot(form, CODE, printed(language), tmp_path / "a.xlsx", **given)
        return openpyxl.load_workbook(tmp_path / "a.xlsx")

    return open_written


def unlocked(sheet):
    return {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}


def validations(sheet):
    return {str(one.sqref): one for one in sheet.data_validations.dataValidation}


def test_sheets_are_the_guide_and_the_categories(opened):
    assert opened().sheetnames == ["How to", "Picture", "Video Film"]
    assert opened(language="id").sheetnames == ["Petunjuk", "Gambar", "Video Film"]


def test_only_cells_that_ask_are_unlocked(opened):
    book = opened()
    assert unlocked(book["Picture"]) == {f"{c}{r}" for c in "HIJK" for r in (9, 10, 12)}
    assert unlocked(book["Video Film"]) == {"H9", "I9", "J9"}
    assert unlocked(book["How to"]) == set()
    with_earlier = opened(earlier=EARLIER)
    assert unlocked(with_earlier["Picture"]) == {f"{c}{r}" for c in "IKLM" for r in (9, 10, 12)}
    pairs = opened(CHOICES)
    assert unlocked(pairs["Picture"]) == {"J9", "J11"}


@pytest.mark.parametrize("form", [SCORES, CHOICES], ids=["scores", "pairs"])
def test_sheets_are_protected_without_a_password(opened, form):
    for sheet in opened(form):
        assert (sheet.protection.sheet, sheet.protection.password) == (True, None)


def test_scores_are_whole_numbers_of_the_scale(opened):
    clarity = validations(opened()["Picture"])["H8:H12"]
    assert (clarity.type, clarity.operator) == ("whole", None)  # None is between
    assert (clarity.formula1, clarity.formula2) == ("1", "10")
    assert (clarity.promptTitle, clarity.prompt) == ("Clarity", "1: Blurred\n10: Clear")
    assert (clarity.showErrorMessage, clarity.error) == (
        True, "Put a whole number from 1 to 10, or leave it empty.",
    )  # fmt: skip
    idea = validations(opened(language="id")["Gambar"])["I8:I12"]
    assert idea.prompt == "Bilangan bulat 1 sampai 10"
    assert idea.error == "Isi dengan bilangan bulat 1 sampai 10, atau kosongkan."


def test_reasons_to_step_back_are_offered_and_own_words_are_taken(opened):
    reasons = validations(opened()["Picture"])["J8:J12"]
    assert reasons.type == "list"
    assert reasons.formula1.strip('"').split(",") == [
        "Works there", "Is paid by it or sells to it", "A relative works there",
        "Sits on its board", "Other by own choice",
    ]  # fmt: skip
    assert not reasons.showErrorMessage


def test_pair_is_chosen_from_its_two_names(opened):
    sheet = opened(CHOICES, filled=CHOSEN)["Picture"]
    found = validations(sheet)["J11"]
    assert (found.type, found.formula1) == ("list", "$E$11:$F$11")
    names = [sheet["E11"].value, sheet["F11"].value]
    assert names == ["Kota Kembar (danau)", "kota kembar (embun)"]  # alike but for the ids
    assert (sheet["J9"].value, sheet["J11"].value) == ("=HYPERLINK(1)", names[0])


def test_keys_are_hidden_and_what_people_read_is_not(opened):
    sheet = opened()["Picture"]
    hidden_rows = [row for row, of in sheet.row_dimensions.items() if of.hidden]
    assert hidden_rows == [1, 2, 3]
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.column_dimensions["F"].hidden
    for column in "ABCDE":  # openpyxl keeps a run of like columns under its first
        groups = [d for d in sheet.column_dimensions.values() if d.hidden]
        at = openpyxl.utils.column_index_from_string(column)
        assert any(group.min <= at <= group.max for group in groups), column


def test_entries_stand_in_the_order_of_the_form_with_their_cluster_above(opened):
    sheet = opened()["Picture"]
    rows = [(sheet[f"F{row}"].value, sheet[f"G{row}"].value) for row in range(8, 13)]
    assert rows == [
        ("Ministries", None),
        (1, "=HYPERLINK(1)"),
        (2, "Kementerian Awan"),
        ("Agencies", None),
        (1, "Badan Cahaya, “Lautan” & Udara; <b>"),
    ]
    assert sheet["G9"].data_type == "s"  # a text, and no formula


def test_heads_name_the_criterion_and_its_weight(opened):
    assert opened()["Picture"]["H7"].value == "Clarity\nWeight 75%"
    assert opened(language="id")["Gambar"]["I7"].value == "Gagasan\nBobot 25%"


def test_score_of_the_earlier_round_stands_before_the_empty_one(opened):
    sheet = opened(earlier=EARLIER)["Picture"]
    assert [sheet[f"{column}7"].value for column in "HI"] == ["Last round", "Clarity\nWeight 75%"]
    assert [sheet[f"{column}9"].value for column in "HIJK"] == [7, None, 3, None]
    assert [sheet[f"{column}10"].value for column in "HIJK"] == [None] * 4


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        (
            None,
            [
                "7 of 7 cells are still empty",
                "6 of 6 cells are still empty",
                "1 of 1 cells are still empty",
            ],
        ),
        (
            FILLED,
            [
                "1 of 4 cells are still empty",
                "1 of 4 cells are still empty",
                "Complete: no cell is empty",
            ],
        ),
    ],
    ids=["empty", "filled"],
)
def test_guide_counts_what_is_empty_also_where_nothing_is_computed(opened, tmp_path, filled, told):
    opened(filled=filled)
    guide = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["How to"]
    column = [str(cell.value) for cell in guide["B"]]
    assert [text for text in column if "empty" in text] == told


def test_guide_tells_juror_closing_time_and_rubric(opened):
    guide = opened(language="id")["Petunjuk"]
    texts = [str(cell.value) for row in guide for cell in row if cell.value]
    assert "juror-07" in texts
    assert "Harus diterima sebelum 8\xa0September\xa02025, 17.00\xa0WIB" in texts
    assert "1: Buram\n10: Jernih" in texts
    assert "Rubrik: Gambar" in texts


def test_sheets_are_printed_on_one_width_with_their_head_on_each_page(opened):
    sheet = opened()["Picture"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0  # one page wide, any number high
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$7"
    assert sheet.freeze_panes == "H8"
    assert CODE in sheet.oddFooter.left.text


def test_workbook_has_no_macro_and_no_link_to_elsewhere(opened, tmp_path):
    book = opened(filled=FILLED, earlier=EARLIER)
    assert book.vba_archive is None
    assert book._external_links == []
    assert [
        cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink
    ] == []


def test_text_that_no_cell_can_hold_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "a.xlsx"
    note = "\N{CRAB}" * (LONGEST_TEXT // 2 + 1)  # two units each
    filled = Ballot("first", "juror-07", notes={ENTRIES[0]: note})
    with pytest.raises(FileFault, match="longer than a cell of a workbook can hold"):
        write_ballot(SCORES, CODE, printed(), path, filled=filled)
    assert list(tmp_path.iterdir()) == []


def test_categories_of_one_label_have_sheets_of_two_names(tmp_path):
    form = type(SCORES)(
        "uji-2025", "first", "scores", "juror-07", SCORES.lock_hash, 1, 10,
        tuple(type(e)(e.category.replace("best-video", "Picture"), e.cluster, e.institution_id)
              for e in ENTRIES),
        (), {PICTURE: ("clarity",), "Picture": ("sound",)},
    )  # fmt: skip
    write_ballot(form, CODE, printed(), tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "How to",
        "Picture",
        "Picture 2",
    ]


def test_choices_of_pairs_are_counted(opened, tmp_path):
    opened(CHOICES, filled=CHOSEN)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    told = [book[sheet]["G6"].value for sheet in ("Picture", "Video Film")]
    assert told == ["Complete: no cell is empty", "1 of 1 cells are still empty"]
