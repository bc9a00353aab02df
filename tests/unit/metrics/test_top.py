"""The few highest of many posts: all of them are kept, and of the others few."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.post_cases import a_post, asked

from tolok.metrics.tables import base_table
from tolok.metrics.top import near_the_top

MONDAY = date(2025, 3, 3)
OWNERS = ["institution_id", "platform"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(["instagram", "x"]),
        st.integers(0, 5),
        st.none() | st.integers(0, 9),
    ),
    max_size=30,
)


def posts_of(rows):
    return [
        a_post(
            post_id=str(at),
            institution_id=institution,
            platform=platform,
            week_on=MONDAY + timedelta(weeks=week),
            interaction_count=count,
        )
        for at, (institution, platform, week, count) in enumerate(rows)
    ]


@settings(max_examples=20)  # each is compiled anew
@given(ROWS, st.integers(1, 4))
def test_first_of_each_owner_are_among_those_kept(rows, count):
    posts = posts_of(rows)
    kept = asked(near_the_top(base_table("posts"), OWNERS, "interaction_count", count), posts=posts)
    assert tuple(kept.column_names) == base_table("posts").columns
    ids = set(kept["post_id"].to_pylist())
    assert len(ids) == kept.num_rows
    for owner in {tuple(post[name] for name in OWNERS) for post in posts}:
        own = [post for post in posts if tuple(post[name] for name in OWNERS) == owner]
        known = [post for post in own if post["interaction_count"] is not None]
        first = sorted(known, key=lambda post: -post["interaction_count"])[:count]
        assert {post["post_id"] for post in first} <= ids


def test_what_lies_below_as_many_weeks_as_are_asked_for_is_left_out():
    rows = [("a", "x", week, 10 * week + more) for week in range(4) for more in range(3)]
    kept = asked(
        near_the_top(base_table("posts"), OWNERS, "interaction_count", 2), posts=posts_of(rows)
    )
    assert sorted(kept["interaction_count"].to_pylist()) == [22, 30, 31, 32]
