"""Posts counted in another way: other worths of a comment and a share, and without giveaways.

Giveaways are few, so they are counted apart: as they are, and as if each had the counts that are
usual for its account. Taken from the whole, or put in their place, they give the other tables.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from sqlglot import exp

from tolok.methodology.metric import Metric
from tolok.metrics.flag_texts import ACCOUNT, GIVEAWAY_POSTS, POST, post_keys
from tolok.metrics.grammar import columns_read, parse
from tolok.metrics.tables import Step, base_table
from tolok.model import COUNTS

INTERACTIONS = "interaction_count"
GIVEAWAYS, AT_MEDIAN = "giveaway_counts", "giveaways_at_median"
_WORTH = {"reaction_count": 0, "comment_count": 1, "share_count": 2}


def interaction_total(
    posts: ir.Table, columns: Mapping[str, tuple[str, ...]], worth: tuple[int, ...] = (1, 1, 1)
) -> ir.IntegerValue:
    """The interactions of a post: the counts that columns.toml names, each times its worth.

    `worth` is that of a reaction, a comment and a share; other counts are worth 1.
    Missing: null where one of the counts is, and on a platform that columns.toml leaves out.
    """
    totals = []
    for platform, names in sorted(columns.items()):
        parts = [posts[name] * (worth[_WORTH[name]] if name in _WORTH else 1) for name in names]
        if parts:
            total = parts[0]
            for part in parts[1:]:
                total += part
            totals.append((posts.platform == platform, total))
    return ibis.cases(*totals).cast("int64") if totals else ibis.null("int64")


def credited_posts() -> ir.Table:
    """The posts as the rules count them, whatever `posts` stands for."""
    return ibis.table(base_table("posts").schema(), name="credited_posts")


def weighted_posts(columns: Mapping[str, tuple[str, ...]], worth: tuple[int, ...]) -> ir.Table:
    """The same posts with their interactions added up in another way."""
    posts = credited_posts()
    return posts.mutate(**{INTERACTIONS: interaction_total(posts, columns, worth)})


def giveaway_steps(posts: ir.Table) -> tuple[Step, Step]:
    """The steps to the giveaways as they are, and with the usual counts of their accounts.

    A usual count is the median over the account's own posts that are neither giveaways nor copies,
    rounded down.  Missing: a count that is unknown stays so, and one that the account's other posts
    do not have becomes unknown.
    """
    giveaways = post_keys(GIVEAWAY_POSTS)
    found = Step(GIVEAWAYS, posts.semi_join(giveaways, POST), is_kept=True)
    others = posts.filter(posts.is_own, ~posts.is_copy).anti_join(giveaways, POST)
    others = others.semi_join(found.table, ACCOUNT)
    counts = (*COUNTS, INTERACTIONS)
    usual = others.group_by(ACCOUNT).aggregate(
        **{f"usual_{name}": others[name].cast("float64").median().floor() for name in counts}
    )
    beside = found.table.left_join(usual, ACCOUNT)
    replaced = {
        name: ibis.cases((beside[name].notnull(), beside[f"usual_{name}"].cast("int64")))
        for name in counts
    }
    at_median = beside.mutate(**replaced).select(*posts.columns)
    return found, Step(AT_MEDIAN, at_median, is_kept=True)


def reads_counts(metric: Metric, columns: tuple[str, ...]) -> bool:
    """Whether a metric is a sum over posts that reads one of these counts.

    What counts distinct days is no sum over posts, and stays as the rules have it.
    """
    parsed = parse(metric)
    if metric.table != "posts" or parsed.find(exp.Distinct):
        return False
    return not columns_read(metric).isdisjoint(columns)
