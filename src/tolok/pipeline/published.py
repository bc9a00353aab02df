"""Whether an edition's site is that of what the edition holds now."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from tolok.publish.site import MARKER
from tolok.release import code_sha256
from tolok.store.atomic import write_text

PUBLISHED = ".published.json"
"""In the edition's folder: the hash of all that the site in site/ was made from."""
_NOT_READ = ("landing", "store", "store.fresh", "store.old", "site", "private", "brought")
"""Folders of an edition that no page is made from."""


def is_site_current(site: Path, folder: Path) -> bool:
    """Whether a site was made from what the edition holds now, and has each file as it was made."""
    noted, marker = folder / PUBLISHED, site / MARKER
    if not (noted.is_file() and marker.is_file()):
        return False
    if json.loads(noted.read_text("utf-8")).get("inputs_sha256") != site_inputs_sha256(folder):
        return False
    files = json.loads(marker.read_text("utf-8"))["files"]
    return all(_has_hash(site / path, sha256) for path, sha256 in files.items())


def note_published(folder: Path, inputs: str) -> None:
    """Note that the edition's site was made from inputs of this hash."""
    write_text(json.dumps({"inputs_sha256": inputs}) + "\n", folder / PUBLISHED)


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


def _has_hash(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
