"""Spark behind the engine's port: on this machine, or on a cluster that is there already.

Every query is the text that `dialect` writes. Nothing of it is a function in Python, so that
workers need no Python to score; what an import needs of them is in `spark_ingest`.
"""

import logging
import shutil
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyarrow as pa

from tolok.errors import InputError
from tolok.store.engine import Part
from tolok.store.mapped import BATCH_ROWS, mapped
from tolok.store.spark_files import SparkFiles

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MEANING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a sum that overflows is an error, not another number
    "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
}
"""What results depend on: no cluster's own settings may change it."""
_HERE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.maxResultSize": "0",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""On one machine, unless asked otherwise: no port that others reach, few tasks for few cores."""
_QUIET = Path(__file__).with_name("spark-log4j2.properties")
_SOON_FAST = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"
"""For a driver that only plans: its code runs too seldom to be worth the second compiler.

That one took a sixth of all CPU seconds of 0.9 million rows. Without it the JVM would keep less
room for code than some hundred plans need.
"""


@dataclass(frozen=True)
class SparkSettings:
    """Where Spark runs, and where it keeps the steps in between.

    `options` are Spark's own settings by their names, such as spark.master; without that one it
    runs on this machine. `scratch` is the address of a folder that every worker reaches, which a
    cluster needs; without it a folder of this machine is used.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    scratch: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether all of Spark runs on this machine."""
        return self._master.startswith("local")

    @property
    def has_workers(self) -> bool:
        """Whether others than the driver do the work."""
        return self._master != "local" and not self._master.startswith("local[")

    @property
    def driver_options(self) -> str:
        """What the driver's JVM is started with, unless asked otherwise."""
        quiet = f"-Dlog4j2.configurationFile=file:{_QUIET}"
        return f"{quiet} {_SOON_FAST}" if self.has_workers else quiet

    @property
    def _master(self) -> str:
        return self.options.get("spark.master", "local")


class Spark:
    """A Spark session; one that is running already is used, and left running.

    Raises: InputError where PySpark is not installed, Spark does not start, or a cluster has no
    scratch folder.
    """

    dialect = "spark"

    def __init__(self, settings: SparkSettings | None = None) -> None:
        settings = settings or SparkSettings()
        if settings.scratch is None and not settings.is_local:
            raise InputError(
                "--engine spark: the workers of a cluster need a folder that all of them reach. "
                "Name it with --scratch, such as --scratch s3a://bucket/scratch."
            )
        self._session, self._is_ours = _started(settings)
        self._own_folder = None if settings.scratch else Path(mkdtemp(prefix="tolok-spark-"))
        within = settings.scratch or f"file://{self._own_folder}"
        self._scratch = f"{within.rstrip('/')}/tolok-{uuid.uuid4().hex}"
        self._kept: dict[str, str] = {}
        self.files = SparkFiles(self._session)

    @property
    def session(self) -> "SparkSession":
        """The session itself, for what is more than a query."""
        return self._session

    @property
    def scratch(self) -> str:
        """The address of this run's folder, which is deleted when all is given back."""
        return self._scratch

    def __enter__(self) -> Self:
        """The engine itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close on leaving."""
        self.close()

    def attach(self, name: str, parts: Sequence[Part]) -> None:
        """Make Parquet files of one schema readable as one table."""
        paths = [part if isinstance(part, str) else f"file://{part.resolve()}" for part in parts]
        self._session.read.parquet(*paths).createOrReplaceTempView(name)

    def attach_table(self, name: str, table: pa.Table) -> None:
        """Make a table in memory readable by name."""
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def define(self, name: str, sql: str) -> None:
        """Name a query; it is computed whenever it is read."""
        self._session.sql(sql).createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> None:
        """Compute a query once and hold its rows under a name.

        They lie in the scratch folder: a cache would be computed again where memory runs short.
        """
        path = f"{self._scratch}/{name}-{uuid.uuid4().hex}"
        rows = self._session.sql(sql)
        rows.write.parquet(path)
        # Without its columns Spark would look for them in the files, a job for each table.
        self._session.read.schema(rows.schema).parquet(path).createOrReplaceTempView(name)
        self._kept[name] = path

    def drop(self, name: str) -> None:
        """Let go of a kept or defined name."""
        self._session.catalog.dropTempView(name)
        if name in self._kept:
            self.files.delete(self._kept.pop(name))

    def query(self, sql: str) -> pa.Table:
        """The rows of a query."""
        return self._session.sql(sql).toArrow()

    def query_on_disk(self, sql: str) -> pa.Table:
        """The rows of a query as a table that takes the disk; on its way it is in memory once."""
        return mapped(self.query(sql).to_reader(BATCH_ROWS), self._own_folder)

    def close(self) -> None:
        """Give everything back."""
        self.files.delete(self._scratch)
        if self._is_ours:
            self._session.stop()
        if self._own_folder is not None:
            shutil.rmtree(self._own_folder, ignore_errors=True)


def _started(settings: SparkSettings) -> tuple["SparkSession", bool]:
    """The session, and whether none was running before."""
    try:
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 -- an extra, slow to load
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- as above
    except ModuleNotFoundError as error:
        raise InputError(
            "--engine spark: PySpark is not installed. Install it with "
            "`pip install 'tolok[spark]'`."
        ) from error
    logging.getLogger("py4j").setLevel(logging.ERROR)
    quiet = {"spark.driver.extraJavaOptions": settings.driver_options}
    builder = SparkSession.builder.appName("tolok")
    options = quiet | (_HERE if settings.is_local else {}) | dict(settings.options) | _MEANING
    for key, value in options.items():
        builder = builder.config(key, value)
    try:
        is_ours = SparkSession.getActiveSession() is None
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise InputError(
            "--engine spark: Spark does not start. It needs Java 17 or later: look whether `java "
            "-version` answers, and whether JAVA_HOME is right."
        ) from error
    python = settings.options.get("spark.pyspark.python", sys.executable)
    if settings.is_local or "spark.pyspark.python" in settings.options:
        session.sparkContext.pythonExec = python  # else whatever PYSPARK_PYTHON says, or python3
    return session, is_ours
