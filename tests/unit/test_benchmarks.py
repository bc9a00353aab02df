"""The benchmarks' own reckoning: growth, tables, history; and rivals that give the same numbers."""

import json
import math
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from benchmarks.metrics import MetricsByHand, MetricsByTolok
from benchmarks.processes import below, cpu_s
from benchmarks.scale import history, page
from benchmarks.scale.break_even import (
    Line,
    break_even,
    break_even_cells,
    line_cells,
    line_of,
)
from benchmarks.scale.chart import chart_svg, label_places
from benchmarks.scale.data import (
    FEW,
    Data,
    begin_edition,
    brought_into,
    edition_of,
    edition_of_exports,
    made,
)
from benchmarks.scale.fit import Cost, fit_of
from benchmarks.scale.imports import ImportByHand, ImportByTolok
from benchmarks.scale.metrics_by_pandas import MetricsByPandas
from benchmarks.scale.run import WANTED, jobs_at, main, pairs_of
from benchmarks.scale.spark import DUCKDB, Made, TablesBy, starts
from benchmarks.timing import APART, BEFORE, Comparison, Died, Run, compare, in_own_process, rows_of

ROOT = Path(__file__).resolve().parents[2]


def same(rows, seconds):
    """A cost of which every run took as long."""
    return Cost(rows, seconds, seconds, seconds)


def row(job, rows, ours, rival=2.0, **more):
    """A row of the history, all runs of a side alike."""
    sides = {"ours": ours, "rival": rival}
    cpu = {f"{n}_cpu{p}_s": s for n, s in sides.items() for p in ("", "_min", "_max")}
    ratio = dict.fromkeys(("ratio_cpu", "ratio_min", "ratio_max"), ours / rival)
    said = {"on": "2026-11-29", "cores": 2, "versions": {"duckdb": "2.0.0"}, "goal": None}
    peaks = {"ours_peak_mb": 1234, "rival_peak_mb": 99, "ours_wall_s": 61.6}
    return {"job": job, "rows": rows, "pairs": 5} | cpu | ratio | said | peaks | more


# --- Growth.


def fitted(*costs):
    """The fit of costs that can be fitted."""
    fit = fit_of(costs)
    assert fit is not None
    return fit


def test_fit_of_cost_in_proportion_to_rows_has_exponent_one():
    fit = fitted(same(0.9, 3.0), same(9, 30.0), same(90, 300.0))
    assert (fit.exponent, fit.low, fit.high, fit.last_step) == (1.0, 1.0, 1.0, 1.0)


def test_fit_of_constant_cost_has_exponent_nought():
    assert fitted(same(1, 5.0), same(10, 5.0)).exponent == 0.0


def test_fit_does_not_depend_on_the_order_of_sizes():
    costs = [same(0.9, 2.0), same(9, 30.0), same(90, 500.0)]
    assert fit_of(costs) == fit_of(costs[::-1])


def test_range_of_a_fit_is_that_of_the_steepest_and_the_flattest_line():
    fit = fitted(Cost(1, 10.0, 9.0, 11.0), Cost(10, 100.0, 90.0, 110.0))
    assert (fit.low, fit.exponent, fit.high) == (0.913, 1.0, 1.087)


def test_last_step_is_not_flattened_by_what_every_run_costs():
    fit = fitted(same(1, 2.0), same(10, 11.0), same(100, 110.0))
    assert fit.exponent < fit.last_step == 1.0


@pytest.mark.parametrize("costs", [[], [same(1, 5.0)], [same(1, 0.0), same(10, 1.0)]])
def test_fit_needs_two_sizes_and_a_cost(costs):
    assert fit_of(costs) is None


# --- Runs.


def test_rival_that_dies_is_left_out(capsys):
    dies, same = partial(os._exit, 9), partial(int, 3)
    comparisons, shares = compare("job", same, {"dies": dies, "same": same}, pairs=1, warm=False)
    assert [one.job for one in comparisons] == ["job / same"]
    assert shares == {}
    assert capsys.readouterr().out == "job / dies died\n"


def test_rival_with_another_result_is_refused():
    with pytest.raises(AssertionError, match="job: 3 is not 4 of other"):
        compare("job", partial(int, 3), {"other": partial(int, 4)}, pairs=1, warm=False)


def test_ours_must_not_die():
    with pytest.raises(Died):
        compare("job", partial(os._exit, 9), {}, pairs=1, warm=False)


