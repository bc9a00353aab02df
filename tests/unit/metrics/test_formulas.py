"""The sums that published formulas are made of, against sums made post by post."""

import random
from datetime import date
from fractions import Fraction

import pytest
from tests.post_cases import a_post, a_table, engine_of, owners_of

from tolok.methodology.formula import BASES
from tolok.metrics.formulas import formula_audience, formula_sums, run_formula_sums
from tolok.metrics.tables import sql
from tolok.store.formulas import FORMULA_AUDIENCE, FORMULA_SUMS
from tolok.store.schema import AUDIENCE_DAYS, OWNERSHIP, POSTS


def sums_of(posts, threads=1):
    """The sums by (account, kind, basis)."""
    engine = engine_of(threads)
    engine.attach_table("posts", a_table(POSTS, posts))
    table = run_formula_sums(engine, BASES)
    assert table.schema == FORMULA_SUMS.arrow_schema
    return {(r["account_id"], r["kind"], r["basis"]): r for r in table.to_pylist()}


def audience_of(days, owners):
    engine = engine_of(1)
    engine.attach_table("audience_days", a_table(AUDIENCE_DAYS, days))
    engine.attach_table("ownership", owners)
    table = engine.query(sql(formula_audience()))
    assert table.cast(FORMULA_AUDIENCE.arrow_schema).schema == FORMULA_AUDIENCE.arrow_schema
    return table.to_pylist()


def cells(row, *names):
    return tuple(row[name] for name in names)


def test_each_basis_counts_what_its_platform_shows():
    counts = {"reaction_count": 5, "comment_count": 3, "share_count": 2, "save_count": 7}
    found = sums_of(
        [
            a_post(post_id="1", **counts),
            a_post(post_id="2", account_id="x:@a", platform="x", **counts),
            a_post(post_id="3", account_id="tiktok:@a", platform="tiktok", **counts),
        ]
    )
    totals = {
        account: {basis: found[f"{account}:@a", "image", basis]["total"] for basis in BASES}
        for account in ("instagram", "x", "tiktok")
    }
    assert totals == {
        "instagram": {
            "public": 8, "crowdtangle": 8, "socialinsider": 8,
            "reactions": 5, "comments": 3, "shares": 0,
        },
        "x": {
            "public": 10, "crowdtangle": 7, "socialinsider": 10,
            "reactions": 5, "comments": 3, "shares": 2,
        },
        "tiktok": {
            "public": 10, "crowdtangle": 0, "socialinsider": 17,
            "reactions": 5, "comments": 3, "shares": 2,
        },
    }  # fmt: skip
    assert found["instagram:@a", "image", "shares"]["known_count"] == 0
    assert found["tiktok:@a", "image", "crowdtangle"]["known_count"] == 0


def test_unknown_count_is_no_zero():
    found = sums_of(
        [
            a_post(post_id="1", reaction_count=4, comment_count=0),
            a_post(post_id="2", reaction_count=None, comment_count=6),
            a_post(post_id="3", reaction_count=0, comment_count=0),
        ]
    )
    names = ("post_count", "known_count", "total", "with_one_count")
    assert cells(found["instagram:@a", "image", "public"], *names) == (3, 2, 4, 1)
    assert cells(found["instagram:@a", "image", "comments"], *names) == (3, 3, 6, 1)


def test_reposts_are_left_out_and_copies_are_told_apart():
    known = {"reaction_count": 1, "comment_count": 1}
    found = sums_of(
        [
            a_post(post_id="1", **known),
            a_post(post_id="2", is_copy=True, **known),
            a_post(post_id="3", is_own=False, **known),
            a_post(post_id="4", kind=None, **known),
        ]
    )
    names = ("post_count", "clean_post_count", "total")
    assert cells(found["instagram:@a", "image", "public"], *names) == (2, 1, 4)
    assert cells(found["instagram:@a", "", "public"], *names) == (1, 1, 2)


