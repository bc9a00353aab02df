"""When and in which form institutions post, and what it brings: small tables, counted by hand."""

from datetime import UTC, date, datetime
from math import log1p

import pytest
from tests.post_cases import a_post, a_table, an_edition, engine_of

from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.habits import posting_hours, posting_kinds, utc_offsets
from tolok.metrics.tables import sql
from tolok.model import Window
from tolok.store.results import RESULT_TABLES
from tolok.store.schema import POSTS

JAKARTA = an_edition()
BERLIN = an_edition(window=Window(date(2025, 1, 1), date(2026, 1, 1), "Europe/Berlin"))


def at(year, month, day, *time):
    hour, minute, second = (*time, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def asked_of(query, rows, threads=1):
    """A query's rows as tuples of its columns."""
    engine = engine_of(threads)
    engine.attach_table("posts", a_table(POSTS, rows))
    table = engine.query(sql(query))
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def fixed(value):
    return round(value * FIXED_POINT)


@pytest.mark.parametrize(
    ("query", "name"),
    [(posting_hours(JAKARTA), "posting_hours"), (posting_kinds(), "posting_kinds")],
)
def test_habits_have_the_published_columns_with_their_types(query, name):
    engine = engine_of(1)
    engine.attach_table("posts", a_table(POSTS, [a_post(interaction_count=1)]))
    found, schema = engine.query(sql(query)).schema, RESULT_TABLES[name].arrow_schema
    assert [(field.name, field.type) for field in found] == [(f.name, f.type) for f in schema]


def test_hours_hold_posts_and_effects_against_the_same_account_and_kind():
    rows = [
        # Monday noon in Jakarta: images with 0 and 8 interactions, mean of y is ln(9) / 2.
        a_post(post_id="1", interaction_count=0),
        a_post(post_id="2", interaction_count=8, published_at=at(2025, 3, 3, 6, 59)),
        # Another kind and another account are not compared with them.
        a_post(post_id="3", interaction_count=999, kind="video"),
        a_post(post_id="4", interaction_count=99, account_id="instagram:@other"),
        # Counted as a post, but nothing is known of what it brought.
        a_post(post_id="5", interaction_count=None),
        # Neither counts: a copy, and another's post.
        a_post(post_id="6", interaction_count=5000, is_copy=True),
        a_post(post_id="7", interaction_count=5000, is_own=False),
        # A lone post without a known count, on another platform.
        a_post(post_id="8", platform="x", account_id="x:@a", interaction_count=None, kind=None),
    ]
    mean = fixed(log1p(8)) / 2  # 1151978.5: an effect is rounded away from nought
    half, square = round(mean + 0.1), round(mean * mean / FIXED_POINT)
    assert asked_of(posting_hours(JAKARTA), rows) == [
        ("a", "instagram", 1, 12, 4, 3, -half, square),
        ("a", "instagram", 1, 13, 1, 1, half, square),
        ("a", "x", 1, 12, 1, 0, 0, 0),
    ]


def test_kinds_hold_posts_and_effects_against_all_kinds_of_the_account():
    rows = [
        a_post(post_id="1", interaction_count=0),
        a_post(post_id="2", interaction_count=0, kind=None),
        a_post(post_id="3", interaction_count=7, kind="video"),
        a_post(post_id="4", interaction_count=None, kind="video"),
        a_post(post_id="5", interaction_count=99, account_id="instagram:@other", kind="video"),
    ]
    mean = fixed(log1p(7)) / 3
    low, high = round(-mean), round(fixed(log1p(7)) - mean)
    low_square, high_square = (
        round(effect * effect / FIXED_POINT) for effect in (mean, fixed(log1p(7)) - mean)
    )
    assert asked_of(posting_kinds(), rows) == [
        ("a", "instagram", "", 1, 1, low, low_square),
        ("a", "instagram", "image", 1, 1, low, low_square),
        ("a", "instagram", "video", 3, 2, high, high_square),
    ]


@pytest.mark.parametrize(
    ("edition", "published_at", "weekday", "hour"),
    [
        (JAKARTA, at(2025, 3, 2, 16, 59, 59), 7, 23),
        (JAKARTA, at(2025, 3, 2, 17, 0), 1, 0),
        (an_edition(window=Window(date(2025, 1, 1), date(2026, 1, 1), "UTC")),
         at(2025, 3, 2, 17, 0), 7, 17),
        (an_edition(window=Window(date(2025, 1, 1), date(2026, 1, 1), "America/St_Johns")),
         at(2025, 1, 6, 3, 29), 7, 23),
        (an_edition(window=Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Kolkata")),
         at(2025, 1, 5, 18, 30), 1, 0),
        # Berlin's clocks went from 2 to 3 on 30 March at 1:00 UTC, and back on 26 October.
        (BERLIN, at(2025, 3, 30, 0, 59, 59), 7, 1),
        (BERLIN, at(2025, 3, 30, 1, 0), 7, 3),
        (BERLIN, at(2025, 10, 26, 0, 59, 59), 7, 2),
        (BERLIN, at(2025, 10, 26, 1, 0), 7, 2),
        (BERLIN, at(2025, 12, 31, 22, 59), 3, 23),
    ],
)  # fmt: skip
def test_hour_is_that_of_the_clock_on_the_wall(edition, published_at, weekday, hour):
    rows = [a_post(interaction_count=1, published_at=published_at)]
    assert [row[2:4] for row in asked_of(posting_hours(edition), rows)] == [(weekday, hour)]


def test_offsets_of_a_zone_without_summer_time_are_one():
    assert utc_offsets(JAKARTA.window) == [(int(at(2024, 12, 31, 17).timestamp()), 7 * 3600)]


def test_offsets_change_at_the_very_second():
    assert utc_offsets(BERLIN.window) == [
        (int(at(2024, 12, 31, 23).timestamp()), 3600),
        (int(at(2025, 3, 30, 1).timestamp()), 7200),
        (int(at(2025, 10, 26, 1).timestamp()), 3600),
    ]


def test_sums_are_the_same_on_any_number_of_threads():
    rows = [
        a_post(post_id=str(number), interaction_count=number * number % 977, kind=kind,
               published_at=at(2025, 3, 1 + number % 28, number % 24))
        for number in range(3000)
        for kind in (("image", "video")[number % 2],)
    ]  # fmt: skip
    for query in (posting_hours(JAKARTA), posting_kinds()):
        assert asked_of(query, rows, threads=1) == asked_of(query, rows[::-1], threads=4)
