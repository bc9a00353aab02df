"""pandas on the same files: what it reads in pieces, and the metrics of what fits into memory."""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pandas as pd

from benchmarks.scale.data import TABLES, Data

_LINES = 100_000


@dataclass(frozen=True)
class ImportByPandas:
    """Lines read in pieces of 100,000, instants converted, each piece written as Parquet.

    No row is checked: a wrong word stays or becomes NaT, and lines that are cut must be left out
    first, or the read fails.
    """

    data: Data

    def __call__(self) -> None:
        """Nothing to compare: nobody says what was lost."""
        with tempfile.TemporaryDirectory(dir=self.data.folder) as folder:
            for table in TABLES:
                for file in self.data.of(table):
                    for number, piece in enumerate(_pieces(file)):
                        path = Path(folder) / f"{file.stem}-{number}.parquet"
                        _typed(piece).to_parquet(path, compression="zstd")


def _pieces(file: Path) -> Iterator[pd.DataFrame]:
    with file.open(encoding="utf-8") as lines:
        while piece := list(islice(lines, _LINES)):
            whole = "".join(line for line in piece if line.endswith("}\n"))
            yield pd.read_json(io.StringIO(whole), lines=True, dtype=False, convert_dates=False)


def _typed(piece: pd.DataFrame) -> pd.DataFrame:
    for name in piece.columns:
        if name.endswith("_at"):
            piece[name] = pd.to_datetime(piece[name], format="ISO8601", utc=True, errors="coerce")
        elif name.startswith("is_"):
            piece[name] = piece[name].map({True: True, False: False}).astype("boolean")
        elif name == "missing":
            piece[name] = piece[name].astype(str)
    return piece