def test_rates_take_the_followers_of_the_day_and_leave_out_who_has_none():
    known = {"comment_count": 0, "view_count": 50}
    found = sums_of(
        [
            a_post(post_id="1", reaction_count=4, posting_follower_count=16, **known),
            a_post(post_id="2", reaction_count=8, posting_follower_count=64, **known),
            a_post(post_id="3", reaction_count=8, posting_follower_count=0, **known),
            a_post(post_id="4", reaction_count=8, posting_follower_count=None, **known),
            a_post(post_id="5", reaction_count=None, posting_follower_count=32, **known),
            a_post(
                post_id="6", reaction_count=1, comment_count=0, view_count=0,
                posting_follower_count=8,
            ),
        ]
    )  # fmt: skip
    row = found["instagram:@a", "image", "public"]
    assert cells(row, "rated_count", "rated_total", "rated_followers") == (3, 13, 88)
    assert row["rate_sum"] == 0.5
    assert row["viewed_followers"] == 80
    assert row["view_rate_sum"] == pytest.approx(4 * 16 / 50 + 8 * 64 / 50, abs=2**-32)


def test_sums_are_those_of_single_posts_whatever_their_order_and_the_threads():
    draw = random.Random(7)
    posts = [
        a_post(
            post_id=str(n),
            kind=draw.choice(["image", "video"]),
            reaction_count=draw.choice([None, draw.randrange(10**6)]),
            comment_count=draw.randrange(1000),
            posting_follower_count=draw.choice([None, 3, 10**8]),
        )
        for n in range(500)
    ]
    known = [
        post for post in posts
        if post["kind"] == "image" and None not in
        (post["reaction_count"], post["posting_follower_count"])
    ]  # fmt: skip
    exact = sum(
        Fraction(post["reaction_count"] + post["comment_count"], post["posting_follower_count"])
        for post in known
    )
    found = sums_of(posts)
    row = found["instagram:@a", "image", "public"]
    assert row["rated_count"] == len(known)
    assert abs(row["rate_sum"] - exact) <= len(known) * 2**-33 + 1e-12 * exact
    draw.shuffle(posts)
    assert sums_of(posts, threads=2) == found


def test_rate_of_a_huge_post_overflows_nothing():
    row = sums_of(
        [
            a_post(
                post_id=str(n), reaction_count=2**52, comment_count=0, view_count=1,
                posting_follower_count=1,
            )
            for n in range(3)
        ]
    )["instagram:@a", "image", "public"]  # fmt: skip
    assert row["rate_sum"] == 3 * 2.0**52


def test_followers_are_those_of_the_days_of_ownership():
    days = [
        {"account_id": "x:@a", "published_on": date(2025, 1, day), "posting_follower_count": day}
        for day in range(1, 11)
    ]
    spans = [("x:@a", "a", date(2025, 1, 1), date(2025, 1, 5)),
             ("x:@a", "b", date(2025, 1, 5), date.max)]  # fmt: skip
    owners = a_table(OWNERSHIP, [dict(zip(OWNERSHIP.names, span, strict=True)) for span in spans])
    assert audience_of(days, owners) == [
        {
            "institution_id": "a", "account_id": "x:@a", "day_count": 4,
            "follower_mean": 2.5, "follower_first": 1, "follower_last": 4,
        },
        {
            "institution_id": "b", "account_id": "x:@a", "day_count": 6,
            "follower_mean": 7.5, "follower_first": 5, "follower_last": 10,
        },
    ]  # fmt: skip


def test_account_without_readings_has_no_followers():
    assert audience_of([], owners_of({"x:@a": "a"})) == []


def test_sums_do_not_grow_with_the_posts():
    posts = [a_post(post_id=str(n), reaction_count=n, comment_count=1) for n in range(50)]
    engine = engine_of(1)
    engine.attach_table("posts", a_table(POSTS, posts))
    assert engine.query(sql(formula_sums(BASES))).num_rows == 1