BUSY_S = 0.4
BUSY = f"import time\nwhile time.process_time() < {BUSY_S}: pass"


def leave_busy_orphan():
    """Start a program that starts a busy one, and ends before it."""
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
    subprocess.run([sys.executable, "-c", child], check=True)


def watch_busy_child():
    """Start a busy program; the CPU seconds that are seen of it while it lives."""
    before = cpu_s()
    child = subprocess.Popen([sys.executable, "-c", f"{BUSY}\nimport time; time.sleep(60)"])
    assert below(os.getpid()) == [child.pid]
    until = time.monotonic() + 30
    while cpu_s() - before < BUSY_S and time.monotonic() < until:
        time.sleep(0.05)
    seen = cpu_s() - before
    child.kill()
    return seen


def test_processes_that_lost_their_parent_are_waited_for_and_counted():
    found = in_own_process(leave_busy_orphan)
    assert BUSY_S <= found.cpu_s < 3.0
    assert found.wall_s >= BUSY_S


def test_processes_are_counted_while_they_live_and_once():
    found = in_own_process(watch_busy_child)
    assert BUSY_S <= found.result <= found.cpu_s < 3.0


# --- Rows.


def run(cpu_s, result=None):
    """A run of so many CPU seconds."""
    return Run(cpu_s, cpu_s, 100.0, result)


def test_share_is_taken_from_ours_or_added_to_it_beside_like_rivals_alone():
    comparisons = [
        Comparison("job / SQL", [run(10.0)], [run(5.0)]),
        Comparison("job / the bytes", [run(10.0)], [run(1.0)]),
    ]
    shares = {APART: [run(9.0, 2.0)], BEFORE: [run(9.0, 5.0)]}
    ratios = {one["job"]: one["ratio_cpu"] for one in rows_of(comparisons, shares, beside=["SQL"])}
    assert ratios == {
        "job / SQL": 2.0,
        "job / the bytes": 10.0,
        "job (less text features) / SQL": 1.6,
        "job (first run) / SQL": 3.0,
    }


def test_last_row_of_each_job_and_size_counts(tmp_path):
    path = tmp_path / "history.ndjson"
    history.append(path, [row("a / SQL", 0.9, 1.0), row("a / SQL", 9, 2.0)])
    history.append(path, [row("a / SQL", 0.9, 3.0)])
    assert [(one["rows"], one["ours_cpu_s"]) for one in history.latest(path)] == [
        (0.9, 3.0),
        (9, 2.0),
    ]


def test_history_that_is_not_there_is_empty(tmp_path):
    assert history.latest(tmp_path / "none.ndjson") == []


@pytest.mark.parametrize(
    ("job", "rows", "asked", "pairs"),
    [
        ("import", 9, None, 5),
        ("import", 90, None, 1),
        ("site", 0.9, None, 2),
        ("site", 9, 7, 7),
        ("spark", 9, None, 2),
    ],
)
def test_pairs_are_fewer_where_one_takes_long(job, rows, asked, pairs):
    assert pairs_of(job, rows, asked) == pairs


# --- The page.


def test_results_are_told_by_job_then_rival_then_size():
    rows = [row("a / SQL", 9, 20.0), row("b / SQL", 0.9, 1.0), row("a / SQL", 0.9, 3.0, goal=1.15)]
    assert [line[:6] for line in page.result_cells(rows)[1:]] == [
        ("a / SQL", "0.9", "1.50 (1.50 to 1.50)", "5", "1.15", "3.0"),
        ("a / SQL", "9", "10 (10 to 10)", "5", "", "20.0"),
        ("b / SQL", "0.9", "0.50 (0.50 to 0.50)", "5", "", "1.0"),
    ]


def test_growth_is_told_of_ours_and_of_rivals():
    rows = [row("a / SQL", 0.9, 3.0, 1.0), row("a / SQL", 9, 30.0, 20.0)]
    assert page.fit_cells(rows)[1:] == [
        ("a", "0.9, 9", "1.00", "1.00 to 1.00", "1.00"),
        ("a / SQL", "0.9, 9", "1.30", "1.30 to 1.30", "1.30"),
    ]


def test_steeper_growth_is_not_hidden():
    rows = [row("a / x", 0.9, 3.0), row("a / x", 9, 30.0), row("b / x", 0.9, 1.0)]
    span = "From 0.9 to 9 million rows the cost of these grows at most linearly"
    assert page.verdict(rows) == f"{span}: a."
    steep = [*rows, row("b / x", 9, 20.0)]
    assert page.verdict(steep) == f"{span}: a. Steeper: b (1.30)."
    assert page.verdict(rows[:1]) == "One size alone says nothing about growth."


