"""The whole road, run as an organiser runs it: the command, its files, its exit status."""

import csv
import filecmp
import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.edition_cases import make_judged_edition

from tolok.jury.ledger import read_ledger
from tolok.jury.outcome import STATUSES
from tolok.methodology.rules import read_rules
from tolok.pipeline.jury.playing import play_jury
from tolok.publish.archived import read_archive
from tolok.publish.example import example_of
from tolok.publish.language import Language
from tolok.publish.results import read_results

TOLOK = Path(sys.executable).with_name("tolok")
SMALL = ["--institutions", "24", "--posts", "6000", "--comments", "800"]


def tolok(*words, cwd=None):
    command = [str(TOLOK), *(str(word) for word in words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "edition"
    done = tolok("demo", folder, *SMALL)
    assert done.returncode == 0, done.stderr
    return folder, done


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A judged and published edition with few draws, to be made again by commands."""
    folder = tmp_path_factory.mktemp("edition") / "edition"
    make_judged_edition(folder)
    return folder


def files_of(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def differing(one, other):
    names = files_of(one)
    assert names == files_of(other)
    return [name for name in names if not filecmp.cmp(one / name, other / name, shallow=False)]


def edition_like(demo_folder, folder):
    """The demo's edition before its import: rules, lock and registry."""
    for name in ("edition.toml", "columns.toml"):
        folder.mkdir(exist_ok=True)
        shutil.copyfile(demo_folder / name, folder / name)
    for name in ("metrics", "categories", "registry", "lock"):
        shutil.copytree(demo_folder / name, folder / name)
    return folder


def test_demo_ends_with_the_address_of_an_open_site(demo):
    folder, done = demo
    assert done.stdout.splitlines()[-1].endswith((folder / "site" / "index.html").as_uri())
    assert (folder / "site" / "id" / "index.html").is_file()
    assert (folder / "site" / "en" / "index.html").is_file()


def test_demo_names_three_nominees_and_a_winner_an_award(demo):
    folder, done = demo
    lines = (folder / "results" / "nominees.csv").read_text("utf-8").splitlines()
    awards = {tuple(line.split(",")[:2]) for line in lines[1:]}
    assert len(lines) - 1 >= 3 * len(awards)
    with (folder / "results" / "winners.csv").open(encoding="utf-8", newline="") as file:
        winners = list(csv.DictReader(file))
    nominated = {tuple(line.split(",")[i] for i in (0, 1, 3)) for line in lines[1:]}
    awarded = [row for row in winners if row["status"] != "not_awarded"]
    assert {(row["category"], row["cluster"]) for row in awarded} == awards
    assert {
        (row["category"], row["cluster"], row["institution_id"]) for row in awarded
    } <= nominated
    assert {row["status"] for row in awarded} <= set(STATUSES) - {"undecided", "overridden"}
    assert all(0 < float(row["chance_best"]) <= 1 for row in awarded)
    assert f"A simulated jury decided {len(awards)} awards" in done.stdout


def test_demo_has_the_year_before_to_compare_with(demo):
    folder, _ = demo
    (before,) = read_archive(folder)
    edition = before.rules.edition
    assert (edition.name, edition.is_simulated) == ("simulated-2024", True)
    assert edition.window.closes_on == read_rules(folder).edition.window.opens_on
    assert not [path for path in folder.parent.iterdir() if path != folder]
    assert (folder / "site" / "id" / "archive.html").is_file()
    for page in (folder / "site" / "id" / "institutions").glob("*-*.html"):
        assert 'id="changed"' in page.read_text("utf-8")


def test_demo_leaves_a_record_that_holds_and_names_nobody(demo):
    folder, _ = demo
    text = (folder / "jury" / "ledger.jsonl").read_text("utf-8")
    acts = Counter(line.act for line in read_ledger(text))
    assert {name: acts[name] for name in ("opened", "declared", "packed", "figures", "closed")} == {
        "opened": 1,
        "declared": 5,
        "packed": 5,
        "figures": 5,
        "closed": 1,
    }
    assert acts["ballot"] >= 10
    names = [juror.name for juror in read_rules(folder).edition.jury.jurors]
    assert len(names) == 5
    published = [*(folder / "jury").rglob("*.json*"), *(folder / "results").iterdir()]
    assert [p.name for p in published for name in names if name.encode() in p.read_bytes()] == []


def test_every_institution_of_the_registry_has_a_page_in_both_languages(demo):
    folder, _ = demo
    ids = pq.read_table(folder / "results" / "institutions.parquet")["institution_id"].to_pylist()
    for language in ("id", "en"):
        pages = {path.stem for path in (folder / "site" / language / "institutions").glob("*.html")}
        assert pages - {"index"} == set(ids)


def test_results_and_site_are_the_same_bytes_on_one_thread_in_another_import_order(
    edition, tmp_path
):
    again = edition_like(edition, tmp_path / "again")
    exports = sorted((edition / "brought" / "exports").iterdir(), reverse=True)
    for export in exports:
        done = tolok("import", again, export)
        assert done.returncode == 0, done.stderr
    assert tolok("score", again, "--threads", "1").returncode == 0
    (again / "brought").mkdir()
    shutil.copyfile(edition / "brought" / "truth.csv", again / "brought" / "truth.csv")
    play_jury(again, again / "brought", 2025)
    for name in ("archive", "press"):  # what an organiser has beside rules and results
        shutil.copytree(edition / name, again / name)
    assert tolok("publish", again).returncode == 0
    assert differing(edition / "jury", again / "jury") == []
    assert differing(edition / "private" / "jury", again / "private" / "jury") == []
    assert differing(edition / "results", again / "results") == []
    assert differing(edition / "site", again / "site") == []


def test_importing_again_changes_nothing(edition, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(edition, again)
    done = tolok("import", again, again / "brought" / "exports", "--json")
    reports = json.loads(done.stdout)
    assert {report["rows_kept"] for report in reports} == {0}
    for report in reports:
        counted = report["rows_kept"] + report["rows_duplicate"] + report["rows_rejected"]
        assert report["rows_read"] == counted
    assert tolok("score", again, "--threads", "2").returncode == 0
    assert differing(edition / "results", again / "results") == []


def test_replay_makes_the_same_store_from_what_was_landed(edition, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(edition, again)
    shutil.rmtree(again / "store")
    assert tolok("replay", again).returncode == 0
    assert tolok("score", again).returncode == 0
    assert differing(edition / "results", again / "results") == []


@pytest.mark.parametrize(
    "planted",
    [
        ("edition.toml", "nominee_count = 3", 'nominee_count = "three"', "edition.toml, line"),
        ("columns.toml", '"comment_count"', '"comments_count"', "columns.toml, line"),
        ("metrics/counts.toml", "SUM(comment_count)", "SUM(comments_count)", "comment_count.sql"),
        (
            "categories/most-active.toml",
            'model = "share"',
            'model = "shere"',
            "most-active.toml, line",
        ),
        ("registry/accounts.csv", ",instagram,", ",instgram,", "accounts.csv, line"),
        ("registry/institutions.csv", ",ministries,", ",ministrys,", "institutions.csv, line"),
    ],
)
def test_a_fault_planted_in_an_edition_file_is_reported_with_its_place(demo, tmp_path, planted):
    folder, _ = demo
    file, old, new, place = planted
    broken = edition_like(folder, tmp_path / "broken")
    shutil.rmtree(broken / "lock")
    text = (broken / file).read_text("utf-8")
    assert old in text
    (broken / file).write_text(text.replace(old, new, 1), "utf-8")
    for command in ("check", "score"):
        done = tolok(command, broken)
        assert done.returncode in (1, 2)
        assert place in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_locked_rule_that_changes_is_refused_until_an_erratum_gives_the_reason(edition, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(edition, changed)
    path = changed / "edition.toml"
    path.write_text(
        path.read_text("utf-8").replace("nominee_count = 3", "nominee_count = 4"), "utf-8"
    )
    refused = tolok("score", changed)
    assert refused.returncode == 4
    assert "edition.toml, line" in refused.stderr
    assert "nominee_count = 4" in refused.stderr
    assert tolok("lock", changed, "--erratum", "the panel asked for four").returncode == 0
    assert tolok("score", changed).returncode == 0
    note = json.loads((changed / "errata" / "001.json").read_text("utf-8"))
    assert note["reason"] == "the panel asked for four"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["score", "nowhere"], 2, "no edition.toml here"),
        (["publish", "nowhere"], 2, "no edition.toml here"),
        (["new", "."], 2, "is not empty"),
        (["new", "x", "--template", "gsm-2052"], 2, "Did you mean 'gsm-2025'?"),
        (["import", "nowhere", "edge.csv"], 2, "no edition.toml here"),
    ],
)
def test_wrong_arguments_get_one_clear_message(tmp_path, words, status, message):
    (tmp_path / "edge.csv").write_text("a,b\n1,2\n", "utf-8")
    done = tolok(*words, cwd=tmp_path)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_is_one_json_document_where_json_was_asked_for(tmp_path):
    done = tolok("score", "nowhere", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"] == "NotAnEdition"


def test_an_edition_without_data_is_told_so(tmp_path):
    assert tolok("new", tmp_path / "empty").returncode == 0
    done = tolok("score", tmp_path / "empty")
    assert done.returncode == 2
    assert "nothing was imported" in done.stderr


def test_example_of_the_method_page_adds_up_to_the_score(demo):
    folder, _ = demo
    rules = read_rules(folder)
    results = read_results(folder / "results", rules, None)
    example = example_of(results, Language("en", rules))
    assert example is not None
    floor, total = rules.edition.scoring.z_floor, 0.0
    for part in example.parts:
        points = 0.0
        for step in map(asdict, part.steps):
            if step["kept"] is not None:
                drawn = step["mean"] + step["kept"] * (step["value"] - step["mean"])
                assert drawn == pytest.approx(step["shrunk"])
            z = max((step["level"] - step["centre"]) / step["scale"], floor)
            assert z == pytest.approx(step["z"])
            points += (50 + 50 * z / 3) * step["weight"]
        assert part.row is not None
        assert points == pytest.approx((part.share or 0) * (part.row.points or 0))
        total += points
    assert total == pytest.approx(example.score.score)


def test_every_rank_has_its_interval_and_probabilities(demo):
    folder, _ = demo
    scores = pq.read_table(folder / "results" / "scores.parquet").to_pylist()
    ranked = [row for row in scores if row["eligible"]]
    assert ranked
    for row in ranked:
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
        assert 0 <= row["p_first"] <= row["p_nominee"] <= 1
    doubt = pq.read_table(folder / "results" / "uncertainty.parquet").to_pylist()
    told = {(row["category"], row["institution_id"], row["source"]) for row in doubt}
    assert told == {
        (row["category"], row["institution_id"], source)
        for row in ranked
        for source in ("data", "method", "missing", "all", "simultaneous")
    }
