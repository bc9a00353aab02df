"""Tables that lie on the disk and are read from there: as large as posts are many."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS = 122_880


def mapped(rows: pa.RecordBatchReader, folder: Path | None) -> pa.Table:
    """The rows of a stream as a table whose memory is a file in a folder, gone with the table.

    The file has no name any more when the table is given, so nothing is left behind after a stop.
    Without a folder it lies where the machine keeps temporary files.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix="rows-") as place:
        path = Path(place, "rows.arrow")
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def mapped_parquet(path: Path, folder: Path | None = None) -> pa.Table:
    """The rows of a Parquet file as such a table.

    Raises: FileNotFoundError; ArrowInvalid for what is no Parquet.
    """
    with pq.ParquetFile(path) as file:
        rows = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(BATCH_ROWS))
        return mapped(rows, folder)
