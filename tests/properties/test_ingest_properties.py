"""Whatever is brought: every row is accounted for, order does not matter, twice is once."""

import csv
import io
import json
import tempfile
from collections import Counter
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.import_cases import bring, figures, ndjson, post, readings, stored

from tolok.model import COUNTS

COLUMNS = (
    "platform", "post_id", "account_id", "published_at", "observed_at", "kind", "text", "is_paid",
    "co_account_ids", "duration_s", *COUNTS, "missing",
)  # fmt: skip
ODD_CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(COUNTS), st.sampled_from(["hidden", "no"]), max_size=2),
    st.sampled_from(["instagram", "@a", "2025-03-01T08:00:00Z", "2025-03-01", "12.0", "1e3"]),
)
ROWS = st.builds(
    lambda number, odd: post(f"P{number}") | odd,
    st.integers(0, 5),
    st.dictionaries(st.sampled_from(COLUMNS), ODD_CELLS, max_size=2),
)
CUT_LINES = st.builds(lambda row, at: json.dumps(row)[:at], ROWS, st.integers(1, 60))
LINES = st.lists(st.one_of(ROWS.map(json.dumps), CUT_LINES), min_size=1, max_size=12)
GOOD = st.lists(
    st.builds(
        lambda number, count, hour: post(
            f"P{number}", reaction_count=count, observed_at=f"2025-04-01T0{hour}:00:00Z"
        ),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=8,
)


def first_line_is_known(lines):
    """A file that begins with a good row, so that its format is known."""
    return [json.dumps(post("first")), *lines]


@settings(max_examples=60)
@given(LINES)
def test_every_line_is_kept_a_duplicate_or_rejected(lines):
    with tempfile.TemporaryDirectory() as folder:
        brought = first_line_is_known(lines)
        file = Path(folder, "posts.ndjson")
        file.write_text("".join(f"{line}\n" for line in brought), "utf-8")
        (report,) = bring(Path(folder, "edition"), file)
        assert report.rows_read == sum(1 for line in brought if line.strip())
        assert report.rows_read == sum(figures(report)[1:])
        assert report.rows_kept == len(stored(Path(folder, "edition")))
        rejects = stored(Path(folder, "edition"), "rejects")
        assert report.rows_rejected == len(rejects) == len({reject["row"] for reject in rejects})
        assert all(reject["reason"] for reject in rejects)
        (again,) = bring(Path(folder, "edition"), file)
        assert figures(again) == (
            report.rows_read,
            0,
            report.rows_kept + report.rows_duplicate,
            report.rows_rejected,
        )


@settings(max_examples=40)
@given(GOOD, st.data())
def test_bad_rows_do_not_touch_the_good_ones(rows, data):
    with tempfile.TemporaryDirectory() as folder:
        bad = data.draw(st.lists(st.sampled_from(["{", "[]", '{"platform": "y"}', "nul"])))
        mixed = data.draw(st.permutations([json.dumps(row) for row in rows] + bad))
        clean = ndjson(Path(folder, "clean.ndjson"), [post("first"), *rows])
        dirty = ndjson(Path(folder, "dirty.ndjson"), [post("first"), *mixed])
        bring(Path(folder, "one"), clean)
        (report,) = bring(Path(folder, "two"), dirty)
        assert report.rows_rejected == len(bad)
        assert readings(Path(folder, "one")) == readings(Path(folder, "two"))


@settings(max_examples=40)
@given(st.lists(GOOD, min_size=2, max_size=4), st.data())
def test_order_of_files_and_of_batches_does_not_matter(files, data):
    with tempfile.TemporaryDirectory() as folder:
        paths = [ndjson(Path(folder, f"{n}.ndjson"), rows) for n, rows in enumerate(files)]
        bring(Path(folder, "together"), *paths)
        for path in data.draw(st.permutations(paths)):
            bring(Path(folder, "one by one"), path)
        assert readings(Path(folder, "together")) == readings(Path(folder, "one by one"))
        distinct = {json.dumps(row) for rows in files for row in rows}
        assert len(readings(Path(folder, "together"))) == len(distinct)


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=6))
def test_text_comes_through_csv_and_ndjson_unchanged(texts):
    kept = [text for text in texts if "\0" not in text]
    with tempfile.TemporaryDirectory() as folder:
        rows = [post(f"P{number}", text=text) for number, text in enumerate(kept)]
        lines = ndjson(Path(folder, "posts.ndjson"), [post("first", text="a"), *rows])
        bring(Path(folder, "lines"), lines)
        expected = Counter([("first", "a"), *((r["post_id"], r["text"] or None) for r in rows)])
        found = Counter((r["post_id"], r["text"]) for r in stored(Path(folder, "lines")))
        assert found == expected
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, list(post(text="")))  # \r\n: quotes both
        writer.writeheader()
        writer.writerows([post("first", text="a"), *rows])
        Path(folder, "posts.csv").write_bytes(written.getvalue().encode())
        (report,) = bring(Path(folder, "table"), Path(folder, "posts.csv"))
        assert figures(report) == (len(rows) + 1, len(rows) + 1, 0, 0)
        found = Counter((r["post_id"], r["text"]) for r in stored(Path(folder, "table")))
        assert found == expected
