"""COINr 1.1.14 on its ASEM data: every step of ours gives its figures, its random draws replayed.

The data are of the Joint Research Centre (package COINr, MIT). Tolerance: 1e-9, relative.
"""

import csv
import json
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from tolok.composite.describe import cronbach_alpha, describe
from tolok.composite.impute import Impute, denominate, fillings, impute
from tolok.composite.index import Method, Sample, freeze
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import (
    Borda,
    MinMax,
    Normalisation,
    PercentileRank,
    Rank,
    Reference,
    ZScore,
)
from tolok.composite.screen import Screen, screened
from tolok.composite.structure import Structure, index_weights
from tolok.composite.treat import Treat, fit_treatment, kurtosis, skewness, treat
from tolok.composite.uncertainty import Draws, drawn_ranks, drawn_scores, summarise_ranks

same = partial(np.testing.assert_allclose, rtol=1e-9, atol=1e-9)
NAN = np.nan
MEANS = {"a_amean": Aggregate(), "a_gmean": Aggregate("geometric")}
SCALES: dict[str, Normalisation] = {"n_minmax": MinMax(1, 100), "n_zscore": ZScore(10, 2)}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return NAN if cell in {"", "NA", "NaN"} else float(cell)


class Published:
    """The files of one folder, brought to the order of the structure and of the units' codes."""

    def __init__(self, folder):
        self.folder = folder
        meta = rows_of(folder / "01_meta_iMeta.csv")
        self.structure = Structure.of_rows(
            (
                {
                    "name": row["iCode"],
                    "parent": row["Parent"],
                    "weight": row["Weight"],
                    "direction": row["Direction"] if row["Type"] == "Indicator" else "",
                    "denominator": row["Denominator"],
                }
                for row in meta
                if row["Type"] in {"Indicator", "Aggregate"}
            ),
            top="Index",
        )
        raw = sorted(rows_of(folder / "01_raw_iData.csv"), key=lambda row: row["uCode"])
        self.units = tuple(row["uCode"] for row in raw)
        self.raw = self.columns(raw, self.structure.names)
        below = [indicator.denominator for indicator in self.structure.indicators]
        self.below = np.array([[number(row[d]) if d else 1.0 for d in below] for row in raw])
        groups = sorted({row["EurAsia_group"] for row in raw})
        self.peer = np.array([groups.index(row["EurAsia_group"]) for row in raw])

    def columns(self, rows, names):
        return np.array([[number(row[name]) for name in names] for row in rows])

    def table(self, name, columns=None):
        rows = rows_of(self.folder / f"{name}.csv")
        assert tuple(row["uCode"] for row in rows) == self.units
        return self.columns(rows, columns or self.structure.names)

    @property
    def sample(self):
        return Sample(self.raw, self.units, self.below, self.peer)

    def scores(self, **choices):
        method = replace(Method(impute=Impute(by="group"), treat=Treat()), **choices)
        return freeze(self.structure, method, self.sample).score(self.sample)

    def weight_sets(self):
        sets = np.full((100, len(self.structure.nodes)), NAN)
        place = {name: node for node, name in enumerate(self.structure.nodes)}
        for row in rows_of(self.folder / "20_noisy_weights_100sets_seed20250101.csv"):
            sets[int(row["weightset"]) - 1, place[row["iCode"]]] = float(row["Weight"])
        return sets


@pytest.fixture(scope="session")
def coinr(shared_data):
    folder = shared_data / "reference" / "coinr"
    if not folder.is_dir():
        pytest.skip("COINr's reference figures are not part of the repository; set TOLOK_SHARED")
    return Published(folder)


def test_structure_is_read_as_coinr_has_it(coinr):
    assert len(coinr.structure.names) == 49
    assert coinr.structure.nodes[49:] == (
        *("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"),
        *("Conn", "Sust", "Index"),
    )


def test_effective_weights(coinr):
    rows = {row["iCode"]: row for row in rows_of(coinr.folder / "08_effective_weights.csv")}
    published = [float(rows[name]["EffWeight"]) for name in coinr.structure.nodes]
    same(index_weights(coinr.structure, coinr.structure.weight), published)


def test_denominated(coinr):
    same(denominate(coinr.raw, coinr.below), coinr.table("02_denominated"))


