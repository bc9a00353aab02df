"""DuckDB behind the engine's port: in memory, no network, no extension fetched."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from tolok.errors import FileFault, InputError
from tolok.store.engine import Part
from tolok.store.mapped import BATCH_ROWS, mapped

_ROW_GROUP_ROWS = 122_880
_PARQUET = "COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 4096"
"""Level 3, the default, takes half as long again to save 4% of a file of posts; and a column of
captions or addresses, each another, is not worth a dictionary."""


@dataclass(frozen=True)
class DuckDbSettings:
    """How much of the machine DuckDB may take; None leaves its own default."""

    threads: int | None = None
    memory_limit: str | None = None
    spill_folder: Path | None = None


class DuckDb:
    """An in-memory DuckDB that spills to a folder when memory runs short.

    Units: memory_limit as DuckDB writes it ("4GB").
    Raises: InputError for a memory_limit that is no size, and from any query that needs more
    memory than there is.
    """

    dialect = "duckdb"

    def __init__(self, settings: DuckDbSettings | None = None) -> None:
        settings = settings or DuckDbSettings()
        self.spill_folder = settings.spill_folder
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if settings.threads is not None:
            config["threads"] = settings.threads
        if settings.memory_limit is not None:
            config["memory_limit"] = settings.memory_limit
        if settings.spill_folder is not None:
            config["temp_directory"] = str(settings.spill_folder)
        self._connection = _connected(config)
        (self._threads,) = self._connection.sql("SELECT current_setting('threads')").fetchall()[0]
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")
        # In every join of ours the longer table stands on the left. DuckDB takes a filtered file of
        # posts for shorter than it is, and would hold their wide rows to look up the short table's.
        self._connection.execute("SET disabled_optimizers = 'build_side_probe_side'")

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
        """Make Parquet files of one schema readable as one table.

        Raises: InputError for an address: those only Spark reads.
        """
        for afar in (part for part in parts if isinstance(part, str)):
            raise InputError(
                f"{afar}: rows of the edition lie there, where DuckDB does not reach. "
                "Use --engine spark where the command has it."
            )
        listed = ", ".join(_text(str(path)) for path in parts)
        self.define(name, f"SELECT * FROM read_parquet([{listed}])")

    def attach_table(self, name: str, table: pa.Table) -> None:
        """Make a table in memory readable by name."""
        self._connection.register(f"{name}__arrow", table)
        self.keep(name, f'SELECT * FROM "{name}__arrow"')
        self._connection.unregister(f"{name}__arrow")

    def define(self, name: str, sql: str) -> None:
        """Name a query; it is computed whenever it is read."""
        with _shortage_of_memory():
            self._connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {sql}')

    def keep(self, name: str, sql: str) -> None:
        """Compute a query once and hold its rows under a name."""
        with _shortage_of_memory():
            self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')

    def append(self, name: str, sql: str, *, file: str) -> None:
        """Add the rows of a query over a brought file to a kept table.

        Raises: FileFault where the file as a whole cannot be read.
        """
        with _shortage_of_memory(), _faults_of(file):
            self._connection.execute(f'INSERT INTO "{name}" {sql}').fetchall()

    def convert(self, sql: str, path: Path, *, file: str) -> int:
        """Write the rows of a query over a brought file as Parquet; the number of rows.

        Raises: FileFault where the file as a whole cannot be read.
        """
        with _faults_of(file):
            return self.write(sql, path)

    @contextmanager
    def one_thread(self) -> Iterator[None]:
        """While inside, queries run on one thread: those whose rows are counted as they stream.

        Their steps follow each other whatever the machine has; other threads would only wait, and
        take a fifth of the time again to do so.
        """
        self._connection.execute("SET threads = 1")
        try:
            yield
        finally:
            self._connection.execute(f"SET threads = {self._threads}")

    def remove(self, name: str, condition: str) -> None:
        """Take rows out of a kept table."""
        self._connection.execute(f'DELETE FROM "{name}" WHERE {condition}').fetchall()

    @contextmanager
    def lent(self, name: str, table: pa.Table | pa.RecordBatchReader) -> Iterator[None]:
        """While inside, a table or a stream in memory is readable by name, a stream once."""
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    def drop(self, name: str) -> None:
        """Let go of a kept table."""
        self._connection.execute(f'DROP TABLE IF EXISTS "{name}"')

    def query(self, sql: str) -> pa.Table:
        """The rows of a query."""
        with _shortage_of_memory():
            return self._connection.sql(sql).to_arrow_table()

    def query_on_disk(self, sql: str) -> pa.Table:
        """The rows of a query as a table that takes the disk and not the memory."""
        with _shortage_of_memory():
            return mapped(self._connection.sql(sql).to_arrow_reader(BATCH_ROWS), self.spill_folder)

    def write(self, sql: str, path: Path) -> int:
        """Write the rows of a query as one Parquet file, in their order; the number of rows."""
        options = f"FORMAT parquet, {_PARQUET}, ROW_GROUP_SIZE {_ROW_GROUP_ROWS}"
        with _shortage_of_memory():
            done = self._connection.execute(f"COPY ({sql}) TO {_text(str(path))} ({options})")
            (count,) = done.fetchone() or (0,)
        return int(count)

    def close(self) -> None:
        """Give everything back."""
        self._connection.close()


def _connected(
    config: dict[str, str | bool | int | float | list[str]],
) -> duckdb.DuckDBPyConnection:
    limit = config.get("memory_limit")
    try:
        return duckdb.connect(config=config)
    except (duckdb.ParserException, duckdb.OutOfMemoryException) as error:
        if limit is None:
            raise
        raise InputError(
            f"--memory-limit {limit}: is no size to work with. Pass one such as 4GB or 800MB."
        ) from error


@contextmanager
def _shortage_of_memory() -> Iterator[None]:
    """While inside, what needs more memory than there is ends with what to do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        problem = str(error).partition("\n")[0]
        raise InputError(
            "this needs more memory than the engine may take. Raise --memory-limit where the "
            f"command has it, or leave more of the machine free. The engine says: {problem}"
        ) from error


@contextmanager
def _faults_of(file: str) -> Iterator[None]:
    """While inside, what DuckDB cannot read is a fault of the brought file."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.DataError) as error:
        problem = str(error).partition("\n")[0]
        raise FileFault(file, f"cannot be read: {problem}") from error


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
