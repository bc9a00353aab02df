"""Two tables of one schema held against each other, cell by cell."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.composite.array import BoolArray
from tolok.pipeline.verify.report import Difference
from tolok.store.schema import Table

TOLERANCE = 1e-9
"""Numbers nearer than this, beside their size, are one: machines differ in the last bits."""
_KEYS = "\x1f"


def compare_tables(
    file: str, schema: Table, published: pa.Table, computed: pa.Table
) -> list[Difference]:
    """Every cell that is not as computed, every row that is absent or too many.

    Rows are told by the schema's key, whatever their order. Floats may differ by TOLERANCE.
    Missing: null and NaN are one, and differ from every number.
    """
    lacking = [name for name in schema.names if name not in published.column_names]
    if lacking:
        return [Difference(file, f"column {name}", "absent", "should be there") for name in lacking]
    ours, theirs = (_keyed(schema, table) for table in (computed, published))
    found = list(_rows(file, schema, theirs, ours))
    at = pc.index_in(theirs.keys, value_set=ours.keys)
    both = at.is_valid().to_numpy(zero_copy_only=False)
    where = at.filter(at.is_valid()).to_numpy().astype(np.int64)
    left, right = theirs.table.filter(pa.array(both)), ours.table.take(pa.array(where))
    names = left.select(schema.key)
    for column in schema.columns:
        if column.name in schema.key:
            continue
        a, b = left[column.name].combine_chunks(), right[column.name].combine_chunks()
        for row in np.flatnonzero(_differs(a, b)).tolist():
            place = f"{_told(names.slice(row, 1))}, {column.name}"
            found.append(Difference(file, place, _text(a[row]), f"{_text(b[row])} is computed"))
    return found


class _Keyed:
    """A table with one text a row that stands for its key."""

    def __init__(self, table: pa.Table, keys: pa.Array) -> None:
        self.table, self.keys = table, keys


def _keyed(schema: Table, table: pa.Table) -> _Keyed:
    table = table.select(schema.names)
    if not table.num_rows:
        return _Keyed(table, pa.array([], pa.string()))
    parts = [pc.fill_null(table[name].cast(pa.string()), "") for name in schema.key]
    keys = pc.binary_join_element_wise(*parts, _KEYS) if len(parts) > 1 else parts[0]
    return _Keyed(table, keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys)


def _rows(file: str, schema: Table, published: _Keyed, computed: _Keyed) -> Iterator[Difference]:
    """Rows of one that the other does not have, and rows that stand twice."""
    for table, other, said in (
        (published, computed, ("a row", "no such row is computed")),
        (computed, published, ("absent", "the row is computed")),
    ):
        alone = pc.invert(pc.is_in(table.keys, value_set=other.keys))
        for row in np.flatnonzero(alone.to_numpy(zero_copy_only=False)).tolist():
            yield Difference(file, _told(table.table.select(schema.key).slice(row, 1)), *said)
    counts = pc.value_counts(published.keys)
    for one in counts.filter(pc.greater(counts.field("counts"), 1)).to_pylist():
        place = ", ".join(str(one["values"]).split(_KEYS))
        yield Difference(file, place, f"there {one['counts']} times", "once is computed")


def _differs(a: pa.Array, b: pa.Array) -> BoolArray:
    if pa.types.is_floating(a.type) and pa.types.is_floating(b.type):
        one, other = (np.asarray(x.to_numpy(zero_copy_only=False), np.float64) for x in (a, b))
        is_known = ~(np.isnan(one) | np.isnan(other))
        differs = np.isnan(one) != np.isnan(other)
        with np.errstate(invalid="ignore"):  # the same infinity twice
            far = np.abs(one - other) > TOLERANCE * np.maximum(1.0, np.abs(other))
        found: BoolArray = differs | (is_known & far & (one != other))
        return found
    if pa.types.is_list(a.type) or a.type != b.type:
        pairs = zip(a.to_pylist(), b.to_pylist(), strict=True)
        return np.array([one != other for one, other in pairs], np.bool_)
    same = pc.fill_null(pc.equal(a, b), fill_value=False)
    both_null = pc.and_(a.is_null(), b.is_null())
    equal: BoolArray = pc.or_(same, both_null).to_numpy(zero_copy_only=False)
    return ~equal


def _told(key: pa.Table) -> str:
    (row,) = key.to_pylist()
    return ", ".join(str(value) for value in row.values() if value not in (None, ""))


def _text(value: pa.Scalar) -> str:
    held = value.as_py()
    return "empty" if held is None or held == "" else str(held)


def first_lines(
    published: bytes, computed: bytes, limit: int = 3
) -> Sequence[tuple[int, str, str]]:
    """The first lines in which two texts differ: number from 1, as published, as computed."""
    one, other = (text.decode("utf-8", "replace").split("\n") for text in (published, computed))
    found = []
    for number in range(max(len(one), len(other))):
        a, b = (lines[number] if number < len(lines) else "" for lines in (one, other))
        if a != b:
            found.append((number + 1, *_cut(a, b)))
            if len(found) == limit:
                break
    return found


def _cut(a: str, b: str) -> tuple[str, str]:
    """Two lines where they begin to differ, with a little before."""
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    start = max(0, start - 20)
    return repr(a[start : start + 60]), repr(b[start : start + 60])
