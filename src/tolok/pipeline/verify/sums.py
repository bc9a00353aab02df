"""Numbers of posts that a table states by its own grain, against the posts counted again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.pipeline.verify.report import Difference
from tolok.publish.open_data import file_of

Tables = Mapping[str, pa.Table]


def habit_differences(tables: Tables) -> Iterator[Difference]:
    """The posts of posting_kinds and, by weekday, of posting_hours: own ones that are no copies."""
    counted = tables["counted_posts"]
    own = counted.filter(pc.and_(counted["is_own"], pc.invert(counted["is_copy"])))
    weekday = pc.day_of_week(own["published_on"], count_from_zero=False)
    own = own.append_column("weekday", weekday).append_column(
        "post_count", pa.array([1] * own.num_rows, pa.int64())
    )
    for name, by in (
        ("posting_kinds", ("institution_id", "platform", "kind")),
        ("posting_hours", ("institution_id", "platform", "weekday")),
    ):
        yield from sum_differences(name, tables[name], own, by)


def sum_differences(
    name: str, published: pa.Table, computed: pa.Table, by: Sequence[str]
) -> Iterator[Difference]:
    """Differences of post_count, summed by some columns of both tables."""
    ours, theirs = _sums(computed, by), _sums(published, by)
    for key in sorted(ours.keys() | theirs.keys(), key=str):
        if theirs.get(key, 0) != ours.get(key, 0):
            place = ", ".join(str(part) for part in key if part != "")
            told = f"{theirs.get(key, 0)} posts", f"{ours.get(key, 0)} is computed"
            yield Difference(f"results/{file_of(name)}", place, *told)


def rank_differences(tables: Tables, scores: pa.Table) -> Iterator[Difference]:
    """The ranks that the costs to flip and the flags repeat, against those that are computed."""
    ranks = {(row["category"], row["institution_id"]): row["rank"] for row in scores.to_pylist()}
    for name in ("flips", "flagged_ranks"):
        for row in tables[name].to_pylist():
            key = row["category"], row["institution_id"]
            if row["rank"] != ranks.get(key):
                told = f"{', '.join(key)}, rank", str(row["rank"]), f"{ranks.get(key)} is computed"
                yield Difference(f"results/{file_of(name)}", *told)


def _sums(table: pa.Table, by: Sequence[str]) -> dict[tuple[Any, ...], int]:
    rows = table.group_by(list(by)).aggregate([("post_count", "sum")]).to_pylist()
    return {tuple(row[name] for name in by): row["post_count_sum"] for row in rows}
