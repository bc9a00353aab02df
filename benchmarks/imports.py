"""The imports: Tolok's, and what a careful analyst would write by hand, of the same files."""

import resource
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tolok.methodology.template import new_edition
from tolok.model import COUNTS, KINDS, MISSING_REASONS, ORIGINS, PLATFORMS
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.sources.workbook import sheets_of
from tolok.store.staging import bare_text_sql

THREADS = 2
PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
_INSTANT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)"
_CUT = r"[0-9]+\.[0-9]*|[0-9]+([.,][0-9]+)?[eE]\+[0-9]+"
POST_TYPES = {
    "platform": "VARCHAR", "post_id": "VARCHAR", "account_id": "VARCHAR",
    "published_at": "TIMESTAMPTZ", "observed_at": "TIMESTAMPTZ", "kind": "VARCHAR",
    "origin": "VARCHAR", "text": "VARCHAR", "url": "VARCHAR", "language": "VARCHAR",
    "media_count": "BIGINT", "duration_s": "DOUBLE", "co_account_ids": "VARCHAR[]",
    "alt_text_count": "BIGINT", "is_paid": "BOOLEAN", "reaction_count": "BIGINT",
    "comment_count": "BIGINT", "share_count": "BIGINT", "save_count": "BIGINT",
    "view_count": "BIGINT", "deleted_at": "TIMESTAMPTZ", "missing": "JSON",
}  # fmt: skip
COMMENT_TYPES = {
    "platform": "VARCHAR", "comment_id": "VARCHAR", "post_id": "VARCHAR", "author_key": "VARCHAR",
    "published_at": "TIMESTAMPTZ", "observed_at": "TIMESTAMPTZ", "text": "VARCHAR",
    "reaction_count": "BIGINT", "is_institution": "BOOLEAN", "parent_id": "VARCHAR",
}  # fmt: skip
FOLLOWER_TYPES = {
    "platform": "VARCHAR", "account_id": "VARCHAR", "observed_at": "TIMESTAMPTZ",
    "follower_count": "BIGINT",
}  # fmt: skip
_INTEGERS = ("media_count", "alt_text_count", *COUNTS)

Tally = tuple[int, int]
"""Rows that came in, and rows that were rejected."""


@dataclass(frozen=True)
class ImportByTolok:
    """A file into a fresh store: landed, hashed, checked, freed of duplicates, rejects kept."""

    file: Path
    time_zone: str | None = None

    def __call__(self) -> Tally:
        """Rows kept and rejected."""
        options = ImportOptions(time_zone=self.time_zone)
        with tempfile.TemporaryDirectory(dir=self.file.parent) as folder:
            new_edition(Path(folder) / "edition")
            (report,) = import_files(Path(folder) / "edition", [self.file], options)
        return report.rows_kept, report.rows_rejected


@dataclass(frozen=True)
class CheckedByDuckDb:
    """DuckDB's own read of lines or of records of text, with the same checks written by hand.

    Reason and raw text of bad rows stand beside the good ones, in one Parquet file.
    """

    file: Path

    def __call__(self) -> Tally:
        """Good and bad rows."""
        with rival_beside(self.file) as (rival, target):
            query = checks_sql(self._source())
            rival.execute(f"COPY ({query}) TO '{target}' ({PARQUET})")
            counted = "count(*) - count(reason), count(reason)"
            found = rival.execute(f"SELECT {counted} FROM '{target}'")
            good, bad = found.fetchone() or (0, 0)
        return int(good), int(bad)

    def _source(self) -> str:
        """The rows as text, named t."""
        if self.file.suffix == ".csv":
            texts = ", ".join(f"'{name}': 'VARCHAR'" for name in POST_TYPES)
            more = f"header = true, auto_detect = false, columns = {{{texts}}}"
            read = f"read_csv('{self.file}', {more})"
            return f"SELECT to_json(t)::VARCHAR AS raw, true AS is_record, t FROM {read} AS t"
        return lines_sql([self.file], POST_TYPES)


@dataclass(frozen=True)
class TypedByDuckDb:
    """DuckDB's own typed reading of the same file into Parquet; rows that do not fit are lost."""

    file: Path

    def __call__(self) -> None:
        """Nothing to compare: nobody says what was lost."""
        with rival_beside(self.file) as (rival, target):
            types = dict(POST_TYPES)
            read, more = "read_json", "format = 'newline_delimited'"
            if self.file.suffix == ".csv":
                types["co_account_ids"] = types["missing"] = "VARCHAR"
                read, more = "read_csv", "header = true, auto_detect = false"
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
            source = f"{read}('{self.file}', {more}, ignore_errors = true, columns = {{{columns}}})"
            rival.execute(f"COPY (SELECT * FROM {source}) TO '{target}' ({PARQUET})")


