"""From results to the published site, and the whole road from NDJSON to it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale.data import Data, begin_edition, brought_into, scored_of
from benchmarks.scale.imports import BLOCK, ReadBytes
from tolok.pipeline.publish import publish
from tolok.pipeline.score import score


def site_of(data: Data) -> Path:
    """The published site of a size, made where it is not there yet."""
    edition = scored_of(data)
    if not (edition / "site" / "index.html").is_file():
        publish(edition)
    return edition / "site"


@dataclass(frozen=True)
class SiteByTolok:
    """From results to all pages, documents, pictures and open data, in both languages."""

    data: Data

    def __call__(self) -> None:
        """Nothing to compare: nobody else makes it."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            publish(self.data.edition, to=Path(folder) / "site")


@dataclass(frozen=True)
class WriteBytes:
    """As many files of the same sizes written: the least that a site can take."""

    sizes: tuple[int, ...]
    folder: Path

    def __call__(self) -> None:
        """Nothing: noughts say nothing."""
        noughts = memoryview(bytes(BLOCK))
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for number, size in enumerate(self.sizes):
                with (Path(folder) / str(number)).open("wb", buffering=0) as file:
                    for start in range(0, size, BLOCK):
                        file.write(noughts[: size - start])


def same_bytes(site: Path, folder: Path) -> WriteBytes:
    """The writing of as many bytes as a site has."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return WriteBytes(tuple(path.stat().st_size for path in files), folder)


@dataclass(frozen=True)
class RoadByTolok:
    """From NDJSON to the published site: a new edition, import, scores with their doubt, pages."""

    data: Data

    def __call__(self) -> None:
        """Nothing to compare: nobody else goes it."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            edition = Path(folder) / "edition"
            begin_edition(self.data, edition)
            for _ in brought_into(self.data, edition):
                pass
            score(edition)
            publish(edition)


@dataclass(frozen=True)
class ReadAndWrite:
    """All files read and the site's bytes written, and nothing between."""

    read: ReadBytes
    write: WriteBytes

    def __call__(self) -> None:
        """Nothing to compare."""
        self.read()
        self.write()
