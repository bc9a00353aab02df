"""Invented editions for tests of scoring: single posts in arrays, counted into a Panel."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from tolok.methodology.category import Category, Gate, Indicator, Ratio
from tolok.methodology.edition import Cluster, Edition, Eligibility, Scoring
from tolok.methodology.rules import Rules
from tolok.model import KINDS, Label, Window
from tolok.scoring import Histogram, Panel

NAME = Label("nama", "name")
LENIENT = Eligibility(
    min_active_weeks=1,
    min_platform_posts=5,
    min_platform_share=0.0,
    min_indicator_share=0.5,
    min_cluster_size=2,
)


def indicator(name="quality", model="residual", weight=1.0, **rest):
    """An indicator of an invented category."""
    return Indicator(name=name, label=NAME, weight=weight, model=model, **rest)


def share_of(numerator, denominator, name="share", weight=1.0, **rest):
    """An indicator that is one share."""
    ratios = (Ratio(numerator, denominator),)
    return indicator(name, "share", weight, ratios=ratios, **{"transform": "logit"} | rest)


def category(*indicators, name="engaging", aggregation="arithmetic", gate=None, **rest):
    """An invented category."""
    return Category(
        name=name,
        order=1,
        label=NAME,
        question=NAME,
        aggregation=aggregation,
        gate=gate or Gate(),
        indicators=indicators,
        **rest,
    )


def rules_of(*categories, eligibility=LENIENT, scoring=None, weights=None, **rest):
    """The rules of an invented edition."""
    weights = weights or {"instagram": 1.0, "x": 1.0}
    edition = Edition(
        name="invented",
        title=NAME,
        window=Window(date(2025, 1, 6), date(2025, 3, 31), "Asia/Jakarta"),
        platforms=tuple(weights),
        clusters=(Cluster("agencies", NAME), Cluster("ministries", NAME)),
        platform_weights=weights,
        eligibility=eligibility,
        scoring=scoring or Scoring(min_audience_accounts=3),
        **rest,
    )
    return Rules(edition, {}, {}, categories)


@dataclass(frozen=True)
class Case:
    """An invented edition: institutions, their accounts, and every post.

    `accounts` are (account_id, institution_id, platform); posts refer to accounts by their index,
    and a count of -1 is unknown. `whole` holds metrics of institutions by week.
    """

    clusters: dict[str, str]
    accounts: list[tuple[str, str, str]]
    followers: np.ndarray
    account: np.ndarray
    week: np.ndarray
    kind: np.ndarray
    count: np.ndarray
    weeks: int = 12
    growth: float = 1.1
    whole: dict[str, dict[str, float]] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()

    @property
    def panel(self):
        """The panel that the posts make, with institutions and accounts sorted."""
        institutions = sorted(self.clusters)
        order = sorted(range(len(self.accounts)), key=lambda i: (self.accounts[i][1], i))
        place = np.argsort(order)
        accounts = [self.accounts[i] for i in order]
        account = place[self.account]
        owner = np.array([institutions.index(row[1]) for row in accounts], dtype=np.int64)
        followers = self.followers[order].astype(float)
        shape = (len(accounts), self.weeks)
        posts = np.zeros((*shape, len(KINDS) + 1), dtype=np.int64)
        np.add.at(posts, (account, self.week, self.kind), 1)
        known = self.count >= 0
        interactions, number = np.zeros(shape), np.zeros(shape)
        np.add.at(interactions, (account[known], self.week[known]), self.count[known])
        np.add.at(number, (account[known], self.week[known]), 1)
        hidden = (posts.sum(axis=2) > 0) & (number == 0)
        weekly = np.zeros((len(institutions), self.weeks), dtype=np.int64)
        np.add.at(weekly, owner, posts.sum(axis=2))
        whole = {
            name: np.array([[by.get(one, np.nan)] * self.weeks for one in institutions])
            for name, by in self.whole.items()
        }
        days = np.full(self.weeks, 7)
        return Panel(
            institution_ids=tuple(institutions),
            institution_names=tuple(f"Name of {one}" for one in institutions),
            clusters=tuple(self.clusters[one] for one in institutions),
            is_confirmed=np.array([one not in self.unconfirmed for one in institutions]),
            platforms=tuple(sorted({row[2] for row in accounts})),
            account_ids=tuple(row[0] for row in accounts),
            account_platforms=tuple(row[2] for row in accounts),
            account_institution=owner,
            days_in_week=days,
            follower_count=followers,
            follower_first=followers,
            follower_last=followers * self.growth,
            follower_days=np.full(len(accounts), 60.0),
            posts_by_kind=posts,
            histograms={
                "interaction_count": Histogram.from_counts(
                    account[known],
                    self.week[known],
                    np.where(self.kind == len(KINDS), -1, self.kind)[known],
                    self.count[known],
                )
            },
            account_counts={
                "post_count": posts.sum(axis=2).astype(float),
                "image_count": posts[:, :, 0].astype(float),
                "interaction_count": np.where(hidden, np.nan, interactions),
            },
            institution_counts={"active_day_count": np.minimum(weekly, days).astype(float)} | whole,
        )

    def without(self, *institutions):
        """The same edition without some institutions."""
        kept = [i for i, row in enumerate(self.accounts) if row[1] not in institutions]
        here = np.isin(self.account, kept)
        index = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            clusters={k: v for k, v in self.clusters.items() if k not in institutions},
            accounts=[self.accounts[i] for i in kept],
            followers=self.followers[kept],
            account=np.array([index[i] for i in self.account[here]], dtype=np.int64),
            week=self.week[here],
            kind=self.kind[here],
            count=self.count[here],
        )

    def with_copy(self, institution, name):
        """The same edition with a second institution that posts just as one of them does."""
        mine = [i for i, row in enumerate(self.accounts) if row[1] == institution]
        added = [np.flatnonzero(self.account == i) for i in mine]
        rows = np.concatenate(added)
        new = [np.full(a.size, len(self.accounts) + k) for k, a in enumerate(added)]
        return replace(
            self,
            clusters=self.clusters | {name: self.clusters[institution]},
            accounts=self.accounts
            + [(f"{self.accounts[i][0]}-{name}", name, self.accounts[i][2]) for i in mine],
            followers=np.concatenate([self.followers, self.followers[mine]]),
            account=np.concatenate([self.account, *new]),
            week=np.concatenate([self.week, self.week[rows]]),
            kind=np.concatenate([self.kind, self.kind[rows]]),
            count=np.concatenate([self.count, self.count[rows]]),
            whole={
                metric: by | ({name: by[institution]} if institution in by else {})
                for metric, by in self.whole.items()
            },
        )

    def with_count(self, post, count):
        """The same edition with another count at one post."""
        counts = self.count.copy()
        counts[post] = count
        return replace(self, count=counts)


def invented(seed=0, institutions=8, posts=40, platforms=("instagram", "x"), weeks=12):
    """An edition of random posts: engagement grows like the root of the followers."""
    rng = np.random.default_rng(seed)
    names = [f"body-{i:02}" for i in range(institutions)]
    clusters = {name: ("agencies", "ministries")[i % 2] for i, name in enumerate(names)}
    accounts = [(f"{p}:{name}", name, p) for name in names for p in platforms]
    followers = np.exp(rng.normal(9, 1.2, len(accounts))).round()
    account = np.repeat(np.arange(len(accounts)), posts)
    quality = rng.normal(0, 0.6, len(accounts))
    y = 0.5 * np.log(followers)[account] + quality[account] + rng.normal(0, 1, account.size)
    return Case(
        clusters=clusters,
        accounts=accounts,
        followers=followers,
        account=account,
        week=rng.integers(0, weeks, account.size),
        kind=rng.choice([0, 1, 2, 4, len(KINDS)], account.size),
        count=np.expm1(np.maximum(y, 0)).round().astype(np.int64),
        weeks=weeks,
    )


def by_institution(columns, column="score", *, of=None):
    """A column of a table of scores by institution, for one category or the only one."""
    return {
        name: value
        for name, value, kind in zip(
            columns["institution_id"], columns[column], columns["category"], strict=True
        )
        if of is None or kind == of
    }
