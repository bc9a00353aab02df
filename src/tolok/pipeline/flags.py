"""Flags: where people should look, at which posts, and the weekly tables without these posts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.composite.array import IntArray
from tolok.methodology.flags import LEFT_OUT
from tolok.methodology.rules import Rules
from tolok.metrics import flag_marks, flag_texts, flags
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.flag_texts import ACCOUNT
from tolok.metrics.run import run_weekly_metrics
from tolok.metrics.tables import Step, rows_of
from tolok.pipeline.panel import WeeklyTables
from tolok.pipeline.tables import activity_steps
from tolok.pipeline.weekly import make_histograms, run_step, scored_metrics
from tolok.scoring.flags import jumps, ratio_limits, runs, share_limit
from tolok.store.engine import Engine

_RAISED = pa.schema(
    [
        ("flag", pa.string()),
        *((name, pa.string()) for name in ACCOUNT),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("bound", pa.float64()),
        ("is_low", pa.bool_()),
    ]
)

Account = tuple[str, str, str]
"""An institution, its account and the platform."""


@dataclass(frozen=True)
class FlagTables:
    """The flags, the posts that they point at, and the weekly tables without these posts.

    Missing: without is None where no post is left out.
    """

    flags: list[dict[str, Any]]
    evidence: pa.Table
    left_out_counts: Mapping[str, int]
    without: WeeklyTables | None


@dataclass(frozen=True)
class _Raised:
    """One flag of one account; bound is on the scale on which posts are held against it."""

    flag: str
    account: Account
    value: float
    threshold: float
    unit_count: int
    bound: float = 0.0
    is_low: bool = False
    first_on: date | None = None
    last_on: date | None = None


def make_flags(engine: Engine, rules: Rules, tables: WeeklyTables) -> FlagTables:
    """The flags of an edition whose posts are made; the engine's posts are then those kept.

    Reads: posts, giveaway_posts, comments, follower_days, observations and comment_observations of
    the engine.
    """
    edition = rules.edition
    texts = Step("text_counts", flag_marks.text_counts(edition), is_kept=True)
    for step in (*flag_texts.caption_steps(edition), texts):
        run_step(engine, step)
    raised = [
        *_bursts(engine, rules),
        *_jumps(engine, rules),
        *_ratios(engine, rules, tables.audience),
        *_repeats(engine, rules),
        *_shares(engine, rules),
    ]
    engine.attach_table("raised", _raised_table(raised))
    run_step(engine, Step("flag_marks", flag_marks.marks(edition), is_kept=True))
    run_step(engine, Step("left_out", flag_marks.left_out(), is_kept=True))
    counts = rows_of(engine, flag_marks.left_out_counts()).to_pylist()
    evidence = rows_of(engine, flag_marks.evidence(edition))
    return FlagTables(
        flags=_rows(raised, rows_of(engine, flag_marks.mark_counts()).to_pylist()),
        evidence=evidence,
        left_out_counts={row["institution_id"]: row["left_out_count"] for row in counts},
        without=_without(engine, rules, tables) if counts else None,
    )


def _bursts(engine: Engine, rules: Rules) -> Iterator[_Raised]:
    """The highest run of each account: of interactions, and of likes beside comments."""
    for flag, measure in (("burst", "interactions"), ("like_burst", "likes_per_comment")):
        for step in flags.levels(measure):
            run_step(engine, step)
        days = rows_of(engine, flags.day_scores(measure, rules.edition))
        threshold = rules.edition.flags.burst_score
        accounts, group = _grouped(days)
        found = runs(group, days["score"].to_numpy(), threshold * FIXED_POINT)
        published, posts = days["published_on"], days["post_count"].to_numpy()
        highest: dict[int, int] = {}
        for run in np.lexsort((found.first, -found.peak)).tolist():
            highest.setdefault(int(group[found.first[run]]), run)
        for place, run in sorted(highest.items()):
            first, last = int(found.first[run]), int(found.last[run])
            yield _Raised(
                flag,
                accounts[place],
                value=float(found.peak[run]) / FIXED_POINT,
                threshold=threshold,
                unit_count=int(posts[first : last + 1].sum()),
                first_on=published[first].as_py(),
                last_on=published[last].as_py(),
            )


def _jumps(engine: Engine, rules: Rules) -> Iterator[_Raised]:
    """The weeks in which an account's followers jump, as one flag at the highest of them."""
    table = rows_of(engine, flags.weekly_followers(rules.edition))
    names = pc.unique(table["account_id"]).to_pylist()
    owners = engine.query(
        "SELECT DISTINCT institution_id, account_id, platform FROM posts ORDER BY ALL"
    ).to_pylist()
    owner_of = {row["account_id"]: tuple(row[name] for name in ACCOUNT) for row in owners}
    account = _places(table["account_id"], names)
    platforms = sorted({name.partition(":")[0] for name in names})
    platform = np.array([platforms.index(name.partition(":")[0]) for name in names], np.int64)
    day = table["observed_on"].cast(pa.int32()).to_numpy().astype(np.int64)
    found = jumps(
        account,
        platform[account],
        day,
        table["followers"].to_numpy(),
        rules.edition.flags.deviations,
    )
    over = np.flatnonzero(found.least > found.threshold)
    observed = table["observed_on"].to_pylist()
    for place in np.unique(account[over]).tolist():
        rows = over[account[over] == place]
        top = int(rows[np.argmax(found.growth[rows])])
        if names[place] in owner_of:
            yield _Raised(
                "follower_jump",
                owner_of[names[place]],
                value=float(found.growth[top]),
                threshold=float(found.threshold[top]),
                unit_count=int(np.isfinite(found.growth[account == place]).sum()),
                first_on=observed[top - 1],
                last_on=observed[top],
            )


