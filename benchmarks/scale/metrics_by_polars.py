"""The metrics in Polars, lazy and streaming: the same numbers from the same Parquet files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.metrics import Sums, registry_of, rounded
from tolok.methodology.rules import Rules
from tolok.model import COUNTS
from tolok.pipeline.workspace import Workspace
from tolok.store.layout import read_parts

POST = ["platform", "post_id"]
_SPACES = "[ \n\r\t\u00a0\u2800]"
_YOUNG = 1 << 50
"""The place of a reading that was taken too early: it tells nothing."""
_IMAGES, _VIDEOS = ["image", "carousel"], ["video", "short_video", "live"]


@dataclass(frozen=True)
class MetricsByPolars:
    """Every metric from the store's Parquet, captions read raw."""

    folder: Path

    def __call__(self) -> Sums:
        """The sum of each metric over its groups."""
        work = Workspace(self.folder)
        names, ownership = (pl.from_arrow(table).lazy() for table in registry_of(work))
        tables = {
            name: pl.scan_parquet(read_parts(work.layout, name))
            for name in ("observations", "followers", "comments")
        }
        posts = _posts(tables["observations"], names, ownership, work.rules)
        followers = _daily_followers(tables["followers"], names)
        posts = _with_followers(posts.collect(engine="streaming"), followers, work.rules)
        marked = _marked(posts, work.rules).collect(engine="streaming").lazy()
        found = pl.collect_all(
            [
                _account_metrics(marked),
                _institution_metrics(marked),
                *_activity(marked, work.rules),
                _comment_metrics(tables["comments"], marked, work.rules),
            ],
            engine="streaming",
        )
        sums: Sums = {}
        for table in found:
            metrics = table.select(pl.exclude("institution_id", "account_id", "platform"))
            sums |= {
                name: rounded(metrics[name].cast(pl.Float64).sum()) for name in metrics.columns
            }
        return dict(sorted(sums.items()))


def _in_window(rules: Rules) -> pl.Expr:
    window = rules.edition.window
    return pl.col("published_on").is_between(window.opens_on, window.closes_on, closed="left")


def _posts(
    seen: pl.LazyFrame, names: pl.LazyFrame, ownership: pl.LazyFrame, rules: Rules
) -> pl.LazyFrame:
    """A row a post and credited institution."""
    readings = _readings(seen, names, rules)
    chosen = _chosen(readings)
    authors = _authors(readings, names)
    single = chosen.join(authors, on=POST, how="anti").with_columns(author="account_id")
    joint = chosen.join(authors, on=POST)
    owned = [_owned(part, ownership) for part in (single, joint)]
    owned[1] = (
        owned[1]
        .sort(pl.col("author") != pl.col("account_id"), "author")
        .unique([*POST, "institution_id"], keep="first", maintain_order=True)
    )
    totals = [
        pl.when(platform=platform).then(sum(pl.col(name) for name in counts))
        for platform, counts in rules.columns.items()
        if counts
    ]
    return pl.concat(owned, how="diagonal").with_columns(
        account_id="author",
        is_own=pl.col("origin").is_in(["original", "quote"]),
        week_on=pl.col("published_on").dt.truncate("1w"),
        interaction_count=pl.coalesce(totals),
    )


def _readings(seen: pl.LazyFrame, names: pl.LazyFrame, rules: Rules) -> pl.LazyFrame:
    rule = rules.edition.snapshot
    target, tolerance = (int(86_400 * days) for days in (rule.age_days, rule.tolerance_days))
    read_at = pl.col("observed_at").dt.epoch("s")
    age = read_at - pl.col("published_at").dt.epoch("s")
    off = (age - target).abs()
    place = (
        pl.when(off <= tolerance)
        .then(off)
        .when(age < target - tolerance)
        .then(_YOUNG)
        .otherwise((1 << 40) - read_at)
    )
    bare = pl.col("text").str.to_lowercase().str.replace_all(_SPACES, "")
    kept = [
        *POST, "published_at", "published_on", "kind", "origin", "media_count", "alt_text_count",
        "co_account_ids", "source_sha256", "source_row", *COUNTS,
        *(f"{name}_missing" for name in COUNTS),
    ]  # fmt: skip
    seen = seen.filter(_in_window(rules), pl.col("platform").is_in(rules.edition.platforms))
    seen = seen.join(names, left_on="account_id", right_on="name", how="inner", suffix="_known")
    return seen.select(
        *kept,
        account_id="account_id_known",
        place=place,
        text_hash=pl.when(bare != "").then(bare.hash()),
    )


