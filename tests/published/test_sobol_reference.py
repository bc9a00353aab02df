"""Sobol indices beside published ones: Ishigami's function, and COINr's example enumerated."""

import csv
import json
from functools import cache

import numpy as np
import pytest

from tolok.composite.aggregate import aggregate
from tolok.composite.rank import competition_rank
from tolok.composite.sensitivity import enumerate_output, estimate_sobol, exact_sobol, run_designs

INPUTS = ("Winmax", "Normalisation", "Weights", "Aggregation")


def test_indices_of_ishigami_and_homma_1990_are_those_of_the_closed_form():
    grid = [(np.arange(size) + 0.5) / size * 2 * np.pi - np.pi for size in (32, 32, 400)]
    first, second, third = np.meshgrid(*grid, indexing="ij")
    output = np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)
    found = exact_sobol(output)
    one = (1 + 0.1 * np.pi**4 / 5) ** 2 / 2
    two = 7**2 / 8
    one_and_three = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = one + two + one_and_three
    assert found.variance == pytest.approx(variance, rel=1e-4)
    np.testing.assert_allclose(found.first * variance, [one, two, 0], atol=2e-3)
    total = [one + one_and_three, two, one_and_three]
    np.testing.assert_allclose(found.total * variance, total, atol=2e-3)


def skew_and_kurtosis(x):
    """Those of type 2, as COINr takes them."""
    n = x.size
    apart = x - x.mean()
    m2, m3, m4 = (np.mean(apart**power) for power in (2, 3, 4))
    skew = m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    return skew, ((n + 1) * (m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def is_well_spread(x):
    """COINr's test of outliers."""
    skew, kurtosis = skew_and_kurtosis(x)
    return abs(skew) < 2 or kurtosis < 3.5


def treat(x, winmax):
    """Winsorised up to winmax points, else the logarithm log_CT of what it was."""
    drawn_in, points = x.copy(), 0
    while not is_well_spread(drawn_in) and points < winmax:
        if skew_and_kurtosis(drawn_in)[0] >= 0:
            drawn_in[drawn_in == drawn_in.max()] = np.unique(drawn_in)[-2]
        else:
            drawn_in[drawn_in == drawn_in.min()] = np.unique(drawn_in)[1]
        points = (drawn_in != x).sum()
    if is_well_spread(drawn_in):
        return drawn_in
    return np.log(x - x.min() + 0.01 * (x.max() - x.min()))


class Index:
    """COINr's example as one index of 51 units: its tables, and the choices of method."""

    def __init__(self, folder):
        with (folder / "01_meta_iMeta.csv").open(encoding="utf-8") as file:
            meta = [
                row for row in csv.DictReader(file) if row["Type"] in {"Indicator", "Aggregate"}
            ]
        with (folder / "04_screened.csv").open(encoding="utf-8") as file:
            units = list(csv.DictReader(file))
        with (folder / "20_noisy_weights_100sets_seed20250101.csv").open(encoding="utf-8") as file:
            noisy = [
                (row["weightset"], row["iCode"], row["Weight"]) for row in csv.DictReader(file)
            ]
        self.parents = {row["iCode"]: row["Parent"] for row in meta if row["Parent"]}
        indicators = [row for row in meta if row["Level"] == "1"]
        self.codes = [row["iCode"] for row in indicators]
        self.raw = np.array([[float(unit[code]) for code in self.codes] for unit in units])
        self.direction = np.array([float(row["Direction"]) for row in indicators])
        self.weights = [
            {code: float(w) for s, code, w in noisy if s == str(1 + i)} for i in range(100)
        ]
        self.nominal_weights = {row["iCode"]: float(row["Weight"]) for row in meta}
        self.nominal = self.ranks(5, 0, self.nominal_weights, "arithmetic")

    @cache  # noqa: B019 -- the example lives as long as its test
    def normalised(self, winmax, how):
        """Indicators treated and normalised: to 1-100, or to mean 10 and deviation 2."""
        x = np.column_stack([treat(column, winmax) for column in self.raw.T]) * self.direction
        if how == 0:
            return 1 + 99 * (x - x.min(axis=0)) / np.ptp(x, axis=0)
        return 10 + 2 * (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)

    def ranks(self, winmax, how, weights, mean):
        """Ranks of the top index, level by level."""
        level = dict(zip(self.codes, self.normalised(winmax, how).T, strict=True))
        while len(level) > 1:
            groups: dict[str, list[str]] = {}
            for code in level:
                groups.setdefault(self.parents[code], []).append(code)
            level = {
                parent: aggregate(
                    np.column_stack([level[code] for code in codes]),
                    np.array([weights[code] for code in codes]),
                    mean,
                )
                for parent, codes in groups.items()
            }
        return competition_rank(list(level.values()))

    def shift(self, choices):
        """The mean change of rank against the nominal method, for rows of choices."""
        moved = [
            self.ranks(1 + winmax, how, self.weights[drawn], ("arithmetic", "geometric")[mean])
            for winmax, how, drawn, mean in choices
        ]
        return np.abs(np.array(moved) - self.nominal).mean(axis=1)


@pytest.fixture(scope="module")
def reference(shared_data):
    """What full enumeration gave."""
    path = shared_data / "reference" / "coinr" / "25_exact_sobol_enumeration.json"
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def index(shared_data):
    """COINr's example."""
    return Index(shared_data / "reference" / "coinr")


@pytest.fixture(scope="module")
def output(index):
    """The result of every combination."""
    return enumerate_output((5, 2, 100, 2), index.shift)


def test_enumerated_indices_are_those_of_the_reference(reference, output):
    found = exact_sobol(output)
    assert found.mean == pytest.approx(reference["mean"], rel=1e-12)
    assert found.variance == pytest.approx(reference["var"], rel=1e-12)
    np.testing.assert_allclose(found.first, [reference[name]["Si"] for name in INPUTS], rtol=1e-9)
    np.testing.assert_allclose(found.total, [reference[name]["STi"] for name in INPUTS], rtol=1e-9)


def test_sampled_designs_find_the_exact_indices(reference, output):
    exact = np.array([[reference[one][key] for one in INPUTS] for key in ("Si", "STi")])
    found, holds = [], []
    for seed in range(20):
        designs = run_designs(
            output.shape,
            lambda choices: output[tuple(choices.T)],
            1024,
            np.random.default_rng(seed),
        )
        estimate = estimate_sobol(designs, np.random.default_rng(100 + seed), 200)
        found.append([estimate.indices.first, estimate.indices.total])
        low, high = np.stack([estimate.first_interval, estimate.total_interval]).transpose(2, 0, 1)
        holds.append((low <= exact) & (exact <= high))
    np.testing.assert_allclose(np.mean(found, axis=0), exact, atol=0.015)
    assert np.mean(holds) > 0.9
