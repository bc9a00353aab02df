"""Files in wrappings and encodings: the same rows come out, and traps are refused."""

import gzip
import io
import lzma
import zipfile

import pytest
from tests.import_cases import bring, figures, ndjson, post, stored

from tolok.errors import FileFault
from tolok.sources.batch import LEFT_OUT
from tolok.sources.plain import plain
from tolok.store.layout import Layout

HEADER = "platform,post_id,account_id,published_at,observed_at,text\n"
TABLE = HEADER + "".join(
    f"x,{number},@a,2025-03-01T08:00:00Z,2025-03-02T08:00:00Z,Kafé “{number}”\n" for number in "123"
)


def zipped(**files):
    """A zip file of texts by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


WRAPPED = {
    "utf8.csv": TABLE.encode(),
    "mark.csv": TABLE.encode("utf-8-sig"),
    "utf16.csv": TABLE.encode("utf-16"),
    "utf16-be.csv": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "utf32.csv": TABLE.encode("utf-32"),
    "latin.csv": TABLE.encode("cp1252"),
    "a.csv.gz": gzip.compress(TABLE.encode()),
    "a.csv.xz": lzma.compress(TABLE.encode()),
    "both.csv.gz": gzip.compress(TABLE.encode("utf-16")),
    "a.zip": zipped(**{"inside/a.csv": TABLE, "__MACOSX/._a.csv": "?", ".hidden": "?"}),
}


@pytest.mark.parametrize("name", list(WRAPPED))
def test_wrapping_and_encoding_do_not_matter(tmp_path, name):
    (tmp_path / name).write_bytes(WRAPPED[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert figures(report) == (3, 3, 0, 0)
    assert [row["text"] for row in stored(tmp_path / "edition")] == [f"Kafé “{n}”" for n in "123"]


def test_another_encoding_is_said_in_the_report(tmp_path):
    (tmp_path / "a.csv").write_bytes(WRAPPED["latin.csv"])
    (report,) = bring(tmp_path / "edition", tmp_path / "a.csv")
    assert report.notes == (
        "is no UTF-8; it was read as Windows-1252. Look at its letters beyond a to z.",
    )


def test_landed_file_stays_packed_as_it_came(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(WRAPPED["a.csv.gz"])
    bring(tmp_path / "edition", tmp_path / "a.csv.gz")
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/*")
    assert landed.read_bytes() == WRAPPED["a.csv.gz"]
    assert not Layout(tmp_path / "edition").spill.exists()


def test_packed_lines_of_json_come_in(tmp_path):
    lines = ndjson(tmp_path / "a.ndjson", [post("A"), post("B")])
    (tmp_path / "a.ndjson.xz").write_bytes(lzma.compress(lines.read_bytes()))
    (report,) = bring(tmp_path / "edition", tmp_path / "a.ndjson.xz")
    assert figures(report) == (2, 2, 0, 0)


BOMB = b"\0" * (80 << 20)
TRAPS = {
    "bomb.csv.gz": (gzip.compress(BOMB), "unpacks to more than 64 MB"),
    "bomb.zip": (zipped(**{"a.csv": BOMB}), "unpacks to more than 64 MB"),
    "cut.csv.gz": (WRAPPED["a.csv.gz"][:-10], "cannot be unpacked"),
    "bad.csv.xz": (WRAPPED["a.csv.xz"][:20] + b"?" * 20, "cannot be unpacked"),
    "cut.zip": (WRAPPED["a.zip"][:-30], "cannot be unpacked"),
    "utf16.csv": (b"\xff\xfe" + b"\x00\xd8" * 3, "begins as UTF-16-LE and is not"),
}


@pytest.mark.parametrize("name", list(TRAPS))
def test_trap_is_refused_with_its_name(tmp_path, name):
    content, problem = TRAPS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileFault, match=problem):
        bring(tmp_path / "edition", tmp_path / name)
    assert not list((tmp_path / "edition" / "landing").glob("*/*/*"))


def test_file_that_nobody_knows_is_left_out_where_that_is_asked(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "notes.txt").write_text("to do")
    left, kept = bring(
        tmp_path / "edition", tmp_path / "notes.txt", tmp_path / "a.csv", skips_unknown=True
    )
    assert (left.format, left.rows_read, kept.rows_kept) == (LEFT_OUT, 0, 3)
    assert left.notes[0].startswith("notes.txt: no known format has these columns")


def test_mixed_bytes_stay_as_they_are(tmp_path):
    (tmp_path / "a.csv").write_bytes("é".encode() + b"\xe9")
    found = plain(tmp_path / "a.csv", "a.csv", tmp_path / "folder")
    assert (found.path, found.notes) == (tmp_path / "a.csv", ())
