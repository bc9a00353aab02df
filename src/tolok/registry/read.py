"""The registry read from its three CSV files, all faults of all files at once."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from tolok.errors import FaultsFound, InputError
from tolok.model import PLATFORMS, Account, Institution, Lineage, Registry
from tolok.platforms import account_id, handle_from_url, is_platform_id, platform_of_url
from tolok.registry.sheet import Row, Sheet

INSTITUTION_COLUMNS = (
    "institution_id", "institution", "short_name", "cluster", "kind",
    "valid_from", "valid_to", "evidence",
)  # fmt: skip
ACCOUNT_COLUMNS = (
    "account_id", "institution_id", "platform", "handle", "platform_id", "url", "role", "counts",
    "counts_reason", "valid_from", "valid_to", "grade", "checked_on", "evidence", "past_handles",
)  # fmt: skip
LINEAGE_COLUMNS = ("predecessor_id", "successor_id", "change", "effective_on", "evidence")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_HANDLE = re.compile(r"[\s/?&#:;,]")
_T = TypeVar("_T")


def read_registry(folder: Path) -> Registry:
    """The registry in a folder: institutions.csv, accounts.csv and, if there is one, lineage.csv.

    Missing: an empty account_id is made from platform and handle, or from the url.
    Raises: FaultsFound with every fault of the three files, each with its line and column.
    """
    faults: list[InputError] = []
    institutions = _read(folder / "institutions.csv", INSTITUTION_COLUMNS, _institution, faults)
    accounts = _read(folder / "accounts.csv", ACCOUNT_COLUMNS, _account, faults)
    lineage: tuple[Lineage, ...] = ()
    if (folder / "lineage.csv").exists():
        lineage = _read(folder / "lineage.csv", LINEAGE_COLUMNS, _lineage, faults)
    if faults:
        raise FaultsFound("the registry cannot be read", faults)
    return Registry(institutions, accounts, lineage)


def read_lineage(folder: Path) -> tuple[Lineage, ...]:
    """The lineage of a registry's folder alone; none where it has no lineage.csv.

    Raises: FaultsFound with every fault of the file.
    """
    faults: list[InputError] = []
    path = folder / "lineage.csv"
    lineage = _read(path, LINEAGE_COLUMNS, _lineage, faults) if path.exists() else ()
    if faults:
        raise FaultsFound("the registry's lineage cannot be read", faults)
    return lineage


def _read(
    path: Path, columns: tuple[str, ...], make: Callable[[Row], _T], faults: list[InputError]
) -> tuple[_T, ...]:
    sheet = Sheet(path, columns)
    rows = tuple(make(row) for row in sheet.rows)
    faults += sorted(sheet.faults, key=lambda fault: getattr(fault, "line", None) or 0)
    return rows


def registry_sha256(folder: Path) -> str:
    """The hash of the registry's files as they stand; an absent one counts as empty."""
    digest = hashlib.sha256()
    for name in ("institutions", "accounts", "lineage"):
        path = folder / f"{name}.csv"
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()


def _institution(row: Row) -> Institution:
    institution_id = row.text("institution_id", required=True)
    if institution_id and not _ID.fullmatch(institution_id):
        expected = "Expected lower-case letters, digits and hyphens, such as kota-contoh."
        row.fault("institution_id", f"{institution_id!r} is no institution_id.", expected)
    return Institution(
        institution_id=institution_id,
        institution=row.text("institution", required=True),
        short_name=row.text("short_name") or row.text("institution"),
        cluster=row.text("cluster", required=True),
        kind=row.text("kind"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        evidence=row.text("evidence"),
        line=row.line,
    )


def _lineage(row: Row) -> Lineage:
    return Lineage(
        predecessor_id=row.text("predecessor_id"),
        successor_id=row.text("successor_id"),
        change=row.text("change", required=True),
        effective_on=row.day("effective_on", required=True) or date.min,
        evidence=row.text("evidence"),
        line=row.line,
    )


def _account(row: Row) -> Account:
    platform = _platform(row)
    handle, platform_id = _handle(row, platform)
    return Account(
        account_id=_account_id(row, platform, handle or platform_id),
        institution_id=row.text("institution_id", required=True),
        platform=platform,
        handle=handle,
        platform_id=platform_id,
        url=row.text("url"),
        role=row.text("role") or "main",
        counts=row.flag("counts"),
        counts_reason=row.text("counts_reason"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        grade=row.text("grade", required=True),
        checked_on=row.day("checked_on"),
        evidence=row.text("evidence"),
        past_handles=_past_handles(row),
        line=row.line,
    )


def _platform(row: Row) -> str:
    """The platform as stated, or else the one whose address the row gives."""
    platform = row.text("platform").casefold()
    if not platform and row.text("url"):
        platform = platform_of_url(row.text("url")) or ""
    if not platform:
        row.fault("platform", "the cell is empty.", f"Expected one of {', '.join(PLATFORMS)}.")
    return platform


def _handle(row: Row, platform: str) -> tuple[str, str]:
    """The handle and the platform's own id, each as stated or else taken from the address."""
    stated = row.text("handle").removeprefix("@")
    if _NO_HANDLE.search(stated):
        row.fault(
            "handle",
            f"{stated!r} is not a handle.",
            "Write the name as in the address of the profile, or put the address into url.",
        )
        return "", row.text("platform_id")
    names = [name for name in (stated, row.text("platform_id")) if name]
    if row.text("url") and platform in PLATFORMS:
        found = handle_from_url(platform, row.text("url"))
        # An address tells a handle only where none is stated: `check` compares the two.
        if found and (is_platform_id(platform, found) or not stated):
            names.append(found)
    ids = [name for name in names if is_platform_id(platform, name)]
    if stated in ids and row.text("platform_id") not in {"", stated}:
        row.fault("handle", f"{stated!r} is an id, and not the one in platform_id.", "Keep one.")
    handle = next((n for n in names if n not in ids and n != row.text("platform_id")), "")
    return handle.casefold(), row.text("platform_id") or next(iter(ids), "")


def _account_id(row: Row, platform: str, name: str) -> str:
    stated = row.text("account_id")
    if not stated and not name:
        row.fault(
            "handle",
            "neither a handle, a platform_id nor the url of a profile names the account.",
            "Give one of them.",
        )
    if not stated:
        is_id = name == row.text("platform_id") and not row.text("handle")
        return f"{platform}:{name}" if is_id else account_id(platform, name)
    if platform and not stated.startswith(f"{platform}:"):
        row.fault(
            "account_id",
            f"{stated!r} does not begin with {platform + ':'!r}.",
            "Leave the cell empty, and it is made from platform and handle.",
        )
    return stated.casefold() if ":@" in stated else stated


def _past_handles(row: Row) -> tuple[str, ...]:
    handles = tuple(handle.removeprefix("@").casefold() for handle in row.texts("past_handles"))
    for handle in handles:
        if _NO_HANDLE.search(handle):
            row.fault("past_handles", f"{handle!r} is not a handle.", "Separate handles by ;")
    return handles
