"""The site in a real browser, opened from disk: a visitor's way through it, at phone and desk."""

from pathlib import Path

import pytest
from tests import invented
from tests.edition_cases import pages_alone

from tolok.publish.site import publish_site

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
PAGES = (
    "index.html", "id/index.html", "id/awards/active-ministries.html",
    "id/awards/best-twins.html", "id/institutions/kementerian-awan.html",
    "id/institutions/kota-kembar-barat.html", "id/institutions/index.html",
    "id/clusters/ministries.html", "id/clusters/twins.html", "id/channels.html",
    "id/method.html", "id/data.html", "en/index.html", "en/awards/active-ministries.html",
    "en/institutions/kementerian-danau.html", "en/method.html",
)  # fmt: skip

DARK = (
    "id/index.html", "id/awards/active-agencies.html", "id/institutions/kementerian-bukit.html",
    "id/clusters/ministries.html", "id/channels.html", "id/method.html",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of invented results, with rank intervals."""
    folder = tmp_path_factory.mktemp("e2e")
    invented.write_results(folder / "results", intervals=True)
    rules = invented.rules()
    with pages_alone():
        publish_site(folder / "results", folder / "site", rules, lock_hash=invented.LOCK_HASH)
    return folder / "site"


@pytest.mark.parametrize("size", SIZES)
def test_visitor_finds_the_way_and_back_in_both_languages(site, open_page, size):
    page = open_page(site / "index.html", *SIZES[size])
    assert page.title() == "Penghargaan Uji 2025"
    page.get_by_role("link", name="Paling Aktif – Kementerian").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Paling Aktif"
    page.get_by_role("link", name="Kementerian Bukit").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kementerian Bukit"
    page.get_by_role("link", name="Kanal resmi").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Direktori kanal"
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Directory of channels"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Direktori kanal"


def test_search_on_the_first_page_filters_the_list(site, open_page):
    page = open_page(site / "id" / "index.html", *SIZES["phone"])
    page.get_by_label("Cari instansi").fill("badan ge")
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url("**/institutions/index.html?q=badan+ge")
    assert page.get_by_role("status").inner_text() == "1 instansi cocok"
    assert page.locator("[data-entry]:visible a").all_inner_texts() == ["Badan Gema"]
    page.get_by_label("Cari instansi").fill("")
    assert page.locator("[data-entry]:visible").count() == 12


def test_list_is_whole_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "id" / "institutions" / "index.html").as_uri())
    assert page.locator("[data-entry]:visible").count() == 12
    assert not page.get_by_label("Cari instansi").is_visible()
    context.close()


def test_details_open_by_keyboard_and_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "id" / "awards" / "active-ministries.html").as_uri())
    evidence = page.locator("section[aria-labelledby='flags'] .flags a").first
    assert not evidence.is_visible()
    page.get_by_text("Rincian setiap tanda, dan unggahan yang perlu dilihat").focus()
    page.keyboard.press("Enter")
    assert evidence.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_on_everything_the_keyboard_reaches(site, open_page, scheme):
    page = open_page(site / "id" / "awards" / "active-ministries.html", *SIZES["desk"], scheme)
    outline = """() => {
        const at = document.activeElement, style = getComputedStyle(at);
        return [at.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
    }"""
    page.keyboard.press("Tab")
    reached: list[tuple[str, str, float]] = []
    while (found := page.evaluate(outline))[0] != "BODY" and len(reached) < 200:
        reached.append(found)
        page.keyboard.press("Tab")
    assert {(style, width) for _, style, width in reached} == {("solid", 3)}
    assert {tag for tag, _, _ in reached} >= {"A", "SUMMARY"}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_light_on_a_slow_line(site, name):
    loaded = [part for part in (site / "assets").glob("*.*") if part.name != "vega.js"]
    parts = [site / name, *loaded]  # vega.js comes when a reader asks for it
    assert sum(part.stat().st_size for part in parts) < 300_000


def test_keyboard_reaches_the_content_first(site, open_page):
    page = open_page(site / "id" / "index.html", *SIZES["desk"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_point_on_the_map_opens_its_scorecard(site, open_page):
    page = open_page(site / "id" / "clusters" / "agencies.html", *SIZES["desk"])
    page.locator(".explored a", has_text="Badan Gema").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Badan Gema"


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_narrow_phone(site, open_page, name):
    page = open_page(site / name, 360, 780)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_table_wider_than_its_place_says_so(site, open_page):
    def hint(page):
        table = page.locator("section[aria-labelledby='all'] .scroll")
        return table.evaluate("part => getComputedStyle(part, '::before').content")

    address = site / "id" / "clusters" / "ministries.html"
    page = open_page(address, 240, 780)
    page.wait_for_selector("section[aria-labelledby='all'] .scroll[data-wide]")
    assert hint(page) == '"Geser untuk melihat kolom lain →"'
    assert hint(open_page(address, *SIZES["desk"])) == "none"


@pytest.mark.parametrize(
    ("name", "scheme"), [*((name, "light") for name in PAGES), *((name, "dark") for name in DARK)]
)
def test_page_has_no_serious_barrier(site, open_page, barriers, name, scheme):
    page = open_page(site / name, *SIZES["desk"], scheme=scheme)
    assert barriers(page) == []
