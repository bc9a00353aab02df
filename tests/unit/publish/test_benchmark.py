"""The open benchmark: who is compared, what is stated, and what is not."""

import csv
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tolok.composite.order import middle_of
from tolok.methodology.edition import Attribution
from tolok.publish.benchmark import BENCHMARK_CSV, Benchmark, build_benchmark
from tolok.publish.language import Language
from tolok.publish.pages.benchmark import build


@pytest.fixture
def benchmark(results):
    return Benchmark(results)


def test_accounts_that_count_and_posted_are_compared(benchmark):
    assert benchmark.platforms == ("instagram",)
    assert [entry.account.handle for entry in benchmark.entries] == [
        f"akun{at}" for at in range(11)
    ]
    first = benchmark.entries[0]
    assert (first.cluster, first.band) == ("ministries", "0-10000")
    assert first.values == (7 * 700 / 181, 100.0, 5.0)
    assert benchmark.entries[2].values == (7 * 700 / 181, None, None)


def test_groups_are_all_clusters_sizes_and_both(benchmark):
    groups = benchmark.groups("instagram")
    assert [(group.cluster, group.band, group.count) for group in groups] == [
        ("", "", 11), ("", "0-10000", 11), ("ministries", "", 6), ("ministries", "0-10000", 6),
        ("agencies", "", 4), ("agencies", "0-10000", 4), ("twins", "", 1), ("twins", "0-10000", 1),
    ]  # fmt: skip
    ministries = groups[2]
    assert ministries.middles[1] == middle_of([100.0, 200.0, 800.0, 1600.0, 3200.0])
    assert groups[6].middles == (None, None, None)


def test_edition_without_the_metrics_shows_posts_alone(results):
    bare = Benchmark(replace(results, metrics=()))
    assert bare.measures == (0,)
    assert [one.measure for one in bare.strips("instagram")] == ["posts_per_week"]


def test_edition_without_accounts_says_so(results, rules):
    (page,) = build(replace(results, accounts=()), Language("id", rules))
    assert page.context["boards"] == []


def test_download_leaves_small_groups_empty(results):
    files = dict(build_benchmark(results))
    rows = list(csv.DictReader(files[BENCHMARK_CSV].splitlines()))
    assert len(rows) == 24
    everything, twins = rows[1], rows[-2]
    assert everything == {
        "platform": "instagram", "cluster": "", "size_band": "",
        "measure": "interactions_per_post", "account_count": "11", "count": "10",
        "median": "4800.0", "median_low": "200.0", "median_high": "51200.0",
        "quartile_1": "1000.0", "quartile_3": "22400.0",
    }  # fmt: skip
    assert (twins["account_count"], twins["count"], twins["median"]) == ("1", "", "")


def test_accounts_stand_in_a_script(results):
    text = dict(build_benchmark(results))["assets/data/benchmark.js"]
    head, _, rows = text.partition(" = [[")
    assert head == '(window.tolok = window.tolok || {})["benchmark"]'
    assert json.loads(f"[[{rows[:-2]}")[0] == [
        "instagram", "ministries", "0-10000", "Awan", "akun0", 27.0718, 100.0, 5.0
    ]  # fmt: skip


def test_page_says_which_groups_are_too_small(site, rules):
    text = (site / "id" / "benchmark.html").read_text("utf-8")
    assert text.count("kurang dari 3 akun</span>") == 6
    assert "Separuh akun Instagram mengunggah 27,1 kali seminggu atau lebih." in text


def test_pace_is_that_of_the_days_on_which_the_account_was_owned(results, rules):
    window = rules.edition.window
    first, second = (entry.account for entry in Benchmark(results).entries[:2])
    handed = replace(first, valid_from=None, valid_to=window.opens_on + timedelta(days=50))
    taken = replace(second, valid_from=window.opens_on + timedelta(days=50), valid_to=None)
    found = Benchmark(replace(results, accounts=(handed, taken))).entries
    assert found[0].values[0] == 7 * 700 / 50
    assert found[1].values[0] == 7 * 700 / (window.day_count - 50)


def test_heir_is_measured_over_all_days_whose_posts_it_is_credited_with(results, invented):
    rules = invented.rules(attribution=Attribution(account="heir"))
    window = rules.edition.window
    first = Benchmark(results).entries[0].account
    taken = replace(first, valid_from=window.opens_on + timedelta(days=50))
    (found,) = Benchmark(replace(results, rules=rules, accounts=(taken,))).entries
    assert found.values[0] == 7 * 700 / window.day_count
