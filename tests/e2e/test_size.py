"""Sizes of a simulated edition, recomputed from its other published tables."""

import math
from collections import defaultdict

import pyarrow.parquet as pq
import pytest
from tests.edition_cases import make_edition

from tolok.pipeline.score import score
from tolok.simulate import SimulationPlan

PLAN = SimulationPlan(institutions=36, posts=14_000, comments=300)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sizes") / "edition"
    make_edition(folder, PLAN)
    score(folder)
    return folder


def rows_of(edition, table):
    return pq.read_table(edition / "results" / f"{table}.parquet").to_pylist()


def band(followers):
    if followers is None:
        return None
    cuts = (0, 10_000, 100_000, 1_000_000)
    low = max(cut for cut in cuts if cut <= followers)
    beyond = [cut for cut in cuts if cut > followers]
    return f"{low}-{min(beyond) if beyond else ''}"


def test_band_of_every_institution_is_that_of_its_followers(edition):
    rows = rows_of(edition, "institutions")
    assert [row["size_band"] for row in rows] == [band(row["follower_count"]) for row in rows]
    assert len({row["size_band"] for row in rows}) >= 3


def test_comparison_has_the_scores_and_ranks_of_the_scores(edition):
    names = ("category", "cluster", "institution_id", "score", "rank")
    found = [tuple(row[name] for name in names) for row in rows_of(edition, "size_comparison")]
    assert found == [tuple(row[name] for name in names) for row in rows_of(edition, "scores")]


def test_ranks_by_rate_and_in_bands_are_those_of_the_ranked(edition):
    groups = defaultdict(list)
    for row in rows_of(edition, "size_comparison"):
        if row["rank"] is None:
            assert (row["raw_rank"], row["band_rank"]) == (None, None)
        else:
            groups[row["category"], row["cluster"]].append(row)
    assert groups
    for ranked in groups.values():
        for row in ranked:
            higher = [r for r in ranked if (r["raw_rate"] or 0) > (row["raw_rate"] or 0)]
            alike = [r for r in ranked if r["size_band"] == row["size_band"]]
            ahead = [r for r in alike if r["rank"] < row["rank"]]
            assert row["raw_rank"] == (None if row["raw_rate"] is None else len(higher) + 1)
            assert row["band_rank"] == len(ahead) + 1


def test_raw_rates_agree_with_the_published_histogram(edition):
    """Bins of ln(1 + count) are narrow: sums taken from them err by less than 0.2 %."""
    posts: dict[tuple[str, ...], int] = defaultdict(int)
    interactions: dict[tuple[str, ...], float] = defaultdict(float)
    own = ("1,1,1", "all")  # the other rows serve the grid of methods
    for row in rows_of(edition, "histogram"):
        if (row["interaction_weights"], row["posts"]) != own:
            continue
        if row["measure"] == "interaction_count":
            key = (row["institution_id"], row["platform"], row["account_id"])
            mean = row["log_sum"] / row["post_count"] / 2**20
            posts[key] += row["post_count"]
            interactions[key] += row["post_count"] * math.expm1(mean)
    followers = {row["account_id"]: row["follower_count"] for row in rows_of(edition, "accounts")}
    slots: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(edition, "indicators"):
        if (row["category"], row["indicator"]) == ("most-engaging", "engagement"):
            slots[row["institution_id"]] |= {row["platform"]} - {""}
    checked = 0
    for row in rows_of(edition, "size_comparison"):
        if row["category"] != "most-engaging" or row["raw_rate"] is None:
            continue
        rates = []
        for platform in slots[row["institution_id"]]:
            mine = [
                key
                for key in posts
                if key[:2] == (row["institution_id"], platform) and followers.get(key[2])
            ]
            if mine:
                got = sum(interactions[key] / followers[key[2]] for key in mine)
                rates.append(1000 * got / sum(posts[key] for key in mine))
        assert row["raw_rate"] == pytest.approx(sum(rates) / len(rates), rel=2e-3)
        checked += 1
    assert checked > 20


def test_small_institutions_lead_by_the_raw_rate_and_not_by_the_score(edition):
    """The simulated engagement grows with the root of the followers."""
    followers = {
        row["institution_id"]: row["follower_count"] for row in rows_of(edition, "institutions")
    }
    pairs = [
        (followers[row["institution_id"]], row["raw_rate"], row["score"])
        for row in rows_of(edition, "size_comparison")
        if row["category"] == "most-engaging" and row["rank"] is not None
    ]
    assert concordance([(size, rate) for size, rate, _ in pairs]) < -0.2
    assert abs(concordance([(size, score) for size, _, score in pairs])) < 0.2


def concordance(pairs):
    """Kendall's tau without ties."""
    signs = [
        math.copysign(1, (a[0] - b[0]) * (a[1] - b[1]))
        for at, a in enumerate(pairs)
        for b in pairs[:at]
    ]
    return sum(signs) / len(signs)
