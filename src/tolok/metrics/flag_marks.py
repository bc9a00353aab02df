"""The posts behind raised flags: those to look at first, and those that one ranking leaves out."""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.methodology.flags import LEFT_OUT
from tolok.metrics.comments import comment_texts, credited_accounts, named_comments
from tolok.metrics.flag_texts import (
    ACCOUNT,
    COPIED_POSTS,
    GIVEAWAY_POSTS,
    POST,
    own_posts,
    post_keys,
)
from tolok.metrics.flags import measured
from tolok.metrics.tables import base_table, whole_sum

_MARK = ("flag", *ACCOUNT, "post_id", "published_on", "url", "value")
_RATIOS = ("comments_per_like", "likes_per_view")
_RAISED = {
    **dict.fromkeys(("flag", *ACCOUNT), "string"),
    **dict.fromkeys(("first_on", "last_on"), "date"),
    "bound": "float64",
    "is_low": "boolean",
}


def text_counts(edition: Edition) -> ir.Table:
    """How often each text of a comment was written under the posts of an account.

    Shape: account_no, text_key, n; n is 0 in the row of an account's short comments.
    """
    said = comment_texts(edition, base_table("posts"))
    return said.group_by(["account_no", "text_key"]).aggregate(n=said.text_key.count())


def comment_counts() -> ir.Table:
    """Comments of each account that are long enough, and how many repeat an earlier text."""
    texts = _text_counts()
    table = texts.group_by("account_no").aggregate(
        comment_count=whole_sum(texts.n), repeat_count=whole_sum(texts.n - 1)
    )
    table = table.inner_join(credited_accounts(), "account_no")
    return table.select(*ACCOUNT, "comment_count", "repeat_count").order_by(*ACCOUNT)


def marks(edition: Edition) -> ir.Table:
    """Every post behind a raised flag: flag, account, post, date, address, and a value to order by.

    Reads: raised, posts, giveaway_posts, copied_posts, text_counts, comment_observations.
    """
    posts = own_posts()
    interactions = posts.interaction_count.fill_null(0).cast("float64")
    behind = {
        "giveaway": posts.mutate(value=interactions).semi_join(post_keys(GIVEAWAY_POSTS), POST),
        "copies": posts.mutate(value=interactions).semi_join(post_keys(COPIED_POSTS), POST),
        "boosted": posts.mutate(value=interactions).filter(posts.is_paid),
        "deleted": posts.mutate(value=interactions).filter(posts.is_deleted),
    }
    parts = [_marked(name, rows.semi_join(_raised(name), ACCOUNT)) for name, rows in behind.items()]
    for name, measure in (("burst", "interactions"), ("like_burst", "likes_per_comment")):
        rows = posts.mutate(value=measured(posts, measure)).filter(lambda t: t["value"].notnull())
        parts.append(_marked(name, _inside(rows, _raised(name))))
    viral = posts.mutate(value=interactions).inner_join(_raised("viral"), ACCOUNT)
    viral = viral.filter(viral.interaction_count.cast("float64") == viral.bound)
    parts.append(_marked("viral", viral))
    parts += [_marked(name, _extremes(posts, name)) for name in _RATIOS]
    parts.append(_marked("repeated_comments", _repeated(posts, edition)))
    table = parts[0]
    for part in parts[1:]:
        table = table.union(part)
    return table


def evidence(edition: Edition) -> ir.Table:
    """Of the posts behind each flag of an account those that people should look at first."""
    found = _flag_marks()
    key = ["flag", *ACCOUNT]
    turn = ibis.row_number().over(
        group_by=key, order_by=[found["value"].desc(), found.published_on, found.post_id]
    )
    first = found.mutate(place=turn + 1).filter(lambda t: t.place <= edition.flags.evidence)
    return first.drop("value").order_by(*key, "place")


def mark_counts() -> ir.Table:
    """The posts behind each flag of each account, with the first and the last day of them."""
    found = _flag_marks()
    key = ["flag", *ACCOUNT]
    table = found.group_by(key).aggregate(
        marked_count=found.count(),
        first_on=found.published_on.min(),
        last_on=found.published_on.max(),
    )
    return table.order_by(*key)


def left_out() -> ir.Table:
    """The posts that the ranking without flagged posts leaves out; keys alone."""
    found = _flag_marks()
    return found.filter(found.flag.isin(LEFT_OUT)).select(*POST).distinct()


def left_out_counts() -> ir.Table:
    """Own posts of each institution that are left out."""
    posts = own_posts().semi_join(post_keys("left_out"), POST)
    table = posts.group_by("institution_id").aggregate(left_out_count=posts.count())
    return table.order_by("institution_id")


def kept_comments() -> ir.Table:
    """The comments under posts that are not left out, in POST_COMMENTS's columns."""
    kept = named_comments().anti_join(post_keys("left_out"), POST)
    return kept.select(*base_table("comments").columns)


def _marked(flag: str, rows: ir.Table) -> ir.Table:
    return rows.mutate(flag=ibis.literal(flag), url=rows.url.fill_null("")).select(*_MARK)


def _raised(flag: str) -> ir.Table:
    table = ibis.table(_RAISED, name="raised")
    return table.filter(table.flag == flag).drop("flag")


def _inside(rows: ir.Table, raised: ir.Table) -> ir.Table:
    """The posts of the days of a run."""
    joined = rows.inner_join(raised, ACCOUNT)
    return joined.filter(
        joined.published_on >= joined.first_on, joined.published_on <= joined.last_on
    )


def _extremes(posts: ir.Table, flag: str) -> ir.Table:
    """The posts of a flagged account whose ratio lies beyond the limit, the farthest first."""
    rows = posts.mutate(ratio=measured(posts, flag)).filter(lambda t: t.ratio.notnull())
    rows = rows.inner_join(_raised(flag), ACCOUNT)
    beyond = ibis.cases((rows.is_low, rows.bound - rows.ratio), else_=rows.ratio - rows.bound)
    return rows.mutate(value=beyond).filter(lambda t: t["value"] > 0)


def _repeated(posts: ir.Table, edition: Edition) -> ir.Table:
    """The posts of a flagged account under which repeated comments stand, the fullest first."""
    flagged = base_table("posts").semi_join(_raised("repeated_comments"), ACCOUNT)
    texts = _text_counts()
    again = texts.filter(texts.n > 1).drop("n")
    said = comment_texts(edition, flagged, are_few=True)
    said = said.semi_join(again, ["account_no", "text_key"])
    under = said.group_by(["account_no", "post_id"]).aggregate(n=said.count())
    under = under.inner_join(credited_accounts(), "account_no")
    under = under.select(*ACCOUNT, "post_id", value=under.n.cast("float64"))
    return posts.inner_join(under, [*ACCOUNT, "post_id"])


def _text_counts() -> ir.Table:
    columns = dict.fromkeys(("account_no", "text_key", "n"), "int64")
    texts = ibis.table(columns, name="text_counts")
    return texts.filter(texts.n > 0)


def _flag_marks() -> ir.Table:
    types = dict.fromkeys(_MARK, "string") | {"published_on": "date", "value": "float64"}
    return ibis.table(types, name="flag_marks")
