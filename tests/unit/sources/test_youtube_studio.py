"""YouTube Studio's table of videos: totals are no videos, a day is no instant."""

import zipfile
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.youtube_studio import OPTIONS, SAMPLES

from tolok.errors import FileFault
from tolok.sources.batch import NothingInside


@pytest.mark.parametrize("name", list(SAMPLES))
def test_videos_come_in_and_the_total_does_not(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == ("youtube-studio", (11, 11, 0, 0))
    assert report.notes == (
        "views are those of the period that was chosen for the export.",
        "1 row of totals, which are no posts, left out.",
    )
    rows = stored(tmp_path / "edition")
    assert [row["view_count"] for row in rows] == [1000 + number for number in range(11)]
    assert [row["kind"] for row in rows[:3]] == ["video", "short_video", "short_video"]
    first = rows[0]
    assert first["text"] == 'Halo, "dunia"\nbaris dua'
    assert first["published_at"] == datetime(2025, 8, 31, 17, tzinfo=UTC)
    assert (first["account_id"], first["post_id"]) == ("youtube:@contoh", "vid00000000")
    assert first["reaction_count_missing"] == "not_collected"
    assert first["save_count_missing"] == "not_offered"


def test_day_without_a_zone_is_refused(tmp_path):
    (tmp_path / "Table data.csv").write_bytes(SAMPLES["Table data.csv"])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "Table data.csv", **OPTIONS | {"time_zone": None})
    assert (refused.value.line, refused.value.column) == (3, "Video publish time")
    assert "--timezone" in str(refused.value)


def table(*rows, header="Content,Video title,Video publish time,Duration,Views"):
    return ("\n".join([header, *rows]) + "\n").encode()


def brought(tmp_path, data, name="Table data.csv", **options):
    """The report of a file, and the rows that came of it."""
    (tmp_path / name).write_bytes(data)
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS | options)
    return report, stored(tmp_path / "edition")


CHOSEN = [
    "Content,Video title,Video publish time,Likes,Likes (vs. dislikes) (%),Comments added,Shares",
    "Konten,Judul video,Waktu publikasi video,Suka,Durasi,Komentar ditambahkan,Pembagian",
]


@pytest.mark.parametrize("header", CHOSEN)
def test_chosen_columns_are_taken_and_views_that_were_not_are_not_collected(tmp_path, header):
    data = table('vid00000001,Satu,"14 Sep 2025",7,98,3,2', header=header)
    _, (video,) = brought(tmp_path, data)
    names = ("reaction_count", "comment_count", "share_count", "view_count")
    assert [video[name] for name in names] == [7, 3, 2, None]
    assert video["view_count_missing"] == "not_collected"
    assert video["published_at"] == datetime(2025, 9, 13, 17, tzinfo=UTC)


LENGTHS = [
    ("60", 60.0, "short_video"),
    ("61.0", 61.0, "video"),
    ("0:00:59", 59.0, "short_video"),
    ("1:02:03", 3723.0, "video"),
    ("1:01", 61.0, "video"),
    ("", None, None),
]


@pytest.mark.parametrize(("written", "seconds", "kind"), LENGTHS)
def test_lengths_are_seconds_or_a_clock(tmp_path, written, seconds, kind):
    _, (video,) = brought(tmp_path, table(f'vid00000001,Satu,"Sep 14, 2025",{written},5'))
    assert (video["duration_s"], video["kind"]) == (seconds, kind)


@pytest.mark.parametrize("written", ["1:60", "1:2:3:4", "an hour", "PT1M"])
def test_length_that_is_none_is_refused(tmp_path, written):
    rows = [f'vid0000000{n},Satu,"Sep 14, 2025",{d},5' for n, d in ((1, written), (2, "5"))]
    report, _ = brought(tmp_path, table(*rows))
    assert figures(report) == (2, 1, 0, 1)
    assert report.rejects[0].reason == (
        f"Duration: {written!r} is no length, expected 73 or 0:01:13"
    )


