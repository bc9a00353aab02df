"""The report as PDF: its chapters, its numbers, and what it says where there is nothing to say."""

import subprocess
from dataclasses import replace

import pytest
from tests.verdict_cases import STATES, judge, jury_rules

from tolok.publish.documents.paper import page_count, printed
from tolok.publish.documents.report import build_reports, report
from tolok.publish.language import Language
from tolok.publish.results import read_results

CHAPTERS = [
    "Ringkasan", "Aktivitas selama setahun", "Format dan yang mengena", "Pengikut dan akun",
    "Kementerian", "Lembaga", "Kota kembar", "Penghargaan", "Metode dan batasnya",
    "Yang tidak tersedia", "Periksa sendiri", "Lampiran: semua peringkat",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(with_intervals):
    return dict(build_reports(with_intervals))


def set_in(results, language="id"):
    return printed("report.typ", report(results, Language(language, results.rules)))


def test_report_is_made_in_every_language(made):
    assert list(made) == ["documents/report-id.pdf", "documents/report-en.pdf"]


def test_same_results_give_the_same_bytes(made, with_intervals):
    assert dict(build_reports(with_intervals)) == made


def test_chapters_stand_in_the_contents_and_begin_pages(made, read_pdf):
    pages = read_pdf(made["documents/report-id.pdf"])
    assert len(pages) == page_count(made["documents/report-id.pdf"])
    places = [pages[1].index(f"{name} .") for name in CHAPTERS]
    assert places == sorted(places)
    bare = [page.removeprefix("Penghargaan Uji 2025") for page in pages]  # the running line
    starts = [
        next(at for at, page in enumerate(bare) if page.startswith(name)) for name in CHAPTERS
    ]
    assert starts == sorted(set(starts))


def test_cover_names_edition_window_and_lock(made, read_pdf, invented):
    cover = read_pdf(made["documents/report-en.pdf"])[0]
    for text in (
        "SIMULATION: Invented names and numbers",
        "Report of results and outlook of the year",
        "Test Award 2025",
        "1 January 2025 – 30 June 2025",
        invented.LOCK_HASH,
    ):
        assert text in cover


def test_every_chart_has_its_source(made, read_pdf):
    text = " ".join(read_pdf(made["documents/report-en.pdf"]))
    assert text.count("Source: results of this edition; lock hash 5d41402abc4b") >= 8


def test_records_are_never_added_up(made, read_pdf):
    page = next(p for p in read_pdf(made["documents/report-en.pdf"]) if p.startswith("Summary"))
    assert "9,876" in page
    assert "12,345" in page
    assert "22,221" not in page
    assert "Each kind of record is counted apart; they are not added up." in page


def test_command_can_be_copied_as_it_stands(made, tmp_path, invented):
    path = tmp_path / "report.pdf"
    path.write_bytes(made["documents/report-en.pdf"])
    read = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    )
    assert f"tolok verify site/ --lock {invented.LOCK_HASH}\n" in read.stdout


def test_every_institution_stands_in_the_appendix_with_its_rank(made, read_pdf):
    pages = read_pdf(made["documents/report-en.pdf"])
    start = next(at for at, page in enumerate(pages) if page.startswith("Appendix: every rank"))
    appendix = " ".join(pages[start:])
    assert "Kementerian Bukit 2 (1–3) ◆" in appendix
    assert "Kementerian Danau – –" in appendix
    assert "Kota Kembar Timur – –" in appendix


def test_cluster_without_a_ranking_states_none(made, read_pdf):
    pages = read_pdf(made["documents/report-en.pdf"])
    page = next(page for page in pages if page.startswith("Twin cities"))
    assert "No ranking is stated for this cluster." in page


@pytest.mark.parametrize("status", ["clear", "shared", "overridden", "undecided"])
def test_verdict_of_the_jury_is_told(invented, rules, tmp_path, read_pdf, status):
    tables = judge(invented.tables(intervals=True), STATES[status])
    invented.write_results(tmp_path / "results", made=tables)
    results = read_results(tmp_path / "results", jury_rules(rules), invented.LOCK_HASH)
    text = " ".join(read_pdf(set_in(results, "en")))
    expected = {
        "clear": "Kementerian Bukit",
        "shared": "Joint winners Kementerian Awan, Kementerian Bukit",
        "overridden": '<script>alert("alasan")</script>',
        "undecided": "No winner yet",
    }
    assert expected[status] in text
    at = text.index("The winners Category Ministries")
    winners = {
        "clear": "Kementerian Bukit",
        "shared": "Awan, Kementerian Bukit",
        "overridden": "Cahaya",
        "undecided": "–",
    }
    assert text[at:].startswith(
        f"The winners Category Ministries Agencies Twin cities Most Active {winners[status]} Fajar"
    )
    assert "How the jury decides" in text


def test_results_without_posts_make_a_report_that_says_so(with_intervals, read_pdf):
    silent = replace(
        with_intervals, weekly=(), posting_hours=(), posting_kinds=(), audience=(), coverage=(),
        best_posts=(), nominees=(), winners=(), scores=(), accounts=(),
    )  # fmt: skip
    text = " ".join(read_pdf(set_in(silent)))
    assert "Belum ada unggahan yang terhitung pada" in text
    assert "Pertumbuhan pengikut tidak dapat dihitung" in text


def test_registry_gives_the_changes_of_institutions(invented, with_intervals, tmp_path, read_pdf):
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "institutions.csv").write_text(
        "institution_id,institution,short_name,cluster,kind,valid_from,valid_to,evidence\n"
        "badan-fajar,Badan Fajar,,agencies,,,,https://contoh.go.id/\n"
        "badan-gema,Badan Gema,,agencies,,,,https://contoh.go.id/\n"
    )
    (registry / "accounts.csv").write_text(
        "account_id,institution_id,platform,handle,platform_id,url,role,counts,counts_reason,"
        "valid_from,valid_to,grade,checked_on,evidence,past_handles\n"
    )
    (registry / "lineage.csv").write_text(
        "predecessor_id,successor_id,change,effective_on,evidence\n"
        "badan-fajar,badan-gema,merge,2025-03-01,https://contoh.go.id/\n"
        "badan-gema,badan-fajar,merge,2024-03-01,https://contoh.go.id/\n"
    )
    text = " ".join(read_pdf(set_in(replace(with_intervals, edition=tmp_path))))
    assert "12 akun mulai dimiliki" not in text
    assert "11 akun mulai dimiliki, 0 akun dilepas, dan 1 perubahan kelembagaan" in text
    assert "1 Mar 2025 Badan Fajar Badan Gema digabung" in text
