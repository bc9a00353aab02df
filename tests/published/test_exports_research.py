"""Real files of research tools: which come in, which are refused and why, figures as json has them.

twarc2's answers, academictwitteR's folders, and info files of yt-dlp.
"""

import json
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, readings, stored

from tolok.errors import InputError

EXPORTED_AT = datetime(2023, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def twarc(shared_data):
    """The folder of files that twarc2 wrote."""
    return shared_data / "exports" / "twarc_csv" / "test-data"


# name, rows: read and kept, of them users
TWARC = [
    ("cotweet.jsonl", 2),
    ("edited.jsonl", 2),
    ("edited_after.jsonl", 2),
    ("many_urls.jsonl", 2),
    ("media_tweet.jsonl", 2),
    ("mentions_tweet.jsonl", 2),
    ("quoted_edit.jsonl", 2),
    ("two_tweets.jsonl", 2),
    ("verified_type.jsonl", 2),
]


@pytest.mark.parametrize(("name", "rows"), TWARC)
def test_answers_of_twarc_come_in_as_json_has_them(twarc, tmp_path, name, rows):
    (report,) = bring(tmp_path / "edition", twarc / name)
    assert (report.format, figures(report)) == ("x-api", (rows, rows, 0, 0))
    (answer,) = [json.loads(line) for line in (twarc / name).read_text("utf-8").splitlines()]
    users = {
        f"x:{user['id']}": user["public_metrics"]["followers_count"]
        for user in answer["includes"]["users"]
        if user["id"] in {item["author_id"] for item in answer["data"]}
    }  # those who were only mentioned are nobody's concern
    found = readings(tmp_path / "edition", "followers")
    assert {row["account_id"]: row["follower_count"] for row in found} == users
    posts = stored(tmp_path / "edition")
    assert [(post["post_id"], post["account_id"], post["text"]) for post in posts] == [
        (item["id"], f"x:{item['author_id']}", item["text"]) for item in answer["data"]
    ]
    read_at = datetime.fromisoformat(answer["__twarc"]["retrieved_at"])
    assert {post["observed_at"] for post in posts} == {read_at}


# name, origin, likes, replies, reposts and quotes, kind: by hand from the files
POSTS = [
    ("cotweet.jsonl", "original", 4, 0, 1, "text"),
    ("edited.jsonl", "original", 27, 12, 4, "text"),
    ("edited_after.jsonl", "original", 32, 14, 5, "text"),
    ("many_urls.jsonl", "reply", 13, 1, 2, "link"),
    ("media_tweet.jsonl", "original", 93, 3, 20, "video"),
    ("mentions_tweet.jsonl", "repost", None, None, None, "text"),
    ("quoted_edit.jsonl", "reply", 1, 1, 0, "text"),
    ("two_tweets.jsonl", "repost", None, None, None, "text"),
    ("verified_type.jsonl", "original", 745, 37, 128, "text"),
]


def test_counts_of_twarc_are_those_of_the_file(twarc, tmp_path):
    bring(tmp_path / "edition", *(twarc / name for name, *_ in POSTS))
    names = ("origin", "reaction_count", "comment_count", "share_count", "kind")
    found = [[post[name] for name in names] for post in stored(tmp_path / "edition")]
    assert sorted(found, key=repr) == sorted((expected for _, *expected in POSTS), key=repr)


def test_version_before_an_edit_is_refused_and_its_author_comes_in(twarc, tmp_path):
    (report,) = bring(tmp_path / "edition", twarc / "edited_before.jsonl")
    assert figures(report) == (2, 1, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.value) == (1, "1576994746135764992")
    assert reject.reason == (
        "is an older version of a post that was edited; the post is 1576994789110992896"
    )
    (followers,) = readings(tmp_path / "edition", "followers")
    assert followers["follower_count"] == 138097


NOTHING = "and no posts, accounts or followers. Bring the file of posts or users."


def test_files_of_twarc_without_posts_say_so(twarc, tmp_path):
    said = {}
    for name in ("counts.jsonl", "lists.jsonl", "empty.json"):
        with pytest.raises(InputError) as refused:
            bring(tmp_path / "edition", twarc / name)
        said[name] = str(refused.value)
    assert said["counts.jsonl"] == (
        f"counts.jsonl: holds how many posts of X a search found in each period, {NOTHING}"
    )
    assert said["lists.jsonl"] == f"lists.jsonl: holds lists of accounts of X, {NOTHING}"
    assert "(the file is empty)" in said["empty.json"]
    assert "(the file is empty)" in said["empty.json"]


def test_every_file_of_twarc_is_accounted_for(twarc):
    tested = {name for name, _ in TWARC}
    refused = {"counts.jsonl", "edited_before.jsonl", "empty.json", "lists.jsonl"}
    assert {path.name for path in twarc.iterdir()} == tested | refused


# folder, number in the name
ACADEMIC = [
    ("inst/extdata/tweetdata", "1402939532849319939"),
    ("tests/testdata/commtwitter", "1399765322509557763"),
    ("tests/testdata/reuters", "1219780709600124929"),
]


@pytest.mark.parametrize(("folder", "number"), ACADEMIC)
def test_folders_of_academictwitter_come_in(shared_data, tmp_path, folder, number):
    home = shared_data / "exports" / "twitter_v2_academictwitter" / folder
    files = {kind: home / f"{kind}_{number}.json" for kind in ("data", "users")}
    assert set(home.iterdir()) == set(files.values())
    listed = json.loads(files["data"].read_text("utf-8"))
    included = json.loads(files["users"].read_text("utf-8"))["users"]
    options = {"exported_at": EXPORTED_AT}
    data, people = bring(tmp_path / "edition", files["data"], files["users"], **options)
    assert (data.format, figures(data)) == ("x-api", (len(listed), len(listed), 0, 0))
    assert (people.format, figures(people)) == ("x-api", (len(included), len(included), 0, 0))
    likes = sum(
        item["public_metrics"]["like_count"]
        for item in listed
        if "retweeted" not in {r.get("type") for r in item.get("referenced_tweets") or ()}
    )
    found = stored(tmp_path / "edition")
    assert sum(post["reaction_count"] or 0 for post in found) == likes


@pytest.fixture(scope="session")
def videos(shared_data):
    """The folder of info files that yt-dlp's forerunner wrote, all of one video."""
    return shared_data / "exports" / "ytdlp" / "tests" / "test_tubeup_files"


VIDEO = "Mountain_3_-_Video_Background_HD_1080p-6iRV8liah8A"


@pytest.mark.parametrize("end", ["info.json", "info_no_tags.json", "info_no_uploader.json"])
def test_info_files_come_in(videos, tmp_path, end):
    file = videos / f"{VIDEO}.{end}"
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert (report.format, figures(report)) == ("yt-dlp", (1, 1, 0, 0))
    assert report.notes == ("gives some videos a day and no hour: they stand at midnight UTC.",)
    (video,) = stored(tmp_path / "edition")
    names = ("post_id", "account_id", "published_at", "reaction_count", "view_count", "duration_s")
    assert [video[name] for name in names] == [
        "6iRV8liah8A",
        "youtube:UCWpsozCMdAnfI16rZHQ9XDg",
        datetime(2015, 1, 5, tzinfo=UTC),
        4,
        3417,
        10,
    ]
    assert (video["comment_count"], video["comment_count_missing"]) == (None, "not_collected")


def test_info_file_without_a_date_has_its_row_refused(videos, tmp_path):
    file = videos / f"{VIDEO}.info_no_date.json"
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert figures(report) == (1, 0, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.reason) == (1, "published_at", "is missing")


def test_old_info_file_has_to_be_told_when_it_was_read(videos, tmp_path):
    with pytest.raises(InputError) as refused:
        bring(tmp_path / "edition", videos / f"{VIDEO}.info.json")
    assert str(refused.value) == (
        f"{VIDEO}.info.json: does not say when it was exported, and counts change. "
        "Name the instant with --exported-at."
    )


def test_every_info_file_is_accounted_for(videos):
    ends = ("json", "_no_date.json", "_no_tags.json", "_no_uploader.json")
    names = {f"{VIDEO}.info{'.' if end == 'json' else ''}{end}" for end in ends}
    assert {path.name for path in videos.iterdir()} == names
