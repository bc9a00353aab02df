"""Tables by day and week, against a few lines of pandas."""

import random
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from tests.post_cases import a_post, an_edition, asked, engine_of

from tolok.methodology.edition import Scoring
from tolok.metrics import weekly
from tolok.metrics.comments import comment_steps
from tolok.metrics.tables import base_table, sql
from tolok.store.panel import HISTOGRAM
from tolok.store.schema import BASE_TABLES, POST_COMMENTS

DRAW = random.Random(3)
POSTS = [
    a_post(
        post_id=str(number),
        institution_id=institution,
        platform=platform,
        account_id=f"{platform}:@{institution}",
        published_on=(day := date(2025, 3, 3) + timedelta(days=DRAW.randrange(20))),
        week_on=day - timedelta(days=day.weekday()),
        kind=DRAW.choice([None, "image", "video"]),
        is_own=DRAW.random() < 0.8,
        is_copy=(is_copy := DRAW.random() < 0.2),
        is_cross_copy=is_copy or DRAW.random() < 0.2,
        interaction_count=DRAW.choice([None, 0, 1, 15, 16, 17, 1_000_000]),
    )
    for number in range(300)
    for institution, platform in [DRAW.choice([("a", "instagram"), ("a", "x"), ("b", "instagram")])]
]
FRAME = pd.DataFrame(POSTS)
BY_KIND = ["institution_id", "account_id", "platform", "week_on", "kind"]


def rows_of(frame):
    """The rows of a frame, by its columns in order."""
    return sorted(frame.itertuples(index=False, name=None))


def tuples_of(table):
    """The rows of an Arrow table in their order."""
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def types_of(table, schema):
    """Whether a table has the schema's types, for the columns that it has."""
    return {f.name: f.type for f in table.schema} == {
        f.name: f.type for f in schema.arrow_schema if f.name in table.column_names
    }


def test_kind_counts_leave_copies_and_foreign_posts_out():
    found = asked(weekly.kind_counts(), posts=POSTS)
    clean = FRAME[FRAME.is_own & ~FRAME.is_copy].fillna({"kind": ""})
    expected = clean.groupby(BY_KIND).size().reset_index()
    assert found.column_names == [*BY_KIND, "post_count"]
    assert tuples_of(found) == rows_of(expected)
    assert types_of(found, HISTOGRAM)


def test_days_count_each_text_once_and_stop_at_the_cap():
    found = asked(weekly.days(an_edition(scoring=Scoring(daily_cap=3))), posts=POSTS)
    clean = FRAME[FRAME.is_own & ~FRAME.is_cross_copy]
    by = ["institution_id", "platform", "published_on", "week_on"]
    expected = clean.groupby(by).size().reset_index(name="post_count")
    expected["capped_post_count"] = expected.post_count.clip(upper=3)
    assert (expected.post_count > 3).any()
    assert tuples_of(found) == rows_of(expected)
    assert found.column_names == list(BASE_TABLES["days"].names)
    assert types_of(found, BASE_TABLES["days"])


def test_weeks_count_each_text_once_over_all_platforms():
    found = asked(weekly.weeks(), posts=POSTS)
    clean = FRAME[FRAME.is_own & ~FRAME.is_cross_copy]
    expected = clean.groupby(["institution_id", "week_on"]).size().reset_index()
    assert tuples_of(found) == rows_of(expected)
    assert found.column_names == list(BASE_TABLES["weeks"].names)
    assert types_of(found, BASE_TABLES["weeks"])


def test_histogram_bins_known_counts_by_narrow_steps_of_their_logarithm():
    found = asked(weekly.histogram("interaction_count"), posts=POSTS)
    clean = FRAME[FRAME.is_own & ~FRAME.is_copy & FRAME.interaction_count.notna()]
    clean = clean.fillna({"kind": ""})
    y = np.log(clean.interaction_count.astype("int64") + 1)
    clean = clean.assign(bin=np.floor(16 * y).astype("int64"), y=np.rint(y * 2**20).astype("int64"))
    expected = clean.groupby([*BY_KIND, "bin"]).y.agg(["size", "sum"]).reset_index()
    assert tuples_of(found) == rows_of(expected)
    assert found.column_names == [*BY_KIND, "bin", "post_count", "log_sum"]
    assert types_of(found, HISTOGRAM)


