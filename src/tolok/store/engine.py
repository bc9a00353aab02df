"""The port behind which an engine runs SQL; the text comes from the rooms above."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

Part = Path | str
"""A Parquet file, or the address of a folder of such files that Spark alone reaches."""


class Engine(Protocol):
    """An engine that holds named tables and answers queries over them, in its own SQL."""

    @property
    def dialect(self) -> str:
        """The name of the dialect, one of `DIALECTS`."""

    def attach(self, name: str, parts: Sequence[Part]) -> None:
        """Make Parquet files of one schema readable as one table."""

    def attach_table(self, name: str, table: pa.Table) -> None:
        """Make a table in memory readable by name."""

    def define(self, name: str, sql: str) -> None:
        """Name a query; it is computed whenever it is read."""

    def keep(self, name: str, sql: str) -> None:
        """Compute a query once and hold its rows under a name."""

    def drop(self, name: str) -> None:
        """Let go of a kept or defined name."""

    def query(self, sql: str) -> pa.Table:
        """The rows of a query."""

    def query_on_disk(self, sql: str) -> pa.Table:
        """The rows of a query as a table that takes the disk and not the memory."""

    def close(self) -> None:
        """Give everything back."""
