"""Instaloader's files: posts, profiles and stories of Instagram, plain and packed."""

import json
import lzma
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, document, figures, readings, stored
from tests.samples.instaloader import OPTIONS, SAMPLES, file, post, profile, story

from tolok.errors import FileFault

COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING = tuple(f"{name}_missing" for name in COUNTS)


def told(row, *names):
    return tuple(row[name] for name in names)


def only_post(tmp_path, node, node_type="Post"):
    path = document(tmp_path / "2025-10-01_01-00-01_UTC.json", file(node, node_type))
    (report,) = bring(tmp_path / "edition", path, **OPTIONS)
    assert (report.format, figures(report)) == ("instaloader", (1, 1, 0, 0))
    (found,) = stored(tmp_path / "edition")
    return found


@pytest.mark.parametrize("name", list(SAMPLES))
def test_files_come_in_plain_and_packed(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == ("instaloader", (12, 12, 0, 0))
    kinds = [row["kind"] for row in stored(tmp_path / "edition")]
    assert sorted(kinds) == [*["image"] * 10, "story"]
    (followers,) = readings(tmp_path / "edition", "followers")
    assert told(followers, "account_id", "follower_count") == ("instagram:501", 4321)
    (alias,) = {row["alias"] for row in readings(tmp_path / "edition", "aliases")}
    assert alias == "instagram:@contoh"


def test_picture(tmp_path):
    found = only_post(tmp_path, post())
    assert told(found, "post_id", "account_id", "kind", "media_count", "text") == (
        "Iaaaa01", "instagram:501", "image", 1, "Halo 1 🎉",
    )  # fmt: skip
    assert found["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert told(found, *COUNTS) == (31, 2, None, None, None)
    assert told(found, *MISSING) == (None, None, "not_offered", "not_offered", "not_offered")


@pytest.mark.parametrize(
    ("fields", "kind", "media_count", "views"),
    [
        ({"__typename": "GraphVideo", "video_view_count": 90}, "video", 1, 90),
        ({"__typename": "GraphVideo", "iphone_struct": {"product_type": "clips"}},
         "short_video", 1, None),
        ({"__typename": "GraphSidecar",
          "edge_sidecar_to_children": {"edges": [{}, {}, {}]}}, "carousel", 3, None),
    ],
)  # fmt: skip
def test_kinds_of_posts(tmp_path, fields, kind, media_count, views):
    found = only_post(tmp_path, post(**fields))
    assert told(found, "kind", "media_count", "view_count") == (kind, media_count, views)


@pytest.mark.parametrize(
    "fields",
    [
        {"edge_media_preview_like": {"count": -1}},
        {"iphone_struct": {"like_and_view_counts_disabled": True}},
    ],
)
def test_hidden_likes_are_missing(tmp_path, fields):
    found = only_post(tmp_path, post(**fields))
    assert told(found, "reaction_count", "reaction_count_missing") == (None, "hidden")


def test_joint_post(tmp_path):
    app = {"coauthor_producers": [{"username": "dinas"}]}
    found = only_post(tmp_path, post(iphone_struct=app))
    assert found["co_account_ids"] == ["instagram:@dinas"]


def test_older_names_of_fields(tmp_path):
    node = post(date=1_759_280_401, caption="Lama", owner={"id": "501"})
    del node["taken_at_timestamp"]
    del node["edge_media_to_caption"]
    found = only_post(tmp_path, node)
    assert found["published_at"] == datetime(2025, 10, 1, 1, 0, 1, tzinfo=UTC)
    assert found["text"] == "Lama"
    assert readings(tmp_path / "edition", "aliases") == []


def test_story_has_no_counts(tmp_path):
    found = only_post(tmp_path, story(), "StoryItem")
    assert told(found, "post_id", "kind", "duration_s") == ("3700000000000000001", "story", 14.2)
    assert told(found, *MISSING) == ("not_offered",) * 5


def test_profile_without_followers_still_has_its_handle(tmp_path):
    node = profile()
    del node["edge_followed_by"]
    path = document(tmp_path / "contoh_501.json", file(node, "Profile"))
    (report,) = bring(tmp_path / "edition", path, **OPTIONS)
    assert figures(report) == (1, 1, 0, 0)
    assert readings(tmp_path / "edition", "followers") == []
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert told(alias, "account_id", "alias") == ("instagram:501", "instagram:@contoh")


def test_day_in_the_name_is_no_day_of_reading(tmp_path):
    path = document(tmp_path / "2025-10-01_01-00-01_UTC.json", file(post()))
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", path)
    assert "--exported-at" in str(refused.value)


def test_other_nodes_are_refused(tmp_path):
    items = [file({"name": "merdeka"}, "Hashtag"), file(post())]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    (report,) = bring(tmp_path / "edition", path, **OPTIONS)
    (reject,) = report.rejects
    assert (reject.row, reject.reason) == (
        1, "is a Hashtag of Instaloader, which is neither post, profile nor story",
    )  # fmt: skip


def test_people_who_liked_or_commented_do_not_land(tmp_path):
    app = {"likers": [{"username": "warga3"}], "comment_count": 2}
    packed = lzma.compress(json.dumps(file(post(iphone_struct=app))).encode())
    (tmp_path / "a.json.xz").write_bytes(packed)
    bring(tmp_path / "edition", tmp_path / "a.json.xz", **OPTIONS)
    (landed,) = (tmp_path / "edition" / "landing").glob("*/*/a.json*")
    node = json.loads(landed.read_text("utf-8"))["node"]
    assert node == post(
        edge_media_preview_like={"count": 31},
        edge_media_to_parent_comment={"count": 2},
        iphone_struct={"comment_count": 2},
    )
