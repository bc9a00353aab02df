"""Answers of business_discovery: shortcodes, hidden likes, and whose they are."""

import pytest

from tolok.platforms.instagram.api import AccountNotNamed, claims, items

MEDIUM = {
    "id": "17885103395504675",
    "caption": "Halo",
    "comments_count": 11,
    "like_count": 87,
    "media_type": "IMAGE",
    "permalink": "https://www.instagram.com/p/CSr71Gzlqo4/",
    "timestamp": "2021-08-17T19:00:42+0000",
}


def read(document, account):
    """The rows of each item of an answer."""
    return [item() for item in items(document, account)]


def discovery(*media, **fields):
    return {"business_discovery": {"id": "178", "media": {"data": list(media)}, **fields}}


def posts(*media):
    return [rows["posts"] for rows in read(discovery(*media), "@contoh")]


def test_medium_becomes_a_post_under_its_shortcode():
    assert posts(MEDIUM) == [
        {
            "platform": "instagram",
            "post_id": "CSr71Gzlqo4",
            "account_id": "@contoh",
            "published_at": "2021-08-17T19:00:42+0000",
            "kind": "image",
            "text": "Halo",
            "url": "https://www.instagram.com/p/CSr71Gzlqo4/",
            "media_count": 1,
            "reaction_count": 87,
            "comment_count": 11,
            "view_count": None,
            "missing": {
                "share_count": "not_offered",
                "save_count": "not_offered",
                "view_count": "not_collected",
            },
        }
    ]


def test_likes_that_are_left_out_are_hidden():
    (post,) = posts({name: value for name, value in MEDIUM.items() if name != "like_count"})
    assert (post["reaction_count"], post["missing"]["reaction_count"]) == (None, "hidden")


REEL = "https://www.instagram.com/reel/CSr71Gzlqo4/"
KINDS = [
    ({"media_type": "VIDEO", "media_product_type": "REELS"}, "short_video", 1),
    ({"media_type": "VIDEO", "media_product_type": "FEED"}, "video", 1),
    ({"media_type": "VIDEO", "permalink": REEL}, "short_video", 1),
    ({"media_type": "CAROUSEL_ALBUM"}, "carousel", None),
    ({"media_type": "CAROUSEL_ALBUM", "children": {"data": [{}, {}, {}]}}, "carousel", 3),
    ({"media_type": "NEW"}, None, 1),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "media_count"), KINDS)
def test_kind_of_a_medium(fields, kind, media_count):
    (post,) = posts(MEDIUM | fields)
    assert (post["kind"], post["media_count"]) == (kind, media_count)


def test_profile_gives_followers_and_a_handle():
    (rows,) = read(discovery(username="Contoh", followers_count=5), None)
    assert rows == {
        "followers": {"platform": "instagram", "account_id": "@Contoh", "follower_count": 5},
        "aliases": {"platform": "instagram", "account_id": "178", "alias": "@Contoh"},
    }


def test_answer_without_a_name_needs_the_account():
    with pytest.raises(AccountNotNamed) as refused:
        list(read(discovery(MEDIUM), None))
    assert "--account @handle" in str(refused.value)


def test_only_answers_of_business_discovery_are_claimed():
    assert claims(discovery()) is True
    assert claims({"data": []}) is False
