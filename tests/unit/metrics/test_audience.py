"""Followers of the accounts, by day and over the window, against pandas and exact fractions."""

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor

import pandas as pd
import pytest
from tests.post_cases import ACCOUNTS, a_table, an_edition, engine_of, names_of

from tolok.metrics import audience
from tolok.metrics.tables import sql
from tolok.store.schema import ACCOUNT_NAMES, AUDIENCE, AUDIENCE_DAYS, FOLLOWERS

EDITION = an_edition()


def a_follower_reading(day, count, account_id="instagram:@a", hour=0):
    at = datetime(2025, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)
    return {
        "platform": account_id.split(":")[0],
        "account_id": account_id,
        "observed_at": at,
        "observed_on": at.date(),
        "follower_count": count,
        "source_sha256": "f" * 64,
        "source_row": 1,
    }


def made(expression, readings, *, names=None, threads=1):
    """The table that a query makes of some readings of followers."""
    engine = engine_of(threads)
    engine.attach_table("followers", a_table(FOLLOWERS, readings))
    engine.attach_table("account_names", names or names_of(ACCOUNTS))
    engine.keep("follower_days", sql(audience.follower_days()))
    engine.keep("audience", sql(audience.audience(EDITION)))
    return engine.query(sql(expression))


def audience_of(readings):
    return made(audience.audience(EDITION), readings).to_pylist()


def followers_on(readings, *days, threads=1):
    """Followers of instagram:@a on some days, counted from the first of the window."""
    rows = made(audience.audience_days(EDITION), readings, threads=threads).to_pylist()
    known = {
        (row["published_on"] - date(2025, 1, 1)).days: row["posting_follower_count"]
        for row in rows
        if row["account_id"] == "instagram:@a"
    }
    assert sorted(known) == list(range(365))
    return [known[day] for day in days]


def types_of(table, schema):
    """Whether a table has the schema's columns and types."""
    return list(zip(table.schema.names, table.schema.types, strict=True)) == [
        (field.name, field.type) for field in schema.arrow_schema
    ]


def test_audience_is_the_median_of_days_so_that_many_readings_of_one_day_count_once():
    readings = [a_follower_reading(0, 100), a_follower_reading(10, 200)]
    readings += [a_follower_reading(20, count, hour=hour) for hour, count in enumerate([6, 7, 900])]
    assert audience_of(readings) == [
        {
            "account_id": "instagram:@a",
            "follower_count": 100.0,
            "follower_first": 100,
            "follower_last": 7,
            "follower_days": 20.0,
            "reading_count": 3,
        }
    ]


def test_audience_takes_readings_inside_the_window_alone():
    readings = [a_follower_reading(day, 10 + day) for day in (-1, 0, 364, 365)]
    (row,) = audience_of(readings)
    assert (row["follower_first"], row["follower_last"], row["reading_count"]) == (10, 374, 2)
    assert audience_of([a_follower_reading(-1, 5), a_follower_reading(365, 5)]) == []


def test_audience_of_one_reading_has_no_distance_and_strangers_have_none():
    readings = [a_follower_reading(5, 50), a_follower_reading(5, 9, "instagram:@stranger")]
    (row,) = audience_of(readings)
    assert (row["account_id"], row["follower_count"], row["follower_days"]) == (
        "instagram:@a",
        50.0,
        0.0,
    )


def test_audience_joins_readings_under_all_names_of_an_account():
    names = [
        {"name": name, "account_id": "instagram:7"} for name in ("instagram:7", "instagram:@a")
    ]
    readings = [a_follower_reading(0, 10), a_follower_reading(9, 30, "instagram:7")]
    found = made(audience.audience(EDITION), readings, names=a_table(ACCOUNT_NAMES, names))
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        ("instagram:7", 20.0, 10, 30, 9.0, 2)
    ]
    assert types_of(found, AUDIENCE)


