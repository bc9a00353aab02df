"""The Meta Content Library: its ids are no platform's, and absent views are not 0."""

import json

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.meta_content_library import (
    FACEBOOK,
    INSTAGRAM,
    OPTIONS,
    SAMPLES,
    nested,
    post,
    table,
)

from tolok.errors import UnknownFormat


def brought(folder, content, name="posts.csv"):
    """The report of a file of that content, and the rows of its posts."""
    (folder / name).write_bytes(content)
    (report,) = bring(folder / "edition", folder / name, **OPTIONS)
    return report, stored(folder / "edition")


@pytest.mark.parametrize("name", SAMPLES)
def test_posts_come_in_with_every_digit_of_their_ids(tmp_path, name):
    report, rows = brought(tmp_path, SAMPLES[name], name)
    assert (report.format, figures(report)) == ("meta-content-library", (12, 12, 0, 0))
    platform = name.partition(".")[0]
    first, second = rows[0], rows[1]
    assert first["post_id"] == "mcl:9007199254740993000"
    assert first["account_id"] == f"{platform}:@contohresmi"
    assert (first["text"], first["language"]) == ('Kabar "0"\nbaris dua', "id")
    assert first["reaction_count"] == (53 if platform == "facebook" else 50)
    assert (first["comment_count"], first["view_count"]) == (10, 900)
    assert (second["view_count"], second["view_count_missing"]) == (None, "not_collected")
    assert second["kind"] == "image"
    shares = (second["share_count"], second["share_count_missing"])
    assert shares == ((3, None) if platform == "facebook" else (None, "not_offered"))
    assert "mcl:" in report.notes[0]


def test_table_and_answer_say_the_same(tmp_path):
    names = ["facebook.csv", "facebook.json", "facebook.ndjson"]
    for name in names:
        (tmp_path / name).write_bytes(SAMPLES[name])
    reports = bring(tmp_path / "edition", *(tmp_path / name for name in names), **OPTIONS)
    assert [figures(report) for report in reports] == [
        (12, 12, 0, 0), (12, 0, 12, 0), (12, 0, 12, 0),
    ]  # fmt: skip


def test_owner_without_a_username_is_the_librarys_number(tmp_path):
    header = [name for name in FACEBOOK if name != "post_owner.username"]
    _, rows = brought(tmp_path, table(header, [post(0)]))
    assert rows[0]["account_id"] == "facebook:mcl-9007199254740990001"


def test_share_of_another_post_has_its_counts_only_with_words_of_its_own(tmp_path):
    posts = [post(0, shared_post_id=7), post(1, shared_post_id=7, text="")]
    _, rows = brought(tmp_path, table(FACEBOOK, posts))
    assert [(row["origin"], row["reaction_count"]) for row in rows] == [
        ("quote", 53), ("repost", None),
    ]  # fmt: skip
    answer = json.dumps({"data": [nested(FACEBOOK, found) for found in posts]}).encode()
    (tmp_path / "json").mkdir()
    _, same = brought(tmp_path / "json", answer, "posts.json")
    assert [row["origin"] for row in same] == ["quote", "repost"]


@pytest.mark.parametrize("name", ["posts.csv", "posts.json"])
def test_id_that_lost_digits_is_refused(tmp_path, name):
    posts = [post(0, id=9.007199254740993e18), post(1)]
    as_json = json.dumps({"data": [nested(FACEBOOK, found) for found in posts]}).encode()
    content = as_json if name.endswith("json") else table(FACEBOOK, posts)
    report, rows = brought(tmp_path, content, name)
    assert [row["post_id"] for row in rows] == ["mcl:9007199254740993001"]
    assert [reject.row for reject in report.rejects] == [1 if name.endswith("json") else 2]


@pytest.mark.parametrize("odd", ["text", {"id": 3}, None])
def test_odd_value_among_posts_is_refused_alone(tmp_path, odd):
    posts = [nested(FACEBOOK, post(number)) for number in range(2)]
    content = json.dumps({"data": [posts[0], odd, posts[1]]}).encode()
    report, rows = brought(tmp_path, content, "posts.json")
    assert [row["post_id"][-1] for row in rows] == ["0", "1"]
    assert [reject.row for reject in report.rejects] == [2]


def test_default_columns_without_text_come_in(tmp_path):
    header = [name for name in FACEBOOK if name not in {"text", "lang", "shared_post_id"}]
    _, rows = brought(tmp_path, table(header, [post(0)]))
    assert (rows[0]["text"], rows[0]["origin"], rows[0]["kind"]) == (None, "original", "video")


def test_posts_of_another_platform_of_the_library_are_not_taken_for_instagrams(tmp_path):
    header = [*INSTAGRAM, "statistics.repost_count"]
    (tmp_path / "threads.csv").write_bytes(table(header, [post(0)]))
    with pytest.raises(UnknownFormat):
        bring(tmp_path / "edition", tmp_path / "threads.csv", **OPTIONS)