def test_imputed_by_the_mean_of_peers(coinr):
    value = coinr.table("02_denominated")
    filled = impute(value, fillings(value, "mean", coinr.peer), coinr.peer)
    same(filled, coinr.table("03_imputed_groupmean"))


def test_screened(coinr):
    assert screened(coinr.table("02_denominated"), Screen()).tolist() == [True] * 51
    same(coinr.table("03_imputed_groupmean"), coinr.table("04_screened"))


def test_skewness_and_kurtosis_of_type_two(coinr):
    rows = rows_of(coinr.folder / "04_stats_raw.csv")
    names = [row["iCode"] for row in rows]
    assert names == list(coinr.structure.names)
    columns = [column[~np.isnan(column)] for column in coinr.raw.T]
    same([skewness(column) for column in columns], [float(row["Skew"]) for row in rows])
    same([kurtosis(column) for column in columns], [float(row["Kurt"]) for row in rows])


def test_treated(coinr):
    value = coinr.table("04_screened")
    treatment = fit_treatment(value, Treat(winmax=5))
    same(treat(value, treatment), coinr.table("05_treated"))
    rows = rows_of(coinr.folder / "05_treat_details.csv")
    moved = {row["iCode"]: int(row["winsorise.nwin"] or 0) for row in rows}
    assert dict(zip(coinr.structure.names, treatment.winsorised_count.tolist(), strict=True)) == (
        moved
    )


@pytest.mark.parametrize("winmax", [1, 2, 3, 5])
def test_treatment_of_each_indicator_at_other_limits(coinr, winmax):
    published = json.loads((coinr.folder / "00_numpy_replication_check.json").read_text("utf-8"))
    details = published[f"treated_winmax{winmax}_info"]
    treatment = fit_treatment(coinr.table("04_screened"), Treat(winmax=winmax))
    found = {
        name: [moved, "log_CT"] if is_logged else moved
        for name, moved, is_logged in zip(
            coinr.structure.names,
            treatment.winsorised_count.tolist(),
            treatment.is_transformed.tolist(),
            strict=True,
        )
        if moved or is_logged
    }
    assert found == details


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("minmax_0_100", MinMax()),
        ("minmax_1_100", MinMax(1, 100)),
        ("zscore_0_1", ZScore()),
        ("prank", PercentileRank()),
        ("borda", Borda()),
    ],
)
def test_normalised(coinr, name, rule):
    value = coinr.table("05_treated")
    scale = rule.fit(Reference(value, coinr.structure.direction))
    same(scale.points(value), coinr.table(f"06_normalised_{name}"))


def test_rank_is_one_more_than_borda(coinr):
    value = coinr.table("05_treated")
    scale = Rank().fit(Reference(value, coinr.structure.direction))
    same(scale.points(value), coinr.table("06_normalised_borda") + 1)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("amean_minmax_0_100", {}),
        (
            "gmean_minmax_1_100",
            {"normalise": MinMax(1, 100), "aggregate": Aggregate("geometric")},
        ),
        ("hmean_minmax_1_100", {"normalise": MinMax(1, 100), "aggregate": Aggregate("harmonic")}),
    ],
)
def test_aggregated_at_every_level(coinr, name, choices):
    groups = coinr.structure.nodes[49:]
    same(coinr.scores(**choices).node[:, 49:], coinr.table(f"07_aggregated_{name}", groups))


FINAL: dict[str, dict[str, Any]] = {
    "amean_minmax_0_100": {},
    "amean_minmax_1_100": {"normalise": MinMax(1, 100)},
    "gmean_minmax_1_100": {"normalise": MinMax(1, 100), "aggregate": Aggregate("geometric")},
    "hmean_minmax_1_100": {"normalise": MinMax(1, 100), "aggregate": Aggregate("harmonic")},
    "genmean_p0.5_minmax_1_100": {
        "normalise": MinMax(1, 100),
        "aggregate": Aggregate("power", power=0.5),
    },
    "copeland_all_levels": {"aggregate": Aggregate("copeland")},
    "amean_amean_copeland": {"aggregate_by": {"Index": Aggregate("copeland")}},
    "amean_zscore_10_2": {"normalise": ZScore(10, 2)},
    "amean_zscore_0_1": {"normalise": ZScore()},
    "amean_prank": {"normalise": PercentileRank()},
    "amean_borda": {"normalise": Borda()},
}