def test_audience_agrees_with_pandas():
    draw = random.Random(4)
    readings = [
        a_follower_reading(
            draw.randrange(-30, 400), draw.randrange(1000), account, draw.randrange(24)
        )
        for account in ("instagram:@a", "instagram:@b", "x:@a")
        for day, hour in [(draw.randrange(-30, 400), draw.randrange(24)) for _ in range(60)]
    ]
    frame = pd.DataFrame(readings)
    inside = frame[(frame.observed_on >= date(2025, 1, 1)) & (frame.observed_on < date(2026, 1, 1))]
    daily = inside.groupby(["account_id", "observed_on"]).follower_count.median()
    expected = daily.groupby("account_id").agg(["median", "size"])
    found = {row["account_id"]: row for row in audience_of(readings)}
    assert {name: row["follower_count"] for name, row in found.items()} == dict(expected["median"])
    assert {name: row["reading_count"] for name, row in found.items()} == dict(expected["size"])


def test_followers_between_two_readings_lie_on_the_line_through_both():
    readings = [a_follower_reading(10, 100), a_follower_reading(20, 200)]
    assert followers_on(readings, 10, 13, 15, 20) == [100, 130, 150, 200]
    assert followers_on(readings[::-1], 10, 13, 15, 20) == [100, 130, 150, 200]


def test_followers_outside_all_readings_are_those_of_the_nearest():
    readings = [a_follower_reading(10, 100), a_follower_reading(20, 200)]
    assert followers_on(readings, 0, 9, 21, 364) == [100, 100, 200, 200]
    assert followers_on([a_follower_reading(7, 5)], 0, 7, 364) == [5, 5, 5]


def test_readings_outside_the_window_count_for_the_days_of_publishing():
    around = [a_follower_reading(-10, 100), a_follower_reading(374, 484)]
    assert followers_on(around, 0, 364) == [110, 474]
    assert followers_on([a_follower_reading(-40, 7), a_follower_reading(-10, 9)], 0, 364) == [9, 9]
    assert followers_on([a_follower_reading(365, 3), a_follower_reading(400, 8)], 0, 364) == [3, 3]
    (first, *_) = made(audience.audience_days(EDITION), around).to_pylist()
    assert first["follower_count"] is None  # the median keeps to the window


def test_readings_of_one_day_count_as_their_median():
    readings = [a_follower_reading(10, count, hour=hour) for hour, count in enumerate([6, 7, 900])]
    readings += [a_follower_reading(12, 10), a_follower_reading(12, 11, hour=9)]
    assert followers_on(readings, 10, 11, 12) == [7, 9, 11]  # 8.75 and 10.5, half goes up


@pytest.mark.parametrize(("first", "last", "middle"), [(1, 2, 2), (2, 1, 2), (3, 8, 6), (8, 3, 6)])
def test_half_a_follower_is_rounded_up_whichever_way_the_account_went(first, last, middle):
    readings = [a_follower_reading(10, first), a_follower_reading(12, last)]
    assert followers_on(readings, 11) == [middle]


def test_account_without_readings_has_no_days():
    found = made(audience.audience_days(EDITION), [a_follower_reading(3, 5)])
    assert set(found["account_id"].to_pylist()) == {"instagram:@a"}
    assert types_of(found, AUDIENCE_DAYS)
    assert made(audience.audience_days(EDITION), []).num_rows == 0


@pytest.mark.parametrize("threads", [1, 2])
def test_followers_of_a_day_agree_with_exact_fractions(threads):
    draw = random.Random(11)
    readings = [
        a_follower_reading(draw.randrange(-60, 430), draw.randrange(9 * 10**8), hour=hour)
        for hour in range(24)
        for _ in range(3)
    ]
    daily = pd.DataFrame(readings).groupby("observed_on").follower_count.median()
    known = {(day - date(2025, 1, 1)).days: Fraction(count) for day, count in daily.items()}
    expected = [floor(_on_the_line(known, day) + Fraction(1, 2)) for day in range(365)]
    assert followers_on(readings, *range(365), threads=threads) == expected


def _on_the_line(known, day):
    before = max((one for one in known if one <= day), default=None)
    after = min((one for one in known if one >= day), default=None)
    if before is None or after is None or before == after:
        return known[after if before is None else before]
    return known[before] + (known[after] - known[before]) * Fraction(day - before, after - before)
