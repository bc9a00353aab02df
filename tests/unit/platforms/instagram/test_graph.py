"""Answers of the Instagram Graph API: own media come in, other people's do not."""

import pytest
from tests.import_cases import bring, document, figures, flat, stored
from tests.samples.instagram_graph import ACCOUNT, OPTIONS, SAMPLES, comment, medium, without

from tolok.platforms.instagram.graph import (
    AccountNotNamed,
    CommentsAlone,
    NoPost,
    OthersMedia,
    claims,
    items,
)

BARE = without(medium(1), "username", "owner", "comments")


def read(value, account=None):
    """The rows of each item of an answer."""
    return [item() for item in flat(items(value, account))]


def address(identity, edge):
    return {"paging": {"next": f"https://graph.facebook.com/v25.0/{identity}/{edge}?limit=2"}}


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_of_every_shape_come_in(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    count = {"stories.json": 12, "account.json": 13}.get(name, 24)
    assert (report.format, figures(report)) == ("instagram-graph-api", (count, count, 0, 0))
    rows = stored(tmp_path / "edition")
    assert [row["reaction_count"] for row in rows] == [50 + number for number in range(12)]
    assert {row["account_id"] for row in rows} == {"instagram:@contoh.resmi"}


def test_medium_is_a_post_of_its_owner_with_both_names():
    (rows,) = read(without(medium(1), "comments"))
    assert rows["posts"]["post_id"] == "Ab_-0000001"
    assert rows["posts"]["missing"] == dict.fromkeys(
        ("share_count", "save_count", "view_count"), "not_collected"
    )
    assert rows["aliases"] == {
        "platform": "instagram", "account_id": ACCOUNT, "alias": "@contoh.resmi",
    }  # fmt: skip


def test_likes_that_were_not_asked_for_of_the_own_account_are_not_hidden():
    (rows,) = read(without(medium(1), "comments", "like_count"))
    assert rows["posts"]["missing"]["reaction_count"] == "not_collected"


def test_lifetime_insights_inside_a_medium_are_its_counts():
    insights = [
        {"name": "saved", "period": "lifetime", "values": [{"value": 4}]},
        {"name": "shares", "period": "lifetime", "values": [{"value": 5}]},
        {"name": "views", "period": "day", "values": [{"value": 6}]},
    ]
    (rows,) = read(BARE | {"username": "contoh", "insights": {"data": insights}})
    row = rows["posts"]
    assert (row["save_count"], row["share_count"], row["view_count"]) == (4, 5, None)
    assert row["missing"] == {"view_count": "not_collected"}


def test_story_is_told_by_its_address():
    story = BARE | {"permalink": "https://instagram.com/stories/contoh/2421239445800645437"}
    (rows,) = read({"data": [story]})
    row = rows["posts"]
    assert (row["kind"], row["post_id"], row["account_id"]) == ("story", "CGZ-HKbHHM9", "@contoh")


OWNERS = [
    ({"data": [BARE]} | address(ACCOUNT, "media"), None, ACCOUNT),
    ({"data": [BARE]}, "@contoh", "@contoh"),
    ({"data": [BARE | {"owner": {"id": ACCOUNT}}]}, None, ACCOUNT),
    ({BARE["id"]: BARE}, "@contoh", "@contoh"),
]


@pytest.mark.parametrize(("value", "account", "owner"), OWNERS)
def test_owner_is_who_the_answer_or_the_operator_names(value, account, owner):
    assert [rows["posts"]["account_id"] for rows in read(value, account)] == [owner]


OTHERS = {"mentioned_media": without(BARE, "permalink"), "id": ACCOUNT}
REFUSED = [
    ({"data": [BARE]}, AccountNotNamed),
    ({"data": [BARE]} | address("17843826142012701", "top_media"), OthersMedia),
    ({"data": [BARE]} | address("17843826142012701", "recent_media"), OthersMedia),
    ({"data": [BARE]} | address(ACCOUNT, "tags"), OthersMedia),
    (OTHERS, OthersMedia),
    ({"data": [without(BARE, "timestamp")]}, NoPost),
    ({"data": [without(BARE, "permalink")]}, NoPost),
    (
        {"data": [without(BARE, "caption", "like_count", "comments_count", "media_product_type")]},
        NoPost,
    ),
    ({"data": [comment(1)]}, CommentsAlone),
    ({"data": [comment(1, media={"id": "1789"})]}, CommentsAlone),
    ({"mentioned_comment": comment(1), "id": ACCOUNT}, CommentsAlone),
]


@pytest.mark.parametrize(("value", "refusal"), REFUSED)
def test_what_cannot_be_told_as_a_post_says_what_to_ask_for(value, refusal):
    assert claims(value)
    with pytest.raises(refusal, match="Ask for"):
        read(value)


MEDIA = [medium(number) for number in range(3)]
ODD = [
    ("text", "is no object of instagram-graph-api, as most others here are"),
    ({"id": "1", "username": "budi"}, "is no object of instagram-graph-api"),
    (medium(3, permalink=["x"]), "has not the shape of instagram-graph-api"),
    (without(medium(3), "username", "owner"), "its media do not say whose they are"),
    (comment(3, "budi"), "its comments do not say under which post they stand"),
]


@pytest.mark.parametrize(("odd", "reason"), ODD)
def test_odd_object_is_refused_alone_and_no_name_in_it_lands(tmp_path, odd, reason):
    media = [without(found, "comments") for found in MEDIA]
    odd = odd if isinstance(odd, str) else without(odd, "comments")
    file = document(tmp_path / "a.json", {"data": [media[0], odd, *media[1:]]})
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert figures(report) == (4, 3, 0, 1)
    assert report.rejects[0].row == 2
    assert report.rejects[0].reason.startswith(reason)
    landed = (tmp_path / "edition" / "landing").rglob("*")
    assert not any("budi" in path.read_text("utf-8") for path in landed if path.is_file())


def test_document_of_which_half_is_odd_is_nobodys():
    assert claims({"data": [*MEDIA, 1, 2]})
    assert not claims({"data": [*MEDIA, 1, 2, 3]})


def test_comment_without_its_time_lands_without_its_name(tmp_path):
    untimed = without(comment(1, "budi"), "timestamp")
    file = document(tmp_path / "a.json", {"data": [medium(1, comments={"data": [untimed]})]})
    bring(tmp_path / "edition", file, **OPTIONS)
    landed = (tmp_path / "edition" / "landing").rglob("*")
    assert not any("budi" in path.read_text("utf-8") for path in landed if path.is_file())


def test_comment_that_names_its_medium_by_shortcode_comes_in():
    (rows,) = read({"data": [comment(1, media={"id": "1789", "shortcode": "Ab_-0000001"})]})
    assert rows["comments"]["post_id"] == "Ab_-0000001"


def test_commenters_land_without_their_names_and_the_account_with_its_own(tmp_path):
    reply = comment(3, "siti.contoh", user={"id": "555123456789012"})
    theirs = comment(1, replies={"data": [reply]})
    mine = comment(2, "contoh.resmi")
    value = {"data": [medium(1, comments={"data": [theirs, mine]})]}
    bring(tmp_path / "edition", document(tmp_path / "a.json", value), **OPTIONS)
    rows = stored(tmp_path / "edition", "comments")
    assert {r["comment_id"]: (r["is_institution"], r["parent_id"]) for r in rows} == {
        theirs["id"]: (False, None),
        mine["id"]: (True, None),
        reply["id"]: (False, theirs["id"]),
    }
    assert len({row["author_key"] for row in rows}) == 3
    (landed,) = (
        path
        for path in (tmp_path / "edition" / "landing").rglob("*.json*")
        if "Kabar" in path.read_text("utf-8")
    )
    content = landed.read_text("utf-8")
    assert [name in content for name in ("budi", "siti", "555123456789012", "contoh.resmi")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_same_person_has_one_hash_by_answer_and_by_name(tmp_path):
    answers = [
        {"data": [medium(number, comments={"data": [comment(number)]})]} for number in (1, 2)
    ]
    answers[1]["data"][0]["comments"]["data"][0].pop("from")
    files = [document(tmp_path / f"{number}.json", answer) for number, answer in enumerate(answers)]
    bring(tmp_path / "edition", *files, **OPTIONS)
    rows = stored(tmp_path / "edition", "comments")
    assert (len(rows), len({row["author_key"] for row in rows})) == (2, 1)


def test_answers_of_others_are_not_claimed():
    page = {"id": "100064000000001", "followers_count": 1, "username": "a"}
    others: list = [page, {"data": []}, [], {"business_discovery": {"id": "1"}}]
    assert [claims(value) for value in others] == [False] * 4
