"""What forms print: labels, weights, and names that cannot be taken for one another."""

import pytest
from tests.form_cases import CRITERIA, PICTURE, printed

from tolok.forms.printed import clean, cut


def test_names_that_are_alike_are_told_apart_by_their_ids():
    names = {"a": "Kota  Baru", "b": "kota baru", "c": "Kota Lama", "d": "", "e": "x" * 200}
    found = printed(names=names)
    assert [found.name(one) for one in names] == [
        "Kota Baru (a)", "kota baru (b)", "Kota Lama", "d", "x" * 159 + "…",
    ]  # fmt: skip
    assert found.name("unknown") == "unknown"


def test_criteria_have_label_weight_and_anchors():
    assert printed("id").criteria(PICTURE, CRITERIA[PICTURE]) == [
        ("clarity", "Kejelasan", "75%", "1: Buram\n10: Jernih"),
        ("idea", "Gagasan", "25%", ""),
    ]


def test_criterion_and_category_that_the_rules_do_not_have_are_their_names():
    assert printed().criteria(PICTURE, ("other",)) == [("other", "other", "", "")]
    assert printed().criteria("other", ("clarity",)) == [("clarity", "clarity", "", "")]
    assert (printed().category("other"), printed().question("other")) == ("other", "")


def test_closing_time_is_that_of_the_edition_and_unknown_for_an_unknown_round():
    assert printed("en").moment_of_closing("first") == "8\xa0September\xa02025, 17:00\xa0WIB"
    assert printed("en").moment_of_closing("other") == ""


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00a\ud800\x1b", "a"),
        ("\u202eabc", "\u202eabc"),
        ("a\tb", "a\tb"),
    ],
)
def test_text_is_cleaned_of_what_no_cell_can_hold(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a\N{CRAB}b", 3, "a…"), ("\N{CRAB}a", 3, "\N{CRAB}a")],
)
def test_text_is_cut_in_the_units_of_spreadsheets(text, most, found):
    assert cut(text, most) == found
