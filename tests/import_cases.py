"""Files to bring, and short ways to bring them and to look at what the store holds."""

import json
from datetime import UTC, date, datetime

from tolok.methodology.edition import Cluster, Edition
from tolok.model import Label, Window
from tolok.sources.imports import import_files
from tolok.sources.raw import Options
from tolok.store.duckdb import DuckDb
from tolok.store.layout import Layout, attach_store
from tolok.store.schema import STORE_TABLES

NAME = Label("nama", "name")
EDITION = Edition(
    name="invented",
    title=NAME,
    window=Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta"),
    platforms=("instagram", "x", "youtube"),
    clusters=(Cluster("all", NAME),),
    platform_weights={"instagram": 1.0, "x": 1.0, "youtube": 1.0},
)
EXPORTED_AT = datetime(2025, 6, 1, tzinfo=UTC)


def post(post_id="C1", **columns):
    """A row of the canonical table of posts."""
    return {
        "platform": "instagram",
        "post_id": post_id,
        "account_id": "@contoh",
        "published_at": "2025-03-01T08:00:00+07:00",
        "observed_at": "2025-03-15T09:00:00+07:00",
        "reaction_count": 5,
        **columns,
    }


def ndjson(path, rows):
    """A file of one object a line; a row that is text stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def document(path, value):
    """A file of one JSON document."""
    path.write_text(json.dumps(value, indent=1), "utf-8")
    return path


def bring(folder, *files, **options):
    """The reports of files imported into an edition folder."""
    return import_files(Layout(folder), EDITION, files, Options(**options))


def figures(report):
    """Format and row counts of a report: read, kept, duplicate, rejected."""
    return (
        report.rows_read,
        report.rows_kept,
        report.rows_duplicate,
        report.rows_rejected,
    )


def flat(parts):
    """The items among the parts of a document, those in lists too."""
    for part in parts:
        if callable(part):
            yield part
        else:
            yield from flat(part)


def stored(folder, table="observations"):
    """The rows of a table of the store, in its order."""
    name = "comment_observations" if table == "comments" else table
    order = ", ".join(f'"{column}"' for column in STORE_TABLES[table].order)
    last = "" if table == "rejects" else ", source_sha256, source_row"
    with DuckDb() as engine:
        attach_store(engine, Layout(folder))
        return engine.query(f"SELECT * FROM {name} ORDER BY {order}{last}").to_pylist()


def readings(folder, table="observations"):
    """The rows of a table without their source, as a sorted list: the set of readings."""
    rows = [
        {name: value for name, value in row.items() if not name.startswith("source_")}
        for row in stored(folder, table)
    ]
    return sorted(rows, key=repr)
