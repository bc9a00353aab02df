"""Who is credited for a post, and which posts repeat another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.post_cases import (
    NOON,
    a_reading,
    a_table,
    an_edition,
    names_of,
    owners_of,
    resolved,
)

from tolok.methodology.edition import Attribution, Scoring
from tolok.model import ORIGINS, Window
from tolok.store.schema import ACCOUNT_NAMES, OWNERSHIP

OWNER = an_edition(attribution=Attribution(collab="owner"))


def credited(posts):
    return [(post["post_id"], post["institution_id"], post["account_id"]) for post in posts]


def test_platform_that_the_edition_does_not_list_is_left_out():
    accounts = {"tiktok:@a": "a"}
    reading = a_reading(platform="tiktok", account_id="tiktok:@a", reaction_count=5)
    assert resolved([reading], names=names_of(accounts), owners=owners_of(accounts)) == []


def test_account_is_known_by_all_its_names_and_unknown_ones_are_left_out():
    names = a_table(
        ACCOUNT_NAMES,
        [
            {"name": "instagram:@old", "account_id": "instagram:@a"},
            {"name": "instagram:7", "account_id": "instagram:@a"},
            {"name": "instagram:@a", "account_id": "instagram:@a"},
        ],
    )
    readings = [
        a_reading(account_id=name, post_id=str(at), reaction_count=1)
        for at, name in enumerate(["instagram:@old", "instagram:7", "instagram:@stranger"])
    ]
    again = a_reading(account_id="instagram:7", post_id="0", reaction_count=1)
    posts = resolved([*readings, again], names=names)
    assert credited(posts) == [("0", "a", "instagram:@a"), ("1", "a", "instagram:@a")]
    assert [post["is_joint"] for post in posts] == [False, False]


def test_joint_post_is_credited_to_every_author():
    posts = resolved(
        [a_reading(co_account_ids=["instagram:@b"], reaction_count=5, comment_count=0)]
    )
    assert credited(posts) == [("1", "a", "instagram:@a"), ("1", "b", "instagram:@b")]
    assert [(post["is_joint"], post["interaction_count"]) for post in posts] == [(True, 5)] * 2


def test_joint_post_that_each_author_exported_is_credited_once_each():
    readings = [
        a_reading(reaction_count=5, source_sha256="a" * 64),
        a_reading(account_id="instagram:@b", reaction_count=5, source_sha256="b" * 64),
        a_reading(
            30.0, account_id="instagram:@b", reaction_count=8, co_account_ids=["instagram:@a"]
        ),
    ]
    assert credited(resolved(readings)) == [("1", "a", "instagram:@a"), ("1", "b", "instagram:@b")]


def test_joint_post_is_credited_to_its_owner_alone_under_that_rule():
    posts = resolved([a_reading(co_account_ids=["instagram:@b"], reaction_count=5)], OWNER)
    assert credited(posts) == [("1", "a", "instagram:@a")]
    assert [post["is_joint"] for post in posts] == [True]


@pytest.mark.parametrize("reader", ["instagram:@a", "instagram:@b"])
def test_two_accounts_of_one_institution_are_credited_once(reader):
    owners = owners_of({"instagram:@a": "a", "instagram:@b": "a"})
    (other,) = {"instagram:@a", "instagram:@b"} - {reader}
    reading = a_reading(account_id=reader, co_account_ids=[other], reaction_count=5)
    assert credited(resolved([reading], owners=owners)) == [("1", "a", reader)]


@pytest.mark.parametrize("edition", [None, OWNER])
def test_author_whom_the_registry_does_not_know_is_passed_over(edition):
    posts = resolved([a_reading(co_account_ids=["instagram:@x"], reaction_count=5)], edition)
    assert credited(posts) == [("1", "a", "instagram:@a")]
    assert [post["is_joint"] for post in posts] == [True]


def test_author_who_does_not_count_is_passed_over():
    owners = owners_of({"instagram:@b": "b"})
    posts = resolved([a_reading(co_account_ids=["instagram:@b"], reaction_count=5)], owners=owners)
    assert credited(posts) == [("1", "b", "instagram:@b")]


def test_list_without_other_authors_makes_no_joint_post():
    (post,) = resolved([a_reading(co_account_ids=[], reaction_count=5)])
    assert post["is_joint"] is False


def test_ownership_is_half_open():
    spans = [("a", date.min, date(2025, 3, 3)), ("b", date(2025, 3, 3), date(2025, 3, 4))]
    owners = a_table(
        OWNERSHIP,
        [
            {
                "account_id": "instagram:@a",
                "institution_id": owner,
                "valid_from": first,
                "valid_to": end,
            }
            for owner, first, end in spans
        ],
    )
    readings = [
        a_reading(post_id=str(day), published_at=NOON + timedelta(days=day), reaction_count=1)
        for day in (-1, 0, 1)
    ]
    posts = resolved(readings, owners=owners)
    assert [(post["post_id"], post["institution_id"]) for post in posts] == [
        ("-1", "a"),
        ("0", "b"),
    ]


def test_account_without_an_owner_is_not_credited():
    assert resolved([a_reading()], owners=owners_of({"instagram:@b": "b"})) == []


def test_window_is_half_open_in_the_editions_zone():
    edition = an_edition(window=Window(date(2025, 3, 1), date(2025, 4, 1), "Asia/Jakarta"))
    instants = [  # Jakarta is seven hours ahead
        datetime(2025, 2, 28, 16, 59, 59, tzinfo=UTC),
        datetime(2025, 2, 28, 17, 0, tzinfo=UTC),
        datetime(2025, 3, 31, 16, 59, 59, tzinfo=UTC),
        datetime(2025, 3, 31, 17, 0, tzinfo=UTC),
    ]
    readings = [
        a_reading(post_id=str(at), published_at=instant, reaction_count=1)
        for at, instant in enumerate(instants)
    ]
    assert [post["post_id"] for post in resolved(readings, edition)] == ["1", "2"]


def copies(texts, edition=None):
    """The marks of posts given as (day, platform, institution's letter, text)."""
    readings = [
        a_reading(
            post_id=f"{at:02}",
            platform=platform,
            account_id=f"{platform}:@{letter}",
            published_at=NOON + timedelta(days=day),
            text_hash=text,
            **more,
        )
        for at, (day, platform, letter, text, *rest) in enumerate(texts)
        for more in (rest or [{}])
    ]
    rows = sorted(resolved(readings, edition), key=lambda row: row["post_id"])
    return [(row["is_copy"], row["is_cross_copy"]) for row in rows]


WEEK_END = datetime(2025, 3, 9, 17, 30, tzinfo=UTC)  # Monday, half past midnight in Jakarta
FRESH, CROSS, COPY = (False, False), (False, True), (True, True)


COPIES = [  # day after Monday, platform, institution's letter and text; and the marks
    ([(0, "instagram", "a", "t"), (6, "instagram", "a", "t")], [FRESH, COPY]),
    ([(0, "instagram", "a", "t"), (7, "instagram", "a", "t")], [FRESH, FRESH]),
    ([(6, "instagram", "a", "t"), (7, "instagram", "a", "t")], [FRESH, FRESH]),  # Sunday, Monday
    ([(day, "instagram", "a", "t") for day in (0, 1, 6, 7, 13)], [FRESH, COPY, COPY, FRESH, COPY]),
    ([(0, "instagram", "a", "t"), (1, "x", "a", "t")], [FRESH, CROSS]),
    ([(0, "x", "a", "t"), (0, "instagram", "a", "t")], [CROSS, FRESH]),  # by name of platform
    (
        [(0, "instagram", "a", "t"), (1, "x", "a", "t"), (2, "instagram", "a", "t")],
        [FRESH, CROSS, COPY],
    ),
    (
        [(0, "instagram", "a", "t"), (1, "x", "a", "t"), (7, "x", "a", "t")],
        [FRESH, CROSS, FRESH],
    ),
    ([(0, "instagram", "a", "t"), (1, "instagram", "b", "t")], [FRESH, FRESH]),
    ([(0, "instagram", "a", "t"), (1, "instagram", "a", "u")], [FRESH, FRESH]),
    ([(0, "instagram", "a", None), (1, "instagram", "a", None)], [FRESH, FRESH]),
]


@pytest.mark.parametrize(("texts", "marks"), COPIES)
def test_text_that_the_institution_repeats_in_a_week_is_a_copy(texts, marks):
    assert copies(texts) == marks


def test_week_of_a_copy_is_that_of_the_editions_zone():
    sunday_night = a_reading(post_id="1", published_at=WEEK_END, text_hash="t")
    late_monday = a_reading(post_id="2", published_at=NOON + timedelta(days=7), text_hash="t")
    sunday = a_reading(post_id="0", published_at=WEEK_END - timedelta(hours=3), text_hash="t")
    posts = resolved([sunday, sunday_night, late_monday])
    assert [post["is_copy"] for post in posts] == [False, False, True]


def test_repost_is_neither_an_own_post_nor_the_source_of_a_copy():
    texts = [
        (0, "instagram", "a", "t", {"origin": "repost"}),
        (1, "instagram", "a", "t"),
        (2, "instagram", "a", "t", {"origin": "reply"}),
        (3, "instagram", "a", "t", {"origin": "quote"}),
    ]
    assert copies(texts) == [FRESH, FRESH, FRESH, COPY]


@pytest.mark.parametrize(
    ("copy_days", "marks"),
    [
        (1, [FRESH, FRESH, FRESH, FRESH]),
        (2, [FRESH, COPY, FRESH, FRESH]),
        (7, [FRESH, COPY, COPY, FRESH]),
        (14, [FRESH, COPY, COPY, COPY]),
    ],
)
def test_days_in_which_a_text_counts_once_are_the_editions(copy_days, marks):
    texts = [(day, "instagram", "a", "t") for day in (0, 1, 5, 8)]
    edition = an_edition(scoring=Scoring(copy_days=copy_days))
    assert copies(texts, edition) == marks


def test_own_posts_are_originals_and_quotes():
    posts = resolved([a_reading(post_id=origin, origin=origin) for origin in ORIGINS])
    assert {post["post_id"]: post["is_own"] for post in posts} == {
        "original": True,
        "quote": True,
        "reply": False,
        "repost": False,
    }
