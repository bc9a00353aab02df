"""A mapping profile proposed for a table of no known format."""

import tempfile
from pathlib import Path

from tolok.errors import InputError
from tolok.pipeline.workspace import Workspace
from tolok.sources.brought import Brought
from tolok.sources.plain import plain
from tolok.sources.proposal import Proposal, propose
from tolok.store.atomic import write_text

__all__ = ["Proposal", "propose_mapping", "write_mapping"]


def propose_mapping(file: Path) -> Proposal:
    """The profile that a file's columns suggest.

    Raises: FileFault where the file cannot be read, or holds no table.
    """
    with tempfile.TemporaryDirectory(prefix="tolok-") as folder:
        found = plain(file, file.name, Path(folder))
        return propose(Brought(found.path, found.name))


def write_mapping(proposal: Proposal, folder: Path) -> Path:
    """The file of an edition's maps/ to which the proposal was written; none is overwritten.

    Raises: NotAnEdition; InputError where the edition has a profile of the name.
    """
    layout = Workspace(folder).layout
    path = layout.maps / f"{Path(proposal.file).stem}.toml"
    if path.exists():
        raise InputError(f"{path}: is there already. Correct it, or take it away first.")
    write_text(proposal.toml(), path)
    return path