@pytest.mark.parametrize("before", ["'", " ", "\u2019"])
def test_id_that_begins_with_a_minus_loses_what_was_put_before_it(tmp_path, before):
    _, (video,) = brought(tmp_path, table(f'{before}-id00000001,Satu,"Sep 14, 2025",5,5'))
    assert video["post_id"] == "-id00000001"


@pytest.mark.parametrize("broken", ["#NAME?", "1.23E+10", "Showing top 500 results"])
def test_row_that_names_no_video_is_refused(tmp_path, broken):
    day = '"Sep 14, 2025",5,5'
    report, _ = brought(tmp_path, table(f"{broken},Satu,{day}", f"vid00000001,Dua,{day}"))
    assert figures(report) == (2, 1, 0, 1)
    assert report.rejects[0].reason == f"Content: {broken!r} is no id of a video"


def test_table_of_as_many_videos_as_there_can_be_is_noted(tmp_path):
    note = (
        "has 500 videos, as many as YouTube Studio gives at most: there may be others. "
        "Export shorter periods."
    )
    found = []
    for count in (499, 500):
        rows = [f'vid{number:08},Satu,"Sep 14, 2025",5,5' for number in range(count)]
        (tmp_path / str(count)).mkdir()
        report, _ = brought(tmp_path / str(count), table("Total,,,,5", *rows))
        found.append((figures(report)[1], note in report.notes))
    assert found == [(499, False), (500, True)]


def test_number_of_two_readings_is_refused_until_the_mark_is_told(tmp_path):
    data = table('vid00000001,Satu,"Sep 14, 2025",5,1.234')
    with pytest.raises(FileFault, match="--decimal") as refused:
        brought(tmp_path, data)
    assert (refused.value.line, refused.value.column) == (2, "Views")
    _, (video,) = brought(tmp_path, data, decimal=",")
    assert video["view_count"] == 1234


def test_rate_of_clicks_tells_the_mark(tmp_path):
    header = (
        "Konten,Judul video,Waktu publikasi video,Penayangan,Rasio klik-tayang dari tayangan (%)"
    )
    data = table('vid00000001,Satu,"14 Sep 2025",1.234,"3,4"', header=header)
    _, (video,) = brought(tmp_path, data)
    assert video["view_count"] == 1234


SUMS = {
    "Chart data.csv": "Date,Content,Video title,Video publish time,Duration,Views\n"
    '2025-09-01,vid00000001,Satu,"Sep 1, 2025",61,5\n',
    "Totals.csv": "Date,Views\n2025-09-01,5\n",
    "Total.csv": "Tanggal,Penayangan\n2025-09-01,5\n",
    "Sources.csv": "Traffic source,Views,Watch time (hours)\nTotal,5,0.5\n",
}


@pytest.mark.parametrize("name", list(SUMS))
def test_sums_named_alone_are_refused(tmp_path, name):
    with pytest.raises(NothingInside) as refused:
        brought(tmp_path, SUMS[name].encode(), name)
    assert str(refused.value) == (
        f"{name}: holds sums of YouTube Studio by day or by group, and no videos. Export the "
        "contents of the channel and bring the zip file, or Table data.csv out of it."
    )


def test_sums_in_the_zip_file_are_left_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "Content.zip", "w") as archive:
        archive.writestr("Table data.csv", SAMPLES["Table data.csv"])
        for name in ("Chart data.csv", "Totals.csv"):
            archive.writestr(name, SUMS[name])
    reports = bring(tmp_path / "edition", tmp_path / "Content.zip", **OPTIONS)
    assert [(report.file, report.format, figures(report)) for report in reports] == [
        ("Content - Chart data.csv", "left out", (0, 0, 0, 0)),
        ("Content - Table data.csv", "youtube-studio", (11, 11, 0, 0)),
        ("Content - Totals.csv", "left out", (0, 0, 0, 0)),
    ]
