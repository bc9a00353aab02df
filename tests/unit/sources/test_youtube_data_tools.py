r"""YouTube Data Tools: lists of videos and channels, with PHP's \" and with counts left out."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, readings, stored
from tests.samples.youtube_data_tools import (
    CHANNEL_COLUMNS,
    SAMPLES,
    VIDEO_COLUMNS,
    channel,
    video,
    written,
)

from tolok.errors import FileFault

EXPORTED_AT = datetime(2025, 11, 1, 8, 30, tzinfo=UTC)
COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING = tuple(f"{name}_missing" for name in COUNTS)
DATED = "was exported at 2025-11-01T08:30:00+00:00, as its name says."
ROUNDED = "YouTube rounds subscribers down to three figures."


def told(row, *names):
    return tuple(row[name] for name in names)


def brought(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    (report,) = bring(tmp_path / "edition", tmp_path / "a.csv", exported_at=EXPORTED_AT)
    return report


def only_post(tmp_path, **cells):
    report = brought(tmp_path, written(VIDEO_COLUMNS, [video(**cells)]))
    assert figures(report) == (1, 1, 0, 0)
    (post,) = stored(tmp_path / "edition")
    return post


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("video")])
def test_videos_come_in_at_the_time_in_the_name(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert (report.format, figures(report)) == ("youtube-data-tools", (11, 11, 0, 0))
    assert report.notes == (DATED,)
    posts = stored(tmp_path / "edition")
    assert [told(post, "view_count", "observed_at") for post in posts] == [
        (5000 + number, EXPORTED_AT) for number in range(1, 12)
    ]
    first = posts[0]
    assert told(first, "post_id", "account_id", "kind", "duration_s", "language", "text") == (
        "vid00000001", "youtube:UCcontohcontohcontohcont", "video", 300, "id",
        "Video 1 🎉\n\nSatu, dua",
    )  # fmt: skip
    assert first["published_at"] == datetime(2025, 10, 1, 1, tzinfo=UTC)
    assert told(first, *COUNTS) == (40, 6, None, None, 5001)
    assert told(first, *MISSING) == (None, None, "not_offered", "not_offered", None)


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        ({"likeCount": ""}, ("hidden", None, None)),
        ({"commentCount": ""}, (None, "disabled", None)),
        ({"viewCount": ""}, (None, None, "hidden")),
    ],
)
def test_counts_left_out_are_hidden_or_disabled(tmp_path, cells, missing):
    post = only_post(tmp_path, **cells)
    assert told(post, MISSING[0], MISSING[1], MISSING[4]) == missing


def test_quote_behind_a_backslash_does_not_end_the_cell(tmp_path):
    title = 'Kata \\"resmi\\", "biasa" dan lain'
    post = only_post(tmp_path, videoTitle=title, videoDescription="")
    assert post["text"] == 'Kata "resmi", "biasa" dan lain'


@pytest.mark.parametrize(
    ("seconds", "kind"), [(60, "short_video"), (61, "video"), ("", None)]
)  # fmt: skip
def test_shorts_are_told_by_their_length(tmp_path, seconds, kind):
    assert only_post(tmp_path, durationSec=seconds)["kind"] == kind


def test_channels_give_followers_at_the_time_in_the_name(tmp_path):
    (name,) = (name for name in SAMPLES if name.startswith("channel"))
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert (report.format, figures(report)) == ("youtube-data-tools-channels", (11, 11, 0, 0))
    assert set(report.notes) == {DATED, ROUNDED}
    rows = readings(tmp_path / "edition", "followers")
    assert [told(row, "account_id", "follower_count", "observed_at") for row in rows] == [
        (f"youtube:UCcontohcontohcontoh{number:04}", 12_300, EXPORTED_AT) for number in range(1, 12)
    ]


def test_quote_left_open_costs_its_own_row_and_not_the_next(tmp_path):
    name = "channellist_11_2025_11_01-08_30_00.csv"
    lines = SAMPLES[name].splitlines(keepends=True)
    opened = lines[3].replace(b'3"', b"3")
    assert opened.count(b'"') == 1
    report = brought(tmp_path, b"".join([*lines[:3], opened, *lines[4:]]))
    assert figures(report) == (11, 10, 0, 1)
    assert "opens a quote and does not close it" in report.rejects[0].reason


def test_channel_that_hides_its_subscribers_is_refused_as_a_reading(tmp_path):
    rows = [channel(), channel(2, subscriberCount="")]
    report = brought(tmp_path, written(CHANNEL_COLUMNS, rows))
    assert figures(report) == (2, 1, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.reason) == (3, "hides its subscribers")


def test_handle_of_a_channel_is_taken_where_it_is_there(tmp_path):
    columns = (*CHANNEL_COLUMNS, "customUrl")
    brought(tmp_path, written(columns, [channel(customUrl="@Contoh")]))
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "youtube:@contoh"


def test_list_without_a_day_in_its_name_is_refused(tmp_path):
    (tmp_path / "list.csv").write_bytes(written(VIDEO_COLUMNS, [video()]))
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "list.csv")
    assert "--exported-at" in str(refused.value)
