"""yt-dlp's descriptions of videos: alone, in playlists, with comments, and of which site."""

import json
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, document, figures, readings, stored
from tests.samples.yt_dlp import EPOCH, SAMPLES, comment, video

from tolok.errors import FileFault, UnknownFormat

READ_AT = datetime(2025, 10, 20, 22, 40, tzinfo=UTC)
COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING = tuple(f"{name}_missing" for name in COUNTS)


def told(row, *names):
    return tuple(row[name] for name in names)


def brought(tmp_path, value, **options):
    file = document(tmp_path / "20250101 a.info.json", value)
    (report,) = bring(tmp_path / "edition", file, **options)
    return report


def only_post(tmp_path, **fields):
    assert figures(brought(tmp_path, video(**fields))) == (1, 1, 0, 0)
    (post,) = stored(tmp_path / "edition")
    return post


@pytest.mark.parametrize(
    ("name", "rows", "posts"),
    [
        ("Contoh [vid00000001].info.json", 12, 1),
        ("Contoh [PLcontoh].info.json", 11, 11),
        ("videos.jsonl", 11, 11),
    ],
)
def test_videos_come_in_at_their_time_of_reading(tmp_path, name, rows, posts):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert (report.format, figures(report), report.notes) == ("yt-dlp", (rows, rows, 0, 0), ())
    found = stored(tmp_path / "edition")
    assert [told(post, "view_count", "observed_at") for post in found] == [
        (5000 + number, READ_AT) for number in range(1, posts + 1)
    ]


def test_video_and_its_channel(tmp_path):
    post = only_post(tmp_path)
    assert told(post, "platform", "post_id", "account_id", "kind", "duration_s", "text") == (
        "youtube", "vid00000001", "youtube:UCcontohcontohcontohcont", "video", 300,
        "Video 1 🎉\n\nKeterangan",
    )  # fmt: skip
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert told(post, *COUNTS) == (40, 6, None, None, 5001)
    assert told(post, *MISSING) == (None, None, "not_offered", "not_offered", None)
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count", "observed_at") == (
        "youtube:UCcontohcontohcontohcont", 12_300, READ_AT,
    )  # fmt: skip
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "youtube:@contoh"


@pytest.mark.parametrize(
    ("fields", "counts", "missing"),
    [
        ({"like_count": None}, (None, 6), ("hidden", None)),
        ({"like_count": 0}, (0, 6), (None, None)),
        ({"comment_count": None}, (40, None), (None, "not_collected")),
    ],
)
def test_absent_likes_are_hidden_and_absent_comments_were_not_asked_for(
    tmp_path, fields, counts, missing
):
    post = only_post(tmp_path, **fields)
    assert told(post, "reaction_count", "comment_count") == counts
    assert told(post, "reaction_count_missing", "comment_count_missing") == missing


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"live_status": "was_live"}, "live"),
        ({"live_status": "is_upcoming", "duration": None}, "live"),
        ({"media_type": "livestream"}, "live"),
        ({"media_type": "short"}, "short_video"),
        ({"media_type": None, "duration": 60}, "short_video"),
        ({"media_type": "video", "duration": 60}, "video"),
        ({"media_type": None, "duration": 61}, "video"),
        ({"media_type": None, "webpage_url": "https://www.youtube.com/shorts/vid00000001"},
         "short_video"),
    ],
)  # fmt: skip
def test_kinds_of_videos(tmp_path, fields, kind):
    assert only_post(tmp_path, **fields)["kind"] == kind


def test_day_without_an_hour_is_midnight_in_utc_and_told(tmp_path):
    report = brought(tmp_path, video(timestamp=None))
    assert report.notes == ("gives some videos a day and no hour: they stand at midnight UTC.",)
    (post,) = stored(tmp_path / "edition")
    assert post["published_at"] == datetime(2025, 10, 1, tzinfo=UTC)


def test_video_without_a_date_is_refused(tmp_path):
    report = brought(tmp_path, video(timestamp=None, upload_date=None))
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.reason) == (1, "published_at", "is missing")


def test_day_in_the_name_is_no_day_of_reading(tmp_path):
    with pytest.raises(FileFault) as refused:
        brought(tmp_path, video(epoch=None))
    assert str(refused.value).endswith(
        "does not say when it was exported, and counts change. Name the instant with --exported-at."
    )
    brought(tmp_path, video(epoch=None), exported_at=READ_AT)
    (post,) = stored(tmp_path / "edition")
    assert post["observed_at"] == READ_AT


def test_channel_that_older_files_give_as_uploader(tmp_path):
    fields = {"channel_id": None, "uploader_id": "UColdoldoldoldoldoldolda"}
    post = only_post(tmp_path, **fields)
    assert post["account_id"] == "youtube:UColdoldoldoldoldoldolda"
    assert readings(tmp_path / "edition", "aliases") == []


