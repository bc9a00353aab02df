"""Tables as people have them: Arrow, pandas, Polars, NumPy, columns by name; and back to Arrow.

Nothing here knows pandas or Polars: both speak the Arrow protocol.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.interchange

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.index import Method, Sample
from tolok.composite.structure import Structure
from tolok.errors import FaultsFound, IndexFault, did_you_mean


def arrow_table(table: Any, names: Sequence[str] = ()) -> pa.Table:
    """The table in Arrow: of Arrow, pandas, Polars, NumPy, or columns or rows by name.

    `names` are those of the columns of a plain NumPy array.

    Raises: IndexFault where the object is no table, or has not a column for each name.
    """
    if isinstance(table, pa.Table):
        return table
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    if isinstance(table, np.ndarray):
        return _of_array(table, names)
    if isinstance(table, Mapping):
        return pa.table({str(name): pa.array(column) for name, column in table.items()})
    if isinstance(table, Sequence) and all(isinstance(row, Mapping) for row in table):
        keys = dict.fromkeys(str(name) for row in table for name in row)  # not only of the first
        return pa.table({name: pa.array([row.get(name) for row in table]) for name in keys})
    if hasattr(table, "__dataframe__"):
        return pyarrow.interchange.from_dataframe(table)
    problem = f"{type(table).__name__} is no table."
    remedy = "Give Arrow, pandas, Polars, a NumPy array, or a dict of columns."
    raise IndexFault("table", problem, remedy)


@dataclass(frozen=True)
class Layout:
    """What a table must hold: the indicators of a structure, the names of the units, the peers."""

    structure: Structure
    method: Method
    unit: str

    def sample(self, table: Any, peers: Sequence[str] = ()) -> Sample:
        """The units of a table in arrays, numbers of peers by their place in the given names.

        Missing: null and NaN are missing.
        Raises: FaultsFound with every fault of the table at once.
        """
        columns = arrow_table(table, self.structure.names)
        if isinstance(table, np.ndarray) and self.unit not in columns.column_names:
            numbers = [str(number) for number in range(1, len(columns) + 1)]
            columns = columns.append_column(self.unit, pa.array(numbers, pa.string()))
        faults = list(self._faults(columns))
        if faults:
            raise FaultsFound("the table does not hold what the index needs", faults)
        value = np.stack([numbers_of(columns[name]) for name in self.structure.names], axis=1)
        names = tuple(str(name) for name in columns[self.unit].to_pylist())
        return Sample(value, names, self._denominator(columns), self._peer(columns, peers))

    def peers(self, table: Any) -> tuple[str, ...]:
        """The names of the groups of peers, in alphabetical order; none if no one asks for them."""
        column = self._peer_column
        if column is None:
            return ()
        found = arrow_table(table, self.structure.names)
        if column not in found.column_names:
            return ()
        return tuple(sorted({str(name) for name in found[column].to_pylist() if name is not None}))

    @property
    def _peer_column(self) -> str | None:
        return None if self.method.impute is None else self.method.impute.by

    def _denominator(self, table: pa.Table) -> FloatArray | None:
        below = [indicator.denominator for indicator in self.structure.indicators]
        if not any(below):
            return None
        one = np.ones(len(table))
        return np.stack([numbers_of(table[name]) if name else one for name in below], axis=1)

    def _peer(self, table: pa.Table, peers: Sequence[str]) -> IntArray | None:
        column = self._peer_column
        if column is None:
            return None
        place = {name: number for number, name in enumerate(peers)}
        names = table[column].to_pylist()
        return np.array([place.get(str(name), -1) if name is not None else -1 for name in names])

    def _faults(self, table: pa.Table) -> Iterator[IndexFault]:
        known = table.column_names
        below = {one.denominator for one in self.structure.indicators if one.denominator}
        numeric = [*self.structure.names, *sorted(below)]
        named = [self.unit, *([self._peer_column] if self._peer_column else [])]
        for name in [*numeric, *named]:
            if known.count(name) != 1:
                what = "no such column." if name not in known else "stands twice."
                yield IndexFault(f"column {name}", what, did_you_mean(name, known))
        for name in numeric:
            if known.count(name) == 1:
                yield from faults_of_numbers(name, table[name])
        if known.count(self.unit) == 1:
            yield from _faults_of_units(table[self.unit].to_pylist())


def tidy(**columns: Any) -> pa.Table:
    """Columns of one length in Arrow. Missing: NaN becomes null."""
    return pa.table({name: _column(values) for name, values in columns.items()})


def _column(values: Any) -> pa.Array:
    is_float = isinstance(values, np.ndarray) and values.dtype.kind == "f"
    return pa.array(values, mask=np.isnan(values) if is_float else None)


def _of_array(table: np.ndarray[Any, Any], names: Sequence[str]) -> pa.Table:
    if table.dtype.names is not None:
        return pa.table({name: pa.array(table[name]) for name in table.dtype.names})
    if table.ndim != 2 or table.shape[1] != len(names):
        shape = " x ".join(map(str, table.shape))
        problem = f"an array of {shape} has not a column for each of {len(names)} indicators."
        raise IndexFault("table", problem, f"They are, in this order, {', '.join(names)}.")
    return pa.table({name: table[:, place] for place, name in enumerate(names)})


def numbers_of(column: pa.ChunkedArray) -> FloatArray:
    """The numbers of a column. Missing: null is NaN."""
    numbers: FloatArray = column.cast(pa.float64()).to_numpy()
    return numbers


def faults_of_numbers(name: str, column: pa.ChunkedArray) -> Iterator[IndexFault]:
    """Why a column holds no finite numbers, if it does not."""
    kind = column.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_null(kind)
    if not (is_number or pa.types.is_boolean(kind) or pa.types.is_decimal(kind)):
        yield IndexFault(f"column {name}", f"holds {kind}, not numbers.")
    elif pc.any(pc.is_inf(column.cast(pa.float64()))).as_py():
        yield IndexFault(f"column {name}", "holds an infinite number.", "Leave it empty.")


def _faults_of_units(names: Sequence[object]) -> Iterator[IndexFault]:
    if not names:
        yield IndexFault("table", "has no rows.")
    seen: set[str] = set()
    for row, name in enumerate(names, start=1):
        if name is None:
            yield IndexFault(f"row {row}", "has no name.")
        elif str(name) in seen:
            yield IndexFault(f"row {row}", f"{name} stands twice.", "Give a row to each unit.")
        seen.add(str(name))
