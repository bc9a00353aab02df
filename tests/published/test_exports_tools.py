"""Real exports of Fanpage Karma: values taken by hand, two files of one account, and no posts."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored

from tolok.errors import UnknownFormat

POST = "C6jgd8VuIQC"


@pytest.fixture(scope="session")
def states(shared_data):
    """The folder of exports of Brazilian states."""
    return shared_data / "exports" / "br_states"


def test_two_files_of_one_metric_meet_in_a_post(states, tmp_path):
    folder = states / ".old" / "fanpage-data"
    files = [folder / metric / "GovernoSC.xlsx" for metric in ("likes", "rcs")]
    reports = bring(tmp_path / "edition", *files)
    assert [figures(report) for report in reports] == [(2559, 2559, 0, 0)] * 2
    rows = [row for row in stored(tmp_path / "edition") if row["post_id"] == POST]
    assert {(row["reaction_count"], row["engagement_count"]) for row in rows} == {
        (304728, None),
        (None, 312258),
    }
    assert {
        (row["account_id"], row["published_at"], row["observed_at"], row["kind"]) for row in rows
    } == {
        (
            "instagram:2292348882",
            datetime(2024, 5, 4, 17, 24, 57, tzinfo=UTC),
            datetime(2025, 4, 30, tzinfo=UTC),
            "short_video",
        )
    }


def test_merged_file_has_both_counts_of_the_post(states, tmp_path):
    bring(tmp_path / "edition", states / "data" / "raw" / "GovernoSC.xlsx")
    (row,) = [row for row in stored(tmp_path / "edition") if row["post_id"] == POST]
    assert (row["reaction_count"], row["comment_count"]) == (304728, 7530)
    assert row["engagement_count"] == 312258


def test_list_of_links_is_refused_with_what_to_do(states, tmp_path):
    with pytest.raises(UnknownFormat) as refused:
        bring(tmp_path / "edition", states / "data" / "links.xlsx")
    assert "see `tolok map`" in str(refused.value)
