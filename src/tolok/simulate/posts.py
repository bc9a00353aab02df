"""Posts as rows of the canonical table."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.model import COUNTS, KINDS, ORIGINS
from tolok.simulate.accounts import SimulatedAccount
from tolok.simulate.captions import CaptionWriter
from tolok.simulate.counts import (
    Reading,
    masked,
    media_counts,
    missing_objects,
    missing_texts,
    read_again,
    read_counts,
)
from tolok.simulate.draw import Rows
from tolok.simulate.identifier import post_ids, post_urls
from tolok.simulate.oddity import Oddity
from tolok.simulate.seed import uniform
from tolok.simulate.timetable import SECOND

INSTANT = pa.timestamp("us", tz="UTC")
POSTS = pa.schema(
    [
        ("platform", pa.string()),
        ("post_id", pa.string()),
        ("account_id", pa.string()),
        ("published_at", INSTANT),
        ("observed_at", INSTANT),
        ("kind", pa.string()),
        ("origin", pa.string()),
        ("text", pa.string()),
        ("url", pa.string()),
        ("language", pa.string()),
        ("media_count", pa.int64()),
        ("duration_s", pa.float64()),
        ("co_account_ids", pa.list_(pa.string())),
        ("alt_text_count", pa.int64()),
        ("is_paid", pa.bool_()),
        *((count, pa.int64()) for count in COUNTS),
        ("deleted_at", INSTANT),
        ("missing", pa.string()),
    ]
)
AGAIN, AGAIN_SHARE = 600, 0.03


@dataclass(frozen=True)
class PostWriter:
    """Turns bare rows into canonical ones."""

    accounts: tuple[SimulatedAccount, ...]
    captions: CaptionWriter

    @cached_property
    def export_ids(self) -> pa.Array:
        """account_id of each account as exports write it."""
        return pa.array([account.export_id for account in self.accounts], pa.string())

    @cached_property
    def handles(self) -> pa.Array:
        """The handle of each account."""
        return pa.array([account.row.handle for account in self.accounts], pa.string())

    def table(self, rows: Rows, platform: str) -> tuple[pa.Table, Reading]:
        """The rows as a table of the first reading, and the reading."""
        reading = read_counts(rows, platform)
        ids = post_ids(rows, platform)
        media, described, seconds = media_counts(rows)
        columns = {
            "platform": pa.repeat(pa.scalar(platform), len(rows)),
            "post_id": ids,
            "account_id": self.export_ids.take(pa.array(rows["account"])),
            "published_at": _instants(rows["published"]),
            "observed_at": _instants(reading.observed),
            "kind": pa.array(KINDS).take(pa.array(rows["kind"])),
            "origin": pa.array(ORIGINS).take(pa.array(rows["origin"])),
            "text": self.captions.write(rows, platform),
            "url": post_urls(rows, platform, ids, self.handles),
            "language": pa.repeat(pa.scalar("id"), len(rows)),
            "media_count": pa.array(media, pa.int64()),
            "duration_s": seconds,
            "co_account_ids": self._partners(rows),
            "alt_text_count": pa.array(described, pa.int64()),
            "is_paid": pa.array((rows["marks"] & np.uint32(Oddity.BOOSTED)) > 0),
            **{count: masked(reading, place) for place, count in enumerate(COUNTS)},
            "deleted_at": pa.array(rows["deleted"], INSTANT, mask=rows["deleted"] == 0),
            "missing": missing_texts(reading),
        }
        return pa.table(columns, schema=POSTS), reading

    def _partners(self, rows: Rows) -> pa.Array:
        """The other authors of each post, an empty list for most."""
        has_partner = rows["co"] >= 0
        offsets = np.concatenate([[0], np.cumsum(has_partner)]).astype(np.int32)
        partners = self.export_ids.take(pa.array(rows["co"][has_partner]))
        return pa.ListArray.from_arrays(pa.array(offsets), partners)


def read_later(rows: Rows, table: pa.Table, first: Reading, zone: tzinfo) -> list[dict[str, Any]]:
    """Second readings of a few of the posts, as objects of the canonical table."""
    chosen = np.flatnonzero((uniform(rows["key"], AGAIN) < AGAIN_SHARE) & (rows["deleted"] == 0))
    second = read_again(rows, first, chosen)
    dropped = ["observed_at", "published_at", "deleted_at", "missing", *COUNTS]
    documents: list[dict[str, Any]] = table.drop_columns(dropped).take(pa.array(chosen)).to_pylist()
    columns = [masked(second, place).to_pylist() for place in range(len(COUNTS))]
    missing = missing_objects(second)
    published, observed = rows["published"][chosen].tolist(), second.observed.tolist()
    for place, document in enumerate(documents):
        document["published_at"] = iso(published[place], zone)
        document["observed_at"] = iso(observed[place], zone)
        for count, column in zip(COUNTS, columns, strict=True):
            document[count] = column[place]
        document["deleted_at"] = None
        document["missing"] = missing[place]
    return documents


def iso(instant: int, zone: tzinfo) -> str:
    """An instant of microseconds since 1970 as ISO 8601 with a zone.

    >>> iso(0, UTC)
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(instant // SECOND, UTC).astimezone(zone).isoformat()


def _instants(microseconds: np.ndarray[Any, Any]) -> pa.Array:
    return pc.cast(pa.array(microseconds, pa.int64()), INSTANT)
