"""The posts that a juror sees: the best by the award's measure, and a sample of all."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.post_cases import NOON, a_post, a_reading, a_table, an_edition, engine_of

from tolok.methodology.category import Category, Gate, Indicator
from tolok.methodology.jury import Panel
from tolok.metrics.evidence import evidence_steps
from tolok.metrics.tables import sql
from tolok.model import Label
from tolok.store.evidence import EVIDENCE, EVIDENCE_UNITS
from tolok.store.schema import OBSERVATIONS, POSTS

NAME = Label("Nama", "Name")
ALL = Category(
    "all", 1, NAME, NAME, "arithmetic", Gate(),
    (Indicator("engagement", NAME, 1.0, "residual"),),
)  # fmt: skip
VIDEOS = replace(
    ALL,
    name="videos",
    gate=Gate(kinds=("video",)),
    indicators=(
        Indicator("days", NAME, 0.5, "total", metric="active_day_count"),
        Indicator("views", NAME, 0.5, "residual", measure="view_count"),
    ),
)


def shown(  # noqa: PLR0913 -- a table or a rule each
    posts, *, readings=None, categories=(ALL,), start=0, best=6, sample=12, threads=1
):
    """The evidence of posts whose captions are their ids, of institutions in the cluster `all`."""
    edition = replace(an_edition(), jury=Panel(best_posts=best, sample_posts=sample, seed=7))
    if readings is None:
        readings = [a_reading(**key_of(post), text=post["post_id"]) for post in posts]
        readings = [one | {"text_hash": one["text"]} for one in readings]
    units = [
        {"category": one.name, "cluster": "all", "institution_id": name, "start": start}
        for one in categories
        for name in sorted({post["institution_id"] for post in posts})
    ]
    engine = engine_of(threads)
    engine.attach_table("posts", a_table(POSTS, posts))
    engine.attach_table("observations", a_table(OBSERVATIONS, readings))
    engine.attach_table("evidence_units", a_table(EVIDENCE_UNITS, units))
    for name, text in compiled(categories, edition):
        engine.keep(name, text)
    return engine.query(f"SELECT * FROM evidence ORDER BY {', '.join(EVIDENCE.order)}")


_COMPILED: dict[str, list[tuple[str, str]]] = {}


def compiled(categories, edition):
    """Name and SQL of every step; compiling takes long: once a set of rules."""
    key = f"{categories} {edition.jury}"
    if key not in _COMPILED:
        steps = evidence_steps(categories, edition)
        _COMPILED[key] = [(step.name, sql(step.expression)) for step in steps]
    return _COMPILED[key]


def key_of(post):
    return {name: post[name] for name in ("platform", "post_id", "account_id")}


def posts_of(count, first=0, **cells):
    return [a_post(post_id=f"p{first + at:03}", **cells) for at in range(count)]


def part(table, name):
    return [row for row in table.to_pylist() if row["part"] == name]


def ids(table, name):
    return [row["post_id"] for row in part(table, name)]


def test_evidence_has_the_published_columns_with_their_types():
    found = shown(posts_of(3, interaction_count=5)).schema
    assert {field.name: field.type for field in found} == {
        field.name: field.type for field in EVIDENCE.arrow_schema
    }


MARCH, APRIL = date(2025, 3, 3), date(2025, 4, 7)
STRATA = {("image", MARCH): 40, ("image", APRIL): 20, ("text", MARCH): 30, (None, MARCH): 30}


def stratified():
    posts: list[dict] = []
    for (kind, day), count in STRATA.items():
        posts += posts_of(count, len(posts), kind=kind, published_on=day)
    return posts


def test_sample_holds_every_kind_and_month_by_its_share():
    drawn = part(shown(stratified()), "sample")
    assert Counter((row["kind"], row["published_on"]) for row in drawn) == {
        ("image", MARCH): 4,
        ("image", APRIL): 2,
        ("text", MARCH): 3,
        ("", MARCH): 3,
    }


@pytest.mark.parametrize("start", [0, 1, 5, 57, 119, 2**52 - 1])
def test_share_of_a_stratum_is_off_by_less_than_one_post(start):
    posts = stratified()[3:-4]
    whole = Counter((row["kind"] or "", row["published_on"]) for row in posts)
    drawn = Counter(
        (row["kind"], row["published_on"]) for row in part(shown(posts, start=start), "sample")
    )
    assert drawn.total() == 12
    assert all(abs(drawn[one] - 12 * n / len(posts)) < 1 for one, n in whole.items())


def test_every_post_is_drawn_equally_often_over_all_starts():
    posts = posts_of(5) + posts_of(2, 5, kind="text")
    drawn = Counter(
        name for start in range(7) for name in ids(shown(posts, start=start, sample=3), "sample")
    )
    assert drawn == {post["post_id"]: 3 for post in posts}


def test_all_posts_are_the_sample_where_there_are_no_more():
    assert sorted(ids(shown(posts_of(12)), "sample")) == [f"p{at:03}" for at in range(12)]
    assert len(ids(shown(posts_of(13)), "sample")) == 12


def test_sample_is_of_own_posts_of_the_kinds_in_which_copies_are_too():
    posts = [
        a_post(post_id="video", kind="video", is_copy=True),
        a_post(post_id="quote", kind="video", origin="quote"),
        a_post(post_id="image"),
        a_post(post_id="repost", kind="video", is_own=False, origin="repost"),
    ]
    assert sorted(ids(shown(posts, categories=(VIDEOS,)), "sample")) == ["quote", "video"]


def test_evidence_depends_neither_on_the_order_of_rows_nor_on_threads():
    posts = [
        post | {"interaction_count": at * 7919 % 101, "institution_id": "ab"[at % 2]}
        for at, post in enumerate(stratified())
    ]
    first = shown(posts, categories=(ALL, VIDEOS))
    mixed = random.Random(1).sample(posts, len(posts))
    assert shown(mixed, categories=(ALL, VIDEOS), threads=4).equals(first)


def test_sample_does_not_depend_on_counts():
    posts = stratified()
    counted = [post | {"interaction_count": at} for at, post in enumerate(posts)]
    assert ids(shown(counted), "sample") == ids(shown(posts), "sample")


def test_best_posts_are_those_farthest_above_what_is_usual_on_their_platform():
    rows = {  # usual are 100 on Instagram and 10 on X: 101/101, 401/101, 31/11, 66/11 and so on
        ("instagram", "i1"): 100, ("instagram", "i2"): 400, ("instagram", "i3"): 50,
        ("x", "x1"): 10, ("x", "x2"): 30, ("x", "x3"): 65, ("x", "x4"): 1, ("x", "x5"): 2,
    }  # fmt: skip
    posts = [
        a_post(platform=platform, post_id=name, interaction_count=count)
        for (platform, name), count in rows.items()
    ]
    found = shown(posts, best=4)
    assert ids(found, "best") == ["x3", "i2", "x2", "i1"]
    assert [row["place"] for row in part(found, "best")] == [1, 2, 3, 4]


@pytest.mark.parametrize("known", [1.0, 0.6, 0.05])
def test_best_of_many_weeks_are_those_of_all_posts(known):
    draw = random.Random(5)
    posts = [
        a_post(
            post_id=f"{at:03}",
            week_on=MARCH + timedelta(weeks=at % 20),
            kind="video",
            view_count=draw.randrange(60) if draw.random() < known else None,
            interaction_count=draw.randrange(60) if draw.random() < 0.8 else None,
        )
        for at in range(300)
    ]

    def place(post):
        views, interactions = (
            -1 if post[name] is None else post[name] for name in ("view_count", "interaction_count")
        )
        return (-views, -interactions, post["post_id"])

    best = [post["post_id"] for post in sorted(posts, key=place)][:3]
    assert ids(shown(posts, categories=(VIDEOS,), best=3), "best") == best


def test_edition_that_shows_no_posts_has_no_evidence():
    assert shown(posts_of(30, interaction_count=1), best=0, sample=0).num_rows == 0


def test_what_is_usual_is_that_of_the_whole_cluster():
    rows = [("a", "x", 20), ("a", "instagram", 90), ("b", "x", 2), ("b", "x", 2)]
    rows += [("b", "instagram", 90), ("b", "instagram", 90)]
    posts = [
        a_post(institution_id=owner, platform=platform, post_id=f"{at}", interaction_count=count)
        for at, (owner, platform, count) in enumerate(rows)
    ]
    best = part(shown(posts, best=1), "best")
    assert [(row["institution_id"], row["post_id"]) for row in best] == [("a", "0"), ("b", "4")]


def test_best_posts_are_original_and_no_copies_and_of_known_counts():
    posts = [
        a_post(post_id="plain", interaction_count=1),
        a_post(post_id="copy", interaction_count=9, is_copy=True),
        a_post(post_id="quote", interaction_count=9, origin="quote"),
        a_post(post_id="foreign", interaction_count=9, is_own=False),
        a_post(post_id="hidden", interaction_count=None),
    ]
    assert ids(shown(posts), "best") == ["plain"]


def test_one_caption_is_shown_once_among_the_best():
    posts = [
        a_post(post_id=f"{at}", platform=platform, interaction_count=count)
        for at, (platform, count) in enumerate([("x", 50), ("instagram", 90), ("x", 5), ("x", 5)])
    ]
    readings = [
        a_reading(**key_of(post), text="Satu", text_hash="satu" if post["post_id"] < "2" else None)
        for post in posts
    ]
    assert ids(shown(posts, readings=readings, best=3), "best") == ["0", "2", "3"]


def test_measure_and_kinds_are_those_of_the_award():
    posts = [
        a_post(post_id="seen", kind="video", view_count=900, interaction_count=1),
        a_post(post_id="liked", kind="video", view_count=10, interaction_count=99),
        a_post(post_id="unseen", kind="video", view_count=None, interaction_count=500),
        a_post(post_id="image", view_count=9_000, interaction_count=9_000),
    ]
    assert (VIDEOS.measure, VIDEOS.kinds) == ("view_count", ("video",))
    assert ids(shown(posts, categories=(VIDEOS,)), "best") == ["seen", "liked", "unseen"]


def test_caption_is_the_last_that_was_read_and_other_authors_are_named():
    readings = [
        a_reading(14.0, text="Awal", co_account_ids=["instagram:@b"]),
        a_reading(20.0, text="Diperbaiki"),
        a_reading(30.0, text=None),
    ]
    (row,) = part(shown([a_post(reaction_count=3)], readings=readings), "sample")
    assert (row["text"], row["co_account_ids"], row["reaction_count"]) == (
        "Diperbaiki",
        ["instagram:@b"],
        3,
    )


def test_post_without_a_caption_has_an_empty_one_and_keeps_its_instant():
    (row,) = part(shown([a_post(url=None)], readings=[a_reading()]), "sample")
    assert (row["text"], row["url"], row["published_at"]) == ("", "", NOON)
    assert isinstance(row["published_at"], datetime)
    assert NOON - row["published_at"] == timedelta(0)
