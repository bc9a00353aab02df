"""The metrics in pandas: the same numbers from the same Parquet files, all in memory."""

from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

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
_ACCOUNT = ["institution_id", "account_id", "platform"]


@dataclass(frozen=True)
class MetricsByPandas:
    """Every metric from the store's Parquet, captions read raw."""

    folder: Path

    def __call__(self) -> Sums:
        """The sum of each metric over its groups."""
        work = Workspace(self.folder)
        names, ownership = (table.to_pandas() for table in registry_of(work))
        known = dict(zip(names["name"], names["account_id"], strict=True))
        readings = _readings(_read(work, "observations"), known, work.rules)
        posts = _owned(_chosen(readings), _authors(readings, known), ownership)
        posts = _marked(
            _with_followers(posts, _read(work, "followers"), known, work.rules), work.rules
        )
        found = [
            _account_metrics(posts),
            *_activity(posts, work.rules),
            *_comment_counts(_read(work, "comments"), posts, work.rules),
        ]
        sums = reduce(lambda all_of, table: all_of | dict(table.sum()), found, dict[str, float]())
        return {name: rounded(float(value)) for name, value in sorted(sums.items())}


def _read(work: Workspace, name: str) -> pd.DataFrame:
    parts = read_parts(work.layout, name)
    return pd.concat([pd.read_parquet(part, dtype_backend="pyarrow") for part in parts])


def _in_window(rows: pd.DataFrame, rules: Rules, day: str = "published_on") -> pd.DataFrame:
    window, days = rules.edition.window, pd.to_datetime(rows[day])
    opens, closes = pd.Timestamp(window.opens_on), pd.Timestamp(window.closes_on)
    return rows.assign(**{day: days})[(days >= opens) & (days < closes)]


def _readings(seen: pd.DataFrame, known: dict[str, str], rules: Rules) -> pd.DataFrame:
    seen = _in_window(seen[seen["platform"].isin(rules.edition.platforms)], rules)
    seen = seen.assign(account_id=seen["account_id"].map(known))
    seen = seen[seen["account_id"].notna()]
    snapshot = rules.edition.snapshot
    target, tolerance = (
        int(days * 86_400) for days in (snapshot.age_days, snapshot.tolerance_days)
    )
    read_at, published = (
        pd.to_datetime(seen[name], utc=True)
        .dt.floor("s")
        .astype("datetime64[s, UTC]")
        .astype("int64")
        for name in ("observed_at", "published_at")
    )
    age = read_at - published
    off = (age - target).abs()
    late = np.where(age < target - tolerance, _YOUNG, (1 << 40) - read_at)
    bare = seen["text"].str.lower().str.replace(_SPACES, "", regex=True)
    text = bare.where(bare != "")
    return seen.assign(place=np.where(off <= tolerance, off, late), text_hash=text).drop(
        columns="text"
    )


def _chosen(readings: pd.DataFrame) -> pd.DataFrame:
    """The scored reading of each post; a count that it lacks comes from the next that has it."""
    is_repeated = readings.duplicated(POST, keep=False)
    again = readings[is_repeated].sort_values(
        ["place", "account_id", "source_sha256", "source_row"]
    )
    best = again.drop_duplicates(POST).set_index(POST)
    for name in COUNTS:
        tells = again[name].notna() | (again[f"{name}_missing"] != "not_collected")
        said = again[tells & (again["place"] < _YOUNG)].drop_duplicates(POST).set_index(POST)
        best[name] = said[name].reindex(best.index)
    chosen = pd.concat([readings[~is_repeated], best.reset_index()])
    return chosen[chosen["place"] < _YOUNG]


