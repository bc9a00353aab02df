"""CSV that does not keep its own rules: one bad line costs one row."""

import pytest
from tests.import_cases import bring, figures, stored

from tolok.errors import FileFault

HEADER = "platform,post_id,account_id,published_at,observed_at,text\n"
TIMES = "2025-03-01T08:00:00Z,2025-03-02T08:00:00Z"


def row(post_id, text="halo"):
    return f"x,{post_id},@a,{TIMES},{text}\n"


BROKEN = [
    ("short\n", "has 1 cells, expected 6 as in the header", "short"),
    (row("B", "a,b,c"), "has 8 cells, expected 6 as in the header", row("B", "a,b,c").strip()),
    ('x,"left open\n', "is no record of CSV: ',' expected after '\"'", 'x,"left open'),
    (row("B", '"a" b'), "is no record of CSV: ',' expected after '\"'", row("B", '"a" b').strip()),
]


@pytest.mark.parametrize(("line", "reason", "value"), BROKEN)
def test_broken_line_costs_one_row(tmp_path, line, reason, value):
    file = tmp_path / "posts.csv"
    quoted = row("C", '"two\nlines, ""quoted"""')
    file.write_text(HEADER + row("A") + line + row("B2") + quoted + row("D"))
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (5, 4, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value, reject.reason) == (3, "row", value, reason)
    assert {r["post_id"]: r["source_row"] for r in stored(tmp_path / "edition")} == {
        "A": 2, "B2": 4, "C": 5, "D": 6,
    }  # fmt: skip
    texts = [r["text"] for r in stored(tmp_path / "edition") if r["post_id"] == "C"]
    assert texts == ['two\nlines, "quoted"']


def test_quote_left_open_at_the_end_costs_one_row(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text(HEADER + row("A") + 'x,"left open\n' + row("B") + row("C"))
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (4, 3, 0, 1)


def test_record_of_several_lines_with_a_cell_too_many_is_one_row(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text(HEADER + row("A") + row("B", '"two\nlines",more') + row("C"))
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 2, 0, 1)


def test_line_that_is_not_utf8_costs_one_row(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_bytes(
        (HEADER + row("A") + row("B", "?") + row("C", "é")).encode().replace(b"?", b"\xff")
    )
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 2, 0, 1)
    assert report.rejects[0].reason == "is not UTF-8. Save the file as UTF-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("is_broken", [False, True])
def test_delimiter_and_byte_order_mark_do_not_matter(tmp_path, delimiter, start, is_broken):
    text = (HEADER + row("A") + "\n" + row("B")).replace(",", delimiter).replace("\n", "\r\n")
    file = tmp_path / "posts.csv"
    file.write_bytes(start + text.encode() + b"short\r\n" * is_broken)
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (2 + is_broken, 2, 0, 0 + is_broken)
    assert [r["source_row"] for r in stored(tmp_path / "edition")] == [2, 3]


def test_header_alone_is_refused(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text(HEADER)
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert str(refused.value) == "posts.csv: no row in it can be read as canonical."
    assert not list((tmp_path / "edition" / "landing").glob("*/*/*"))


def test_two_columns_of_one_name_are_refused(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text(HEADER.replace("text", "POST_ID") + row("A"))
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert str(refused.value) == "posts.csv, line 1: two columns are named 'post_id'."
