"""A published site in other hands: its figures changed, and every hash made to fit again."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tolok.methodology.lock import read_lock
from tolok.methodology.rules import read_rules
from tolok.pipeline.verify.files import files_of
from tolok.publish.data_package import descriptor
from tolok.publish.reading import read_manifest
from tolok.store.atomic import write_table


@contextmanager
def written_json(path: Path) -> Iterator[Any]:
    """A JSON file's document, written back as Tolok writes its manifest when the block ends."""
    document = json.loads(path.read_text("utf-8"))
    yield document
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", "utf-8")


def rewrite_hashes(site: Path) -> None:
    """Make every list of hashes fit the files as they are now, as who forges a site would."""
    data = site / "data"
    (data / "datapackage.json").unlink()
    held = read_lock(data)
    text = descriptor(
        read_rules(data),
        read_manifest(data / "results" / "manifest.json"),
        held.rules_sha256 if held else "",
        files_of(data),
    )
    (data / "datapackage.json").write_text(text, "utf-8")
    marker = site / "site.json"
    facts = json.loads(marker.read_text("utf-8"))
    marker.unlink()
    facts["files"] = {name: one.sha256 for name, one in files_of(site).items()}
    marker.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")


def change_cell(path: Path, column: str, change: Callable[[Any], Any]) -> Any:
    """The first row of a Parquet file whose column is known, with that cell changed in the file."""
    table = pq.read_table(path, partitioning=None)
    rows = table.to_pylist()
    row = next(one for one in rows if one[column] is not None)
    row[column] = change(row[column])
    write_table(table.from_pylist(rows, schema=table.schema), path)
    return row


def change_csv(path: Path, column: str, change: Callable[[str], str]) -> dict[str, str]:
    """The first row of a CSV file whose column is filled, with that cell changed in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(one for one in rows if one[column])
    row[column] = change(row[column])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)
    return row
