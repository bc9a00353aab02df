"""CrowdTangle's exports: zones by name, English numbers, followers at the time of publishing."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import EXPORTED_AT, bring, figures, stored
from tests.samples.crowdtangle import (
    FACEBOOK,
    INSTAGRAM,
    OPTIONS,
    SAMPLES,
    facebook_row,
    instagram_row,
    written,
)

from tolok.errors import FileFault

FORMATS = ["crowdtangle-facebook", "crowdtangle-facebook", "crowdtangle-instagram"]


def facebook(tmp_path, *rows, header=FACEBOOK):
    """The report and the rows of the store of an export of Facebook posts."""
    (tmp_path / "posts.csv").write_bytes(written(header, rows))
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv", exported_at=EXPORTED_AT)
    return report, stored(tmp_path / "edition")


def instagram(tmp_path, *rows):
    """The rows of the store of an export of Instagram posts."""
    (tmp_path / "posts.csv").write_bytes(written(INSTAGRAM, rows))
    bring(tmp_path / "edition", tmp_path / "posts.csv", exported_at=EXPORTED_AT)
    return stored(tmp_path / "edition")


@pytest.mark.parametrize(("name", "format_name"), list(zip(SAMPLES, FORMATS, strict=True)))
def test_sample_comes_in_whole(tmp_path, name, format_name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == (format_name, (10, 10, 0, 0))


def test_facebook_post_is_read_by_its_header(tmp_path):
    _, (row,) = facebook(tmp_path, facebook_row())
    known = {name: value for name, value in row.items() if value is not None}
    for name in ("source_sha256", "text_hash", "source_row", "published_on", "is_listing"):
        known.pop(name)
    assert known == {
        "platform": "facebook",
        "post_id": "1015940001",
        "account_id": "facebook:7533944086",
        "published_at": datetime(2021, 7, 6, 20, 45, 1, tzinfo=UTC),
        "observed_at": EXPORTED_AT,
        "kind": "image",
        "origin": "original",
        "text": 'Halo, "dunia"\nbaris 1 🎉',
        "url": "https://www.facebook.com/7533944086/posts/1015940001",
        "is_paid": False,
        "reaction_count": 1100,
        "comment_count": 100,
        "share_count": 34,
        "engagement_count": 1234,
        "save_count_missing": "not_offered",
        "view_count_missing": "not_offered",
    }
    (alias,) = stored(tmp_path / "edition", "aliases")
    assert (alias["account_id"], alias["alias"]) == ("facebook:7533944086", "facebook:@dinascontoh")


def test_followers_at_posting_are_a_reading_at_that_time_and_none_where_unknown(tmp_path):
    blank = {"Followers at Posting": ""}
    zero = {"Followers at Posting": "0"}
    facebook(tmp_path, facebook_row(1), facebook_row(2, **blank), facebook_row(3, **zero))
    (reading,) = stored(tmp_path / "edition", "followers")
    assert reading["follower_count"] == 1562141
    assert reading["observed_at"] == datetime(2021, 7, 6, 20, 45, 1, tzinfo=UTC)


TYPES = [
    ("Photo", "image", None),
    ("Native Video", "video", 321),
    ("Live Video Complete", "live", 321),
    ("Live Video Scheduled", "live", 321),
    ("Link", "link", 321),
    ("Status", "text", 321),
    ("YouTube", None, 321),
]


@pytest.mark.parametrize(("name", "kind", "views"), TYPES)
def test_kind_is_told_by_the_type(tmp_path, name, kind, views):
    _, (row,) = facebook(tmp_path, facebook_row(Type=name, **{"Post Views": str(views or 0)}))
    assert (row["kind"], row["view_count"]) == (kind, views)


def test_views_of_a_video_may_be_zero_and_its_length_is_known(tmp_path):
    cells = {"Type": "Native Video", "Video Length": "01:02:03"}
    _, (row,) = facebook(tmp_path, facebook_row(**cells))
    assert (row["view_count"], row["duration_s"]) == (0, 3723.0)


def test_sponsored_post_is_paid(tmp_path):
    _, (row,) = facebook(tmp_path, facebook_row(**{"Sponsor Name": "Mitra"}))
    assert row["is_paid"] is True


def test_file_from_before_care_lacks_one_part_of_the_sum(tmp_path):
    header = tuple(name for name in FACEBOOK if name not in {"Care", "Video Length"})
    row = {name: cell for name, cell in facebook_row().items() if name in header}
    _, (row,) = facebook(tmp_path, row, header=header)
    assert row["reaction_count"] == 1095


def test_sum_with_a_missing_part_is_no_count(tmp_path):
    _, (row,) = facebook(tmp_path, facebook_row(Love="N/A"))
    assert (row["reaction_count"], row["reaction_count_missing"]) == (None, "not_collected")


BAD = [
    ({"URL": "https://www.facebook.com/7533944086"}, "has no id: the link names no post"),
    (
        {"Post Created": "2021-07-06 16:45:20 NZDT"},
        "Post Created: '2021-07-06 16:45:20 NZDT' names the time zone NZDT",
    ),
    ({"Likes": "1.5"}, "Likes: '1.5' is no count"),
]


@pytest.mark.parametrize(("cells", "reason"), BAD)
def test_faulty_row_is_rejected(tmp_path, cells, reason):
    report, _ = facebook(tmp_path, facebook_row(1), facebook_row(2, **cells))
    assert figures(report) == (2, 1, 0, 1)
    assert (report.rejects[0].row, report.rejects[0].reason[: len(reason)]) == (3, reason)


def test_instagram_post_is_read_by_its_header(tmp_path):
    (row,) = instagram(tmp_path, instagram_row())
    counts = {name: row[name] for name in row if "_count" in name and row[name] is not None}
    assert counts == {
        "reaction_count": 1000,
        "comment_count": 100,
        "engagement_count": 1100,
        "share_count_missing": "not_offered",
        "save_count_missing": "not_offered",
        "view_count_missing": "not_offered",
    }
    assert (row["account_id"], row["post_id"]) == ("instagram:@dinascontoh", "CJggXA2At01")
    assert (row["published_at"], row["kind"]) == (
        datetime(2021, 12, 6, 21, 45, 1, tzinfo=UTC),
        "image",
    )


def test_no_likes_on_instagram_are_hidden_and_reels_are_told_by_their_link(tmp_path):
    link = "https://www.instagram.com/reel/CJggXA2At01/"
    cells = {"Likes": "0", "URL": link, "Type": "Video", "Views": "5,000", "Description": ""}
    (row,) = instagram(tmp_path, instagram_row(**cells, Title="Judul"))
    assert (row["reaction_count"], row["reaction_count_missing"]) == (None, "hidden")
    assert (row["kind"], row["view_count"], row["text"]) == ("short_video", 5000, "Judul")


def test_time_of_export_stands_in_the_name_with_its_zone_or_has_to_be_said(tmp_path):
    content = written(INSTAGRAM, [instagram_row()])
    (tmp_path / "2022-01-14-09-15-26-WIB-search-csv-export.csv").write_bytes(content)
    (tmp_path / "export.csv").write_bytes(content + b"\n")
    bring(tmp_path / "a", tmp_path / "2022-01-14-09-15-26-WIB-search-csv-export.csv")
    (row,) = stored(tmp_path / "a")
    assert row["observed_at"] == datetime(2022, 1, 14, 2, 15, 26, tzinfo=UTC)
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "b", tmp_path / "export.csv")
    assert "--exported-at" in str(refused.value)
