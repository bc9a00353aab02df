"""How a worker of Spark reads a piece of a canonical table: by the same readers as a whole file."""

from dataclasses import dataclass
from pathlib import Path

from tolok.sources.brought import Brought
from tolok.sources.formats import canonical
from tolok.sources.plain import plain
from tolok.sources.raw import Options
from tolok.store.chunk import ChunkRows


@dataclass(frozen=True)
class JsonPiece:
    """Some lines of a file of one object a line."""

    table: str

    def __call__(self, path: Path, name: str, folder: Path) -> ChunkRows:
        """The rows of the lines."""
        del name, folder  # lines need neither
        return ChunkRows([canonical.json_rows(path, self.table)])


@dataclass(frozen=True)
class ParquetPiece:
    """Some rows of a Parquet file."""

    table: str

    def __call__(self, path: Path, name: str, folder: Path) -> ChunkRows:
        """The rows themselves."""
        del folder  # nothing is copied
        return ChunkRows([canonical.parquet_rows(path, name, self.table)])


@dataclass(frozen=True)
class WholeFile:
    """A file that is not parted: its records may span lines, or its first bytes say more."""

    def __call__(self, path: Path, name: str, folder: Path) -> ChunkRows:
        """The rows of the file, read as if it had been brought to the worker alone."""
        found = plain(path, name, folder / "plain")
        brought = Brought(found.path, found.name, folder, notes=list(found.notes))
        relations = canonical.read(brought, Options())
        return ChunkRows(relations, tuple(brought.notes))
