"""The posts that a juror sees of an institution: the best of an award, and a sample of all.

A sample is drawn with equal steps through the posts in the order of kind, month and a hash, so that
every kind and every month has its share. What is asked of each category and institution stands in
`evidence_units`, with the number from which the start of its steps is taken.
"""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from tolok.methodology.category import Category
from tolok.methodology.edition import Edition
from tolok.metrics.flag_texts import own_posts
from tolok.metrics.tables import IBIS_TYPES, Step, base_table, store_table, whole_sum
from tolok.metrics.top import near_the_top
from tolok.store.evidence import EVIDENCE, EVIDENCE_UNITS

POST = ["platform", "post_id"]
CANDIDATES = 3
"""Times as many posts are looked at as are shown as best: of those with one caption one stays."""
_INTERACTIONS = "interaction_count"
_KEY = ("institution_id", *POST)


def evidence_steps(categories: Sequence[Category], edition: Edition) -> tuple[Step, ...]:
    """The steps whose last, `evidence`, has EVIDENCE's columns; all are kept.

    Reads: posts, observations, evidence_units.
    """
    turns = Step("evidence_turns", _turns(edition), is_kept=True)
    best = {
        about: Step(f"evidence_best_{at}", _best(*about, edition), is_kept=True)
        for at, about in enumerate(dict.fromkeys(map(_about, categories)))
    }
    sizes = Step("evidence_sizes", _sizes(turns.table), is_kept=True)
    drawn = [
        _sample(turns.table, sizes.table, category, edition.jury.sample_posts)
        for category in categories
    ]
    keys = Step("evidence_keys", _keys(categories, best, drawn), is_kept=True)
    read = Step("evidence_texts", _texts(keys.table, edition), is_kept=True)
    found = Step("evidence", _evidence(keys.table, read.table, edition), is_kept=True)
    return (turns, sizes, *best.values(), keys, read, found)


def _about(category: Category) -> tuple[str, tuple[str, ...]]:
    return category.measure, tuple(sorted(category.kinds))


def _keys(
    categories: Sequence[Category],
    best: Mapping[tuple[str, tuple[str, ...]], Step],
    drawn: Sequence[ir.Table],
) -> ir.Table:
    """The posts of every category and institution by their keys, with part and place."""
    parts = []
    for category, sample in zip(categories, drawn, strict=True):
        for part, rows in (("best", best[_about(category)].table), ("sample", sample)):
            named = rows.mutate(category=ibis.literal(category.name), part=ibis.literal(part))
            parts.append(named.select("category", "part", "place", *_KEY))
    return ibis.union(parts[0], *parts[1:])


def _best(measure: str, kinds: tuple[str, ...], edition: Edition) -> ir.Table:
    """The posts that are farthest above the median of their cluster's on their platform.

    Missing: posts whose measure is not known follow those whose is, by their interactions; a post
    of which neither is known is not there.
    """
    posts = _of_kinds(own_posts(), kinds)
    posts = posts.filter(posts.origin == "original", ~posts.is_copy)
    clusters = _units().select("institution_id", "cluster").distinct()
    posts = posts.inner_join(clusters, "institution_id")
    measures = list(dict.fromkeys((measure, _INTERACTIONS)))
    logs = {name: (posts[name] + 1).cast("float64").ln() for name in measures}
    posts = posts.select(*_KEY, "cluster", "week_on", **logs)
    usual = posts.group_by(["cluster", "platform"]).aggregate(
        **{f"usual_{name}": posts[name].median() for name in measures}
    )
    posts = posts.inner_join(usual, ["cluster", "platform"])
    excess = {name: posts[name] - posts[f"usual_{name}"] for name in measures}
    posts = posts.select(*_KEY, "week_on", **excess)
    posts = posts.filter(ibis.or_(*(posts[name].notnull() for name in measures)))
    posts = near_the_top(posts, ["institution_id"], measure, CANDIDATES * edition.jury.best_posts)
    place = ibis.row_number().over(
        group_by="institution_id",
        order_by=[*(posts[name].desc(nulls_first=False) for name in measures), *POST],
    )
    ranked = posts.select(*_KEY, place=place + 1)
    return ranked.filter(ranked.place <= CANDIDATES * edition.jury.best_posts)


def _turns(edition: Edition) -> ir.Table:
    """Every own post with its turn among the institution's of its kind, by month and a hash."""
    posts = own_posts()
    seed = ibis.literal(f"{edition.jury.seed}|")
    posts = posts.select(
        *_KEY,
        kind=posts.kind.fill_null(""),
        month=posts.published_on.year() * 12 + posts.published_on.month(),
        hash=(seed + posts.platform + "|" + posts.post_id).hexdigest("md5"),
    )
    turn = ibis.row_number().over(
        group_by=["institution_id", "kind"], order_by=[posts.month, posts.hash, *POST]
    )
    return posts.select(*_KEY, "kind", turn=turn)


