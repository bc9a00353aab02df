"""Records of a file as they stand there, and what is wrong with one that holds nothing."""

import numpy as np
import pytest

from tolok.store.records import CsvRecords, JsonLines, line_count, other_records, record_text


def others(file, *let_in):
    marks = np.zeros(max(let_in, default=0) + 1, np.bool_)
    marks[list(let_in)] = True
    return list(other_records(file, marks))


def test_lines_that_were_not_let_in_are_found_by_row_without_blank_ones(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'{"a": 1}\n\n  \r\n{"cut": \n {}\n[1]')
    file = JsonLines(path, ("a",))
    assert others(file, 1, 3) == [(2, b'{"cut": \n'), (4, b"[1]")]
    assert others(file, 1, 2, 3, 4) == []
    assert [row for row, _ in others(file)] == [1, 2, 3, 4]


def test_row_that_a_file_does_not_have_is_noticed(tmp_path):
    (tmp_path / "a.ndjson").write_bytes(b"{}\n\n")
    with pytest.raises(ValueError, match="1"):
        others(JsonLines(tmp_path / "a.ndjson", ("a",)), 1, 2)


@pytest.mark.parametrize("length", [10, 1 << 19, (1 << 20) - 1, 1 << 20, 3 << 20])
def test_record_may_be_longer_than_what_is_read_at_once(tmp_path, length):
    lines = [b"a" * length + b"\n", b"b\n", b"c" * length + b"\n", b"d"]
    (tmp_path / "a.ndjson").write_bytes(b"".join(lines))
    found = others(JsonLines(tmp_path / "a.ndjson", ("a",)), 2)
    assert found == [(1, lines[0]), (3, lines[2]), (4, lines[3])]


def test_record_of_csv_ends_where_its_quotes_are_paired(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\r\n1,"two\r\n""lines"""\r\n\r\n3,4')
    assert others(CsvRecords(path, ",", 2, {"a": 0})) == [
        (1, b"a,b\r\n"),
        (2, b'1,"two\r\n""lines"""\r\n'),
        (3, b"3,4"),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"cut": \n', "is not JSON: Expecting value at character 8"),
        (b"[1]", "is no JSON object"),
        (b"{}", "has none of the expected columns, or text that is no Unicode"),
        (b'"\xff"', "is not UTF-8 at byte 2 of the line"),
        (b'{"a":' * 100_000, "is nested too deeply"),
    ],
)
def test_fault_of_a_line_says_where_it_begins(tmp_path, line, fault):
    assert JsonLines(tmp_path, ("a",)).fault(line) == fault


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (b" {}\r\n", "{}"),
        ("😀é".encode() * 3, "😀é😀é"),
        (b"a\xff\n", "a\\xff"),
        (b"a\xffb", "a\\xf"),
    ],
)
def test_text_of_a_record_is_cut_by_characters(record, text):
    length = 5 if record == b"a\xff\n" else 4
    assert record_text(record, length) == text


@pytest.mark.parametrize(
    ("content", "count"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\n\n", 2), (b"a\n\nb", 3)]
)
def test_lines_are_counted_with_or_without_a_last_end(tmp_path, content, count):
    (tmp_path / "a").write_bytes(content)
    assert line_count(tmp_path / "a") == count
