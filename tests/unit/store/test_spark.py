"""What Spark is asked for and refused before any of it is started; see also test_engines.py."""

import sys

import ibis
import pytest
from click.testing import CliRunner

from tolok.cli import main
from tolok.errors import InputError
from tolok.pipeline.machine import Machine, open_engine
from tolok.store.dialect import DIALECTS
from tolok.store.spark import Spark, SparkSettings


def spark_sql(expression):
    return " ".join(DIALECTS["spark"](expression).split())


TABLE = ibis.table({"a": "int64", "f": "float64", "s": "string", "ok": "boolean"}, name="t")


def test_cluster_needs_a_folder_that_its_workers_reach():
    with pytest.raises(InputError, match="--scratch s3a://bucket/scratch"):
        Spark(SparkSettings({"spark.master": "spark://head:7077"}))


def test_absent_pyspark_is_told_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(InputError, match=r"pip install 'tolok\[spark\]'"):
        Spark()


@pytest.mark.parametrize(
    ("master", "has_workers"),
    [
        ("local", False),
        ("local[2]", False),
        ("local[*]", False),
        ("local-cluster[2,1,1024]", True),
        ("spark://head:7077", True),
        ("yarn", True),
    ],
)
def test_driver_that_only_plans_leaves_out_the_second_compiler(master, has_workers):
    settings = SparkSettings({"spark.master": master})
    assert ("TieredStopAtLevel=1" in settings.driver_options) == has_workers
    assert "log4j2" in settings.driver_options


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--spark", "spark.master=local"], "go with --engine spark"),
        (["--scratch", "/tmp"], "go with --engine spark"),
        (["--engine", "spark", "--spark", "master=local"], "is no spark.name=value"),
        (["--engine", "spark", "--spark", "spark.master"], "is no spark.name=value"),
    ],
)
def test_settings_of_spark_are_looked_at_before_anything_starts(tmp_path, arguments, said):
    asked = CliRunner().invoke(main, ["score", str(tmp_path), *arguments])
    assert asked.exit_code == 2
    assert said in asked.output


def test_threads_and_memory_are_those_of_spark_on_this_machine(monkeypatch, tmp_path):
    asked: dict[str, SparkSettings] = {}
    monkeypatch.setattr("tolok.pipeline.machine.Spark", lambda settings: asked.update(s=settings))
    spark = {"spark.sql.shuffle.partitions": "3"}
    open_engine(Machine(2, "3GB", "spark", spark, "/scratch"), tmp_path)
    assert asked["s"] == SparkSettings(
        {"spark.master": "local[2]", "spark.driver.memory": "3g"} | spark, "/scratch"
    )


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        (TABLE.count(where=TABLE.ok), "COUNT_IF(`t0`.`ok`)"),
        (TABLE.a * 0.1, "CAST('0.1' AS DOUBLE)"),
        (TABLE.f.median(where=TABLE.ok), "PERCENTILE(IF(`t0`.`ok`, `t0`.`f`, NULL), 0.5)"),
        (TABLE.s.hash(), "XXHASH64(`t0`.`s`)"),
        (TABLE.s.lower(), "LOWER(TRANSLATE(`t0`.`s`, 'İΣ', 'iσ'))"),
        (TABLE.s.split(" ").join(""), "ARRAY_JOIN("),
    ],
)
def test_spark_is_told_what_duckdb_means(expression, written):
    assert written in spark_sql(expression.name("x").as_table())
