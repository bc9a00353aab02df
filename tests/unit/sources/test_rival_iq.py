"""Rival IQ's posts: a row says when it was read; followers are those at its publishing."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.rival_iq import CROSS, OPTIONS, SAMPLES, TIKTOK, cross_row, tiktok_row, written

from tolok.errors import FileFault

READ_AT = datetime(2025, 4, 29, tzinfo=UTC)
PUBLISHED_AT = datetime(2025, 3, 1, 1, tzinfo=UTC)


def brought(tmp_path, header, *rows):
    """The report and the stored rows of an export."""
    (tmp_path / "posts.csv").write_bytes(written(header, rows))
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv", **OPTIONS)
    return report, stored(tmp_path / "edition")


@pytest.mark.parametrize("name", list(SAMPLES))
def test_sample_comes_in_whole(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == ("rival-iq", (10, 10, 0, 0))


def test_post_of_all_channels_is_read_by_its_header(tmp_path):
    _, (row,) = brought(tmp_path, CROSS, cross_row())
    known = {name: value for name, value in row.items() if value is not None}
    for name in ("source_sha256", "text_hash", "source_row", "published_on", "is_listing"):
        known.pop(name)
    assert known == {
        "platform": "x",
        "post_id": "1700000000000000001",
        "account_id": "x:@dinascontoh",
        "published_at": PUBLISHED_AT,
        "observed_at": READ_AT,
        "kind": "image",
        "origin": "original",
        "text": "Halo 1 🎉",
        "url": "https://twitter.com/DinasContoh/status/1700000000000000001",
        "reaction_count": 40,
        "comment_count": 15,
        "share_count": 5,
        "engagement_count": 60,
        "save_count_missing": "not_offered",
        "view_count_missing": "not_collected",
    }


def test_post_of_one_channel_has_its_network_in_the_address_and_its_time_in_two_columns(tmp_path):
    _, (row,) = brought(tmp_path, TIKTOK, tiktok_row())
    assert (row["platform"], row["account_id"]) == ("tiktok", "tiktok:@dinascontoh")
    assert (row["post_id"], row["kind"]) == ("7350000000000000001", "video")
    assert (row["published_at"], row["view_count"], row["share_count"]) == (PUBLISHED_AT, 9876, 5)


def test_followers_are_a_reading_at_the_time_of_publishing(tmp_path):
    brought(tmp_path, CROSS, cross_row(1), cross_row(2, audience=""))
    (reading,) = stored(tmp_path / "edition", "followers")
    assert (reading["account_id"], reading["follower_count"]) == ("x:@dinascontoh", 45123)
    assert reading["observed_at"] == PUBLISHED_AT


def test_row_without_its_own_moment_was_read_when_the_report_was_made(tmp_path):
    _, (row,) = brought(tmp_path, CROSS, cross_row(captured_at=""))
    assert row["observed_at"] == datetime(2025, 4, 30, 3, tzinfo=UTC)


def test_row_that_does_not_say_when_it_was_read_is_rejected(tmp_path):
    unread = cross_row(2, captured_at="", report_generated_at="")
    report, _ = brought(tmp_path, CROSS, cross_row(1), unread)
    assert (report.rejects[0].row, report.rejects[0].column) == (3, "observed_at")


INSTAGRAM = {"channel": "instagram", "post_link": "https://www.instagram.com/p/CJggXA2AtD3/"}
CELLS = [
    ({"applause": "0"}, "reaction_count", "hidden"),
    ({"amplification": "0"}, "share_count", "not_offered"),
    ({"conversation": ""}, "comment_count", "not_collected"),
]


@pytest.mark.parametrize(("cells", "count", "reason"), CELLS)
def test_count_that_instagram_does_not_show_is_never_zero(tmp_path, cells, count, reason):
    _, (row,) = brought(tmp_path, CROSS, cross_row(**INSTAGRAM, **cells))
    assert (row[count], row[f"{count}_missing"]) == (None, reason)


def test_times_without_a_zone_need_one(tmp_path):
    (tmp_path / "posts.csv").write_bytes(SAMPLES["social-posts.csv"])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "posts.csv")
    assert "--timezone" in str(refused.value)
