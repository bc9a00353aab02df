"""Pictures of posts: found by their names, embedded, never from outside the folder."""

import base64
import struct
import zlib
from typing import Any

import pytest
from tests.evidence_cases import evidence_rows

from tolok.jury.ballot import Entry
from tolok.publish.packs import pack_html, pack_pdf, read_evidence
from tolok.publish.packs.pictures import _SIZES, MOST_BYTES, Picture, Unfit, picture_of, stem_of

ENTRY = Entry("active", "agencies", "badan-gema")
ASKED: dict[str, Any] = {"juror": "J1", "category": "active", "entries": [ENTRY], "language": "en"}


def a_png(colour=b"\x0b\x6b\x5d"):
    """A picture of two by two points."""

    def chunk(name, data):
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + colour * 2 for _ in range(2))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


TORN = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 64, 64) + b"torn"


@pytest.fixture
def media(tmp_path):
    """A folder of pictures: of posts p1 and p3 a sound one, of p5 one too large, of p7 a torn one.

    The posts of odd numbers are on Instagram. p3 is a PNG under the name of a JPEG.
    """
    folder = tmp_path / "media" / "instagram"
    folder.mkdir(parents=True)
    (folder / "p1.png").write_bytes(a_png())
    (folder / "p3.jpg").write_bytes(a_png(b"\xff\x00\x00"))
    (folder / "p5.png").write_bytes(a_png() + b"\0" * MOST_BYTES)
    (folder / "p7.webp").write_bytes(TORN)
    return tmp_path / "media"


@pytest.fixture
def evidence(results_folder, rules, media):
    """The evidence of the invented results, with pictures."""
    assert [row["post_id"] for row in evidence_rows(rules.categories[0], "x")][:2] == ["p1", "p2"]
    return read_evidence(results_folder, rules, media)


def test_picture_is_found_by_platform_and_post(media):
    found = picture_of(media, "instagram", "p1")
    assert found == Picture("/instagram/p1.png", "png", a_png())
    assert picture_of(media, "x", "p1") is None
    assert picture_of(media, "instagram", "p2") is None
    assert picture_of(None, "instagram", "p1") is None


def test_kind_of_a_picture_is_that_of_its_bytes(media):
    found = picture_of(media, "instagram", "p3")
    assert isinstance(found, Picture)
    assert (found.kind, found.path) == ("png", "/instagram/p3.jpg")
    (media / "instagram" / "p2.jpg").write_text("<svg onload='alert(1)'/>")
    assert picture_of(media, "instagram", "p2") == Unfit("broken")


def test_large_picture_is_left_out(media):
    assert picture_of(media, "instagram", "p5") == Unfit("large")


BOMBS = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 40_000, 40_000),
    "jpg": b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x11\x08" + struct.pack(">HH", 65_000, 65_000),
    "webp": b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\x0f" * 2,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_picture_that_unfolds_to_too_many_points_is_left_out(media, kind):
    path = media / "instagram" / f"p2.{kind}"
    path.write_bytes(BOMBS[kind])
    assert picture_of(media, "instagram", "p2") == Unfit("large")
    path.write_bytes(BOMBS[kind][:14])
    assert picture_of(media, "instagram", "p2") == Unfit("broken")


def test_ordinary_sizes_are_read_from_every_head(media):
    heads = {
        "jpg": b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 720, 1280),
        "webp": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 1279 | 719 << 14),
    }
    assert [_SIZES[kind](content) for kind, content in heads.items()] == [(1280, 720)] * 2
    plain = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 1280, 720)
    assert _SIZES["webp"](plain) == (1280, 720)


@pytest.mark.parametrize("post_id", ["../secret", "..", "a/b", "/etc/passwd", "", "a.b", "x" * 200])
def test_name_of_a_picture_is_never_an_address(post_id):
    stem = stem_of(post_id)
    assert stem
    assert not set("/\\.") & set(stem)
    assert len(stem) < 130


def test_pictures_outside_the_folder_are_not_read(media, tmp_path):
    outside = tmp_path / "secret.png"
    outside.write_bytes(a_png())
    (media / "instagram" / "p9.png").symlink_to(outside)
    assert picture_of(media, "instagram", "p9") is None
    assert picture_of(media, "instagram", "../../secret") is None
    assert picture_of(media, "..", "secret") is None


def test_pack_embeds_pictures_and_says_which_are_too_large(evidence):
    page = pack_html(evidence, **ASKED)
    address = f"data:image/png;base64,{base64.b64encode(a_png()).decode()}"
    assert page.count(f'<img src="{address}" alt="Picture of the post">') == 1
    assert page.count("<img ") == 3
    assert page.count("Its picture is too large for this file") == 1
    assert "Pictures larger than 300 kB are not included" in page


def test_document_has_sound_pictures_and_tells_of_a_torn_one(evidence):
    made = pack_pdf(evidence, **ASKED)
    assert made == pack_pdf(evidence, **ASKED)
    assert made.count(b"/Subtype /Image") + made.count(b"/Subtype/Image") == 2


def test_pack_without_pictures_does_not_speak_of_them(results_folder, rules, tmp_path):
    evidence = read_evidence(results_folder, rules, tmp_path / "none")
    assert "picture are" not in pack_html(evidence, **ASKED)
    assert "<img" not in pack_html(evidence, **ASKED)
