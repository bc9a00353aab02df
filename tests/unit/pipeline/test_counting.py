"""Weekly tables counted in another way, made by the engine from single posts."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from tests.post_cases import COLUMNS, a_post, a_reading, a_table, an_edition
from tests.scoring_cases import category, indicator

from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import PLAIN
from tolok.metrics.run import run_weekly_metrics
from tolok.metrics.tables import sql
from tolok.metrics.weekly import kind_counts
from tolok.model import Institution, Label
from tolok.pipeline.counting import counted_parts
from tolok.pipeline.panel import WeeklyTables, panel_of
from tolok.pipeline.weekly import make_histograms, scored_metrics
from tolok.scoring.counting import Counting, Part
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.schema import AUDIENCE, BASE_TABLES, OBSERVATIONS

SUMS = {
    "interactions": "SUM(interaction_count) FILTER (WHERE is_own)",
    "shares": "SUM(comment_count) FILTER (WHERE is_own)",
    "posts": "COUNT(*) FILTER (WHERE is_own)",
}
METRICS = {
    name: Metric(name, Label("", ""), "", text, "posts", "account", True, "", Label("", ""))
    for name, text in SUMS.items()
}
RULES = Rules(
    an_edition(),
    COLUMNS,
    METRICS,
    (category(indicator(), *(indicator(name, "total", metric=name) for name in SUMS)),),
)
A, B = "instagram:@a", "instagram:@b"


def drawn(size=300):
    """Posts of two accounts, some of them giveaways; the readings that hold their captions."""
    rng = np.random.default_rng(7)
    posts, readings = [], []
    for place in range(size):
        reactions = int(rng.integers(0, 80)) if rng.random() < 0.9 else None
        comments = int(rng.integers(0, 80))
        is_prize = bool(rng.random() < 0.2)
        posts.append(
            a_post(
                post_id=str(place),
                account_id=(A, B)[place % 2],
                institution_id="ab"[place % 2],
                kind=("image", "video", None)[place % 3],
                published_on=date(2025, 3, 3) + timedelta(days=place % 21),
                week_on=date(2025, 3, 3) + timedelta(days=place % 21 // 7 * 7),
                is_copy=place % 11 == 0,
                interaction_count=None if reactions is None else reactions + comments,
                reaction_count=reactions,
                comment_count=comments,
            )
        )
        text = "Ikut kuis dan menang hadiah" if is_prize else "Rapat kerja"
        readings.append(a_reading(post_id=str(place), text=text))
    prizes = np.array([reading["text"].startswith("Ikut") for reading in readings])
    return posts, readings, prizes


def engine_with(posts, readings):
    engine = DuckDb(DuckDbSettings(threads=1))  # `posts` is a query here, elsewhere a table
    engine.attach_table("credited_posts", a_table(BASE_TABLES["posts"], posts))
    engine.define("posts", "SELECT * FROM credited_posts")
    engine.attach_table("observations", a_table(OBSERVATIONS, readings))
    return engine


def panel_from(posts, readings, *, counted=True):
    engine = engine_with(posts, readings)
    tables = WeeklyTables(
        metrics=run_weekly_metrics(engine, scored_metrics(RULES)),
        histograms=make_histograms(engine, RULES),
        kinds=engine.query(sql(kind_counts())),
        audience=AUDIENCE.arrow_schema.empty_table(),
        counted=counted_parts(engine, RULES) if counted else {},
    )
    listed = [Institution(one, one, one, "all") for one in "ab"]
    return panel_of(tables, listed, {"a", "b"}, RULES)


def contents(panel):
    """Every number of a panel's counts."""
    bins = panel.bins("interaction_count", ())
    names = ("account", "bin", "cell", "week", "post_count", "log_sum")
    sums = {name: np.nan_to_num(counts).tolist() for name, counts in panel.account_counts.items()}
    return {name: getattr(bins, name).tolist() for name in names} | sums


def with_sum(post, worth=(1, 1), counts=None):
    """A post whose interactions are added up anew, with other counts if given."""
    post = post | (counts or {})
    parts = post["reaction_count"], post["comment_count"]
    known = None not in parts
    total = parts[0] * worth[0] + parts[1] * worth[1] if known else None
    return post | {"interaction_count": total}


def test_dropped_giveaways_are_those_of_an_edition_without_them():
    posts, readings, is_prize = drawn()
    panel = panel_from(posts, readings).under(Counting(PLAIN, "dropped"))
    kept = [post for post, is_out in zip(posts, is_prize, strict=True) if not is_out]
    expected = contents(panel_from(kept, readings, counted=False))
    # what is asked of posts, not of their counts, stays a matter of all
    posts_of_all = contents(panel_from(posts, readings, counted=False))["posts"]
    assert contents(panel) == expected | {"posts": posts_of_all}


def test_weighted_interactions_are_those_of_an_edition_that_adds_them_up_so():
    posts, readings, _ = drawn()
    panel = panel_from(posts, readings).under(Counting("1,2,3"))
    weighted = [with_sum(post, (1, 2)) for post in posts]
    assert contents(panel) == contents(panel_from(weighted, readings, counted=False))


def test_giveaways_at_median_have_the_lower_middle_of_the_other_posts():
    posts, readings, is_prize = drawn()
    panel = panel_from(posts, readings).under(Counting("1,2,3", "median"))
    weighted = [with_sum(post, (1, 2)) for post in posts]
    usual = {}
    names = ("reaction_count", "comment_count", "interaction_count")
    for account in (A, B):
        others = [
            post
            for post, is_out in zip(weighted, is_prize, strict=True)
            if post["account_id"] == account and not is_out and not post["is_copy"]
        ]
        usual[account] = {
            name: int(np.floor(np.median([p[name] for p in others if p[name] is not None])))
            for name in names
        }
    changed = [
        post | {name: v for name, v in usual[post["account_id"]].items() if post[name] is not None}
        if is_out
        else post
        for post, is_out in zip(weighted, is_prize, strict=True)
    ]
    assert contents(panel) == contents(panel_from(changed, readings, counted=False))


def test_edition_without_giveaways_has_weights_alone():
    posts, readings, _ = drawn(40)
    plain = [reading | {"text": "Rapat"} for reading in readings]
    engine = engine_with(posts, plain)
    assert list(counted_parts(engine, RULES)) == [Part("1,2,3", "all")]


def test_posts_are_as_the_rules_count_them_afterwards():
    posts, readings, _ = drawn(40)
    engine = engine_with(posts, readings)
    counted_parts(engine, RULES)
    assert engine.query("SELECT * FROM posts ORDER BY post_id") == engine.query(
        "SELECT * FROM credited_posts ORDER BY post_id"
    )
    doubt = replace(RULES.edition.uncertainty, interaction_weights=(PLAIN,))
    rules = replace(RULES, edition=replace(RULES.edition, uncertainty=doubt))
    assert [part.interaction_weights for part in counted_parts(engine, rules)] == [PLAIN, PLAIN]
