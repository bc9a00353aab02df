"""Evidence packs: what a juror sees, what no juror sees before the ballot, and in which order."""

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from importlib.resources import files

import pyarrow.parquet as pq
import pytest
from tests.evidence_cases import COUNTED, HOSTILE_CAPTION

from tolok.jury.ballot import Entry
from tolok.methodology.jury import Anchor, Criterion
from tolok.model import Label
from tolok.publish.language import Language
from tolok.publish.packs import figures_html, figures_pdf, pack_html, pack_pdf, read_evidence
from tolok.publish.packs.view import pack_view, shown_posts

NAMES = ("kementerian-bukit", "../../jahat", "badan-gema", "badan-fajar")
ENTRIES = [
    Entry("active", "ministries" if at < 2 else "agencies", name) for at, name in enumerate(NAMES)
]
SEEN = [Entry("best", "agencies", "badan-gema"), *ENTRIES]
"""A juror's entries: of two categories."""


@pytest.fixture(scope="module")
def judged(rules):
    """The invented rules, with a rubric."""
    anchors = (Anchor(1, Label("lemah", "weak")), Anchor(10, Label("kuat", "strong")))
    rubric = (
        Criterion("care", Label("Kecermatan", "Care"), 3.0, anchors),
        Criterion("use", Label("Manfaat", "Use"), 1.0),
    )
    active, best = rules.categories
    return replace(rules, categories=(replace(active, criteria=rubric), best))


@pytest.fixture(scope="module")
def evidence(results_folder, judged):
    """The evidence of the invented results, without pictures."""
    return read_evidence(results_folder, judged, None)


def asked(language="id", juror="J1", entries=SEEN):
    return {"juror": juror, "category": "active", "entries": entries, "language": language}


def text_of(pdf, tmp_path):
    """The text of a PDF, line breaks inside words and spaces of no width taken out."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here to read PDF with")
    path = tmp_path / "pack.pdf"
    path.write_bytes(pdf)
    run = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    )
    return run.stdout.decode().replace("\u200b", "")


def figures():
    """Every count of the posts, as a number and as the languages write it."""
    numbers = {543_219_876, *(one for one in COUNTED if one)}
    return {form for n in numbers for form in (f"{n}", f"{n:,}", f"{n:,}".replace(",", "."))}


def order_of(page):
    """The captions' numbers, nominee by nominee, in the order of a page."""
    parts = re.split(r'<section class="nominee"', page)[1:]
    return [re.findall(r"Takarir ke-(\d)", part) for part in parts]


@pytest.mark.parametrize("language", ["id", "en"])
def test_blind_part_has_no_count_score_rank_or_follower(evidence, language, tmp_path):
    page = unescape(pack_html(evidence, **asked(language)))
    printed = text_of(pack_pdf(evidence, **asked(language)), tmp_path)
    words = Language(language, evidence.rules).words
    open_words = [words(f"pack.{key}") for key in ("place", "score", "why", "interactions")]
    scores = [evidence.scores["active", entry.institution_id] for entry in ENTRIES]
    formats = Language(language, evidence.rules).formats
    secret = {formats.number(row.score) for row in scores}
    secret |= {formats.count(evidence.institutions[name].follower_count) for name in NAMES}
    body = page[page.index("</style>") :]
    for text in (body, printed):
        assert [one for one in figures() | secret if one in text] == []
        assert [one for one in open_words if f"{one}\n" in text or f">{one}<" in text] == []


def test_open_part_tells_the_same_figures(evidence, tmp_path):
    page = figures_html(evidence, **asked())
    printed = text_of(figures_pdf(evidence, **asked()), tmp_path)
    for text in (page, printed):
        told = [n for n in (543_219_876, *COUNTED) if n and f"{n:,}".replace(",", ".") not in text]
        assert told == []
        assert "disembunyikan oleh akun" in " ".join(text.split())
        assert "1.234.567" not in text, "the followers of an institution that is no nominee"
        assert "617.283" in text
    assert page.count("terbaik ke-3, hasil undian") == len(ENTRIES)


def test_open_part_has_nominees_and_posts_in_the_order_of_the_blind_one(evidence):
    blind, opened = pack_html(evidence, **asked()), figures_html(evidence, **asked())
    names = re.compile(r"<h2 id=\"name-\d\"><bdi>(.*?)</bdi>")
    assert names.findall(blind) == names.findall(opened)
    assert [unescape(name) for name in names.findall(blind)] == [
        evidence.name(entry.institution_id) for entry in ENTRIES
    ]
    assert order_of(blind) == order_of(opened)


def test_posts_of_a_nominee_are_mixed_in_another_order_for_each_juror(evidence):
    orders = {juror: order_of(pack_html(evidence, **asked(juror=juror))) for juror in "ABCDEF"}
    assert orders["A"] == order_of(pack_html(evidence, **asked(juror="A")))
    first = [tuple(order[0]) for order in orders.values()]
    assert len(set(first)) == len(first)
    assert {tuple(sorted(one)) for one in first} == {("1", "2", "3", "4", "5", "6", "7")}
    nominees = {tuple(order) for order in orders["A"] if len(order) == 7}
    assert len(nominees) > 1, "nominees of one juror are not shuffled alike"


