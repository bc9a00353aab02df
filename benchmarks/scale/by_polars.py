"""Polars on the same files, lazy and streaming."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.imports import COMMENT_TYPES, FOLLOWER_TYPES, POST_TYPES
from benchmarks.scale.data import Data
from tolok.model import COUNTS

_KINDS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "VARCHAR": pl.String,
    "VARCHAR[]": pl.List(pl.String),
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.String,
    "TIMESTAMPTZ": pl.String,
    "JSON": pl.Struct(dict.fromkeys(COUNTS, pl.String)),
}
"""How a column is decoded; what may hold a wrong word is text first, or the whole read fails."""
_TYPES = {"posts": POST_TYPES, "comments": COMMENT_TYPES, "followers": FOLLOWER_TYPES}


@dataclass(frozen=True)
class ImportByPolars:
    """Lines decoded, typed and written as Parquet.

    No row is checked: a wrong word becomes null, and lines that are cut must be left out first.
    """

    data: Data

    def __call__(self) -> None:
        """Nothing to compare: nobody says what was lost."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            for table, types in _TYPES.items():
                lines = pl.concat([pl.scan_lines(file) for file in self.data.of(table)])
                _typed(lines, types).sink_parquet(
                    Path(folder) / f"{table}.parquet", compression="zstd", compression_level=1
                )


def _typed(lines: pl.LazyFrame, types: Mapping[str, str]) -> pl.LazyFrame:
    shape = pl.Struct({name: _KINDS[kind] for name, kind in types.items()})
    whole = lines.filter(pl.col("line").str.ends_with("}"))
    rows = whole.select(pl.col("line").str.json_decode(shape).struct.unnest())
    instants = [name for name, kind in types.items() if kind == "TIMESTAMPTZ"]
    flags = [name for name, kind in types.items() if kind == "BOOLEAN"]
    return rows.with_columns(
        pl.col(instants).str.to_datetime(time_zone="UTC", strict=False),
        *(pl.col(name) == "true" for name in flags),
    )
