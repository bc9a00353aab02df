"""A closed jury's decision in the results: put there, kept when they are scored anew, taken out."""

import csv
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tolok.jury.ledger import read_ledger
from tolok.jury.standing import Standing, standing_of
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.tables import empty_tables, winners_table
from tolok.pipeline.results import write_csv
from tolok.registry.finding import Finding
from tolok.store.atomic import write_table, written_whole
from tolok.store.jury import JURY_TABLES

_NUMBERS = ("jury_score", "chance_best")


def put_decision(folder: Path, results: Path) -> bool:
    """Whether a closed jury has decided on just these nominees; then the results have its tables.

    Missing: without such a jury the results stay as they were scored, awaiting one.
    """
    if not (_is_closed(folder) and _is_theirs(folder, results)):
        return False
    paths = JuryPaths(folder)
    for name in ("winners.csv", *(f"{name}.parquet" for name in JURY_TABLES)):
        with written_whole(results / name) as unfinished:
            shutil.copyfile(paths.tables / name, unfinished)
    return True


def is_decision_left_out(folder: Path, results: Path) -> bool:
    """Whether a jury has closed, but on other nominees: its winners are then not in the results.

    Missing: without results nothing is left out.
    """
    if not (results / "nominees.csv").is_file():
        return False
    return _is_closed(folder) and not _is_theirs(folder, results)


def decision_findings(folder: Path, results: Path) -> list[Finding]:
    """A warning where the winners of a jury that has closed are not in the results."""
    if not is_decision_left_out(folder, results):
        return []
    file = JuryPaths(folder).ledger.relative_to(folder).as_posix()
    problem = "it has closed on other nominees than there are now; its winners are left out."
    remedy = (
        f"Take back what changed the nominees, or begin anew: `tolok jury {folder} open --again`."
    )
    return [Finding("warning", file, None, "the jury", problem, remedy)]


def _is_closed(folder: Path) -> bool:
    return JuryPaths(folder).ledger.is_file() and _standing(folder).is_closed


def _is_theirs(folder: Path, results: Path) -> bool:
    """Whether the nominees are those that the jury was opened for."""
    nominees = hashlib.sha256((results / "nominees.csv").read_bytes()).hexdigest()
    opening = _standing(folder).opening
    return opening is not None and opening.nominees_sha256 == nominees


def _standing(folder: Path) -> Standing:
    return standing_of(read_ledger(JuryPaths(folder).ledger.read_text("utf-8")))


def take_out_decision(folder: Path, results: Path) -> None:
    """Put the awards of a jury that begins anew back to waiting."""
    paths = JuryPaths(folder)
    for gone in (paths.tables, paths.ballots):
        shutil.rmtree(gone, ignore_errors=True)
    paths.roll.unlink(missing_ok=True)
    for name, table in empty_tables().items():
        write_table(table, results / f"{name}.parquet")
    with written_whole(results / "winners.csv") as unfinished:
        write_csv(winners_table(list(_awaiting(results))), unfinished)


def read_winners(results: Path) -> list[dict[str, Any]]:
    """The rows of results/winners.csv with their types."""
    with (results / "winners.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = [dict(row) for row in csv.DictReader(file)]
    for row in rows:
        row.update({name: float(row[name]) if row[name] else None for name in _NUMBERS})
    return rows


def _awaiting(results: Path) -> Iterator[dict[str, Any]]:
    """A row an award: as it was where nobody could be ranked, else awaiting the jury."""
    seen = set()
    for row in read_winners(results):
        award = (row["category"], row["cluster"])
        if row["status"] == "not_awarded":
            yield row
        elif award not in seen:
            nobody = dict.fromkeys(_NUMBERS) | {"institution_id": "", "institution": ""}
            yield row | nobody | {"status": "awaiting_jury", "reason": ""}
        seen.add(award)
