"""What single pages say: designed states for the missing, the unranked and the undecided."""

import html
import re

import pytest

from tolok.publish.language import Language
from tolok.publish.pages.award import _finding
from tolok.publish.ranking import Lane, Ranking
from tolok.publish.rows import ScoreRow


@pytest.fixture
def text_of(site):
    """The words of a page without its markup, spaces made single."""

    def read(name):
        page = (site / name).read_text("utf-8")
        plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
        return " ".join(html.unescape(plain).split())

    return read


def test_home_counts_records_apart(text_of):
    text = text_of("id/index.html")
    assert "12 instansi pemerintah dinilai dengan tolok ukur yang sama: 6 penghargaan" in text
    assert "9.876 unggahan 12.345 pembacaan angka" in text


def test_root_shows_the_first_language(site):
    root = (site / "index.html").read_text("utf-8")
    assert '<html lang="id">' in root
    assert 'href="id/awards/active-ministries.html"' in root
    assert 'hreflang="en" href="en/index.html"' in root


def test_jury_that_has_not_decided_has_no_winner(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert "Menunggu keputusan juri Urutan di bawah ini berasal dari data." in text
    assert "Urutan 1 Kementerian Awan" in text


def test_first_by_the_data_is_named(text_of):
    assert "First by the data Badan Fajar" in text_of("en/awards/active-agencies.html")


def test_award_of_a_cluster_of_two_states_no_ranking(text_of):
    text = text_of("id/awards/best-twins.html")
    assert "Tidak diberikan" in text
    assert "Peringkat tidak dinyatakan: belum ada instansi yang memenuhi syarat." in text
    assert "hanya 2 instansi di klaster ini memenuhi syarat" in text


def test_uncertainty_that_is_not_computed_is_said_and_not_invented(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert "Ketidakpastian peringkat belum dihitung pada edisi ini." in text
    assert "dari 10" not in text.split("Arti istilah")[0]


def test_unranked_are_listed_with_reasons_and_unknown_codes_as_they_are(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert (
        "Kementerian Danau hanya 12 minggu aktif; syaratnya 26; hanya 10 unggahan dari jenis yang "
        "dinilai; syaratnya 24; platform yang dihitung hanya mencakup 33% bobot; syaratnya 50%; "
        "baru_sekali:1"
    ) in text


def test_indicator_that_is_not_size_adjusted_says_so(text_of):
    assert "Balasan tidak disesuaikan dengan jumlah pengikut" in text_of(
        "id/awards/active-ministries.html"
    )
    assert "Answers not size-adjusted" in text_of("en/awards/active-ministries.html")


def test_scorecard_of_a_ranked_institution_tells_its_places(text_of):
    text = text_of("id/institutions/kementerian-bukit.html")
    assert "Capaian terbaik: peringkat 2 dari 5 pada kategori Paling Aktif." in text
    assert "Akun Terbaik ◆ nominasi 2 dari 4 instansi" in text


def test_scorecard_says_why_a_value_is_missing(text_of):
    text = text_of("id/institutions/kementerian-awan.html")
    assert "disembunyikan oleh akun (hidden)" in text
    assert "skor dihitung tanpa data: Balasan, sesuatu" in text


def test_scorecard_of_an_institution_without_anything_is_designed(text_of):
    text = text_of("id/institutions/kota-kembar-barat.html")
    for words in (
        "Belum diperingkat pada kategori mana pun; alasannya tercantum di bawah.",
        "belum ada data interaksi yang diketahui",
        "Belum ada unggahan yang terhitung",
        "Belum ada akun yang terdaftar.",
    ):
        assert words in text


def test_only_grade_a_is_called_official(text_of):
    text = text_of("id/channels.html")
    assert "11 akun resmi 11 belum dikonfirmasi" in text
    assert "Instagram @akun1 resmi YouTube @kanal1 belum dikonfirmasi" in text


def test_hostile_addresses_are_text(site):
    page = next((site / "id" / "institutions").glob("jahat-*.html")).read_text("utf-8")
    assert "@akun5" in page
    assert 'href="javascript' not in page
    assert "Instagram, 5\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2025</th>" in page


def test_method_prints_formula_warning_and_example(text_of):
    text = text_of("en/method.html")
    assert "COUNT(DISTINCT published_on) FILTER (WHERE reaction_count < 3)" in text
    assert "Mind: Holidays count too." in text
    assert "Example: i → 1; j → no data yet" in text
    assert "Active days A part of a whole Active days ÷ days of the window" in text


def test_method_shows_a_score_of_this_edition(text_of):
    text = text_of("id/method.html")
    assert (
        "Kementerian Awan, peringkat pertama kategori Paling Aktif di klaster Kementerian" in text
    )
    assert "Skor 80,00" in text


def test_data_page_says_what_is_not_known(text_of):
    text = text_of("id/data.html")
    assert "2 baris ditolak" in text
    assert "belum ada data baris dari akun" in text
    assert "Kota Kembar Timur Semua kategori: hanya 2 instansi" in text
    assert "ekspor.csv fanpage_karma" in text


def test_every_page_names_the_lock_hash(site, invented):
    for path in site.rglob("*.html"):
        assert invented.LOCK_HASH in path.read_text("utf-8")


def ranking(*scores):
    """A ranking of institutions named A, B, C ... by their scores."""
    rows = [
        ScoreRow("c", "k", name, True, "", score, 1 + sum(other > score for other in scores),
                 None, None, None, None, False)
        for name, score in zip("ABC", scores, strict=False)
    ]  # fmt: skip
    lanes = tuple(Lane(r, r.institution_id, r.institution_id, "", 0, None, None) for r in rows)
    return Ranking(lanes, has_intervals=False, ticks=(), cut=0)


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((70.0, 60.0), "A leads with a score of 70.0, 10.0 points ahead of B"),
        ((70.0, 69.98), "A leads B by a hair with a score of 70.0"),
        ((70.0, 70.0, 50.0), "Joint first: A, B, with a score of 70.0"),
        ((70.0,), "Only A is ranked, with a score of 70.0"),
        ((), "No ranking is stated: no institution is eligible."),
    ],
)
def test_finding_says_who_leads_and_by_how_much(rules, scores, sentence):
    assert _finding(ranking(*scores), Language("en", rules)) == sentence
