"""Fanpage Karma's workbooks: merged and with one metric, and what their cells mean."""

from datetime import UTC, datetime

import pytest
import xlsxwriter
from tests.import_cases import EXPORTED_AT, bring, figures, stored
from tests.samples.fanpage_karma import OPTIONS, SAMPLES

from tolok.errors import FaultsFound, FileFault, UnknownFormat

LINK = "https://www.instagram.com/p/CJggXA2AtD3/"
MERGED = [
    "Date", "Message", "Profile", "Network", "Reactions, Comments & Shares", "Likes per post",
    "Comments per post", "Message-ID", "Profile-ID", "Link",
]  # fmt: skip
MADE_AT = datetime(2025, 4, 30, 14, 50, 39)  # noqa: DTZ001 -- a workbook's property has no zone
PUBLISHED = datetime(2024, 3, 1, 23, 30)  # noqa: DTZ001 -- nor has a cell


def workbook(path, rows, *, created=MADE_AT, sheet="Sheet1"):
    """A workbook of one sheet with these rows; None is an empty cell."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        book.set_properties({"created": created})
        cells = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    cells.write(number, place, cell)
    return path


def merged_row(**cells):
    row = {
        "Date": PUBLISHED, "Message": "Halo", "Profile": "Nama", "Network": "INSTAGRAM",
        "Reactions, Comments & Shares": 228, "Likes per post": 183, "Comments per post": 45,
        "Message-ID": 1.81426227341263e16, "Profile-ID": 2292348882, "Link": LINK, **cells,
    }  # fmt: skip
    return [row[name] for name in MERGED]


def one_metric(path, metric, rows, *, day="April 30, 2025"):
    """A raw export: titles, the header in row 5, an empty first column."""
    header = ["Date", "Message", "Network", metric, "Message-ID", "Profile-ID", "Link"]
    titles = [[], [None, "Posts over time", None, "Jan 1, 2021 - Dec 31, 2024", None, day], [], []]
    return workbook(path, [*titles, [None, *header], *([None, *row] for row in rows)])


def raw_row(count, link=LINK):
    return [PUBLISHED, "Halo", "INSTAGRAM", count, "18142622734126301", "2292348882", link]


def test_merged_file_gives_a_post_a_row(tmp_path):
    file = workbook(tmp_path / "state.xlsx", [MERGED, merged_row()])
    (report,) = bring(tmp_path / "edition", file)
    assert (report.format, figures(report)) == ("fanpage-karma", (1, 1, 0, 0))
    (row,) = stored(tmp_path / "edition")
    known = {name: value for name, value in row.items() if value is not None}
    assert known.pop("source_sha256") == report.sha256
    assert known.pop("text_hash")
    assert known == {
        "platform": "instagram",
        "post_id": "CJggXA2AtD3",
        "account_id": "instagram:2292348882",
        "published_at": PUBLISHED.replace(tzinfo=UTC),
        "published_on": datetime(2024, 3, 2, tzinfo=UTC).date(),
        "observed_at": MADE_AT.replace(tzinfo=UTC),
        "kind": "image",
        "origin": "original",
        "text": "Halo",
        "url": LINK,
        "reaction_count": 183,
        "comment_count": 45,
        "share_count_missing": "not_collected",
        "save_count_missing": "not_collected",
        "view_count_missing": "not_collected",
        "engagement_count": 228,
        "is_listing": False,
        "source_row": 2,
    }


CELLS = [
    ({"Likes per post": 0}, ("reaction_count", None, "hidden")),
    ({"Likes per post": "-"}, ("reaction_count", None, "hidden")),
    ({"Likes per post": None}, ("reaction_count", None, "hidden")),
    ({"Likes per post": 3}, ("reaction_count", 3, None)),
    ({"Comments per post": 0}, ("comment_count", 0, None)),
    ({"Comments per post": "-"}, ("comment_count", None, "not_collected")),
    ({"Comments per post": -262}, ("comment_count", None, "suspect")),
    ({"Likes per post": 0, "Network": "FACEBOOK", "Link": "https://www.facebook.com/1/posts/12345"},
     ("reaction_count", 0, None)),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), CELLS)
def test_count_that_is_not_known_is_never_zero(tmp_path, cells, expected):
    file = workbook(tmp_path / "state.xlsx", [MERGED, merged_row(**cells)])
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (1, 1, 0, 0)
    (row,) = stored(tmp_path / "edition")
    name = expected[0]
    assert (name, row[name], row[f"{name}_missing"]) == expected


KINDS = [
    ("https://www.instagram.com/reel/C6jgd8VuIab/", "C6jgd8VuIab", "short_video"),
    ("https://www.instagram.com/tv/CJlXGW9BaGh", "CJlXGW9BaGh", "video"),
    ("https://www.instagram.com/p/CJmbzFeBUa1/", "CJmbzFeBUa1", "image"),
]


@pytest.mark.parametrize(("link", "post_id", "kind"), KINDS)
def test_id_and_kind_stand_in_the_link(tmp_path, link, post_id, kind):
    bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", [MERGED, merged_row(Link=link)]))
    (row,) = stored(tmp_path / "edition")
    assert (row["post_id"], row["kind"]) == (post_id, kind)


NO_ID = "has no id: the link names no post, and Message-ID is no text of digits"
REFUSED = [
    ({"Link": None}, "row", NO_ID),
    ({"Network": "FACEBOOK", "Link": "https://www.facebook.com/somepage"}, "row",
     NO_ID),
    ({"Network": "MYSPACE"}, "platform",
     "is none of instagram, facebook, x, youtube, tiktok, threads, linkedin, web"),
    ({"Profile-ID": 1.784140767313534e16}, "account_id",
     "has lost digits: a spreadsheet made a number of it. Bring it as text"),
    ({"Date": "yesterday"}, "row",
     "Date: 'yesterday' is no moment, expected one such as 2025-01-31T10:05:00+07:00"),
    ({"Likes per post": "1,5"}, "row",
     "Likes per post: '1,5' is no count, expected a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "reason"), REFUSED)
def test_faulty_row_is_rejected_by_its_number_in_the_sheet(tmp_path, cells, column, reason):
    rows = [MERGED, merged_row(Link=KINDS[0][0]), merged_row(**cells), merged_row()]
    (report,) = bring(tmp_path / "edition", workbook(tmp_path / "state.xlsx", rows))
    assert figures(report) == (3, 2, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.reason) == (3, column, reason)


def test_message_id_that_is_text_serves_where_the_link_names_no_post(tmp_path):
    cells = {"Network": "FACEBOOK", "Message-ID": "123_456", "Link": "https://www.facebook.com/a"}
    bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", [MERGED, merged_row(**cells)]))
    assert stored(tmp_path / "edition")[0]["post_id"] == "123_456"


def test_columns_may_stand_in_any_order_and_case(tmp_path):
    order = sorted(range(len(MERGED)), key=lambda place: MERGED[place][::-1])
    rows = [[str(MERGED[i]).upper() for i in order], [merged_row()[i] for i in order]]
    (report,) = bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", rows, sheet="Lembar"))
    assert figures(report) == (1, 1, 0, 0)


def test_files_of_one_metric_complement_each_other(tmp_path):
    likes = one_metric(
        tmp_path / "likes.xlsx", "Likes per post", [raw_row(183), raw_row("-", KINDS[0][0])]
    )
    sums = one_metric(tmp_path / "rcs.xlsx", "Reactions, Comments & Shares", [raw_row(228)])
    reports = bring(tmp_path / "edition", likes, sums)
    assert [figures(report) for report in reports] == [(2, 2, 0, 0), (1, 1, 0, 0)]
    rows = [row for row in stored(tmp_path / "edition") if row["post_id"] == "CJggXA2AtD3"]
    assert {row["observed_at"] for row in rows} == {datetime(2025, 4, 30, tzinfo=UTC)}
    found = {
        (row["reaction_count"], row["reaction_count_missing"], row["engagement_count"])
        for row in rows
    }
    assert found == {(183, None, None), (None, "not_collected", 228)}


def test_export_moment_that_is_named_goes_before_that_of_the_file(tmp_path):
    file = workbook(tmp_path / "state.xlsx", [MERGED, merged_row()])
    bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert stored(tmp_path / "edition")[0]["observed_at"] == EXPORTED_AT


def test_zone_that_is_named_is_that_of_the_times(tmp_path):
    file = workbook(tmp_path / "state.xlsx", [MERGED, merged_row()])
    bring(tmp_path / "edition", file, time_zone="America/Sao_Paulo")
    assert stored(tmp_path / "edition")[0]["published_at"] == datetime(
        2024, 3, 2, 2, 30, tzinfo=UTC
    )


def test_file_made_before_its_newest_post_needs_the_moment_of_export(tmp_path):
    created = datetime(2024, 2, 1)  # noqa: DTZ001 -- a workbook's property has no zone
    files = [
        workbook(tmp_path / "old.xlsx", [MERGED, merged_row()], created=created),
        one_metric(tmp_path / "raw.xlsx", "Likes per post", [raw_row(1)], day="Feb 29, 2024"),
    ]
    remedy = "Name the instant with --exported-at."
    with pytest.raises(FaultsFound) as refused:
        bring(tmp_path / "edition", *files)
    assert [str(fault) for fault in refused.value.exceptions] == [
        f"{name}.xlsx: says it was made at {day}T00:00:00+00:00, before its newest post. {remedy}"
        for name, day in (("old", "2024-02-01"), ("raw", "2024-02-29"))
    ]
    reports = bring(tmp_path / "edition", *files, exported_at=EXPORTED_AT)
    assert [figures(report) for report in reports] == [(1, 1, 0, 0), (1, 1, 0, 0)]


def test_workbook_without_a_known_metric_is_unknown(tmp_path):
    rows = [
        ["Date", "Network", "Profile-ID", "Link", "Post interaction rate"],
        [PUBLISHED, "X", 1, LINK, 0.2],
    ]
    with pytest.raises(UnknownFormat) as refused:
        bring(tmp_path / "edition", workbook(tmp_path / "views.xlsx", rows))
    assert refused.value.header == "Date, Network, Profile-ID, Link, Post interaction rate"


def test_file_that_only_looks_like_a_workbook_is_refused_by_name(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "a.xlsx")
    assert str(refused.value).startswith("a.xlsx: cannot be read as a workbook: ")


def test_time_that_is_text_is_read_as_one(tmp_path):
    rows = [MERGED, merged_row(Date="2024-03-01 23:30:00"), merged_row(Date="2024-03-01T00:00Z")]
    bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", rows))
    assert {row["published_at"] for row in stored(tmp_path / "edition")} == {
        datetime(2024, 3, 1, 23, 30, tzinfo=UTC),
        datetime(2024, 3, 1, tzinfo=UTC),
    }


def test_other_file_is_refused_though_it_is_called_an_export(tmp_path):
    file = workbook(tmp_path / "a.xlsx", [["Date", "Views"], [PUBLISHED, 2]])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file, as_format="fanpage-karma")
    assert str(refused.value) == (
        "a.xlsx: has no header of fanpage-karma. It needs date, network, profile-id, link."
    )


@pytest.mark.parametrize("name", list(SAMPLES))
def test_sample_comes_in_whole(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == ("fanpage-karma", (10, 10, 0, 0))


def test_raw_csv_has_its_day_in_the_titles_and_any_metrics_that_were_chosen(tmp_path):
    file = tmp_path / "raw.csv"
    file.write_bytes(SAMPLES["raw.csv"])
    bring(tmp_path / "edition", file)
    first = stored(tmp_path / "edition")[0]
    assert first["observed_at"] == datetime(2025, 4, 30, tzinfo=UTC)
    assert first["published_at"] == datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    assert (first["platform"], first["post_id"]) == ("facebook", "1000001")
    counts = ("reaction_count", "comment_count", "share_count", "view_count")
    assert [first[name] for name in counts] == [1201, 31, 11, 5001]
    assert first["kind"] == "video"
    followers = stored(tmp_path / "edition", "followers")
    assert (followers[0]["account_id"], followers[0]["follower_count"]) == (
        "facebook:9001",
        1045678,
    )
    assert followers[0]["observed_at"] == datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    assert len(followers) == 9  # one row knew no fans


NETWORKS = [
    ("TWITTER", "https://twitter.com/contoh/status/1234567890123456789", "x"),
    ("X", "https://x.com/contoh/status/1234567890123456789", "x"),
    ("YOUTUBE", "https://www.youtube.com/watch?v=abcdefghijk", "youtube"),
    ("TIKTOK", "https://www.tiktok.com/@contoh/video/7350000000000000000", "tiktok"),
    ("LINKEDIN", "https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000000",
     "linkedin"),
    ("THREADS", "https://www.threads.net/@contoh/post/CuZsgfWLyiI", "threads"),
]  # fmt: skip


@pytest.mark.parametrize(("network", "link", "platform"), NETWORKS)
def test_every_network_that_the_store_has_comes_in(tmp_path, network, link, platform):
    row = merged_row(Network=network, Link=link)
    (report,) = bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", [MERGED, row]))
    assert figures(report) == (1, 1, 0, 0)
    (row,) = stored(tmp_path / "edition")
    assert (row["platform"], row["account_id"]) == (platform, f"{platform}:2292348882")
    assert row["post_id"] in link


def test_network_that_the_store_has_not_is_rejected_by_its_name(tmp_path):
    rows = [MERGED, merged_row(), merged_row(Network="PINTEREST", Link="https://pin.it/1")]
    (report,) = bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", rows))
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value) == (3, "platform", "pinterest")


def test_sum_below_zero_is_left_out(tmp_path):
    cells = {"Reactions, Comments & Shares": -4}
    bring(tmp_path / "edition", workbook(tmp_path / "a.xlsx", [MERGED, merged_row(**cells)]))
    (row,) = stored(tmp_path / "edition")
    assert (row["engagement_count"], row["reaction_count"]) == (None, 183)


def test_thousands_that_nothing_in_a_csv_file_tells_from_fractions_are_not_guessed(tmp_path):
    content = SAMPLES["raw.csv"].replace(b"1.045.678", b"45.678")
    (tmp_path / "raw.csv").write_bytes(content)
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "raw.csv")
    assert "Pass `--decimal .` or `--decimal ,`." in str(refused.value)
    (report,) = bring(tmp_path / "edition", tmp_path / "raw.csv", decimal=",")
    assert figures(report) == (10, 10, 0, 0)
