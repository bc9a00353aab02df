"""Tables that people read beside the scores."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.post_cases import (
    ACCOUNTS,
    NOON,
    a_post,
    a_reading,
    a_table,
    an_edition,
    engine_of,
    names_of,
)

from tolok.metrics import summary
from tolok.metrics.tables import sql
from tolok.store.results import RESULT_TABLES
from tolok.store.schema import COMMENTS, FOLLOWERS, OBSERVATIONS, POST_COMMENTS, POSTS

WEEK_1, WEEK_2 = date(2025, 3, 3), date(2025, 3, 10)
ROWS = [
    a_post(post_id="1", interaction_count=10),
    a_post(post_id="2", interaction_count=30, week_on=WEEK_2, published_on=date(2025, 3, 11)),
    a_post(post_id="3", interaction_count=None, reaction_count_missing="hidden"),
    a_post(post_id="4", interaction_count=99, is_own=False),
    a_post(post_id="5", interaction_count=0, account_id="x:@a", platform="x", kind=None),
    a_post(post_id="6", institution_id="b", account_id="instagram:@b"),
    a_post(post_id="1", institution_id="b", account_id="instagram:@b", is_joint=True),
]


def asked_of(query, rows=ROWS):
    """A query's rows as tuples of its columns."""
    engine = engine_of(1)
    engine.attach_table("posts", a_table(POSTS, rows))
    table = engine.query(sql(query))
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def stored(query, readings):
    engine = engine_of(1)
    engine.attach_table("observations", a_table(OBSERVATIONS, readings))
    engine.attach_table("account_names", names_of(ACCOUNTS))
    return engine.query(sql(query)).to_pylist()


@pytest.mark.parametrize(
    ("query", "name"),
    [(summary.weekly_activity(), "weekly"), (summary.best_posts(), "best_posts")],
)
def test_summary_has_the_published_columns_with_their_types(query, name):
    engine = engine_of(1)
    engine.attach_table("posts", a_table(POSTS, ROWS))
    found, schema = engine.query(sql(query)).schema, RESULT_TABLES[name].arrow_schema
    assert {field.name: field.type for field in found} == {f.name: f.type for f in schema}


def test_weeks_hold_own_posts_and_known_interactions():
    assert asked_of(summary.weekly_activity()) == [
        ("a", "instagram", WEEK_1, 2, 10),
        ("a", "instagram", WEEK_2, 1, 30),
        ("a", "x", WEEK_1, 1, 0),
        ("b", "instagram", WEEK_1, 2, None),
    ]


def test_engagement_is_summed_by_account_and_kind_over_posts_whose_interactions_are_known():
    more = [
        a_post(post_id="7", interaction_count=5, kind="video"),
        a_post(post_id="8", interaction_count=7, is_copy=True),
    ]
    assert asked_of(summary.engagement_sums(), [*ROWS, *more]) == [
        ("a", "instagram:@a", "instagram", "image", 2, 40),
        ("a", "instagram:@a", "instagram", "video", 1, 5),
        ("a", "x:@a", "x", "", 1, 0),
    ]


def test_counted_posts_are_told_by_id_and_marks_without_text_or_counts():
    marked = a_post(post_id="9", kind=None, is_copy=True, is_joint=True)
    assert asked_of(summary.counted_posts(), [marked]) == [
        ("a", "instagram:@a", "instagram", "9", WEEK_1, "", True, True, False, True),
    ]


def test_institution_is_told_its_posts_interactions_and_weeks():
    assert asked_of(summary.institution_activity()) == [("a", 4, 40, 2), ("b", 2, None, 1)]


def test_account_is_told_its_posts_and_the_last_day():
    assert asked_of(summary.account_activity()) == [
        ("a", "instagram:@a", 3, date(2025, 3, 11)),
        ("a", "x:@a", 1, WEEK_1),
        ("b", "instagram:@b", 2, WEEK_1),
    ]


def test_best_posts_are_those_of_most_interactions_against_the_accounts_median():
    found = asked_of(summary.best_posts())
    assert [(row[0], row[1], row[3], row[4], row[6], row[-1]) for row in found] == [
        ("a", 1, "instagram", "2", 30, 1.5),
        ("a", 2, "instagram", "1", 10, 0.5),
        ("a", 1, "x", "5", 0, None),  # the median is nought
    ]


