"""The descriptor of the open data: every file with its hash, every column with its meaning.

Source: Data Package 2.0, https://datapackage.org/standard/data-package/ (read 2026-11-29).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tolok.methodology.rules import Rules
from tolok.publish.language import Language
from tolok.publish.open_columns import WRITTEN
from tolok.publish.reading import Manifest
from tolok.publish.results import Results
from tolok.store.results import RESULT_TABLES, WITHHELD
from tolok.store.schema import Column, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "datetime",
}
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "toml": "application/toml",
}


@dataclass(frozen=True)
class PackageFile:
    """A file of the package: how large it is, and its hash."""

    size: int
    sha256: str


def package_file(content: bytes) -> PackageFile:
    """What is listed of a file."""
    return PackageFile(len(content), hashlib.sha256(content).hexdigest())


def descriptor(
    rules: Rules, manifest: Manifest, lock_hash: str, files: Mapping[str, PackageFile]
) -> str:
    """The text of datapackage.json for files by their path in the package."""
    edition, lock_hash = rules.edition, lock_hash or manifest.lock_hash
    hashes = {name: one.sha256 for name, one in files.items()}
    document: dict[str, Any] = {
        "$schema": PROFILE,
        "name": edition.name.lower(),
        "title": edition.title["en"],
        "description": (
            f"Posts published from {edition.window.opens_on} until before "
            f"{edition.window.closes_on} ({edition.window.time_zone}), as counted, scored and "
            "judged. `tolok verify` computes it again."
        ),
        "version": lock_hash[:12] or "unlocked",
        "resources": [_resource(name, one) for name, one in sorted(files.items())],
        "tolok": {
            "data_sha256": data_sha256(hashes),
            "lock_hash": lock_hash or None,
            "tolok_version": manifest.tolok_version,
            "commit": manifest.commit or None,
            "is_simulated": edition.is_simulated,
            "left_out": [
                {"table": name, "reason": reason} for name, reason in sorted(WITHHELD.items())
            ],
        },
    }
    if edition.licence:
        document["licenses"] = [{"name": edition.licence}]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def data_sha256(hashes: Mapping[str, str]) -> str:
    """The one hash of a package: of its files' hashes and paths, as `sha256sum` lists them."""
    listed = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(hashes.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def readme(results: Results) -> str:
    """What a person finds first in the package, in the edition's languages."""
    edition = results.rules.edition
    parts = []
    for code in edition.languages:
        language = Language(code, results.rules)
        left_out = [
            language.words(
                "open_data.left_out", table=name, reason=language.words(f"withheld.{name}")
            )
            for name in sorted(WITHHELD)
        ]
        parts.append(
            "\n".join(
                [
                    f"# {edition.title[code]}",
                    "",
                    language.words("open_data.what"),
                    "",
                    "    tolok verify .",
                    "",
                    language.words("open_data.layout"),
                    "",
                    *left_out,
                ]
            )
        )
    return "\n\n".join(parts) + "\n"


def is_table(name: str) -> bool:
    """Whether a file of the package is one of our tables: this edition's, or an earlier one's."""
    return name.startswith("csv/") or "/results/" in f"/{name}"


def _resource(name: str, one: PackageFile) -> dict[str, Any]:
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    found: dict[str, Any] = {
        "name": name.lower().replace("/", "-").replace("_", "-"),
        "path": name,
        "format": suffix,
        "mediatype": _MEDIA.get(suffix, "application/octet-stream"),
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
    }
    if suffix != "parquet":
        found["encoding"] = "utf-8"
    table = RESULT_TABLES.get(stem) if is_table(name) else None
    if table is not None:
        found |= {"type": "table", "schema": _schema(table)}
    elif name in WRITTEN:
        fields = [
            {"name": column, "type": "string", "description": meaning}
            for column, meaning in WRITTEN[name].items()
        ]
        found |= {"type": "table", "schema": {"fields": fields, "missingValues": [""]}}
    return found


def _schema(table: Table) -> dict[str, Any]:
    return {
        "fields": list(_fields(table.columns)),
        "primaryKey": list(table.key),
        "missingValues": [""],
    }


def _fields(columns: tuple[Column, ...]) -> Iterator[dict[str, Any]]:
    for column in columns:
        found: dict[str, Any] = {
            "name": column.name,
            "type": _TYPES[column.type],
            "description": column.meaning,
        }
        if not column.nullable:
            found["constraints"] = {"required": True}
        yield found
