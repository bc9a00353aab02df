"""Zeeschuimer's objects of Instagram, TikTok, X and Threads, and those that are refused."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, readings, stored
from tests.samples import zeeschuimer
from tests.samples.zeeschuimer import SAMPLES, line, lines

READ_AT = datetime(2025, 10, 20, 22, 40, tzinfo=UTC)
COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING = tuple(f"{name}_missing" for name in COUNTS)
NO_TIME = (
    "says no time of reading: 'gestern' is no moment, expected Unix seconds (10 digits) "
    "or milliseconds (13)"
)


def told(post, *names):
    return tuple(post[name] for name in names)


def brought(tmp_path, *items):
    """The report of a file of these objects."""
    (tmp_path / "a.ndjson").write_bytes(lines(items))
    (report,) = bring(tmp_path / "edition", tmp_path / "a.ndjson")
    return report


def only_post(tmp_path, platform, data, **facts):
    assert figures(brought(tmp_path, line(platform, data, **facts))) == (1, 1, 0, 0)
    (post,) = stored(tmp_path / "edition")
    return post


@pytest.mark.parametrize(
    ("name", "rows", "table"),
    [
        ("instagram.ndjson", 22, "observations"),
        ("4cat-instagram.ndjson", 22, "observations"),
        ("tiktok.ndjson", 11, "observations"),
        ("tiktok-comments.ndjson", 11, "comments"),
        ("x.ndjson", 11, "observations"),
        ("threads.ndjson", 11, "observations"),
    ],
)
def test_objects_come_in_at_their_time_of_reading(tmp_path, name, rows, table):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert (report.format, figures(report)) == ("zeeschuimer", (rows, rows, 0, 0))
    found = stored(tmp_path / "edition", table)
    assert [row["observed_at"] for row in found] == [READ_AT] * rows


def test_4cat_gives_back_the_same_posts(tmp_path):
    found = []
    for name in ("instagram.ndjson", "4cat-instagram.ndjson"):
        (tmp_path / name).write_bytes(SAMPLES[name])
        bring(tmp_path / name.partition(".")[0], tmp_path / name)
        found.append(readings(tmp_path / name.partition(".")[0]))
    assert found[0] == found[1]


def test_object_that_came_again_is_of_its_last_reading(tmp_path):
    later = zeeschuimer.READ_MS + 3_600_000
    post = only_post(tmp_path, "x.com", zeeschuimer.x(), last_updated=later)
    assert post["observed_at"] == datetime(2025, 10, 20, 23, 40, tzinfo=UTC)


def test_picture_of_instagram(tmp_path):
    post = only_post(tmp_path, "instagram.com", zeeschuimer.instagram())
    assert told(post, "post_id", "account_id", "kind", "media_count", "text") == (
        "Caaaa01", "instagram:501", "image", 1, "Halo 1 🎉",
    )  # fmt: skip
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert told(post, *COUNTS) == (101, 4, None, None, None)
    assert told(post, *MISSING) == (None, None, "not_offered", "not_offered", "not_offered")
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert told(alias, "account_id", "alias") == ("instagram:501", "instagram:@contoh")


@pytest.mark.parametrize(
    ("fields", "counts", "missing"),
    [
        ({"like_and_view_counts_disabled": True, "like_count": 3}, (None, 4), ("hidden", None)),
        ({"like_count": -1}, (None, 4), ("hidden", None)),
        ({"like_count": None}, (None, 4), ("not_collected", None)),
        ({"comment_count": -1}, (101, None), (None, "not_collected")),
        ({"comment_count": 0, "comments_disabled": True}, (101, None), (None, "disabled")),
        ({"comment_count": 0}, (101, 0), (None, None)),
    ],
)
def test_counts_that_instagram_keeps_back_are_missing(tmp_path, fields, counts, missing):
    post = only_post(tmp_path, "instagram.com", zeeschuimer.instagram(**fields))
    assert told(post, "reaction_count", "comment_count") == counts
    assert told(post, "reaction_count_missing", "comment_count_missing") == missing


@pytest.mark.parametrize(
    ("fields", "kind", "media_count", "views"),
    [
        ({"media_type": 2, "product_type": "clips", "play_count": 70}, "short_video", 1, 70),
        ({"media_type": 2, "product_type": "feed", "view_count": 60, "play_count": 70},
         "video", 1, 60),
        ({"media_type": 8, "product_type": "carousel_container", "carousel_media_count": 3},
         "carousel", 3, None),
        ({"media_type": 8, "carousel_media": [{}, {}]}, "carousel", 2, None),
        ({"media_type": 9}, None, 1, None),
    ],
)  # fmt: skip
def test_kinds_of_instagram(tmp_path, fields, kind, media_count, views):
    post = only_post(tmp_path, "instagram.com", zeeschuimer.instagram(**fields))
    assert told(post, "kind", "media_count", "view_count") == (kind, media_count, views)


def test_joint_and_paid_post_of_instagram(tmp_path):
    authors = [{"username": "contoh"}, {"username": "Dinas"}, {"pk": "9"}]
    fields = {"coauthor_producers": authors, "is_paid_partnership": True}
    post = only_post(tmp_path, "instagram.com", zeeschuimer.instagram(**fields))
    assert told(post, "co_account_ids", "is_paid") == (["instagram:@dinas"], True)


def test_older_shape_of_instagram(tmp_path):
    post = only_post(tmp_path, "instagram.com", zeeschuimer.graph())
    assert told(post, "post_id", "account_id", "kind", "duration_s", "text") == (
        "Gaaaa01", "instagram:501", "video", 12.5, "Video 1",
    )  # fmt: skip
    assert told(post, *COUNTS) == (51, 2, None, None, 900)


def test_carousel_in_the_older_shape_of_instagram(tmp_path):
    edges = [{"node": {"id": "1"}}, {"node": {"id": "2"}}]
    children = {"edges": edges}
    fields = {"__typename": "XDTGraphSidecar", "edge_sidecar_to_children": children}
    post = only_post(tmp_path, "instagram.com", zeeschuimer.graph(**fields))
    assert told(post, "kind", "media_count", "view_count") == ("carousel", 2, None)


def test_video_of_tiktok(tmp_path):
    exact = {"diggCount": "1023", "playCount": "20456", "collectCount": ""}
    post = only_post(tmp_path, "tiktok.com", zeeschuimer.tiktok(statsV2=exact, isAd=True))
    assert told(post, "post_id", "account_id", "kind", "duration_s", "is_paid") == (
        "7550000000000000001", "tiktok:601", "short_video", 31, True,
    )  # fmt: skip
    assert told(post, *COUNTS) == (1023, 10, 5, 7, 20456)
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count", "observed_at") == (
        "tiktok:601", 8800, READ_AT,
    )  # fmt: skip
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "tiktok:@contoh"


def test_pictures_of_tiktok_and_author_by_name(tmp_path):
    fields = {"imagePost": {"images": [{}, {}]}, "author": "contoh", "stats": {"diggCount": 1}}
    post = only_post(tmp_path, "tiktok.com", zeeschuimer.tiktok(**fields))
    assert told(post, "account_id", "kind", "media_count", "duration_s") == (
        "tiktok:@contoh", "carousel", 2, None,
    )  # fmt: skip
    assert told(post, *COUNTS) == (1, None, None, None, None)
    assert readings(tmp_path / "edition", "aliases") == []


def test_comments_of_tiktok_have_no_names(tmp_path):
    items = [zeeschuimer.comment(), zeeschuimer.comment(2, reply_id="8001")]
    report = brought(tmp_path, *(line("tiktok-comments", item) for item in items))
    assert figures(report) == (2, 2, 0, 0)
    first, second = stored(tmp_path / "edition", "comments")
    assert told(first, "comment_id", "post_id", "text", "reaction_count", "parent_id") == (
        "8001", "7550000000000000001", "Terima kasih 1", 3, None,
    )  # fmt: skip
    assert second["parent_id"] == "8001"
    assert first["author_key"].startswith("key:")
    assert first["author_key"] != second["author_key"]
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/a.ndjson")
    text = landed.read_text("utf-8")
    assert [name for name in ("warga1", "Warga Biasa", '"991"') if name in text] == []
    assert "Terima kasih 1" in text


def test_comments_that_are_not_read_land_without_what_they_said(tmp_path):
    other = line("rednote-comments", {"id": "1", "text": "Halo", "user": {"name": "Warga"}})
    report = brought(tmp_path, other, line("threads.com", zeeschuimer.threads()))
    assert figures(report) == (2, 1, 0, 1)
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/a.ndjson")
    assert [name for name in ("Halo", "Warga") if name in landed.read_text("utf-8")] == []


def test_post_of_x(tmp_path):
    post = only_post(tmp_path, "x.com", zeeschuimer.x())
    assert told(post, "post_id", "account_id", "kind", "origin", "language") == (
        "1974000000000000001", "x:77001", "text", "original", "in",
    )  # fmt: skip
    assert post["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert told(post, *COUNTS) == (20, 3, 7, 1, 1001)
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count") == ("x:77001", 900)
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "x:@contoh"


@pytest.mark.parametrize(
    ("legacy", "origin", "likes"),
    [
        ({"retweeted_status_result": {"result": {}}}, "repost", None),
        ({"in_reply_to_status_id_str": "19", "is_quote_status": True}, "reply", 20),
        ({"is_quote_status": True}, "quote", 20),
    ],
)
def test_origins_of_x(tmp_path, legacy, origin, likes):
    post = only_post(tmp_path, "x.com", zeeschuimer.x(legacy=legacy))
    assert told(post, "origin", "reaction_count") == (origin, likes)
    assert post["reaction_count_missing"] == (None if likes else "not_offered")


def test_pictures_and_long_text_of_x(tmp_path):
    media = [{"type": "photo"}, {"type": "photo"}]
    note = {"note_tweet_results": {"result": {"text": "Panjang sekali"}}}
    item = zeeschuimer.x(legacy={"extended_entities": {"media": media}}, note_tweet=note)
    post = only_post(tmp_path, "x.com", {"tweet": item, "id": "1"})
    assert told(post, "kind", "media_count", "text") == ("carousel", 2, "Panjang sekali")


def test_views_that_x_did_not_count_are_missing(tmp_path):
    legacy = {"created_at": "Thu Dec 01 01:00:00 +0000 2022"}
    item = zeeschuimer.x(legacy=legacy, views={"count": "0"})
    post = only_post(tmp_path, "x.com", item)
    assert told(post, "view_count", "view_count_missing") == (None, "not_collected")


def test_post_of_threads(tmp_path):
    post = only_post(tmp_path, "threads.net", zeeschuimer.threads())
    assert told(post, "post_id", "account_id", "kind", "origin", "media_count") == (
        "Taaaa01", "threads:501", "text", "original", 0,
    )  # fmt: skip
    assert told(post, *COUNTS) == (9, 4, 3, None, None)
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "threads:@contoh"


@pytest.mark.parametrize(
    ("fields", "kind", "media_count"),
    [
        ({"image_versions2": {"candidates": [{}]}}, "image", 1),
        ({"video_versions": [{}], "image_versions2": {"candidates": [{}]}}, "video", 1),
        ({"carousel_media": [{}, {}]}, "carousel", 2),
        ({"text_post_app_info": {"link_preview_attachment": {"url": "a"}}}, "link", 0),
    ],
)
def test_kinds_of_threads(tmp_path, fields, kind, media_count):
    post = only_post(tmp_path, "threads.com", zeeschuimer.threads(**fields))
    assert told(post, "kind", "media_count") == (kind, media_count)


@pytest.mark.parametrize(
    ("said", "origin", "likes"),
    [
        ({"is_reply": True}, "reply", 9),
        ({"share_info": {"quoted_post": {"code": "a"}}}, "quote", 9),
        ({"share_info": {"reposted_post": {"code": "a"}}}, "repost", None),
    ],
)
def test_origins_of_threads(tmp_path, said, origin, likes):
    post = only_post(tmp_path, "threads.com", zeeschuimer.threads(text_post_app_info=said))
    assert told(post, "origin", "reaction_count") == (origin, likes)


def test_hidden_likes_of_threads(tmp_path):
    item = zeeschuimer.threads(like_and_view_counts_disabled=True)
    post = only_post(tmp_path, "threads.com", item)
    assert told(post, "reaction_count", "reaction_count_missing") == (None, "hidden")


def test_objects_that_cannot_be_taken_say_why(tmp_path):
    partial = {"code": "Cpart01", "_zs_partial": True, "user": {}}
    versions = {"edit_tweet_ids": ["1974000000000000001", "1974000000000000002"]}
    report = brought(
        tmp_path,
        line("instagram.com", zeeschuimer.instagram()),
        line("linkedin.com", zeeschuimer.linkedin()),
        line("gab.com", {"id": "1"}),
        line("instagram.com", partial),
        line("x.com", zeeschuimer.x(edit_control=versions)),
        line("x.com", zeeschuimer.x(2), timestamp_collected="gestern"),
        line("tiktok.com", {"id": "1", "stats": 3}),
        {"source_platform": "x.com"},
    )
    assert figures(report) == (8, 1, 0, 7)
    assert [(reject.row, reject.reason) for reject in report.rejects] == [
        (2, "is a post of LinkedIn, which says how old a post is and not when it was published"),
        (3, "is of gab.com, of which nothing is read"),
        (4, "is a part of a post, without its time"),
        (5, "is an older version of a post that was edited; the post is 1974000000000000002"),
        (6, NO_TIME),
        (7, "has not the shape of an item of zeeschuimer"),
        (8, "is no answer of zeeschuimer"),
    ]  # fmt: skip


def test_object_in_which_names_cannot_be_found_does_not_land(tmp_path):
    broken = {"__import_meta": 5, "user": {"unique_id": "warga1"}}
    report = brought(tmp_path, line("x.com", zeeschuimer.x()), broken)
    assert figures(report) == (2, 1, 0, 1)
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/a.ndjson")
    assert "warga1" not in landed.read_text("utf-8")