@pytest.mark.parametrize(("count", "place"), [(0, 0), (15, 44), (16, 45), (17, 46)])
def test_histogram_bin_is_the_sixteenth_of_the_logarithm(count, place):
    found = asked(weekly.histogram("view_count"), posts=[a_post(view_count=count)])
    assert found["bin"].to_pylist() == [place]
    assert found["log_sum"].to_pylist() == [round(np.log(count + 1) * 2**20)]


def test_histogram_of_a_count_that_nobody_knows_is_empty():
    assert asked(weekly.histogram("view_count"), posts=POSTS).num_rows == 0


@pytest.mark.parametrize("threads", [1, 2])
def test_weekly_tables_are_the_same_for_any_order_of_posts(threads):
    shuffled = random.Random(9).sample(POSTS, len(POSTS))
    for query in (weekly.histogram("interaction_count"), weekly.kind_counts(), weekly.weeks()):
        first = asked(query, posts=POSTS)
        assert asked(query, posts=shuffled, threads=threads).equals(first)


def a_comment(comment_id, **cells):
    """A comment by the public on post 1, on the first Monday of March."""
    row = {
        "platform": "instagram",
        "comment_id": comment_id,
        "post_id": "1",
        "published_at": datetime(2025, 3, 3, 5, tzinfo=UTC),
        "published_on": date(2025, 3, 3),
        "observed_at": datetime(2025, 4, 1, tzinfo=UTC),
        "is_institution": False,
        "source_sha256": "f" * 64,
        "source_row": 1,
    }
    return row | cells


COMMENT_ROWS = [
    a_comment("1"),
    a_comment("1", observed_at=datetime(2025, 5, 1, tzinfo=UTC)),  # read again
    a_comment("2", is_institution=True, parent_id="1"),
    a_comment("2", observed_at=datetime(2025, 5, 1, tzinfo=UTC)),  # a file that says less
    a_comment("3", published_on=date(2024, 12, 31)),
    a_comment("4", published_on=date(2025, 1, 1)),
    a_comment("5", published_on=date(2025, 12, 31)),
    a_comment("6", published_on=date(2026, 1, 1)),
    a_comment("7", post_id="unknown"),
    a_comment("8", post_id="2", published_on=date(2025, 3, 9)),
    a_comment("1", platform="x"),  # another comment: ids are a platform's own
]
COMMENTED = [
    a_post(),
    a_post(post_id="2", is_joint=True),
    a_post(post_id="2", is_joint=True, institution_id="b", account_id="instagram:@b"),
]


def test_comments_count_once_each_for_every_institution_credited_with_the_post():
    *kept, last = comment_steps(an_edition())
    asked(base_table("posts"), posts=COMMENTED, comments=COMMENT_ROWS)
    for step in kept:
        engine_of(1).keep(step.name, sql(step.expression))
    found = engine_of(1).query(sql(last.expression))
    monday, last_year, new_year = date(2025, 3, 3), date(2024, 12, 30), date(2025, 12, 29)
    of_a, of_b = ("a", "instagram:@a", "instagram"), ("b", "instagram:@b", "instagram")
    assert sorted(tuples_of(found)) == [
        (*of_a, date(2025, 1, 1), last_year, False, False),
        (*of_a, date(2025, 3, 3), monday, False, False),
        (*of_a, date(2025, 3, 3), monday, True, True),
        (*of_a, date(2025, 3, 9), monday, False, False),
        (*of_a, date(2025, 12, 31), new_year, False, False),
        (*of_b, date(2025, 3, 9), monday, False, False),
    ]
    assert found.column_names == list(POST_COMMENTS.names)
    assert types_of(found, POST_COMMENTS)