@dataclass(frozen=True)
class ReadByPandas:
    """A workbook read by pandas with openpyxl; nothing is checked or written."""

    file: Path

    def __call__(self) -> Tally:
        """Rows read."""
        import pandas as pd  # noqa: PLC0415 -- its start is the rival's, not ours

        return len(pd.read_excel(self.file, engine="openpyxl")), 0


@dataclass(frozen=True)
class SheetsByTolok:
    """The same read, and a look at what the workbook says of itself: an import's first step."""

    file: Path

    def __call__(self) -> Tally:
        """Rows read, without the header's."""
        sheets = sheets_of(self.file, self.file.name)
        return sum(len(rows) - 1 for rows in sheets.values()), 0


@dataclass(frozen=True)
class TextFeatures:
    """What the text features of an import take by themselves: made, and written as Parquet."""

    file: Path

    def __call__(self) -> float:
        """CPU seconds."""
        is_csv = self.file.suffix == ".csv"
        read = "read_csv" if is_csv else "read_json"
        more = "all_varchar = true" if is_csv else "columns = {'text': 'VARCHAR'}"
        return feature_seconds(f"{read}('{self.file}', ignore_errors = true, {more})", self.file)


def feature_seconds(source: str, beside: Path) -> float:
    """CPU seconds that the text features of a relation's texts take, the reading left out."""
    with rival_beside(beside) as (rival, target):
        rival.execute(f"CREATE TABLE texts AS SELECT text FROM {source}")
        before = _cpu_s()
        bare = f"SELECT {bare_text_sql('text')} AS bare FROM texts"
        query = f"SELECT CASE WHEN bare <> '' THEN md5(bare) END AS text_hash FROM ({bare})"
        rival.execute(f"COPY ({query}) TO '{target}' ({PARQUET})")
        return _cpu_s() - before


def lines_sql(files: list[Path], names: Iterable[str]) -> str:
    """Lines of JSON as rows of text named t, with the line itself and whether it is a record."""
    shape = "{" + ", ".join(f'"{name}": "VARCHAR"' for name in names) + "}"
    lines = (
        f"read_csv({[str(file) for file in files]}, header = false, auto_detect = false, "
        "delim = '\\x01', quote = '', escape = '', columns = {'raw': 'VARCHAR'})"
    )
    return (
        "SELECT raw, is_record, CASE WHEN is_record THEN "
        f"json_transform(raw, '{shape}') END AS t "
        f"FROM (SELECT raw, json_valid(raw) AS is_record FROM {lines})"
    )


def comment_checks_sql(source: str) -> str:
    """The query of comments_checks.sql over rows of text."""
    text = Path(__file__).with_name("comments_checks.sql").read_text("utf-8")
    return text.format(source=source, instant=_INSTANT, cut=_CUT, platforms=_listed(PLATFORMS))


def checks_sql(source: str) -> str:
    """The query of checks.sql over rows of text."""
    numbers = [
        f"CASE WHEN regexp_full_match(t.{name}, '[0-9]{{1,18}}(\\.0+)?') "
        f"THEN TRY_CAST(t.{name} AS BIGINT) END AS n_{name}"
        for name in _INTEGERS
    ]
    bad_counts = [f"({name} IS NOT NULL AND n_{name} IS NULL)" for name in _INTEGERS]
    bad_reasons = [
        f"why.{name} NOT IN ({_listed(MISSING_REASONS)}) "
        f"OR (n_{name} IS NOT NULL AND why.{name} IS NOT NULL)"
        for name in COUNTS
    ]
    final = [f"n_{name} AS {name}" for name in COUNTS]
    final += [
        f"CASE WHEN n_{name} IS NULL THEN coalesce(why.{name}, 'not_collected') END "
        f"AS {name}_missing"
        for name in COUNTS
    ]
    return (
        Path(__file__)
        .with_name("checks.sql")
        .read_text("utf-8")
        .format(
            source=source,
            instant=_INSTANT,
            cut=_CUT,
            counts=",\n    ".join(numbers),
            shape="{" + ", ".join(f'"{name}": "VARCHAR"' for name in COUNTS) + "}",
            platforms=_listed(PLATFORMS),
            kinds=_listed(KINDS),
            origins=_listed(ORIGINS),
            bad_counts=" OR ".join(bad_counts),
            bad_reasons=" OR ".join(bad_reasons),
            count_names=_listed(COUNTS),
            final_counts=",\n  ".join(final),
        )
    )


@contextmanager
def rival_beside(file: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """DuckDB as it comes, and where it may write."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, duckdb.connect() as rival:
        rival.execute(f"SET threads = {THREADS}")
        rival.execute(f"SET temp_directory = '{folder}/spill'")
        rival.execute("SET TimeZone = 'UTC'")
        rival.execute("SET enable_progress_bar = false")
        yield rival, Path(folder) / "posts.parquet"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
