"""How much a handle resembles invented institutions, and what is said of it."""

import pytest

from tolok.model import Account, Institution, Registry
from tolok.registry.resemblance import LIKELY, POSSIBLE, Names

INSTITUTIONS = (
    Institution("kemenreka", "Kementerian Rekaan", "Kemenreka", "ministries"),
    Institution("badongnas", "Badan Dongeng Nasional", "Badongnas", "agencies"),
    Institution("bdn", "Balai Data Negara", "BDN", "agencies"),
    Institution("kota-khayal", "Pemerintah Kota Khayal", "Kota Khayal", "local"),
    Institution("kabupaten-khayal", "Pemerintah Kabupaten Khayal", "Kabupaten Khayal", "local"),
    Institution("xy", "Universitas Xantu Yarra", "XY", "universities"),
)
ACCOUNTS = (
    Account("x:@ceritabadan", "badongnas", "x", "ceritabadan"),
    Account("x:@official.lembah_hijau", "kemenreka", "x", "official.lembah_hijau"),
)
NAMES = Names(Registry(INSTITUTIONS, ACCOUNTS))


def told(handle):
    return [(one.institution_id, one.evidence) for one in NAMES.resembling(handle)]


@pytest.mark.parametrize(
    ("handle", "said"),
    [
        ("kemenreka", "the handle is its short name (kemenreka)"),
        ("Humas.Kemenreka_RI", "the handle, without humas and ri, is its short name (kemenreka)"),
        ("kemreka151", "the handle is its short name (kemreka)"),
        ("kementerianrekaan", "the handle is its name (kementerianrekaan)"),
        ("official.lembah_hijau", "it is also its handle official.lembah_hijau on x"),
        (
            "official_lembahhijau",
            "it is also its handle official.lembah_hijau on x, but for separators",
        ),
        (
            "lembahhijau_ri",
            "the handle, without ri, is the core of its handle official.lembah_hijau on x",
        ),
    ],
)
def test_handle_that_is_a_name_is_likely(handle, said):
    (found,) = NAMES.resembling(handle)
    assert (found.institution_id, found.evidence.removesuffix(" (lembahhijau)")) == (
        "kemenreka",
        said,
    )
    assert found.score >= LIKELY


@pytest.mark.parametrize(
    ("handle", "owner", "said"),
    [
        (
            "kemenreka_bandung",
            "kemenreka",
            "a word of the handle is its short name (kemenreka); the rest (bandung) may name an ",
        ),
        (
            "kemenrekabandung",
            "kemenreka",
            "the handle holds its short name (kemenreka); the rest (bandung) may name an office",
        ),
        ("kemenreca", "kemenreka", "the handle (kemenreca) is 89% alike to its short name"),
        ("badongn", "badongnas", "the handle (badongn) is the start of its short name"),
        (
            "kabar.bdn.selatan",
            "bdn",
            "a word of the handle is its short name (bdn); the rest (kabarselatan) may name an ",
        ),
        ("xy.official", "xy", "the handle, without official, is its short name (xy)"),
    ],
)
def test_handle_that_is_like_a_name_is_possible(handle, owner, said):
    found = NAMES.resembling(handle)[0]
    assert found.institution_id == owner
    assert found.evidence.startswith(said)
    assert POSSIBLE <= found.score < LIKELY


def test_name_of_two_bodies_is_likely_for_neither():
    said = "the handle, without humas, is its short name without its kind (khayal)"
    assert told("humaskhayal") == [
        ("kabupaten-khayal", f"{said}, and that of another body"),
        ("kota-khayal", f"{said}, and that of another body"),
    ]
    assert [one.score for one in NAMES.resembling("humaskhayal")] == [0.75, 0.75]


def test_kind_tells_two_bodies_of_one_name_apart():
    (first, *others) = NAMES.resembling("pemkotkhayal")
    assert first.institution_id == "kota-khayal"
    assert first.score >= LIKELY > max(one.score for one in others)


def test_initials_give_way_to_a_name():
    assert told("bdn_ri") == [("bdn", "the handle, without ri, is its short name (bdn)")]


def test_initials_alone_are_not_likely():
    alone = Names(Registry(INSTITUTIONS[1:2], ()))
    assert [(one.evidence, one.score) for one in alone.resembling("bdn")] == [
        ("the handle is its initials (bdn)", 0.8)
    ]


@pytest.mark.parametrize("handle", ["kucinglucu", "humas.ri", "151", "___", "ucn7ilwf35pop97", ""])
def test_handle_of_nobody_resembles_nobody(handle):
    assert told(handle) == []


def test_account_that_is_alike_is_named():
    assert [one.account_id for one in NAMES.resembling("ceritabadan")] == ["x:@ceritabadan"]
