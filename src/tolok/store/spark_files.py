"""Files wherever Spark reaches them: listed, hashed, copied in part, moved, deleted.

What a scheme means (s3a, hdfs, file) is Hadoop's to know, as for the tables that Spark reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tolok.errors import FileFault
from tolok.store.spark_faults import reached

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def file_key(uri: str) -> str:
    """What a file is known by, however Hadoop writes an address without a host.

    >>> file_key("file:///srv/a%20b.csv"), file_key("file:/srv/a"), file_key("hdfs://head:9000/a")
    ('file:/srv/a%20b.csv', 'file:/srv/a', 'hdfs://head:9000/a')
    """
    return re.sub(r"^([a-z][a-z0-9+.-]*):/{2,}(?=/)", r"\1:", uri)


def literal_address(address: str) -> str:
    r"""An address of which no sign stands for others.

    >>> print(literal_address("file:/srv/posts [1].csv"))
    file:/srv/posts \[1\].csv
    """
    return re.sub(r"([\\{}\[\]*?])", r"\\\1", address)


@dataclass(frozen=True)
class FileAt:
    """A file at an address: as it is asked for, and as Spark's own columns name it."""

    address: str
    uri: str
    name: str
    bytes: int


class SparkFiles:
    """Files as the session of Spark reaches them.

    Raises: FileFault, from any method, where an address cannot be reached.
    """

    def __init__(self, session: "SparkSession") -> None:
        self._context: Any = session.sparkContext

    def at(self, address: str) -> FileAt:
        """The file at an address; no sign in it stands for others."""
        with reached(address):
            path = self._path(address)
            return _file_at(self._system(path).getFileStatus(path))

    def listed(self, address: str) -> list[FileAt]:
        """The files at an address, by name: one, those in a folder, or those that a * stands for.

        Left out are those that Spark leaves out, whose names begin with _ or a dot.
        """
        with reached(address):
            path = self._path(address)
            found = self._system(path).globStatus(path)
            files = [file for status in found or () for file in self._below(status)]
        if not files:
            problem = "holds no file." if found else "no such file or folder."
            raise FileFault(address, problem, remedy="Look at the address, or name another.")
        return sorted(files, key=lambda file: file.address)

    def sha256(self, address: str) -> str:
        """The SHA-256 of a file's bytes, which pass through this machine once."""
        with reached(address):
            path = self._path(address)
            stream = self._system(path).open(path)
            try:
                digest = self._jvm.org.apache.commons.codec.digest.DigestUtils
                return str(digest.sha256Hex(stream))
            finally:
                stream.close()

    def copy_part(self, file: FileAt, start: int, length: int, to: Path) -> None:
        """Append some bytes of a file to one of this machine."""
        with reached(file.address):
            path = self._path(file.address)
            stream = self._system(path).open(path)
            target = self._jvm.java.io.FileOutputStream(str(to), True)
            try:
                stream.seek(start)
                self._jvm.org.apache.commons.io.IOUtils.copyLarge(stream, target, 0, length)
            finally:
                target.close()
                stream.close()

    def move(self, address: str, to: str) -> None:
        """Put a folder in the place of another; on one file system."""
        with reached(to):
            source, target = self._path(address), self._path(to)
            system = self._system(target)
            system.delete(target, True)
            system.mkdirs(target.getParent())
            if not system.rename(source, target):
                raise FileFault(
                    to, "cannot be written.", remedy="Look at the rights of its folder."
                )

    def delete(self, address: str) -> None:
        """Delete a file or a folder, if it is there."""
        path = self._path(address)
        self._system(path).delete(path, True)

    @property
    def _jvm(self) -> Any:
        return self._context._jvm  # noqa: SLF001 -- PySpark has no other door

    def _path(self, address: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(address)

    def _system(self, path: Any) -> Any:
        hadoop = self._context._jsc.hadoopConfiguration()  # noqa: SLF001 -- as above
        return path.getFileSystem(hadoop)

    def _below(self, status: Any) -> Iterator[FileAt]:
        if not status.isDirectory():
            yield _file_at(status)
            return
        found = self._system(status.getPath()).listStatus(status.getPath())
        for one in found:
            if not one.getPath().getName().startswith(("_", ".")):
                yield from self._below(one)


def _file_at(status: Any) -> FileAt:
    path = status.getPath()
    uri = file_key(path.toUri().toString())
    return FileAt(path.toString(), uri, path.getName(), status.getLen())
