"""Canonical tables: what is let in, what is refused, and why."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tests.import_cases import EXPORTED_AT, bring, figures, ndjson, post, stored

from tolok.errors import FileFault, UnknownFormat
from tolok.model import COUNTS, KINDS, MISSING_REASONS, PLATFORMS

CUT = "has lost digits: a spreadsheet made a number of it. Bring it as text"
ZONELESS = "is no instant with its zone, expected one such as 2025-03-01T08:00:00+07:00"
SAY_ZONE = f"{ZONELESS}; or say the zone of times without one with --timezone Asia/Jakarta"
WHOSE = "is missing. Say whose the file is with --account @handle"
NO_COUNT = "is no count, expected 0, 1, 2 and so on"
WHY = "is given although `missing` says why it is not"
MISSING_SHAPE = 'is no object such as {"reaction_count": "hidden"}'
OTHER_COLUMN = f"names another column than {', '.join(COUNTS)}"
OTHER_REASON = f"gives another reason than {', '.join(MISSING_REASONS)}"
TIMELESS = "is missing: a count has a time. Name the time of the export with --exported-at"
REFUSED = [
    ({"platform": None}, "platform", None, "is missing"),
    ({"platform": "insta"}, "platform", "insta", f"is none of {', '.join(PLATFORMS)}"),
    ({"post_id": None}, "post_id", None, "is missing"),
    ({"post_id": "  "}, "post_id", "  ", "is missing"),
    ({"post_id": 1.784140767313534e16}, "post_id", "1.784140767313534e+16", CUT),
    ({"post_id": "1.22158E+17"}, "post_id", "1.22158E+17", CUT),
    ({"post_id": "17841407673135339.0"}, "post_id", "17841407673135339.0", CUT),
    ({"post_id": {"a": 1}}, "post_id", '{"a":1}', "is no id"),
    ({"account_id": ""}, "account_id", "", WHOSE),
    ({"account_id": "@"}, "account_id", "@", "is neither an id nor an @handle"),
    ({"account_id": "two words"}, "account_id", "two words", "is neither an id nor an @handle"),
    ({"account_id": "2.2E+9"}, "account_id", "2.2E+9", CUT),
    ({"published_at": None}, "published_at", None, "is missing"),
    ({"published_at": "2025-03-01T08:00:00"}, "published_at", "2025-03-01T08:00:00", SAY_ZONE),
    ({"published_at": "2025-03-01"}, "published_at", "2025-03-01", ZONELESS),
    ({"published_at": "2025-02-30T08:00:00Z"}, "published_at", "2025-02-30T08:00:00Z", ZONELESS),
    ({"published_at": 1740790800}, "published_at", "1740790800", ZONELESS),
    ({"observed_at": "2025-03-15 09:00"}, "observed_at", "2025-03-15 09:00", SAY_ZONE),
    ({"observed_at": "soon"}, "observed_at", "soon", ZONELESS),
    ({"observed_at": None}, "observed_at", None, TIMELESS),
    ({"deleted_at": "gone"}, "deleted_at", "gone", ZONELESS),
    ({"kind": "picture"}, "kind", "picture", f"is none of {', '.join(KINDS)}"),
    ({"origin": "share"}, "origin", "share", "is none of original, quote, reply, repost"),
    ({"reaction_count": -1}, "reaction_count", "-1", NO_COUNT),
    ({"reaction_count": 1.5}, "reaction_count", "1.5", NO_COUNT),
    ({"reaction_count": True}, "reaction_count", "true", NO_COUNT),
    ({"reaction_count": "1.2K"}, "reaction_count", "1.2K", NO_COUNT),
    ({"reaction_count": 10**19}, "reaction_count", str(10**19), NO_COUNT),
    ({"media_count": -2}, "media_count", "-2", NO_COUNT),
    ({"duration_s": -0.5}, "duration_s", "-0.5", "is no number of seconds"),
    ({"duration_s": "inf"}, "duration_s", "inf", "is no number of seconds"),
    ({"is_paid": "perhaps"}, "is_paid", "perhaps", "is neither true nor false"),
    ({"co_account_ids": "[oops"}, "co_account_ids", "[oops", "is no list of accounts"),
    ({"missing": "hidden"}, "missing", "hidden", MISSING_SHAPE),
    ({"missing": ["hidden"]}, "missing", '["hidden"]', MISSING_SHAPE),
    ({"missing": {"likes": "hidden"}}, "missing", '{"likes":"hidden"}', OTHER_COLUMN),
    ({"missing": {"save_count": "secret"}}, "missing", '{"save_count":"secret"}', OTHER_REASON),
    ({"missing": {"reaction_count": "hidden"}}, "reaction_count", "5", WHY),
]  # fmt: skip
REFUSED_LINES = [
    (
        '{"platform": "x",',
        "is not JSON: Illegal trailing comma before end of object at character 17",
    ),
    ("42", "is no JSON object"),
    ("[1, 2]", "is no JSON object"),
    ("null", "is no JSON object"),
    ('{"a": 1} {"b": 2}', "is not JSON: Extra data at character 10"),
    ("{}", "has none of the expected columns, or text that is no Unicode"),
]


@pytest.mark.parametrize(("columns", "column", "value", "reason"), REFUSED)
def test_faulty_row_is_rejected_with_its_place_and_the_good_rows_stay(
    tmp_path, columns, column, value, reason
):
    rows = [post("good"), post("bad") | columns, post("tail")]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    assert figures(report) == (3, 2, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value, reject.reason) == (2, column, value, reason)
    assert [row["post_id"] for row in stored(tmp_path / "edition")] == ["good", "tail"]
    (kept,) = stored(tmp_path / "edition", "rejects")
    assert (kept["file"], kept["row"], kept["column"], kept["value"], kept["reason"]) == (
        "posts.ndjson", 2, column, value, reason,
    )  # fmt: skip


@pytest.mark.parametrize(("line", "reason"), REFUSED_LINES)
def test_line_that_is_no_object_is_rejected_with_its_text(tmp_path, line, reason):
    file = ndjson(tmp_path / "posts.ndjson", [post("good"), line, post("tail")])
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 2, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value) == (2, "row", line)
    assert reject.reason.split(":")[0] == reason.split(":")[0]


def test_line_that_is_not_utf8_is_rejected_alone(tmp_path):
    file = ndjson(tmp_path / "posts.ndjson", [post("good"), '{"text": "?"}', post("tail")])
    file.write_bytes(file.read_bytes().replace(b'"?"', b'"\xff"'))
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 2, 0, 1)
    assert report.rejects[0].reason == "is not UTF-8 at byte 11 of the line"


def test_row_comes_into_the_store_with_every_column(tmp_path):
    row = post(
        account_id="@Contoh.ID", kind="video", origin="quote", text=" Halo\n\tDunia ", url="https://a",
        language="id", media_count=2, duration_s=12.5, co_account_ids=["@Kawan", "instagram:77"],
        alt_text_count=1, is_paid=True, reaction_count=None, comment_count="7", view_count=12.0,
        deleted_at="2025-05-01T00:00:00Z",
        missing={"reaction_count": "hidden", "save_count": "not_offered"},
    )  # fmt: skip
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", [row]))
    assert stored(tmp_path / "edition") == [
        {
            "platform": "instagram",
            "post_id": "C1",
            "account_id": "instagram:@contoh.id",
            "published_at": datetime(2025, 3, 1, 1, tzinfo=UTC),
            "published_on": date(2025, 3, 1),
            "observed_at": datetime(2025, 3, 15, 2, tzinfo=UTC),
            "kind": "video",
            "origin": "quote",
            "text": " Halo\n\tDunia ",
            "url": "https://a",
            "language": "id",
            "media_count": 2,
            "duration_s": 12.5,
            "co_account_ids": ["instagram:@kawan", "instagram:77"],
            "alt_text_count": 1,
            "is_paid": True,
            "reaction_count": None,
            "comment_count": 7,
            "share_count": None,
            "save_count": None,
            "view_count": 12,
            "reaction_count_missing": "hidden",
            "comment_count_missing": None,
            "share_count_missing": "not_collected",
            "save_count_missing": "not_offered",
            "view_count_missing": None,
            "engagement_count": None,
            "deleted_at": datetime(2025, 5, 1, tzinfo=UTC),
            "is_listing": False,
            "text_hash": hashlib.md5(b"halodunia").hexdigest(),
            "source_sha256": report.sha256,
            "source_row": 1,
        }
    ]


def test_local_date_is_that_of_the_edition(tmp_path):
    rows = [
        post("before", published_at="2025-01-01T16:59:59Z"),
        post("midnight", published_at="2025-01-01T17:00:00Z"),
    ]
    bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    assert {row["post_id"]: row["published_on"] for row in stored(tmp_path / "edition")} == {
        "before": date(2025, 1, 1),
        "midnight": date(2025, 1, 2),
    }


@pytest.mark.parametrize("text", ["2025-03-01T08:00:00", "2025-03-01 08:00"])
def test_time_without_zone_is_read_in_the_zone_that_is_named(tmp_path, text):
    file = ndjson(tmp_path / "posts.ndjson", [post(published_at=text)])
    bring(tmp_path / "edition", file, time_zone="Asia/Makassar")
    assert stored(tmp_path / "edition")[0]["published_at"] == datetime(2025, 3, 1, 0, tzinfo=UTC)


def test_account_and_time_that_a_file_lacks_are_taken_from_the_options(tmp_path):
    row = post(account_id=None, observed_at=None)
    file = ndjson(tmp_path / "posts.ndjson", [row])
    bring(tmp_path / "edition", file, account="@Contoh", exported_at=EXPORTED_AT)
    (kept,) = stored(tmp_path / "edition")
    assert (kept["account_id"], kept["observed_at"]) == ("instagram:@contoh", EXPORTED_AT)


def test_id_keeps_every_digit(tmp_path):
    ids = ["17841407673135339", 17841407673135339, 12345678901234567890123, "00017", "12.0"]
    rows = [post(post_id) for post_id in ids]
    bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", [*rows, post("-x_Y")]))
    assert {row["post_id"] for row in stored(tmp_path / "edition")} == {
        "17841407673135339", "12345678901234567890123", "00017", "12", "-x_Y",
    }  # fmt: skip


def test_file_that_begins_with_a_byte_order_mark_loses_no_row(tmp_path):
    file = ndjson(tmp_path / "posts.ndjson", [post("first"), "[]", post("last")])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 2, 0, 1)


def test_csv_ndjson_and_parquet_of_the_same_rows_are_the_same_readings(tmp_path):
    rows = [
        post(str(n), reaction_count=n, comment_count=n % 3, text=f'"{n}",\nhalo') for n in range(9)
    ]
    with (tmp_path / "posts.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "posts.parquet")
    ndjson(tmp_path / "posts.ndjson", rows)
    files = [tmp_path / f"posts.{ending}" for ending in ("csv", "ndjson", "parquet")]
    reports = bring(tmp_path / "edition", *files)
    assert [figures(report) for report in reports] == [(9, 9, 0, 0), (9, 0, 9, 0), (9, 0, 9, 0)]
    assert [row["source_row"] for row in stored(tmp_path / "edition")] == list(range(2, 11))


def test_nested_and_typed_columns_of_parquet_are_read_as_their_text_would_be(tmp_path):
    table = pa.table(
        {
            "platform": ["x"],
            "post_id": pa.array([17841407673135339], pa.int64()),
            "account_id": ["x:5"],
            "published_at": pa.array([datetime(2025, 1, 1, tzinfo=UTC)], pa.timestamp("us", "UTC")),
            "observed_at": pa.array([datetime(2025, 1, 9, tzinfo=UTC)], pa.timestamp("ns", "UTC")),
            "view_count": pa.array([3.0], pa.float64()),
            "co_account_ids": [["@A", "7"]],
            "missing": [{"reaction_count": "hidden", "save_count": None}],
        }
    )
    pq.write_table(table, tmp_path / "posts.parquet")
    bring(tmp_path / "edition", tmp_path / "posts.parquet")
    (row,) = stored(tmp_path / "edition")
    assert (row["post_id"], row["account_id"], row["view_count"], row["co_account_ids"]) == (
        "17841407673135339", "x:5", 3, ["x:@a", "x:7"],
    )  # fmt: skip
    assert row["published_at"] == datetime(2025, 1, 1, tzinfo=UTC)
    assert row["observed_at"] == datetime(2025, 1, 9, tzinfo=UTC)
    assert row["reaction_count_missing"] == "hidden"


def test_followers_and_comments_have_their_own_tables(tmp_path):
    followers = tmp_path / "followers.csv"
    followers.write_text(
        "Platform;account_id;observed_at;follower_count\r\n"
        "x;@A;2025-01-31T18:00:00Z;10\r\n"
        "x;@A;2025-02-01T18:00:00Z;\r\n"
    )
    comment = {
        "platform": "x", "comment_id": "1", "post_id": "2", "author_key": "c0ffee" * 4,
        "published_at": "2025-03-01T08:00:00Z", "observed_at": "2025-03-02T08:00:00Z", "text": "ya",
    }  # fmt: skip
    comments = ndjson(tmp_path / "comments.ndjson", [comment, comment | {"comment_id": "3"}])
    reports = bring(tmp_path / "edition", followers, comments)
    assert [figures(report) for report in reports] == [(2, 1, 0, 1), (2, 2, 0, 0)]
    assert reports[0].rejects[0].row == 3
    (reading,) = stored(tmp_path / "edition", "followers")
    assert (reading["account_id"], reading["observed_on"], reading["follower_count"]) == (
        "x:@a", date(2025, 2, 1), 10,
    )  # fmt: skip
    rows = stored(tmp_path / "edition", "comments")
    assert [(row["comment_id"], row["is_institution"]) for row in rows] == [
        ("1", False),
        ("3", False),
    ]


def test_file_that_only_looks_like_parquet_is_refused_by_name(tmp_path):
    file = tmp_path / "posts.parquet"
    file.write_bytes(b"PAR1 and no more")
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert str(refused.value).startswith("posts.parquet: cannot be read as Parquet: ")


def workbook(path, *rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_workbook_named_canonical_is_refused_with_the_columns_needed(tmp_path):
    file = workbook(tmp_path / "a.xlsx", ["Agency", "Platform", "Post_id"], ["a", "x", "1"])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file, as_format="canonical")
    assert str(refused.value) == (
        "a.xlsx: is a workbook. A canonical table is a CSV, NDJSON or Parquet file. "
        "The canonical table of posts needs the columns platform, post_id, published_at; "
        "missing here: published_at."
    )
    assert not list((tmp_path / "edition" / "landing").glob("*/*/*"))


@pytest.mark.parametrize(("as_format", "error"), [("canonical", FileFault), (None, UnknownFormat)])
def test_canonical_table_in_a_workbook_is_to_be_saved_as_csv(tmp_path, as_format, error):
    row = post()
    file = workbook(tmp_path / "a.xlsx", list(row), list(row.values()))
    with pytest.raises(error) as refused:
        bring(tmp_path / "edition", file, as_format=as_format)
    assert "It has the columns of a canonical table: save it as CSV." in str(refused.value)


def test_empty_answer_of_a_platform_is_a_file_of_no_rows(tmp_path):
    answer = {"kind": "youtube#videoListResponse", "items": []}
    (tmp_path / "a.json").write_text(json.dumps(answer))
    (report,) = bring(tmp_path / "edition", tmp_path / "a.json", exported_at=EXPORTED_AT)
    assert figures(report) == (0, 0, 0, 0)
