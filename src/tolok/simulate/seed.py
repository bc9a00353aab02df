"""Randomness by name: every part has its own stream, so that no part moves another.

What a single post draws comes from a hash of its key instead: it is the same in whatever order,
block or copy the post is written.
"""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def generator(seed: int, part: str, name: str = "") -> np.random.Generator:
    """The random stream of one part of the simulation, such as one account's posts."""
    spawn_key = (crc32(part.encode()), crc32(name.encode()))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=spawn_key)))


def key_of(seed: int, name: str) -> np.uint64:
    """A 64-bit key of a name under a seed."""
    return np.uint64(
        np.random.SeedSequence([seed, crc32(name.encode())]).generate_state(1, np.uint64)[0]
    )


def mixed(keys: Keys, salt: int = 0) -> Keys:
    """Keys scattered over 64 bits, another scatter for every salt; distinct keys stay distinct.

    Source: Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators (SplitMix64).
    """
    step = np.uint64((0x9E3779B97F4A7C15 * (salt + 1)) % 2**64)
    z = keys + step
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(keys: Keys, salt: int) -> Floats:
    """Numbers in [0, 1) drawn from the keys, independent between salts."""
    return (mixed(keys, salt) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def whole(keys: Keys, salt: int, below: int) -> Ints:
    """Integers from 0 to below - 1 drawn from the keys."""
    return (uniform(keys, salt) * below).astype(np.int64)


def normal(keys: Keys, salt: int) -> Floats:
    """Standard normal numbers drawn from the keys; uses salt and salt + 1 (Box-Muller)."""
    radius = np.sqrt(-2.0 * np.log1p(-uniform(keys, salt)))
    return radius * np.cos(2.0 * np.pi * uniform(keys, salt + 1))


def autoregressive(rng: np.random.Generator, count: int, sd: float, lag_one: float) -> Floats:
    """A stationary AR(1) series.

    Shape: (count,).
    """
    steps = rng.standard_normal(count) * sd * np.sqrt(1.0 - lag_one**2)
    series = np.empty(count)
    level = rng.standard_normal() * sd
    for index, step in enumerate(steps):
        level = lag_one * level + step
        series[index] = level
    return series