def _authors(readings: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    """The known authors of the posts that have more than one."""
    under = readings[[*POST, "account_id"]].rename(columns={"account_id": "author"})
    invited = readings[readings["co_account_ids"].notna()]
    named = invited[[*POST, "co_account_ids"]].explode("co_account_ids")
    named = named.assign(author=named["co_account_ids"].map(known)).dropna(subset="author")
    every = pd.concat([under, named[[*POST, "author"]]]).drop_duplicates()
    return every[every.duplicated(POST, keep=False)]


def _owned(posts: pd.DataFrame, authors: pd.DataFrame, ownership: pd.DataFrame) -> pd.DataFrame:
    """A row a post and credited institution."""
    posts = posts.drop(columns=["co_account_ids", "source_sha256", "source_row"])
    posts = posts.merge(authors, on=POST, how="left")
    posts["author"] = posts["author"].fillna(posts["account_id"])
    spans = ownership.rename(columns={"account_id": "author"})
    owned = posts.merge(spans, on="author")
    day = owned["published_on"].dt.date
    owned = owned[(day >= owned["valid_from"]) & (day < owned["valid_to"])]
    is_other = owned["author"] != owned["account_id"]
    owned = owned.assign(is_other=is_other).sort_values(["is_other", "author"])
    return owned.drop_duplicates([*POST, "institution_id"]).assign(account_id=lambda t: t["author"])


def _with_followers(
    posts: pd.DataFrame, followers: pd.DataFrame, known: dict[str, str], rules: Rules
) -> pd.DataFrame:
    """Posts with the median followers of their account, and those on the line of their day."""
    read = followers.assign(account_id=followers["account_id"].map(known)).dropna(
        subset="account_id"
    )
    read = read.assign(observed_on=pd.to_datetime(read["observed_on"]))
    count = read["follower_count"].astype("float64")
    daily = count.groupby([read["account_id"], read["observed_on"]]).median().rename("followers")
    days = daily.reset_index()
    median = _in_window(days, rules, "observed_on").groupby("account_id")["followers"].median()
    window = pd.date_range(
        rules.edition.window.opens_on, rules.edition.window.closes_on, inclusive="left"
    )
    lines = {
        account: np.interp(
            window.to_numpy().astype("datetime64[D]").astype(float),
            one["observed_on"].to_numpy().astype("datetime64[D]").astype(float),
            one["followers"].to_numpy(),
        )
        for account, one in days.groupby("account_id")
    }
    grid = pd.DataFrame(lines, index=window).unstack().rename("posting_follower_count")
    grid = np.floor(0.5 + grid).rename_axis(["account_id", "published_on"]).reset_index()
    grid["published_on"] = grid["published_on"].astype(posts["published_on"].dtype)
    posts = posts.merge(grid, on=["account_id", "published_on"], how="left")
    return posts.assign(follower_count=posts["account_id"].map(median))


def _marked(posts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Posts with their interactions, and the marks of copies: not the first own post of a text."""
    counts = {
        name: posts[name].astype("float64") for name in (*COUNTS, "media_count", "alt_text_count")
    }
    total = pd.Series(np.nan, posts.index)
    for platform, names in rules.columns.items():
        if names:
            is_here = posts["platform"] == platform
            total = total.mask(is_here, sum(counts[name] for name in names))
    days = (posts["published_on"] - pd.Timestamp("1970-01-05")).dt.days
    posts = posts.assign(
        **counts,
        interaction_count=total,
        is_own=posts["origin"].isin(["original", "quote"]).astype(bool),
        period=days // rules.edition.scoring.copy_days,
        week_on=days // 7,
    )
    own = posts[posts["is_own"] & posts["text_hash"].notna()]
    own = own.sort_values(["published_at", "platform", "post_id"])
    text = ["institution_id", "text_hash", "period"]
    marks = {"is_copy": [*text, "platform"], "is_cross_copy": text}
    for name, same in marks.items():
        posts[name] = own.duplicated(same).reindex(posts.index, fill_value=False)
    return posts


def _account_metrics(posts: pd.DataFrame) -> pd.DataFrame:
    """The metrics of accounts, as metrics.sql has them."""
    own = posts[posts["is_own"]]
    total, views, kind = own["interaction_count"], own["view_count"], own["kind"]
    fresh, both = ~own["is_copy"], total.notna() & views.notna()
    image, video = (kind.isin(kinds).astype(bool) for kinds in (_IMAGES, _VIDEOS))
    pictures = image & own["media_count"].notna() & own["alt_text_count"].notna()
    posting = own["posting_follower_count"].replace(0, np.nan)
    columns: dict[str, Any] = {
        "post_count": 1,
        "clean_post_count": fresh,
        "discussion_count": total - own["reaction_count"],
        "image_post_count": fresh & image,
        "video_post_count": fresh & video,
        "video_view_count": views.where(both & video),
        "video_interaction_count": total.where(both & video),
        "image_media_count": own["media_count"].where(pictures),
        "alt_text_count": own["alt_text_count"].where(pictures),
        "captioned_video_count": fresh & video & own["text_hash"].notna(),
        "seen_total": total.where(both),
        "seen_views": views.where(both),
    }
    columns |= {name: own[name] for name in COUNTS if name != "save_count"}
    columns |= {"interaction_count": total}
    by = [own[name] for name in _ACCOUNT]
    sums = pd.DataFrame(columns, own.index).groupby(by).sum()
    mean = total.groupby(by).mean()
    rate = (1_048_576 * 1000 * total / posting).round()
    return sums.drop(columns=["seen_total", "seen_views"]).assign(
        interactions_per_post=mean,
        median_interactions=total.groupby(by).median(),
        engagement_rate=1000 * mean / own["follower_count"].groupby(by).max().replace(0, np.nan),
        posting_engagement_rate=rate.groupby(by).mean() / 1_048_576,
        engagement_per_1000_views=1000 * sums["seen_total"] / sums["seen_views"].replace(0, np.nan),
    )


def _activity(posts: pd.DataFrame, rules: Rules) -> list[pd.DataFrame]:
    """Days with posts, posts of a day up to the cap, weeks with three posts or more."""
    own, day = posts[posts["is_own"]], ["institution_id", "published_on"]
    fresh = own[~own["is_cross_copy"]]
    capped = fresh.groupby(["platform", *day]).size().clip(upper=rules.edition.scoring.daily_cap)
    weeks = fresh.groupby(["institution_id", "week_on"]).size()
    counts = {
        "active_day_count": len(own.drop_duplicates(day)),
        "image_day_count": len(own[own["kind"].isin(_IMAGES)].drop_duplicates(day)),
        "capped_post_count": int(capped.sum()),
        "busy_week_count": int((weeks >= 3).sum()),
    }
    return [pd.DataFrame([counts])]


def _comment_counts(read: pd.DataFrame, posts: pd.DataFrame, rules: Rules) -> list[pd.DataFrame]:
    read = _in_window(read, rules).assign(is_answer=read["parent_id"].notna())
    key = ["platform", "comment_id"]
    once = read.sort_values("post_id").drop_duplicates(key, keep="last").set_index(key)
    again = (
        read[read.duplicated(key, keep=False)].groupby(key)[["is_institution", "is_answer"]].any()
    )
    once.update(again)
    once = once.reset_index().merge(posts[[*POST, *_ACCOUNT[:2]]], on=POST)
    by_office = once["is_institution"].astype(bool)
    counts = {
        "public_comment_count": int((~by_office).sum()),
        "reply_count": int((by_office & once["is_answer"].astype(bool)).sum()),
    }
    return [pd.DataFrame([counts])]