def test_time_by_the_clock_is_that_of_the_last_day():
    rows = [
        row("a / SQL", 9, 20.0, on="2026-11-30"),
        row("a / Polars", 9, 30.0, on="2026-11-28"),
        row("a (first run) / SQL", 9, 25.0),
        row("a / SQL", 0.9, 3.0),
    ]
    assert page.run_cells(rows)[1:] == [
        ("a", "0.9", "1:02", "3.0", "1,234", "2026-11-29"),
        ("a", "9", "1:02", "20.0", "1,234", "2026-11-30"),
    ]


def test_goals_that_are_missed_are_told_in_words():
    kept = row("a / SQL", 9, 2.0, goal=1.15)
    over = row("b / SQL", 0.9, 2.6, goal=1.25)
    assert page.missed([kept]) == "Every goal is kept."
    assert page.missed([kept, over]) == (
        "Goals missed, with rows in millions: b / SQL at 0.9 (1.30, not 1.25)."
    )
    assert page.missed([row("a / SQL", 9, 2.0)]) == ""


def test_days_and_versions_that_differ_are_all_named():
    rows = [row("a / SQL", 9, 2.0), row("b / SQL", 9, 2.0, on="2026-11-30", cores=4)]
    rows[1]["versions"] = {"duckdb": "2.1.0"}
    assert page.results_text(rows, {}).startswith(
        "Run between 2026-11-29 and 2026-11-30 on 2 and 4 cores, with duckdb 2.0.0 and 2.1.0. "
    )


def test_sizes_that_were_not_run_are_named():
    rows = [row("a / x", 0.9, 3.0), row("a / x", 9, 30.0), row("b / x", 0.9, 1.0)]
    text = page.results_text(rows, {0.9: ["a", "b"], 9: ["a", "b"], 90: ["a", "b"]})
    assert "Not measured yet: b at 9 million rows; every job at 90 million rows." in text
    assert "Not measured" not in page.results_text(rows, {9: ["a"]})


def test_posts_alone_are_measured_as_far_as_they_are_drawn():
    assert "posts" in jobs_at(9, ())
    assert "posts" not in jobs_at(90, ())
    assert jobs_at(0.9, ["site"]) == ["site"]


def test_spark_is_run_up_to_nine_million_rows():
    assert jobs_at(9, ["spark", "spark-import"]) == ["spark", "spark-import"]
    assert jobs_at(90, ["spark", "spark-import", "import"]) == ["import"]


def test_spark_is_left_out_with_a_word_where_it_is_not_installed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("benchmarks.scale.run.spark_is_there", lambda: False)
    history_file = tmp_path / "history.ndjson"
    main(["spark", "--rows", "0.9", "--home", str(tmp_path), "--history", str(history_file)])
    assert "Left out: spark, spark-import. They need PySpark and Java" in capsys.readouterr().out
    assert not history_file.exists()


