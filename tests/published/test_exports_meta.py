"""Answers of Meta's own interfaces, 68 saved files: each comes in right, or says what to do."""

import json

import pytest
from tests.import_cases import EXPORTED_AT, bring, figures, stored

from tolok.errors import InputError

ROOT = "meta_api/testdata"
POSTS = "facebook/apidata/posts"
VIDEOS = "facebook/apidata/videos"
LIVES = "facebook/apidata/live_videos"
PAGES = "facebook/apidata/pages"
PHOTOS = "facebook/apidata/photos"
MEDIAS = "instagram/apidata/medias"
STORIES = "instagram/apidata/stories"
USERS = "instagram/apidata/users"
TAGS = "instagram/apidata/hashtags"
FOUND = "instagram/apidata/discovery"

TAKEN = {  # rows that come in without an account being named
    f"{LIVES}/live_video_default": 1,
    f"{LIVES}/live_videos_default": 2,
    f"{LIVES}/live_videos_p1": 3,
    f"{LIVES}/live_videos_p2": 3,
    f"{PAGES}/multi_default_fields": 2,
    f"{PAGES}/multi_pages": 2,
    f"{PAGES}/single_default_page": 1,
    f"{PAGES}/single_fields_page": 1,
    f"{POSTS}/feed_fields_p1": 5,
    f"{POSTS}/feed_fields_p2": 5,
    f"{POSTS}/feeds_default_fields_p1": 5,
    f"{POSTS}/feeds_default_fields_p2": 5,
    f"{POSTS}/multi_posts_data": 18,  # two posts, and the comments under them
    f"{POSTS}/multi_posts_data_fields": 2,
    f"{POSTS}/single_post_data": 1,
    f"{POSTS}/single_post_data_fields": 1,
    f"{VIDEOS}/video_info_default": 1,
    f"{VIDEOS}/videos_info_fields": 2,
    f"{VIDEOS}/videos_p1": 3,
    f"{VIDEOS}/videos_p2": 2,
    f"{FOUND}/user_fields": 1,
    f"{STORIES}/stories_default": 3,
    f"{STORIES}/stories_info": 2,
    f"{STORIES}/story_info": 1,
    f"{USERS}/medias_p1": 2,
    f"{USERS}/medias_p2": 2,
    f"{USERS}/stories": 2,
    f"{USERS}/user_fields": 1,
}
WITH_ACCOUNT = {
    f"{FOUND}/medias_p1": 2,
    f"{FOUND}/medias_p2": 2,
    f"{MEDIAS}/media_default": 1,
    f"{MEDIAS}/medias_fields": 2,
    f"{USERS}/tagged_medias": 5,  # nothing in it says that the media are other people's
}
NO_POST = "none of its"
NO_ITEM = "without posts, followers or comments"
ALONE = "its comments do not say under which post they stand"
OTHERS = "they are other people's posts"
REFUSED = {
    f"{LIVES}/live_video_fields": NO_POST,
    f"{LIVES}/live_videos_fields": NO_POST,
    f"{PAGES}/search_pages": NO_POST,
    f"{PHOTOS}/photo_info_default": NO_POST,
    f"{PHOTOS}/photo_info_fields": NO_POST,
    f"{PHOTOS}/photos_info_default": NO_POST,
    f"{PHOTOS}/photos_info_fields": NO_POST,
    f"{PHOTOS}/photos_p1": NO_POST,
    f"{PHOTOS}/photos_p2": NO_POST,
    f"{VIDEOS}/video_info_fields": NO_POST,
    f"{VIDEOS}/videos_info_default": NO_POST,
    f"{TAGS}/hashtag_info": NO_ITEM,
    f"{TAGS}/hashtag_recent_medias_p1": OTHERS,
    f"{TAGS}/hashtag_recent_medias_p2": NO_POST,
    f"{TAGS}/hashtag_top_medias_p1": OTHERS,
    f"{TAGS}/hashtag_top_medias_p2": NO_POST,
    f"{TAGS}/hashtags_info": NO_ITEM,
    f"{MEDIAS}/children": NO_POST,
    f"{MEDIAS}/comments_p1": ALONE,
    f"{MEDIAS}/comments_p2": ALONE,
    f"{MEDIAS}/insights": NO_ITEM,
    f"{MEDIAS}/insights_new": NO_ITEM,
    f"{MEDIAS}/product_tags": NO_ITEM,
    f"{STORIES}/stories_fields_p1": NO_POST,
    f"{USERS}/available_catalogs": NO_ITEM,
    f"{USERS}/catalog_product_search": NO_ITEM,
    f"{USERS}/content_publish_limit": NO_ITEM,
    f"{USERS}/hashtag_search": NO_ITEM,
    f"{USERS}/live_medias": NO_POST,
    f"{USERS}/mentioned_comment": ALONE,
    f"{USERS}/mentioned_media": OTHERS,
    f"{USERS}/product_appeal": NO_ITEM,
    f"{USERS}/recently_searched_hashtags": NO_ITEM,
    f"{USERS}/user_insights": NO_ITEM,
    f"{USERS}/user_insights_new": NO_ITEM,
}


