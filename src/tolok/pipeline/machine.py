"""Where a stage runs and how much it may take: the engine that the other stages work with."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.engine import Engine
from tolok.store.spark import Spark, SparkSettings

ENGINES = ("duckdb", "spark")
MEMORY_LIMIT = "2GB"
"""Of the engine: in 3.3 GB, all else included, an edition of ninety million rows is scored."""


@dataclass(frozen=True)
class Machine:
    """The engine, and how much of the machine a stage may take; None leaves its own default.

    What the engine cannot hold in memory_limit goes to the disk; what is held beside it has the
    size of accounts and weeks, whatever the number of posts.
    `spark` are settings of Spark by their names, `scratch` the folder that its workers share.
    """

    threads: int | None = None
    memory_limit: str | None = MEMORY_LIMIT
    engine: str = "duckdb"
    spark: Mapping[str, str] = field(default_factory=dict)
    scratch: str | None = None


def open_spark(machine: Machine) -> Spark:
    """Spark as a machine asks for it.

    Raises: InputError where it does not start.
    """
    return Spark(SparkSettings(_spark_options(machine), machine.scratch))


def open_engine(machine: Machine, spill: Path) -> AbstractContextManager[Engine]:
    """The engine of a machine; what does not fit into memory goes to the spill folder.

    Raises: InputError where the engine does not start.
    """
    if machine.engine == "spark":
        return open_spark(machine)
    return DuckDb(DuckDbSettings(machine.threads, machine.memory_limit, spill))


def _spark_options(machine: Machine) -> dict[str, str]:
    """Spark's settings: threads and memory are those of this machine, not of a cluster's."""
    options = {"spark.master": f"local[{machine.threads or '*'}]"}
    if machine.memory_limit is not None:
        options["spark.driver.memory"] = machine.memory_limit.lower().removesuffix("b").strip()
    return options | dict(machine.spark)
