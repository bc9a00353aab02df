"""Which reading of a post is scored, and who is credited for it."""

import random
from datetime import date, timedelta

import pytest
from tests.post_cases import (
    NOON,
    a_reading,
    an_edition,
    engine_of,
    names_of,
    owners_of,
    resolved,
)

from tolok.methodology.edition import Attribution, Snapshot
from tolok.store.schema import POSTS

AT_EXPORT = an_edition(Snapshot("at_export"))
OWNER = an_edition(attribution=Attribution(collab="owner"))


def counts_of(readings, edition=None, count="reaction_count"):
    """The count of each post, or why it is null."""
    rows = resolved(readings, edition)
    return [row[count] if row[count] is not None else row[f"{count}_missing"] for row in rows]


def credited(posts):
    return [(post["post_id"], post["institution_id"], post["account_id"]) for post in posts]


def test_post_has_the_columns_and_types_of_the_schema():
    resolved([a_reading()])
    found = engine_of(1).query("SELECT * FROM resolved_posts").schema
    expected = POSTS.arrow_schema
    assert found.names == expected.names
    assert [field.type for field in found] == [field.type for field in expected]


def test_post_read_once_keeps_what_was_read():
    (post,) = resolved(
        [
            a_reading(
                reaction_count=5,
                comment_count=2,
                share_count_missing="not_offered",
                url="https://example.test/1",
                origin="quote",
                media_count=3,
                alt_text_count=1,
                duration_s=1.5,
                is_paid=True,
                text_hash="h",
            )
        ]
    )
    assert post == {
        "institution_id": "a",
        "account_id": "instagram:@a",
        "platform": "instagram",
        "post_id": "1",
        "url": "https://example.test/1",
        "published_at": NOON,
        "published_on": date(2025, 3, 3),
        "week_on": date(2025, 3, 3),
        "kind": "image",
        "origin": "quote",
        "is_own": True,
        "is_copy": False,
        "is_cross_copy": False,
        "is_joint": False,
        "is_paid": True,
        "is_deleted": False,
        "is_read_late": False,
        "has_text": True,
        "tags": None,
        "media_count": 3,
        "alt_text_count": 1,
        "duration_s": 1.5,
        "reaction_count": 5,
        "comment_count": 2,
        "share_count": None,
        "save_count": None,
        "view_count": None,
        "reaction_count_missing": None,
        "comment_count_missing": None,
        "share_count_missing": "not_offered",
        "save_count_missing": "not_collected",
        "view_count_missing": "not_collected",
        "interaction_count": 7,
        "follower_count": 99.0,
        "posting_follower_count": 98,
    }


def test_post_has_the_followers_of_its_own_day_and_of_the_credited_account():
    june = NOON + timedelta(days=100)
    readings = [
        a_reading(post_id="1"),
        a_reading(post_id="2", published_at=june),
        a_reading(post_id="3", account_id="instagram:@b"),
    ]
    assert [
        (post["post_id"], post["posting_follower_count"], post["follower_count"])
        for post in resolved(readings)
    ] == [("1", 98, 99.0), ("2", 100, 99.0), ("3", None, None)]


def test_post_read_once_is_left_out_if_too_young_and_marked_if_read_late():
    ages = [11.99, 12.0, 14.0, 16.0, 16.01, 300.0]
    posts = resolved([a_reading(age, post_id=f"{age:06.2f}") for age in ages])
    assert [(post["post_id"], post["is_read_late"]) for post in posts] == [
        ("012.00", False),
        ("014.00", False),
        ("016.00", False),
        ("016.01", True),
        ("300.00", True),
    ]


def test_post_is_never_young_or_late_where_the_last_reading_counts():
    readings = [a_reading(age, post_id=str(age), reaction_count=5) for age in (0, 14, 300)]
    posts = resolved(readings, AT_EXPORT)
    assert [(post["reaction_count"], post["is_read_late"]) for post in posts] == [(5, False)] * 3


NEAREST = [  # ages of the readings in days, and the one that counts
    ([13.0, 14.5, 16.0], 14.5),
    ([2.0, 15.9, 400.0], 15.9),
    ([13.0, 15.0], 13.0),  # as near as each other: the earlier
    ([17.0, 30.0, 20.0], 30.0),  # none inside: the latest
    ([2.0, 17.0], 17.0),
    ([11.9, 11.99, 100.0], 100.0),
    ([14.0, 14.0, 14.0], 14.0),
]


