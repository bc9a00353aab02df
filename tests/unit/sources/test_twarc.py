"""twarc-csv's table, flattened posts of twarc2, and its files that hold no posts."""

import json
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, ndjson, readings, stored
from tests.samples.twarc import SAMPLES, flat, row, table

from tolok.errors import FileFault, UnknownFormat

READ_AT = datetime(2025, 10, 20, 3, tzinfo=UTC)
COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")


def counts(post):
    return tuple(post[name] for name in COUNTS)


def only_post(tmp_path, content, name="posts.csv"):
    (tmp_path / name).write_bytes(content)
    (report,) = bring(tmp_path / "edition", tmp_path / name)
    assert figures(report) == (1, 1, 0, 0)
    (post,) = stored(tmp_path / "edition")
    return post


def test_rows_of_the_table_come_in_with_their_author(tmp_path):
    (tmp_path / "posts.csv").write_bytes(SAMPLES["posts.csv"])
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv")
    assert (report.format, figures(report)) == ("twarc-csv", (11, 11, 0, 0))
    posts = stored(tmp_path / "edition")
    assert [counts(post) for post in posts] == [(20, 3, 7, 1, 1000 + n) for n in range(1, 12)]
    first = posts[0]
    assert (first["post_id"], first["account_id"]) == ("1974000000000000001", "x:77001")
    assert (first["kind"], first["origin"], first["language"]) == ("text", "original", "in")
    assert first["text"] == 'Halo, "dunia"\nbaris 1 🎉'
    assert first["published_at"] == datetime(2025, 10, 1, 1, tzinfo=UTC)
    assert {post["observed_at"] for post in posts} == {READ_AT}
    (followers,) = readings(tmp_path / "edition", "followers")
    assert (followers["account_id"], followers["observed_at"]) == ("x:77001", READ_AT)
    assert followers["follower_count"] == 900
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert (alias["account_id"], alias["alias"]) == ("x:77001", "x:@contoh")


@pytest.mark.parametrize(
    ("cells", "origin"),
    [
        ({"referenced_tweets.quoted.id": "19"}, "quote"),
        ({"referenced_tweets.replied_to.id": "19"}, "reply"),
        ({"referenced_tweets.quoted.id": "19", "referenced_tweets.replied_to.id": "18"}, "reply"),
    ],
)
def test_what_a_row_refers_to_tells_its_origin(tmp_path, cells, origin):
    post = only_post(tmp_path, table([row(**cells)]))
    assert (post["origin"], counts(post)) == (origin, (20, 3, 7, 1, 1001))


def test_counts_of_a_repost_are_the_originals(tmp_path):
    post = only_post(tmp_path, table([row(**{"referenced_tweets.retweeted.id": "19"})]))
    assert (post["origin"], counts(post)) == ("repost", (None,) * 5)
    assert {post[f"{name}_missing"] for name in COUNTS} == {"not_offered"}


def test_views_of_old_posts_are_missing_and_not_zero(tmp_path):
    old = {"created_at": "2022-12-01T01:00:00.000Z", "public_metrics.impression_count": 0}
    post = only_post(tmp_path, table([row(**old)]))
    assert (post["view_count"], post["view_count_missing"]) == (None, "not_collected")


def test_no_views_of_a_newer_post_are_zero(tmp_path):
    post = only_post(tmp_path, table([row(**{"public_metrics.impression_count": 0})]))
    assert post["view_count"] == 0


def older(number, references="", **cells):
    """A row as twarc-csv wrote it before May 2021."""
    found = {name: cell for name, cell in row(number).items() if "twarc" not in name}
    text = json.dumps(f"Baris\n{number}")
    return {**found, "text": text, "referenced_tweets": references, **cells}


def test_older_table_has_no_time_of_reading_and_texts_of_json(tmp_path):
    references = json.dumps([{"type": "quoted", "id": "19"}, {"type": "replied_to", "id": "18"}])
    rows = [older(1), older(2, references), older(3, "none")]
    file = tmp_path / "posts.csv"
    file.write_bytes(table(rows, tuple(rows[0])))
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert "--exported-at" in str(refused.value)
    (report,) = bring(tmp_path / "edition", file, exported_at=READ_AT)
    assert (report.format, figures(report)) == ("twarc-csv", (3, 3, 0, 0))
    posts = stored(tmp_path / "edition")
    assert [(post["origin"], post["text"], post["observed_at"]) for post in posts] == [
        ("original", "Baris\n1", READ_AT),
        ("reply", "Baris\n2", READ_AT),
        ("original", "Baris\n3", READ_AT),
    ]
    assert [row["follower_count"] for row in readings(tmp_path / "edition", "followers")] == [900]


def test_post_that_is_one_quotation_keeps_its_marks_among_others(tmp_path):
    rows = [row(1, text='"Kutipan"'), row(2, text="Biasa")]
    (tmp_path / "posts.csv").write_bytes(table(rows))
    bring(tmp_path / "edition", tmp_path / "posts.csv")
    assert [post["text"] for post in stored(tmp_path / "edition")] == ['"Kutipan"', "Biasa"]


