"""Numbers, dates, chances and colours as pages write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tolok.model import Window
from tolok.publish.cards import chance
from tolok.publish.colours import (
    DARK_PANEL,
    DARK_PAPER,
    LIGHT_PANEL,
    LIGHT_PAPER,
    accents,
    contrast,
)
from tolok.publish.formats import Formats
from tolok.publish.language import Language

ID, EN = Formats("id"), Formats("en")
FIGURES = [
    (0.0, "0", "0"),
    (7.0, "7", "7"),
    (1234.0, "1.234", "1,234"),
    (1234.56, "1.235", "1,235"),
    (12.345, "12,3", "12.3"),
    (1.2345, "1,23", "1.23"),
    (0.012345, "0,0123", "0.0123"),
    (-4.5, "−4,50", "−4.50"),
    (-4e-7, "0", "0"),
]


@pytest.mark.parametrize(("value", "indonesian", "english"), FIGURES)
def test_figure_has_about_three_digits(value, indonesian, english):
    assert (ID.figure(value), EN.figure(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (0.9982, 0, "99.8%"),
        (0.99996, 0, "99.996%"),
        (0.003, 0, "0.3%"),
        (0.0004, 1, "0.04%"),
        (0.995, 0, "99.5%"),
        (0.4, 0, "40%"),
        (1.0, 0, "100%"),
        (1 - 1e-12, 0, "100%"),
        (0.0, 1, "0.0%"),
    ],
)
def test_share_of_nearly_all_or_nothing_does_not_read_so(value, digits, words):
    assert EN.share(value, digits) == words


def test_moment_has_its_date_clock_and_zone():
    at = datetime(2025, 9, 8, 7, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
    words = [one.moment(at, zone) for one in (ID, EN) for zone in ("Asia/Jakarta", "Asia/Tokyo")]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in words] == [
        "8 September 2025, 07.05 WIB",
        "8 September 2025, 07.05 Asia/Tokyo",
        "8 September 2025, 07:05 WIB",
        "8 September 2025, 07:05 Asia/Tokyo",
    ]


def test_figure_has_as_many_digits_as_are_asked_for():
    assert [EN.figure(value, 6) for value in (1.2664321, 0.0545678, 88.866712, 697)] == [
        "1.26643", "0.054568", "88.8667", "697",
    ]  # fmt: skip


def test_number_has_fixed_digits():
    assert (ID.number(1234.5), EN.number(1234.5)) == ("1.234,5", "1,234.5")
    assert ID.number(94, 2) == "94,00"


def test_small_negative_number_is_not_minus_zero():
    assert ID.number(-0.04) == "0,0"


def test_share_is_a_percentage():
    assert (ID.share(2 / 3), ID.share(0.3333, 1), EN.share(0.3333, 1)) == ("67%", "33,3%", "33.3%")


def test_dates_are_in_words():
    assert ID.day(date(2025, 5, 19)) == "19\N{NO-BREAK SPACE}Mei\N{NO-BREAK SPACE}2025"
    assert EN.day(date(2025, 5, 19)) == "19\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2025"
    assert ID.month(date(2025, 8, 1)) == "Agu"


def test_window_names_its_last_day_and_zone():
    window = Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
    plain = ID.window(window).replace("\N{NO-BREAK SPACE}", " ")
    assert plain == "1 Januari 2025 – 31 Desember 2025 (WIB)"
    elsewhere = Window(date(2024, 1, 1), date(2025, 1, 1), "America/Sao_Paulo")
    assert EN.window(elsewhere).endswith("(America/Sao_Paulo)")


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (None, ""),
        (0.01, "kurang dari 1 dari 20"),
        (0.05, "1 dari 10"),
        (0.62, "6 dari 10"),
        (0.95, "9 dari 10"),
        (0.99, "lebih dari 19 dari 20"),
    ],
)
def test_chance_is_in_words(rules, probability, words):
    found = chance(probability, Language("id", rules))
    assert found.replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [(None, ""), (0.01, "<1 in 20"), (0.62, "6 of 10"), (0.99, ">19 in 20")],
)
def test_chance_in_a_table_is_short(rules, probability, words):
    found = chance(probability, Language("en", rules), is_short=True)
    assert found == words.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize("accent", ["#0b6b5d", "#ffff00", "#000000", "#ffffff", "red; }"])
def test_accent_can_be_read_on_both_papers(accent):
    light, dark = accents(accent)
    assert min(contrast(light, paper) for paper in (LIGHT_PAPER, LIGHT_PANEL)) > 4.5
    assert min(contrast(dark, paper) for paper in (DARK_PAPER, DARK_PANEL)) > 4.5


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
