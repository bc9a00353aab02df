"""A published edition in a stranger's hands: computed again, and every forgery named."""

import json
import re
import shutil
import subprocess
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from tests.edition_cases import make_judged_edition
from tests.verify_cases import (
    change_cell,
    change_csv,
    rewrite_hashes,
    written_json,
)

from tolok.methodology.lock import rules_sha256
from tolok.methodology.rules import read_rules
from tolok.methodology.scored import scored_rules_sha256
from tolok.pipeline.progress import silent
from tolok.pipeline.verify.files import check_files
from tolok.pipeline.verify.package import NothingToVerify, find_package
from tolok.pipeline.verify.pages import compare_sites, remade
from tolok.pipeline.verify.verify import Asked, verify

ROOT = Path(__file__).resolve().parents[2]
UNCHECKED = {"flips", "flags", "best_posts"}
"""What is made from single posts alone."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A small simulated edition, judged and published."""
    folder = tmp_path_factory.mktemp("demo") / "edition"
    make_judged_edition(folder)
    return folder


@pytest.fixture
def site(edition, tmp_path):
    """A copy of the site alone, far from the organiser's store."""
    return Path(shutil.copytree(edition / "site", tmp_path / "copy"))


def states(found):
    return {check.name: check.state for check in found.checks}


def data_of(site):
    """The open data of a site apart from its pages, which take long to make again."""
    return Path(shutil.copytree(site / "data", site.parent / "data-alone"))


def named(found, check):
    """The file and place of each difference of a check."""
    (one,) = [one for one in found.checks if one.name == check]
    return {(difference.file, difference.place) for difference in one.differences}


def told(found):
    return "\n".join(str(one) for check in found.checks for one in check.differences)


def test_copy_of_the_site_is_as_it_is_computed(site):
    lock = json.loads((site / "data/lock/lock.json").read_text("utf-8"))["rules_sha256"]
    stated = json.loads((site / "data/datapackage.json").read_text("utf-8"))["tolok"]
    found = verify(site, Asked(lock_hash=lock, data_sha256=stated["data_sha256"]))
    assert found.is_sound, told(found)
    assert {name for name, state in states(found).items() if state == "not_checked"} == UNCHECKED
    assert {name for name, state in states(found).items() if state == "same"} == {
        "files", "data", "rules", "counts", "metrics", "panel", "scores", "uncertainty", "nominees",
        "comparisons", "jury", "pages",
    }  # fmt: skip
    assert [
        check.name for check in found.checks if check.state == "same" and not check.compared
    ] == []


def test_site_on_the_web_is_copied_whole_as_the_documentation_says(edition, tmp_path):
    page = (ROOT / "docs" / "verify.md").read_text("utf-8")
    (command,) = re.findall(r"^(wget .*)$", page, re.MULTILINE)
    handler = partial(SimpleHTTPRequestHandler, directory=str(edition))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/site"
        subprocess.run(["bash", "-c", f"SITE={address}; {command}"], cwd=tmp_path, check=True)
        server.shutdown()
    assert compare_sites(tmp_path, edition / "site") == (len(list_of(edition / "site")), [])


def list_of(site):
    return [path for path in site.rglob("*") if path.is_file()]


def test_forged_figures_are_named_though_every_hash_was_made_to_fit(site):
    results = site / "data" / "results"
    one_more, other = (lambda count: count + 1), (lambda value: value * 0.75 + 0.01)
    changed = {
        ("scores", "scores"): change_cell(results / "scores.parquet", "score", other),
        ("scores", "indicators"): change_cell(results / "indicators.parquet", "points", other),
        ("scores", "reference"): change_cell(results / "reference.parquet", "value", other),
        ("uncertainty", "uncertainty"): change_cell(
            results / "uncertainty.parquet", "p_first", other
        ),
        ("uncertainty", "leave_one_out"): change_cell(
            results / "leave_one_out.parquet", "rank", one_more
        ),
        ("comparisons", "formulas"): change_cell(results / "formulas.parquet", "value", other),
        ("comparisons", "size_comparison"): change_cell(
            results / "size_comparison.parquet", "raw_rate", other
        ),
        ("jury", "jury_awards"): change_cell(results / "jury_awards.parquet", "alpha", other),
        ("jury", "jury_nominees"): change_cell(
            results / "jury_nominees.parquet", "jury_score", other
        ),
        ("counts", "accounts"): change_cell(results / "accounts.parquet", "post_count", one_more),
        ("counts", "coverage"): change_cell(results / "coverage.parquet", "hidden_count", one_more),
    }
    nominee = change_csv(results / "nominees.csv", "p_first", lambda _: "0.987")
    winner = change_csv(results / "winners.csv", "chance_best", lambda _: "0.987")
    with written_json(results / "manifest.json") as manifest:
        manifest["record_counts"]["posts"] += 1
    rewrite_hashes(site)
    found = verify(site)
    assert states(found)["files"] == states(found)["rules"] == "same"
    for (check, table), row in changed.items():
        places = [
            place for file, place in named(found, check) if file == f"results/{table}.parquet"
        ]
        owner = row.get("institution_id") or row.get("cluster") or row["category"]
        assert [place for place in places if owner in place] != [], (table, told(found))
    for check, file, row in (
        ("nominees", "nominees.csv", nominee),
        ("jury", "winners.csv", winner),
    ):
        places = [place for name, place in named(found, check) if name == f"results/{file}"]
        assert [place for place in places if row["institution_id"] in place] != []
    assert ("results/manifest.json", "record_counts, posts") in named(found, "counts")
    assert states(found)["pages"] == "different"