@pytest.mark.parametrize(
    ("cells", "kind", "media_count"),
    [
        ({"entities.urls": '["https://contoh.go.id/a"]'}, "link", 0),
        ({"entities.urls": '["https://x.com/a/status/1"]'}, "text", 0),
        ({"attachments.media": '[{"type": "photo"}]'}, "image", 1),
        ({"attachments.media": '[{"type": "photo"}]', "entities.urls": '["pic.x.com/a"]'},
         "image", 1),
        ({"attachments.media": '[{"type": "photo"}, {"type": "photo"}]'}, "carousel", 2),
        ({"attachments.media": '[{"type": "photo"}, {"type": "video"}]'}, "video", 2),
        ({"attachments.media_keys": '["3_1", "3_2"]'}, None, 2),
        ({"entities.urls": "not JSON"}, "text", 0),
    ],
)  # fmt: skip
def test_media_and_links_tell_the_kind(tmp_path, cells, kind, media_count):
    post = only_post(tmp_path, table([row(**cells)]))
    assert (post["kind"], post["media_count"]) == (kind, media_count)


def test_id_cut_by_a_spreadsheet_is_refused(tmp_path):
    (tmp_path / "posts.csv").write_bytes(table([row(), row(2, id="1.974E+18")]))
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv")
    assert figures(report) == (2, 1, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value) == (3, "post_id", "1.974E+18")
    assert reject.reason.startswith("has lost digits")


def test_older_version_of_an_edited_post_is_refused_in_the_table(tmp_path):
    versions = json.dumps(["1974000000000000001", "1974000000000000002"])
    rows = [row(n, edit_history_tweet_ids=versions) for n in (1, 2)]
    (tmp_path / "posts.csv").write_bytes(table(rows))
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv")
    assert figures(report) == (2, 1, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.reason) == (
        2,
        "is an older version of a post that was edited; the post is 1974000000000000002",
    )


def test_flattened_posts_bring_their_author(tmp_path):
    (tmp_path / "flat.jsonl").write_bytes(SAMPLES["flat.jsonl"])
    (report,) = bring(tmp_path / "edition", tmp_path / "flat.jsonl")
    assert (report.format, figures(report)) == ("x-api", (11, 11, 0, 0))
    posts = stored(tmp_path / "edition")
    assert [counts(post) for post in posts] == [(20, 3, 7, 1, 1000)] * 11
    assert {post["observed_at"] for post in posts} == {READ_AT}
    (followers,) = readings(tmp_path / "edition", "followers")
    assert followers["follower_count"] == 900
    (alias,) = readings(tmp_path / "edition", "aliases")
    assert alias["alias"] == "x:@contoh"


def test_flattened_media_tell_the_kind(tmp_path):
    media = {"media_keys": ["3_1"], "media": [{"media_key": "3_1", "type": "photo"}]}
    (tmp_path / "one").mkdir()
    post = only_post(tmp_path / "one", json.dumps(flat(attachments=media)).encode(), "a.jsonl")
    assert (post["kind"], post["media_count"]) == ("image", 1)


def test_older_version_of_an_edited_flattened_post_is_refused(tmp_path):
    versions = ["1974000000000000001", "1974000000000000002"]
    lines = [flat(number, edit_history_tweet_ids=versions) for number in (1, 2)]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "flat.jsonl", lines))
    assert figures(report) == (2, 1, 0, 1)
    (reject,) = report.rejects
    assert (reject.row, reject.value) == (1, "1974000000000000001")
    assert reject.reason == (
        "is an older version of a post that was edited; the post is 1974000000000000002"
    )


@pytest.mark.parametrize(
    ("item", "holds"),
    [
        (
            {"start": "2021-10-16T18:00:00Z", "end": "2021-10-16T19:00:00Z", "tweet_count": 3},
            "holds how many posts of X a search found in each period",
        ),
        (
            {"id": "13", "name": "Daftar", "owner_id": "11", "member_count": 3},
            "holds lists of accounts of X",
        ),
    ],
)
def test_files_of_no_posts_say_what_they_hold(tmp_path, item, holds):
    file = ndjson(tmp_path / "a.jsonl", [{"data": [item], "__twarc": {"version": "2.5"}}])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert str(refused.value) == (
        f"a.jsonl: {holds}, and no posts, accounts or followers. Bring the file of posts or users."
    )


def test_one_object_with_an_id_and_a_text_is_no_post_of_x(tmp_path):
    line = {"id": "1", "text": "halo", "created_at": "2025-10-01T01:00:00Z"}
    with pytest.raises(UnknownFormat):
        bring(tmp_path / "edition", ndjson(tmp_path / "a.jsonl", [line]))


def test_post_without_a_time_of_reading_is_refused_alone_where_others_say_theirs(tmp_path):
    lines = [flat(1), flat(2), flat(3)]
    del lines[1]["__twarc"]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "flat.jsonl", lines))
    assert figures(report) == (3, 2, 0, 1)
    (reject,) = report.rejects
    reason = "says no time of reading; name the export's with --exported-at"
    assert (reject.row, reject.reason) == (2, reason)
