"""The site as a folder: every page there, every link whole, the same bytes, nothing foreign."""

import hashlib
import json
import re
from urllib.parse import urlsplit

import pytest
from tests.site_pages import broken_links, loaded_from_outside, pages, parsed

from tolok.errors import FaultsFound
from tolok.publish.site import FolderNotOurs, page_modules, publish_site
from tolok.release import code_sha256

LANGUAGES = ("id", "en")
VEGA = "vega.js"
"""A library that names the addresses of its schema and its editor, and loads neither."""


def test_every_page_is_built_in_every_language(site, invented):
    made = set(pages(site))
    by_language = [
        {page.removeprefix(f"{code}/") for page in made if page.startswith(f"{code}/")}
        for code in LANGUAGES
    ]
    single = {
        "index.html", "benchmark.html", "certificates.html", "channels.html", "corrections.html",
        "method.html", "data.html", "press.html", "institutions/index.html",
    }  # fmt: skip
    assert by_language[0] == by_language[1]
    assert made - {f"{c}/{p}" for c in LANGUAGES for p in by_language[0]} == {"index.html"}
    assert {page for page in by_language[0] if "/" not in page or page in single} == single
    assert sum(page.startswith("awards/") for page in by_language[0]) == 6
    assert sum(page.startswith("clusters/") for page in by_language[0]) == 3
    assert sum(page.startswith("institutions/") for page in by_language[0]) == 13


@pytest.mark.usefixtures("unprinted")
def test_summary_counts_the_pages(invented, results_folder, rules, tmp_path):
    told: list[tuple[str, int, int]] = []
    summary = publish_site(
        results_folder,
        tmp_path / "site",
        rules,
        lock_hash=None,
        progress=lambda *step: told.append(step),
    )
    count = len(pages(tmp_path / "site"))
    assert (summary.pages, summary.index) == (count, tmp_path / "site" / "index.html")
    assert [step[1:] for step in told if step[0] == "site"] == [
        (done, count) for done in range(1, count + 1)
    ]
    assert [step[1] for step in told if step[0] == "beside the pages"][-1] == told[-1][2]


def test_every_relative_link_leads_to_a_file_and_a_place_on_it(site):
    assert broken_links(site) == []


def test_no_page_loads_anything_from_outside(site):
    assert loaded_from_outside(site) == []


def test_assets_name_no_address(site):
    name_space = "http://www.w3.org/2000/svg"
    texts = {
        path.name: path.read_text("utf-8").replace(name_space, "")
        for path in (site / "assets").iterdir()
        if path.is_file() and path.name != VEGA
    }
    assert sorted(texts) == [
        "addresses.js", "benchmark.js", "explore.js", "icon.svg", "search.js", "site.js",
        "style.css", "verify.js",
    ]  # fmt: skip
    assert [name for name, text in texts.items() if re.search(r"//\w|url\(|@import", text)] == []


def test_links_people_follow_are_web_addresses_or_relative(site):
    schemes = {urlsplit(link).scheme for page in pages(site) for link in parsed(site, page).links}
    assert schemes == {"", "https"}


def test_foreign_links_hand_nothing_on(site):
    anchors = [
        anchor
        for page in pages(site)
        for anchor in re.findall(r"<a [^>]*href=\"https?:[^>]*>", (site / page).read_text("utf-8"))
    ]
    assert anchors != []
    assert [a for a in anchors if 'rel="noopener noreferrer nofollow"' not in a] == []


def test_no_page_needs_an_inline_style_or_script(site):
    for page in pages(site):
        found = parsed(site, page)
        assert [name for name in found.attributes if name == "style" or name.startswith("on")] == []
        assert "style" not in found.tags
        assert re.findall(r"<script(?! src=)", (site / page).read_text("utf-8")) == []


def test_hostile_names_are_escaped(site, invented):
    page = next(path for path in pages(site) if path.startswith("id/institutions/jahat"))
    text = (site / page).read_text("utf-8")
    assert "&lt;script&gt;alert(&#39;nama&#39;)&lt;/script&gt; &amp; &#34;Rekan&#34;</h1>" in text
    everything = "".join((site / path).read_text("utf-8") for path in pages(site))
    for raw in ("<script>alert", "javascript:", "data:text/html", "<b onmouseover", "<b>x"):
        assert raw not in everything


