"""Counts as tools print them: what is read, what decides for a file, and what is refused."""

import decimal

import pytest

from tolok.sources.number import (
    MISSING_MARKS,
    AmbiguousNumber,
    NotACount,
    NumberVote,
    count_of,
    counts_of,
    is_missing,
)

MISSING = [
    None, "", " ", "\t\n", "\u00a0", "\u202f-\u00a0", "\ufeff", "-", "--", "–", "—", "−", "N/A",
    "n/a",
    " NA ", "#N/A", "null", "NULL", "None", "nan", "NaN", "<NA>", "n.a.",
]  # fmt: skip
GIVEN = ["0", "0.0", "-1", "- -", "no", "N", "nano", "-" + " " * 200 + "5", "hidden", "None of it"]


@pytest.mark.parametrize("text", MISSING)
def test_missing_is_a_mark_of_nothing(text):
    assert is_missing(text)


@pytest.mark.parametrize("text", GIVEN)
def test_missing_is_nothing_else(text):
    assert not is_missing(text)


def test_missing_marks_are_in_lower_case_and_bare():
    assert {mark.strip().casefold() for mark in MISSING_MARKS} == set(MISSING_MARKS)


VOTES = [
    (["1.234.567"], ",", None),
    (["1,234,567"], ".", None),
    (["1.234,5"], ",", None),
    (["1,234.5"], ".", None),
    (["1.234,567"], ",", None),
    (["12.5"], ".", None),
    (["12,5"], ",", None),
    (["3.0"], ".", None),
    (["0.0"], ".", None),
    (["4,56%"], ",", None),
    (["4.56 %"], ".", None),
    (["+1.5"], ".", None),
    (["-1,25"], ",", None),
    (["1.2345"], ".", None),
    (["1234.567"], ".", None),
    (["1.2K"], ".", "en"),
    (["1.2M"], ".", None),
    (["1.2T"], ".", None),
    (["3 thousand"], None, "en"),
    (["2B"], None, "en"),
    (["1,2 rb"], ",", "id"),
    (["1,2RB"], ",", "id"),
    (["4 Jt"], None, "id"),
    (["2 miliar"], None, "id"),
    (["2 triliun"], None, "id"),
    (["1.2K", "3 rb"], ".", None),
    (["1'234.50"], ".", None),
    # what votes nothing
    (["1.234"], None, None),
    (["18,400"], None, None),
    (["0,005"], None, None),  # Excel's format 0,000 prints 5 so
    (["1.234K"], None, "en"),
    (["+1,234"], None, None),
    (["12.345%"], None, None),
    (["1 234 567"], None, None),
    (["1'234", "1’234’567"], None, None),
    (["1,23,456"], None, None),
    (["1.2.3", "31.01.2025", "10:05", "1.5 s", "v1.5", "1.5e3"], None, None),
    (["12", "", None, "-", "٣", "² ", "likes, 1.5 of them"], None, None),
    (["5" * 30 + "," + "5" * 30], None, None),
    ([], None, None),
]


@pytest.mark.parametrize(("cells", "mark", "language"), VOTES)
def test_vote_counts_what_can_be_read_in_one_way(cells, mark, language):
    vote = NumberVote()
    vote.see(cells)
    assert (vote.decimal, vote.language, vote.is_contradictory) == (mark, language, False)


def test_vote_remembers_what_it_saw_before():
    vote = NumberVote()
    vote.see(["1.234", "12"])
    assert vote.decimal is None
    vote.see(iter(["1.234.567", None]))
    vote.see(["1.234"])
    assert vote.decimal == ","


def test_vote_of_both_decimal_marks_is_contradictory_and_gives_none():
    vote = NumberVote()
    vote.see(["1.234.567", "12.0"])
    assert (vote.decimal, vote.is_contradictory) == (None, True)


