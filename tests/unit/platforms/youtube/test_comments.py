"""YouTube's comments: whose they are stays unknown, but for those of the channel itself."""

import pytest

from tolok.platforms.youtube.comments import claims, items, nameless
from tolok.sources.authors import Authors

AUTHORS = Authors(b"secret")
CHANNEL = "UC_x5XG1OV2P6uZZ5FSM9Ttw"
VISITOR = "UCK8sQmJBp8GCxrZtXWBpyEA"


def comment(comment_id, author=VISITOR, **snippet):
    return {
        "kind": "youtube#comment",
        "id": comment_id,
        "snippet": {
            "authorDisplayName": "@pengunjung",
            "authorProfileImageUrl": "https://yt3.ggpht.com/rahasia",
            "authorChannelUrl": f"http://www.youtube.com/channel/{author}",
            "authorChannelId": {"value": author},
            "textDisplay": "Bagus &amp; jelas",
            "textOriginal": "Bagus & jelas",
            "likeCount": 3,
            "publishedAt": "2025-03-01T08:00:00Z",
            **snippet,
        },
    }


def threads(*listed):
    return {"kind": "youtube#commentThreadListResponse", "items": list(listed)}


def thread(first, *replies):
    snippet = {"channelId": CHANNEL, "videoId": "D-lhorsDlUQ", "topLevelComment": first}
    return {"id": first["id"], "snippet": snippet, "replies": {"comments": list(replies)}}


def read(document):
    return [item()["comments"] for item in items(nameless(document, AUTHORS), None)]


def test_thread_gives_its_comments_and_the_channel_is_known_among_them():
    reply = comment("Ugx.1", CHANNEL, parentId="Ugx")
    rows = read(threads(thread(comment("Ugx"), reply)))
    assert rows[0] == {
        "platform": "youtube",
        "comment_id": "Ugx",
        "post_id": "D-lhorsDlUQ",
        "author": AUTHORS.key_of("youtube", VISITOR),
        "published_at": "2025-03-01T08:00:00Z",
        "text": "Bagus & jelas",
        "reaction_count": 3,
        "is_institution": False,
        "parent_id": None,
    }
    names = ("comment_id", "post_id", "is_institution", "parent_id")
    assert [rows[1][name] for name in names] == ["Ugx.1", "D-lhorsDlUQ", True, "Ugx"]


def test_list_of_comments_has_the_videos_that_they_name():
    mine = comment("a", CHANNEL, channelId=CHANNEL, videoId="D-lhorsDlUQ")
    bare = comment("b", parentId="a")
    rows = read({"kind": "youtube#commentListResponse", "items": [mine, bare]})
    assert [row["post_id"] for row in rows] == ["D-lhorsDlUQ", None]
    assert [row["is_institution"] for row in rows] == [True, False]
    assert [row["parent_id"] for row in rows] == [None, "a"]


def test_answer_keeps_no_name_and_is_the_same_when_it_is_scrubbed_again():
    once = nameless(threads(thread(comment("Ugx"), comment("Ugx.1", CHANNEL))), AUTHORS)
    assert nameless(once, AUTHORS) == once
    text = str(once)
    assert all(name not in text for name in (VISITOR, "@pengunjung", "rahasia"))


def test_author_without_a_channel_is_known_by_the_name():
    gone = comment("Ugx")
    del gone["snippet"]["authorChannelId"]
    (row,) = read(threads(thread(gone)))
    assert row["author"] == AUTHORS.key_of("youtube", "@pengunjung")
    assert row["is_institution"] is None


@pytest.mark.parametrize(
    ("sample", "is_ours"),
    [
        ({"kind": "youtube#commentThreadListResponse"}, True),
        ({"kind": "youtube#commentListResponse"}, True),
        ({"kind": "youtube#videoListResponse"}, False),
        ([], False),
    ],
)
def test_only_comments_are_claimed(sample, is_ours):
    assert claims(sample) is is_ours
