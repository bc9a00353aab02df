"""From values to points: transforms, robust z, the floor, and what does not differ."""

import numpy as np
import pytest

from tolok.scoring.normalise import centre_and_scale, points_of, robust_z, transform, z_of


def test_transforms_are_those_that_they_are_called():
    share = np.array([0.0, 0.5])
    assert transform(share, "none").tolist() == [0.0, 0.5]
    assert transform(share, "log").tolist() == [-np.inf, np.log(0.5)]
    assert transform(share, "log1p").tolist() == [0.0, np.log1p(0.5)]
    assert transform(share, "logit").tolist() == [-np.inf, 0.0]


def test_scale_is_the_median_deviation_in_units_of_a_sd():
    assert centre_and_scale(np.array([1.0, 2.0, 3.0, 4.0, 99.0]), 0.0) == (3.0, 1.4826)


def test_scale_is_the_sd_where_most_values_are_equal():
    value = np.array([2.0, 2.0, 2.0, 6.0])
    centre, scale = centre_and_scale(value, 0.0)
    assert (centre, pytest.approx(scale)) == (2.0, value.std(ddof=1))


@pytest.mark.parametrize("value", [[3.0], [0.3, 0.1 + 0.2], [5.0, 5.0, 5.0]])
def test_values_that_do_not_differ_have_no_scale(value):
    centre, scale = centre_and_scale(np.array(value), 0.0)
    assert (pytest.approx(centre), scale) == (value[0], 0.0)


def test_differences_below_the_resolution_are_none():
    assert centre_and_scale(np.array([1e-16, 3e-16, 8e-16]), 1e-9)[1] == 0.0
    assert centre_and_scale(np.array([1e-16, 3e-16, 8e-16]), 0.0)[1] > 0


def test_infinite_values_stay_out_of_the_parameters():
    assert centre_and_scale(np.array([-np.inf, 1.0, 2.0, 3.0]), 0.0) == (2.0, 1.4826)
    assert centre_and_scale(np.array([-np.inf, -np.inf]), 0.0) == (0.0, 0.0)
    assert np.isnan(centre_and_scale(np.array([np.nan]), 0.0)[0])


def test_z_has_a_floor_and_no_ceiling():
    z = robust_z(np.array([-np.inf, 0.0, 50.0, np.nan]), np.array(0.0), np.array(2.0), -3.0)
    np.testing.assert_array_equal(z, [-3.0, 0.0, 25.0, np.nan])


def test_no_z_without_a_scale():
    assert np.isnan(robust_z(np.ones(2), np.array(1.0), np.array([0.0, np.nan]), -3.0)).all()


def test_points_are_fifty_at_the_median_and_zero_at_the_floor():
    assert points_of(np.array([-3.0, 0.0, 3.0, 4.5])).tolist() == [0.0, 50.0, 100.0, 125.0]
    assert z_of(np.array([0.0, 125.0])).tolist() == [-3.0, 4.5]
