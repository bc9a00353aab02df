"""An edition of 14 Brazilian state governments on Instagram, 2024, from Fanpage Karma exports.

    python examples/br_states.py SRC DIR

SRC holds registry.csv (institution_id, institution, cluster, profile, profile_id, instagram, file)
and the XLSX files that it names. DIR becomes an edition: made from the template `instagram-only`,
locked, imported, scored and published. docs/br-states.md walks through it.
"""

import csv
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tolok.errors import TolokError
from tolok.methodology.template import TomlValue, new_edition, write_edition
from tolok.model import Account, Institution, Registry
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.locking import lock
from tolok.pipeline.publish import Published, publish
from tolok.pipeline.score import score
from tolok.platforms import handle_from_url
from tolok.registry.write import write_registry

CLUSTERS = {
    "north": ("Utara dan timur laut", "North and north-east"),
    "south-and-centre": (
        "Selatan, tenggara, dan barat tengah",
        "South, south-east and centre-west",
    ),
}
TITLE = {
    "id": "Pemerintah negara bagian Brasil di Instagram 2024",
    "en": "Brazilian state governments on Instagram 2024",
}
EXPORTED_AT = datetime(2025, 4, 30, tzinfo=UTC)
"""The date that the same tool wrote into its unmerged exports of these accounts."""


def registry_of(source: Path) -> Registry:
    """The registry that registry.csv describes; its accounts are grade B: one source names them."""
    with (source / "registry.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    institutions = tuple(
        Institution(
            row["institution_id"],
            row["institution"],
            row["institution_id"].upper(),
            row["cluster"],
            kind="state government",
            evidence="registry.csv",
        )
        for row in rows
    )
    return Registry(institutions, tuple(_account(row) for row in rows))


def _account(row: dict[str, str]) -> Account:
    handle = handle_from_url("instagram", row["instagram"]) or ""
    return Account(
        account_id=f"instagram:@{handle}",
        institution_id=row["institution_id"],
        platform="instagram",
        handle=handle,
        platform_id=row["profile_id"],
        url=f"https://www.instagram.com/{handle}/",
        grade="B",
        evidence="registry.csv",
    )


def make_edition(source: Path, folder: Path) -> Published:
    """The published edition in `folder`, made from the exports in `source`."""
    new_edition(folder, template="instagram-only")
    values: dict[str, TomlValue] = {
        "name": "br-states-2024",
        "title": TITLE,
        "time_zone": "America/Sao_Paulo",
        "opens_on": date(2024, 1, 1),
        "closes_on": date(2025, 1, 1),
    }
    write_edition(folder, values, clusters=CLUSTERS)
    registry = registry_of(source)
    write_registry(registry, folder / "registry")
    lock(folder, now=datetime.now(UTC))
    with (source / "registry.csv").open(encoding="utf-8", newline="") as file:
        files = [source / row["file"] for row in csv.DictReader(file)]
    for report in import_files(folder, files, ImportOptions(exported_at=EXPORTED_AT)):
        print(
            f"{report.file}: {report.rows_read} read, {report.rows_kept} kept, "
            f"{report.rows_duplicate} duplicate, {report.rows_rejected} rejected"
        )
    score(folder)
    return publish(folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/br_states.py SRC DIR")
    try:
        site = make_edition(Path(sys.argv[1]), Path(sys.argv[2]))
    except TolokError as error:
        sys.exit(f"tolok: {error}")
    print(f"{site.pages} pages. Open {site.index.resolve().as_uri()}")
