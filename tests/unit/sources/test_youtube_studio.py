"""YouTube Studio's table of videos: totals are no videos, a day is no instant."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.youtube_studio import OPTIONS, SAMPLES

from tolok.errors import FileFault


@pytest.mark.parametrize("name", list(SAMPLES))
def test_videos_come_in_and_the_total_does_not(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    (report,) = bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert (report.format, figures(report)) == ("youtube-studio", (11, 11, 0, 0))
    assert report.notes == (
        "views are those of the period that was chosen for the export.",
        "1 row of totals, which are no posts, left out.",
    )
    rows = stored(tmp_path / "edition")
    assert [row["view_count"] for row in rows] == [1000 + number for number in range(11)]
    assert [row["kind"] for row in rows[:3]] == ["video", "short_video", "short_video"]
    first = rows[0]
    assert first["text"] == 'Halo, "dunia"\nbaris dua'
    assert first["published_at"] == datetime(2025, 8, 31, 17, tzinfo=UTC)
    assert (first["account_id"], first["post_id"]) == ("youtube:@contoh", "vid00000000")
    assert first["reaction_count_missing"] == "not_collected"
    assert first["save_count_missing"] == "not_offered"


def test_day_without_a_zone_is_refused(tmp_path):
    (tmp_path / "Table data.csv").write_bytes(SAMPLES["Table data.csv"])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", tmp_path / "Table data.csv", **OPTIONS | {"time_zone": None})
    assert (refused.value.line, refused.value.column) == (3, "Video publish time")
    assert "--timezone" in str(refused.value)
