"""An organiser's own folder: the results computed again from its posts, all of them."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.pipeline.progress import Progress
from tolok.pipeline.score import compute
from tolok.pipeline.verify.compare import compare_tables
from tolok.pipeline.verify.files import sha256_of
from tolok.pipeline.verify.package import Package, read_json
from tolok.pipeline.verify.report import Check, Difference, checked
from tolok.pipeline.verify.typed import read_csv_table
from tolok.pipeline.workspace import Workspace
from tolok.publish.open_data import file_of
from tolok.sources.raw import landed_files
from tolok.store.counted import LONG_TABLES
from tolok.store.jury import JURY_TABLES
from tolok.store.layout import Layout
from tolok.store.mapped import mapped_parquet
from tolok.store.results import AS_CSV, RESULT_TABLES

_BY_CODE = ("tolok_version", "commit", "code_sha256")
"""What the manifest says of the code: another release may give the same numbers."""


def check_landing(package: Package) -> Check:
    """Every brought file against the hash that it lies under."""
    found = []
    files = landed_files(Layout(package.home))
    for landed, _ in files:
        sha256 = sha256_of(landed.path)
        if sha256 != landed.sha256:
            told = "sha256", sha256, f"{landed.sha256} is its name ({landed.name})"
            found.append(Difference(package.told(landed.path), *told))
    why = "that the store is what these files hold is seen by `tolok replay`"
    return checked("landing", "brought files", len(files), found, why=why)


def check_results(package: Package, progress: Progress) -> tuple[Check, pa.Table]:
    """Every table of results/ against the one that the store gives, and the winners by the data."""
    computed = compute(Workspace(package.home), progress=progress)
    found: list[Difference] = []
    cells = 0
    for name, schema in RESULT_TABLES.items():
        if name == "winners" or name in JURY_TABLES:
            continue
        path = package.results / file_of(name)
        if name in AS_CSV:
            read = read_csv_table(path, schema)
            found += read.faults
            published = read.table
        else:
            is_long = name in LONG_TABLES
            published = mapped_parquet(path) if is_long else pq.read_table(path, partitioning=None)
        told = f"results/{file_of(name)}"
        found += compare_tables(told, schema, published, computed.tables[name])
        cells += published.num_rows * published.num_columns
    found += _manifest(read_json(package.results / "manifest.json"), computed.manifest)
    check = checked("results", "cells of results/, from the store", cells, found)
    return check, computed.tables["winners"]


def _manifest(published: Mapping[str, Any], computed: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference("results/manifest.json", name, str(published.get(name)), f"{value} is computed")
        for name, value in computed.items()
        if name not in _BY_CODE and published.get(name) != value
    ]