def test_results_replace_what_stood_between_the_markers(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
    page.write_between(path, "new")
    page.write_between(path, "newer")
    assert path.read_text() == f"before\n{page.BEGIN}\n\nnewer\n\n{page.END}\nafter\n"


def test_page_without_markers_is_refused(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("words\n")
    with pytest.raises(ValueError, match=r"page\.md has no markers"):
        page.write_between(path, "new")
    assert path.read_text() == "words\n"


def test_plain_and_markdown_tables_hold_the_same_cells():
    cells = [("job", "rows"), ("import", "9")]
    assert page.plain(cells) == "job     rows\nimport     9"
    assert page.markdown(cells) == "| job | rows |\n|---|---:|\n| import | 9 |"


def test_page_of_the_docs_shows_the_history():
    rows = history.latest(ROOT / "benchmarks" / "history.ndjson")
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert page.results_text(rows, WANTED) in text


def test_history_names_no_machine_and_no_path():
    for line in (ROOT / "benchmarks" / "history.ndjson").read_text("utf-8").splitlines():
        said = json.loads(line)
        assert {"on", "commit", "cores", "versions", "job", "rows"} <= set(said)
        assert "/" not in line.replace(" / ", "")


# --- From what size a cluster pays.


def test_line_is_that_of_seconds_which_lie_on_one():
    assert line_of({0.9: 11.8, 9: 28.0, 0.1: 10.2}) == Line(10.0, 2.0)
    assert line_of({0.9: 11.8}) is None


def test_line_is_near_to_small_sizes_as_to_large_ones():
    line = line_of({1: 10.0, 2: 12.0, 100: 250.0})
    assert line is not None
    assert [line.fixed_s + line.per_million_s * size for size in (1, 2, 100)] == pytest.approx(
        [10.0, 12.0, 250.0], rel=0.05
    )


@pytest.mark.parametrize(
    ("one", "cluster", "millions"),
    [
        (Line(10, 4), Line(100, 1), 30.0),
        (Line(10, 4), Line(100, 4), None),
        (Line(10, 4), Line(100, 5), None),
        (Line(10, 4), Line(5, 1), 0.0),
    ],
)
def test_cluster_pays_from_where_its_line_lies_lower(one, cluster, millions):
    assert break_even(one, cluster) == millions


def spark_row(rows, ours, rival, job="spark"):
    """A row of Spark beside DuckDB on two cores, wall seconds twice as many CPU seconds."""
    walls = {"ours_wall_s": 2 * ours, "rival_wall_s": 2 * rival}
    told = {"rival_start_wall_s": 9.0, "rival_start_cpu_s": 8.0}
    return row(f"{job} / two workers", rows, ours, rival) | walls | told


def test_page_tells_the_lines_and_the_size_from_which_a_cluster_pays():
    # DuckDB takes 2 s and 1 s a million rows, Spark 100 s and 3 s: its 8 cores 0.75 s, 32 0.1875 s.
    rows = [spark_row(1, 3.0, 103.0), spark_row(9, 11.0, 127.0)]
    assert line_cells(rows)[1:] == [
        ("scoring", "wall", "DuckDB", "1, 9", "", "4.0", "2.00", "0.50"),
        ("scoring", "wall", "Spark", "1, 9", "9.0", "200.0", "6.00", "0.50"),
        ("scoring", "CPU", "DuckDB", "1, 9", "", "2.0", "1.00", "0.50"),
        ("scoring", "CPU", "Spark", "1, 9", "8.0", "100.0", "3.00", "0.50"),
    ]
    assert break_even_cells(rows) == [
        ("work", "seconds", "one machine", "8 cores", "32 cores", "128 cores"),
        ("scoring", "wall", "of 2 cores", "392", "121", "103"),
        ("scoring", "wall", "of as many", "never", "never", "never"),
        ("scoring", "CPU", "of 2 cores", "392", "121", "103"),
        ("scoring", "CPU", "of as many", "never", "never", "never"),
    ]
    assert "### From what size a cluster pays" in page.results_text(rows, {})


def test_page_tells_nothing_of_a_cluster_that_was_run_at_one_size():
    rows = [spark_row(1, 3.0, 103.0), row("a / x", 1, 3.0)]
    assert "cluster" not in page.results_text(rows, {})


def made_of(*, start=1.0, **tables):
    """Tables that an engine made."""
    return Made({name: pa.table(columns) for name, columns in tables.items()}, start, start)


def test_tables_are_equal_in_any_order_of_rows_and_to_nine_digits():
    ours = made_of(a={"key": ["x", "y"], "share": [1.0, None]})
    theirs = made_of(a={"key": ["y", "x"], "share": [None, 1.0 + 1e-12]}, start=9.0)
    assert ours.differences(theirs) == ""


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"key": ["x", "z"], "n": [1, 2], "share": [1.0, None]}, "a: column key"),
        ({"key": ["x", "y"], "n": [1, 3], "share": [1.0, None]}, "a: column n"),
        ({"key": ["x", "y"], "n": [1, 2], "share": [1.0001, None]}, "a: column share"),
        ({"key": ["x", "y"], "n": [1, 2], "share": [1.0, 0.0]}, "a: column share"),
        ({"key": ["x"], "n": [1], "share": [1.0]}, "a: 2 and 1 rows"),
        ({"key": ["x", "y"]}, "a: columns ['key', 'n', 'share'] and ['key']"),
    ],
)
def test_tables_that_differ_are_named(columns, told):
    same = {"n": [1]}
    ours = made_of(a={"key": ["x", "y"], "n": [1, 2], "share": [1.0, None]}, b=same)
    assert ours.differences(made_of(a=columns, b=same)) == told


def test_tables_of_one_engine_alone_are_named():
    assert made_of(a={}).differences(made_of(a={}, b={})) == "['b'] are made by one alone"


