"""Saved answers: items are counted once, and a count without its time is refused."""

import json
from datetime import UTC, datetime

import pytest
from tests.import_cases import EXPORTED_AT, bring, document, figures, stored

from tolok.errors import FileFault

CHANNEL = {"id": "UC1", "statistics": {"subscriberCount": "10"}, "snippet": {"customUrl": "@Satu"}}


def channels(*listed):
    return {"kind": "youtube#channelListResponse", "items": list(listed)}


def test_item_that_fills_two_tables_is_one_row(tmp_path):
    hidden = {"id": "UC2", "statistics": {"hiddenSubscriberCount": True}, "snippet": {}}
    file = document(tmp_path / "answer.json", channels(CHANNEL, hidden, CHANNEL | {"id": "UC3"}))
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert (report.format, figures(report)) == ("youtube-api", (3, 2, 0, 1))
    (reject,) = report.rejects
    assert (reject.row, reject.reason) == (2, "gives neither a count nor a handle")
    followers = stored(tmp_path / "edition", "followers")
    aliases = stored(tmp_path / "edition", "aliases")
    assert [(r["account_id"], r["source_row"]) for r in followers] == [
        ("youtube:UC1", 1), ("youtube:UC3", 3),
    ]  # fmt: skip
    assert [r["alias"] for r in aliases] == ["youtube:@satu", "youtube:@satu"]


def test_item_with_one_bad_row_is_rejected_whole(tmp_path):
    bad = CHANNEL | {"id": "UC2", "statistics": {"subscriberCount": "many"}}
    file = document(tmp_path / "answer.json", channels(CHANNEL, bad))
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert figures(report) == (2, 1, 0, 1)
    assert [r["account_id"] for r in stored(tmp_path / "edition", "aliases")] == ["youtube:UC1"]


def test_item_of_which_one_table_gains_is_kept(tmp_path):
    one = document(tmp_path / "one.json", channels(CHANNEL))
    two = document(
        tmp_path / "two.json", channels(CHANNEL | {"statistics": {"subscriberCount": "11"}})
    )
    reports = bring(tmp_path / "edition", one, two, exported_at=EXPORTED_AT)
    assert [figures(report) for report in reports] == [(1, 1, 0, 0), (1, 1, 0, 0)]
    assert len(stored(tmp_path / "edition", "aliases")) == 1


def test_answers_one_a_line_are_one_file_and_a_broken_line_is_one_row(tmp_path):
    lines = [json.dumps(channels(CHANNEL)), '{"kind": ', json.dumps({"kind": "other"})]
    file = tmp_path / "answers.ndjson"
    file.write_text("\n".join([*lines, json.dumps(channels(CHANNEL | {"id": "UC3"}))]))
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert figures(report) == (4, 2, 0, 2)
    assert [reject.row for reject in report.rejects] == [2, 3]
    assert report.rejects[1].reason == "is no answer of youtube-api"


def test_answer_without_its_time_is_refused(tmp_path):
    file = document(tmp_path / "answer.json", channels(CHANNEL))
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert str(refused.value) == (
        "answer.json: does not say when it was exported, and counts change. "
        "Name the instant with --exported-at."
    )


def test_answer_that_carries_its_time_needs_none(tmp_path):
    post = {"id": "1", "text": "a", "author_id": "2", "created_at": "2025-01-01T00:00:00Z"}
    answer = {"data": [post], "__twarc": {"retrieved_at": "2025-01-02T00:00:00+00:00"}}
    bring(tmp_path / "edition", document(tmp_path / "answer.json", answer))
    assert stored(tmp_path / "edition")[0]["observed_at"] == datetime(2025, 1, 2, tzinfo=UTC)


def test_answer_that_names_no_account_is_refused_by_file(tmp_path):
    answer = {"business_discovery": {"id": "178"}}
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", document(tmp_path / "answer.json", answer))
    assert str(refused.value).startswith("answer.json: the answer of business_discovery has no ")


def test_long_line_of_an_answer_is_read_whole(tmp_path):
    listed = [CHANNEL | {"id": f"UC{number}"} for number in range(2000)]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(channels(*listed)))
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert figures(report) == (2000, 2000, 0, 0)


def test_comments_of_youtube_land_without_the_names_of_their_authors(tmp_path):
    snippet = {
        "authorDisplayName": "@pengunjung", "authorChannelId": {"value": "UCpengunjung"},
        "channelId": "UC1", "videoId": "D-lhorsDlUQ", "textOriginal": "Bagus", "likeCount": 3,
        "publishedAt": "2025-03-01T08:00:00Z",
    }  # fmt: skip
    own = {"id": "b", "snippet": snippet | {"authorChannelId": {"value": "UC1"}}}
    answer = {
        "kind": "youtube#commentListResponse",
        "items": [{"id": "a", "snippet": snippet}, own],
    }
    file = document(tmp_path / "answer.json", answer)
    (report,) = bring(tmp_path / "edition", file, exported_at=EXPORTED_AT)
    assert (report.format, figures(report)) == ("youtube-api-comments", (2, 2, 0, 0))
    rows = stored(tmp_path / "edition", "comments")
    assert [row["is_institution"] for row in rows] == [False, True]
    assert all(row["author_key"].startswith("key:") for row in rows)
    landed = [path.read_text() for path in (tmp_path / "edition" / "landing").rglob("*.json")]
    assert landed
    assert not any("pengunjung" in text for text in landed)
