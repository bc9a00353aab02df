"""The open data package under data/: what the site was made from, for anyone to compute again.

It has the layout of an edition folder, so that every command reads it as one. What it leaves out,
and why, stands in its datapackage.json: texts and counts of single posts, whatever names a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from tolok.methodology.rules import rule_files
from tolok.publish.csv_text import csv_text
from tolok.publish.data_package import data_sha256, descriptor, package_file, readme
from tolok.publish.results import Results
from tolok.store.results import AS_CSV, RESULT_TABLES, WITHHELD

HOME = "data"
CSV_ROWS = 100_000
"""A table of more rows is Parquet alone: no spreadsheet opens it, and its CSV is ten times it."""
REGISTRY = ("institutions.csv", "accounts.csv", "lineage.csv")
BESIDE = ("corrections.csv", "breaks.csv", "archive", "press")
"""What an organiser writes beside rules and registry and the site shows."""


@dataclass(frozen=True)
class OpenData:
    """The package: each file by its address in the site, and the one hash of all."""

    files: dict[str, bytes]
    sha256: str

    @property
    def csv_tables(self) -> tuple[str, ...]:
        """The tables that are there as CSV too."""
        return tuple(Path(name).stem for name in self.files if name.startswith(f"{HOME}/csv/"))


def build_open_data(results: Results) -> OpenData:
    """The package of an edition, held in memory: it is as large as its files."""
    listed: dict[str, bytes] = {}
    for path in published_files(results.edition, is_judged=bool(results.jury.awards)):
        listed[path.relative_to(results.edition).as_posix()] = path.read_bytes()
    for name, text in _csv_tables(results.edition):
        listed[name] = text.encode()
    listed["README.md"] = readme(results).encode()
    files = {name: package_file(content) for name, content in listed.items()}
    text = descriptor(results.rules, results.manifest, results.lock_hash, files)
    found = {f"{HOME}/{name}": content for name, content in sorted(listed.items())}
    found[f"{HOME}/datapackage.json"] = text.encode()
    return OpenData(found, data_sha256({name: one.sha256 for name, one in files.items()}))


def published_files(edition: Path, *, is_judged: bool) -> list[Path]:
    """The files of an edition folder that anyone may have, in a fixed order.

    The record of the jury is among them once it has closed, its ballots as far as the rules publish
    them. Lock and rules are there with the lock's hashes; the lock's own copies are not repeated.
    """
    results = [
        edition / "results" / file_of(name) for name in RESULT_TABLES if name not in WITHHELD
    ]
    found = [
        *rule_files(edition),
        edition / "lock" / "lock.json",
        *sorted((edition / "errata").glob("*.json")),
        *(edition / "registry" / name for name in REGISTRY),
        *results,
        edition / "results" / "manifest.json",
    ]
    if is_judged:
        jury = edition / "jury"
        found += [jury / "ledger.jsonl", jury / "jurors.csv"]
        found += sorted((jury / "ballots").glob("*.json"))
    for name in BESIDE:
        path = edition / name
        found += sorted(path.rglob("*")) if path.is_dir() else [path]
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def file_of(table: str) -> str:
    """The name of a table's file under results/."""
    return f"{table}.csv" if table in AS_CSV else f"{table}.parquet"


def _csv_tables(edition: Path) -> Iterator[tuple[str, str]]:
    """The tables that a spreadsheet can hold, for those who do not read Parquet."""
    for name in RESULT_TABLES:
        path = edition / "results" / f"{name}.parquet"
        if name in WITHHELD or name in AS_CSV or not path.is_file():
            continue
        if pq.read_metadata(path).num_rows > CSV_ROWS:
            continue
        table = pq.read_table(path, partitioning=None)
        columns = (column.to_pylist() for column in table.columns)
        yield f"csv/{name}.csv", csv_text(table.column_names, zip(*columns, strict=True))
