"""Explaining a whole edition out of its results alone, as the command does it."""

import json
import shutil
from dataclasses import fields
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it has no stubs
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.edition_cases import make_edition

from tolok.cli import main
from tolok.methodology.rules import read_rules
from tolok.pipeline import score as scoring
from tolok.pipeline.panel import build_panel
from tolok.pipeline.reread import reread_panel, reread_reference
from tolok.scoring import Histogram, score_with
from tolok.scoring.counting import Counted
from tolok.simulate import SimulationPlan

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "explain.json"
SMALL = SimulationPlan(institutions=24, posts=12_000, comments=1_500)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A small edition, and the panel that it was scored from."""
    folder = tmp_path_factory.mktemp("demo") / "edition"
    given = []

    def noted(*parts):
        given.append(build_panel(*parts))
        return given[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "build_panel", noted)
        make_edition(folder, SMALL)
        scoring.score(folder)
    return folder, given[0]


def test_panel_read_back_is_the_panel_that_was_scored(edition):
    folder, given = edition
    found = reread_panel(folder / "results", read_rules(folder))
    for field in (one.name for one in fields(given) if one.init):
        one, other = getattr(given, field), getattr(found, field)
        if field == "counted":
            assert len(one) == 5
            assert one.keys() == other.keys()
            for part in one:
                for name in (counts.name for counts in fields(Counted)):
                    assert alike(getattr(one[part], name), getattr(other[part], name)), (part, name)
        elif isinstance(one, dict):
            assert alike(one, other), field
        elif isinstance(one, np.ndarray):
            assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), field
        else:
            assert one == other


def alike(one, other):
    """Whether two dictionaries hold the same counts under the same names."""
    return one.keys() == other.keys() and all(
        equal(one[name], other[name])
        if isinstance(one[name], Histogram)
        else np.array_equal(one[name], other[name], equal_nan=True)
        for name in one
    )


def equal(one, other):
    """Whether two histograms hold the same rows, in whatever order."""
    tables = [
        np.stack([getattr(h, field.name) for field in fields(Histogram)]) for h in (one, other)
    ]
    first, second = (table[:, np.lexsort(table)] for table in tables)
    return np.array_equal(first, second)


def test_scores_of_what_was_read_back_are_the_same_to_the_last_bit(edition):
    folder, _ = edition
    results = folder / "results"
    again = score_with(
        reread_panel(results, read_rules(folder)), read_rules(folder), reread_reference(results)
    )
    for name in ("indicators", "reference"):
        found = getattr(again, name)
        assert pq.read_table(results / f"{name}.parquet").to_pydict() == found
    published = pq.read_table(results / "scores.parquet").to_pylist()
    keys = ("category", "institution_id", "score")
    found = zip(*(again.scores[key] for key in keys), strict=True)
    assert sorted(found, key=str) == sorted((tuple(r[k] for k in keys) for r in published), key=str)


def explain(folder, *words):
    return CliRunner().invoke(main, ["explain", str(folder), *words])


def ranked(folder, category):
    """The ranked institutions of the first cluster that has an award, best first."""
    rows = pq.read_table(folder / "results" / "scores.parquet").to_pylist()
    rows = [row for row in rows if row["category"] == category and row["rank"]]
    first = [row for row in rows if row["cluster"] == rows[0]["cluster"]]
    return [row["institution_id"] for row in sorted(first, key=lambda row: row["rank"])]


def test_document_has_its_schema_and_adds_up(edition):
    folder, _ = edition
    names = ranked(folder, "best-account")
    done = explain(folder, "best-account", names[3], "--json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert document["against"]["institution_id"] == names[2]
    own, other = document["institution"]["score"], document["against"]["score"]
    assert document["difference"]["value"] == own - other
    assert (document["institution"]["rank"], document["against"]["rank"]) == (4, 3)
    nodes = list(every(document["difference"]))
    assert {node["kind"] for node in nodes} >= {"indicator", "slot", "week", "kind", "size", "post"}
    for node in nodes:
        if node["children"]:
            total = sum(child["value"] for child in node["children"])
            assert total == pytest.approx(node["value"], abs=1e-9)


def every(node):
    yield node
    for child in node["children"]:
        yield from every(child)


def test_first_is_set_against_the_second_and_is_a_nominee(edition):
    folder, _ = edition
    first, second, *_ = ranked(folder, "most-engaging")
    document = json.loads(explain(folder, "most-engaging", first, "--json").stdout)
    assert document["against"]["institution_id"] == second
    assert document["nominees"] == {"last": None, "steps": []}


def test_sentences_speak_the_language_asked_for(edition):
    folder, _ = edition
    name = ranked(folder, "most-active")[3]
    asked = {
        code: explain(folder, "most-active", name, "--language", code) for code in ("id", "en")
    }
    assert "peringkat 4" in asked["id"].stdout
    assert "rank 4" in asked["en"].stdout
    assert explain(folder, "most-active", name).stdout == asked["id"].stdout


def test_chart_is_written(edition, tmp_path):
    folder, _ = edition
    name = ranked(folder, "most-active")[1]
    done = explain(folder, "most-active", name, "--chart", str(tmp_path / "chart.svg"))
    assert done.exit_code == 0
    assert (tmp_path / "chart.svg").read_text("utf-8").startswith("<svg")


def test_mistakes_are_told(edition):
    folder, _ = edition
    first, second, *_ = ranked(folder, "most-active")
    for words, message in (
        (["most-actives", first], "Did you mean 'most-active'?"),
        (["most-active", first + "x"], f"Did you mean {first!r}?"),
        (["most-active", first, "--against", first], "is set against itself"),
        (["nonsense", first], "There are: most-active, most-engaging"),
    ):
        done = explain(folder, *words)
        assert (done.exit_code, message in done.stderr) == (2, True), done.stderr
    assert explain(folder, "most-active", first, "--against", second).exit_code == 0


def test_who_is_not_ranked_is_told_why(edition):
    folder, _ = edition
    rows = pq.read_table(folder / "results" / "scores.parquet").to_pylist()
    row = next(row for row in rows if not row["eligible"])
    done = explain(folder, row["category"], row["institution_id"])
    assert done.exit_code == 2
    assert row["reason"] in done.stderr


def test_results_alone_suffice_and_what_lacks_is_named(edition, tmp_path):
    folder, _ = edition
    again = tmp_path / "again"
    shutil.copytree(folder, again)
    name = ranked(folder, "most-active")[1]
    for path in (again / "store").rglob("*.parquet"):
        path.unlink()
    whole = explain(again, "most-active", name)
    assert whole.stdout == explain(folder, "most-active", name).stdout
    (again / "results" / "audience.parquet").unlink()
    (again / "results" / "weekly_kinds.parquet").write_text("no table")
    done = explain(again, "most-active", name)
    assert done.exit_code == 2
    assert "audience.parquet: there is no such file" in done.stderr
    assert "weekly_kinds.parquet: is not Parquet" in done.stderr
    (again / "results" / "manifest.json").unlink()
    assert "Run `tolok score" in explain(again, "most-active", name).stderr


def test_scores_that_are_not_the_published_ones_are_not_explained(edition, tmp_path):
    folder, _ = edition
    again = tmp_path / "again"
    shutil.copytree(folder, again)
    path = again / "results" / "scores.parquet"
    table = pq.read_table(path)
    at = table.column_names.index("score")
    pq.write_table(table.set_column(at, "score", pc.add(table["score"], 1e-6)), path)
    done = explain(again, "most-active", ranked(folder, "most-active")[1])
    assert done.exit_code == 2
    assert "since the results were made, Tolok itself changed" in done.stderr
