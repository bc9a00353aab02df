"""Sums without the posts left out, and accounts in a sorted table."""

import numpy as np
import pyarrow as pa
import pytest
from tests.post_cases import a_post, a_table, an_edition, engine_of

from tolok.methodology.rules import Rules
from tolok.metrics import weekly
from tolok.metrics.tables import sql
from tolok.pipeline.flags import _grouped, _less, _shares
from tolok.store.schema import BASE_TABLES


def histogram_of(posts):
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], posts))
    return engine.query(sql(weekly.histogram("interaction_count")))


def test_histogram_less_that_of_some_posts_is_that_of_the_others():
    rng = np.random.default_rng(5)
    posts = [
        a_post(
            post_id=str(place),
            account_id=("instagram:@a", "instagram:@b")[place % 2],
            kind=("image", "video", None)[place % 3],
            interaction_count=int(count),
        )
        for place, count in enumerate(rng.integers(0, 60, 200))
    ]
    out = rng.random(200) < 0.3
    left_out = [post for post, is_out in zip(posts, out, strict=True) if is_out]
    kept = [post for post, is_out in zip(posts, out, strict=True) if not is_out]
    assert _less(histogram_of(posts), histogram_of(left_out)) == histogram_of(kept)
    assert _less(histogram_of(posts), histogram_of(posts)).num_rows == 0
    assert _less(histogram_of(posts), histogram_of([])) == histogram_of(posts)


def test_rows_of_an_account_stand_together():
    table = pa.table(
        {
            "institution_id": ["a", "a", "a", "b", "b"],
            "account_id": ["x", "x", "y", "y", "y"],
            "platform": ["p"] * 5,
        }
    )
    accounts, place = _grouped(table)
    assert accounts == [("a", "x", "p"), ("a", "y", "p"), ("b", "y", "p")]
    assert place.tolist() == [0, 0, 1, 2, 2]
    assert _grouped(table.slice(0, 0))[0] == []


@pytest.mark.parametrize(
    ("paid", "giveaways", "posts", "raised"),
    [
        (2, 0, 40, []),  # one in twenty is no more than one in twenty
        (3, 0, 40, ["boosted"]),
        (3, 0, 29, []),  # too few posts for a share
        (0, 1, 29, ["giveaway"]),
    ],
)
def test_share_of_posts_is_flagged_above_its_limit(paid, giveaways, posts, raised):
    engine = engine_of(1)
    rows = [a_post(post_id=str(place), is_paid=place < paid) for place in range(posts)]
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], rows))
    schema = pa.schema([("platform", pa.string()), ("post_id", pa.string())])
    for name, count in (("giveaway_posts", giveaways), ("copied_posts", 0)):
        keys = [{"platform": "instagram", "post_id": str(place)} for place in range(count)]
        engine.attach_table(name, pa.Table.from_pylist(keys, schema))
    rules = Rules(an_edition(), {}, {}, ())
    assert [one.flag for one in _shares(engine, rules)] == raised
