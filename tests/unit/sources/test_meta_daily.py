"""Daily series of an account: known, and nothing in them is a post."""

import pytest
from tests.import_cases import bring, figures
from tests.samples.meta_daily import OPTIONS, SAMPLES
from tests.samples.meta_facebook import SAMPLES as POSTS

from tolok.sources.batch import NothingInside


@pytest.mark.parametrize("name", SAMPLES)
def test_file_is_refused_with_what_to_export_instead(tmp_path, name):
    (tmp_path / name).write_bytes(SAMPLES[name])
    with pytest.raises(NothingInside) as refused:
        bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert "Export the list of posts instead" in str(refused.value)


def test_folder_that_holds_one_beside_posts_comes_in_without_it(tmp_path):
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "Tayangan.csv").write_bytes(SAMPLES["Tayangan.csv"])
    (folder / "posts 2025-11-01.csv").write_bytes(POSTS["english.csv"])
    reports = bring(tmp_path / "edition", folder, **OPTIONS)
    assert [figures(report) for report in reports] == [(0, 0, 0, 0), (12, 12, 0, 0)]


def test_export_of_posts_with_a_hint_for_spreadsheets_is_no_series(tmp_path):
    (tmp_path / "posts 2025-11-01.csv").write_bytes(b"sep=,\n" + POSTS["english.csv"][3:])
    (report,) = bring(tmp_path / "edition", tmp_path / "posts 2025-11-01.csv", **OPTIONS)
    assert (report.format, report.rows_kept) == ("meta-facebook", 12)
