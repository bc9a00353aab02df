"""The day in a title, and the moment in a workbook's properties."""

import zipfile
from datetime import UTC, date, datetime

import pytest

from tolok.sources.workbook import created_at, day_of

DAYS = [
    ("April 30, 2025", date(2025, 4, 30)),
    ("Apr 3 2025", date(2025, 4, 3)),
    ("30. April 2025", date(2025, 4, 30)),
    ("2025-04-30", date(2025, 4, 30)),
    (date(2025, 4, 30), date(2025, 4, 30)),
    (datetime(2025, 4, 30, 8, tzinfo=UTC), date(2025, 4, 30)),
    ("Jan 1, 2021 - Dec 31, 2024", None),
    ("April 31, 2025", None),
    ("Ju 3, 2025", None),
    ("Aprilis 3, 2025", None),
    ("Posts over time", None),
    ("", None),
    (5.0, None),
]


@pytest.mark.parametrize(("cell", "day"), DAYS)
def test_day_of_a_title(cell, day):
    assert day_of(cell) == day


MOMENTS = [
    ("2025-04-30T14:50:39Z", datetime(2025, 4, 30, 14, 50, 39, tzinfo=UTC)),
    ("2025-04-30T14:50:39", None),
    ("once", None),
]


@pytest.mark.parametrize(("text", "moment"), MOMENTS)
def test_moment_of_a_workbook_needs_its_zone(tmp_path, text, moment):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        core = f'<p><dcterms:created xsi:type="dcterms:W3CDTF">{text}</dcterms:created></p>'
        archive.writestr("docProps/core.xml", core)
    assert created_at(tmp_path / "a.xlsx") == moment


def test_moment_is_unknown_without_properties(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("other.xml", "")
    (tmp_path / "b.xlsx").write_text("no archive")
    assert created_at(tmp_path / "a.xlsx") is None
    assert created_at(tmp_path / "b.xlsx") is None
