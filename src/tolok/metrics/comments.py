"""The comments on credited posts, each once, and the texts that stand under an account's posts.

Comments are many and most were read once: only the others pay for choosing between readings. They
are told apart by a hash of their id, which is a number where ids are long; two ids of one hash cost
time and change nothing.
"""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.tables import Step, base_table, monday, store_table
from tolok.store.schema import POST_COMMENTS

POST = ("platform", "post_id")
_ACCOUNT = ("institution_id", "account_id", "platform")
_KEY = ("platform", "comment_id")
_COMMENTS = POST_COMMENTS.names
_PLACED = {
    "account_no": "int64",
    "post_id": "string",
    "published_on": "date",
    "is_institution": "boolean",
    "is_answer": "boolean",
}


def comment_steps(edition: Edition) -> tuple[Step, ...]:
    """The chain whose last gives the comments inside the window, in POST_COMMENTS's columns.

    Reads: comment_observations and posts. Of comments there are many times as many as posts, so
    that what is kept of each is narrow: `placed_comments` has the number of the account whose post
    it stands under, and `credited_accounts` the names behind the numbers.
    """
    read, posts = _read(edition), base_table("posts")
    several = read.group_by("id_hash").aggregate(n=lambda t: t.count())
    again = Step("read_twice", several.filter(several.n > 1).select("id_hash"), is_kept=True)
    number = ibis.row_number().over(order_by=_ACCOUNT).cast("int64")
    accounts = posts.select(*_ACCOUNT).distinct().mutate(account_no=number)
    numbered = Step("credited_accounts", accounts, is_kept=True)
    once = _once(read, least=("published_on",), most=("is_institution", "is_answer"))
    placed = Step("placed_comments", _under(once, posts).select(*_PLACED), is_kept=True)
    return (again, numbered, placed, Step("comments", named_comments().select(*_COMMENTS)))


def named_comments() -> ir.Table:
    """The comments in POST_COMMENTS's columns, and the id of the post that they stand under."""
    placed = ibis.table(_PLACED, name="placed_comments")
    named = placed.inner_join(credited_accounts(), "account_no")
    return named.mutate(week_on=monday(named.published_on)).select(*_COMMENTS, "post_id")


def credited_accounts() -> ir.Table:
    """The accounts with credited posts, by the number that stands for each."""
    names = dict.fromkeys(_ACCOUNT, "string") | {"account_no": "int64"}
    return ibis.table(names, name="credited_accounts")


def comment_texts(edition: Edition, posts: ir.Table, *, are_few: bool = False) -> ir.Table:
    """Comments on some posts with a key of their text; a row each.

    Shape: account_no, post_id, text_key.  The institution's own are left out. Where the posts
    `are_few`, comments on all others are left out first.
    Missing: text_key is null where the text is too short to tell anything.
    Reads: comment_observations, read_twice and credited_accounts.
    """
    read = _read(edition)
    if are_few:
        read = read.semi_join(posts, POST)
    said = _once(read, most=("text", "is_institution"))
    said = said.filter(~said.is_institution)
    bare = said.text.lower()
    for space in (" ", "\n", "\t", "\r"):
        bare = bare.replace(space, "")
    # No filter: an engine would make the bare text once to filter and once more to hash it.
    key = ibis.cases((bare.length() >= edition.flags.comment_letters, bare.hash()))
    placed = _under(said.select(*POST, text_key=key), posts)
    return placed.select("account_no", "post_id", "text_key")


def _read(edition: Edition) -> ir.Table:
    """Readings of comments published inside the window."""
    read, window = store_table("comments"), edition.window
    read = read.filter(
        read.published_on >= ibis.date(window.opens_on.isoformat()),
        read.published_on < ibis.date(window.closes_on.isoformat()),
    )
    return read.mutate(id_hash=read.comment_id.hash(), is_answer=read.parent_id.notnull())


def _once(read: ir.Table, *, least: tuple[str, ...] = (), most: tuple[str, ...] = ()) -> ir.Table:
    """A row a comment: its post, and the least or the most that its readings say."""
    again = ibis.table({"id_hash": "int64"}, name="read_twice")
    names = ["platform", "post_id", *least, *most]
    single = read.anti_join(again, "id_hash").select(names)
    several = read.semi_join(again, "id_hash")
    gathered = several.group_by(_KEY).aggregate(
        post_id=several.post_id.max(),
        **{name: several[name].min() for name in least},
        **{name: several[name].max() for name in most},
    )
    return single.union(gathered.select(names))


def _under(comments: ir.Table, posts: ir.Table) -> ir.Table:
    """The comments, a row for each credited account of the post above, with its number."""
    credited = posts.inner_join(credited_accounts(), _ACCOUNT).select(*POST, "account_no")
    return comments.inner_join(credited, POST)