def _chosen(readings: pl.LazyFrame) -> pl.LazyFrame:
    """The scored reading of each post; a count that it lacks comes from the next that has it."""
    several = readings.group_by(POST).len().filter(pl.col("len") > 1).select(*POST)
    single = readings.join(several, on=POST, how="anti")
    order = ["place", "account_id", "source_sha256", "source_row"]
    again = readings.join(several, on=POST, how="semi").sort(*order)
    old = pl.col("place") < _YOUNG
    said = {
        name: pl.col(name)
        .filter(old & (pl.col(name).is_not_null() | (pl.col(f"{name}_missing") != "not_collected")))
        .first()
        for name in COUNTS
    }
    first = [
        name
        for name in again.collect_schema().names()
        if name not in COUNTS and name not in POST and not name.endswith("_missing")
    ]
    best = again.group_by(POST, maintain_order=True).agg(pl.col(first).first(), **said)
    single = single.select(*best.collect_schema().names())
    return pl.concat([single, best]).filter(old)


def _authors(readings: pl.LazyFrame, names: pl.LazyFrame) -> pl.LazyFrame:
    """The known authors of the posts that have more than one."""
    under = readings.select(*POST, author="account_id")
    invited = readings.filter(pl.col("co_account_ids").list.len() > 0)
    invited = invited.select(*POST, name="co_account_ids").explode("name")
    named = invited.join(names, on="name").select(*POST, author="account_id")
    every = pl.concat([under, named]).unique()
    joint = every.group_by(POST).len().filter(pl.col("len") > 1)
    return every.join(joint, on=POST, how="semi")


def _owned(posts: pl.LazyFrame, ownership: pl.LazyFrame) -> pl.LazyFrame:
    owned = posts.join(ownership, left_on="author", right_on="account_id")
    day = pl.col("published_on")
    owned = owned.filter(day >= pl.col("valid_from"), day < pl.col("valid_to"))
    return owned.drop("valid_from", "valid_to", "co_account_ids", "source_sha256", "source_row")


def _daily_followers(followers: pl.LazyFrame, names: pl.LazyFrame) -> pl.DataFrame:
    read = followers.join(names, left_on="account_id", right_on="name", suffix="_known")
    daily = read.group_by(account_id="account_id_known", published_on="observed_on").agg(
        followers=pl.col("follower_count").cast(pl.Float64).median()
    )
    return daily.sort("account_id", "published_on").collect()


def _with_followers(posts: pl.DataFrame, daily: pl.DataFrame, rules: Rules) -> pl.LazyFrame:
    """Posts with the median followers of their account, and those on the line of their day."""
    window = rules.edition.window
    by_account = daily.filter(_in_window(rules)).group_by("account_id")
    median = by_account.agg(follower_count=pl.col("followers").median())
    days = pl.date_range(window.opens_on, window.closes_on, closed="left", eager=True)
    grid = daily.select("account_id").unique().join(days.to_frame("published_on"), how="cross")
    grid = grid.sort("account_id", "published_on")
    read = daily.with_columns(read_on="published_on")
    for strategy in ("backward", "forward"):
        near = read.rename({name: f"{name}_{strategy}" for name in ("read_on", "followers")})
        grid = grid.join_asof(
            near, on="published_on", by="account_id", strategy=strategy, check_sortedness=False
        )
    before, after = pl.col("followers_backward"), pl.col("followers_forward")
    on, since, until = (
        pl.col(name).cast(pl.Int32)
        for name in ("published_on", "read_on_backward", "read_on_forward")
    )
    line = before + (after - before) * (on - since) / (until - since)
    followers = (
        pl.when(before.is_null()).then(after).when(after.is_null() | (since == until)).then(before)
    )
    posting = (0.5 + followers.otherwise(line)).floor().cast(pl.Int64)
    grid = grid.select("account_id", "published_on", posting_follower_count=posting)
    return (
        posts.lazy()
        .join(median.lazy(), on="account_id", how="left")
        .join(grid.lazy(), on=["account_id", "published_on"], how="left")
    )