def test_reading_nearest_the_stated_age_counts_and_else_the_latest():
    readings = [
        a_reading(age, post_id=str(post), reaction_count=round(age * 100))
        for post, (ages, _) in enumerate(NEAREST)
        for age in ages
    ]
    expected = [(round(chosen * 100), chosen > 16) for _, chosen in NEAREST]
    for ordered in (readings, readings[::-1]):
        posts = resolved(ordered)
        assert [(post["reaction_count"], post["is_read_late"]) for post in posts] == expected


def test_post_whose_readings_are_all_too_young_is_left_out():
    young = [a_reading(age, reaction_count=9) for age in (1.0, 11.9)]
    old = [a_reading(age, post_id="2", reaction_count=9) for age in (1.0, 14.0)]
    assert credited(resolved(young + old)) == [("2", "a", "instagram:@a")]


def test_count_of_a_too_young_reading_is_never_taken():
    readings = [
        a_reading(3.0, reaction_count=1, comment_count=1),
        a_reading(14.0, reaction_count=5),
    ]
    (post,) = resolved(readings)
    assert (post["reaction_count"], post["comment_count"]) == (5, None)
    assert post["comment_count_missing"] == "not_collected"


def test_later_look_without_counts_does_not_make_a_young_reading_count():
    readings = [a_reading(3.0, reaction_count=1), a_reading(40.0)]
    assert counts_of(readings) == ["not_collected"]


@pytest.mark.parametrize("edition", [None, AT_EXPORT])
def test_latest_reading_counts_at_export_and_the_nearest_at_an_age(edition):
    readings = [a_reading(age, reaction_count=int(age)) for age in (14, 90, 20)]
    assert counts_of(readings, edition) == [90 if edition else 14]


def test_readings_of_one_instant_are_told_apart_by_their_source():
    readings = [
        a_reading(reaction_count=2, source_sha256="b" * 64, source_row=1),
        a_reading(reaction_count=1, source_sha256="a" * 64, source_row=9),
        a_reading(reaction_count=3, source_sha256="a" * 64, source_row=10),
    ]
    assert counts_of(readings) == counts_of(readings[::-1]) == [1]


def test_stated_reason_outdoes_a_reading_that_says_nothing():
    reasons = ["hidden", "disabled", "not_offered", "suspect"]
    silent = [a_reading(14.0, post_id=str(at), view_count=7) for at in range(4)]
    spoken = [
        a_reading(15.0, post_id=str(at), reaction_count_missing=reason)
        for at, reason in enumerate(reasons)
    ]
    assert counts_of([*silent, *spoken]) == reasons
    assert counts_of([*silent, *spoken], count="view_count") == [7, 7, 7, 7]


def test_reading_that_says_nothing_does_not_outdo_one_that_does():
    assert counts_of([a_reading(14.0), a_reading(15.5, reaction_count=3)]) == [3]
    assert counts_of([a_reading(90.0), a_reading(15.5, reaction_count=3)], AT_EXPORT) == [3]


def test_post_whose_counts_were_read_late_is_marked_though_it_was_looked_at_in_time():
    (post,) = resolved([a_reading(14.0), a_reading(40.0, reaction_count=3)])
    assert (post["reaction_count"], post["is_read_late"]) == (3, True)


def test_description_is_taken_from_whichever_reading_has_it():
    told = {
        "url": "https://example.test/1",
        "kind": "video",
        "media_count": 2,
        "alt_text_count": 1,
        "duration_s": 9.0,
        "is_paid": False,
    }
    bare = a_reading(14.0, reaction_count=3, kind=None)
    (post,) = resolved([bare, a_reading(30.0, text_hash="h", **told)])
    assert {name: post[name] for name in told} == told
    assert post["has_text"] is True
    assert post["reaction_count"] == 3


LOOKS = [  # age in days and whether the post was gone, and whether it is deleted
    ([(14.0, False), (60.0, True)], True),
    ([(14.0, True), (60.0, False)], False),
    ([(14.0, True), (14.0, False)], True),
    ([(14.0, False), (60.0, False)], False),
    ([(14.0, True), (60.0, True)], True),
    ([(14.0, True)], True),
    ([(14.0, False)], False),
]


