"""From results/ to the site."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolok.errors import InputError
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.published import note_published, site_inputs_sha256
from tolok.pipeline.workspace import Workspace
from tolok.publish.site import publish_site
from tolok.registry.read import registry_sha256
from tolok.store.layout import finished_imports


@dataclass(frozen=True)
class Published:
    """Where the site begins, and how many pages it has."""

    index: Path
    pages: int


@dataclass(eq=False)
class NotScored(InputError):
    """An edition without results."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and what to run first."""
        return f"{self.folder}: there are no results. Run `tolok score {self.folder}` first."


@dataclass(eq=False)
class ResultsOutdated(InputError):
    """Results that were made from something else than the folder holds now."""

    folder: Path
    changed: list[str]

    def __str__(self) -> str:
        """What has changed, and what to run first."""
        return (
            f"{self.folder}: since the results were made, {' and '.join(self.changed)} changed. "
            f"Run `tolok score {self.folder}` again."
        )


def publish(folder: Path, *, to: Path | None = None, progress: Progress = silent) -> Published:
    """The site of an edition's results, in both languages, put in its place in one step.

    Raises: NotScored where there are no results; ResultsOutdated where rules, registry or imported
    files are no longer those that the results were made from.
    """
    workspace = Workspace(folder)
    rules, results = workspace.rules, current_results(workspace)
    inputs, place = site_inputs_sha256(folder), to or workspace.layout.site
    site = publish_site(
        results,
        place,
        rules,
        lock_hash=workspace.lock.rules_sha256 if workspace.lock else None,
        progress=progress,
    )
    if place == workspace.layout.site:
        note_published(folder, inputs)
    return Published(site.index, site.pages)


def current_results(workspace: Workspace) -> Path:
    """The folder of an edition's results, made from what its folder holds now.

    Raises: NotScored where there are no results; ResultsOutdated where rules, registry or imported
    files are no longer those that the results were made from.
    """
    results = workspace.layout.results
    if not (results / "manifest.json").is_file():
        raise NotScored(workspace.folder)
    manifest = json.loads((results / "manifest.json").read_text("utf-8"))
    changed = _changed(workspace, manifest)
    if changed:
        raise ResultsOutdated(workspace.folder, changed)
    return results


def _changed(workspace: Workspace, manifest: Mapping[str, Any]) -> list[str]:
    """What the folder holds otherwise than the results say they were made from."""
    imported = {report.sha256 for report in finished_imports(workspace.layout)}
    same = {
        "the rules": manifest.get("rules_sha256") == workspace.rules_sha256,
        "the registry": manifest.get("registry_sha256")
        == registry_sha256(workspace.layout.registry),
        "the imported files": {one["sha256"] for one in manifest.get("inputs", ())} == imported,
    }
    return [name for name, is_same in same.items() if not is_same]
