"""Ids of TikTok: the time in them, and those that have none."""

import pytest

from tolok.platforms.tiktok.ids import moment_of_id

IDS = [
    ("7593820674163100946", "2026-01-10T19:42:35+00:00"),
    ("7300000000000000000", "2023-11-11T00:48:18+00:00"),
]


@pytest.mark.parametrize(("post_id", "moment"), IDS)
def test_id_tells_its_time(post_id, moment):
    found = moment_of_id(post_id)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize("post_id", ["702874395068494965", "", "7.3E+18", "73000000000000000000"])
def test_id_that_tells_no_time_is_none(post_id):
    assert moment_of_id(post_id) is None
