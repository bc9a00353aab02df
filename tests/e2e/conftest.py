"""A browser that opens pages from disk, and what it finds wrong with them."""

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
collect_ignore = ["juror_at_libreoffice.py"]  # a program for Debian's own Python, which has UNO


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser):
    """A function that opens a page at a size; whatever the console says fails the test."""
    said, contexts = [], []

    def open_at(address, width, height, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def barriers():
    """A function: the serious barriers of an open page with everything unfolded."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )

    def found_on(page):
        page.evaluate(
            "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
        )
        # Without its preloading, which the page's own security policy forbids; what passes is not
        # described, which takes as long as finding it.
        options = {"preload": False, "resultTypes": ["violations"]}
        found = axe.Axe().run(page, options=options).response["violations"]
        return [
            (violation["id"], violation["nodes"][0]["html"])
            for violation in found
            if violation["impact"] in {"serious", "critical"}
        ]

    return found_on
