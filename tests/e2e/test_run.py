"""`tolok run` does only what has to be done, and its outcome has the bytes of a whole run."""

import json
import shutil
from datetime import UTC, datetime

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.edition_cases import make_edition, make_judged_edition, pages_alone

from tolok.cli import main
from tolok.pipeline.locking import lock
from tolok.pipeline.publish import publish
from tolok.pipeline.run import run
from tolok.pipeline.score import score
from tolok.simulate import SimulationPlan

LAST_DAY = "published_at >= '2025-12-30'"
WORDS = (
    ("edition.toml", "#0b6b5d", "#5d0b6b"),
    ("edition.toml", 'address = ""', 'address = "https://hadiah.example"'),
    ("edition.toml", 'licence = ""', 'licence = "CC-BY-4.0"'),
    ("edition.toml", "[organiser]\n", "[organiser]\n# Kantor baru.\n"),
    ("edition.toml", "least_jurors = 5", "least_jurors = 6"),
    ("categories/most-active.toml", 'id = "Paling Aktif"', 'id = "Terajin"'),
    ("metrics/activity.toml", 'label = { id = "', 'label = { id = "Jumlah '),
)
"""Changes of all sorts that nothing is scored by."""


def files_of(folder):
    """The bytes of all results and pages, by path."""
    paths = [path for name in ("results", "site") for path in (folder / name).rglob("*")]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths if p.is_file()}


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """An edition with all its posts, one without those of the last days, and these as a file."""
    home = tmp_path_factory.mktemp("run")
    whole, part = home / "whole", home / "part"
    make_edition(whole, SimulationPlan(institutions=24, posts=3000, comments=200))
    exports = whole / "brought" / "exports"
    day = home / "day.parquet"
    for number, file in enumerate(sorted(exports.glob("posts-*.parquet"))):
        for name, where in (("early", f"NOT ({LAST_DAY})"), ("late", LAST_DAY)):
            target = home / f"{name}-{number}.parquet"
            duckdb.sql(f"COPY (SELECT * FROM '{file}' WHERE {where}) TO '{target}'")
    duckdb.sql(f"COPY (SELECT * FROM read_parquet('{home}/late-*.parquet')) TO '{day}'")
    others = [f for f in exports.iterdir() if not f.match("posts-*.parquet")]
    shutil.rmtree(whole / "store")
    shutil.rmtree(whole / "landing")
    shutil.copytree(whole, part)
    early = sorted(home.glob("early-*.parquet"))
    assert pq.read_metadata(day).num_rows > 5
    with pages_alone():
        run(whole, [*early, *others, day])
        run(part, [*early, *others])
        yield whole, part, day


def test_new_file_comes_to_the_bytes_of_a_whole_run(editions):
    whole, part, day = editions
    assert files_of(part) != files_of(whole)
    done = run(part, [day])
    assert done.scored is not None
    assert done.published is not None
    assert files_of(part) == files_of(whole)


def test_second_run_and_a_file_brought_again_do_nothing(editions):
    whole, _, day = editions
    before = files_of(whole)
    for files in ([], [day]):
        done = run(whole, files)
        assert (done.scored, done.published) == (None, None)
    assert files_of(whole) == before


def test_release_is_published_without_scoring(editions):
    whole, _, _ = editions
    release = min((whole / "press").rglob("*.md"))
    text = release.read_text("utf-8")
    release.write_text(f"{text}\nTambahan.\n", "utf-8")
    done = run(whole)
    assert (done.scored is None, done.published is None) == (True, False)
    release.write_text(text, "utf-8")
    assert run(whole).published is not None


def test_page_that_was_changed_is_mended(editions):
    whole, _, _ = editions
    before = files_of(whole)
    page = whole / "site" / "id" / "index.html"
    page.write_text("rusak", "utf-8")
    done = run(whole)
    assert (done.scored is None, done.published is None) == (True, False)
    assert files_of(whole) == before