@pytest.fixture(scope="module")
def answers(shared_data):
    """The folder of saved answers."""
    return shared_data / "exports" / ROOT


def brought(folder, file, **options):
    (report,) = bring(folder / "edition", file, exported_at=EXPORTED_AT, **options)
    return report


def test_every_file_is_stated(answers):
    found = {str(path.relative_to(answers))[:-5] for path in answers.rglob("*.json")}
    assert found == TAKEN.keys() | WITH_ACCOUNT.keys() | REFUSED.keys()
    assert len(found) == 68


@pytest.mark.parametrize(("name", "rows"), TAKEN.items())
def test_file_comes_in_whole(answers, tmp_path, name, rows):
    assert figures(brought(tmp_path, answers / f"{name}.json")) == (rows, rows, 0, 0)


@pytest.mark.parametrize(("name", "rows"), WITH_ACCOUNT.items())
def test_file_that_names_no_account_needs_it(answers, tmp_path, name, rows):
    with pytest.raises(InputError, match="--account"):
        brought(tmp_path, answers / f"{name}.json")
    report = brought(tmp_path, answers / f"{name}.json", account="@ikroskun")
    assert figures(report) == (rows, rows, 0, 0)


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_file_without_a_post_says_what_to_ask_for(answers, tmp_path, name, said):
    with pytest.raises(InputError) as refused:
        brought(tmp_path, answers / f"{name}.json", account="@ikroskun")
    assert said in str(refused.value)
    assert "Ask for" in str(refused.value) or said == NO_ITEM


def test_counts_of_facebook_posts_are_those_of_the_answer(answers, tmp_path):
    files = [answers / POSTS / f"feeds_default_fields_p{page}.json" for page in (1, 2)]
    bring(tmp_path / "edition", *files, exported_at=EXPORTED_AT)
    listed = [post for file in files for post in json.loads(file.read_text())["data"]]
    expected = {
        post["id"].partition("_")[2]: (
            post["reactions"]["summary"]["total_count"],
            post["comments"]["summary"]["total_count"],
            post["shares"]["count"],
        )
        for post in listed
    }
    rows = stored(tmp_path / "edition")
    assert {
        row["post_id"]: (row["reaction_count"], row["comment_count"], row["share_count"])
        for row in rows
    } == expected
    by_id = {row["post_id"]: row for row in rows}
    first = by_id["10158349356748553"]  # read by eye
    assert (first["reaction_count"], first["comment_count"], first["share_count"]) == (125, 13, 10)
    assert (first["account_id"], first["kind"]) == ("facebook:19292868552", "image")
    assert first["published_at"].isoformat() == "2021-07-09T19:09:52+00:00"
    assert by_id["10158347294088553"]["kind"] == "link"
    assert by_id["10158316421783553"]["reaction_count"] == 26959


def test_followers_and_handles_of_pages_and_accounts(answers, tmp_path):
    files = [answers / PAGES / "multi_pages.json", answers / USERS / "user_fields.json"]
    bring(tmp_path / "edition", *files, exported_at=EXPORTED_AT)
    followers = stored(tmp_path / "edition", "followers")
    assert {row["account_id"]: row["follower_count"] for row in followers} == {
        "facebook:19292868552": 7966989,
        "facebook:20531316728": 210103936,
        "instagram:@facebookfordevelopers": 64363,
    }
    aliases = stored(tmp_path / "edition", "aliases")
    assert {row["alias"]: row["account_id"] for row in aliases} == {
        "facebook:@facebookfordevelopers": "facebook:19292868552",
        "facebook:@facebookapp": "facebook:20531316728",
        "instagram:@facebookfordevelopers": "instagram:17841407673135339",
    }


def test_story_has_the_same_id_by_address_and_by_shortcode(answers, tmp_path):
    file = answers / STORIES / "stories_default.json"
    brought(tmp_path, file)
    listed = json.loads(file.read_text())["data"]
    rows = stored(tmp_path / "edition")
    assert {row["post_id"] for row in rows} == {story["shortcode"] for story in listed}
    assert {(row["kind"], row["account_id"]) for row in rows} == {("story", "instagram:@ikroskun")}
