"""The pictures of posts that an organiser has put into the edition's folder media/."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from tolok.model import PLATFORMS

MOST_BYTES = 300_000
"""A larger picture is left out: a pack holds up to some hundreds and must open on a phone."""
SUFFIXES = ("jpg", "jpeg", "png", "webp")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")
_HEADS = {
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}


@dataclass(frozen=True)
class Picture:
    """A picture that may be shown: its address inside the media folder, its kind, its bytes."""

    path: str
    kind: str
    content: bytes

    @property
    def data_uri(self) -> str:
        """The picture as an address that holds it."""
        kind = "jpeg" if self.kind == "jpg" else self.kind
        return f"data:image/{kind};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True)
class Unfit:
    """A picture that is there and cannot be shown: `large`, or `broken`."""

    reason: str


def stem_of(post_id: str) -> str:
    """The name of a post's picture without its suffix: never an address, unlike for unlike ids.

    >>> stem_of("C8x-_1"), stem_of("../a")
    ('C8x-_1', 'a-0a1e48be')
    """
    if _PLAIN.fullmatch(post_id):
        return post_id
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", post_id).strip("-")
    return f"{plain[:60]}-{hashlib.sha256(post_id.encode()).hexdigest()[:8]}".lstrip("-")


def picture_of(media: Path | None, platform: str, post_id: str) -> Picture | Unfit | None:
    """The picture of a post in media/<platform>/<post_id>.<suffix>.

    Missing: None where there is none, or where the file leads out of the folder.
    """
    if media is None or platform not in PLATFORMS:
        return None
    home = media.resolve()
    for suffix in SUFFIXES:
        path = home / platform / f"{stem_of(post_id)}.{suffix}"
        if path.is_file() and path.resolve().is_relative_to(home):
            return _read(path, f"/{platform}/{path.name}")
    return None


def _read(path: Path, name: str) -> Picture | Unfit:
    if path.stat().st_size > MOST_BYTES:
        return Unfit("large")
    content = path.read_bytes()
    kind = next((kind for kind, head in _HEADS.items() if head.match(content)), None)
    return Picture(name, kind, content) if kind else Unfit("broken")
