"""Real exports end to end: 14 Brazilian state governments, held to a few lines of pandas."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.verify_cases import change_cell, rewrite_hashes

from tolok.pipeline.verify.verify import verify

ROOT = Path(__file__).resolve().parents[2]
POSTS = {"ac": 3571, "ap": 1784, "df": 1126, "ce": 939}
"""Posts of 2024 in local time, counted once by hand."""


@pytest.fixture(scope="module")
def source(shared_data):
    folder = shared_data / "exports" / "br_states"
    if not folder.is_dir():
        pytest.skip("the exports of Brazilian state governments are not here")
    return folder


@pytest.fixture(scope="module")
def edition(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("br") / "edition"
    program = ROOT / "examples" / "br_states.py"
    done = subprocess.run(
        [sys.executable, str(program), str(source), str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture(scope="module")
def by_pandas(source):
    """Posts, likes and comments of each institution in 2024, straight from the files."""
    registry = pd.read_csv(source / "registry.csv", dtype=str)
    sums = {}
    for row in registry.itertuples():
        posts = pd.read_excel(source / row.file, engine="calamine")
        local = posts["Date"].dt.tz_localize("UTC").dt.tz_convert("America/Sao_Paulo")
        inside = posts[(local >= "2024-01-01") & (local < "2025-01-01")]
        sums[row.institution_id] = {
            "post_count": len(inside),
            "reaction_count": int(inside["Likes per post"].sum()),
            "comment_count": int(inside["Comments per post"].sum()),
        }
    return sums


@pytest.fixture(scope="module")
def metrics(edition):
    table = pq.read_table(edition[0] / "results" / "metrics.parquet").to_pandas()
    return table[table.account_id != ""]


def test_posts_likes_and_comments_of_every_institution_equal_the_files(metrics, by_pandas):
    wanted = metrics[metrics.metric.isin(["post_count", "reaction_count", "comment_count"])]
    found = {
        institution: {row.metric: int(row.value) for row in rows.itertuples()}
        for institution, rows in wanted.groupby("institution_id")
    }
    assert found == by_pandas
    assert {name: found[name]["post_count"] for name in POSTS} == POSTS


def test_interactions_are_those_of_posts_whose_likes_are_known(metrics, source):
    posts = pd.read_excel(source / "data" / "raw" / "gov_df.xlsx", engine="calamine")
    local = posts["Date"].dt.tz_localize("UTC").dt.tz_convert("America/Sao_Paulo")
    inside = posts[(local >= "2024-01-01") & (local < "2025-01-01")]
    known = inside[inside["Likes per post"] > 0]
    row = metrics[(metrics.institution_id == "df") & (metrics.metric == "interaction_count")].iloc[
        0
    ]
    assert row.value == known["Likes per post"].sum() + known["Comments per post"].sum()
    assert row.post_count == len(known)
    assert row.missing_count == len(inside) - len(known)


def test_every_row_of_every_file_is_accounted_for(edition, source):
    registry = pd.read_csv(source / "registry.csv", dtype=str)
    rows = {Path(f).name: len(pd.read_excel(source / f, engine="calamine")) for f in registry.file}
    lines = edition[1].splitlines()[: len(rows)]
    read = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    assert read == rows
    assert sum(read.values()) == 62_020


def test_active_engaging_and_images_rank_every_state(edition):
    scores = pq.read_table(edition[0] / "results" / "scores.parquet").to_pandas()
    for category in ("most-active", "most-engaging", "best-use-of-images"):
        ranks = scores[(scores.category == category) & scores.eligible].groupby("cluster")["rank"]
        assert {cluster: sorted(rank) for cluster, rank in ranks} == {
            "north": list(range(1, 10)),
            "south-and-centre": list(range(1, 6)),
        }


def test_indicators_that_need_followers_or_views_are_not_invented(edition):
    indicators = pq.read_table(edition[0] / "results" / "indicators.parquet").to_pandas()
    assert set(indicators.indicator) & {"views", "growth", "replies"} == set()
    metrics = pq.read_table(edition[0] / "results" / "metrics.parquet").to_pandas()
    lacking = metrics[metrics.metric.isin(["view_count", "share_count", "engagement_rate"])]
    assert lacking.value.isna().all()
    assert (lacking.post_count == 0).all()


def test_flags_point_at_runs_copies_and_one_large_post(edition):
    flags = pq.read_table(edition[0] / "results" / "flags.parquet").to_pylist()
    found = [(row["institution_id"], row["flag"], str(row["first_on"])) for row in flags]
    assert found == [
        ("ac", "burst", "2024-08-27"),
        ("ap", "burst", "2024-12-27"),
        ("ap", "like_burst", "2024-08-28"),
        ("df", "copies", "None"),
        ("sc", "burst", "2024-05-04"),
        ("sc", "viral", "None"),
    ]


def test_copies_flagged_are_captions_that_stand_in_the_file_before(edition, source):
    posts = pd.read_excel(source / "data" / "raw" / "gov_df.xlsx", engine="calamine")
    local = posts["Date"].dt.tz_localize("UTC").dt.tz_convert("America/Sao_Paulo")
    inside = posts[(local >= "2024-01-01") & (local < "2025-01-01")]
    column = next(name for name in ("Message", "Text", "Post") if name in inside)
    bare = inside[column].dropna().str.lower().str.replace(r"\s+", "", regex=True)
    copies = int(bare[bare != ""].duplicated().sum())
    flags = pq.read_table(edition[0] / "results" / "flags.parquet").to_pylist()
    (row,) = (row for row in flags if row["flag"] == "copies")
    assert round(row["value"] * row["unit_count"]) == row["marked_count"]
    assert row["marked_count"] == copies


def test_site_is_as_a_stranger_computes_it_and_a_forged_copy_is_not(edition, tmp_path):
    site = Path(shutil.copytree(edition[0] / "site", tmp_path / "copy"))
    found = verify(site)
    assert {check.name for check in found.checks if check.state != "same"} == {
        "flips", "flags", "best_posts",
    }  # fmt: skip
    row = change_cell(site / "data/results/scores.parquet", "score", lambda score: score + 0.01)
    rewrite_hashes(site)
    told = [str(one) for check in verify(site).checks for one in check.differences]
    assert [one for one in told if row["institution_id"] in one and "scores.parquet" in one] != []
