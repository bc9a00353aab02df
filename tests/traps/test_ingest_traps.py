"""Known ways to lose or falsify rows on their way in, each where falling for it shows."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.import_cases import EXPORTED_AT, bring, document, figures, ndjson, post, readings, stored

from tolok.store.layout import Layout, read_parts
from tolok.store.schema import STORE_TABLES

ROOT = Path(__file__).resolve().parents[2]
IMPORT = """
import sys
from pathlib import Path
from tests.import_cases import bring
account = sys.argv[2] or None
bring(Path(sys.argv[1]), *map(Path, sys.argv[3:]), account=account)
"""


def test_ids_of_17_digits_that_a_float_would_merge_stay_two(tmp_path):
    ids = [17841407673135339, 17841407673135340]
    assert float(ids[0]) == float(ids[1])
    rows = [post(post_id) for post_id in ids] + [
        post(str(post_id), platform="x") for post_id in ids
    ]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    assert figures(report) == (4, 4, 0, 0)
    assert {row["post_id"] for row in stored(tmp_path / "edition")} == {str(i) for i in ids}


def test_hidden_likes_do_not_become_zero(tmp_path):
    media = [
        {"permalink": f"https://www.instagram.com/p/{code}/", "media_type": "IMAGE",
         "timestamp": "2025-01-01T00:00:00+0000", **likes}
        for code, likes in (("HIDDEN", {}), ("NOBODY", {"like_count": 0}))
    ]  # fmt: skip
    answer = {"business_discovery": {"username": "a", "media": {"data": media}}}
    bring(tmp_path / "e", document(tmp_path / "a.json", answer), exported_at=EXPORTED_AT)
    counts = {
        row["post_id"]: (row["reaction_count"], row["reaction_count_missing"])
        for row in stored(tmp_path / "e")
    }
    assert counts == {"HIDDEN": (None, "hidden"), "NOBODY": (0, None)}


def test_empty_cell_is_missing_and_zero_is_zero(tmp_path):
    file = tmp_path / "posts.csv"
    times = "2025-03-01T08:00:00Z,2025-03-02T08:00:00Z"
    file.write_text(
        "platform,post_id,account_id,published_at,observed_at,reaction_count,comment_count\n"
        f"x,A,@a,{times},,0\n"
    )
    bring(tmp_path / "edition", file)
    (row,) = stored(tmp_path / "edition")
    assert (row["reaction_count"], row["reaction_count_missing"]) == (None, "not_collected")
    assert (row["comment_count"], row["comment_count_missing"]) == (0, None)


def test_post_of_new_years_eve_belongs_to_the_local_year(tmp_path):
    rows = [
        post("last", published_at="2025-12-31T23:59:59+07:00"),
        post("first", published_at="2025-12-31T17:00:00Z"),
    ]
    bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    days = {row["post_id"]: str(row["published_on"]) for row in stored(tmp_path / "edition")}
    assert days == {"last": "2025-12-31", "first": "2026-01-01"}


def test_likes_of_a_reposted_original_are_not_the_reposters(tmp_path):
    tweet = {
        "id": "1", "author_id": "2", "text": "RT @b: halo", "created_at": "2025-01-01T00:00:00Z",
        "referenced_tweets": [{"type": "retweeted", "id": "3"}],
        "public_metrics": {"retweet_count": 900, "quote_count": 0, "like_count": 0},
    }  # fmt: skip
    bring(tmp_path / "e", document(tmp_path / "a.json", [tweet]), exported_at=EXPORTED_AT)
    (row,) = stored(tmp_path / "e")
    assert (row["origin"], row["share_count"], row["share_count_missing"]) == (
        "repost", None, "not_offered",
    )  # fmt: skip


def test_rejected_rows_of_a_file_do_not_take_its_duplicates_numbers(tmp_path):
    """Duplicates inside one file are counted beside rejects, not instead of them."""
    rows = [post("A"), "broken", post("A"), post("B", reaction_count=-1), post("A")]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    assert figures(report) == (5, 1, 2, 2)


def test_stop_between_part_and_report_leaves_nothing_that_counts(tmp_path):
    edition = tmp_path / "edition"
    whole = ndjson(tmp_path / "whole.ndjson", [post("A"), post("B")])
    half = ndjson(tmp_path / "half.ndjson", [post("B"), post("C"), "broken"])
    bring(edition, whole)
    (report,) = bring(edition, half)
    layout = Layout(edition)
    expected = readings(edition)
    layout.report(report.sha256).unlink()  # the stop came before the report was written
    half_part = layout.part("observations", report.sha256)
    (half_part.parent / f".{half_part.name}.unfinished").write_bytes(b"PAR1 half")
    assert [row["post_id"] for row in readings(edition)] == ["A", "B"]
    assert stored(edition, "rejects") == []
    (again,) = bring(edition, half)
    assert figures(again) == (3, 1, 1, 1)
    assert readings(edition) == expected
    assert not list(layout.store.rglob("*.unfinished"))


def test_stop_between_two_files_of_a_batch_loses_no_duplicate(tmp_path):
    """What was set aside as a duplicate of a file is there once that file's report is."""
    edition = tmp_path / "edition"
    one = ndjson(tmp_path / "one.ndjson", [post("A"), post("B")])
    two = ndjson(tmp_path / "two.ndjson", [post("B"), post("C")])
    reports = bring(edition, one, two)
    expected = readings(edition)
    Layout(edition).report(reports[1].sha256).unlink()
    (report,) = bring(edition, two)
    assert figures(report) == (2, 1, 1, 0)
    assert readings(edition) == expected


