"""The pictures of posts that an organiser has put into the edition's folder media/."""

import base64
import hashlib
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from tolok.model import PLATFORMS

MOST_BYTES = 300_000
"""A larger picture is left out: a pack holds up to some hundreds and must open on a phone."""
MOST_POINTS = 40_000_000
"""A picture with more points is left out: few bytes can unfold to more than a machine holds."""
SUFFIXES = ("jpg", "jpeg", "png", "webp")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin a frame; the three left out begin tables."""
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
    ('C8x-_1', 'a-61b4c98b')
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
    if kind is None:
        return Unfit("broken")
    try:
        width, height = _SIZES[kind](content)
    except (struct.error, IndexError):
        return Unfit("broken")
    return Picture(name, kind, content) if width * height <= MOST_POINTS else Unfit("large")


def _size_of_png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _size_of_jpg(content: bytes) -> tuple[int, int]:
    """Width and height from the frame's head, which follows other segments."""
    at = 2
    while content[at + 1] not in _FRAMES:
        at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    height, width = struct.unpack_from(">HH", content, at + 5)
    return width, height


def _size_of_webp(content: bytes) -> tuple[int, int]:
    """Width and height from the first chunk: extended, without loss, or plain."""
    if content[12:16] == b"VP8X":
        width, wide, height, high = struct.unpack_from("<HBHB", content, 24)
        return 1 + width + (wide << 16), 1 + height + (high << 16)
    if content[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


_SIZES = {"jpg": _size_of_jpg, "png": _size_of_png, "webp": _size_of_webp}
