"""X's answers in both spellings, alone and in lists, and what a repost's counts are."""

import pytest

from tolok.platforms.x.api import claims, items

METRICS = {
    "retweet_count": 4,
    "quote_count": 2,
    "reply_count": 1,
    "like_count": 9,
    "bookmark_count": 3,
    "impression_count": 500,
}
POST = {
    "id": "1406007405180342275",
    "author_id": "58755490",
    "text": "Halo",
    "created_at": "2023-06-18T21:54:22.000Z",
    "lang": "in",
    "public_metrics": METRICS,
}
USER = {"id": "58755490", "username": "Contoh", "public_metrics": {"followers_count": 3317}}


def read(document, account):
    """The rows of each item of an answer."""
    return [item() for item in items(document, account)]


def posts(document):
    return [rows["posts"] for rows in read(document, None) if "posts" in rows]


def test_post_has_all_its_counts():
    assert posts([POST]) == [
        {
            "platform": "x",
            "post_id": "1406007405180342275",
            "account_id": "58755490",
            "published_at": "2023-06-18T21:54:22.000Z",
            "kind": "text",
            "origin": "original",
            "text": "Halo",
            "url": "https://x.com/i/status/1406007405180342275",
            "language": "in",
            "media_count": 0,
            "reaction_count": 9,
            "comment_count": 1,
            "share_count": 6,
            "save_count": 3,
            "view_count": 500,
            "missing": {},
        }
    ]


def test_new_spelling_of_reposts_is_the_same_count():
    metrics = {name: n for name, n in METRICS.items() if name != "retweet_count"}
    (post,) = posts([POST | {"public_metrics": metrics | {"repost_count": 4}}])
    assert post["share_count"] == 6


ORIGINS = [
    ({"referenced_tweets": [{"type": "quoted", "id": "1"}]}, "quote"),
    ({"referenced_posts": [{"type": "replied_to", "id": "1"}]}, "reply"),
    ({"referenced_tweets": [{"type": "quoted"}, {"type": "replied_to"}]}, "reply"),
    ({"referenced_tweets": {}}, "original"),
    ({"referenced_tweets": [{"type": "retweeted", "id": "1"}]}, "repost"),
]


@pytest.mark.parametrize(("fields", "origin"), ORIGINS)
def test_origin_follows_from_what_is_referred_to(fields, origin):
    assert posts([POST | fields])[0]["origin"] == origin


def test_counts_of_a_repost_are_the_originals_and_are_left_out():
    (post,) = posts([POST | {"referenced_tweets": [{"type": "retweeted", "id": "1"}]}])
    names = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
    assert [post[name] for name in names] == [None] * 5
    assert post["missing"] == dict.fromkeys(names, "not_offered")


VIEWS = [
    ("2022-12-14T23:59:59.000Z", 0, None),
    ("2022-12-15T00:00:00.000Z", 0, 0),
    ("2022-12-14T23:59:59.000Z", 7, 7),
    ("not a time", 0, 0),
    (None, 0, 0),
]


@pytest.mark.parametrize(("created_at", "given", "views"), VIEWS)
def test_no_views_before_they_were_counted_is_not_zero(created_at, given, views):
    metrics = METRICS | {"impression_count": given}
    (post,) = posts([POST | {"created_at": created_at, "public_metrics": metrics}])
    assert post["view_count"] == views
    assert post["missing"] == ({} if views is not None else {"view_count": "not_collected"})


def test_counts_that_were_not_asked_for_are_not_collected():
    bare = {name: value for name, value in POST.items() if name != "public_metrics"}
    (post,) = posts([bare])
    assert set(post["missing"].values()) == {"not_collected"}
    assert len(post["missing"]) == 5


KINDS = [
    (["photo"], "image"),
    (["photo", "photo"], "carousel"),
    (["video"], "video"),
    (["animated_gif"], "video"),
    ([None], None),
]


@pytest.mark.parametrize(("types", "kind"), KINDS)
def test_kind_follows_from_the_media_that_are_included(types, kind):
    keys = [f"3_{number}" for number in range(len(types))]
    media = [{"media_key": k, "type": t} for k, t in zip(keys, types, strict=True) if t]
    post = POST | {"attachments": {"media_keys": keys}}
    (found,) = posts({"data": [post], "includes": {"media": media}})
    assert (found["kind"], found["media_count"]) == (kind, len(types))


LINKS = [
    ("https://contoh.go.id/berita", "link"),
    ("https://twitter.com/a/status/1", "text"),
    ("https://x.com/a/status/1", "text"),
]


@pytest.mark.parametrize(("address", "kind"), LINKS)
def test_link_to_a_quoted_post_makes_no_link_of_it(address, kind):
    (post,) = posts([POST | {"entities": {"urls": [{"expanded_url": address}]}}])
    assert post["kind"] == kind


SHAPES = [
    ({"data": [POST], "includes": {"users": [USER]}}, ["posts", "aliases"]),
    ({"data": POST}, ["posts"]),
    ([POST], ["posts"]),
    ({"users": [USER]}, ["aliases"]),
    ({"data": [USER]}, ["aliases"]),
]


@pytest.mark.parametrize(("document", "tables"), SHAPES)
def test_every_shape_of_answer_is_read(document, tables):
    assert claims(document)
    assert [next(iter(rows)) for rows in read(document, None)] == tables


def test_user_gives_followers_and_a_handle():
    assert list(read({"users": [USER]}, None)) == [
        {
            "aliases": {"platform": "x", "account_id": "58755490", "alias": "@Contoh"},
            "followers": {"platform": "x", "account_id": "58755490", "follower_count": 3317},
        }
    ]


def test_time_of_reading_that_twarc_writes_is_taken():
    document = {"data": [POST], "__twarc": {"retrieved_at": "2025-01-01T00:00:00+00:00"}}
    assert posts(document)[0]["observed_at"] == "2025-01-01T00:00:00+00:00"


@pytest.mark.parametrize("sample", [[], {}, {"data": []}, {"data": [{"id": "1"}]}, ["a"], None])
def test_other_json_is_not_claimed(sample):
    assert claims(sample) is False
