"""Certificates: one a winner and one a nominee, on one page, with a code that can be scanned."""

import subprocess
from dataclasses import replace

import pytest
from tests.verdict_cases import CATEGORY, CLUSTER, STATES, A, B, C, judge, jury_rules

from tolok.publish.documents.certificate import build_certificates, certificate, certificates_of
from tolok.publish.documents.code import certificate_code
from tolok.publish.documents.paper import page_count, printed
from tolok.publish.results import read_results


@pytest.fixture
def judged(invented, rules, tmp_path):
    """A function: the certificates of an award that a jury has left in a state."""

    def read(status):
        made = judge(invented.tables(intervals=True), STATES[status])
        invented.write_results(tmp_path / "results", made=made)
        results = read_results(tmp_path / "results", jury_rules(rules), invented.LOCK_HASH)
        return certificates_of(results.awards[CATEGORY, CLUSTER], results)

    return read


@pytest.mark.parametrize(
    ("status", "winners", "nominees"),
    [
        ("clear", [B], [A, C]),
        ("decided_by_data", [A], [B, C]),
        ("decided_by_vote", [A], [B, C]),
        ("overridden", [C], [A, B]),
        ("shared", [A, B], [C]),
        ("contested", [], [A, B, C]),
        ("undecided", [], [A, B, C]),
    ],
)
def test_who_is_certified_as_what(judged, status, winners, nominees):
    made = judged(status)
    assert [one.institution_id for one in made if one.is_winner] == winners
    assert [one.institution_id for one in made if not one.is_winner] == nominees
    assert {one.is_shared for one in made if one.is_winner} == (
        {status == "shared"} if winners else set()
    )


def test_awaited_jury_makes_no_winner_and_a_small_cluster_nothing(with_intervals):
    made = {
        key: [(one.is_winner, one.place) for one in certificates_of(award, with_intervals)]
        for key, award in with_intervals.awards.items()
        if key[0] == "active"
    }
    assert made == {
        ("active", "ministries"): [(False, 1), (False, 2), (False, 3)],
        ("active", "agencies"): [(True, 1), (False, 2), (False, 3)],
        ("active", "twins"): [],
    }


def test_code_is_that_of_the_published_rows(with_intervals, invented):
    edition = with_intervals.rules.edition
    made = certificates_of(with_intervals.awards["active", "agencies"], with_intervals)
    rows = [("winner:first_by_data", made[0]), ("nominee:2", made[1]), ("nominee:3", made[2])]
    assert [one.code for _, one in rows] == [
        certificate_code(
            edition, invented.LOCK_HASH, ("active", "agencies"), one.institution_id, honour
        )
        for honour, one in rows
    ]


def test_each_has_a_file_a_code_and_one_page(with_intervals):
    made = dict(build_certificates(with_intervals))
    codes = {
        one.code
        for award in with_intervals.awards.values()
        for one in certificates_of(award, with_intervals)
    }
    assert len(made) == len(codes) == 12
    assert {page_count(content) for content in made.values()} == {1}
    assert made == dict(build_certificates(with_intervals))


def first_of(results, *, winner=True):
    found = certificates_of(results.awards["active", "agencies"], results)
    return next(one for one in found if one.is_winner is winner)


def test_certificate_says_who_what_and_when(with_intervals, read_pdf):
    (text,) = read_pdf(
        printed("certificate.typ", certificate(first_of(with_intervals), with_intervals))
    )
    for words in (
        "SIMULASI: nama dan hasil rekaan", "SIMULATED: invented names", "Penghargaan Uji 2025",
        "Test Award 2025", "Piagam Penghargaan", "diberikan kepada", "awarded to", "Badan Fajar",
        "★ Pemenang", "Paling Aktif · Klaster Lembaga", "Winner · Most Active · Cluster Agencies",
        "1 Januari 2025 – 30 Juni 2025 (WIB)", "Penyelenggara", "Ketua Dewan Juri",
        first_of(with_intervals).code,
    ):  # fmt: skip
        assert words in text


def test_nominee_has_the_place_by_the_data(with_intervals, read_pdf):
    one = first_of(with_intervals, winner=False)
    (text,) = read_pdf(printed("certificate.typ", certificate(one, with_intervals)))
    assert "Nominasi" in text
    assert "Urutan ke-2 menurut data" in text
    assert "Pemenang" not in text


def test_real_edition_is_not_called_a_simulation(with_intervals, invented, read_pdf):
    real = replace(with_intervals, rules=invented.rules(is_simulated=False))
    (text,) = read_pdf(printed("certificate.typ", certificate(first_of(real), real)))
    assert "SIMULA" not in text


def test_edition_in_english_alone_has_english_alone(with_intervals, invented, read_pdf):
    english = replace(with_intervals, rules=invented.rules(languages=("en",)))
    (text,) = read_pdf(printed("certificate.typ", certificate(first_of(english), english)))
    assert "Certificate" in text
    assert "Winner" in text
    assert "Pemenang" not in text


@pytest.mark.parametrize(
    ("address", "scanned"),
    [
        ("", "{code} uji-2025 id/awards/active-agencies.html"),
        (
            "https://award.example/2025/",
            "https://award.example/2025/id/awards/active-agencies.html#{code}",
        ),
        (f"https://award.example/{'x' * 700}", "{code} uji-2025"),
    ],
)
def test_drawn_code_can_be_scanned(with_intervals, invented, tmp_path, address, scanned):
    placed = replace(with_intervals, rules=invented.rules(address=address))
    one = first_of(placed)
    path = tmp_path / "certificate.pdf"
    path.write_bytes(printed("certificate.typ", certificate(one, placed), 1))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-singlefile", path, tmp_path / "page"],
        check=True,
        capture_output=True,
    )
    made = subprocess.run(
        ["zbarimg", "--quiet", "--raw", tmp_path / "page.pgm"], check=True, capture_output=True
    )
    assert made.stdout.decode().strip() == scanned.format(code=one.code)


def test_very_long_name_keeps_to_one_page(with_intervals):
    one = replace(first_of(with_intervals), name="Badan Pengelola Segala Urusan " * 20)
    made = printed("certificate.typ", certificate(one, with_intervals), 1)
    assert page_count(made) == 1