def test_reading_of_the_last_second_is_kept_beside_that_before(tmp_path):
    rows = [
        post("A", observed_at=f"2025-03-15T09:00:0{second}+07:00", reaction_count=5)
        for second in (0, 1)
    ]
    bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    assert [row["observed_at"] for row in stored(tmp_path / "edition")] == [
        datetime(2025, 3, 15, 2, 0, second, tzinfo=UTC) for second in (0, 1)
    ]


@pytest.fixture(scope="module")
def big_files(tmp_path_factory):
    """Three files with rows in common, large enough that an import takes a moment."""
    folder = tmp_path_factory.mktemp("brought")
    text = "kata " * 60
    return [
        ndjson(
            folder / f"{number}.ndjson",
            [
                post(f"P{place}", text=f"{text}{place}", comment_count=place)
                for place in range(number * 4000, number * 4000 + 6000)
            ],
        )
        for number in range(3)
    ]


def run_import(edition, files, account=""):
    command = [sys.executable, "-c", IMPORT, str(edition), account, *map(str, files)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})


def test_killed_import_leaves_no_half_file_and_the_next_one_completes(tmp_path, big_files):
    bring(tmp_path / "quiet", *big_files)
    expected = readings(tmp_path / "quiet")
    started = time.monotonic()
    assert run_import(tmp_path / "timed", big_files).wait() == 0
    took = time.monotonic() - started
    # The last fifth is where parts and reports are written.
    for share in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
        edition = tmp_path / f"killed at {share}"
        program = run_import(edition, big_files)
        time.sleep(took * share)
        program.send_signal(signal.SIGKILL)
        program.wait()
        finished = [path.stem for path in Layout(edition).imports.glob("[0-9a-f]*.json")]
        for table in STORE_TABLES:
            assert {Path(part).stem for part in read_parts(Layout(edition), table)} <= set(finished)
        reported = [
            json.loads(Layout(edition).report(sha256).read_text("utf-8"))["rows_kept"]
            for sha256 in finished
        ]
        assert len(stored(edition)) == sum(reported)
        bring(edition, *big_files)
        assert readings(edition) == expected
        assert not list(edition.rglob("*.unfinished"))


def test_killed_reading_anew_loses_no_row_of_other_files(tmp_path, big_files):
    """Rows that were dropped for being in the first file too must outlive its replacement."""
    edition = tmp_path / "edition"
    bring(edition, *big_files)
    expected = readings(edition)
    started = time.monotonic()
    assert run_import(edition, big_files[:1], "@satu").wait() == 0
    took = time.monotonic() - started
    for number, share in enumerate((0.6, 0.8, 0.9, 0.95)):
        account = f"@nomor{number}"
        program = run_import(edition, big_files[:1], account)
        time.sleep(took * share)
        program.send_signal(signal.SIGKILL)
        program.wait()
        bring(edition, big_files[0], account=account)
        assert readings(edition) == expected
        assert not list(edition.rglob("*.unfinished"))