def _marked(posts: pl.LazyFrame, rules: Rules) -> pl.LazyFrame:
    """Posts with the marks of copies: not the first own post with its text in its period."""
    since = (pl.col("published_on") - date(1970, 1, 5)).dt.total_days()
    posts = posts.with_columns(period=since // rules.edition.scoring.copy_days)
    text = ["institution_id", "text_hash", "period"]
    own = posts.filter(pl.col("is_own"), pl.col("text_hash").is_not_null())
    again = own.group_by(text).len().filter(pl.col("len") > 1).select(*text)
    own_again = own.join(again, on=text, how="semi").sort("published_at", "platform", "post_id")
    first = pl.int_range(pl.len())
    marks = own_again.select(
        *POST,
        "institution_id",
        is_copy=first.over([*text, "platform"]) > 0,
        is_cross_copy=first.over(text) > 0,
    )
    marked = posts.join(marks, on=[*POST, "institution_id"], how="left")
    return marked.with_columns(pl.col("is_copy", "is_cross_copy").fill_null(value=False))


def _account_metrics(marked: pl.LazyFrame) -> pl.LazyFrame:
    """The metrics of accounts, as metrics.sql has them."""
    own, clean = pl.col("is_own"), pl.col("is_own") & ~pl.col("is_copy")
    interactions, views = pl.col("interaction_count"), pl.col("view_count")
    reactions = pl.col("reaction_count")
    image, video = pl.col("kind").is_in(_IMAGES), pl.col("kind").is_in(_VIDEOS)
    media, described = pl.col("media_count"), pl.col("alt_text_count")
    known, seen = interactions.is_not_null(), views.is_not_null()
    posting = pl.col("posting_follower_count")
    steps = (
        (1_048_576 * 1000.0 * interactions / pl.when(posting != 0).then(posting))
        .round()
        .cast(pl.Int64)
    )
    followers = pl.col("follower_count").max()
    rate = 1000 * interactions.filter(own).mean() / pl.when(followers != 0).then(followers)
    by_views = 1000 * interactions.filter(own & seen).sum() / views.filter(own & known).sum()
    by = ["institution_id", "account_id", "platform"]
    return marked.group_by(by).agg(
        post_count=own.sum(),
        clean_post_count=clean.sum(),
        **{
            name: pl.col(name).filter(own).sum()
            for name in ("reaction_count", "comment_count", "share_count", "view_count",
                         "interaction_count")
        },
        discussion_count=(interactions - reactions).filter(own).sum(),
        image_post_count=(clean & image.fill_null(value=False)).sum(),
        video_post_count=(clean & video.fill_null(value=False)).sum(),
        interactions_per_post=interactions.filter(own).mean(),
        median_interactions=interactions.filter(own).median(),
        engagement_rate=rate,
        posting_engagement_rate=steps.filter(own).mean() / 1_048_576,
        engagement_per_1000_views=pl.when(by_views.is_finite()).then(by_views),
        video_view_count=views.filter(own & known & video).sum(),
        video_interaction_count=interactions.filter(own & seen & video).sum(),
        image_media_count=media.filter(own & image & described.is_not_null()).sum(),
        alt_text_count=described.filter(own & image & media.is_not_null()).sum(),
        captioned_video_count=(clean & pl.col("text_hash").is_not_null() & video).sum(),
    )  # fmt: skip


def _institution_metrics(marked: pl.LazyFrame) -> pl.LazyFrame:
    day = pl.col("published_on")
    own = marked.filter(pl.col("is_own")).group_by("institution_id")
    image = pl.col("kind").is_in(_IMAGES)
    return own.agg(active_day_count=day.n_unique(), image_day_count=day.filter(image).n_unique())


def _activity(marked: pl.LazyFrame, rules: Rules) -> list[pl.LazyFrame]:
    """Posts of an institution's days up to the cap, and its weeks with three posts or more."""
    fresh = marked.filter(pl.col("is_own"), ~pl.col("is_cross_copy"))
    days = fresh.group_by("institution_id", "platform", "published_on").len()
    capped = days.with_columns(
        capped_post_count=pl.col("len").clip(0, rules.edition.scoring.daily_cap)
    )
    weeks = fresh.group_by("institution_id", "week_on").len()
    busy = weeks.group_by("institution_id").agg(busy_week_count=(pl.col("len") >= 3).sum())
    return [capped.group_by("institution_id").agg(pl.col("capped_post_count").sum()), busy]


def _comment_metrics(read: pl.LazyFrame, marked: pl.LazyFrame, rules: Rules) -> pl.LazyFrame:
    once = (
        read.filter(_in_window(rules))
        .group_by("platform", "comment_id")
        .agg(
            pl.col("post_id").max(),
            pl.col("is_institution").any(),
            is_answer=pl.col("parent_id").is_not_null().any(),
        )
    )
    posts = marked.select(*POST, "institution_id", "account_id")
    by_office = pl.col("is_institution")
    return (
        once.join(posts, on=POST)
        .group_by("institution_id", "account_id", "platform")
        .agg(
            public_comment_count=(~by_office).sum(),
            reply_count=(by_office & pl.col("is_answer")).sum(),
        )
    )