def test_starts_are_told_where_they_were_taken():
    runs = [Run(1.0, 1.0, 1.0, made_of(start=start)) for start in (2.0, 4.0)]
    assert starts(Comparison("a / b", [run(1.0), run(1.0)], runs)) == {
        "rival_start_wall_s": 3.0,
        "rival_start_cpu_s": 3.0,
    }


# --- The chart.


def test_names_on_the_chart_stand_apart_in_the_order_of_their_lines():
    places = label_places([100.0, 1.0, 101.0, 99.0], 3.0)
    assert places[1] == 1.0
    assert places[3] < places[0] < places[2]
    steps = [math.log10(places[2] / places[0]), math.log10(places[0] / places[3])]
    assert steps == pytest.approx([0.2, 0.2], rel=0.05)


def test_chart_has_a_panel_a_job_and_names_each_way():
    rows = [row("import / SQL", 0.9, 3.0), row("import / SQL", 9, 30.0), row("site / x", 0.9, 1.0)]
    svg = chart_svg(rows)
    assert [
        word for word in ("import", "site", "SQL", "Tolok") if f">{word}</text>" not in svg
    ] == []


# --- The same numbers, on 9,000 rows.


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data of twelve institutions, as NDJSON."""
    return made(Data(tmp_path_factory.mktemp("bench"), 0.009, institutions=12))


@pytest.fixture(scope="module")
def edition(data):
    """The edition of these data, with its store."""
    return edition_of(data)


def test_import_by_hand_finds_as_many_good_and_bad_rows(data):
    good, bad = ImportByTolok(data)()
    assert (good, bad) == ImportByHand(data)()
    assert bad > 20


def test_metrics_by_hand_are_ours(edition):
    ours = MetricsByTolok(edition)()
    assert MetricsByHand(edition)() == ours
    assert MetricsByHand(edition, with_captions=True)() == ours
    assert ours["post_count"] > 500


def test_tables_of_an_edition_are_the_same_in_every_run(edition):
    ours, again = (TablesBy(edition, DUCKDB)() for _ in range(2))
    assert ours.differences(again) == ""
    assert {"metrics", "weekly, kinds", "coverage", "records", "flags"} <= ours.tables.keys()
    assert ours.tables["metrics"].num_rows > 500


def test_metrics_by_pandas_are_ours(edition):
    assert MetricsByPandas(edition)() == MetricsByTolok(edition)()


def test_metrics_by_polars_are_ours(edition):
    name = "benchmarks.scale.metrics_by_polars"
    rival = pytest.importorskip(name, reason="only `make bench` installs Polars")
    assert rival.MetricsByPolars(edition)() == MetricsByTolok(edition)()


def test_posts_alone_have_hardly_a_comment(tmp_path):
    drawn = Data(tmp_path, 0.001, institutions=12, comments_a_post=0)
    edition = edition_of_exports(drawn)
    metrics = MetricsByTolok(edition)()
    assert metrics == MetricsByHand(edition, with_captions=True)()
    assert metrics["post_count"] > 850
    assert 500 < metrics["public_comment_count"] <= FEW


def test_copies_of_a_set_share_no_id_and_no_text(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.scale.data.MOST_DRAWN", 0.009)
    copied = made(Data(tmp_path, 0.018, institutions=12))
    assert [[file.name for file in piece] for piece in copied.pieces] == [
        ["posts-0.ndjson", "comments-0.ndjson", "followers-0.ndjson"],
        ["posts-1.ndjson", "comments-1.ndjson"],
    ]
    begin_edition(copied, copied.edition)
    reports = list(brought_into(copied, copied.edition))
    rows = {report.file: report.rows_read for report in reports}
    assert rows["posts-1.ndjson"] == rows["posts-0.ndjson"] > 1000
    assert rows["comments-1.ndjson"] == rows["comments-0.ndjson"] == 8000
    assert [report.rows_duplicate for report in reports] == [0] * 5
    kept = sum(report.rows_kept for report in reports)
    assert (kept, sum(report.rows_rejected for report in reports)) == ImportByHand(copied)()
    landed = [path for path in copied.edition.glob("landing/*/*/*") if path.is_file()]
    assert [path.stat().st_nlink for path in landed] == [2] * 5
    metrics = MetricsByTolok(copied.edition)()
    assert metrics["clean_post_count"] > 0.98 * metrics["post_count"] > 1800
