"""The authors of comments: known by a keyed hash, never by name.

The key is a secret of the edition: it lies in private/ and never leaves that folder. Without it
nobody can tell from a hash whose it is, not even by trying all names.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PREFIX = "key:"


@dataclass(frozen=True)
class Authors:
    """The keyed hashes of an edition's commenters."""

    key: bytes

    def key_of(self, platform: str, author: Any) -> str | None:
        """The hash of an author's id or name on a platform; a hash stays what it is.

        Missing: None where no author is named.
        """
        if author is None or author == "":
            return None
        text = str(author)
        if text.startswith(_PREFIX):
            return text
        text = text.strip()
        # an id keeps its case; a name with an @ may be written in any
        known = text.casefold() if text.startswith("@") else text
        message = f"{platform}:{known}".encode("utf-8", "surrogatepass")  # JSON may hold half signs
        return _PREFIX + hmac.new(self.key, message, hashlib.sha256).hexdigest()[:32]

    def without_names(self, value: Any, platform: str, keys: Collection[str]) -> Any:
        """A JSON value in which what stands under the keys is its hash; the rest is as it was."""
        if isinstance(value, list):
            return [self.without_names(item, platform, keys) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            name: self._hashed(item, platform)
            if name in keys
            else self.without_names(item, platform, keys)
            for name, item in value.items()
        }

    def _hashed(self, value: Any, platform: str) -> Any:
        if isinstance(value, dict):
            return {name: self._hashed(item, platform) for name, item in value.items()}
        if isinstance(value, list):
            return [self._hashed(item, platform) for item in value]
        return self.key_of(platform, value)


def authors_of(private: Path) -> Authors:
    """The authors of an edition, by the key in its private folder; made when there is none."""
    path = private / "authors.key"
    if not path.is_file():
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    return Authors(bytes.fromhex(path.read_text("ascii").strip()))
