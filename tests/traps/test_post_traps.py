"""Known errors in counting posts, one test each, on posts that would show them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.post_cases import (
    NOON,
    a_post,
    a_reading,
    a_table,
    an_edition,
    engine_of,
    owners_of,
    resolved,
)

from tolok.methodology.document import Document
from tolok.methodology.metric import read_metrics
from tolok.methodology.template import TEMPLATES
from tolok.metrics.run import run_metrics
from tolok.model import Window
from tolok.store.schema import BASE_TABLES

METRICS = {
    metric.name: metric
    for path in sorted((TEMPLATES / "gsm-2025" / "metrics").glob("*.toml"))
    for metric in read_metrics(Document(path))
}


def measured(posts, *names):
    """The shipped metrics of these names over some posts: value, posts known, posts missing."""
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], posts))
    rows = run_metrics(engine, [METRICS[name] for name in names]).to_pylist()
    return {
        (row["institution_id"], row["account_id"], row["metric"]): (
            row["value"],
            row["post_count"],
            row["missing_count"],
        )
        for row in rows
    }


def test_video_of_the_last_evening_of_july_in_utc_is_one_of_august_in_jakarta():
    july = an_edition(window=Window(date(2018, 7, 1), date(2018, 8, 1), "Asia/Jakarta"))
    august = an_edition(window=Window(date(2018, 8, 1), date(2018, 9, 1), "Asia/Jakarta"))
    evening = a_reading(
        post_id="evening", published_at=datetime(2018, 7, 31, 17, 30, tzinfo=UTC), kind="video"
    )
    noon = a_reading(
        post_id="noon", published_at=datetime(2018, 7, 31, 5, tzinfo=UTC), kind="video"
    )
    assert [post["post_id"] for post in resolved([evening, noon], july)] == ["noon"]
    (post,) = resolved([evening, noon], august)
    assert (post["post_id"], post["published_on"]) == ("evening", date(2018, 8, 1))
    assert post["week_on"] == date(2018, 7, 30)


def test_hidden_likes_are_unknown_and_not_nought():
    posts = resolved(
        [
            a_reading(post_id="1", reaction_count=100, comment_count=0),
            a_reading(post_id="2", reaction_count_missing="hidden", comment_count=4),
        ]
    )
    found = measured(posts, "reaction_count", "interactions_per_post", "post_count")
    account = ("a", "instagram:@a")
    assert found[*account, "reaction_count"] == (100.0, 1, 1)
    assert found[*account, "interactions_per_post"] == (100.0, 1, 1)
    assert found[*account, "post_count"] == (2.0, 2, 0)


def test_hidden_likes_that_a_tool_writes_as_three_are_unknown_and_not_three():
    hidden = [a_reading(post_id=f"h{n}", reaction_count=3, comment_count=1) for n in range(25)]
    shown = [a_reading(post_id=f"s{n}", reaction_count=99, comment_count=1) for n in range(5)]
    few = [
        a_reading(post_id=f"f{n}", account_id="instagram:@b", reaction_count=n % 5, comment_count=0)
        for n in range(30)
    ]
    found = measured(resolved([*hidden, *shown, *few]), "interactions_per_post", "post_count")
    assert found["a", "instagram:@a", "interactions_per_post"] == (100.0, 5, 25)
    assert found["a", "instagram:@a", "post_count"] == (30.0, 30, 0)
    assert found["b", "instagram:@b", "interactions_per_post"] == (2.0, 30, 0)


def test_account_of_which_all_likes_are_hidden_has_no_value():
    posts = resolved([a_reading(reaction_count_missing="hidden", comment_count=4)])
    found = measured(posts, "interactions_per_post")
    assert found["a", "instagram:@a", "interactions_per_post"] == (None, 0, 1)


def test_rate_of_an_account_is_no_average_of_the_rates_of_its_posts():
    posts = [
        a_post(post_id="1", interaction_count=1, view_count=10),
        a_post(post_id="2", interaction_count=10, view_count=1000),
    ]
    found = measured(posts, "engagement_per_1000_views")
    value, *_ = found["a", "instagram:@a", "engagement_per_1000_views"]
    assert value == pytest.approx(1000 * 11 / 1010)  # and not (100 + 10) / 2


def test_post_of_a_small_account_that_grew_is_measured_by_the_followers_of_its_day():
    then = {"interaction_count": 10, "posting_follower_count": 100}
    now = {"interaction_count": 10, "posting_follower_count": 10_000}
    posts = [
        a_post(post_id="1", follower_count=10_000.0, **then),
        a_post(post_id="2", follower_count=10_000.0, **now),
        a_post(post_id="3", follower_count=10_000.0, interaction_count=None),
    ]
    found = measured(posts, "posting_engagement_rate", "engagement_rate")
    account = ("a", "instagram:@a")
    assert found[*account, "posting_engagement_rate"] == ((100 + 1) / 2, 2, 1)
    assert found[*account, "engagement_rate"] == (1.0, 2, 1)


def test_post_without_views_is_in_neither_part_of_a_rate():
    posts = [
        a_post(post_id="1", interaction_count=5, view_count=100),
        a_post(post_id="2", interaction_count=900, view_count=None),
        a_post(post_id="3", interaction_count=None, view_count=900),
    ]
    found = measured(posts, "engagement_per_1000_views")
    assert found["a", "instagram:@a", "engagement_per_1000_views"] == (50.0, 1, 2)


def test_post_that_two_accounts_of_one_institution_made_together_counts_once():
    owners = owners_of({"instagram:@a": "a", "instagram:@b": "a"})
    reading = a_reading(co_account_ids=["instagram:@b"], reaction_count=5, comment_count=5)
    posts = resolved([reading], owners=owners)
    assert measured(posts, "post_count", "active_day_count") == {
        ("a", "instagram:@a", "post_count"): (1.0, 1, 0),
        ("a", "", "active_day_count"): (1.0, 1, 0),
    }


def test_day_on_which_two_accounts_posted_is_one_active_day():
    posts = [
        a_post(post_id="1"),
        a_post(post_id="2", account_id="x:@a", platform="x"),
        a_post(post_id="3", published_on=date(2025, 3, 4), is_own=False),
    ]
    assert measured(posts, "active_day_count")["a", "", "active_day_count"] == (1.0, 2, 0)


def test_repost_is_no_post_and_its_counts_are_the_originals():
    posts = resolved(
        [
            a_reading(post_id="1", reaction_count=5, comment_count=0),
            a_reading(post_id="2", origin="repost", reaction_count=90_000, comment_count=900),
        ]
    )
    found = measured(posts, "post_count", "interaction_count")
    assert found["a", "instagram:@a", "post_count"] == (1.0, 1, 0)
    assert found["a", "instagram:@a", "interaction_count"] == (5.0, 1, 0)


def test_post_that_was_imported_twice_counts_once():
    reading = a_reading(reaction_count=5, comment_count=1)
    posts = resolved([reading, reading | {"source_sha256": "a" * 64}])
    assert measured(posts, "interaction_count") == {
        ("a", "instagram:@a", "interaction_count"): (6.0, 1, 0)
    }


def test_deleted_post_keeps_the_counts_that_it_had_and_is_marked():
    gone = datetime(2025, 4, 1, tzinfo=UTC)
    readings = [
        a_reading(14.0, reaction_count=5, comment_count=1),
        a_reading(29.0, deleted_at=gone),
    ]
    (post,) = resolved(readings)
    assert (post["interaction_count"], post["is_deleted"], post["is_read_late"]) == (6, True, False)


def test_weak_posts_deleted_before_the_last_export_count_as_they_did():
    days = [NOON + timedelta(days=day) for day in range(5)]
    likes = [900, 4, 6, 5, 900]
    every = [
        a_reading(20.0, post_id=str(n), published_at=day, reaction_count=count, comment_count=0)
        for n, (day, count) in enumerate(zip(days, likes, strict=True))
    ]
    last = {"is_listing": True, "source_sha256": "a" * 64}
    kept = [reading | last | {"observed_at": NOON + timedelta(days=90)} for reading in every[::4]]
    posts = resolved([*every, *kept])
    assert [post["post_id"] for post in posts if post["is_deleted"]] == ["1", "2", "3"]
    found = measured(posts, "interactions_per_post", "post_count")
    assert found["a", "instagram:@a", "interactions_per_post"] == (sum(likes) / 5, 5, 0)
    assert found["a", "instagram:@a", "post_count"] == (5.0, 5, 0)


def test_share_that_the_public_cannot_see_does_not_help_an_institution_that_can():
    public = a_reading(post_id="1", reaction_count=5, comment_count=1)
    own = a_reading(
        post_id="2", account_id="instagram:@b", reaction_count=5, comment_count=1, share_count=900
    )
    assert [post["interaction_count"] for post in resolved([public, own])] == [6, 6]
