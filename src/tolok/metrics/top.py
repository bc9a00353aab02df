"""The few highest of many posts, without sorting them all."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


def near_the_top(posts: ir.Table, owner: Sequence[str], measure: str, count: int) -> ir.Table:
    """The posts among which the first `count` of each owner by a measure are, and few others.

    As many weeks as are asked for have a post that reaches the least of their highest values: what
    lies below it cannot be among the first. `posts` has the column week_on; owner names columns.
    Missing: posts of an owner with fewer weeks are all there; a null measure counts as lowest.
    """
    weeks = posts.group_by([*owner, "week_on"]).aggregate(highest=posts[measure].max())
    weeks = weeks.filter(weeks.highest.notnull())
    turn = ibis.row_number().over(group_by=list(owner), order_by=weeks.highest.desc())
    cut = weeks.mutate(turn=turn).filter(lambda t: t.turn == count - 1)
    found = posts.left_join(cut.select(*owner, "highest"), list(owner))
    found = found.drop(*(f"{name}_right" for name in owner))
    return found.filter(found.highest.isnull() | (found[measure] >= found.highest)).drop("highest")
