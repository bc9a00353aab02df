"""Sizes in the results: bands of institutions, and the raw rate beside every score."""

from dataclasses import replace

import pyarrow as pa
from tests.post_cases import an_edition

from tolok.methodology.category import Category, Gate, Indicator
from tolok.methodology.rules import Rules
from tolok.methodology.size import SizeBands
from tolok.model import Label
from tolok.pipeline.size import Sizes, size_codes, size_comparison

NAME = Label("", "")


def a_category(name, *indicators):
    return Category(name, 1, NAME, NAME, "arithmetic", Gate(), indicators)


VIDEOS = Indicator(
    "video", NAME, 1.0, "residual", strata=(("short_video",), ("video", "live"))
)  # fmt: skip
RULES = Rules(
    replace(an_edition(), platform_weights={"instagram": 1.0, "x": 1.0, "web": 0.0}),
    columns={},
    metrics={},
    categories=(
        a_category("engaging", Indicator("engagement", NAME, 1.0, "residual")),
        a_category("videos", VIDEOS),
        a_category("active", Indicator("days", NAME, 1.0, "share")),
    ),
)
CLUSTER = {"a": "north", "b": "north", "c": "north", "d": "south"}
RANKS = {"a": 1, "b": 2, "c": 3, "d": None}
BANDS = {"a": "10000-100000", "b": "0-10000", "c": "10000-100000", "d": None}
PRESENT = {"a": ("instagram", "x"), "b": ("instagram",), "c": ("instagram",), "d": ("instagram",)}
FOLLOWERS = {"instagram:a": 20_000.0, "x:a": 1_000.0, "instagram:b": 500.0, "instagram:c": 10_000.0}
ENGAGEMENT = [
    # institution, account, kind, posts, interactions
    ("a", "instagram:a", "image", 10, 2_000),
    ("a", "instagram:a", "video", 5, 400),
    ("a", "x:a", "", 10, 30),
    ("b", "instagram:b", "image", 20, 100),
    ("b", "x:b", "image", 1, 999),
    ("c", "instagram:c", "short_video", 10, 3_000),
    ("d", "instagram:d", "image", 10, 10),
    ("z", "instagram:z", "image", 10, 10),
]


def columns(names, rows):
    return {name: [row[at] for row in rows] for at, name in enumerate(names.split())}


def scored():
    """Scores in which a, b and c are ranked in every category, and d is not."""
    scores = [
        (one.name, CLUSTER[i], i, None if (rank := RANKS[i]) is None else 90.0 - rank, RANKS[i])
        for one in RULES.categories
        for i in CLUSTER
    ]
    indicators = [
        (one.name, i, one.indicators[0].name, slot)
        for one in RULES.categories
        for i in CLUSTER
        for platform in (*PRESENT[i], "")
        for slot in (
            [f"{platform}/video+live"] if one.name == "videos" and platform else [platform]
        )
    ]
    return (
        columns("category cluster institution_id score rank", scores),
        columns("category institution_id indicator platform", indicators),
    )


def sizes_of(engagement):
    rows = [
        dict(
            zip(
                ("institution_id", "account_id", "platform", "kind", "post_count",
                 "interaction_count"),
                (owner, account, account.partition(":")[0], *rest),
                strict=True,
            )
        )
        for owner, account, *rest in engagement
    ]  # fmt: skip
    institutions = pa.table({"institution_id": list(BANDS), "size_band": list(BANDS.values())})
    return Sizes(institutions, pa.Table.from_pylist(rows), FOLLOWERS)


def compared(engagement=ENGAGEMENT):
    scores, indicators = scored()
    found = size_comparison(sizes_of(engagement), scores, indicators, RULES)
    rows = zip(*found.values(), strict=True)
    return {(row[0], row[2]): dict(zip(found, row, strict=True)) for row in rows}


def test_bands_are_told_by_their_codes_and_unknown_followers_by_none():
    assert size_codes([9_999, 10_000, None, 1_000_000], RULES) == [
        "0-10000",
        "10000-100000",
        None,
        "1000000-",
    ]
    edition = replace(an_edition(), size_bands=SizeBands((5,)))
    assert size_codes([4, 5], Rules(edition, {}, {}, ())) == ["0-5", "5-"]


def test_every_institution_of_every_category_has_a_row_as_in_the_scores():
    found = compared()
    assert list(found) == [(one.name, i) for one in RULES.categories for i in CLUSTER]
    for (_, institution), row in found.items():
        assert (row["cluster"], row["rank"]) == (CLUSTER[institution], RANKS[institution])
        assert row["size_band"] == BANDS[institution]


def test_raw_rates_are_over_the_platforms_that_count():
    found = {i: compared()["engaging", i] for i in CLUSTER}
    assert [found[i]["raw_rate"] for i in CLUSTER] == [(8.0 + 3.0) / 2, 10.0, 30.0, None]
    assert [found[i]["raw_rank"] for i in CLUSTER] == [3, 2, 1, None]
    assert [found[i]["band_rank"] for i in CLUSTER] == [1, 1, 2, None]


def test_raw_rates_of_a_category_are_those_of_its_kinds_of_post():
    found = {i: compared()["videos", i] for i in CLUSTER}
    assert [found[i]["raw_rate"] for i in CLUSTER] == [4.0, None, 30.0, None]
    assert [found[i]["raw_rank"] for i in CLUSTER] == [2, None, 1, None]


def test_category_that_compares_no_interactions_has_ranks_of_bands_alone():
    found = {i: compared()["active", i] for i in CLUSTER}
    assert [found[i]["raw_rate"] for i in CLUSTER] == [None] * 4
    assert [found[i]["raw_rank"] for i in CLUSTER] == [None] * 4
    assert [found[i]["band_rank"] for i in CLUSTER] == [1, 1, 2, None]


def test_order_of_rows_does_not_matter():
    assert compared(ENGAGEMENT[::-1]) == compared()
