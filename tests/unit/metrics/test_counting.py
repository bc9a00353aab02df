"""Posts counted in another way: worths of interactions, and giveaways apart."""

import pyarrow as pa
import pytest
from tests.post_cases import COLUMNS, a_post, a_table, engine_of

from tolok.methodology.metric import Metric
from tolok.metrics.counting import (
    credited_posts,
    giveaway_steps,
    interaction_total,
    reads_counts,
    weighted_posts,
)
from tolok.metrics.tables import base_table, sql
from tolok.model import Label
from tolok.store.schema import BASE_TABLES

COUNTED = {"reaction_count": 10, "comment_count": 4, "share_count": 3, "view_count": 500}


def totals(posts, worth=(1, 1, 1), columns=COLUMNS):
    engine = engine_of(1)
    engine.attach_table("credited_posts", a_table(BASE_TABLES["posts"], posts))
    rows = engine.query(sql(weighted_posts(columns, worth).order_by("post_id"))).to_pylist()
    return [row["interaction_count"] for row in rows]


def test_total_adds_the_counts_of_the_platform_by_their_worth():
    posts = [
        a_post(post_id="1", platform="instagram", **COUNTED),
        a_post(post_id="2", platform="x", **COUNTED),
        a_post(post_id="3", platform="web", **COUNTED),
    ]
    assert totals(posts) == [14, 17, None]
    assert totals(posts, (1, 2, 3)) == [18, 27, None]
    assert totals(posts, (0, 1, 0)) == [4, 4, None]


def test_total_is_unknown_where_a_count_is():
    assert totals([a_post(platform="x", **COUNTED | {"share_count": None})], (1, 2, 3)) == [None]


def test_other_counts_are_worth_one():
    columns = {"instagram": ("comment_count", "view_count")}
    assert totals([a_post(**COUNTED)], (9, 2, 9), columns) == [508]


def test_edition_without_interactions_has_no_total():
    assert totals([a_post(**COUNTED)], columns={}) == [None]
    assert interaction_total(credited_posts(), {"x": ()}).type().is_integer()


def at_median(posts, giveaways):
    """The counts of the giveaways as they are, and with the usual ones of their accounts."""
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], posts))
    keys = [{"platform": "instagram", "post_id": post} for post in giveaways]
    schema = pa.schema([("platform", pa.string()), ("post_id", pa.string())])
    engine.attach_table("giveaway_posts", pa.Table.from_pylist(keys, schema))
    found = []
    for step in giveaway_steps(base_table("posts")):
        engine.keep(step.name, sql(step.expression))
        rows = engine.query(sql(step.table.order_by("post_id"))).to_pylist()
        found.append(
            {r["post_id"]: (r["interaction_count"], r["view_count"], r["url"]) for r in rows}
        )
    return found


def counted(post, interactions, views=None, **rest):
    return a_post(
        post_id=post, interaction_count=interactions, view_count=views, url=f"u{post}", **rest
    )


def test_giveaway_at_median_has_the_usual_counts_of_its_account_rounded_down():
    posts = [
        *(counted(f"p{n}", n, 10 * n) for n in (1, 4, 7, 8)),
        counted("copy", 900, is_copy=True),
        counted("repost", 900, is_own=False),
        counted("prize", 5000, 9000),
        counted("hidden", None, 9000),
        counted("other", 77, account_id="instagram:@b", institution_id="b"),
    ]
    as_it_is, usual = at_median(posts, ["prize", "hidden", "elsewhere"])
    assert as_it_is == {"prize": (5000, 9000, "uprize"), "hidden": (None, 9000, "uhidden")}
    assert usual == {"prize": (5, 55, "uprize"), "hidden": (None, 55, "uhidden")}


def test_account_of_giveaways_alone_has_no_usual_counts():
    assert at_median([counted("prize", 5)], ["prize"])[1] == {"prize": (None, None, "uprize")}


def test_without_a_giveaway_there_is_nothing_to_count():
    assert at_median([counted("p", 5)], []) == [{}, {}]


@pytest.mark.parametrize(
    ("text", "table", "reads"),
    [
        ("SUM(interaction_count)", "posts", True),
        ("COUNT(*) FILTER (WHERE interaction_count > 100)", "posts", True),
        ("COUNT(*) FILTER (WHERE is_own)", "posts", False),
        ("SUM(share_count)", "posts", False),
        ("COUNT(DISTINCT published_on) FILTER (WHERE interaction_count > 0)", "posts", False),
        ("SUM(post_count)", "days", False),
    ],
)
def test_metric_changes_with_counts_that_it_adds_up(text, table, reads):
    metric = Metric("m", Label("", ""), "", text, table, "account", True, "", Label("", ""))
    assert reads_counts(metric, ("interaction_count",)) is reads
