"""The registry written to its three CSV files, in the order of their keys."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tolok.model import Account, Institution, Lineage, Registry
from tolok.registry.read import ACCOUNT_COLUMNS, INSTITUTION_COLUMNS, LINEAGE_COLUMNS
from tolok.registry.sheet import guard


def write_registry(registry: Registry, folder: Path) -> None:
    """The folder with institutions.csv, accounts.csv and lineage.csv in it, made if need be.

    Ties: institutions stand by id, accounts by institution, platform, id and first day, lineage
    by day, predecessor and successor; so the same registry gives the same bytes.
    Source: RFC 4180, with a guard before cells that a spreadsheet would run as a formula.
    """
    folder.mkdir(parents=True, exist_ok=True)
    order: tuple[str, ...] = ("institution_id",)
    _write(folder / "institutions.csv", INSTITUTION_COLUMNS, order, registry.institutions)
    order = ("institution_id", "platform", "account_id", "valid_from")
    _write(folder / "accounts.csv", ACCOUNT_COLUMNS, order, registry.accounts)
    order = ("effective_on", "predecessor_id", "successor_id")
    _write(folder / "lineage.csv", LINEAGE_COLUMNS, order, registry.lineage)


def write_accounts(accounts: Iterable[Account], path: Path) -> None:
    """A file of accounts alone, as registry/accounts.csv has them, in the order given."""
    _write(path, ACCOUNT_COLUMNS, (), accounts)


def _write(
    path: Path,
    columns: Sequence[str],
    order: Sequence[str],
    rows: Iterable[Institution | Account | Lineage],
) -> None:
    def key(row: object) -> tuple[str, ...]:
        return tuple(_cell(getattr(row, column)) for column in order)

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in sorted(rows, key=key):
            writer.writerow([guard(_cell(getattr(row, column))) for column in columns])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)
