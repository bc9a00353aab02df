"""Sprout's post performance: whose a post is, its id, and which numbers are counts."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.sprout import HEADER, OPTIONS, SAMPLES, row

from tolok.errors import FileFault

REEL = "https://www.instagram.com/reel/CJggXA2AtD3"


def brought(tmp_path, *lines, **options):
    """The report and the stored rows of an export."""
    (tmp_path / "posts.csv").write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    (report,) = bring(tmp_path / "edition", tmp_path / "posts.csv", **OPTIONS | options)
    return report, stored(tmp_path / "edition")


def test_sample_comes_in_whole(tmp_path):
    (tmp_path / "a.csv").write_bytes(SAMPLES["post-performance.csv"])
    (report,) = bring(tmp_path / "edition", tmp_path / "a.csv", **OPTIONS)
    assert (report.format, figures(report)) == ("sprout", (10, 10, 0, 0))


def test_post_is_read_by_its_header(tmp_path):
    _, (found,) = brought(tmp_path, row(network="Instagram", link=REEL, post_id="178900000000001"))
    known = {name: value for name, value in found.items() if value is not None}
    for name in ("source_sha256", "text_hash", "source_row", "published_on", "is_listing"):
        known.pop(name)
    assert known == {
        "platform": "instagram",
        "post_id": "CJggXA2AtD3",
        "account_id": "instagram:@dinascontoh",
        "published_at": datetime(2025, 3, 15, 3, 5, tzinfo=UTC),
        "observed_at": OPTIONS["exported_at"],
        "kind": "short_video",
        "origin": "original",
        "text": "Halo, 15",
        "url": REEL,
        "reaction_count": 1200,
        "comment_count": 15,
        "share_count": 10,
        "save_count": 5,
        "view_count": 4800,
    }


ACCOUNTS = [
    ("X", "https://x.com/Lain/status/1700000000000000001", "@DinasContoh", "x:@lain"),
    ("Facebook", "https://www.facebook.com/11111/posts/22222", "Dinas", "facebook:11111"),
    ("Instagram", REEL, "@AkunLain", "instagram:@akunlain"),
    ("Instagram", REEL, "Dinas Contoh", "instagram:@dinascontoh"),
]


@pytest.mark.parametrize(("network", "link", "profile", "account"), ACCOUNTS)
def test_account_is_in_the_address_else_a_handle_else_named(
    tmp_path, network, link, profile, account
):
    _, (found,) = brought(tmp_path, row(network=network, link=link, profile=profile))
    assert found["account_id"] == account


def test_id_column_serves_where_the_link_names_no_post_but_on_instagram(tmp_path):
    report, rows = brought(
        tmp_path,
        row(network="Facebook", link="https://www.facebook.com/contoh", post_id="111_222"),
        row(network="Instagram", link="", post_id="17890000000000001"),
    )
    assert [found["post_id"] for found in rows] == ["111_222"]
    (reject,) = report.rejects
    assert (reject.row, reject.reason) == (3, "has no id: the link names no post")


def test_days_that_may_be_months_are_not_guessed(tmp_path):
    line = row(network="Instagram", link=REEL).replace("03/15/2025", "03/05/2025")
    with pytest.raises(FileFault) as refused:
        brought(tmp_path, line)
    assert "--date-order" in str(refused.value)
    _, (found,) = brought(tmp_path, line, date_order="month")
    assert found["published_at"] == datetime(2025, 3, 5, 3, 5, tzinfo=UTC)
