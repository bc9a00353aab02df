"""Every engine gives the same numbers: worked examples, odd rows, and a whole small edition.

Spark runs as a cluster of two worker processes. All of it stands in this file, so that Spark is
started once; the demo as it is shipped is worked through in test_demo_on_spark.py.
"""

from datetime import timedelta

import pyarrow as pa
import pytest
from tests.edition_cases import make_edition
from tests.engine_cases import LOCAL_CLUSTER, all_differences, differences
from tests.post_cases import NOON, a_reading, a_table, an_edition, resolved

from tolok.methodology.document import Document
from tolok.methodology.edition import Snapshot
from tolok.methodology.metric import read_metrics
from tolok.methodology.template import TEMPLATES
from tolok.metrics.example import check_examples
from tolok.metrics.flag_texts import giveaway_pattern
from tolok.metrics.tables import rows_of, store_table
from tolok.pipeline.machine import Machine
from tolok.pipeline.score import compute
from tolok.pipeline.workspace import Workspace
from tolok.simulate import SimulationPlan
from tolok.store.duckdb import DuckDb
from tolok.store.schema import BASE_TABLES, OBSERVATIONS
from tolok.store.spark import Spark, SparkSettings

METRICS = {
    (metric.name, metric.sql): metric
    for path in sorted(TEMPLATES.glob("*/metrics/*.toml"))
    for metric in read_metrics(Document(path))
}
TEXTS = (
    "KUIS berhadiah!", "kuis", "kuisé", "ikut\u00a0kuis", "kuis_1", "ÇEKİLİŞ", "tag 3  teman", "ß",
    "#HUTRI80 ＃Merdeka#Jaya", "a&#39;b #x", "半角 #タグ", "İzmir", "ΣΑΣ", "", " \n ", None,
    "Vaksin gratis 12 Mei", "vaksin gratis 13 mei", "é", "e\u0301", "🙏🏽 #doa", "O'Neil \\ \"x\"",
)  # fmt: skip
"""Captions and comments on which engines might differ."""


@pytest.fixture(scope="module")
def spark():
    with Spark(SparkSettings(LOCAL_CLUSTER)) as engine:
        yield engine


@pytest.fixture(scope="module")
def duckdb():
    with DuckDb() as engine:
        yield engine


def odd_readings():
    """Readings of posts on every edge of the choice between them, a few of each post."""
    ages = (14.0, 11.9999, 12.0, 12.00001, 16.0, 16.000001, 3.0, 40.0)
    readings = []
    for number in range(60):
        at = NOON + timedelta(days=number % 40, microseconds=number * 333_333)
        cells = {
            "post_id": str(number // 2),
            "account_id": ("instagram:@a", "instagram:@b")[number % 7 == 0],
            "published_at": NOON + timedelta(days=number // 2 % 40, microseconds=number // 2),
            "text": TEXTS[number % len(TEXTS)],
            "text_hash": None if number % 5 else f"{number % 3}",
            "kind": (None, "image", "video", "reel")[number % 4],
            "origin": ("original", "quote", "repost", "reply")[number % 11 % 4],
            "is_paid": (None, True, False)[number % 3],
            "reaction_count": (None, 0, 1, 3, 10**12)[number % 5],
            "comment_count": (None, 7)[number % 2],
            "engagement_count": (None, 9)[number % 3 == 0],
            "duration_s": (None, 0.1, 1e300)[number % 3],
            "co_account_ids": (None, [], ["instagram:@b"], ["instagram:@z", "instagram:@a"])[
                number % 4
            ],
            "deleted_at": (None, at)[number % 13 == 0],
            "is_listing": number % 17 == 0,
            "source_sha256": f"{number % 4:064}",
        }
        readings.append(a_reading(ages[number % len(ages)], **cells))
    return readings


@pytest.mark.parametrize("rule", ["at_age", "at_export"])
def test_odd_readings_come_to_the_same_posts(spark, rule):
    edition = an_edition(snapshot=Snapshot(rule=rule))
    ours, theirs = (
        pa.Table.from_pylist(
            resolved(odd_readings(), edition, with_tags=True, engine=engine),
            schema=BASE_TABLES["posts"].arrow_schema,
        )
        for engine in (None, spark)
    )
    assert ours.num_rows > 20
    assert differences(ours, theirs) == []


def test_texts_are_searched_and_told_apart_alike(duckdb, spark):
    captions = a_table(
        OBSERVATIONS, [a_reading(post_id=str(n), text=t) for n, t in enumerate(TEXTS)]
    )
    pattern = giveaway_pattern(("Kuis", "tag # teman", "çekiliş"))
    seen = store_table("observations")
    asked = seen.select(
        "post_id",
        found=seen.text.lower().re_search(pattern),
        bare=seen.text.lower().re_replace(r"[0-9 \t\n\f\r]+", ""),
        letters=seen.text.length(),
    ).order_by("post_id")
    for engine in (duckdb, spark):
        engine.attach_table("observations", captions)
    ours, theirs = (rows_of(engine, asked) for engine in (duckdb, spark))
    assert differences(ours, theirs.cast(ours.schema)) == []
    found = [row["post_id"] for row in ours.to_pylist() if row["found"]]
    assert sorted(str(TEXTS[int(one)]) for one in found) == [
        "KUIS berhadiah!", "ikut\u00a0kuis", "kuis", "tag 3  teman", "ÇEKİLİŞ",
    ]  # fmt: skip


def test_every_worked_example_holds_on_spark(spark):
    check_examples(spark, METRICS.values())


def test_small_edition_has_the_same_results(tmp_path):
    folder = tmp_path / "edition"
    make_edition(folder, SimulationPlan(institutions=24, posts=3000, comments=200))
    machines = (Machine(), Machine(engine="spark", spark=LOCAL_CLUSTER))
    ours, theirs = (compute(Workspace(folder), machine=machine) for machine in machines)
    assert all_differences(ours.tables, theirs.tables) == {}
    assert ours.record_counts == theirs.record_counts
