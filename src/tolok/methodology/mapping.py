"""Mapping profiles: which column of a foreign table is which of ours; one TOML file a header."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tolok.errors import FaultsFound, InputError
from tolok.methodology.document import Document, Section
from tolok.model import COUNTS, KINDS, PLATFORMS

COLUMNS: dict[str, tuple[str, ...]] = {
    "posts": (
        "platform", "post_id", "account_id", "published_at", "observed_at", "kind", "text", "url",
        "duration_s", "media_count", "co_account_ids", *COUNTS, "engagement_count",
        "follower_count",
    ),
    "followers": ("platform", "account_id", "url", "observed_at", "follower_count"),
    "comments": (
        "platform", "comment_id", "post_id", "author", "published_at", "observed_at", "text",
        "reaction_count", "is_institution", "parent_id",
    ),
}  # fmt: skip
"""What a table may give, by table. author is kept as a keyed hash; a follower_count among posts is
that of the moment of publishing."""
NEEDED = {
    "posts": ("platform", "post_id", "published_at"),
    "followers": ("platform", "follower_count"),
    "comments": ("platform", "comment_id", "post_id", "published_at"),
}
"""What a table cannot do without: a column or a constant of it."""


@dataclass(frozen=True)
class MappingProfile:
    """How a table of no known format is read.

    columns are headers, as in the file, by our columns; constants are values that all rows share.
    platforms and kinds say what the file's words mean, in lower case. time_zone, decimal and
    date_order are empty where the file's cells are to tell.
    """

    name: str
    sha256: str
    header_sha256: str
    table: str
    columns: dict[str, str]
    constants: dict[str, str]
    platforms: dict[str, str]
    kinds: dict[str, str]
    time_zone: str = ""
    decimal: str = ""
    date_order: str = ""


def header_sha256(header: Sequence[str]) -> str:
    """The hash of a table's header: of its folded names in any order, so that columns may move."""
    names = sorted(name for name in header if name)
    return hashlib.sha256(json.dumps(names, ensure_ascii=False).encode()).hexdigest()


def read_mappings(folder: Path) -> dict[str, MappingProfile]:
    """The profiles of an edition's folder maps/, by the hash of the header that each is for.

    Raises: FaultsFound with the faults of all of them.
    """
    faults: list[InputError] = []
    profiles: dict[str, MappingProfile] = {}
    for path in sorted(folder.glob("*.toml")):
        document = Document(path, name=f"maps/{path.name}")
        profile = _read(document, path.stem)
        if profile.header_sha256 in profiles and not document.faults:
            other = profiles[profile.header_sha256].name
            document.fault(
                "header_sha256", f"is that of maps/{other}.toml too.", "Keep one of them."
            )
        profiles[profile.header_sha256] = profile
        faults += document.faults
    if faults:
        raise FaultsFound(f"{folder}: {len(faults)} faults in mapping profiles", faults)
    return profiles


def _read(document: Document, name: str) -> MappingProfile:
    table = document.text("table", choices=COLUMNS)
    known = COLUMNS.get(table, ())
    columns = _texts(document.section("columns"), known)
    constants = _texts(document.section("constants"), known)
    platforms = _words(document.section("platforms"), PLATFORMS)
    kinds = _words(document.section("kinds"), KINDS)
    profile = MappingProfile(
        name=name,
        sha256="",
        header_sha256=document.text("header_sha256"),
        table=table,
        columns=columns,
        constants=constants,
        platforms=platforms,
        kinds=kinds,
        time_zone=document.text("time_zone", ""),
        decimal=document.text("decimal", "", choices=("", ".", ",")),
        date_order=document.text("date_order", "", choices=("", "day", "month")),
    )
    document.close()
    _check(document, profile)
    facts = {field: getattr(profile, field) for field in profile.__dataclass_fields__}
    facts.pop("name")
    sha256 = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return MappingProfile(name, sha256, **{k: v for k, v in facts.items() if k != "sha256"})


def _check(document: Document, profile: MappingProfile) -> None:
    for needed in NEEDED.get(profile.table, ()):
        given = {*profile.columns, *profile.constants}
        has_address = needed == "post_id" and "url" in given
        if needed not in given and not has_address:
            document.fault(
                "columns", f"says nothing of {needed}.", f"A table of {profile.table} needs it."
            )
    for column in profile.columns:
        if column in profile.constants:
            document.fault("constants", f"{column} is a column too.", "Keep one of them.")
    platform = profile.constants.get("platform", PLATFORMS[0])
    if platform not in PLATFORMS:
        document.fault(
            "constants", f"{platform!r} is no platform.", f"One of {', '.join(PLATFORMS)}."
        )
    try:
        ZoneInfo(profile.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        document.fault("time_zone", f"{profile.time_zone!r} is no zone.", "Such as Asia/Jakarta.")


def _texts(section: Section, known: Sequence[str]) -> dict[str, str]:
    texts = {key: section.text(key) for key in known if key in section}
    section.close()
    return {key: text for key, text in texts.items() if text}


def _words(section: Section, known: Sequence[str]) -> dict[str, str]:
    """Words of the file, in lower case, with what they mean."""
    words = section.values()
    for word, meaning in words.items():
        if meaning not in known:
            section.fault(
                word, f"{meaning!r} is not known.", f"Expected one of {', '.join(known)}."
            )
    return {word.casefold().strip(): str(meaning) for word, meaning in words.items()}
