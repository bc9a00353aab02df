"""Files made to fill the memory or the disk, to hang, or to reach out of their place."""

import gzip
import io
import json
import os
import zipfile

import pytest
from tests.import_cases import bring, figures

from tolok.errors import TolokError
from tolok.sources.workbook import sheets_of

HEADER = "platform,post_id,account_id,published_at,observed_at,text\n"
ROW = "x,{},@a,2025-03-01T08:00:00Z,2025-03-02T08:00:00Z,halo\n"
GOOD = HEADER + ROW.format(1)
SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"


def zipped(path, files):
    """A zip file of contents by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


def inner(files):
    """The bytes of a zip file."""
    packed = io.BytesIO()
    zipped(packed, files)
    return packed.getvalue()


def refused(folder, file):
    """What is said of a file that does not come in; nothing of it stays."""
    with pytest.raises(TolokError) as fault:
        bring(folder, file)
    assert not [path for path in folder.rglob("landing/**/*") if path.is_file()]
    said = str(fault.value)
    assert len(said) < 10_000
    return said


FAR = [
    "<row r='1048576'><c r='XFD1048576'/></row>",
    '<row><c\nr="XFD1048576"/></row>',
    '<row r = "1048576"><c r = "XFD1"/></row>',
    '<x:row r="1048576"><x:c s="1" r="xfd1048576"/></x:row>',
    "<row>" + "<c/>" * 3000 + "</row>" + "<row/>" * 9000,
]


@pytest.mark.parametrize("cells", FAR)
def test_cell_far_away_is_seen_however_its_place_is_written(tmp_path, cells):
    book = zipped(tmp_path / "a.xlsx", [("xl/anything.xml", SHEET.format(cells))])
    with pytest.raises(TolokError, match="has a cell far away from the others"):
        sheets_of(book, "a.xlsx")


def test_wide_sheet_without_places_is_no_sheet_with_a_cell_far_away(tmp_path):
    cells = ("<row>" + "<c><v>1</v></c>" * 60 + "</row>") * 2000
    book = zipped(tmp_path / "a.xlsx", [("xl/anything.xml", SHEET.format(cells))])
    with pytest.raises(TolokError, match="cannot be read as a workbook"):  # it has no parts
        sheets_of(book, "a.xlsx")


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_has_no_end_is_not_read(tmp_path, kind):
    file = tmp_path / "posts.csv"
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    assert "is a pipe or a device" in refused(tmp_path / "e", file)


@pytest.mark.parametrize(
    ("name", "why"), [("n" * 400, "File name too long"), ("a\0b.csv", "embedded null byte")]
)
def test_name_that_no_file_can_have_is_refused(tmp_path, name, why):
    assert why in refused(tmp_path / "e", tmp_path / name)


def test_links_that_lead_in_a_circle_are_not_followed(tmp_path):
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "itself.csv").symlink_to(folder / "itself.csv")
    os.mkfifo(folder / "pipe.csv")
    (folder / "a.csv").write_text(GOOD)
    (report,) = bring(tmp_path / "e", folder)
    assert (report.file, figures(report)) == ("a.csv", (1, 1, 0, 0))


def test_folder_without_a_file_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "holds no file" in refused(tmp_path / "e", tmp_path / "empty")


def test_zip_member_never_leaves_its_place_and_is_never_lost(tmp_path):
    names = ["../../etc/a.csv", "/abs/b.csv", "..\\..\\c.csv", "C:\\d.csv", "e\nf.csv", "n" * 9000]
    files = [(name, HEADER + ROW.format(number)) for number, name in enumerate(names)]
    reports = bring(tmp_path / "e", zipped(tmp_path / "z.zip", files))
    assert sorted(report.file for report in reports) == [
        *(f"z - {name}" for name in ("a.csv", "b.csv", "c.csv", "d.csv", "e f.csv")),
        "z - " + "n" * 120,
    ]
    assert [figures(report) for report in reports] == [(1, 1, 0, 0)] * 6
    outside = [path.name for path in tmp_path.iterdir()]
    assert sorted(outside) == ["e", "z.zip"]


def test_zip_in_a_zip_is_opened_and_one_too_deep_refused(tmp_path):
    packed = inner([("a.csv", GOOD)])
    for _ in range(2):
        packed = inner([("in.zip", packed)])
    file = tmp_path / "z.zip"
    file.write_bytes(packed)
    (report,) = bring(tmp_path / "e", file)
    assert report.file == "z - in - in - a.csv"
    file.write_bytes(inner([("in.zip", inner([("in.zip", packed)]))]))
    assert "is a zip file within 3 others" in refused(tmp_path / "f", file)


def test_zip_with_a_password_says_so(tmp_path):
    content = bytearray(inner([("a.csv", GOOD)]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    (tmp_path / "z.zip").write_bytes(content)
    assert "is locked with a password" in refused(tmp_path / "e", tmp_path / "z.zip")


def test_many_files_that_nobody_reads_are_told_in_few_lines(tmp_path):
    file = zipped(tmp_path / "z.zip", [(f"{number}.csv", "a") for number in range(300)])
    said = refused(tmp_path / "e", file)
    assert said.startswith("300 files were refused:")
    assert "and 250 more" in said


def test_file_packed_over_and_over_is_refused(tmp_path):
    content = GOOD.encode()
    for _ in range(2000):
        content = gzip.compress(content, 1)
    (tmp_path / "a.csv.gz").write_bytes(content)
    assert "is packed more than 3 times over" in refused(tmp_path / "e", tmp_path / "a.csv.gz")


def test_header_of_millions_of_columns_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(HEADER.strip() + ",z" * 5_000_000 + "\n")
    assert "has more than 900 columns" in refused(tmp_path / "e", tmp_path / "a.csv")


def test_document_of_millions_of_empty_objects_is_not_held_in_memory(tmp_path):
    (tmp_path / "a.json").write_text('{"data": [' + "{}," * 5_000_000 + "1]}")
    assert "no known format" in refused(tmp_path / "e", tmp_path / "a.json")


@pytest.mark.parametrize("content", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1"])
def test_deep_json_is_refused(tmp_path, content):
    (tmp_path / "a.json").write_text(content)
    assert "no known format" in refused(tmp_path / "e", tmp_path / "a.json")


def test_line_without_end_costs_itself_alone(tmp_path):
    long = ROW.format(2).replace("halo", "y" * 20_000_000)
    (tmp_path / "a.csv").write_text(GOOD + long + ROW.format(3))
    (report,) = bring(tmp_path / "e", tmp_path / "a.csv")
    assert figures(report)[1] >= 2
    assert sum(figures(report)[1:]) == figures(report)[0]


def test_key_of_a_megabyte_harms_no_row(tmp_path):
    names = HEADER.strip().split(",")
    good = dict(zip(names, ROW.format(1).strip().split(","), strict=True))
    lines = [good, good | {"post_id": "2", "k" * (1 << 20): 1}]
    (tmp_path / "a.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (report,) = bring(tmp_path / "e", tmp_path / "a.ndjson")
    assert figures(report) == (2, 2, 0, 0)
