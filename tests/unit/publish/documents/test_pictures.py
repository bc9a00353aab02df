"""Pages of documents as pictures, compared with those that were looked at.

A picture that was meant to change is renewed with `TOLOK_RENEW=1 pytest` on this file; look at it
before it is committed.
"""

import os
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pytest

from tolok.publish.documents.certificate import certificate, certificates_of
from tolok.publish.documents.paper import printed
from tolok.publish.documents.report import report
from tolok.publish.documents.scorecard import scorecard

GOLDEN = Path(__file__).parents[3] / "golden" / "pictures"
DPI = 40
MOST = 0.004
"""Of the way from black to white, a mean over all pixels: another poppler stays below."""
PAGES = {
    "scorecard-1": ("scorecard", 1),
    "scorecard-2": ("scorecard", 2),
    "certificate": ("certificate", 1),
    "report-cover": ("report", 1),
    "report-activity": ("report", 4),
    "report-cluster": ("report", 9),
}


@pytest.fixture(scope="module")
def documents(with_intervals, indonesian):
    """The documents whose pages are compared."""
    row = with_intervals.institutions["badan-fajar"]
    award = with_intervals.awards["active", "agencies"]
    winner = certificates_of(award, with_intervals)[0]
    return {
        "scorecard": printed("scorecard.typ", scorecard(row, with_intervals, indonesian), 2),
        "certificate": printed("certificate.typ", certificate(winner, with_intervals), 1),
        "report": printed("report.typ", report(with_intervals, indonesian)),
    }


def drawn(pdf, page, folder):
    """A page in shades of grey, 0 black to 255 white."""
    (folder / "document.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-gray", "-singlefile", "-r", str(DPI), "-f", str(page), "-l", str(page),
         folder / "document.pdf", folder / "page"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    head, size, _, pixels = (folder / "page.pgm").read_bytes().split(b"\n", 3)
    assert head == b"P5"
    width, height = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width)


def write_png(path, picture):
    """A picture in shades of grey as PNG."""

    def part(name, content):
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    height, width = picture.shape
    lines = b"".join(b"\0" + line.tobytes() for line in picture)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(lines, 9))
        + part(b"IEND", b"")
    )


def read_png(path):
    """A picture that write_png wrote."""
    content, at, data = path.read_bytes(), 8, b""
    width, height = struct.unpack(">II", content[16:24])
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += 12 + length
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width + 1)
    assert not lines[:, 0].any()
    return lines[:, 1:]


@pytest.mark.parametrize("name", PAGES)
def test_page_looks_as_it_did_when_it_was_looked_at(documents, name, tmp_path):
    document, page = PAGES[name]
    found = drawn(documents[document], page, tmp_path)
    golden = GOLDEN / f"{name}.png"
    if os.environ.get("TOLOK_RENEW"):
        write_png(golden, found)
    expected = read_png(golden)
    assert found.shape == expected.shape, f"{name}: the page has another size"
    away = np.abs(found.astype(float) - expected) / 255
    if away.mean() > MOST:
        write_png(tmp_path / "found.png", found)
        row, column = np.unravel_index(np.argmax(away), away.shape)
        down, across = 100 * row // away.shape[0], 100 * column // away.shape[1]
        pytest.fail(
            f"{name}: differs by {away.mean():.3f}, more than {MOST}, most at {down}% from the top "
            f"and {across}% from the left. Found: {tmp_path / 'found.png'}. Expected: {golden}. If "
            "it was meant, renew it with TOLOK_RENEW=1 and look at it."
        )


def test_other_page_is_told_apart(documents, tmp_path):
    one = drawn(documents["scorecard"], 1, tmp_path)
    other = drawn(documents["scorecard"], 2, tmp_path)
    assert (np.abs(one.astype(float) - other) / 255).mean() > MOST


def test_picture_is_read_as_it_was_written(tmp_path):
    picture = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    write_png(tmp_path / "a.png", picture)
    assert (read_png(tmp_path / "a.png") == picture).all()
