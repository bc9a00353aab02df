"""Saved answers of YouTube and TikTok: each comes in, or is refused with what to do."""

import json
from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored

from tolok.sources.batch import NothingInside

EXPORTED_AT = datetime(2025, 4, 30, tzinfo=UTC)
YOUTUBE = "youtube_api/testdata/apidata"
TIKTOK = "tiktok_research/tests/testthat"
TAKEN = {
    f"{YOUTUBE}/channel_info_multi.json": ("aliases", 2, 2),
    f"{YOUTUBE}/channel_info_single.json": ("followers", 1, 1),
    f"{YOUTUBE}/channels/info.json": ("aliases", 1, 1),
    f"{YOUTUBE}/channels/info_multiple.json": ("followers", 2, 2),
    f"{YOUTUBE}/videos/videos_chart_paged_1.json": ("observations", 5, 5),
    f"{YOUTUBE}/videos/videos_chart_paged_2.json": ("observations", 3, 3),
    f"{YOUTUBE}/videos/videos_info_multi.json": ("observations", 2, 2),
    f"{YOUTUBE}/videos/videos_info_single.json": ("observations", 1, 1),
    f"{TIKTOK}/example_resp_comments.json": ("comments", 1, 1),
    f"{TIKTOK}/example_resp_q_user.json": ("followers", 1, 1),
    f"{TIKTOK}/example_resp_q_videos.json": ("observations", 2, 1),  # one video, twice
}
"""The table that each fills, its items, and the rows kept."""
ASK = "Ask videos.list (parts snippet, contentDetails, statistics, liveStreamingDetails)"
BRING = "Bring the answer to it."
EMPTY = {
    f"{YOUTUBE}/activities/activities_by_channel_p1.json": ASK,
    f"{YOUTUBE}/activities/activities_by_channel_p2.json": ASK,
    f"{YOUTUBE}/playlist_items/playlist_items_paged_1.json": ASK,
    f"{YOUTUBE}/playlist_items/playlist_items_paged_2.json": ASK,
    f"{YOUTUBE}/playlist_items/playlist_items_single.json": ASK,
    f"{YOUTUBE}/playlists/playlists_paged_1.json": ASK,
    f"{YOUTUBE}/playlists/playlists_paged_2.json": ASK,
    f"{YOUTUBE}/search/search_by_keywords_p1.json": ASK,
    f"{YOUTUBE}/search/search_by_keywords_p2.json": ASK,
    f"{YOUTUBE}/search/search_channels.json": ASK,
    f"{YOUTUBE}/search/search_videos_by_channel.json": ASK,
    f"{TIKTOK}/example_query.json": BRING,
    f"{TIKTOK}/example_request.json": BRING,
}


@pytest.fixture(scope="session")
def exports(shared_data):
    """The folder of exports."""
    return shared_data / "exports"


def test_every_file_is_taken_or_refused(exports):
    found = {
        path.relative_to(exports).as_posix()
        for folder in ("youtube_api", "tiktok_research")
        for path in (exports / folder).rglob("*.json")
    }
    assert found == TAKEN.keys() | EMPTY.keys()


@pytest.mark.parametrize("path", list(TAKEN))
def test_answers_come_in(exports, tmp_path, path):
    table, items, kept = TAKEN[path]
    options = {"exported_at": EXPORTED_AT, "account": "@contoh"}
    (report,) = bring(tmp_path / "edition", exports / path, **options)
    assert figures(report) == (items, kept, items - kept, 0)
    assert len(stored(tmp_path / "edition", table)) == kept


@pytest.mark.parametrize("path", list(EMPTY))
def test_answers_without_counts_are_refused_with_what_to_do(exports, tmp_path, path):
    with pytest.raises(NothingInside) as refused:
        bring(tmp_path / "edition", exports / path, exported_at=EXPORTED_AT)
    assert EMPTY[path] in str(refused.value)
    assert not (tmp_path / "edition" / "store").exists()


def test_folder_leaves_them_out_and_says_so(exports, tmp_path):
    folder = exports / YOUTUBE
    reports = bring(tmp_path / "edition", folder, exported_at=EXPORTED_AT)
    left = [report for report in reports if report.format == "left out"]
    assert (len(reports), len(left)) == (19, 11)
    assert all(ASK in report.notes[0] for report in left)


def test_subscribers_and_videos_are_those_of_the_file(exports, tmp_path):
    bring(
        tmp_path / "edition",
        exports / YOUTUBE / "channel_info_single.json",
        exports / YOUTUBE / "channels/info_multiple.json",
        exported_at=EXPORTED_AT,
    )
    several = json.loads((exports / YOUTUBE / "channels/info_multiple.json").read_bytes())
    expected = {
        (f"youtube:{item['id']}", int(item["statistics"]["subscriberCount"]))
        for item in several["items"]
    }
    rows = stored(tmp_path / "edition", "followers")
    found = {(row["account_id"], row["follower_count"]) for row in rows}
    assert found == expected | {("youtube:UC_x5XG1OV2P6uZZ5FSM9Ttw", 1_927_873)}


def test_tiktok_keeps_its_digits_and_warns(exports, tmp_path):
    options = {"exported_at": EXPORTED_AT, "account": "@contoh"}
    files = [exports / TIKTOK / f"example_resp_{name}.json" for name in ("q_videos", "comments")]
    reports = bring(tmp_path / "edition", *files, **options)
    assert [report.format for report in reports] == ["tiktok-research-api"] * 2
    warning = "counts of the Research API differ from those that TikTok shows"
    assert all(report.notes[0].startswith(warning) for report in reports)
    (video,) = stored(tmp_path / "edition")
    names = ("post_id", "account_id", "view_count", "comment_count", "reaction_count_missing")
    assert [video[name] for name in names] == [
        "702874395068494965", "tiktok:@contoh", 1050, 2, "not_collected",
    ]  # fmt: skip
    assert video["published_at"] == datetime(2021, 10, 9, 23, 59, 59, tzinfo=UTC)
    (comment,) = stored(tmp_path / "edition", "comments")
    assert (comment["comment_id"], comment["post_id"]) == (
        "12345616934634134", "1234563451201523412",
    )  # fmt: skip
    assert (comment["reaction_count"], comment["author_key"]) == (50, None)
