"""4CAT's tables: what a 0 is, which time is right, who is the author, and what has no time."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, ndjson, readings, stored
from tests.samples import fourcat
from tests.samples.fourcat import OPTIONS, SAMPLES, table
from tests.samples.twarc import flat

from tolok.errors import FileFault

COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING = tuple(f"{name}_missing" for name in COUNTS)
NO_TIME = (
    "unix_timestamp: 'kemarin' is no moment, expected Unix seconds (10 digits) or milliseconds (13)"
)
COLLECTED = OPTIONS["exported_at"]


def told(row, *names):
    return tuple(row[name] for name in names)


def brought(tmp_path, *rows, **options):
    (tmp_path / "a.csv").write_bytes(table(rows))
    (report,) = bring(tmp_path / "edition", tmp_path / "a.csv", **OPTIONS | options)
    return report


def only_post(tmp_path, row):
    assert figures(brought(tmp_path, row)) == (1, 1, 0, 0)
    (post,) = stored(tmp_path / "edition")
    return post


@pytest.mark.parametrize(
    ("name", "expected", "notes"),
    [
        ("instagram", ("instagram:501", "image", 100, 4, None, None, None), ()),
        ("tiktok", ("tiktok:@contoh", "short_video", 1000, 10, 5, None, 20000), ()),
        ("x", ("x:77001", "text", 20, 3, 7, 0, 1001), ()),
        ("threads", ("threads:@contoh", "text", 9, 4, 3, None, None),
         ("quotes and answers are not told apart here: all posts count as originals.",)),
        ("facebook", ("facebook:@contoh", None, None, None, None, None, None),
         ("4CAT collects no counts of Facebook.",)),
    ],
)  # fmt: skip
def test_rows_of_each_platform_come_in(tmp_path, name, expected, notes):
    file = tmp_path / f"{name}.csv"
    file.write_bytes(SAMPLES[file.name])
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert (report.format, figures(report)) == (f"4cat-{name}", (11, 11, 0, 0))
    assert report.notes == notes
    first = stored(tmp_path / "edition")[0]
    assert told(first, "platform", "account_id", "kind", *COUNTS) == (name, *expected)
    assert first["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert first["observed_at"] == COLLECTED


def test_line_breaks_and_quotes_stay_in_a_text(tmp_path):
    assert only_post(tmp_path, fourcat.instagram())["text"] == 'Halo, "dunia"\nbaris 1 🎉'


@pytest.mark.parametrize(
    ("cells", "counts", "missing"),
    [
        ({"likes_hidden": "yes", "num_likes": 0}, (None, 4), ("hidden", None)),
        ({"likes_hidden": "yes", "num_likes": ""}, (None, 4), ("hidden", None)),
        ({"likes_hidden": "yes", "num_likes": 3}, (None, 4), ("hidden", None)),
        ({"likes_hidden": "no", "num_likes": 0}, (0, 4), (None, None)),
        ({"likes_hidden": "", "num_likes": 0, "num_comments": 0}, (None, None),
         ("not_collected", "not_collected")),
        ({"num_comments": -1}, (100, None), (None, "not_collected")),
        ({"num_comments": 0}, (100, 0), (None, None)),
    ],
)  # fmt: skip
def test_zero_of_instagram_may_be_hidden_or_unknown(tmp_path, cells, counts, missing):
    post = only_post(tmp_path, fourcat.instagram(**cells))
    assert told(post, "reaction_count", "comment_count") == counts
    assert told(post, "reaction_count_missing", "comment_count_missing") == missing


def test_older_table_of_instagram_does_not_say_whether_likes_are_hidden(tmp_path):
    row = fourcat.instagram(num_likes=0, num_comments=0)
    del row["likes_hidden"]
    post = only_post(tmp_path, row)
    assert told(post, *MISSING[:2]) == ("not_collected", None)
    assert post["comment_count"] == 0


@pytest.mark.parametrize(
    ("cells", "kind", "media_count", "views"),
    [
        ({"media_type": "mixed", "num_media": 3}, "carousel", 3, None),
        ({"media_type": "photo", "num_media": 2}, "carousel", 2, None),
        ({"media_type": "video", "play_count": 70}, "video", 1, 70),
        ({"media_type": "unknown"}, None, 1, None),
    ],
)
def test_kinds_of_instagram(tmp_path, cells, kind, media_count, views):
    post = only_post(tmp_path, fourcat.instagram(**cells))
    assert told(post, "kind", "media_count", "view_count") == (kind, media_count, views)


def test_joint_post_of_instagram_and_its_handle(tmp_path):
    post = only_post(tmp_path, fourcat.instagram(coauthors="Dinas,kota.b"))
    assert post["co_account_ids"] == ["instagram:@dinas", "instagram:@kota.b"]
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert told(alias, "account_id", "alias") == ("instagram:501", "instagram:@contoh")


def test_seconds_go_before_the_text_of_a_time(tmp_path):
    post = only_post(tmp_path, fourcat.instagram(timestamp="2025-10-01 03:00:01"))
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)


def test_text_goes_before_the_seconds_of_a_time_on_x(tmp_path):
    post = only_post(tmp_path, fourcat.x(unix_timestamp=1_759_273_201))
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)


def test_text_of_a_time_without_seconds_is_utc(tmp_path):
    row = fourcat.instagram()
    del row["unix_timestamp"]
    post = only_post(tmp_path, row)
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)


def test_rows_without_a_time_are_refused(tmp_path):
    rows = [
        fourcat.instagram(),
        fourcat.instagram(2, unix_timestamp=0, timestamp=0),
        fourcat.instagram(3, unix_timestamp="kemarin"),
    ]
    report = brought(tmp_path, *rows)
    assert figures(report) == (3, 1, 0, 2)
    assert [(reject.row, reject.reason) for reject in report.rejects] == [
        (3, "is missing"),
        (4, NO_TIME),
    ]


def test_time_of_collection_in_the_table_is_the_time_of_the_counts(tmp_path):
    post = only_post(tmp_path, fourcat.instagram(timestamp_collected="2025-10-20 04:00:00"))
    assert post["observed_at"] == datetime(2025, 10, 20, 4, tzinfo=UTC)


def test_table_that_does_not_say_when_it_was_collected_is_refused(tmp_path):
    with pytest.raises(FileFault) as refused:
        brought(tmp_path, fourcat.instagram(), exported_at=None)
    assert "--exported-at" in str(refused.value)


@pytest.mark.parametrize(
    ("cells", "is_paid"),
    [
        ({"is_ad": "yes"}, True),
        ({"is_paid_partnership": "yes"}, True),
        ({}, False),
        ({"is_ad": "", "is_paid_partnership": ""}, None),
    ],
)
def test_paid_videos_of_tiktok(tmp_path, cells, is_paid):
    assert only_post(tmp_path, fourcat.tiktok(**cells))["is_paid"] is is_paid


def test_followers_of_tiktok_are_those_of_the_day_of_collection(tmp_path):
    rows = [fourcat.tiktok(), fourcat.tiktok(2, author="kota", author_followers="")]
    assert figures(brought(tmp_path, *rows)) == (2, 2, 0, 0)
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count", "observed_at") == (
        "tiktok:@contoh", 8800, COLLECTED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "origin", "likes"),
    [
        ({"is_retweet": "yes", "is_reply": "yes"}, "repost", None),
        ({"is_reply": "yes", "is_quote_tweet": "yes"}, "reply", 20),
        ({"is_quote_tweet": "yes"}, "quote", 20),
    ],
)
def test_origins_of_x(tmp_path, cells, origin, likes):
    post = only_post(tmp_path, fourcat.x(**cells))
    assert told(post, "origin", "reaction_count") == (origin, likes)
    assert post["reaction_count_missing"] == (None if likes else "not_offered")


@pytest.mark.parametrize(
    ("cells", "kind", "media_count"),
    [
        ({"images": "https://a/1.jpg,https://a/2.jpg"}, "carousel", 2),
        ({"images": "https://a/1.jpg"}, "image", 1),
        ({"images": "https://a/1.jpg", "videos": "https://a/1.mp4"}, "video", None),
        ({"urls": "https://contoh.go.id/a"}, "link", 0),
        ({"urls": "https://x.com/a/status/19"}, "text", 0),
    ],
)
def test_kinds_of_x(tmp_path, cells, kind, media_count):
    post = only_post(tmp_path, fourcat.x(**cells))
    assert told(post, "kind", "media_count") == (kind, media_count)


def test_zero_views_of_x_were_not_given_and_zero_bookmarks_neither(tmp_path):
    post = only_post(tmp_path, fourcat.x(impression_count=0))
    assert told(post, "save_count", "view_count") == (None, None)
    assert told(post, *MISSING) == (None, None, None, "not_collected", "not_collected")


def test_account_of_x_has_followers_and_a_handle(tmp_path):
    only_post(tmp_path, fourcat.x())
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count") == ("x:77001", 900)
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert told(alias, "account_id", "alias") == ("x:77001", "x:@contoh")


def test_id_of_x_cut_by_a_spreadsheet_is_refused(tmp_path):
    report = brought(tmp_path, fourcat.x(), fourcat.x(2, id="1.974E+18"))
    (reject,) = report.rejects
    assert (reject.row, reject.column) == (3, "post_id")


@pytest.mark.parametrize(
    ("cells", "kind", "media_count"),
    [
        ({"image_url": "https://a/1.jpg"}, "image", 1),
        ({"image_url": "https://a/1.jpg", "video_url": "https://a/1.mp4"}, "video", 1),
        ({"image_url": "https://a/1.jpg,https://a/2.jpg"}, "carousel", 2),
        ({"link_url": "https://contoh.go.id"}, "link", 0),
    ],
)
def test_kinds_of_threads(tmp_path, cells, kind, media_count):
    post = only_post(tmp_path, fourcat.threads(**cells))
    assert told(post, "kind", "media_count") == (kind, media_count)


@pytest.mark.parametrize(
    ("cells", "account", "kind"),
    [
        ({"author": "profile.php?id=100064"}, "facebook:100064", None),
        ({"author": "100064"}, "facebook:100064", None),
        ({"image_url": "https://a/1"}, "facebook:@contoh", "image"),
        ({"image_url": "https://a/1,https://a/2"}, "facebook:@contoh", "carousel"),
    ],
)
def test_accounts_and_pictures_of_facebook(tmp_path, cells, account, kind):
    post = only_post(tmp_path, fourcat.facebook(**cells))
    assert told(post, "account_id", "kind") == (account, kind)
    assert told(post, *MISSING) == ("not_offered",) * 5


def test_linkedin_has_ages_and_no_times(tmp_path):
    with pytest.raises(FileFault) as refused:
        brought(tmp_path, fourcat.linkedin())
    assert str(refused.value) == (
        "a.csv: holds posts of LinkedIn with their age (such as 3mo), of which 4CAT made times: "
        "when they were published is not known. Bring an export of the page's owner."
    )


def test_posts_that_4cat_took_from_the_interface_of_x_bring_their_author(tmp_path):
    post = flat()
    del post["__twarc"]
    author = post.pop("author")
    file = ndjson(tmp_path / "a.ndjson", [post | {"author_user": author}])
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert (report.format, figures(report)) == ("x-api", (1, 1, 0, 0))
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "follower_count", "observed_at") == (900, COLLECTED)
