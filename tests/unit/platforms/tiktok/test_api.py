"""TikTok's Research API: ids keep their digits, and what was not asked for is not collected."""

from datetime import UTC, datetime

import pytest

from tolok.errors import InputError
from tolok.platforms.tiktok.api import EMPTY, claims, items

VIDEO = {
    "id": 7593820674163100946,
    "create_time": 1768074155,
    "username": "contoh.id",
    "region_code": "ID",
    "video_description": "Kabar #contoh",
    "like_count": 10,
    "comment_count": 2,
    "share_count": 3,
    "view_count": 1050,
    "favorites_count": 4,
    "video_duration": 21,
}
COMMENT = {
    "text": "Bagus",
    "video_id": 7593820674163100946,
    "create_time": 1768074200,
    "id": 12345616934634134,
    "like_count": 5,
    "parent_comment_id": 1234561201524010,
}


def read(data, account=None):
    """The rows of each item of an answer."""
    return [item() for item in items({"data": data}, account)]


def test_video_becomes_a_post():
    (rows,) = read({"videos": [VIDEO]})
    assert rows == {
        "posts": {
            "platform": "tiktok",
            "post_id": 7593820674163100946,
            "account_id": "@contoh.id",
            "published_at": datetime(2026, 1, 10, 19, 42, 35, tzinfo=UTC),
            "kind": "short_video",
            "text": "Kabar #contoh",
            "url": "https://www.tiktok.com/@contoh.id/video/7593820674163100946",
            "duration_s": 21,
            "reaction_count": 10,
            "comment_count": 2,
            "share_count": 3,
            "save_count": 4,
            "view_count": 1050,
            "missing": {},
        }
    }


def test_fields_that_were_not_asked_for_are_not_collected():
    bare = {"video_id": 7593820674163100946, "create_time": 1768074155, "view_count": 0}
    (rows,) = read({"videos": [bare]})
    post = rows["posts"]
    assert (post["post_id"], post["account_id"]) == (7593820674163100946, None)
    assert (post["view_count"], post["missing"]) == (
        0,
        dict.fromkeys(
            ("reaction_count", "comment_count", "share_count", "save_count"), "not_collected"
        ),
    )


def test_comment_has_a_parent_unless_that_is_the_video():
    first = COMMENT | {"parent_comment_id": COMMENT["video_id"]}
    rows = [row["comments"] for row in read({"comments": [COMMENT, first]})]
    assert rows[0] == {
        "platform": "tiktok",
        "comment_id": 12345616934634134,
        "post_id": 7593820674163100946,
        "published_at": datetime(2026, 1, 10, 19, 43, 20, tzinfo=UTC),
        "text": "Bagus",
        "reaction_count": 5,
        "parent_id": 1234561201524010,
    }
    assert rows[1]["parent_id"] is None


def test_user_has_to_be_named():
    user = {"display_name": "Contoh", "follower_count": 232}
    (rows,) = read(user, "@contoh.id")
    assert rows == {
        "followers": {"platform": "tiktok", "account_id": "@contoh.id", "follower_count": 232}
    }
    with pytest.raises(InputError, match="--account @handle"):
        read(user)


CLAUSE = {"field_name": "region_code", "operation": "IN", "field_values": ["ID"]}
KNOWN = [
    ({"data": {"videos": []}}, "tiktok-research-api"),
    ({"data": {"comments": []}}, "tiktok-research-api"),
    ({"data": {"follower_count": 1}}, "tiktok-research-api"),
    ({"and": [CLAUSE]}, "tiktok-research-query"),
    ({"query": {"or": [CLAUSE]}, "max_count": 100}, "tiktok-research-query"),
    ({"data": {}, "error": {"code": "invalid", "log_id": "1"}}, "tiktok-research-error"),
    ({"and": []}, None),
    ({"data": [VIDEO]}, None),
    ([], None),
]


@pytest.mark.parametrize(("sample", "name"), KNOWN)
def test_documents_are_told_by_their_shape(sample, name):
    known = [empty for empty, is_known, _ in EMPTY if is_known(sample)]
    if claims(sample):
        known.append("tiktok-research-api")
    assert known == ([name] if name else [])
