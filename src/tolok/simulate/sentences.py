"""Pools of Indonesian sentences about invented services and places, from sentences.csv."""

import csv
from functools import cache
from importlib import resources

import numpy as np
import pyarrow as pa

from tolok.simulate.names import THINGS, WHIMS

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu")
SETTLEMENTS = ("Kota", "Desa", "Kampung", "Pulau")
POOL_SIZE = 997
"""A prime, so that any stride through a pool meets each sentence once before it repeats."""
POOL_SEED = 1
"""Pools are part of the package, not of a plan: every edition speaks from the same ones."""


@cache
def templates(use: str) -> tuple[tuple[str, str], ...]:
    """(topic, text) of every row of sentences.csv for one use."""
    text = resources.files("tolok.simulate").joinpath("sentences.csv").read_text("utf-8")
    return tuple(
        (r["topic"], r["text"]) for r in csv.DictReader(text.splitlines()) if r["use"] == use
    )


@cache
def topics() -> tuple[str, ...]:
    """The topics in the order of sentences.csv."""
    return tuple(dict.fromkeys(topic for topic, _ in templates("service")))


@cache
def pool(use: str, size: int = POOL_SIZE) -> pa.Array:
    """Sentences for one use, topic after topic.

    Shape: (topics * size,): the sentences of topic t stand from t * size on.
    """
    texts = [text for _, text in templates(use)]
    sentences = []
    for number, topic in enumerate(topics()):
        rng = np.random.Generator(np.random.PCG64([POOL_SEED, number, len(texts)]))
        services = [text for owner, text in templates("service") if owner == topic]
        draws = rng.random((size, 7)).tolist()
        sentences += [
            _filled(texts[i % len(texts)], services, draw) for i, draw in enumerate(draws)
        ]
    return pa.array(sentences, pa.string())


@cache
def tags() -> pa.Array:
    """Hashtags: the general ones, and two of each topic."""
    general = [text for _, text in templates("tag")]
    special = [f"#{topic.title()}{ending}" for topic in topics() for ending in ("Kita", "Riang")]
    return pa.array([*general, *special], pa.string())


def greetings(short_names: list[str]) -> pa.Array:
    """Greetings of each institution, one institution after the other."""
    texts = [text for _, text in templates("greeting")]
    return pa.array(
        [text.format(short=name) for name in short_names for text in texts], pa.string()
    )


def _filled(text: str, services: list[str], draw: list[float]) -> str:
    settlement, thing, whim, service, day, number, hour = draw
    place = " ".join(
        (
            SETTLEMENTS[int(settlement * len(SETTLEMENTS))],
            THINGS[int(thing * len(THINGS))],
            WHIMS[int(whim * len(WHIMS))],
        )
    )
    return text.format(
        service=services[int(service * len(services))],
        place=place,
        day=DAYS[int(day * len(DAYS))],
        number=2 + int(number * number * 900),
        hour=f"{7 + int(hour * 12):02d}.{15 * int(hour * 480 % 4):02d}",
    )
