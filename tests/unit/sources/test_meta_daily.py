"""Daily series of an account: known, and nothing in them is a post."""

import codecs

import pytest
from tests.import_cases import bring, figures
from tests.samples.meta_facebook import SAMPLES

from tolok.sources.batch import NothingInside

DAYS = "".join(f'"2026-06-{day:02}T00:00:00","{190 + day}"\n' for day in range(1, 15))
AUDIENCE = """\
sep=,
"Usia & jenis kelamin"
"","Wanita","Pria"
"18-24","5.1%","6.2%"
"25-34","7.1%","8.2%"

"Kota teratas"
"Kota A","Kota B","Kota C"
"40","30","20"
"""


def utf16(text):
    """A text as the tool encodes it."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


SERIES = {
    "Tayangan.csv": utf16(f'sep=,\n"Tayangan"\n"Tanggal","Primary"\n{DAYS}'),
    "Follows.csv": utf16(f'sep=,\n"Follows"\n"Date","Primary"\n{DAYS}'),
    "Audience.csv": utf16(AUDIENCE),
}
OPTIONS = {"time_zone": "Asia/Jakarta"}


@pytest.mark.parametrize("name", SERIES)
def test_file_is_refused_with_what_to_export_instead(tmp_path, name):
    (tmp_path / name).write_bytes(SERIES[name])
    with pytest.raises(NothingInside) as refused:
        bring(tmp_path / "edition", tmp_path / name, **OPTIONS)
    assert "Export the list of posts instead" in str(refused.value)


def test_folder_that_holds_one_beside_posts_comes_in_without_it(tmp_path):
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "Tayangan.csv").write_bytes(SERIES["Tayangan.csv"])
    (folder / "posts 2025-11-01.csv").write_bytes(SAMPLES["english.csv"])
    reports = bring(tmp_path / "edition", folder, **OPTIONS)
    assert [figures(report) for report in reports] == [(0, 0, 0, 0), (12, 12, 0, 0)]


def test_export_of_posts_with_a_hint_for_spreadsheets_is_no_series(tmp_path):
    (tmp_path / "posts 2025-11-01.csv").write_bytes(b"sep=,\n" + SAMPLES["english.csv"][3:])
    (report,) = bring(tmp_path / "edition", tmp_path / "posts 2025-11-01.csv", **OPTIONS)
    assert (report.format, report.rows_kept) == ("meta-facebook", 12)
