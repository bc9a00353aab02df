"""From results to the published site, and the whole road from NDJSON to it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale.data import Data, begin_edition, brought_into, is_ready, kept, scored_of
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
class ScoreByTolok:
    """From the store to results: metrics, scores with their doubt, costs to flip, flags."""

    data: Data

    def __call__(self) -> None:
        """Nothing to compare: nobody else makes them. They stay for the jobs that begin there."""
        score(self.data.edition)


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
    """As many files of the same sizes as a site has: the least that it can take to write one."""

    site: Path

    def __call__(self) -> None:
        """Nothing: noughts say nothing."""
        noughts = memoryview(bytes(BLOCK))
        files = sorted(path for path in self.site.rglob("*") if path.is_file())
        with tempfile.TemporaryDirectory(dir=self.site.parent.parent) as folder:
            for number, path in enumerate(files):
                with (Path(folder) / str(number)).open("wb", buffering=0) as file:
                    for start in range(0, size := path.stat().st_size, BLOCK):
                        file.write(noughts[: size - start])


@dataclass(frozen=True)
class RoadByTolok:
    """From NDJSON to the published site: a new edition, import, scores with their doubt, pages.

    The edition is kept for the jobs that begin at its store or its results, if they lack one.
    """

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
            if not is_ready(self.data):
                kept(edition, self.data)


@dataclass(frozen=True)
class ReadAndWrite:
    """All files read and the site's bytes written, and nothing between."""

    read: ReadBytes
    write: WriteBytes

    def __call__(self) -> None:
        """Nothing to compare."""
        self.read()
        self.write()
