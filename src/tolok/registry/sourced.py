"""What others have published of earlier editions: archive/sourced.csv, a row an honour.

It is a record of statements with their sources, made by people; nothing is computed from it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tolok.address import split_address
from tolok.errors import FaultsFound, did_you_mean
from tolok.registry.finding import Finding
from tolok.registry.sheet import Row, Sheet

SOURCED_COLUMNS = (
    "edition", "category", "cluster", "institution", "institution_id", "status", "remark", "source",
)  # fmt: skip
STATUSES = ("winner", "nominee")


@dataclass(frozen=True)
class Sourced:
    """One institution that a source calls winner or nominee; what the source leaves out is empty.

    Names of categories, clusters and institutions are those of the source. `institution_id` is
    given where the institution is unmistakably one of the registry.
    """

    edition: str
    category: str
    cluster: str
    institution: str
    institution_id: str
    status: str
    remark: str
    source: str
    line: int


def read_sourced(folder: Path) -> tuple[Sourced, ...]:
    """The rows of an edition's archive/sourced.csv in their order; none where it has no such file.

    Raises: FaultsFound with every fault, each with its line and column.
    """
    path = folder / "archive" / "sourced.csv"
    if not path.is_file():
        return ()
    sheet = Sheet(path, SOURCED_COLUMNS)
    rows = tuple(_sourced(row) for row in sheet.rows)
    if sheet.faults:
        raise FaultsFound("the record of earlier winners cannot be read", sheet.faults)
    return rows


def unknown_institutions(rows: Collection[Sourced], known: Collection[str]) -> list[Finding]:
    """A warning for each row whose institution_id the registry does not have."""
    return [
        Finding(
            "warning",
            "archive/sourced.csv",
            row.line,
            "institution_id",
            f"{row.institution_id!r} is not in registry/institutions.csv.",
            did_you_mean(row.institution_id, known) or "Leave the cell empty if it is another.",
        )
        for row in rows
        if row.institution_id and row.institution_id not in known
    ]


def _sourced(row: Row) -> Sourced:
    edition = row.text("edition", required=True)
    if edition and not re.fullmatch(r"\d{4}", edition):
        row.fault("edition", f"{edition!r} is no year.", "Expected one such as 2025.")
    status = row.text("status")
    if status not in STATUSES:
        expected = "Expected winner or nominee. Who is not known to be either has no row."
        row.fault("status", f"{status!r} is not known.", expected)
    source = row.text("source", required=True)
    if source and not (source.startswith(("http://", "https://")) and split_address(source)):
        row.fault("source", f"{source!r} is no web address.", "Expected https://...")
    return Sourced(
        edition=edition,
        category=row.text("category"),
        cluster=row.text("cluster"),
        institution=row.text("institution", required=True),
        institution_id=row.text("institution_id"),
        status=status,
        remark=row.text("remark"),
        source=source,
        line=row.line,
    )
