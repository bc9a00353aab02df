"""From the store to results/: posts, metrics, scores, nominees, and the manifest of the run."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

import tolok
from tolok.errors import NothingToScore
from tolok.methodology.lock import read_errata
from tolok.methodology.scored import scored_rules_sha256
from tolok.metrics.example import check_examples
from tolok.pipeline.evidence import evidence_table
from tolok.pipeline.flags import make_flags
from tolok.pipeline.flip import flips, no_flips
from tolok.pipeline.jury.decided import put_decision
from tolok.pipeline.jury.tables import empty_tables
from tolok.pipeline.machine import Machine, open_engine
from tolok.pipeline.panel import build_panel
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.results import (
    flag_tables,
    result_tables,
    shaped,
    write_results,
)
from tolok.pipeline.tables import EditionTables, make_tables
from tolok.pipeline.workspace import Workspace
from tolok.registry.read import registry_sha256
from tolok.release import code_sha256
from tolok.scoring import freeze_methods, score_with, score_with_doubt
from tolok.scoring.method import own_setting
from tolok.store.atomic import replaced_folder
from tolok.store.evidence import EVIDENCE
from tolok.store.layout import attach_store, check_store, finished_imports


@dataclass(frozen=True)
class ScoreSummary:
    """What a scoring run made: the folder, what was counted, and the awards by status."""

    results: Path
    record_counts: Mapping[str, int]
    ranked: int
    awards: Mapping[str, int] = field(default_factory=dict)


def score(
    folder: Path,
    *,
    machine: Machine | None = None,
    progress: Progress = silent,
    with_flips: bool = True,
) -> ScoreSummary:
    """The results of an edition, written to results/ whole or not at all.

    Without flips the costs to change an award are not looked for, and flips.parquet is empty.

    Raises: FaultsFound for faults in rules or registry; RulesChanged where the rules left their
    lock; StoreOutdated; NothingToScore where no post of a counted account lies inside the window.
    """
    workspace = Workspace(folder)
    computed = compute(workspace, machine=machine, progress=progress, with_flips=with_flips)
    with replaced_folder(workspace.layout.results) as fresh:
        write_results(fresh, computed.tables, computed.manifest)
        put_decision(folder, fresh)  # scored anew, the jury's decision on the same nominees stands
    progress("scores", 4, 4)
    return _summary(workspace, computed)


@dataclass(frozen=True)
class Computed:
    """The tables of results/ by name, the manifest of the run that made them, and its counts."""

    tables: Mapping[str, pa.Table]
    manifest: Mapping[str, Any]
    record_counts: Mapping[str, int]


def compute(
    workspace: Workspace,
    *,
    machine: Machine | None = None,
    progress: Progress = silent,
    with_flips: bool = True,
) -> Computed:
    """The results of an edition from its store, without a jury's decision; nothing is written.

    Raises: as score does.
    """
    machine = machine or Machine()
    rules, registry = workspace.rules, workspace.sound_registry()
    check_store(workspace.layout, rules.edition.window.time_zone)
    with open_engine(machine, workspace.layout.spill) as engine:
        if workspace.lock is None:  # locking has run them
            check_examples(engine, rules.metrics.values())
        attach_store(engine, workspace.layout)
        tables = make_tables(engine, rules, registry, progress)
        _refuse_nothing(workspace.folder, tables)
        progress("scores", 0, 4)
        panel = build_panel(tables.weekly, registry, rules)
        references = freeze_methods(panel, rules)
        reference = references.by_setting[own_setting(rules)]
        progress("scores", 1, 4)
        bought = flips(engine, panel, rules, reference) if with_flips else no_flips()
        shown = evidence_table(engine, rules, registry)
        progress("scores", 2, 4)
        # last, for it leaves the engine's posts without the flagged ones
        flagged = make_flags(engine, rules, tables.weekly)
        progress("scores", 3, 4)
    pa.default_memory_pool().release_unused()  # texts of tables that are arrays by now
    scores = score_with_doubt(panel, rules, references, partial(progress, "uncertainty"))
    without = flagged.without and build_panel(flagged.without, registry, rules)
    again = score_with(without, rules, reference) if without else scores
    found = result_tables(tables, scores, bought, registry, rules)
    found |= flag_tables(flagged, scores, again) | empty_tables()
    found["evidence"] = shaped(EVIDENCE, shown)
    return Computed(found, _manifest(workspace, tables, found), tables.record_counts)


def _refuse_nothing(folder: Path, tables: EditionTables) -> None:
    if tables.record_counts["posts"]:
        return
    if not tables.record_counts["observations"]:
        raise NothingToScore(folder, "nothing was imported.")
    unknown = sum(tables.unknown_accounts["row_count"].to_pylist())
    raise NothingToScore(
        folder,
        f"of {tables.record_counts['observations']} imported rows none is a post of a counted "
        f"account inside the window; {unknown} rows are of accounts that no registry row names.",
    )


def _summary(workspace: Workspace, computed: Computed) -> ScoreSummary:
    statuses = computed.tables["winners"]["status"].to_pylist()
    return ScoreSummary(
        results=workspace.layout.results,
        record_counts=computed.record_counts,
        ranked=sum(computed.tables["scores"]["eligible"].to_pylist()),
        awards={status: statuses.count(status) for status in sorted(set(statuses))},
    )


def _manifest(
    workspace: Workspace, tables: EditionTables, found: Mapping[str, pa.Table]
) -> dict[str, Any]:
    """What the results were made from and by, and what was counted."""
    return made_from(workspace) | {
        "record_counts": {
            **tables.record_counts,
            "accounts": len(set(found["accounts"]["account_id"].to_pylist())),
            "institutions": found["institutions"].num_rows,
            "rejected_rows": sum(
                report.rows_rejected for report in finished_imports(workspace.layout)
            ),
            "unknown_account_rows": sum(found["unknown_accounts"]["row_count"].to_pylist()),
        },
    }


def made_from(workspace: Workspace) -> dict[str, Any]:
    """All that decides the results of an edition, and the code: no clock, no path of the machine.

    Results whose manifest says the same need not be made again.
    """
    imports = sorted(finished_imports(workspace.layout), key=lambda report: report.sha256)
    edition = workspace.rules.edition
    return {
        "tolok_version": tolok.__version__,
        "commit": _commit(),
        "code_sha256": code_sha256(),
        "edition": edition.name,
        "window": {
            "opens_on": edition.window.opens_on.isoformat(),
            "closes_on": edition.window.closes_on.isoformat(),
            "time_zone": edition.window.time_zone,
        },
        "rules_sha256": workspace.rules_sha256,
        "scored_rules_sha256": scored_rules_sha256(workspace.rules),
        "lock_hash": workspace.lock.rules_sha256 if workspace.lock else None,
        "errata": read_errata(workspace.folder, workspace.lock) if workspace.lock else [],
        "registry_sha256": registry_sha256(workspace.layout.registry),
        "seed": edition.uncertainty.seed,
        "inputs": [
            {"sha256": report.sha256, "name": report.file, "format": report.format}
            for report in imports
        ],
    }


def _commit() -> str | None:
    """The commit of the checkout that the package runs from, or None outside a checkout."""
    home = Path(__file__).resolve().parent
    try:
        found = subprocess.run(  # noqa: S603 -- a fixed command
            ["git", "-C", str(home), "rev-parse", "HEAD"],  # noqa: S607 -- git of the machine
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    is_tracked = found.returncode == 0 and "site-packages" not in home.parts
    return found.stdout.strip() if is_tracked else None