def test_hostile_id_stays_inside_the_site(site, invented):
    assert not (site.parent / "jahat.html").exists()
    assert len(list((site / "id" / "institutions").glob("jahat-????????.html"))) == 1


def test_same_results_give_the_same_bytes(results_folder, rules, invented, site, tmp_path):
    again = tmp_path / "again"
    publish_site(results_folder, again, rules, lock_hash=invented.LOCK_HASH)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [
        path for path in files if (site / path).read_bytes() != (again / path).read_bytes()
    ] == []


@pytest.mark.usefixtures("unprinted")
def test_site_is_replaced_whole(results_folder, rules, tmp_path):
    site = tmp_path / "site"
    publish_site(results_folder, site, rules, lock_hash=None)
    (site / "id" / "old.html").write_text("from last year", "utf-8")
    publish_site(results_folder, site, rules, lock_hash=None)
    assert not (site / "id" / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_folder_with_other_files_is_not_replaced(results_folder, rules, tmp_path):
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(FolderNotOurs) as caught:
        publish_site(results_folder, tmp_path, rules, lock_hash=None)
    assert str(caught.value) == (
        f"{tmp_path}: holds files that are not a site of Tolok. "
        "Name a new folder, or empty this one."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("unprinted")
def test_failed_build_leaves_the_old_site(results_folder, rules, invented, tmp_path):
    site = tmp_path / "site"
    publish_site(results_folder, site, rules, lock_hash=None)
    before = (site / "index.html").read_bytes()
    broken = tmp_path / "results"
    invented.write_results(broken)
    (broken / "weekly.parquet").write_bytes(b"no parquet")
    (broken / "winners.csv").unlink()
    (broken / "manifest.json").unlink()
    with pytest.raises(FaultsFound) as caught:
        publish_site(broken, site, rules, lock_hash=None)
    files = [getattr(fault, "file", "") for fault in caught.value.exceptions]
    assert files == ["manifest.json", "weekly.parquet", "winners.csv"]
    assert (site / "index.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results", "site"]


def test_marker_names_edition_and_lock(site, invented):
    facts = json.loads((site / "site.json").read_text("utf-8"))
    files, documents = facts.pop("files"), facts.pop("documents")
    assert {path for path in files if path.endswith((".pdf", ".xlsx"))} == set(documents)
    assert (site / "files.txt").read_text("utf-8").splitlines() == sorted([*files, "site.json"])
    assert files == {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != "site.json"
    }
    assert facts == {
        "edition": "uji-2025",
        "lock_hash": invented.LOCK_HASH,
        "tolok_version": "0.1.0",
        "code_sha256": code_sha256(),
        "pages": len(pages(site)),
    }


@pytest.mark.usefixtures("unprinted")
def test_simulation_is_marked_on_every_page_and_only_there(
    site, results_folder, invented, tmp_path
):
    real = tmp_path / "real"
    publish_site(results_folder, real, invented.rules(is_simulated=False), lock_hash=None)

    def marked(folder):
        return [p for p in pages(folder) if 'class="banner"' in (folder / p).read_text("utf-8")]

    assert marked(site) == pages(site)
    assert marked(real) == []


@pytest.mark.usefixtures("unprinted")
def test_site_in_one_language_has_no_switch(results_folder, invented, tmp_path):
    site = tmp_path / "site"
    publish_site(results_folder, site, invented.rules(languages=("en",)), lock_hash=None)
    assert {page.split("/")[0] for page in pages(site)} == {"en", "index.html"}
    assert 'class="language"' not in (site / "index.html").read_text("utf-8")


def test_every_module_of_pages_has_a_path_and_a_builder():
    paths = {name: module.PATH for name, module in page_modules().items()}
    assert paths == {
        "archive": "archive.html",
        "award": "awards/{category}-{cluster}.html",
        "benchmark": "benchmark.html",
        "certificates": "certificates.html",
        "channels": "channels.html",
        "cluster": "clusters/{cluster}.html",
        "corrections": "corrections.html",
        "data": "data.html",
        "home": "index.html",
        "institution": "institutions/{institution_id}.html",
        "institutions": "institutions/index.html",
        "method": "method.html",
        "press": "press.html",
        "sourced": "sourced.html",
    }
