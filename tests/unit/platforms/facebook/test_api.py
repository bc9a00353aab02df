"""Answers of the Facebook Graph API: whose a post is, and what an absent count means."""

import pytest
from tests.import_cases import bring, document, figures, flat, ndjson, stored
from tests.samples.facebook_api import OPTIONS, PAGE, SAMPLES, comment, post, total, video

from tolok.platforms.facebook.api import CommentsAlone, NoPost, PageNotNamed, claims, items


def read(value, account=None):
    """The rows of each item of an answer."""
    return [item() for item in flat(items(value, account))]


def posts(*found, **document):
    rows = read({"data": list(found), **document})
    return [row["posts"] for row in rows if "posts" in row]


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_of_every_shape_come_in(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    count = {"videos.json": 12, "page.json": 25}.get(name, 24)
    assert (report.format, figures(report)) == ("facebook-graph-api", (count, count, 0, 0))
    assert len(stored(tmp_path / "edition")) == 12
    if name != "videos.json":
        assert len(stored(tmp_path / "edition", "comments")) == 12


def test_post_stands_under_its_own_number_and_its_page():
    (row,) = posts(post(1))
    assert row == {
        "platform": "facebook",
        "post_id": "122100000000001",
        "account_id": PAGE,
        "published_at": "2025-10-02T04:05:06+0000",
        "kind": "image",
        "origin": "original",
        "text": "Kabar 1",
        "url": f"https://www.facebook.com/{PAGE}/posts/122100000000001/",
        "media_count": 1,
        "duration_s": None,
        "reaction_count": 41,
        "comment_count": 16,
        "share_count": 6,
        "save_count": None,
        "view_count": None,
        "missing": {"save_count": "not_offered", "view_count": "not_offered"},
    }


def without(found, *names):
    return {name: cell for name, cell in found.items() if name not in names}


def test_shares_that_are_absent_are_0_where_they_were_asked_for():
    rows = posts(post(1), without(post(2), "shares"))
    assert [row["share_count"] for row in rows] == [6, 0]
    (row,) = posts(without(post(2), "shares"))
    assert (row["share_count"], row["missing"]["share_count"]) == (None, "not_collected")
    asked = f"https://graph.facebook.com/v25.0/{PAGE}/posts?fields=id%2Cshares%2Cmessage"
    (row,) = posts(without(post(2), "shares"), paging={"next": asked})
    assert row["share_count"] == 0


def test_counts_that_were_not_asked_for_are_missing():
    (row,) = posts(without(post(2), "reactions", "comments"))
    assert (row["reaction_count"], row["missing"]["reaction_count"]) == (None, "not_collected")
    assert (row["comment_count"], row["missing"]["comment_count"]) == (None, "not_collected")


def attached(media_type, **rest):
    return {"attachments": {"data": [{"media_type": media_type, **rest}]}}


KINDS = [
    (attached("album", subattachments={"data": [{}, {}, {}]}), "carousel", 3),
    (attached("video"), "video", 1),
    (attached("link"), "link", None),
    ({"attachments": {}, "status_type": "added_video"}, "video", None),
    ({"permalink_url": "https://www.facebook.com/reel/1221/"}, "short_video", 1),
    ({"attachments": {}}, None, None),
]


@pytest.mark.parametrize(("changed", "kind", "count"), KINDS)
def test_kind_is_told_by_attachment_status_and_address(changed, kind, count):
    (row,) = posts(post(1, **changed))
    assert (row["kind"], row["media_count"]) == (kind, count)


def test_share_without_words_of_its_own_is_a_repost_without_counts():
    rows = posts(post(1, parent_id="9_8"), post(2, parent_id="9_8", message=""))
    assert [(row["origin"], row["reaction_count"]) for row in rows] == [
        ("quote", 41), ("repost", None),
    ]  # fmt: skip
    assert set(rows[1]["missing"].values()) == {"not_offered"}


def test_post_of_a_visitor_on_the_page_is_no_item():
    own = {"from": {"id": PAGE, "name": "Contoh"}}
    visitor = {"from": {"id": "777", "name": "Budi"}}
    assert [row["post_id"] for row in posts(post(1, **own), post(2, **visitor))] == [
        "122100000000001"
    ]


def test_video_is_its_pages_by_address_and_names_its_handle():
    (rows,) = read({"data": [video(1)]})
    found = rows["posts"]
    assert (found["post_id"], found["account_id"]) == ("133100000000001", "@contohresmi")
    assert (found["kind"], found["duration_s"]) == ("video", 61.5)
    assert found["url"] == "https://www.facebook.com/ContohResmi/videos/133100000000001/"
    asked = f"https://graph.facebook.com/v25.0/{PAGE}/videos?fields=id"
    (rows,) = read({"data": [video(1)], "paging": {"next": asked}})
    assert rows["posts"]["account_id"] == PAGE
    assert rows["aliases"]["alias"] == "@contohresmi"
    (rows,) = read({"data": [video(1, post_id=f"{PAGE}_55555", views=7)]})
    assert (rows["posts"]["post_id"], rows["posts"]["view_count"]) == ("55555", 7)


def test_video_that_names_no_page_needs_the_account():
    found = {"data": [without(video(1), "permalink_url")]}
    with pytest.raises(PageNotNamed):
        read(found)
    (rows,) = read(found, "@contoh")
    assert rows["posts"]["account_id"] == "@contoh"


def test_live_video_is_live():
    live = without(video(1), "created_time", "length") | {
        "creation_time": "2025-10-02T04:05:06+0000", "live_views": 0,
    }  # fmt: skip
    (row,) = posts(live)
    assert (row["kind"], row["published_at"]) == ("live", "2025-10-02T04:05:06+0000")
    assert (row["view_count"], row["missing"]["view_count"]) == (None, "not_collected")


def test_followers_are_likes_of_the_page_only_where_nothing_else_was_asked_for():
    page = {"id": PAGE, "username": "ContohResmi", "fan_count": 8}
    (rows,) = read(page)
    assert rows["followers"]["follower_count"] == 8
    assert "fan_count" in rows["note"]["text"]
    (rows,) = read(page | {"followers_count": 9})
    assert rows["followers"]["follower_count"] == 9
    assert "note" not in rows
    assert rows["aliases"] == {
        "platform": "facebook", "account_id": PAGE, "alias": "@ContohResmi",
    }  # fmt: skip


def test_note_on_likes_of_a_page_stands_in_the_report_once(tmp_path):
    pages = {str(number): {"id": str(number), "name": "A", "fan_count": 8} for number in (1, 2)}
    (report,) = bring(tmp_path / "edition", document(tmp_path / "a.json", pages), **OPTIONS)
    assert len(report.notes) == 1


def test_commenters_land_without_their_names_and_the_page_with_its_own(tmp_path):
    mine = comment(2, PAGE, **{"from": {"id": PAGE, "name": "Contoh"}})
    reply = comment(3, **{"from": {"id": "888", "name": "Siti Contoh"}})
    theirs = comment(1, comments={"data": [reply]})
    file = document(tmp_path / "a.json", {"data": [post(1, comments=total(3, [theirs, mine]))]})
    bring(tmp_path / "edition", file, **OPTIONS)
    rows = stored(tmp_path / "edition", "comments")
    assert {r["comment_id"]: (r["is_institution"], r["parent_id"]) for r in rows} == {
        theirs["id"]: (False, None),
        mine["id"]: (True, None),
        reply["id"]: (False, theirs["id"]),
    }
    assert {r["post_id"] for r in rows} == {"122100000000001"}
    (landed,) = (path for path in (tmp_path / "edition" / "landing").rglob("*.json*")
                 if "Kabar" in path.read_text("utf-8"))  # fmt: skip
    content = landed.read_text("utf-8")
    assert [f'"{name}' in content for name in ("Budi", "Siti", "777", "888")] == [False] * 4
    assert '"Contoh"' in content


def test_comment_whose_names_cannot_be_found_does_not_land(tmp_path):
    odd = post(2, comments={"data": [comment(2, **{"from": "Budi Contoh"})]})
    file = ndjson(tmp_path / "a.ndjson", [post(1), odd])
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert figures(report) == (4, 3, 0, 1)
    assert report.rejects[0].reason == "has not the shape of facebook-graph-api"
    landed = (tmp_path / "edition" / "landing").rglob("*")
    assert not any("Budi" in path.read_text("utf-8") for path in landed if path.is_file())


VIDEOS = [video(number) for number in range(3)]
NAMELESS_VIDEO = {name: cell for name, cell in video(3).items() if name != "permalink_url"}
ODD = [
    ("text", "is no object of facebook-graph-api, as most others here are"),
    ({"id": None, "from": {"name": "Budi"}}, "is no object of facebook-graph-api"),
    (video(3, **{"from": "Budi"}), "is no object of facebook-graph-api"),
    (video(3, permalink_url=["x"]), "has not the shape of facebook-graph-api"),
    (NAMELESS_VIDEO, "its videos do not say whose they are"),
    (comment(3), "its objects are comments, or other people's posts"),
]


@pytest.mark.parametrize(("odd", "reason"), ODD)
def test_odd_object_is_refused_alone_and_no_name_in_it_lands(tmp_path, odd, reason):
    file = document(tmp_path / "a.json", {"data": [VIDEOS[0], odd, *VIDEOS[1:]]})
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert figures(report) == (4, 3, 0, 1)
    assert report.rejects[0].row == 2
    assert report.rejects[0].reason.startswith(reason)
    landed = (tmp_path / "edition" / "landing").rglob("*")
    assert not any("Budi" in path.read_text("utf-8") for path in landed if path.is_file())


def test_document_of_which_half_is_odd_is_nobodys():
    assert claims({"data": [*VIDEOS, 1, 2]})
    assert not claims({"data": [*VIDEOS, 1, 2, 3]})


REFUSED = [
    ({"id": "1", "created_time": "2021-05-20T19:17:41+0000"}, NoPost),
    ({"data": [{"id": "1", "name": "A", "link": "https://www.facebook.com/1"}]}, NoPost),
    ({"id": "1", "description": "A", "updated_time": "2021-07-20T01:55:06+0000"}, NoPost),
    ({"data": [comment(1), comment(2)]}, CommentsAlone),
    ({"data": [without(comment(1), "like_count")]}, CommentsAlone),
]


@pytest.mark.parametrize(("value", "refusal"), REFUSED)
def test_what_is_no_post_says_what_to_ask_for(value, refusal):
    assert claims(value)
    with pytest.raises(refusal, match="Ask for"):
        read(value)


def test_answers_of_others_are_not_claimed():
    account = {"id": "17841400000000001", "followers_count": 1}
    others: list = [account, {"data": []}, [], {"a": {}}]
    assert [claims(value) for value in others] == [False] * 4