def _ratios(engine: Engine, rules: Rules, audience: pa.Table) -> Iterator[_Raised]:
    """Accounts whose usual ratio lies beyond the outer quantiles of their platform."""
    followers = {row["account_id"]: row["follower_count"] for row in audience.to_pylist()}
    wanted = rules.edition.flags
    for measure in ("comments_per_like", "likes_per_view"):
        table = rows_of(engine, flags.medians(measure))
        table = table.filter(pc.greater_equal(table["known_count"], wanted.least))
        accounts, _ = _grouped(table)
        known = [followers.get(account) or np.nan for _, account, _ in accounts]
        value = table["median"].to_numpy()
        platform = _codes(platform for *_, platform in accounts)
        limits = ratio_limits(
            np.log(np.array(known, float)), value, platform, wanted.accounts, wanted.tail_share
        )
        for row in np.flatnonzero((value < limits.low) | (value > limits.high)).tolist():
            is_low = bool(value[row] < limits.low[row])
            limit = float((limits.low if is_low else limits.high)[row])
            yield _Raised(
                measure,
                accounts[row],
                value=float(np.exp(value[row])),
                threshold=float(np.exp(limit)),
                unit_count=table["known_count"][row].as_py(),
                bound=limit,
                is_low=is_low,
            )


def _repeats(engine: Engine, rules: Rules) -> Iterator[_Raised]:
    """Accounts under whose posts the same comments stand again and again."""
    wanted = rules.edition.flags
    table = rows_of(engine, flag_marks.comment_counts())
    table = table.filter(pc.greater_equal(table["comment_count"], wanted.least))
    accounts, _ = _grouped(table)
    share = table["repeat_count"].to_numpy() / table["comment_count"].to_numpy()
    platform = _codes(platform for *_, platform in accounts)
    limit = share_limit(share, platform, wanted.repeated_share, wanted.accounts, wanted.deviations)
    for row in np.flatnonzero(share > limit).tolist():
        yield _Raised(
            "repeated_comments",
            accounts[row],
            value=float(share[row]),
            threshold=float(limit[row]),
            unit_count=table["comment_count"][row].as_py(),
        )


def _shares(engine: Engine, rules: Rules) -> Iterator[_Raised]:
    """Accounts of whose posts too many are of one kind, or one holds too much of the whole."""
    wanted = rules.edition.flags
    shares: tuple[tuple[str, str, str, float], ...] = (
        ("giveaway", "giveaway_count", "post_count", 0.0),
        ("copies", "copy_count", "post_count", wanted.copy_share),
        ("boosted", "paid_count", "post_count", wanted.paid_share),
        ("viral", "top_count", "known_sum", wanted.viral_share),
        ("deleted", "deleted_count", "post_count", wanted.deleted_share),
    )
    for row in rows_of(engine, flags.account_counts()).to_pylist():
        for flag, part, whole, threshold in shares:
            units = row["known_count"] if flag == "viral" else row["post_count"]
            is_enough = units >= wanted.least or threshold == 0
            if is_enough and row[whole] and row[part] / row[whole] > threshold:
                yield _Raised(
                    flag,
                    (row["institution_id"], row["account_id"], row["platform"]),
                    value=row[part] / row[whole],
                    threshold=threshold,
                    unit_count=units,
                    bound=float(row[part]),
                )


