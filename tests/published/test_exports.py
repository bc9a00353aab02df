"""Real exports of real tools: every row accounted for, counts as other programs count them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from tests.import_cases import EDITION, bring, figures

from tolok.model import Window
from tolok.sources.imports import import_files
from tolok.store.duckdb import DuckDb
from tolok.store.layout import Layout, attach_store

EXPORTED_AT = datetime(2025, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def exports(shared_data):
    """The folder of exports."""
    return shared_data / "exports"


@pytest.fixture(scope="module")
def states(exports, tmp_path_factory):
    """The reports of the 14 merged exports of Brazilian states, and the edition they came into."""
    window = Window(date(2024, 1, 1), date(2025, 1, 1), "America/Sao_Paulo")
    edition = replace(EDITION, window=window)
    layout = Layout(tmp_path_factory.mktemp("states"))
    files = sorted((exports / "br_states" / "data" / "raw").glob("*.xlsx"))
    return layout, files, import_files(layout, edition, files)


def sheet(file):
    return pd.read_excel(file, engine="calamine")


def query(layout, sql):
    with DuckDb() as engine:
        attach_store(engine, layout)
        return engine.query(sql).to_pylist()


def test_every_row_of_every_state_comes_in(states):
    _, files, reports = states
    assert len(files) == 14
    assert [figures(report) for report in reports] == [
        (len(sheet(file)), len(sheet(file)), 0, 0) for file in files
    ]
    assert sum(report.rows_read for report in reports) == 62_020


def test_posts_and_sums_of_the_window_are_those_of_pandas(states):
    layout, files, _ = states
    sql = """
        SELECT account_id, count(*) AS posts, count(reaction_count) AS known,
            sum(reaction_count)::BIGINT AS reactions, sum(comment_count)::BIGINT AS comments,
            count(*) FILTER (reaction_count_missing = 'hidden') AS hidden,
            count(*) FILTER (kind = 'image') AS images
        FROM observations
        WHERE published_on >= '2024-01-01' AND published_on < '2025-01-01'
        GROUP BY account_id ORDER BY account_id
    """
    expected = []
    for file in files:
        rows = sheet(file)
        local = (
            pd.to_datetime(rows["Date"]).dt.tz_localize("UTC").dt.tz_convert("America/Sao_Paulo")
        )
        rows = rows[local.dt.year == 2024]
        (profile,) = set(rows["Profile-ID"])
        likes, comments = rows["Likes per post"], rows["Comments per post"]
        expected.append(
            {
                "account_id": f"instagram:{profile}",
                "posts": len(rows),
                "known": int((likes > 0).sum()),
                "reactions": int(likes.sum()),
                "comments": int(comments[comments >= 0].sum()),
                "hidden": int((likes == 0).sum()),
                "images": int(rows["Link"].str.contains("/p/").sum()),
            }
        )
    assert query(layout, sql) == sorted(expected, key=lambda row: str(row["account_id"]))


def test_the_one_count_below_zero_is_set_aside(states):
    sql = "SELECT source_row FROM observations WHERE comment_count_missing = 'suspect'"
    assert query(states[0], sql) == [{"source_row": 6469}]


def test_likes_and_sums_of_raw_exports_meet_post_by_post(exports, tmp_path):
    folder = exports / "br_states" / ".old" / "fanpage-data"
    files = [*sorted((folder / "likes").glob("*.xlsx")), *sorted((folder / "rcs").glob("*.xlsx"))]
    reports = bring(tmp_path / "edition", *files)
    assert len(reports) == 8
    assert all(figures(report) == (report.rows_read, report.rows_read, 0, 0) for report in reports)
    assert sum(report.rows_read for report in reports) == 2 * (2559 + 3335 + 3667 + 2351)
    sql = """
        WITH pairs AS (
            SELECT account_id, post_id, observed_at, count(*) AS n, max(reaction_count) AS likes,
                max(engagement_count) AS total
            FROM observations GROUP BY account_id, post_id, observed_at
        )
        SELECT count(*) AS posts, count(*) FILTER (n = 2) AS joined, count(likes) AS likes,
            count(total) AS totals, min(observed_at) AS observed_at FROM pairs
    """
    (found,) = query(Layout(tmp_path / "edition"), sql)
    posts = 2559 + 3335 + 3667 + 2351
    assert found == {
        "posts": posts,
        "joined": posts,
        "likes": posts - 16 - 9,  # a dash, and 0
        "totals": posts,
        "observed_at": EXPORTED_AT,
    }


YOUTUBE = "youtube_api/testdata/apidata"
DISCOVERY = "meta_api/testdata/instagram/apidata/discovery"
X = "twitter_v2_academictwitter/tests/testdata"
ANSWERS = [
    (f"{YOUTUBE}/videos/videos_info_multi.json", "youtube-api", 2),
    (f"{YOUTUBE}/videos/videos_chart_paged_1.json", "youtube-api", 5),
    (f"{YOUTUBE}/channels/info_multiple.json", "youtube-api", 2),
    (f"{DISCOVERY}/medias_p1.json", "instagram-business-discovery", 2),
    (f"{DISCOVERY}/user_fields.json", "instagram-business-discovery", 1),
    (f"{X}/reuters/data_1219780709600124929.json", "x-api", 500),
    (f"{X}/reuters/users_1219780709600124929.json", "x-api", 33),
    (f"{X}/commtwitter/data_1399765322509557763.json", "x-api", 5),
]


@pytest.mark.parametrize(("path", "format_name", "rows"), ANSWERS)
def test_saved_answers_of_interfaces_come_in(exports, tmp_path, path, format_name, rows):
    options = {"exported_at": EXPORTED_AT, "account": "@facebookfordevelopers"}
    (report,) = bring(tmp_path / "edition", exports / path, **options)
    assert (report.format, figures(report)) == (format_name, (rows, rows, 0, 0))
