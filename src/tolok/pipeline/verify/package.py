"""What is to be verified: a site, an open data package, or an edition's own folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolok.errors import InputError
from tolok.publish.open_data import HOME
from tolok.publish.site import MARKER
from tolok.release import code_sha256
from tolok.store.layout import Layout

DESCRIPTOR = "datapackage.json"


@dataclass(eq=False)
class NothingToVerify(InputError):
    """A folder that is neither a site nor open data nor an edition with results."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and what was looked for."""
        return (
            f"{self.folder}: is no site ({MARKER}), no open data ({DESCRIPTOR}) and no edition "
            "with results (edition.toml, results/). Name the folder of one of these; a site on the "
            "web is downloaded first, whole."
        )


@dataclass(frozen=True)
class Package:
    """The folder whose layout is an edition's, and the site that it is part of, if it is.

    `has_store` tells an organiser's own folder, which holds the posts too.
    """

    home: Path
    site: Path | None = None
    has_store: bool = False

    @property
    def results(self) -> Path:
        """The tables of results."""
        return self.home / "results"

    @property
    def data(self) -> Path:
        """The open data: part of a site where there is one."""
        return self.site / HOME if self.site else self.home

    def told(self, path: Path) -> str:
        """A path as it is told: from the folder that was named."""
        roots = (self.site, self.home)
        return next(
            path.relative_to(root).as_posix() for root in roots if root in path.parents and root
        )


def find_package(folder: Path) -> Package:
    """What a folder holds.

    Raises: NothingToVerify.
    """
    if (folder / MARKER).is_file():
        return Package(folder / HOME, site=folder)
    if (folder / DESCRIPTOR).is_file():
        above = folder.parent if (folder.parent / MARKER).is_file() else None
        is_part = above is not None and folder.name == HOME
        return Package(folder, site=above if is_part else None)
    layout = Layout(folder)
    if (folder / "edition.toml").is_file() and (layout.results / "manifest.json").is_file():
        site = layout.site if (layout.site / MARKER).is_file() else None
        return Package(folder, site=site, has_store=layout.imports.is_dir())
    raise NothingToVerify(folder)


def is_made_here(package: Package) -> bool:
    """Whether the very code that is running made the site; without a site, the results."""
    path = package.site / MARKER if package.site else package.results / "manifest.json"
    return read_json(path).get("code_sha256") == code_sha256()


def read_json(path: Path) -> Mapping[str, Any]:
    """A JSON object; empty where the file is absent or is none."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
