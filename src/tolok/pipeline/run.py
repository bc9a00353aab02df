"""Bring in, score and publish what has changed since the last run, and nothing else.

A stage is done anew where what it is made from, or the code that makes it, is not what it was: so
the outcome has the bytes of a run from the beginning. Where only words of the rules differ, results
stay, and their manifest names the rules as they are now.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tolok.pipeline.importing import ImportOptions, ImportReport, import_files
from tolok.pipeline.machine import Machine
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.publish import Published, publish
from tolok.pipeline.results import manifest_text
from tolok.pipeline.score import ScoreSummary, made_from, score
from tolok.pipeline.workspace import Workspace
from tolok.publish.site import MARKER
from tolok.release import code_sha256
from tolok.store.atomic import write_text

PUBLISHED = ".published.json"
"""In the edition's folder: the hash of all that the site in site/ was made from."""
_NOT_READ = ("landing", "store", "store.fresh", "store.old", "site", "private", "brought")
"""Folders of an edition that no page is made from."""
_OF_WORDS = frozenset({"rules_sha256", "lock_hash", "errata"})
"""What a manifest says of the rules beside what is scored of them."""


@dataclass(frozen=True)
class RunSummary:
    """What a run did: the files it brought in, and the stages that were done anew, else None."""

    imported: list[ImportReport] = field(default_factory=list)
    scored: ScoreSummary | None = None
    published: Published | None = None


def run(
    folder: Path,
    files: Iterable[Path] = (),
    *,
    machine: Machine | None = None,
    progress: Progress = silent,
) -> RunSummary:
    """The edition brought up to date: files imported, results and site made where they are old.

    Files that came before change nothing.

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
    inputs = site_inputs_sha256(folder)
    if not _site_is_current(workspace.layout.site, folder, inputs):
        published = publish(folder, progress=progress)
        write_text(json.dumps({"inputs_sha256": inputs}) + "\n", folder / PUBLISHED)
    return RunSummary(imported, scored, published)


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


def site_inputs_sha256(folder: Path) -> str:
    """The hash of this code and of every file of an edition that pages may be made from."""
    digest = hashlib.sha256(code_sha256().encode())
    for path in _read_files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read_files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _NOT_READ:
            continue
        yield from (path for path in sorted((entry, *entry.rglob("*"))) if path.is_file())


def _site_is_current(site: Path, folder: Path, inputs: str) -> bool:
    """Whether the site was made from these inputs, and each of its files is still as it was."""
    noted, marker = folder / PUBLISHED, site / MARKER
    if not (noted.is_file() and marker.is_file()):
        return False
    if json.loads(noted.read_text("utf-8")).get("inputs_sha256") != inputs:
        return False
    files = json.loads(marker.read_text("utf-8"))["files"]
    return all(_has_hash(site / path, sha256) for path, sha256 in files.items())


def _has_hash(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