def test_post_is_deleted_if_the_last_look_did_not_find_it():
    readings = [
        a_reading(age, post_id=str(post), deleted_at=NOON if is_gone else None)
        for post, (looks, _) in enumerate(LOOKS)
        for age, is_gone in looks
    ]
    assert [post["is_deleted"] for post in resolved(readings)] == [gone for _, gone in LOOKS]


def test_files_with_one_count_each_complement_each_other():
    likes = a_reading(300.0, reaction_count=40, source_sha256="a" * 64)
    total = a_reading(300.0, engagement_count=52, source_sha256="b" * 64)
    (post,) = resolved([likes, total])
    assert (post["reaction_count"], post["comment_count"], post["interaction_count"]) == (
        40,
        12,
        52,
    )


SUMS: list[tuple] = [  # what was read, and the comments
    ({"reaction_count": 40, "engagement_count": 52}, 12),
    ({"reaction_count": 40, "engagement_count": 40}, 0),
    ({"reaction_count": 40, "engagement_count": 39}, None),  # the sum contradicts the likes
    ({"reaction_count": 40, "engagement_count": 52, "comment_count": 7}, 7),
    ({"reaction_count": 40, "engagement_count": 52, "comment_count_missing": "disabled"}, None),
    ({"reaction_count_missing": "hidden", "engagement_count": 52}, None),
    ({"engagement_count": 52}, None),
]


def test_comments_are_the_rest_of_a_sum_on_instagram():
    readings = [a_reading(post_id=str(at), **cells) for at, (cells, _) in enumerate(SUMS)]
    assert [post["comment_count"] for post in resolved(readings)] == [rest for _, rest in SUMS]


def test_comments_are_not_taken_from_a_sum_that_holds_shares():
    reading = a_reading(
        platform="x", account_id="x:@a", reaction_count=40, engagement_count=52, share_count=2
    )
    (post,) = resolved([reading])
    assert (post["comment_count"], post["interaction_count"]) == (None, None)


TOTALS: list[tuple] = [  # what was read on a platform, and the interactions
    ("instagram", {"reaction_count": 5, "comment_count": 2, "share_count": 90}, 7),
    ("instagram", {"reaction_count": 5}, None),
    ("instagram", {"reaction_count_missing": "hidden", "comment_count": 2}, None),
    ("x", {"reaction_count": 5, "comment_count": 2, "share_count": 1, "view_count": 9}, 8),
    ("x", {"reaction_count": 5, "comment_count": 2}, None),
    ("x", {"reaction_count": 0, "comment_count": 0, "share_count": 0}, 0),
]


def test_interactions_are_the_platforms_counts_and_unknown_if_one_is():
    readings = [
        a_reading(platform=platform, account_id=f"{platform}:@a", post_id=str(at), **cells)
        for at, (platform, cells, _) in enumerate(TOTALS)
    ]
    posts = resolved(readings)
    assert [post["interaction_count"] for post in posts] == [total for *_, total in TOTALS]


def test_platform_without_columns_has_no_interactions():
    reading = a_reading(platform="web", account_id="web:@a", reaction_count=5, comment_count=1)
    accounts = {"web:@a": "a"}
    found = resolved([reading], names=names_of(accounts), owners=owners_of(accounts))
    assert [(post["reaction_count"], post["interaction_count"]) for post in found] == [(5, None)]


def many_readings():
    """Posts with several readings, authors, gaps and repeated texts, from a fixed seed."""
    draw = random.Random(7)
    return [
        a_reading(
            draw.choice([3.0, 12.0, 13.0, 14.0, 15.0, 40.0]),
            post_id=str(draw.randrange(40)),
            account_id=draw.choice(["instagram:@a", "instagram:@b"]),
            reaction_count=draw.choice([None, 1, 50]),
            comment_count_missing=draw.choice(["hidden", "not_collected"]),
            engagement_count=draw.choice([None, 60]),
            text_hash=draw.choice([None, "t", "u"]),
            kind=draw.choice([None, "image", "video"]),
            co_account_ids=draw.choice([None, [], ["instagram:@b"], ["instagram:@x"]]),
            source_sha256=draw.choice("abc") * 64,
            source_row=row,
        )
        for row in range(200)
    ]


@pytest.mark.parametrize("threads", [1, 2])
def test_posts_are_the_same_for_any_order_of_rows_and_number_of_threads(threads):
    readings = many_readings()
    shuffled = random.Random(8).sample(readings, len(readings))
    posts = resolved(readings)
    assert len(posts) == 72
    assert resolved(shuffled, threads=threads) == posts
