"""When a file was exported: one day in its name says it, a span of days does not."""

from datetime import UTC, date, datetime

import pytest

from tolok.errors import FileFault
from tolok.sources.brought import Brought
from tolok.sources.exported import exported_at, span_in_name
from tolok.sources.raw import Options


def named(tmp_path, name):
    path = tmp_path / name
    path.write_text("a,b\n")
    return Brought(path, name)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("posts_2025-03-31.csv", datetime(2025, 3, 31, tzinfo=UTC)),
        ("posts-20250331-0815.csv", datetime(2025, 3, 31, 8, 15, tzinfo=UTC)),
    ],
)
def test_one_day_in_a_name_is_that_of_the_export(tmp_path, name, moment):
    assert exported_at(named(tmp_path, name), Options(), None) == moment


@pytest.mark.parametrize(
    "name",
    ["posts_2025-01-01_2025-03-31.csv", "posts_20250101_20250331.csv", "2025-01-01 2025-03-31.csv"],
)
def test_span_in_a_name_is_no_time_of_day(tmp_path, name):
    assert span_in_name(name) == (date(2025, 1, 1), date(2025, 3, 31))
    with pytest.raises(FileFault, match="does not say when it was exported"):
        exported_at(named(tmp_path, name), Options(), None)


@pytest.mark.parametrize(
    "name",
    ["a_2025-03-31.csv", "2025-02-31_2025-03-31", "2025-03-31_2025-03-01", "2025-01-01" * 3],
)
def test_name_without_a_span_has_none(name):
    assert span_in_name(name) is None