def test_best_posts_are_five_and_equals_stand_by_their_id():
    rows = [a_post(post_id=str(number), interaction_count=7) for number in (8, 3, 5, 1, 9, 4)]
    found = asked_of(summary.best_posts(), rows)
    assert [(row[1], row[4]) for row in found] == list(enumerate("13458", start=1))


def test_coverage_tells_how_often_a_count_is_known_or_why_not():
    rows = [
        a_post(post_id=str(at), reaction_count=count, reaction_count_missing=reason)
        for at, (count, reason) in enumerate(
            [(0, None), (4, None), (None, "hidden"), (None, "not_collected"), (None, "suspect")]
        )
    ]
    assert asked_of(summary.coverage("reaction_count"), rows) == [
        ("a", "instagram:@a", "instagram", 2, 1, 0, 0, 1, 1, "reaction_count")
    ]
    assert len(summary.coverages()) == 5


def test_unknown_accounts_are_told_the_busiest_first():
    readings = [
        a_reading(account_id=account, post_id=str(day), published_at=NOON + timedelta(days=day))
        for account, days in {"x:@z": (0,), "x:@y": (3, 1), "instagram:@a": (0, 1, 2)}.items()
        for day in days
    ]
    found = stored(summary.unknown_accounts(), [row | {"platform": "x"} for row in readings])
    assert [tuple(row.values()) for row in found] == [
        ("x", "x:@y", 2, date(2025, 3, 4), date(2025, 3, 6)),
        ("x", "x:@z", 1, date(2025, 3, 3), date(2025, 3, 3)),
    ]


def test_stored_days_count_a_post_once_however_often_it_was_read():
    readings = [
        a_reading(1.0),
        a_reading(9.0, reaction_count_missing="hidden"),
        a_reading(post_id="2", reaction_count=4),
        a_reading(post_id="3", published_at=NOON - timedelta(days=400)),
        a_reading(post_id="4", account_id="instagram:@stranger"),
    ]
    found = stored(summary.stored_days(an_edition()), readings)
    assert [tuple(row.values()) for row in found] == [("instagram:@a", WEEK_1, 2, 1)]


def test_post_of_two_institutions_is_one_record():
    engine = engine_of(1)
    joint = {"is_joint": True, "is_deleted": True, "is_copy": True, "is_read_late": True}
    rows = [a_post(institution_id=one, **joint) for one in "ab"] + [a_post(post_id="2")]
    engine.attach_table("posts", a_table(POSTS, rows))
    engine.attach_table("observations", a_table(OBSERVATIONS, [a_reading(1.0), a_reading(2.0)]))
    engine.attach_table("comments", a_table(POST_COMMENTS, []))
    engine.attach_table("followers", a_table(FOLLOWERS, []))
    engine.attach_table("comment_observations", a_table(COMMENTS, []))
    counts = {
        name: engine.query(sql(query))["n"].to_pylist()
        for name, query in summary.record_counts(an_edition()).items()
    }
    assert counts == {
        "observations": [2],
        "posts_stored": [1],
        "posts": [2],
        "comments": [0],
        "follower_readings": [0],
        "posts_too_young": [1],
        "posts_read_late": [1],
        "posts_deleted": [1],
        "copies": [1],
        "joint_posts": [1],
    }


@pytest.mark.parametrize(
    ("ages", "rule", "count"),
    [
        ((2.0, 11.9), "at_age", 1),
        ((2.0, 12.0), "at_age", 0),
        ((11.9,), "at_export", 0),
    ],
)
def test_post_that_was_never_read_late_enough_is_too_young(ages, rule, count):
    engine = engine_of(1)
    engine.attach_table("posts", a_table(POSTS, []))
    engine.attach_table("observations", a_table(OBSERVATIONS, [a_reading(age) for age in ages]))
    edition = an_edition()
    edition = replace(edition, snapshot=replace(edition.snapshot, rule=rule))
    query = summary.record_counts(edition)["posts_too_young"]
    assert engine.query(sql(query))["n"].to_pylist() == [count]