def _sizes(turns: ir.Table) -> ir.Table:
    """How many own posts of each kind an institution has."""
    return turns.group_by(["institution_id", "kind"]).aggregate(n=turns.count())


def _sample(turns: ir.Table, sizes: ir.Table, category: Category, count: int) -> ir.Table:
    """The posts on which the steps of a category's institutions fall.

    Of N posts in their order the one at r is taken where (r count + start) mod N leaves no room for
    one step more: these are `count` of them, or all where there are no more.
    """
    sizes = _of_kinds(sizes, category.kinds)
    ordered = {"group_by": "institution_id", "order_by": "kind"}
    before = whole_sum(sizes.n).over(ibis.cumulative_window(**ordered)) - sizes.n
    whole = whole_sum(sizes.n).over(ibis.window(group_by="institution_id"))
    sizes = sizes.mutate(before=before, whole=whole)
    units = _units()
    units = units.filter(units.category == category.name).select("institution_id", "start")
    sizes = sizes.inner_join(units, "institution_id")
    sizes = sizes.mutate(start=sizes.start % sizes.whole).drop("n")
    posts = turns.inner_join(sizes, ["institution_id", "kind"])
    posts = posts.mutate(turn=posts.turn + posts.before)
    reached = (posts.turn * count + posts.start) % posts.whole
    posts = posts.filter((posts.whole <= count) | (reached + count >= posts.whole))
    place = ibis.row_number().over(group_by="institution_id", order_by=posts.turn)
    return posts.select(*_KEY, place=place + 1)


def _texts(keys: ir.Table, edition: Edition) -> ir.Table:
    """What the last reading of each post says that posts do not hold: caption and other authors."""
    seen, window = store_table("observations"), edition.window
    seen = seen.filter(
        seen.published_on >= ibis.date(window.opens_on.isoformat()),
        seen.published_on < ibis.date(window.closes_on.isoformat()),
    ).select(*POST, "observed_at", "text", "text_hash", "co_account_ids")
    seen = seen.semi_join(keys.select(*POST).distinct(), POST)
    last = {"group_by": POST, "order_by": [seen.observed_at.desc(), seen.text, seen.text_hash]}
    told = seen.filter(seen.text.notnull())
    told = told.mutate(turn=ibis.row_number().over(**last)).filter(lambda t: t.turn == 0)
    joint = seen.filter(seen.co_account_ids.length() > 0)
    joint = joint.group_by(POST).aggregate(co_account_ids=joint.co_account_ids.max())
    posts = seen.select(*POST).distinct()
    posts = posts.left_join(told.select(*POST, "text", "text_hash"), POST).drop(
        "platform_right", "post_id_right"
    )
    return posts.left_join(joint, POST).drop("platform_right", "post_id_right")


def _evidence(keys: ir.Table, read: ir.Table, edition: Edition) -> ir.Table:
    """The posts whole; of the best ones with the same caption the first alone."""
    unit = ["category", "institution_id", "part"]
    found = keys.left_join(read, POST).drop("platform_right", "post_id_right")
    same = ibis.row_number().over(
        group_by=[*unit, ibis.coalesce(found.text_hash, found.platform + "|" + found.post_id)],
        order_by=[found.place, *POST],
    )
    found = found.mutate(same=same)
    found = found.filter((found.part == "sample") | (found.same == 0))
    place = ibis.row_number().over(group_by=unit, order_by=found.place) + 1
    found = found.mutate(place=place)
    found = found.filter((found.part == "sample") | (found.place <= edition.jury.best_posts))
    posts = base_table("posts")
    told = [name for name in EVIDENCE.names if name not in found.columns]
    found = posts.select(*_KEY, *told).inner_join(found, list(_KEY))
    found = found.mutate(
        url=found.url.fill_null(""), kind=found.kind.fill_null(""), text=found.text.fill_null("")
    )
    return found.select(*EVIDENCE.names).order_by(*EVIDENCE.order)


def _of_kinds(posts: ir.Table, kinds: Sequence[str]) -> ir.Table:
    return posts.filter(posts.kind.isin(list(kinds))) if kinds else posts


def _units() -> ir.Table:
    types = {column.name: IBIS_TYPES[column.type] for column in EVIDENCE_UNITS.columns}
    return ibis.table(types, name=EVIDENCE_UNITS.name)
