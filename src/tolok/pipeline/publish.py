"""From results/ to the site."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tolok.errors import InputError
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.workspace import Workspace
from tolok.publish.site import publish_site


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
    """Results that were made under other rules than those of the folder."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and what to run first."""
        return (
            f"{self.folder}: the results were made under other rules than the folder has now. "
            f"Run `tolok score {self.folder}` again."
        )


def publish(folder: Path, *, to: Path | None = None, progress: Progress = silent) -> Published:
    """The site of an edition's results, in both languages, put in its place in one step.

    Raises: NotScored where there are no results; ResultsOutdated where the rules changed since.
    """
    workspace = Workspace(folder)
    rules, results = workspace.rules, workspace.layout.results
    if not (results / "manifest.json").is_file():
        raise NotScored(folder)
    if workspace.rules_sha256 not in (results / "manifest.json").read_text("utf-8"):
        raise ResultsOutdated(folder)
    site = publish_site(
        results,
        to or workspace.layout.site,
        rules,
        lock_hash=workspace.lock.rules_sha256 if workspace.lock else None,
        progress=partial(progress, "site"),
    )
    return Published(site.index, site.pages)
