"""YouTube's answers: what is absent says why, and nothing is guessed."""

import pytest

from tolok.platforms.youtube.api import claims, items

VIDEO = {
    "id": "D-lhorsDlUQ",
    "snippet": {
        "publishedAt": "2019-03-21T20:37:49.000Z",
        "channelId": "UC_x5XG1OV2P6uZZ5FSM9Ttw",
        "title": "Judul",
        "description": "Isi",
        "defaultAudioLanguage": "id",
    },
    "contentDetails": {"duration": "PT1H2M3S"},
    "statistics": {"viewCount": "100", "likeCount": "7", "commentCount": "0"},
}


def read(document, account):
    """The rows of each item of an answer."""
    return [item() for item in items(document, account)]


def posts(*videos):
    document = {"kind": "youtube#videoListResponse", "items": list(videos)}
    return [rows["posts"] for rows in read(document, None)]


def test_video_becomes_a_post():
    assert posts(VIDEO) == [
        {
            "platform": "youtube",
            "post_id": "D-lhorsDlUQ",
            "account_id": "UC_x5XG1OV2P6uZZ5FSM9Ttw",
            "published_at": "2019-03-21T20:37:49.000Z",
            "kind": "video",
            "text": "Judul\n\nIsi",
            "url": "https://www.youtube.com/watch?v=D-lhorsDlUQ",
            "language": "id",
            "media_count": 1,
            "duration_s": 3723.0,
            "reaction_count": "7",
            "comment_count": "0",
            "view_count": "100",
            "missing": {"share_count": "not_offered", "save_count": "not_offered"},
        }
    ]


def test_absent_counts_are_hidden_or_closed_and_an_absent_part_was_not_asked_for():
    closed = VIDEO | {"statistics": {"viewCount": "100"}}
    unasked = {name: part for name, part in VIDEO.items() if name != "statistics"}
    never = {"share_count": "not_offered", "save_count": "not_offered"}
    assert [post["missing"] for post in posts(closed, unasked)] == [
        {**never, "reaction_count": "hidden", "comment_count": "disabled"},
        {
            **never,
            "reaction_count": "not_collected",
            "comment_count": "not_collected",
            "view_count": "not_collected",
        },
    ]


KINDS = [
    ({"contentDetails": {"duration": "PT60S"}}, "short_video"),
    ({"contentDetails": {"duration": "PT1M1S"}}, "video"),
    ({"contentDetails": {"duration": "P1DT0S"}}, "video"),
    ({"contentDetails": {}}, None),
    ({"liveStreamingDetails": {}, "contentDetails": {"duration": "PT30S"}}, "live"),
]


@pytest.mark.parametrize(("parts", "kind"), KINDS)
def test_kind_follows_from_the_length(parts, kind):
    assert posts(VIDEO | parts)[0]["kind"] == kind


CHANNELS = [
    (
        {"subscriberCount": "1230", "hiddenSubscriberCount": False},
        "@Satu",
        ["followers", "aliases"],
    ),
    ({"subscriberCount": "0", "hiddenSubscriberCount": True}, "@Satu", ["aliases"]),
    ({"subscriberCount": "1230"}, None, ["followers"]),
    ({"hiddenSubscriberCount": True}, None, []),
]


@pytest.mark.parametrize(("statistics", "handle", "tables"), CHANNELS)
def test_channel_gives_what_it_shows(statistics, handle, tables):
    channel = {"id": "UC1", "statistics": statistics, "snippet": {"customUrl": handle}}
    (rows,) = read({"kind": "youtube#channelListResponse", "items": [channel]}, None)
    assert list(rows) == tables
    assert all(row["account_id"] == "UC1" for row in rows.values())


@pytest.mark.parametrize(
    ("sample", "is_ours"),
    [
        ({"kind": "youtube#videoListResponse"}, True),
        ({"kind": "youtube#channelListResponse"}, True),
        ({"kind": "youtube#playlistItemListResponse"}, False),
        ([], False),
        (None, False),
    ],
)
def test_only_answers_with_counts_are_claimed(sample, is_ours):
    assert claims(sample) is is_ours
