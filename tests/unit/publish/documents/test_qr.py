"""QR codes are read by a program that others wrote."""

import subprocess

import pytest

from tolok.publish.documents.qr import MOST_BYTES, qr_matrix

BORDER, SCALE = 4, 4


def read_by_zbar(matrix, path):
    """The text of a code, drawn as a picture with its border."""
    size = len(matrix) + 2 * BORDER
    lines = [[255] * size for _ in range(size)]
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            lines[row + BORDER][column + BORDER] = 0 if dark else 255
    pixels = b"".join(
        bytes(value for value in line for _ in range(SCALE)) * SCALE for line in lines
    )
    path.write_bytes(b"P5 %d %d 255\n" % (size * SCALE, size * SCALE) + pixels)
    made = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path],
        capture_output=True,
        check=True,
    )
    return made.stdout.decode().removesuffix("\n")


@pytest.mark.parametrize(
    ("length", "size"),
    [(1, 21), (14, 21), (15, 25), (26, 25), (62, 33), (106, 41), (180, 53), (181, 57), (666, 97)],
)
def test_code_is_as_small_as_its_text_allows_and_reads_back(length, size, tmp_path):
    text = ("https://award.example/2025/id/awards/a-b.html#0123-4567-89AB" * 12)[:length]
    matrix = qr_matrix(text)
    assert (len(matrix), {len(row) for row in matrix}) == (size, {size})
    assert read_by_zbar(matrix, tmp_path / "code.pgm") == text


def test_text_of_other_scripts_reads_back(tmp_path):
    assert read_by_zbar(qr_matrix("Kota Ngawi – ꦔꦮꦶ ✓"), tmp_path / "code.pgm") == (
        "Kota Ngawi – ꦔꦮꦶ ✓"
    )


def test_same_text_gives_the_same_code():
    assert qr_matrix("a") == qr_matrix("a")
    assert qr_matrix("a") != qr_matrix("b")


def test_text_that_no_code_holds_is_refused():
    with pytest.raises(ValueError, match=r"667 bytes are more than the 666 of a code\."):
        qr_matrix("x" * (MOST_BYTES + 1))
