"""Evidence packs: the posts without figures, and the figures that open after the ballot."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tolok.jury.ballot import Entry
from tolok.jury.ledger import canonical_sha256
from tolok.jury.rules import Rule, may_see_evidence, may_see_figures
from tolok.pipeline.jury.desk import Desk, JuryOutdated, desk, told_missing
from tolok.pipeline.progress import Progress, silent
from tolok.publish.packs import (
    Evidence,
    figures_html,
    figures_pdf,
    pack_html,
    pack_pdf,
    read_evidence,
)
from tolok.store.atomic import written_whole

FIGURE_TABLES = (
    "evidence.parquet", "scores.parquet", "institutions.parquet", "flags.parquet", "nominees.csv",
)  # fmt: skip
"""What the figures are made from."""


@dataclass(frozen=True)
class Packed:
    """The packs by juror's code, and why the others got none."""

    packs: Mapping[str, tuple[Path, ...]]
    without: Mapping[str, str]


def make_packs(
    folder: Path, *, now: datetime, language: str | None = None, progress: Progress = silent
) -> Packed:
    """The evidence packs of every juror who has declared; making them twice writes the same.

    The figures of the same nominees are not written: the hash of what they are made from goes into
    the ledger, and `open_figures` writes them after the juror's ballot.

    Raises: JuryOutdated.
    """
    packs: dict[str, tuple[Path, ...]] = {}
    without: dict[str, str] = {}
    with desk(folder, now) as at:
        at.require_current()
        evidence, acts = _evidence(at), []
        language = language or at.rules.edition.languages[0]
        for done, code in enumerate(at.names):
            progress("packs", done, len(at.names))
            missing = may_see_evidence.broken(at.act(code))
            if missing:
                without[code] = told_missing(missing)
                continue
            files = dict(_packs(at, evidence, code, language))
            packs[code] = _written(at, code, "packs", files)
            if code not in at.standing.packed:
                acts.append(("packed", _body(at, code, language, files)))
        progress("packs", len(at.names), len(at.names))
        at.write(acts)
    return Packed(packs, without)


def open_due_figures(folder: Path, *, now: datetime) -> dict[str, tuple[Path, ...]]:
    """The figures of every juror whose first ballot has come since, from the data of the packs.

    Raises: JuryOutdated where the results are not those that the packs were made from.
    """
    opened = {}
    with desk(folder, now) as at:
        for code in at.names:
            if may_see_figures(at.act(code)) and code not in at.standing.figures:
                opened[code] = _open_figures(at, code)
        at.write(("figures", {"juror": code}) for code in opened)
    return opened


def _open_figures(at: Desk, code: str) -> tuple[Path, ...]:
    language, made_from = at.standing.packed[code]
    if _figures_sha256(at) != made_from:
        raise JuryOutdated(at.workspace.folder, ["the results"])
    evidence, files = _evidence(at), {}
    for category, entries in _entries(at, code, may_see_figures):
        asked: dict[str, Any] = {"juror": code, "category": category, "language": language}
        files[f"{category}.html"] = figures_html(evidence, entries=entries, **asked).encode()
        files[f"{category}.pdf"] = figures_pdf(evidence, entries=entries, **asked)
    return _written(at, code, "figures", files)


def _evidence(at: Desk) -> Evidence:
    return read_evidence(at.results, at.rules, at.workspace.folder / "media")


def _entries(at: Desk, code: str, rule: Rule) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The nominees of each category that a rule lets a juror see, where there are any."""
    for category in at.categories_of(code):
        entries = tuple(
            entry
            for entry in at.entries_of(code, category)
            if rule(at.act(code, institution_id=entry.institution_id))
        )
        if entries:
            yield category, entries


def _packs(at: Desk, evidence: Evidence, code: str, language: str) -> Iterator[tuple[str, bytes]]:
    for category, entries in _entries(at, code, may_see_evidence):
        asked: dict[str, Any] = {"juror": code, "category": category, "language": language}
        yield f"{category}.html", pack_html(evidence, entries=entries, **asked).encode()
        yield f"{category}.pdf", pack_pdf(evidence, entries=entries, **asked)


def _body(at: Desk, code: str, language: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "juror": code,
        "language": language,
        "order": {
            category: [[entry.cluster, entry.institution_id] for entry in entries]
            for category, entries in _entries(at, code, may_see_evidence)
        },
        "packs_sha256": {name: hashlib.sha256(file).hexdigest() for name, file in files.items()},
        "figures_sha256": _figures_sha256(at),
    }


def _figures_sha256(at: Desk) -> str:
    """The hash of the tables that the figures are made from."""
    hashes = {
        name: hashlib.sha256((at.results / name).read_bytes()).hexdigest() for name in FIGURE_TABLES
    }
    return canonical_sha256(hashes)


def _written(at: Desk, code: str, part: str, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    home = at.paths.send(code, at.names[code]) / part
    home.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with written_whole(home / name) as unfinished:
            unfinished.write_bytes(content)
    return tuple(home / name for name in files)
