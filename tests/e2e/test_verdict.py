"""A jury's verdict in a real browser: every status is light, fits a phone and has no barrier."""

from pathlib import Path

import pytest
from tests import invented
from tests.edition_cases import pages_alone
from tests.verdict_cases import STATES, judge, jury_rules

from tolok.publish.site import publish_site

CHROMIUM = Path("/usr/bin/chromium")
AWARD = "awards/active-ministries.html"
OTHERS = (
    "id/index.html", "en/clusters/ministries.html", "id/institutions/kementerian-awan.html",
    "id/method.html", "en/data.html",
)  # fmt: skip
PAGES = [
    *((status, f"{language}/{AWARD}") for status in STATES for language in ("id", "en")),
    *(("shared", page) for page in OTHERS),
]
SEEN = [
    *((place, "light") for place in PAGES),
    *(((status, f"id/{AWARD}"), "dark") for status in ("clear", "shared", "overridden")),
    *((("shared", page), "dark") for page in OTHERS),
]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """A site of each status."""
    rules = jury_rules(invented.rules())
    made = {}
    for status, case in STATES.items():
        folder = tmp_path_factory.mktemp(status)
        tables = judge(invented.tables(intervals=True), case)
        invented.write_results(folder / "results", made=tables)
        with pages_alone():
            publish_site(folder / "results", folder / "site", rules, lock_hash=invented.LOCK_HASH)
        made[status] = folder / "site"
    return made


@pytest.mark.parametrize(("status", "name"), PAGES)
def test_page_is_light_on_a_slow_line(sites, status, name):
    site = sites[status]
    loaded = [part for part in (site / "assets").glob("*.*") if part.name != "vega.js"]
    parts = [site / name, *loaded]  # vega.js comes when a reader asks for it
    assert sum(part.stat().st_size for part in parts) < 300_000


@pytest.mark.parametrize(("status", "name"), PAGES)
def test_page_fits_a_narrow_phone(sites, open_page, status, name):
    page = open_page(sites[status] / name, 360, 780)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(("place", "scheme"), SEEN)
def test_page_has_no_serious_barrier(sites, open_page, barriers, place, scheme):
    status, name = place
    page = open_page(sites[status] / name, 1440, 900, scheme=scheme)
    assert barriers(page) == []


def test_scores_by_juror_open_by_keyboard_and_without_scripts(sites, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sites["clear"] / "id" / AWARD).as_uri())
    code = page.get_by_role("rowheader", name="J3").first
    assert not code.is_visible()
    page.get_by_text("Nilai menurut juri").focus()
    page.keyboard.press("Enter")
    assert code.is_visible()
    context.close()
