"""Workbooks as people leave them: several sheets, and cells that a spreadsheet changed."""

from datetime import datetime

import pytest
import xlsxwriter
from tests.import_cases import EXPORTED_AT, bring, stored

from tolok.errors import FileFault, UnknownFormat


def workbook_of(path, **sheets):
    """A workbook with rows by the name of their sheet; dates are real dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


HEADER = ["Content", "Video title", "Video publish time", "Views", "Duration"]
OPTIONS = {"time_zone": "Asia/Jakarta", "account": "@contoh", "exported_at": EXPORTED_AT}


def video(number, day="Sep 14, 2024", views=100):
    return [f"vid{number:08}", f"Video {number}", day, views, 60]


def test_every_sheet_with_the_header_is_read(tmp_path):
    sheets = {name: [HEADER, video(at)] for at, name in enumerate(("Januari", "Februari", "Maret"))}
    file = workbook_of(tmp_path / "a.xlsx", **sheets, Catatan=[["to do"]])
    (report,) = bring(tmp_path / "edition", file, **OPTIONS)
    assert (report.rows_read, report.rows_kept) == (3, 3)
    assert "has several sheets, read one after the other: Januari, Februari, Maret." in report.notes
    assert [row["source_row"] for row in stored(tmp_path / "edition")] == [2, 4, 6]


def test_dates_that_a_spreadsheet_half_understood_are_refused(tmp_path):
    rows = [HEADER, video(1, datetime(2024, 3, 1)), video(2, "13/01/2024")]  # noqa: DTZ001 -- a cell
    file = workbook_of(tmp_path / "a.xlsx", Table=rows)
    with pytest.raises(FileFault, match="a spreadsheet took days and months for each other"):
        bring(tmp_path / "edition", file, **OPTIONS)


def test_counts_that_a_spreadsheet_made_fractions_of_are_refused(tmp_path):
    rows = [HEADER, video(1, views=12), video(2, views=1.234)]
    file = workbook_of(tmp_path / "a.xlsx", Table=rows)
    with pytest.raises(FileFault, match="has taken thousands for fractions"):
        bring(tmp_path / "edition", file, **OPTIONS)


def test_export_before_its_newest_post_is_refused_also_where_it_is_told(tmp_path):
    file = workbook_of(tmp_path / "a.xlsx", Table=[HEADER, video(1, "Sep 14, 2026")])
    with pytest.raises(FileFault, match="after --exported-at 2025-06-01"):
        bring(tmp_path / "edition", file, **OPTIONS)


def test_old_workbook_is_told_from_others(tmp_path):
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(UnknownFormat, match=r"save it as .xlsx without one"):
        bring(tmp_path / "edition", tmp_path / "a.xls")