# fields, then platform, post, account, alias, kind
SITES = [
    (
        {"extractor_key": "TikTok", "uploader": "contoh", "uploader_id": "601",
         "channel_id": "MS4wLj", "id": "7550000000000000001", "repost_count": 5, "save_count": 7,
         "webpage_url": "https://www.tiktok.com/@contoh/video/7550000000000000001"},
        ("tiktok", "7550000000000000001", "tiktok:601", "tiktok:@contoh", "short_video"),
        (40, 6, 5, 7, 5001),
    ),
    (
        {"extractor_key": "Instagram", "uploader_id": "501", "channel": "contoh",
         "id": "Caaaa01", "webpage_url": "https://www.instagram.com/reel/Caaaa01/"},
        ("instagram", "Caaaa01", "instagram:501", "instagram:@contoh", "short_video"),
        (40, 6, None, None, 5001),
    ),
    (
        {"extractor_key": "Facebook", "uploader_id": "100064", "id": "990001234",
         "webpage_url": "https://www.facebook.com/contoh/videos/990001234/"},
        ("facebook", "990001234", "facebook:100064", None, "video"),
        (40, 6, None, None, 5001),
    ),
    (
        {"extractor_key": "Twitter", "channel_id": "77001", "uploader_id": "Contoh",
         "id": "555", "repost_count": 5,
         "webpage_url": "https://x.com/Contoh/status/1974000000000000001"},
        ("x", "1974000000000000001", "x:77001", "x:@contoh", "video"),
        (40, 6, None, None, None),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected", "counts"), SITES)
def test_sites_are_told_by_their_extractor(tmp_path, fields, expected, counts):
    post = only_post(tmp_path, **fields)
    aliases = [row["alias"] for row in readings(tmp_path / "edition", "aliases")] or [None]
    found = told(post, "platform", "post_id", "account_id")
    assert (*found, *aliases, post["kind"]) == expected
    assert told(post, *COUNTS) == counts


def test_likes_that_cannot_be_hidden_were_not_collected(tmp_path):
    fields = {"extractor_key": "Facebook", "uploader_id": "100064", "like_count": None}
    assert only_post(tmp_path, **fields)["reaction_count_missing"] == "not_collected"


def test_channel_in_a_playlist_has_followers(tmp_path):
    channel = {
        "_type": "playlist",
        "extractor_key": "YoutubeTab",
        "channel_id": "UCcontohcontohcontohcont",
        "channel_follower_count": 12_345,
        "uploader_id": "@contoh",
        "epoch": EPOCH,
        "entries": [{"_type": "playlist", "entries": [video(channel_follower_count=None)]}],
    }
    report = brought(tmp_path, channel)
    assert figures(report) == (2, 2, 0, 0)
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count", "observed_at") == (
        "youtube:UCcontohcontohcontohcont", 12_345, READ_AT,
    )  # fmt: skip


def test_entries_that_cannot_be_taken_say_why(tmp_path):
    twice = {"extractor_key": "Twitter", "webpage_url": "https://x.com/Contoh/status/19"}
    entries = [
        video(),
        None,
        {"_type": "url", "ie_key": "Youtube", "url": "https://youtu.be/vid00000002"},
        video(3, extractor_key="Vimeo"),
        video(4, **twice),
        video(5, **twice),
    ]
    playlist = {"_type": "playlist", "extractor_key": "YoutubeTab", "entries": entries}
    report = brought(tmp_path, playlist)
    assert figures(report) == (6, 2, 0, 4)
    assert [(reject.row, reject.reason) for reject in report.rejects] == [
        (2, "is an entry that yt-dlp could not read"),
        (3, "is a pointer to a video and has no counts. Fetch it without --flat-playlist"),
        (4, "is of Vimeo, no platform that is compared"),
        (6, "is another video of a post that stands before it"),
    ]


def test_comments_have_no_names(tmp_path):
    channel = {"author_is_uploader": True, "parent": "Ug1", "author_id": "UCcontoh"}
    comments = [comment(), comment(2, **channel)]
    file = document(tmp_path / "a.info.json", video(comments=comments))
    (report,) = bring(tmp_path / "edition", file)
    assert figures(report) == (3, 3, 0, 0)
    first, second = stored(tmp_path / "edition", "comments")
    assert told(first, "comment_id", "post_id", "text", "reaction_count", "parent_id") == (
        "Ug1", "vid00000001", "Terima kasih 1", 2, None,
    )  # fmt: skip
    assert told(second, "is_institution", "parent_id") == (True, "Ug1")
    assert (first["is_institution"], first["author_key"][:4]) == (False, "key:")
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/a.info.json")
    kept = json.loads(landed.read_text("utf-8"))
    assert [sorted(c) for c in kept["comments"]] == [
        ["author_id", "author_is_uploader", "id", "like_count", "parent", "text", "timestamp"]
    ] * 2
    assert kept["comments"][0]["author_id"] == first["author_key"]
    assert {name: kept[name] for name in kept if name != "comments"} == video()


def test_comments_in_playlists_have_no_names(tmp_path):
    inner = {"_type": "playlist", "entries": [video(comments=[comment()]), None]}
    playlist = {"_type": "playlist", "extractor_key": "YoutubeTab", "entries": [inner]}
    report = brought(tmp_path, playlist)
    assert figures(report) == (3, 2, 0, 1)
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/*.info.json")
    assert "Warga" not in landed.read_text("utf-8")


def test_playlists_within_playlists_without_end_are_refused(tmp_path):
    opening = '{"extractor_key": "YoutubeTab", "entries": ['
    depth = 450
    path = tmp_path / "a.info.json"
    path.write_text(opening * depth + "]}" * depth, "utf-8")
    with pytest.raises(UnknownFormat) as refused:
        bring(tmp_path / "edition", path)
    assert "its shape does not say where" in str(refused.value)
