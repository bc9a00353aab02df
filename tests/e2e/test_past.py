"""Archive, comparison, sourced winners and press kit in a real browser, in both languages."""

from pathlib import Path

import pytest
from tests import invented
from tests.archive_cases import LINEAGE, write_edition
from tests.edition_cases import pages_alone

from tolok.publish.site import publish_site

CHROMIUM = Path("/usr/bin/chromium")
SOURCED = (
    "edition,category,cluster,institution,institution_id,status,remark,source\n"
    "2021,Best Account,lembaga,Dinas Nyata,,winner,,https://berita.example/1\n"
    "2019,Best Use of Video,lembaga,Badan Nyata,,nominee,three in all,https://kabar.example/2\n"
)
BREAKS = (
    "platform,from_on,count,kinds,what_id,what_en,source,grade\n"
    "instagram,2025-02-12,reaction_count,,Suka dihitung ulang.,Likes anew.,https://a.example/,C\n"
)
PAGES = (
    "id/archive.html", "en/archive.html", "id/sourced.html", "en/sourced.html", "id/press.html",
    "en/press.html", "id/institutions/kementerian-awan.html",
    "en/institutions/kementerian-bukit.html", "id/institutions/kementerian-embun.html",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with an earlier edition, a break, and a record of what others published."""
    folder = tmp_path_factory.mktemp("past")
    write_edition(folder / "archive" / "uji-2024", invented)
    (folder / "archive" / "sourced.csv").write_text(SOURCED, "utf-8")
    (folder / "registry").mkdir()
    (folder / "registry" / "lineage.csv").write_text(LINEAGE, "utf-8")
    (folder / "breaks.csv").write_text(BREAKS, "utf-8")
    invented.write_results(folder / "results", intervals=True)
    rules, lock_hash = invented.rules(), invented.LOCK_HASH
    with pages_alone():
        publish_site(folder / "results", folder / "site", rules, lock_hash=lock_hash)
    return folder / "site"


def test_reader_goes_from_a_scorecard_to_all_editions_and_to_what_others_published(site, open_page):
    page = open_page(site / "id" / "institutions" / "kementerian-bukit.html", 390, 844)
    page.get_by_role("link", name="Sejak edisi lalu").click()
    assert page.get_by_text("Pada edisi lalu instansi ini bernama Kementerian Lembah.").is_visible()
    page.get_by_role("link", name="Lihat semua edisi").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Semua edisi"
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "All editions"
    page.get_by_role("link", name="Awards as published by others").first.click()
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading == "Awards 2019–2021 as published by others"
    assert page.get_by_role("note").is_visible()


def test_press_page_loads_its_charts_from_the_site_and_opens_a_release(site, open_page):
    page = open_page(site / "en" / "press.html", 1280, 900)
    picture = page.locator(".kit img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.kit img').naturalWidth > 300")
    release = page.locator(".kit pre").first
    assert not release.is_visible()
    page.get_by_text("Read the release").first.focus()
    page.keyboard.press("Enter")
    assert release.inner_text().startswith("**SIMULATION: all names and figures are invented**")


def test_line_is_cut_where_the_counting_changed(site, open_page):
    page = open_page(site / "id" / "institutions" / "kementerian-awan.html", 390, 844)
    line = page.locator(".weekly .break")
    assert line.count() == 1
    assert page.get_by_text("Suka dihitung ulang.").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_narrow_phone(site, open_page, name):
    page = open_page(site / name, 360, 780)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_serious_barrier(site, open_page, barriers, name, scheme):
    page = open_page(site / name, 1280, 900, scheme=scheme)
    assert barriers(page) == []
