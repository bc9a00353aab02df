"""`make validity`: the simulated years are what they claim, and hits are counted by hand."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.validity.coverage import AIMS, SOURCES, coverage_of_seed, covered_by
from benchmarks.validity.edition import OWNER, formula_data_of, panel_of, shipped_rules
from benchmarks.validity.page import mean_of, page, place_of, who_wins
from benchmarks.validity.recovery import (
    METHODS,
    OURS,
    RIVALS,
    Hit,
    hit_of,
    hits_of_seed,
    ranks_of,
    rng_of,
    true_rank,
    year_of,
)
from benchmarks.validity.world import (
    CHEATERS,
    INSTITUTIONS,
    WORLDS,
    draw_field,
    draw_posts,
    with_cheaters,
)

from tolok.scoring.uncertainty import Doubt

ROOT_WORLD, _, PROPORTIONAL, VOLUME = WORLDS
PAGE = Path(__file__).resolve().parents[2] / "docs" / "validity.md"


@pytest.fixture(scope="module")
def posts():
    """One simulated year."""
    return year_of(ROOT_WORLD, 0)


def test_best_are_found_far_above_chance_where_our_assumptions_hold():
    rules = shipped_rules()
    hits = []
    for seed in range(6):
        year = year_of(ROOT_WORLD, seed)
        hits.append(hit_of(ranks_of(year, rules)[OURS], true_rank(year)).top)
    assert np.mean(hits) > 0.5  # 3 of 40 would be found by chance


def test_every_method_ranks_everybody(posts):
    ranks = ranks_of(posts, shipped_rules())
    assert tuple(sorted(ranks)) == tuple(sorted(METHODS))
    assert {method for method, rank in ranks.items() if not (rank > 0).all()} == set()


def test_same_seed_is_the_same_year():
    assert np.array_equal(year_of(VOLUME, 3).reactions, year_of(VOLUME, 3).reactions)
    assert not np.array_equal(year_of(VOLUME, 3).account, year_of(VOLUME, 4).account)


def test_interactions_grow_with_the_audience_as_the_world_says():
    for world in (ROOT_WORLD, PROPORTIONAL):
        field = draw_field(world, rng_of(0, "field"))
        year = draw_posts(field, rng_of(0, "posts"))
        count = np.maximum(year.interactions, 0.5)
        x = np.log(year.followers)
        y = np.log(count) - field.quality.ravel()[year.account]
        instagram = year.account % 3 == 1
        slope = np.polyfit(x[instagram], y[instagram], 1)[0]
        assert slope == pytest.approx(world.exponent, abs=0.04)


def test_truth_of_volume_is_the_expected_sum():
    volume = draw_field(VOLUME, rng_of(0, "field"))
    years = [draw_posts(volume, np.random.default_rng(seed)) for seed in range(20)]
    sums = sum(np.bincount(OWNER[one.account], one.interactions, INSTITUTIONS) for one in years)
    assert np.corrcoef(np.log(volume.truth), np.log(sums))[0, 1] > 0.98


def test_cheaters_are_one_in_ten_and_buy_what_they_were_given(posts):
    bought = with_cheaters(posts, rng_of(0, "cheaters")).reactions - posts.reactions
    owner = OWNER[posts.account]
    cheats = np.unique(owner[bought > 0])
    assert cheats.size == CHEATERS
    given = np.bincount(owner, posts.interactions, INSTITUTIONS)[cheats]
    assert np.bincount(owner, bought, INSTITUTIONS)[cheats] == pytest.approx(given, rel=1e-3)
    touched = sorted((bought[owner == one] > 0).mean() for one in cheats)
    assert touched[1] < 0.11
    assert touched[2] > 0.8


def test_panel_and_formulas_count_the_same_posts(posts):
    panel, data = panel_of(posts), formula_data_of(posts)
    public = data.basis == "public"
    total = np.bincount(posts.account, posts.interactions)
    assert panel.account_counts["interaction_count"].sum(axis=1).tolist() == total.tolist()
    assert data.sums["total"][public].tolist() == total.tolist()
    assert data.sums["known_count"][public].tolist() == np.bincount(posts.account).tolist()
    shares = data.sums["known_count"][data.basis == "shares"].reshape(-1, 3)
    assert shares[:, 1].tolist() == [0.0] * INSTITUTIONS  # nobody sees them on Instagram


@pytest.mark.parametrize(
    ("rank", "hit"),
    [
        ([1, 2, 3, 4, 5], Hit(1, 1, 1)),
        ([5, 4, 3, 2, 1], Hit(1 / 3, 0, 0)),
        ([1, 1, 3, 3, 5], Hit(2.5 / 3, 1, 0.5)),
        ([0, 1, 2, 3, 4], Hit(2 / 3, 0, 0)),
        ([1, 1, 1, 1, 1], Hit(0.6, 0.6, 0.2)),
    ],
)
def test_hits_share_places_among_ties(rank, hit):
    found = hit_of(np.array(rank), np.array([1, 2, 3, 4, 5]))
    assert vars(found) == pytest.approx(vars(hit))


def test_place_is_one_more_than_the_rivals_ahead():
    found = {("root", False, method): [Hit(0.2, 0, 0)] for method in METHODS}
    assert place_of(found, ("root", False), OURS, "top") == 1
    found["root", False, RIVALS[2]] = [Hit(0.1 + 0.1 + 1e-12, 0, 0)]
    assert place_of(found, ("root", False), OURS, "top") == 1
    found["root", False, RIVALS[0]] = found["root", False, RIVALS[4]] = [Hit(0.3, 0, 0)]
    assert place_of(found, ("root", False), OURS, "top") == 3


def test_page_says_who_is_ahead_of_us():
    found = {
        (world.name, cheated, method): [Hit(0.2, 0, 0)]
        for world in WORLDS
        for cheated in (False, True)
        for method in METHODS
    }
    assert list(who_wins(found)) == []
    found["volume", True, RIVALS[0]] = [Hit(0.3, 1, 0)]
    found["volume", True, RIVALS[1]] = [Hit(0.3, 1, 1)]
    one, two = RIVALS[:2]
    where = "- `volume`, one in ten cheats:"
    assert list(who_wins(found)) == [
        f"{where} `{one}` and `{two}` find more of the true three than `tolok`.",
        f"{where} `{two}` finds more winners than `tolok`.",
    ]


def test_interval_holds_its_edges():
    low, high = np.array([1, 2, 3, 4, 5]), np.array([1, 3, 3, 4, 5])
    told = np.array([1.0, 0.9, 0.6, 0.1, 0.0])
    doubt = Doubt(np.zeros((0, 5)), low, high, told, told)
    rank, ranked = np.arange(1, 6), np.ones(5, dtype=np.bool_)
    aims = dict.fromkeys(AIMS, rank) | {"fresh year": np.array([2, 3, 1, 4, 5])}
    covered = covered_by(doubt, rank, aims, ranked)
    assert covered.width == pytest.approx(1.2)
    assert covered.held == {"fresh year": 0.6, "moved year": 1, "long run": 1, "truth": 1}
    assert covered.top_held["fresh year"] == pytest.approx(1 / 3)
    assert covered.chance == ((1, 0), (1, 0), (0, 0), (1, 1), (1, 1), (1, 1))


def test_mean_has_its_standard_error():
    assert vars(mean_of([0, 1, 1, 0])) == pytest.approx({"value": 0.5, "error": 12**-0.5})
    assert str(mean_of([0.25])) == "0.250 ± 0.000"


def table_rows(text, begins):
    """The rows of tables that begin so, without the figures."""
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith(begins)]


def test_page_has_every_method_in_every_world_and_is_as_written():
    found = {key: [hit] * 2 for key, hit in hits_of_seed(0).items()}
    covered = {key: [one] for key, one in coverage_of_seed(0, draws=12, weight_sets=1).items()}
    text = page(found, covered, "a command")
    for written in (text, PAGE.read_text("utf-8")):
        assert len(table_rows(written, "| `root`")) == 2 + 2 * len(SOURCES)
        ours = 2 * len(WORLDS) * 2
        assert len(table_rows(written, "| **`tolok")) == ours
        for name in RIVALS:
            assert len(table_rows(written, f"| `{name}` ")) == 2 * len(WORLDS), name
    heads = [
        [line for line in one.splitlines() if line.startswith("#")]
        for one in (text, PAGE.read_text("utf-8"))
    ]
    assert heads[0] == heads[1]
