"""Explaining a whole edition out of its results alone, as the command does it."""

import json
import shutil
from dataclasses import fields
from datetime import UTC, datetime

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from tolok.cli import main
from tolok.methodology.rules import read_rules
from tolok.pipeline import score as scoring
from tolok.pipeline.demo import run_demo
from tolok.pipeline.reread import reread_panel, reread_reference
from tolok.scoring import Histogram, score_with
from tolok.simulate import SimulationPlan

SMALL = SimulationPlan(institutions=24, posts=12_000, comments=1_500)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A small demo, and the panel that it was scored from."""
    folder = tmp_path_factory.mktemp("demo") / "edition"
    given = []

    def noted(*parts):
        given.append(build(*parts))
        return given[-1]

    build = scoring.build_panel
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "build_panel", noted)
        run_demo(folder, SMALL, now=datetime(2026, 2, 1, tzinfo=UTC))
    return folder, given[0]


def test_panel_read_back_is_the_panel_that_was_scored(edition):
    folder, given = edition
    found = reread_panel(folder / "results", read_rules(folder))
    for field in (one.name for one in fields(given) if one.init):
        one, other = getattr(given, field), getattr(found, field)
        if field == "histograms":
            assert one.keys() == other.keys()
            assert all(equal(one[name], other[name]) for name in one)
        elif isinstance(one, dict):
            assert one.keys() == other.keys()
            assert all(np.array_equal(one[k], other[k], equal_nan=True) for k in one)
        elif isinstance(one, np.ndarray):
            assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), field
        else:
            assert one == other


def equal(one, other):
    """Whether two histograms hold the same rows, in whatever order."""
    tables = [
        np.stack([getattr(h, field.name) for field in fields(Histogram)]) for h in (one, other)
    ]
    ordered = [table[:, np.lexsort(table)] for table in tables]
    return np.array_equal(*ordered)


def test_scores_of_what_was_read_back_are_the_same_to_the_last_bit(edition):
    folder, _ = edition
    results = folder / "results"
    again = score_with(
        reread_panel(results, read_rules(folder)), read_rules(folder), reread_reference(results)
    )
    for name in ("scores", "indicators", "reference"):
        found = getattr(again, name)
        assert pq.read_table(results / f"{name}.parquet").to_pydict() == found
