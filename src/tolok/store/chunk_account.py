"""The accounts of a file's pieces put together: at which row each begins, and one report of all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tolok.errors import FileFault
from tolok.store.report import SHOWN_REJECTS, ImportReport, Reject


@dataclass(frozen=True)
class ChunkAccount:
    """What became of one piece: the number of its file, where it begins, its report or fault.

    Units: `size` is in bytes, or in rows where the file is no text.
    """

    file: int
    start: int
    size: int
    report: ImportReport | None = None
    fault: FileFault | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ChunkAccount":
        """The account that a worker gave."""
        told = json.loads(row["chunk_report"])
        place = row["chunk_file"], row["chunk_start"], told["size"]
        if "fault" in told:
            return cls(*place, fault=FileFault(**told["fault"]))
        return cls(*place, report=ImportReport.from_dict(told))


@dataclass(frozen=True)
class FileAccount:
    """What became of one file: its pieces, and the number of rows that stand before each."""

    chunks: Sequence[ChunkAccount]
    before: Sequence[int]

    @property
    def size(self) -> int:
        """Bytes, or rows, of all pieces: a piece that was left out or read twice shows in it."""
        return sum(chunk.size for chunk in self.chunks)

    @property
    def fault(self) -> FileFault | None:
        """What is wrong with the file as a whole: the first fault of a piece, its line by file."""
        for chunk, before in zip(self.chunks, self.before, strict=True):
            if chunk.fault is not None:
                line = chunk.fault.line
                return replace(chunk.fault, line=None if line is None else line + before)
        return None

    def report(self, name: str, sha256: str) -> ImportReport:
        """The report of the file, what the pieces alone can tell of duplicates being told."""
        reports = [chunk.report for chunk in self.chunks if chunk.report is not None]
        rejects = [
            replace(reject, row=reject.row + before)
            for report, before in zip(reports, self.before, strict=True)
            for reject in report.rejects
        ]
        return ImportReport(
            file=name,
            sha256=sha256,
            format="canonical",
            rows_read=sum(report.rows_read for report in reports),
            rows_kept=sum(report.rows_kept for report in reports),
            rows_duplicate=sum(report.rows_duplicate for report in reports),
            rows_rejected=sum(report.rows_rejected for report in reports),
            rejects=_first(rejects),
            notes=tuple(dict.fromkeys(note for report in reports for note in report.notes)),
        )


def account_of(chunks: Sequence[ChunkAccount]) -> FileAccount:
    """The account of a file, its pieces in any order.

    A piece with a fault has no number of rows: what is told of those behind it is not to be used.
    """
    ordered = sorted(chunks, key=lambda chunk: chunk.start)
    before, rows = [], 0
    for chunk in ordered:
        before.append(rows)
        rows += chunk.report.rows_read if chunk.report else 0
    return FileAccount(ordered, before)


def _first(rejects: Sequence[Reject]) -> tuple[Reject, ...]:
    return tuple(rejects[:SHOWN_REJECTS])
