"""Hootsuite's post performance: titles above the header, times in GMT."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.hootsuite import HEAD, OPTIONS, SAMPLES, row


def brought(tmp_path, *lines, **options):
    """The report and the stored rows of an export."""
    (tmp_path / "posts.csv").write_text("".join([HEAD, *lines]), "utf-8")
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv", **OPTIONS | options)
    return report, stored(tmp_path / "edition")


def test_sample_comes_in_whole(tmp_path):
    (tmp_path / "a.csv").write_bytes(SAMPLES["hootsuite.csv"])
    (report,) = bring(tmp_path / "edition", tmp_path / "a.csv", **OPTIONS)
    assert (report.format, figures(report)) == ("hootsuite", (10, 10, 0, 0))


@pytest.mark.parametrize("zone", [None, "Asia/Jakarta"])
def test_times_are_in_gmt_whatever_zone_is_named(tmp_path, zone):
    _, (found,) = brought(tmp_path, row(link="https://instagram.com/p/CJggXA2AtD3"), time_zone=zone)
    assert found["published_at"] == datetime(2025, 3, 15, 14, 30, tzinfo=UTC)


def test_post_is_read_by_its_header(tmp_path):
    link = "https://www.facebook.com/11111/posts/22222"
    _, (found,) = brought(tmp_path, row(link=link, network="Facebook", kind="Photo"))
    known = {name: value for name, value in found.items() if value is not None}
    for name in ("source_sha256", "text_hash", "source_row", "published_on", "is_listing"):
        known.pop(name)
    assert known == {
        "platform": "facebook",
        "post_id": "22222",
        "account_id": "facebook:11111",
        "published_at": datetime(2025, 3, 15, 14, 30, tzinfo=UTC),
        "observed_at": OPTIONS["exported_at"],
        "kind": "image",
        "origin": "original",
        "text": "Halo, 15",
        "url": link,
        "reaction_count": 250,
        "comment_count": 40,
        "share_count": 10,
        "view_count": 4800,
        "save_count_missing": "not_collected",
    }


def test_network_that_the_store_has_not_is_rejected(tmp_path):
    good = row(link="https://instagram.com/p/CJggXA2AtD3")
    report, _ = brought(tmp_path, good, row(network="Pinterest"))
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value) == (5, "platform", "pinterest")
