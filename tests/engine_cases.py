"""Results of two engines side by side: counts must be equal, fractions to nine digits."""

import math
from collections.abc import Mapping

import pyarrow as pa

LOCAL_CLUSTER = {
    "spark.master": "local-cluster[2,1,1024]",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",  # plans of few rows are not worth another look
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m",
}
"""Two workers, each a process of its own, on this machine."""


def differences(ours: pa.Table, other: pa.Table) -> list[str]:
    """What differs between two tables of the same rows in the same order, in words."""
    if ours.column_names != other.column_names:
        return [f"columns {ours.column_names} and {other.column_names}"]
    if ours.num_rows != other.num_rows:
        return [f"{ours.num_rows} and {other.num_rows} rows"]
    found = []
    for name in ours.column_names:
        pairs = zip(ours[name].to_pylist(), other[name].to_pylist(), strict=True)
        wrong = [pair for pair in pairs if not is_same(*pair)]
        if wrong:
            found.append(f"{name}: {len(wrong)} cells, such as {wrong[0]}")
    return found


def is_same(one, other):
    """Whether two cells are equal: fractions to 1e-9, all else exactly."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9) or (math.isnan(one) and math.isnan(other))
    return type(one) is type(other) and one == other


def all_differences(ours: Mapping[str, pa.Table], other: Mapping[str, pa.Table]) -> dict:
    """The differences by the name of the table, where there are any."""
    assert ours.keys() == other.keys()
    found = {name: differences(table, other[name]) for name, table in ours.items()}
    return {name: told for name, told in found.items() if told}
