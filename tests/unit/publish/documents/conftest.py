"""Results of which documents are made, and what a PDF says when it is read by another program."""

import subprocess

import pytest

from tolok.publish.language import Language
from tolok.publish.results import read_results


@pytest.fixture(scope="session")
def with_intervals(invented, rules, tmp_path_factory):
    """The invented results with intervals, as documents read them."""
    folder = tmp_path_factory.mktemp("edition") / "results"
    invented.write_results(folder, intervals=True)
    return read_results(folder, rules, invented.LOCK_HASH)


@pytest.fixture(scope="session")
def indonesian(rules):
    """The first language of the invented edition."""
    return Language("id", rules)


@pytest.fixture
def read_pdf(tmp_path):
    """A function from a PDF to its pages as texts, each on one line."""

    def read(content):
        path = tmp_path / "document.pdf"
        path.write_bytes(content)
        made = subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
        )
        pages = made.stdout.replace("\u200b", "").split("\f")[:-1]
        return [" ".join(page.split()) for page in pages]

    return read
