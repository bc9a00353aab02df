"""Confidence sets of ranks beside those that csranks 1.2.2.9001 gives (seed 101, 20,000 draws)."""

import csv

import numpy as np
import pytest

from tolok.composite.confidence import compare
from tolok.composite.multinomial import count_rank_sets

DRAWS = 20_000
SEED = 101


def rows_of(shared_data, name):
    """The rows of a reference file."""
    with (shared_data / "reference" / "csranks" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ranks(rows, column):
    """A column of ranks."""
    return np.array([int(row[column]) for row in rows])


@pytest.fixture(scope="module")
def pisa(shared_data):
    """Mathematics in PISA 2018 by country, and the sets of csranks."""
    return rows_of(shared_data, "pisa2018_math_cs_95.csv")


@pytest.fixture(scope="module")
def comparison(pisa):
    """The countries compared, with errors that are independent."""
    score = np.array([float(row["score"]) for row in pisa])
    error = np.array([float(row["se"]) for row in pisa])
    return compare(score, error, DRAWS, np.random.default_rng(SEED))


def furthest(pisa, sets, prefix):
    """The largest difference of a bound, in ranks."""
    low = np.abs(sets.low - ranks(pisa, f"{prefix}_L")).max()
    return max(low, np.abs(sets.high - ranks(pisa, f"{prefix}_U")).max())


def test_simultaneous_sets_are_within_one_rank(pisa, comparison):
    assert furthest(pisa, comparison.rank_sets(), "simul") <= 1
    assert furthest(pisa, comparison.rank_sets(stepdown=False), "simul_nostep") <= 1


def test_marginal_sets_are_within_one_rank(pisa, comparison):
    assert furthest(pisa, comparison.marginal_sets(), "marg") <= 1


@pytest.mark.parametrize(("size", "count"), [(5, 12), (3, 7), (1, 6)])
def test_sets_of_the_best_are_the_same_countries(pisa, comparison, size, count):
    best = comparison.best_set(size)
    assert best.sum() == count
    assert best.tolist() == [row[f"tau{size}_best"] == "TRUE" for row in pisa]


@pytest.mark.parametrize(("correction", "prefix"), [("holm", "holm"), ("bonferroni", "bonf")])
def test_simultaneous_sets_of_counts_are_the_same(shared_data, correction, prefix):
    rows = rows_of(shared_data, "multinom_example.csv")
    sets = count_rank_sets(ranks(rows, "count"), correction=correction)
    assert sets.low.tolist() == ranks(rows, f"{prefix}_L").tolist()
    assert sets.high.tolist() == ranks(rows, f"{prefix}_U").tolist()


def test_marginal_sets_of_counts_are_the_same(shared_data):
    rows = rows_of(shared_data, "multinom_example.csv")
    sets = count_rank_sets(ranks(rows, "count"), marginal=True)
    assert sets.low.tolist() == ranks(rows, "marg_L").tolist()
    assert sets.high.tolist() == ranks(rows, "marg_U").tolist()
