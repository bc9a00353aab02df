"""Certificates looked up in a real browser, and the documents that pages lead to."""

from pathlib import Path
from urllib.parse import urljoin

import pytest
from tests import invented

from tolok.publish.site import publish_site

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
WORDS = {
    "id": ("Cari kode atau nama instansi", "1 piagam ditemukan", "Tidak ada piagam"),
    "en": ("Find a code or an institution", "Certificates found: 1", "There is no certificate"),
}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of invented results, with its documents."""
    folder = tmp_path_factory.mktemp("e2e")
    invented.write_results(folder / "results", intervals=True)
    publish_site(
        folder / "results", folder / "site", invented.rules(), lock_hash=invented.LOCK_HASH
    )
    return folder / "site"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", WORDS)
def test_code_of_a_certificate_is_found_as_it_is_typed(site, open_page, barriers, language, size):
    label, one, none = WORDS[language]
    page = open_page(site / language / "certificates.html", *SIZES[size])
    rows = page.locator("[data-entry]:visible")
    assert rows.count() == 12
    code = rows.nth(3).get_attribute("id")
    for typed in (code.lower(), code.replace("-", ""), code.replace("0", "O").replace("1", "l")):
        page.get_by_label(label).fill(typed)
        assert page.get_by_role("status").inner_text() == one
    assert page.get_by_role("status").inner_text() == one
    assert rows.get_by_role("link", name="PDF").count() == 1
    page.get_by_label(label).fill("0000-0000-0000")
    assert page.get_by_role("status").inner_text().startswith(none)
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert barriers(page) == []


def test_scanned_code_leads_to_its_place_on_the_page_of_the_award(site, open_page):
    page = open_page(site / "id" / "certificates.html", *SIZES["phone"])
    row = page.locator("[data-entry]").nth(3)
    code = row.get_attribute("id")
    address = urljoin(page.url, row.get_by_role("link").first.get_attribute("href"))
    page.goto(f"{address}#{code}")
    place = page.locator(f'[id="{code}"]')
    assert code in place.inner_text()
    page.wait_for_function(
        "(id) => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=code,
    )


def test_certificates_are_listed_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "en" / "certificates.html").as_uri())
    assert page.locator("[data-entry]:visible").count() == 12
    assert not page.locator("main form").is_visible()
    context.close()
