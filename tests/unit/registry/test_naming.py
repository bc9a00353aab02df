"""What bodies call themselves in handles, and what is left of a handle without common words."""

import pytest

from tolok.model import Institution
from tolok.registry.naming import cores, is_noise, keys, letters, squashed


def body(name, short=""):
    return Institution("rekaan", name, short or name, "all")


@pytest.mark.parametrize(
    ("name", "short", "handles"),
    [
        ("Kementerian Rekaan", "Kemenreka", ["kemenreka", "kemreka", "kementerianrekaan"]),
        ("Kementerian Rekaan dan Dongeng", "KRD", ["krd", "kemenkrd", "kemenrekaandandongeng"]),
        ("Pemerintah Kota Rekaan", "Kota Rekaan", ["pemkotrekaan", "rekaankota", "rekaan"]),
        ("Pemerintah Kabupaten Rekaan", "Kabupaten Rekaan", ["pemkabrekaan", "rekaankab"]),
        ("Pemerintah Provinsi Jawa Timur", "Jawa Timur", ["jatim", "jatimprov", "pemprovjatim"]),
        ("Pemerintah Provinsi Sulawesi Utara", "Sulawesi Utara", ["sulut", "sulutprov"]),
        ("Pemerintah Provinsi Kepulauan Riau", "Kepulauan Riau", ["kepri", "kepriprov"]),
        ("Pemerintah Rekaan", "Rekaan", ["rekaan", "pemdarekaan"]),
        ("Universitas Rekaan", "Unreka", ["univrekaan", "rekaanuniv", "unreka"]),
        ("Badan Rekaan Dongeng Nasional", "Badongnas", ["brdn", "badongnas"]),
        ("Komisi Rekaan Republik Indonesia", "Komrek RI", ["komisirekaan", "komrek"]),
        ("Kementerian Rekaan/Badan Dongeng", "Kemenreka", ["badandongeng", "kementerianrekaan"]),
        ("Kementerian Komunikasi", "Kominfo", ["kominfo", "kemkominfo"]),
    ],
)
def test_institution_is_called_by_habit(name, short, handles):
    assert [handle for handle in handles if handle not in keys(body(name, short))] == []


def test_words_of_no_owner_are_no_key():
    assert set(keys(body("Kota Info", "Info"))) == {
        "info", "kotainfo", "infokota", "pemkotinfo", "infopemkot", "pemdainfo", "infopemda",
    }  # fmt: skip


def test_name_without_letters_has_no_key():
    assert keys(body("24/7")) == {}


def test_letters_are_what_is_left_without_marks_and_digits():
    assert letters("Réka_an.24-x") == ["reka", "an", "x"]
    assert squashed("Réka_an.24-x") == "rékaan24x"


def test_core_keeps_two_letters():
    assert cores("ri.id") == {"riid": (), "id": ("ri",), "ri": ("id",)}
    assert cores("151") == {}


def test_words_that_any_body_carries_are_noise():
    assert [word for word in ("humas", "pemkot", "univ", "rekaan") if is_noise(word)] == [
        "humas", "pemkot", "univ",
    ]  # fmt: skip