@pytest.mark.parametrize("name", ["code_sha256", "scored_rules_sha256"])
def test_results_of_other_rules_or_code_are_made_anew(editions, name):
    whole, _, _ = editions
    before = files_of(whole)
    path = whole / "results" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {name: "0" * 64}), "utf-8")
    assert run(whole).scored is not None
    assert files_of(whole) == before


def test_rules_that_differ_in_words_alone_leave_the_results(editions, tmp_path):
    whole, folder = editions[0], tmp_path / "edition"
    shutil.copytree(whole, folder)
    for file, old, new in WORDS:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    lock(folder, now=datetime(2026, 2, 1, tzinfo=UTC), erratum="Salah ketik.")
    with pages_alone():
        done = run(folder)
        assert (done.scored is None, done.published is None) == (True, False)
        found = files_of(folder)
        score(folder)
        publish(folder)
    assert b"Terajin" in found["site/id/index.html"]
    assert found["results/manifest.json"] != files_of(whole)["results/manifest.json"]
    assert files_of(folder) == found


def test_rows_that_were_rejected_are_told_with_their_reasons(editions, tmp_path):
    whole, _, day = editions
    folder, bad = tmp_path / "edition", tmp_path / "bad.parquet"
    shutil.copytree(whole, folder)
    duckdb.sql(f"COPY (SELECT * REPLACE (-5 AS reaction_count) FROM '{day}' LIMIT 3) TO '{bad}'")
    told = CliRunner().invoke(main, ["run", str(folder), str(bad)])
    assert told.exit_code == 2
    assert "3 read = 0 kept + 0 duplicate + 3 rejected" in told.output
    assert "reaction_count: '-5'" in told.output
    assert "Nothing of bad.parquet came in." in told.output


@pytest.mark.parametrize("size", ["lots", "256", "-1GB", "0MB", "100%"])
def test_size_without_sense_or_unit_is_refused_before_anything_is_done(size):
    told = CliRunner().invoke(main, ["run", "gsm-2026", "--memory-limit", size])
    assert told.exit_code == 2
    assert f"'{size}' is no size; pass one with its unit, as 4GB or 800MB." in told.output


@pytest.mark.parametrize("size", ["0.5GB", "800 MB", "2GiB", "2gb"])
def test_size_with_its_unit_is_taken(size, tmp_path):
    folder = str(tmp_path / "none")
    told = CliRunner().invoke(main, ["run", folder, "--memory-limit", size])
    assert "is no size" not in told.output
    assert folder in told.output


def test_winners_of_other_nominees_are_not_published_away(tmp_path):
    folder = tmp_path / "edition"
    with pages_alone():
        make_judged_edition(folder)
        told = CliRunner().invoke(main, ["run", str(folder)])
        assert told.output == "The results are up to date.\nThe site is up to date.\n"
        before = files_of(folder)
        rules = folder / "edition.toml"
        text = rules.read_text("utf-8")
        rules.write_text(text.replace("nominee_count = 3", "nominee_count = 2", 1), "utf-8")
        lock(folder, now=datetime(2026, 3, 1, tzinfo=UTC), erratum="Dua calon saja.")
        for scored in ("Scored anew.", "The results are up to date."):
            told = CliRunner().invoke(main, ["run", str(folder)])
            assert told.exit_code == 4
            assert told.output.splitlines()[-2] == scored
            assert "The jury has closed on other nominees than these" in told.output
        told = CliRunner().invoke(main, ["jury", str(folder), "status"])
        assert "The jury has closed on other nominees than these" in told.output
        told = CliRunner().invoke(main, ["check", str(folder)])
        assert "the jury: it has closed on other nominees than there are now" in told.output
        assert told.exit_code == 0
    after = files_of(folder)
    shutil.rmtree(folder / "results")
    told = CliRunner().invoke(main, ["jury", str(folder), "status"])
    assert "nominees than these" not in told.output
    assert told.exception is None or isinstance(told.exception, SystemExit)
    assert "awaiting_jury" in after["results/winners.csv"].decode()
    assert "awaiting_jury" not in before["results/winners.csv"].decode()
    assert {path: after[path] for path in after if path.startswith("site/")} == {
        path: before[path] for path in before if path.startswith("site/")
    }
