"""X analytics: times out of ids, counts of a span, and ids that a spreadsheet has cut."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.x_analytics import FIRST_ID, SAMPLES, content, row

from tolok.errors import FileFault
from tolok.sources.batch import NothingInside

NAME = "account_analytics_content_2025-03-01_2025-03-31.csv"
WARNING = (
    "counts are those inside the span of the export, not of a post's life; shares are reposts "
    "without quotes; replies are not marked and stand as posts."
)
SPAN = "counts 2025-03-01 to 2025-03-31, as its name says: taken as read at "


def brought(tmp_path, data, name=NAME, **options):
    """The report of a file, and the rows that came of it."""
    (tmp_path / name).write_bytes(data)
    (report,) = bring(tmp_path / "edition", tmp_path / name, **options)
    return report, stored(tmp_path / "edition")


@pytest.mark.parametrize("name", list(SAMPLES))
def test_posts_have_the_time_of_their_id_and_the_account_of_their_link(tmp_path, name):
    report, rows = brought(tmp_path, SAMPLES[name], name)
    assert (report.format, figures(report)) == ("x-analytics", (12, 12, 0, 0))
    assert report.notes == (f"{SPAN}2025-04-01T00:00:00+00:00.", WARNING)
    assert {post["account_id"] for post in rows} == {"x:@contoh_id"}
    assert [post["view_count"] for post in rows] == [1000 + number for number in range(12)]
    assert {post["observed_at"] for post in rows} == {datetime(2025, 4, 1, tzinfo=UTC)}
    first = rows[0]
    assert first["post_id"] == str(FIRST_ID)
    assert first["published_at"] == datetime(2025, 3, 13, 1, 44, 34, 949000, UTC)
    counts = ("reaction_count", "comment_count", "share_count")
    assert [first[count] for count in counts] == [10, 2, 3]


def test_bookmarks_are_saves_and_a_column_that_was_not_chosen_is_not_collected(tmp_path):
    found = []
    for name, data in SAMPLES.items():
        (tmp_path / name).mkdir()
        _, rows = brought(tmp_path / name, data, name)
        found.append((rows[0]["save_count"], rows[0]["save_count_missing"]))
    assert found == [(0, None), (None, "not_collected")]


def test_span_ends_in_the_zone_that_is_told_and_a_told_export_goes_before_it(tmp_path):
    (tmp_path / "a").mkdir()
    report, rows = brought(tmp_path / "a", content(row(0)), time_zone="Asia/Jakarta")
    assert report.notes[0] == f"{SPAN}2025-04-01T00:00:00+07:00."
    assert rows[0]["observed_at"] == datetime(2025, 3, 31, 17, tzinfo=UTC)
    told = datetime(2025, 5, 1, tzinfo=UTC)
    (tmp_path / "b").mkdir()
    report, rows = brought(tmp_path / "b", content(row(0)), exported_at=told)
    assert (report.notes, rows[0]["observed_at"]) == ((WARNING,), told)


@pytest.mark.parametrize("name", ["content.csv", "account_analytics_content_2025-03-31.csv"])
def test_file_that_names_no_span_has_to_be_told_its_time(tmp_path, name):
    with pytest.raises(FileFault, match="Name the instant with --exported-at"):
        brought(tmp_path, content(row(0)), name)


def test_span_that_ends_before_a_post_is_refused(tmp_path):
    name = "account_analytics_content_2025-02-01_2025-02-28.csv"
    with pytest.raises(FileFault, match="before its newest post"):
        brought(tmp_path, content(row(0)), name)


def test_posts_from_before_the_span_are_noted(tmp_path):
    name = "account_analytics_content_2025-03-20_2025-03-31.csv"
    report, _ = brought(tmp_path, content(row(0), row(1)), name)
    assert report.notes[0] == (
        "2 posts were published before the span: what came before it is not counted."
    )


CUT = ["1.9E+18", "1,90000E+18", "1900000000000000000", "'1900000000000000123", ""]


@pytest.mark.parametrize("cut", CUT)
def test_id_that_a_spreadsheet_has_cut_is_that_of_the_link(tmp_path, cut):
    report, rows = brought(tmp_path, content(row(0, **{"Post id": cut})))
    assert figures(report) == (1, 1, 0, 0)
    assert rows[0]["post_id"] == str(FIRST_ID)


REFUSED = [
    (
        {"Post id": "1900000000000000000", "Post Link": ""},
        "Post id: 1900000000000000000 may have lost digits, and no link tells it",
    ),
    (
        {"Post id": "1800000000000000001"},
        f"Post id: 1800000000000000001 is another post than that of the link, {FIRST_ID}",
    ),
    (
        {"Post id": "29700859247", "Post Link": "", "Date": "Thu, Nov 4, 2010"},
        "Post id: 29700859247 is of before November 2010 and tells no time",
    ),
    (
        {"Date": "Sat, Mar 15, 2025"},
        f"Date: says 2025-03-15, and the id {FIRST_ID} 2025-03-13",
    ),
]


@pytest.mark.parametrize(("cells", "reason"), REFUSED)
def test_row_that_contradicts_itself_is_refused(tmp_path, cells, reason):
    options = {"account": "@contoh_id"}
    report, rows = brought(tmp_path, content(row(0, **cells), row(1)), **options)
    assert figures(report) == (2, 1, 0, 1)
    assert report.rejects[0].reason == reason
    assert len(rows) == 1


def test_day_of_another_zone_is_no_contradiction(tmp_path):
    report, _ = brought(tmp_path, content(row(0, Date="Wed, Mar 12, 2025")))
    assert figures(report) == (1, 1, 0, 0)


def test_link_without_a_handle_takes_the_account_that_is_told(tmp_path):
    link = f"https://x.com/i/web/status/{FIRST_ID}"
    _, rows = brought(tmp_path, content(row(0, **{"Post Link": link})), account="@lain")
    assert rows[0]["account_id"] == "x:@lain"


OVERVIEW = b"""\
Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,\
Profile visits,Create Post,Video views,Media views
"Tue, Mar 11, 2025",100,10,20,1,2,5,3,1,2,7,1,8,9
"""
VIDEO = b"""\
Video overview,,,,,
Date,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue
"Tue, Mar 11, 2025",100,10,0.2,5,0
"""


@pytest.mark.parametrize("data", [OVERVIEW, VIDEO])
def test_overview_holds_no_posts(tmp_path, data):
    with pytest.raises(NothingInside) as refused:
        brought(tmp_path, data, "account_overview_analytics.csv")
    assert str(refused.value) == (
        "account_overview_analytics.csv: holds sums by day of X analytics and no posts. "
        "Export the content (Posts) instead."
    )
