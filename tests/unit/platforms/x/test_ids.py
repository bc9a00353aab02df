"""Ids of X: the time in them, and those that have none."""

import pytest

from tolok.platforms.x.ids import moment_of_id

IDS = [
    ("1807674536214897063", "2024-07-01T07:16:09.059000+00:00"),  # shown as 16:16:09 in Japan
    ("29700859248", "2010-11-04T01:43:01.738000+00:00"),
    ("9223372036854775807", "2080-07-10T17:30:30.208000+00:00"),
]


@pytest.mark.parametrize(("post_id", "moment"), IDS)
def test_id_tells_its_time(post_id, moment):
    found = moment_of_id(post_id)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "post_id",
    ["29700859247", "20", "", "1.8E+18", "9223372036854775808", "18076745362148970630", "¹⁹⁰⁰"],
)
def test_id_that_tells_no_time_is_none(post_id):
    assert moment_of_id(post_id) is None
