"""The import of all files of a size: Tolok's, by hand in DuckDB, and what the machine can do."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.imports import (
    COMMENT_TYPES,
    FOLLOWER_TYPES,
    PARQUET,
    POST_TYPES,
    Tally,
    TextFeatures,
    checks_sql,
    comment_checks_sql,
    lines_sql,
    rival_beside,
)
from benchmarks.scale.data import Data, begin_edition, brought_into

BLOCK = 1 << 20


@dataclass(frozen=True)
class ImportByTolok:
    """All files into a fresh store: landed, hashed, checked, freed of duplicates, rejects kept."""

    data: Data

    def __call__(self) -> Tally:
        """Rows kept and rejected."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            edition = Path(folder) / "edition"
            begin_edition(self.data, edition)
            reports = list(brought_into(self.data, edition))
        return sum(r.rows_kept for r in reports), sum(r.rows_rejected for r in reports)


@dataclass(frozen=True)
class ImportByHand:
    """The same checks of posts and comments in DuckDB's SQL; reason and raw text of bad rows kept.

    Nothing is landed or hashed, no duplicate is looked for, no text feature made, and of followers
    the types alone are checked.
    """

    data: Data

    def __call__(self) -> Tally:
        """Good and bad rows."""
        followers = ", ".join(f"'{name}': '{kind}'" for name, kind in FOLLOWER_TYPES.items())
        read = f"read_json('{self.data.file('followers')}', columns = {{{followers}}})"
        queries = {
            "posts": checks_sql(lines_sql(self.data.of("posts"), POST_TYPES)),
            "comments": comment_checks_sql(lines_sql(self.data.of("comments"), COMMENT_TYPES)),
            "followers": f"SELECT *, NULL::VARCHAR AS reason FROM {read}",
        }
        good = bad = 0
        with rival_beside(self.data.files[0]) as (rival, target):
            for table, query in queries.items():
                path = target.with_name(f"{table}.parquet")
                rival.execute(f"COPY ({query}) TO '{path}' ({PARQUET})")
                counted = "count(*) - count(reason), count(reason)"
                found = rival.execute(f"SELECT {counted} FROM '{path}'").fetchone() or (0, 0)
                good, bad = good + int(found[0]), bad + int(found[1])
        return good, bad


@dataclass(frozen=True)
class CaptionFeatures:
    """What the text features of the posts take by themselves: made, and written as Parquet."""

    data: Data

    def __call__(self) -> float:
        """CPU seconds."""
        return sum(TextFeatures(file)() for file in self.data.of("posts"))


@dataclass(frozen=True)
class ReadBytes:
    """Files read in blocks of a megabyte: the least that any import can take."""

    files: tuple[Path, ...]

    def __call__(self) -> None:
        """Nothing: bytes say nothing."""
        for path in self.files:
            with path.open("rb", buffering=0) as file:
                while file.read(BLOCK):
                    pass
