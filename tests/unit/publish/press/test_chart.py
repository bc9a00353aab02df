"""The chart of an award: whom it draws, what stands over it, and the bytes of its picture."""

import re
import struct
import zlib
from dataclasses import replace

import pytest

from tolok.publish.language import Language
from tolok.publish.press.chart import SHOWN, _drawn, chart_svg, finding_of, picture_of
from tolok.publish.press.png import repacked
from tolok.publish.results import read_results

KEY = ("active", "agencies")


@pytest.fixture(scope="module")
def ranked(invented, rules, tmp_path_factory):
    """Results with rank intervals."""
    folder = tmp_path_factory.mktemp("ranked") / "results"
    invented.write_results(folder, intervals=True)
    return read_results(folder, rules, invented.LOCK_HASH)


def lines_of(svg):
    """The texts of an SVG in their order, entities read."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", text).strip() for text in found]


def test_chart_draws_the_ranked_with_intervals_and_marks_the_winner(ranked):
    language = Language("en", ranked.rules)
    rows, more = _drawn(ranked.awards[KEY], ranked, language)
    assert [(row.label, row.low, row.high, row.status) for row in rows][:2] == [
        ("1. Fajar", 1, 2, "winner"),
        ("2. =HYPERLINK(1)", 1, 3, "nominee"),
    ]
    assert more == 0
    svg = chart_svg(ranked.awards[KEY], ranked, language)
    told = lines_of(svg)
    assert "Fajar wins; by the data in place\N{NO-BREAK SPACE}1" in told
    assert any(line.startswith("Source: Test Award 2025") for line in told)
    assert any(ranked.lock_hash[:12] in line for line in told)
    assert any("SIMULATION" in line for line in told)


def test_long_ranking_is_cut_but_for_the_winner(ranked):
    language = Language("id", ranked.rules)
    first = next(row for row in ranked.scores if row.category == "active" and row.rank == 1
                 and row.cluster == "agencies")  # fmt: skip
    many = tuple(
        replace(first, institution_id=f"dinas-{at}", rank=at, rank_low=at, rank_high=at,
                nominee=at <= 3)
        for at in range(1, 31)
    )  # fmt: skip
    results = replace(ranked, scores=many)
    award = results.awards[KEY]
    won = replace(award.winners[0], institution_id="dinas-20")
    rows, more = _drawn(replace(award, winners=(won,)), results, language)
    assert [row.rank for row in rows] == [*range(1, SHOWN + 1), 20]
    assert more == 30 - SHOWN - 1
    finding = finding_of(replace(award, winners=(won,)), results, language)
    assert finding == "dinas-20 menang; menurut data di peringkat\N{NO-BREAK SPACE}20"


def test_svg_loads_nothing_and_runs_nothing(ranked):
    svg = chart_svg(ranked.awards[KEY], ranked, Language("id", ranked.rules))
    bare = svg.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert re.findall(r"//\w|<script|<image|url\(|@import", bare) == []
    assert 'font-family="Liberation Sans' in svg


def test_picture_is_a_png_of_the_same_bytes_each_time(ranked):
    svg = chart_svg(ranked.awards[KEY], ranked, Language("id", ranked.rules))
    png = picture_of(svg)
    assert png == picture_of(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    found = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"', svg)
    assert found is not None
    assert (width, height) == (2 * int(found[1]), 2 * int(found[2]))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_repacked_picture_has_the_same_pixels_and_other_chunks():
    pixels = bytes([0, 1, 2, 3, 4] * 1000)
    loose = zlib.compress(pixels, 0)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", b"head"), chunk(b"pHYs", b"size"), chunk(b"IDAT", loose[:700]),
         chunk(b"IDAT", loose[700:]), chunk(b"IEND", b"")]
    )  # fmt: skip
    expected = b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", b"head"), chunk(b"pHYs", b"size"),
         chunk(b"IDAT", zlib.compress(pixels, 6)), chunk(b"IEND", b"")]
    )  # fmt: skip
    assert repacked(png) == expected


def test_what_is_no_png_is_an_error():
    with pytest.raises(ValueError, match="not a PNG"):
        repacked(b"GIF89a")