def test_post_that_is_put_in_or_taken_out_shows_in_every_count_of_it(site):
    table = site / "data" / "results" / "counted_posts.parquet"
    row = change_cell(table, "is_own", lambda is_own: not is_own)
    rewrite_hashes(site)
    found = verify(site, Asked(is_quick=True))
    assert states(found)["counts"] == states(found)["metrics"] == "different"
    for check in ("counts", "metrics"):
        assert [place for _, place in named(found, check) if row["account_id"] in place] != []


def test_forged_ballot_is_named_by_the_ledger(site):
    path = site / "data" / "jury" / "ballots" / "first-J2-1.json"
    with written_json(path) as ballot:
        scores = ballot["scores"][0][3]
        scores["creativity"] = 1 + scores["creativity"] % 10
    rewrite_hashes(site)
    found = verify(data_of(site))
    assert told(found).splitlines()[0] == (
        "jury/ballots/first-J2-1.json: is changed, but the ledger took another from J2 in "
        "round first"
    )


def test_line_of_the_ledger_that_is_changed_breaks_its_chain(site):
    path = site / "data" / "jury" / "ledger.jsonl"
    path.write_text(path.read_text("utf-8").replace('"J1"', '"J9"', 1), "utf-8")
    rewrite_hashes(site)
    assert ("jury/ledger.jsonl", "line 1") in named(verify(data_of(site)), "jury")


def test_rules_changed_with_lock_and_manifest_show_in_the_scores_and_by_the_hash_from_outside(site):
    data = site / "data"
    was = rules_sha256(data)
    path = data / "categories" / "most-active.toml"
    text = path.read_text("utf-8")
    assert "weight = 0.30" in text
    path.write_text(text.replace("weight = 0.30", "weight = 0.90", 1), "utf-8")
    with written_json(data / "lock" / "lock.json") as lock:
        lock["files"]["categories/most-active.toml"] = sha256(path.read_bytes()).hexdigest()
        lock["rules_sha256"] = rules_sha256(data)
    with written_json(data / "results" / "manifest.json") as manifest:
        manifest["rules_sha256"] = manifest["lock_hash"] = rules_sha256(data)
    rewrite_hashes(site)
    assert [place for _, place in named(verify(site, Asked(is_quick=True)), "rules")] == [
        "scored_rules_sha256"
    ]
    with written_json(data / "results" / "manifest.json") as manifest:
        manifest["scored_rules_sha256"] = scored_rules_sha256(read_rules(data))
    rewrite_hashes(site)
    found = verify(data_of(site), Asked(lock_hash=was))
    assert ("the rules", "--lock") in named(found, "rules")
    assert states(found)["scores"] == "different"
    assert states(verify(site, Asked(is_quick=True)))["rules"] == "same"


def test_organisers_own_folder_is_computed_from_its_posts(edition):
    found = verify(edition)
    assert found.is_sound, told(found)
    assert states(found) == dict.fromkeys(
        ("landing", "files", "rules", "results", "jury", "pages"), "same"
    )


def test_any_byte_that_is_changed_is_named_and_no_other_file_is(site, tmp_path):
    """A thousand places, ten files at a time: their lists name them, or the site made again."""
    package = find_package(site)
    again = remade(
        package, tmp_path / "again", read_rules(package.home), rules_sha256(package.home), silent
    )
    assert (check_files(package).state, compare_sites(site, again)[1]) == ("same", [])
    files = sorted(path for path in site.rglob("*") if path.is_file())
    lists = {"site.json", "data/datapackage.json"}
    draw = np.random.default_rng(20251129)
    for _ in range(100):
        chosen = [files[at] for at in draw.choice(len(files), 10, replace=False).tolist()]
        before = {path: path.read_bytes() for path in chosen}
        for path, content in before.items():
            at, bits = int(draw.integers(len(content))), int(draw.integers(1, 256))
            path.write_bytes(content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :])
        names = {path.relative_to(site).as_posix() for path in chosen}
        assert {one.file for one in compare_sites(site, again)[1]} == names
        if not names & lists:  # a list that cannot be read any more names itself alone
            assert {one.file for one in check_files(package).differences} == names
        for path, content in before.items():
            path.write_bytes(content)


def test_file_that_is_absent_or_added_is_named(site):
    (site / "id" / "method.html").unlink()
    (site / "id" / "more.html").write_text("<p>", "utf-8")
    assert named(verify(site, Asked(is_quick=True)), "files") == {
        ("id/method.html", ""), ("id/more.html", ""),
    }  # fmt: skip


def test_folder_that_is_none_of_these_is_refused(tmp_path):
    with pytest.raises(NothingToVerify, match="is no site"):
        verify(tmp_path)