COUNTS = [
    ("0", 0),
    ("12", 12),
    (" 12 ", 12),
    ("\u00a012\u202f", 12),
    ("007", 7),
    ("-1", -1),
    ("−1", -1),
    ("+5", 5),
    ("-0", 0),
    ("12.0", 12),
    ("12,00", 12),
    ("0.0", 0),
    ("0.000", 0),
    ("0,000", 0),
    ("1234.000", 1234),
    ("1.234.567", 1234567),
    ("1,234,567", 1234567),
    ("1.234,0", 1234),
    ("1,234.00", 1234),
    ("1 234", 1234),
    ("1\u00a0234\u00a0567", 1234567),
    ("1\u2009234", 1234),
    ("1\u202f234", 1234),
    ("1'234", 1234),
    ("1’234’567", 1234567),
    ("1 234,0", 1234),
    ("1.2K", 1200),
    ("1.2k", 1200),
    ("1,2 K", 1200),
    ("0.125K", 125),
    ("12.345.678 rb", 12345678000),
    ("1,2 rb", 1200),
    ("1,2\u00a0rb", 1200),
    ("1,2rb", 1200),
    ("1,2 RIBU", 1200),
    ("3,4 jt", 3400000),
    ("3 juta", 3000000),
    ("1,5 miliar", 1500000000),
    ("1,5 Milyar", 1500000000),
    ("1,5 triliun", 1500000000000),
    ("1.5 thousand", 1500),
    ("1.5 million", 1500000),
    ("1.5B", 1500000000),
    ("1.5bn", 1500000000),
    ("1.5 T", 1500000000000),
    ("-1.2K", -1200),
    ("1.1K", 1100),  # in floating point 1100.0000000000002
    ("9" * 18, 10**18 - 1),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_count_of_a_text_that_has_one_reading(text, count):
    assert count_of(text) == count


TOLD = [
    ("1.234", ",", None, 1234),
    ("1,234", ".", None, 1234),
    ("-1.234", ",", None, -1234),
    ("0,000", ".", None, None),
    ("1.234K", ".", None, 1234),
    ("1.234K", ",", None, 1234000),
    ("1.2M", ".", "en", 1200000),
    ("1,2 m", ",", "id", 1200000000),
    ("2M", None, "id", 2000000000),
    ("2K", None, "id", 2000),
    ("2 rb", None, "en", 2000),
    ("1 234", ".", None, 1234),
    ("1.234", ".", None, None),
    ("1,234", ",", None, None),
    ("1.234.567", ".", None, None),
    ("12.0", ",", None, None),
    ("1.234,0", ".", None, None),
    ("1 234.567", ",", None, None),
    ("0,125", ".", None, None),  # a number in groups does not begin with 0
    ("1,23,456", ".", None, None),
]


@pytest.mark.parametrize(("text", "mark", "language", "count"), TOLD)
def test_count_of_a_text_whose_decimal_mark_and_language_are_known(text, mark, language, count):
    if count is None:
        with pytest.raises(NotACount):
            count_of(text, mark, language)
    else:
        assert count_of(text, mark, language) == count


NO_COUNTS = [
    "", "-", "N/A", "likes", "K", "rb", "1e3", "1.22158E+17", "1.2 mil", "1.2mln", "1.2KK", "5%",
    "(5)", "- 5", "--5", "1..2", "1.", ".5", "1,2,3", "1,23,456", "1,234,56", "1.234,567.890",
    "1 23", "12 34", "1  234", "1\n234", "1\t234", "1'234 567", "1,234 567", "0,123,456", "1_000",
    "0x10", "٣", "１２", "1²", "½", "Ⅻ", "1/2", "10:05", "9" * 19, "0" * 19, "9" * 18 + "K",
    "1" * 5000, "12" + " " * 90 + "3", "12.5", "0.123", "1.2345K", "1,25",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_COUNTS)
def test_count_is_refused_where_a_text_is_no_whole_number(text):
    with pytest.raises(NotACount):
        count_of(text)


OPEN = "and nothing in the file decides"
ADVICE = "Pass `--decimal .` or `--decimal ,`."
WORDS = "Write million or miliar in place of M."
FAULTS = [
    ("1.234", None, f"'1.234' may be 1.234 or 1234, {OPEN}. {ADVICE}"),
    ("-18,400 rb", None, f"'-18,400 rb' may be -18400000 or -18400, {OPEN}. {ADVICE}"),
    (
        "1.2M",
        None,
        f"'1.2M' may be in millions (English) or in billions (Indonesian miliar), {OPEN}. {WORDS}",
    ),
    ("likes", None, "'likes' is no count, expected 0, 1, 2 and so on"),
    ("12.5", None, "'12.5' is no count, expected a whole number"),
    (
        "12.0",
        ",",
        "'12.0' is no count where ',' is the decimal mark, expected 0, 1, 2 and so on",
    ),
    ("x" * 50, None, f"'{'x' * 40}...' is no count, expected 0, 1, 2 and so on"),
]


@pytest.mark.parametrize(("text", "mark", "fault"), FAULTS)
def test_count_faults_say_what_was_expected_or_what_to_pass(text, mark, fault):
    with pytest.raises((AmbiguousNumber, NotACount)) as refused:
        count_of(text, mark)
    assert str(refused.value) == fault


def test_ambiguous_number_is_no_fault_of_another_kind():
    for text in ("1.234", "18,400", "1.2M", "-1.000"):
        with pytest.raises(AmbiguousNumber):
            count_of(text)


def test_count_is_exact_whatever_the_precision_of_decimals():
    with decimal.localcontext() as context:
        context.prec = 3
        assert count_of("123.456.789,012 rb") == 123456789012


def test_counts_stand_in_order_with_their_faults_by_index():
    cells = ["12", None, "007", "1.234", "-", "0", "12.0", "x", "-1", "1.234", "٣", "9" * 19]
    counts, faults = counts_of(cells)
    assert counts == ["12", None, "7", None, None, "0", "12", None, "-1", None, None, None]
    ambiguous = (
        "'1.234' may be 1.234 or 1234, and nothing in the file decides. "
        "Pass `--decimal .` or `--decimal ,`."
    )
    assert faults == {
        3: ambiguous,
        7: "'x' is no count, expected 0, 1, 2 and so on",
        9: ambiguous,
        10: "'٣' is no count, expected 0, 1, 2 and so on",
        11: f"'{'9' * 19}' is no count, expected 0, 1, 2 and so on",
    }


def test_counts_take_the_decimal_mark_and_the_language():
    assert counts_of(["1.234", "2M"], ",", "id") == (["1234", "2000000000"], {})
    assert counts_of([], None, None) == ([], {})