def _raised_table(raised: list[_Raised]) -> pa.Table:
    rows = [
        {
            "flag": one.flag,
            **dict(zip(ACCOUNT, one.account, strict=True)),
            "first_on": one.first_on,
            "last_on": one.last_on,
            "bound": one.bound,
            "is_low": one.is_low,
        }
        for one in raised
    ]
    return pa.Table.from_pylist(rows, schema=_RAISED)


def _rows(raised: list[_Raised], counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of FLAGS."""
    marked = {
        (row["flag"], *(row[name] for name in ACCOUNT)): row["marked_count"] for row in counted
    }
    return [
        {
            **dict(zip(ACCOUNT, one.account, strict=True)),
            "flag": one.flag,
            "first_on": one.first_on,
            "last_on": one.last_on,
            "value": one.value,
            "threshold": one.threshold,
            "is_low": one.is_low,
            "unit_count": one.unit_count,
            "marked_count": marked.get((one.flag, *one.account), 0),
            "left_out": one.flag in LEFT_OUT,
        }
        for one in raised
    ]


def _without(engine: Engine, rules: Rules, tables: WeeklyTables) -> WeeklyTables:
    """The weekly tables without the posts left out; who is eligible stays as it was.

    A histogram is a sum over posts, so that of the few left out is taken from the whole.
    """
    posts = "SELECT * FROM credited_posts {} JOIN left_out USING (platform, post_id)"
    engine.keep("posts_left_out", posts.format("SEMI"))
    engine.define("posts", "SELECT * FROM posts_left_out")
    fewer = make_histograms(engine, rules)
    engine.define("posts", posts.format("ANTI"))
    kept = Step("comments", flag_marks.kept_comments())
    for step in (*activity_steps(rules.edition), kept):
        run_step(engine, step)
    return replace(
        tables,
        metrics=run_weekly_metrics(engine, scored_metrics(rules)),
        histograms={name: _less(table, fewer[name]) for name, table in tables.histograms.items()},
        counted={},
    )


def _less(whole: pa.Table, part: pa.Table) -> pa.Table:
    """A histogram without the posts of another, each of whose cells it has."""
    values = ["post_count", "log_sum"]
    keys = [name for name in whole.column_names if name not in values]
    code = np.zeros(whole.num_rows + part.num_rows, np.int64)
    for name in keys:
        column = pa.chunked_array([*whole[name].chunks, *part[name].chunks])
        found = column.combine_chunks().dictionary_encode()
        code = code * len(found.dictionary) + found.indices.to_numpy()
    of_whole, of_part = code[: whole.num_rows], code[whole.num_rows :]
    order = np.argsort(of_whole)
    place = order[np.searchsorted(of_whole, of_part, sorter=order)]
    for name in values:
        left = whole[name].to_numpy().copy()
        left[place] -= part[name].to_numpy()
        whole = whole.set_column(whole.column_names.index(name), name, pa.array(left))
    return whole.filter(pc.greater(whole["post_count"], 0))


def _grouped(table: pa.Table) -> tuple[list[Account], IntArray]:
    """The accounts of a table that is in their order, and the place of each row's."""
    is_new = np.zeros(table.num_rows, bool)
    is_new[:1] = True
    for name in ACCOUNT:
        code = table[name].combine_chunks().dictionary_encode().indices.to_numpy()
        is_new[1:] |= np.diff(code) != 0
    first = table.select(ACCOUNT).take(pa.array(np.flatnonzero(is_new)))
    accounts = [(row[0], row[1], row[2]) for row in zip(*first.to_pydict().values(), strict=True)]
    return accounts, np.cumsum(is_new) - 1


def _places(column: pa.ChunkedArray, names: list[str]) -> IntArray:
    found: IntArray = (
        pc.index_in(column, value_set=pa.array(names, pa.string())).to_numpy().astype(np.int64)
    )
    return found


def _codes(names: Iterable[str]) -> IntArray:
    listed = list(names)
    known = sorted(set(listed))
    return np.array([known.index(name) for name in listed], np.int64)
