"""Bring in, score and publish what has changed since the last run, and nothing else.

A stage is done anew where what it is made from, or the code that makes it, is not what it was: so
the outcome has the bytes of a run from the beginning. Where only words of the rules differ, results
stay, and their manifest names the rules as they are now.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tolok.pipeline.importing import ImportOptions, ImportReport, import_files
from tolok.pipeline.jury.decided import is_decision_left_out
from tolok.pipeline.machine import Machine
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.publish import Published, publish
from tolok.pipeline.published import is_site_current
from tolok.pipeline.results import manifest_text
from tolok.pipeline.score import ScoreSummary, made_from, score
from tolok.pipeline.workspace import Workspace
from tolok.store.atomic import write_text

_OF_WORDS = frozenset({"rules_sha256", "lock_hash", "errata"})
"""What a manifest says of the rules beside what is scored of them."""


@dataclass(frozen=True)
class RunSummary:
    """What a run did: the files it brought in, and the stages that were done anew, else None.

    Where a jury has closed on other nominees than there are now, its decision is left out of the
    results, and the site stays as it is.
    """

    imported: list[ImportReport] = field(default_factory=list)
    scored: ScoreSummary | None = None
    published: Published | None = None
    is_decision_left_out: bool = False


def run(
    folder: Path,
    files: Iterable[Path] = (),
    *,
    machine: Machine | None = None,
    progress: Progress = silent,
) -> RunSummary:
    """The edition brought up to date: files imported, results and site made where they are old.

    Files that came before change nothing. A site with winners is not replaced by one without: where
    the nominees are no longer those that a jury has decided on, nothing is published.

    Raises: as import_files, score and publish do.
    """
    named = list(files)
    imported = import_files(folder, named, ImportOptions(), progress=progress) if named else []
    workspace = Workspace(folder)
    scored = published = None
    differing = outdated(workspace)
    if differing is None or differing - _OF_WORDS:
        scored = score(folder, machine=machine, progress=progress)
    elif differing:
        _stamp(workspace)
    left_out = is_decision_left_out(folder, workspace.layout.results)
    if not (left_out or is_site_current(workspace.layout.site, folder)):
        published = publish(folder, progress=progress)
    return RunSummary(imported, scored, published, is_decision_left_out=left_out)


def outdated(workspace: Workspace) -> set[str] | None:
    """What the manifest of the results says otherwise than it would now; None without results."""
    path = _manifest(workspace)
    if not path.is_file():
        return None
    manifest = json.loads(path.read_text("utf-8"))
    return {name for name, value in made_from(workspace).items() if manifest.get(name) != value}


def _stamp(workspace: Workspace) -> None:
    """Let the results name the rules as they are now."""
    path = _manifest(workspace)
    manifest = json.loads(path.read_text("utf-8"))
    write_text(manifest_text(manifest | made_from(workspace)), path)


def _manifest(workspace: Workspace) -> Path:
    return workspace.layout.results / "manifest.json"
