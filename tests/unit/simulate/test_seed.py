"""Named randomness: equal names draw the same, others do not."""

import numpy as np
import pytest

from tolok.simulate.seed import autoregressive, generator, key_of, mixed, normal, uniform, whole


def test_generator_of_the_same_name_draws_the_same():
    first = generator(1, "posts", "x:@a").random(3)
    assert first.tolist() == generator(1, "posts", "x:@a").random(3).tolist()


@pytest.mark.parametrize("other", [(2, "posts", "a"), (1, "weeks", "a"), (1, "posts", "b")])
def test_generator_of_another_seed_part_or_name_draws_otherwise(other):
    assert generator(1, "posts", "a").random() != generator(*other).random()


def test_mixed_keys_are_those_of_splitmix64():
    # The first three numbers of the published generator from state 0.
    golden = 0x9E3779B97F4A7C15
    states = np.array([0, golden, 2 * golden % 2**64], np.uint64)
    assert mixed(states).tolist() == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_mixed_keys_stay_distinct():
    assert len(set(mixed(np.arange(100_000, dtype=np.uint64), 7).tolist())) == 100_000


def test_uniform_numbers_of_two_salts_are_even_and_independent():
    keys = np.arange(100_000, dtype=np.uint64)
    one, other = uniform(keys, 1), uniform(keys, 2)
    assert one.mean() == pytest.approx(0.5, abs=0.005)
    assert one.var() == pytest.approx(1 / 12, abs=0.002)
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.0, abs=0.01)


def test_normal_numbers_are_standard():
    drawn = normal(np.arange(100_000, dtype=np.uint64), 5)
    assert (drawn.mean(), drawn.std()) == pytest.approx((0.0, 1.0), abs=0.01)


def test_whole_numbers_fill_their_range():
    assert set(whole(np.arange(1000, dtype=np.uint64), 3, 5).tolist()) == {0, 1, 2, 3, 4}


def test_autoregressive_series_has_its_spread_and_its_memory():
    series = autoregressive(generator(1, "test"), 50_000, 0.25, 0.33)
    assert series.std() == pytest.approx(0.25, abs=0.005)
    assert np.corrcoef(series[1:], series[:-1])[0, 1] == pytest.approx(0.33, abs=0.02)


def test_key_of_a_name_depends_on_the_seed_and_the_name():
    assert len({int(key_of(1, "a")), int(key_of(1, "b")), int(key_of(2, "a"))}) == 3
