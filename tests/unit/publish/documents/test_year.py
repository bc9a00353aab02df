"""What a year's posts say, on small tables worked out by hand."""

import math
from dataclasses import replace

import pytest

from tolok.metrics.expression import FIXED_POINT
from tolok.publish.documents.year import (
    growth,
    hour_counts,
    kind_counts,
    kind_effects,
    part_effects,
)
from tolok.publish.rows import AudienceRow, PostingHourRow, PostingKindRow


def fixed(value):
    return round(value * FIXED_POINT)


def kind_row(institution_id, kind, count, mean, spread=0.0):
    """Posts whose effects have a mean and a variance."""
    total, squares = count * mean, count * (mean**2 + spread)
    return PostingKindRow(institution_id, "x", kind, count, count, fixed(total), fixed(squares))


def hour_row(institution_id, weekday, hour, count, mean=0.0):
    """Posts of which one more was made than has known interactions, with effects of a mean."""
    total, squares = count * mean, count * (mean**2 + 0.5)
    return PostingHourRow(
        institution_id, "x", weekday, hour, count + 1, count, fixed(total), fixed(squares)
    )


def test_posts_are_counted_by_hour_of_the_week():
    counts = hour_counts([hour_row("a", 1, 9, 4), hour_row("b", 1, 9, 1), hour_row("a", 7, 23, 2)])
    assert (counts[0][9], counts[6][23]) == (7, 3)
    assert sum(map(sum, counts)) == 10
    assert [len(row) for row in counts] == [24] * 7


def test_posts_are_counted_by_kind_and_platform():
    rows = [kind_row("a", "video", 3, 0), kind_row("b", "video", 4, 0), kind_row("a", "", 2, 0)]
    assert kind_counts(rows) == {"x": {"video": 7, "unknown": 2}}


def test_effect_is_the_mean_of_institutions_whatever_their_size():
    means = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4, "e": 0.5}
    rows = [
        kind_row(who, "video", 10 ** (at + 1), mean) for at, (who, mean) in enumerate(means.items())
    ]
    effect = kind_effects(rows)["video"]
    half = 1.6448536269514722 * math.sqrt(0.025) / math.sqrt(5)
    assert effect.count == 5
    assert effect.mean == pytest.approx(0.3, abs=1e-6)
    assert (effect.low, effect.high) == pytest.approx((0.3 - half, 0.3 + half), abs=1e-6)


def test_few_posts_or_few_institutions_say_nothing():
    rows = [kind_row(who, "video", 10, 0.1) for who in "abcd"]
    assert kind_effects([*rows, kind_row("e", "video", 9, 0.1)]) == {}
    assert set(kind_effects([*rows, kind_row("e", "video", 10, 0.1)])) == {"video"}
    assert kind_effects([kind_row(who, "", 10, 0.1) for who in "abcdef"]) == {}


def test_parts_of_the_day_are_three_hours():
    rows = [hour_row(who, 1, hour, 10, 0.1) for who in "abcde" for hour in (0, 2, 3)]
    assert set(part_effects(rows)) == {0, 1}


def test_growth_takes_each_account_once(with_intervals):
    audience = (
        AudienceRow("instagram:0", 1000, 1500, 100.0),
        AudienceRow("instagram:1", 1000, 1100, 100.0),
        AudienceRow("instagram:2", 99, 500, 100.0),
        AudienceRow("instagram:3", None, 500, 100.0),
        AudienceRow("instagram:4", 1000, 900, None),
    )
    results = replace(with_intervals, audience=audience)
    grown = growth([*results.accounts, *results.accounts], results)
    assert (grown.account_count, grown.first_total, grown.last_total) == (2, 2000, 2600)
    assert grown.middle == pytest.approx(0.3)
    assert growth([], results).middle is None
