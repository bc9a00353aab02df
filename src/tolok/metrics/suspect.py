"""Counts that a tool wrote where it could not see one, found by how often an account shows them.

Hidden likes come as 3, or as 0, from some tools: on many posts of an account, one and the same.
"""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Suspect
from tolok.metrics.tables import Step, lookup_table
from tolok.store.schema import SUSPECT_COUNTS

TINY = 5
"""Counts from 0 to this one can stand for a hidden count."""
_BEYOND_CHANCE = 2
"""From here on no account shows one count alone. Many an honest one has no reaction, or its own."""


def suspect_steps(chosen: Step, rules: Suspect) -> tuple[Step, ...]:
    """The chain whose last gives the tiny counts that are set aside, as SUSPECT_COUNTS has them.

    One pass over the posts; their counts are looked at again only for accounts that stand out.
    """
    small = Step("small_counts", _small(chosen.table), is_kept=True)
    frequent = Step("frequent_counts", _frequent(small.table, rules), is_kept=True)
    suspects = Step("suspects", _suspects(chosen.table, frequent.table, rules), is_kept=True)
    return small, frequent, suspects


def without_suspects(chosen: ir.Table, code: int) -> ir.Table:
    """The posts with a code in place of each reaction count that is set aside."""
    suspects = lookup_table("suspects").select("account_id", "reaction_count", suspected=True)
    marked = chosen.left_join(suspects, ["account_id", "reaction_count"])
    is_suspect = marked.suspected.notnull() & _is_own(marked)
    reactions = ibis.cases((is_suspect, code), else_=marked.reaction_count)
    return marked.mutate(reaction_count=reactions.cast("int64")).select(*chosen.columns)


def _is_own(posts: ir.Table) -> ir.BooleanValue:
    """Originals and quotes: an answer with a like or none is no sign of anything."""
    return posts.origin.isin(["original", "quote"])


def _known(chosen: ir.Table) -> ir.Table:
    return chosen.filter(_is_own(chosen), chosen.reaction_count >= 0)


def _small(chosen: ir.Table) -> ir.Table:
    """Own posts with a known reaction count by account and count, all above TINY as one."""
    known = _known(chosen)
    known = known.mutate(tiny=ibis.least(known.reaction_count, TINY + 1))
    return known.group_by(["account_id", "tiny"]).aggregate(post_count=known.count())


def _frequent(small: ir.Table, rules: Suspect) -> ir.Table:
    """The tiny counts that many posts of an account share, and that stand out among tiny ones."""
    of_account = ibis.window(group_by="account_id")
    tiny_posts = ibis.cases((small.tiny <= TINY, small.post_count), else_=0)
    counted = small.mutate(
        known_count=small.post_count.sum().over(of_account).cast("decimal(38, 0)").cast("int64"),
        tiny_count=tiny_posts.sum().over(of_account),
    )
    return counted.filter(
        counted.tiny <= TINY,
        counted.known_count >= rules.posts,
        counted.post_count / counted.known_count > rules.share,
        counted.post_count / counted.tiny_count >= rules.peak,
    ).select("account_id", "tiny", "post_count", "known_count")


def _suspects(chosen: ir.Table, frequent: ir.Table, rules: Suspect) -> ir.Table:
    """The frequent tiny counts beside which the account has far more."""
    known = _known(chosen).select("account_id", "reaction_count")
    pairs = known.inner_join(frequent, "account_id")
    count = pairs.reaction_count.cast("float64")
    key = ["account_id", "tiny", "post_count", "known_count"]
    table = pairs.group_by(key).aggregate(
        other_median=count.median(where=pairs.reaction_count != pairs.tiny), median=count.median()
    )
    # A few hits do not make the noughts of a forgotten account hidden ones: there all posts tell.
    is_low = table.tiny < _BEYOND_CHANCE
    is_far_below = ibis.cases(
        (is_low, table.median >= rules.ratio),
        (table.other_median.isnull(), ibis.literal(value=True)),
        else_=table.other_median >= rules.ratio * table.tiny,
    )
    return table.filter(is_far_below).rename(reaction_count="tiny").select(*SUSPECT_COUNTS.names)