@pytest.mark.parametrize("name", FINAL)
def test_final_ranks(coinr, name):
    (published,) = coinr.table("08_final_ranks_all_methods", [name]).T
    assert coinr.scores(**FINAL[name]).rank.tolist() == published.tolist()


def test_every_final_rank_is_compared(coinr):
    head = (coinr.folder / "08_final_ranks_all_methods.csv").read_text("utf-8").splitlines()[0]
    assert [name.strip('"') for name in head.split(",")[1:]] == list(FINAL)


def replayed(coinr):
    """The hundred draws of COINr's uncertainty run: method and weights of each."""
    rows = rows_of(coinr.folder / "21_UA_N100_seed1_params.csv")
    asked = [(int(r["winmax"]), r["normalisation"], r["aggregation"]) for r in rows]
    methods = sorted(set(asked))
    weight = coinr.weight_sets()[[int(row["weightset"]) - 1 for row in rows]]
    return Draws(
        tuple(
            Method(
                impute=Impute(by="group"),
                treat=Treat(winmax=winmax, ties="coinr"),
                normalise=SCALES[scale],
                aggregate=MEANS[mean],
            )
            for winmax, scale, mean in methods
        ),
        np.array([methods.index(one) for one in asked]),
        weight,
    )


def test_uncertainty_run_is_replayed(coinr):
    draws = replayed(coinr)
    runs = [f"r_{draw}" for draw in range(1, 101)]
    scores = drawn_scores(coinr.structure, draws, coinr.sample)
    same(scores.T, coinr.table("21_UA_N100_seed1_scores", runs))
    ranks = drawn_ranks(coinr.structure, draws, coinr.sample)
    assert ranks.T.tolist() == coinr.table("21_UA_N100_seed1_ranks", runs).tolist()


def test_statistics_of_replayed_ranks(coinr):
    summary = summarise_ranks(drawn_ranks(coinr.structure, replayed(coinr), coinr.sample))
    found = np.stack([summary.mean, summary.median, summary.low, summary.high], axis=1)
    columns = ["Mean", "Median", "Q5", "Q95"]
    same(found, coinr.table("21_UA_N100_seed1_rankstats", columns))


def test_exact_probability_of_the_top_three_over_all_two_thousand_combinations(coinr):
    choices = [(w, s, m) for w in range(1, 6) for s in SCALES for m in MEANS]
    methods = tuple(
        Method(
            impute=Impute(by="group"),
            treat=Treat(winmax=w),
            normalise=SCALES[s],
            aggregate=MEANS[m],
        )
        for w, s, m in choices
    )
    draws = Draws(
        methods, np.repeat(np.arange(20), 100), np.tile(coinr.weight_sets(), (20, 1))
    )  # fmt: skip
    summary = summarise_ranks(drawn_ranks(coinr.structure, draws, coinr.sample), top=(3,))
    top = dict(zip(coinr.units, summary.top_probability[:, 0].tolist(), strict=True))
    published = {
        "CHE": 1.0, "DNK": 0.9635, "NOR": 0.4935, "NLD": 0.311, "BEL": 0.1935, "LUX": 0.0295,
    }  # fmt: skip
    assert {unit: top[unit] for unit in published} == pytest.approx(published, abs=1e-12)


def test_statistics_and_flags_of_raw_indicators(coinr):
    rows = rows_of(coinr.folder / "04_stats_raw.csv")
    found = describe(coinr.raw)
    for column, own in {
        "Min": found.least, "Max": found.greatest, "Mean": found.mean, "Median": found.median,
        "Std": found.sd, "Frc.Avail": found.data_share, "Frc.NonZero": found.nonzero_share,
        "Frc.Unique": found.unique_share, "Frc.Same": found.same_share,
    }.items():  # fmt: skip
        same(own, [float(row[column]) for row in rows])
    flags = ["Flag.Avail", "Flag.NonZero", "Flag.Unique"]
    assert found.is_sparse.tolist() == [any(row[flag] == "LOW" for flag in flags) for row in rows]
    assert found.has_outliers.tolist() == [row["Flag.SkewKurt"] == "OUT" for row in rows]


def test_cronbach_alpha_of_all_indicators(coinr):
    assert cronbach_alpha(coinr.table("06_normalised_minmax_0_100")) == pytest.approx(
        0.89859, abs=5e-6
    )
