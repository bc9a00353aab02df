"""Captions of any length, script and intent."""

import unicodedata

import pytest

from tolok.publish.packs.caption import clean, shortened
from tolok.publish.typeset import MARK, breakable, marked


def test_control_characters_are_taken_out_and_lines_kept():
    assert clean("satu\r\ndua\rtiga\u2028empat\x00\x1b\x9f\ud800\n") == "satu\ndua\ntiga\nempat"


def test_long_gaps_are_three_lines():
    assert clean("atas" + "\n" * 500 + "bawah") == "atas\n\n\nbawah"


def test_no_caption_is_empty():
    assert (clean(None), clean(" \n ")) == ("", "")


def test_what_people_write_is_kept():
    text = "“Halo” 🙏🏽 #tagar @akun https://a.id/?b=1&c=2 العربية ꦗꦮ\tx"
    assert clean(text) == text


@pytest.mark.parametrize(
    "word", ["a" * 5_000, "👩‍👩‍👧" * 40, "e\u0301" * 40, "https://contoh.go.id/" + "x" * 90]
)
def test_long_word_can_be_broken_and_is_the_same(word):
    broken = breakable(f"awal {word} akhir")
    assert broken.replace("\u200b", "") == f"awal {word} akhir"
    pieces = broken.split(" ")[1].split("\u200b")
    assert max(map(len, pieces)) < 30
    assert all(unicodedata.category(piece[0])[0] != "M" for piece in pieces)
    assert not any(piece.endswith("\u200d") for piece in pieces)


def test_ordinary_words_are_left_alone():
    assert breakable("mempertanggungjawabkan pelayanan") == "mempertanggungjawabkan pelayanan"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("📌 Info", "* Info"),
        ("👩🏽‍🚒🇮🇩", "*"),
        ("漢字 漢字\n漢字", "*\n*"),
        ("❤️ kita", "* kita"),
        ("a📌b📌", "a*b*"),
        ("tanpa", "tanpa"),
    ],
)
def test_run_of_absent_characters_is_one_mark(text, expected):
    absent = frozenset("📌👩🏽🚒🇮🇩漢字❤")
    assert marked(text, absent) == expected.replace("*", MARK)


def test_beginning_of_a_caption_is_on_one_line():
    assert shortened("a\n\nb") == "a b"
    assert shortened("a \u202eb", 9) == "a b"
    assert shortened("x" * 160) == "x" * 160
    assert shortened("x" * 161) == "x" * 159 + "…"
