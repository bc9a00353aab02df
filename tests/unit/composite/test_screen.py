"""Who has enough data."""

import numpy as np
import pytest

from tolok.composite.screen import Screen, data_share, nonzero_share, screened

NAN = np.nan
VALUE = np.array([[1, 2, 3, 4, NAN, NAN], [1, 0, 0, NAN, NAN, NAN], [NAN] * 6])


def test_shares_count_what_is_there():
    assert data_share(VALUE).tolist() == pytest.approx([4 / 6, 0.5, 0])
    assert nonzero_share(VALUE).tolist() == pytest.approx([1, 1 / 3, 0])


def test_share_equal_to_its_minimum_is_enough():
    assert screened(VALUE, Screen()).tolist() == [True, False, False]
    assert screened(VALUE, Screen(0.5, 1 / 3)).tolist() == [True, True, False]
    assert screened(VALUE, Screen(0.5, 0.34)).tolist() == [True, False, False]
