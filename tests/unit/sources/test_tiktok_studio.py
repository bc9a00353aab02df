"""TikTok Studio: days without a year are told by the ids or refused, and totals are preferred."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.tiktok_studio import (
    FIRST_ID,
    HEADER,
    OPTIONS,
    SAMPLES,
    link,
    table,
)

from tolok.errors import FileFault
from tolok.sources.batch import NothingInside

POSTS = [name for name in SAMPLES if not name.startswith("Follower")]
BY_ID = "days of publishing have no year: the times are those in the post ids."


def brought(tmp_path, data, name="Content.csv", table="observations", **options):
    """The report of a file, and the rows that came of it."""
    (tmp_path / name).write_bytes(data)
    account = {"account": "@contoh"} if table == "followers" else {}
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS | account | options)
    return report, stored(tmp_path / "edition", table)


def row(post_time="January 10", views="1000", address=None, likes="10"):
    """A row under HEADER."""
    return ("January 18", "Kabar", address or link(), post_time, likes, "2", "3", views)


@pytest.mark.parametrize("name", POSTS)
def test_posts_have_the_id_and_the_handle_of_their_link(tmp_path, name):
    report, rows = brought(tmp_path, SAMPLES[name], name)
    assert (report.format, figures(report)) == ("tiktok-studio", (12, 12, 0, 0))
    rows.sort(key=lambda post: post["post_id"])
    assert rows[0]["post_id"] == str(FIRST_ID)
    assert {post["account_id"] for post in rows} == {"tiktok:@contoh.id"}
    assert [post["reaction_count"] for post in rows] == [10 + number for number in range(12)]
    counts = ("comment_count", "share_count", "kind")
    assert [rows[0][count] for count in counts] == [2, 3, "short_video"]
    assert rows[0]["text"] == 'Kabar "0"\nbaris dua 🎉'


VIEWS = {
    "Content.csv": [1000, 1001],
    "Content (1).csv": [1000, 1100],
    "Konten.csv": [1_000_000, 1_001_000],
}


@pytest.mark.parametrize("name", list(VIEWS))
def test_views_are_read_as_they_are_printed(tmp_path, name):
    _, rows = brought(tmp_path, SAMPLES[name], name)
    rows.sort(key=lambda post: post["post_id"])
    assert [post["view_count"] for post in rows[:2]] == VIEWS[name]


def test_favorites_are_saves_where_they_are_a_column(tmp_path):
    found = []
    for name in ("Content (1).csv", "Content.csv"):
        (tmp_path / name).mkdir()
        _, rows = brought(tmp_path / name, SAMPLES[name])
        found.append((rows[0]["save_count"], rows[0]["save_count_missing"]))
    assert found == [(4, None), (None, "not_collected")]


@pytest.mark.parametrize("day", ["January 10", "10 Januari", "11 January", "Jan 9", "10-Jan"])
def test_day_without_a_year_is_the_time_of_an_id_of_that_day(tmp_path, day):
    report, rows = brought(tmp_path, table(HEADER, row(day)), time_zone=None)
    assert (figures(report), report.notes) == ((1, 1, 0, 0), (BY_ID,))
    assert rows[0]["published_at"] == datetime(2026, 1, 10, 19, 42, 35, tzinfo=UTC)


@pytest.mark.parametrize("day", ["14 April", "14 Mei", "January 13"])
def test_day_without_a_year_that_the_id_does_not_bear_out_is_refused(tmp_path, day):
    report, rows = brought(tmp_path, table(HEADER, row(day), row("2026-01-11", address=link(1))))
    assert (figures(report), len(rows)) == ((2, 1, 0, 1), 1)
    assert report.rejects[0].reason == (
        f"Post time: {day!r} has no year, and the upload was on 2026-01-10, another day. "
        "Write the year into the file"
    )


def test_day_without_a_year_of_an_id_without_a_time_is_refused(tmp_path):
    old = "https://www.tiktok.com/@contoh.id/video/702874395068494965"
    report, _ = brought(tmp_path, table(HEADER, row("14 April", address=old), row(address=link(1))))
    assert figures(report) == (2, 1, 0, 1)
    assert report.rejects[0].reason == (
        "Post time: '14 April' has no year: write it, such as 14 April 2026"
    )


TIMES = [
    ("2026-01-11 09:00", datetime(2026, 1, 11, 2, tzinfo=UTC)),
    ("01/13/2026 9:00 AM", datetime(2026, 1, 13, 2, tzinfo=UTC)),
    ("2026-01-11T09:00:00Z", datetime(2026, 1, 11, 9, tzinfo=UTC)),
]


@pytest.mark.parametrize(("written", "moment"), TIMES)
def test_times_with_a_year_are_taken_as_they_stand(tmp_path, written, moment):
    _, rows = brought(tmp_path, table(HEADER, row(written)))
    assert rows[0]["published_at"] == moment


def test_year_that_a_spreadsheet_has_put_is_refused(tmp_path):
    data = table(HEADER, row("2025-01-11"), row("2026-01-11", address=link(1)))
    report, _ = brought(tmp_path, data)
    assert figures(report) == (2, 1, 0, 1)
    assert report.rejects[0].reason == (
        "Post time: says 2025-01-11, and the upload was on 2026-01-10: "
        "a spreadsheet may have put a year there"
    )


NUMBERS = [("1.2K", 1200), ("18,400", 18_400), ("1,2 rb", 1200), ("3.4M", 3_400_000), ("-", None)]


@pytest.mark.parametrize(("written", "count"), NUMBERS)
def test_counts_are_read_as_they_are_printed(tmp_path, written, count):
    data = table(HEADER, row(views=written, likes="1,2 rb" if "rb" in written else "1.5K"))
    _, rows = brought(tmp_path, data, **{"decimal": "."} if written == "18,400" else {})
    assert rows[0]["view_count"] == count


def test_totals_go_before_columns_of_the_last_days(tmp_path):
    header = ("Video title", "Video link", "Post time", "Views", "Total views", "Likes")
    data = table(header, ("Kabar", link(), "January 10", "153", "26000", "5"))
    _, rows = brought(tmp_path, data)
    assert (rows[0]["view_count"], rows[0]["reaction_count"]) == (26_000, 5)


def test_photos_are_a_carousel_and_a_short_link_names_no_post(tmp_path):
    photos = link(1).replace("/video/", "/photo/")
    short = "https://vt.tiktok.com/ZS123/"
    data = table(HEADER, row(address=short), row(address=photos))
    report, rows = brought(tmp_path, data)
    assert (figures(report), [post["kind"] for post in rows]) == ((2, 1, 0, 1), ["carousel"])
    assert report.rejects[0].reason == (
        f"Video link: {short!r} names no post, expected .../video/<number>"
    )


def test_file_has_to_be_told_its_time(tmp_path):
    with pytest.raises(FileFault, match="Name the instant with --exported-at"):
        brought(tmp_path, SAMPLES["Content.csv"], exported_at=None)


def test_history_of_followers_is_a_reading_a_day(tmp_path):
    name = "FollowerHistory.csv"
    report, rows = brought(tmp_path, SAMPLES[name], name, table="followers")
    assert (report.format, figures(report)) == ("tiktok-studio-followers", (12, 12, 0, 0))
    assert [reading["follower_count"] for reading in rows] == [10_001 + day for day in range(12)]
    assert rows[0]["observed_at"] == datetime(2026, 1, 1, 17, tzinfo=UTC)
    assert rows[0]["account_id"] == "tiktok:@contoh"


def test_history_of_days_without_a_year_is_refused(tmp_path):
    header = ("Date", "Followers", "Difference in followers from previous day")
    data = table(header, ("January 1", "10", "1"), ("2026-01-02", "undefined", "0"),
                 ("2026-01-03", "12", "1"))  # fmt: skip
    report, rows = brought(tmp_path, data, "FollowerHistory.csv", table="followers")
    assert (figures(report), len(rows)) == ((3, 1, 0, 2), 1)
    assert [reject.reason for reject in report.rejects] == [
        "Date: 'January 1' has no year: write it, such as 14 April 2026",
        "Followers: 'undefined' is no count, expected 0, 1, 2 and so on",
    ]


SUMS = [
    '"Date","Video Views","Profile Views","Likes"\n"28 May","0","0","0"\n',
    '"Date","Total Viewers","New Viewers","Returning Viewers"\n"28 May","0","0","0"\n',
    '"Gender","Distribution"\n"Male","0.51"\n',
]


@pytest.mark.parametrize("text", SUMS)
def test_sums_hold_no_posts(tmp_path, text):
    with pytest.raises(NothingInside) as refused:
        brought(tmp_path, text.encode(), "Overview.csv")
    assert str(refused.value) == (
        "Overview.csv: holds sums of TikTok Studio by day, or shares of its audience, and no "
        "posts. Export the content (Content.csv) instead."
    )
