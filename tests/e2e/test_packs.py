"""Evidence packs in a real browser, opened from disk, as a juror gets them."""

from pathlib import Path

import pytest
from tests import invented

from tolok.jury.ballot import Entry
from tolok.publish.packs import figures_html, pack_html, read_evidence

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"phone": (360, 780), "desk": (1440, 900)}
PARTS = {"pack": pack_html, "figures": figures_html}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """Both parts of a pack, a hostile nominee first, in a folder."""
    folder = tmp_path_factory.mktemp("packs")
    invented.write_results(folder / "results", intervals=True)
    evidence = read_evidence(folder / "results", invented.rules(), None)
    entries = [
        Entry("active", "ministries", invented.HOSTILE_ID),
        Entry("active", "agencies", "badan-gema"),
    ]
    for name, render in PARTS.items():
        page = render(evidence, juror="J1", category="active", entries=entries, language="id")
        (folder / f"{name}.html").write_text(page, "utf-8")
    return folder


@pytest.fixture
def open_page(browser):
    """A function that opens a page; what the console says, a dialogue or a load fails the test."""
    said, contexts = [], []

    def open_at(address, size="desk", scheme="light"):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: said.append(request.url))
        page.goto(address.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert [text for text in said if not text.startswith("file:")] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", PARTS)
def test_hostile_captions_neither_run_nor_break_the_page(packs, open_page, part, size):
    page = open_page(packs / f"{part}.html", size)
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    beyond = """() => [...document.querySelectorAll('.post, .post *')].filter((part) => {
        const edge = part.getBoundingClientRect();
        return edge.right > innerWidth || edge.left < 0;
    }).length"""
    assert page.evaluate(beyond) == 0
    assert page.locator("main img, main iframe, main object").count() == 0


def test_turned_letters_stay_in_their_caption(packs, open_page):
    page = open_page(packs / "pack.html")
    turned = page.locator(".caption", has_text="alert('takarir')")
    assert turned.evaluate("part => getComputedStyle(part).unicodeBidi") == "isolate"
    assert "Baris baru \u202eterbalik" in turned.inner_text()


def test_line_breaks_of_a_caption_are_kept(packs, open_page):
    page = open_page(packs / "pack.html")
    assert page.locator(".caption", has_text="Takarir ke-4").first.inner_text() == (
        "Takarir ke-4\nBaris kedua #layanan"
    )


def test_juror_goes_from_nominee_to_nominee_by_keyboard(packs, open_page):
    page = open_page(packs / "pack.html", "phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke daftar nomine"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()").endswith("Badan Gema")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "nominee-2"
    assert page.locator("#nominee-2 h2").is_visible()


def test_nominee_fills_a_screen_and_a_printed_page(packs, open_page):
    page = open_page(packs / "pack.html", "phone")
    heights = page.locator(".nominee").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(heights) >= SIZES["phone"][1]
    page.emulate_media(media="print")
    breaks = page.locator(".nominee").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).breakBefore)"
    )
    assert breaks == ["page", "page"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_pack_has_no_serious_barrier(packs, open_page, part, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page = open_page(packs / f"{part}.html", scheme=scheme)
    found = axe.Axe().run(page, options={"preload": False}).response["violations"]
    barriers = [
        (violation["id"], violation["nodes"][0]["html"][:200])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]
    assert barriers == []
