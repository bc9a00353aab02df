"""Scorecards as PDF: two pages each, whatever the institution is like, and what stands on them."""

from dataclasses import replace

import pytest

from tolok.publish.documents.paper import page_count, printed
from tolok.publish.documents.scorecard import build_scorecards, scorecard
from tolok.publish.language import Language
from tolok.publish.links import scorecard_pdf_path


def pdf(row, results, language):
    return printed("scorecard.typ", scorecard(row, results, language), 2)


@pytest.fixture(scope="module")
def made(with_intervals):
    return dict(build_scorecards(with_intervals))


def test_every_institution_has_one_in_every_language(made, with_intervals):
    expected = [
        scorecard_pdf_path(one, c) for c in ("id", "en") for one in with_intervals.institutions
    ]
    assert list(made) == expected
    assert len(expected) == 24


def test_all_have_two_pages(made):
    assert {path: page_count(content) for path, content in made.items()} == dict.fromkeys(made, 2)


def test_page_count_is_that_of_another_program(made, read_pdf):
    assert len(read_pdf(next(iter(made.values())))) == 2


def test_scorecard_says_who_where_and_how_sure(made, read_pdf):
    first, second = read_pdf(made["documents/scorecards/kementerian-bukit-id.pdf"])
    assert first.startswith("SIMULASI: Nama dan angka rekaan")
    for text in (
        "Rapor instansi · Kementerian",
        "Kementerian Bukit",
        "Capaian terbaik: peringkat 2 dari",
        "Instagram akun1 resmi, diperiksa 19 Mei 2025 1.001 700",
        "1–3 <1 dari 20 8 dari 10",
        "Profil indikator",
        "hash kunci aturan 5d41402abc4b",
        "1/2",
    ):
        assert text in first
    for text in (
        "instagram.com/p/1/",
        "id/institutions/kementerian-bukit.html",
        "5d41402abc4b2a76b9719d911017c592aa11bb22cc33dd44ee55ff6677889900",
        "2/2",
    ):
        assert text in second


def test_unranked_institution_is_told_why(made, read_pdf):
    first, second = read_pdf(made["documents/scorecards/kementerian-danau-en.pdf"])
    assert "Not ranked in any category; the reasons are below." in first
    assert "only 12 active weeks; 26 are needed" in first
    assert second.count("Not ranked; the first page says what is lacking.") == 2


def test_institution_without_posts_has_its_two_pages(with_intervals, indonesian, read_pdf):
    silent = replace(with_intervals, best_posts=(), posting_hours=(), posting_kinds=())
    row = silent.institutions["kota-kembar-barat"]
    first, second = read_pdf(pdf(row, silent, indonesian))
    assert "Belum ada akun yang terdaftar." in first
    assert "Belum ada unggahan yang terhitung pada" in second
    assert "Belum ada unggahan dengan interaksi yang diketahui pada" in second


def test_hostile_name_is_a_text(made, read_pdf):
    path = next(one for one in made if "jahat" in one)
    assert "<script>alert('nama')</script> & \"Rekan\"" in read_pdf(made[path])[0]
    assert b"javascript:" not in made[path]


def test_long_name_and_many_accounts_keep_to_two_pages(with_intervals, indonesian, read_pdf):
    row = replace(
        with_intervals.institutions["badan-fajar"],
        institution="Badan Pengelola Segala Urusan yang Namanya Amat Panjang " * 6,
    )
    account = with_intervals.accounts_of["badan-fajar"][0]
    accounts = tuple(replace(account, account_id=f"instagram:{at}") for at in range(40))
    many = replace(with_intervals, accounts=accounts)
    pages = read_pdf(pdf(row, many, indonesian))
    assert len(pages) == 2
    assert "dan 32 akun lain; daftar lengkapnya ada di situs" in pages[0]
    assert "2/2" in pages[1]


def test_characters_without_a_font_are_marked(with_intervals, indonesian, read_pdf):
    row = replace(with_intervals.institutions["badan-fajar"], institution="Kota ꦔꦮꦶ #box[x] $a$")
    assert "Kota ◇ #box[x] $a$" in read_pdf(pdf(row, with_intervals, indonesian))[0]


def test_same_results_give_the_same_bytes(with_intervals, made):
    row = with_intervals.institutions["badan-fajar"]
    language = Language("en", with_intervals.rules)
    assert pdf(row, with_intervals, language) == made[scorecard_pdf_path("badan-fajar", "en")]


def test_edition_without_indonesian_has_english_only(invented, with_intervals):
    one = dict(list(with_intervals.institutions.items())[:1])
    english = replace(with_intervals, rules=invented.rules(languages=("en",)), institutions=one)
    assert [path for path, _ in build_scorecards(english)] == [
        "documents/scorecards/kementerian-awan-en.pdf"
    ]


def test_address_of_the_site_stands_on_the_scorecard(
    invented, with_intervals, indonesian, read_pdf
):
    rules = invented.rules(address="https://award.example/2025/")
    placed = replace(with_intervals, rules=rules)
    row = placed.institutions["badan-fajar"]
    second = read_pdf(pdf(row, placed, indonesian))[1]
    assert "https://award.example/2025/id/institutions/badan-fajar.html" in second


def test_results_without_intervals_claim_none(results, indonesian, read_pdf):
    first = read_pdf(pdf(results.institutions["badan-fajar"], results, indonesian))[0]
    assert "Ketidakpastian peringkat belum dihitung." in first
    assert "peluang pertama" not in first
