"""Post ids look like the platform's and are unique inside it."""

import re

import numpy as np
import pytest

from tolok.simulate.draw import ROW
from tolok.simulate.identifier import hex_words, post_ids

MARCH_2025 = 1_740_787_200_000_000  # 2025-03-01T00:00:00Z in microseconds

FORMS = {
    "instagram": r"D[A-Za-z0-9_-]{10}",
    "facebook": r"[0-9]{15}_[0-9]{19}",
    "x": r"[0-9]{19}",
    "youtube": r"[A-Za-z0-9_-]{11}",
    "tiktok": r"[0-9]{19}",
    "web": r"[0-9]{6,}",
}


@pytest.mark.parametrize("platform", FORMS)
def test_ids_of_posts_of_one_instant_have_the_platform_form_and_differ(platform):
    rows = np.zeros(5000, ROW)
    rows["number"] = np.arange(5000)
    rows["published"] = MARCH_2025
    ids = post_ids(rows, platform).to_pylist()
    assert len(set(ids)) == 5000
    assert [name for name in ids if not re.fullmatch(FORMS[platform], name)] == []


def test_instant_of_a_post_on_x_can_be_read_from_its_id():
    rows = np.zeros(1, ROW)
    rows["number"], rows["published"] = 77, MARCH_2025
    [name] = post_ids(rows, "x").to_pylist()
    assert (int(name) >> 22) + 1_288_834_974_657 == MARCH_2025 // 1000


def test_hex_words_are_the_keys_in_sixteen_digits():
    keys = np.array([0, 255, 2**64 - 1], np.uint64)
    assert hex_words(keys).to_pylist() == ["0" * 16, "00000000000000ff", "f" * 16]