def test_post_that_is_best_and_drawn_is_shown_once(evidence):
    rows = evidence.posts["active", "badan-gema"]
    assert len(rows) == 8
    shown = shown_posts(evidence, "J1", "active", "badan-gema")
    assert sorted(row.post_id for row in shown) == [f"p{n}" for n in range(1, 8)]


def test_shuffle_does_not_depend_on_which_posts_are_best(evidence):
    rows = evidence.posts["active", "badan-gema"]
    turned = replace(evidence, posts={("active", "badan-gema"): rows[::-1]})
    one, other = (
        [row.post_id for row in shown_posts(each, "J1", "active", "badan-gema")]
        for each in (evidence, turned)
    )
    assert one == other


@pytest.mark.parametrize("render", [pack_html, pack_pdf, figures_html, figures_pdf])
def test_bytes_are_the_same_each_time(evidence, results_folder, judged, render):
    again = read_evidence(results_folder, judged, None)
    assert render(evidence, **asked()) == render(again, **asked())


def test_first_page_has_rubric_anchors_and_nominees_by_cluster(evidence, tmp_path):
    page = unescape(pack_html(evidence, **asked()))
    printed = text_of(pack_pdf(evidence, **asked()), tmp_path)
    for text in (page, printed):
        for word in ("Siapa yang paling teratur hadir?", "Kecermatan", "75%", "lemah", "kuat"):
            assert word in text
    view = pack_view(evidence, Language("id", evidence.rules), "J1", "active", SEEN)
    assert {name: [one.number for one in found] for name, found in view.clusters.items()} == {
        "Kementerian": [1, 2],
        "Lembaga": [3, 4],
    }


def test_context_says_platforms_and_competitors_in_words(evidence):
    view = pack_view(evidence, Language("en", evidence.rules), "J1", "active", SEEN)
    assert view.nominees[2].context == (
        "Publishes on Instagram.",
        "Competes with 3 other institutions in the cluster Agencies.",
    )


def test_nominee_without_posts_has_a_page_that_says_so(evidence):
    entries = [Entry("active", "twins", "kota-kembar-barat")]
    page = pack_html(evidence, **asked("en", entries=entries))
    assert "There are no posts to show." in page
    assert pack_pdf(evidence, **asked("en", entries=entries)).startswith(b"%PDF")


def test_caption_is_whole_and_escaped(evidence):
    page = pack_html(evidence, **asked())
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    caption = re.search(r'dir="auto">([^<]*alert[^<]*)<', page)
    assert caption
    kept = HOSTILE_CAPTION.replace("\x00", "").replace("\x07", "").strip()
    assert unescape(caption[1]) == kept
    assert page.count("Alamat unggahan tidak diketahui.") == 1


def test_no_address_is_loaded_and_links_say_nothing_of_where_they_come_from(evidence):
    page = pack_html(evidence, **asked())
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
        "base-uri 'none'"
    )
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert re.findall(r"<[^>]*\b(?:src|srcset|action|data|poster)=", page) == []
    assert re.findall(r"url\(|@import", page) == []
    links = re.findall(r'<a href="http[^>]*>', page)
    assert len(links) == 7 * len(ENTRIES) - 1
    assert all('rel="noreferrer noopener nofollow"' in link for link in links)


def test_template_of_the_document_reads_no_text_as_markup():
    source = (files("tolok.publish") / "templates" / "pack.typ").read_text("utf-8")
    source = re.sub(r"^//.*$", "", source, flags=re.MULTILINE)
    assert re.findall(r"\b(?:eval|plugin|import|include|read)\b", source) == []


def test_hostile_caption_is_set_as_it_stands(evidence, tmp_path):
    pages = text_of(pack_pdf(evidence, **asked()), tmp_path)
    printed = " ".join(re.sub(r"Penghargaan Uji 2025 · .*\n|\d+ ?/ ?\d+\s|\f", "", pages).split())
    assert "<script>alert('takarir')</script><img src=x onerror=alert(1)>" in printed
    assert "{{ 7 * 7 }} #[panic()] $x$ \\ `raw` *bold* _em_ @label" in printed
    assert printed.replace(" ", "").count("panjang") == 715


def test_what_fonts_lack_is_marked_and_explained(evidence, tmp_path):
    printed = text_of(pack_pdf(evidence, **asked()), tmp_path)
    assert "Tanda ◇ menggantikan emoji" in " ".join(printed.split())
    assert printed.count("◇") == 4, "the explanation, and Javanese, Chinese, emoji"
    assert "العربية" in printed or "ﺔﻴﺑﺮﻌﻟا" in printed
    plain = [entry for entry in SEEN if entry.institution_id != "../../jahat"]
    assert "◇" not in text_of(pack_pdf(evidence, **asked(entries=plain)), tmp_path)


def test_simulation_is_marked_on_the_first_page(evidence, tmp_path):
    assert "SIMULASI" in pack_html(evidence, **asked())
    assert "SIMULASI" in text_of(pack_pdf(evidence, **asked()), tmp_path)


def test_captions_of_the_evidence_are_not_on_the_site(site):
    tables = list(site.rglob("*.parquet"))
    assert [path for path in tables if "Takarir ke-" in str(pq.read_table(path).to_pydict())] == []
    others = [path for path in site.rglob("*") if path.is_file() and path not in tables]
    assert [path for path in others if b"Takarir ke-" in path.read_bytes()] == []
    assert "evidence" not in {path.stem for path in tables}
