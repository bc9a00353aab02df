"""Pieces of files as workers check them, and their accounts put together; without Spark."""

import json
from dataclasses import replace

import pyarrow as pa
import pytest
from tests.import_cases import post

from tolok.errors import FileFault
from tolok.sources.pieces import JsonPiece, ParquetPiece, WholeFile
from tolok.store.canonical import CANONICAL, Defaults
from tolok.store.chunk import ADDRESS, LINE, START, ChunkFile, ChunkTask, chunk_schema
from tolok.store.chunk_account import ChunkAccount, account_of
from tolok.store.report import ImportReport, Reject
from tolok.store.spark_rows import spark_type

FILES = {
    "file:/a.ndjson": ChunkFile(0, "a.ndjson", "a" * 64),
    "file:/b.ndjson": ChunkFile(1, "b.ndjson", "b" * 64, b"\xef\xbb\xbf"),
}
TYPES = "STRING INT BIGINT DOUBLE BOOLEAN DATE TIMESTAMP".split()
LINES = [json.dumps(post(str(number))).encode() for number in range(4)]


def task(table="posts", reader=None):
    return ChunkTask(FILES, table, reader or JsonPiece(table), Defaults(), "Asia/Jakarta")


def batch(*rows):
    lines, addresses, starts = zip(*rows, strict=True)
    return pa.record_batch(
        [pa.array(lines, pa.binary()), pa.array(addresses), pa.array(starts, pa.int64())],
        [LINE, ADDRESS, START],
    )


def checked(task, *batches):
    """The rows that a task gives, and its accounts."""
    rows = [row for one in task(iter(batches)) for row in one.to_pylist()]
    accounts = [ChunkAccount.read(row) for row in rows if row["chunk_kind"] == "account"]
    return [row for row in rows if row["chunk_kind"] != "account"], accounts


def test_pieces_of_one_task_are_told_apart():
    a, b = "file:///a.ndjson", "file:/b.ndjson"  # Hadoop writes either
    rows, accounts = checked(
        task(),
        batch((LINES[0], a, 0), (b"", a, 0), (b"{cut", a, 0)),
        batch((LINES[1], a, 0), (LINES[2], a, 900), (LINES[3], b, 0)),
    )
    told = ("chunk_kind", "chunk_file", "chunk_start", "source_row", "post_id", "reject_raw")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("good", 0, 0, 1, "0", None),
        ("good", 0, 0, 3, "1", None),
        ("reject", 0, 0, 2, None, "{cut"),
        ("good", 0, 900, 1, "2", None),
        ("good", 1, 0, 1, "3", None),  # behind a byte order mark
    ]
    sizes = len(LINES[0]) + len(LINES[1]) + 8, len(LINES[2]) + 1, len(LINES[3]) + 4
    assert [(one.file, one.start, one.size) for one in accounts] == [
        (0, 0, sizes[0]),
        (0, 900, sizes[1]),
        (1, 0, sizes[2]),
    ]


def test_whole_file_is_read_by_what_it_begins_with():
    header, row = b"platform,post_id,published_at,account_id,observed_at", b"x,1,2025-03-01T00:00Z"
    lines = [header, row + b",@a,2025-03-02T00:00Z", row]
    found = batch(*((line, "file:/b.ndjson", 0) for line in lines))
    rows, (account,) = checked(task(reader=WholeFile()), found)
    assert [(row["source_row"], row["reject_reason"]) for row in rows] == [
        (2, None),
        (3, "has 3 cells, expected 5 as in the header"),
    ]
    assert account.report.rows_read == 2


def test_typed_rows_are_checked_as_parquet():
    columns = {**post("1"), "reaction_count": 7.0, ADDRESS: "file:/a.ndjson", START: 4}
    rows, (account,) = checked(
        task(reader=ParquetPiece("posts")), pa.RecordBatch.from_pylist([columns, columns])
    )
    assert [(row["post_id"], row["reaction_count"]) for row in rows] == [("1", 7)]
    assert (account.size, account.report.rows_duplicate) == (2, 1)


def test_name_of_an_author_is_the_fault_of_its_piece():
    line = json.dumps({"comment_id": "1", "post_id": "1", "author_key": "Budi"}).encode()
    _, (account,) = checked(task("comments"), batch((line, "file:/a.ndjson", 0)))
    assert account.report is None
    assert (account.fault.line, account.fault.column) == (1, "author_key")


def test_worker_with_other_code_is_refused():
    with pytest.raises(RuntimeError, match="another Tolok"):
        next(replace(task(), code="other")(iter([])))


def test_every_column_has_a_type_of_spark():
    for canonical in CANONICAL.values():
        for one in chunk_schema(canonical.target):
            assert spark_type(str(one.type)) in {*TYPES, "ARRAY<STRING>"}


def account(start, read, kept, *rejected, notes=()):
    rejects = tuple(Reject(row, "kind", "poem", "is none") for row in rejected)
    counts = read, kept, read - kept - len(rejected), len(rejected)
    report = ImportReport("a", "f" * 64, "canonical", *counts, rejects, notes)
    return ChunkAccount(0, start, 10 * read, report)


def test_pieces_add_up_to_the_report_of_their_file():
    found = account_of([account(500, 4, 2, 1), account(0, 3, 2, 3), account(90, 2, 2)])
    assert found.before == [0, 3, 5]
    assert found.size == 90
    rejects = (Reject(3, "kind", "poem", "is none"), Reject(6, "kind", "poem", "is none"))
    assert found.report("b", "e" * 64) == ImportReport(
        "b", "e" * 64, "canonical", 9, 6, 1, 2, rejects
    )


def test_report_shows_the_first_rejects_and_each_note_once():
    pieces = [account(n, 15, 0, *range(1, 16), notes=("latin",)) for n in (0, 1)]
    report = account_of(pieces).report("a", "f" * 64)
    assert [reject.row for reject in report.rejects] == list(range(1, 21))
    assert (report.rows_rejected, report.notes) == (30, ("latin",))


def test_fault_of_a_piece_has_its_line_in_the_file():
    fault = FileFault("a", "is no hash.", line=2, column="author_key")
    bad = ChunkAccount(0, 70, 10, fault=fault)
    found = account_of([bad, account(0, 5, 5)])
    assert str(found.fault) == "a, line 7, author_key: is no hash."
    assert account_of([account(0, 5, 5)]).fault is None
