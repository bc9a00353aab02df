"""Documents of the site before, taken again where all that they are made from is the same."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tolok.release import code_sha256

_MAKERS = ("typst", "XlsxWriter")
"""Whose releases may write other bytes of the same document."""


@dataclass(frozen=True)
class Drawn:
    """The documents of a site by the hash of what they were made from.

    `before` are those of the site that stood there: the hash of what a document was made from, to
    its path in `site` and the hash of its bytes. `made_from` is filled as documents are made: their
    path in the site to that hash.
    """

    site: Path | None = None
    before: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    made_from: dict[str, str] = field(default_factory=dict)

    def document(self, path: str, made_from: Any, make: Callable[[], bytes]) -> bytes:
        """The document of this path, from the site before or newly made; the bytes are the same.

        `made_from` is all that it depends on beside Tolok's own code, as JSON can hold it.
        """
        key = _key(made_from)
        self.made_from[path] = key
        return self._held(key) or make()

    def _held(self, key: str) -> bytes | None:
        """A document of the site before; None where it has none, or one that was changed since."""
        if self.site is None or key not in self.before:
            return None
        path, sha256 = self.before[key]
        try:
            content = (self.site / path).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None


def drawn_before(site: Path, marker: Path) -> Drawn:
    """The documents of the site that stands in a folder, by its marker; none where it has none."""
    try:
        told = json.loads(marker.read_text("utf-8"))
        files, made_from = told["files"], told["documents"]
        before = {key: (path, files[path]) for path, key in made_from.items() if path in files}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return Drawn()
    return Drawn(site, before)


def _key(made_from: Any) -> str:
    made_by = [code_sha256(), *map(version, _MAKERS)]
    text = json.dumps([made_by, made_from], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
