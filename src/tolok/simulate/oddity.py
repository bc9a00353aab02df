"""The oddities of a simulated edition: their names, and the accounts they are given to."""

from dataclasses import dataclass
from enum import IntFlag, auto

import numpy as np

from tolok.simulate.accounts import SimulatedAccount
from tolok.simulate.institutions import Institutions
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import generator


class Oddity(IntFlag):
    """What is odd about a post; the lower-case names stand in oddities.csv."""

    HIDDEN_LIKES = auto()
    COLLAB = auto()
    CROSS_POST = auto()
    EXACT_COPY = auto()
    DELETED = auto()
    SPAM = auto()
    BOUGHT_LIKES = auto()
    VIRAL = auto()
    GIVEAWAY = auto()
    BOOSTED = auto()
    CRISIS = auto()
    WINDOW_EDGE = auto()
    READ_LATE = auto()
    NOT_COLLECTED = auto()
    COMMENTS_OFF = auto()
    REPOST = auto()
    QUOTE = auto()
    REPLY = auto()


NOTES = {
    Oddity.HIDDEN_LIKES: "the account hid its likes",
    Oddity.COLLAB: "one post exported under two accounts",
    Oddity.CROSS_POST: "same text on Instagram and Facebook",
    Oddity.EXACT_COPY: "same text as an earlier post of the account",
    Oddity.DELETED: "deleted by the institution",
    Oddity.SPAM: "one of more than 30 nearly equal posts of a day",
    Oddity.BOUGHT_LIKES: "likes out of proportion to comments",
    Oddity.VIRAL: "a hit far above the account's level",
    Oddity.GIVEAWAY: "comments drawn by prizes",
    Oddity.BOOSTED: "paid reach",
    Oddity.CRISIS: "in the week of the crisis",
    Oddity.WINDOW_EDGE: "within an hour of the window's edge",
    Oddity.READ_LATE: "first read weeks after the stated age",
    Oddity.NOT_COLLECTED: "the reading failed or came after the deletion",
    Oddity.COMMENTS_OFF: "comments are disabled",
    Oddity.REPOST: "another account's post: the share count is the original's",
    Oddity.QUOTE: "a quote",
    Oddity.REPLY: "a reply",
}


@dataclass(frozen=True)
class Cast:
    """Who is odd in which way, as positions in the list of accounts; one institution's position.

    single is the institution with one platform, crisis the one with a crisis week.
    """

    single: int
    crisis: int
    hiders: tuple[int, ...]
    buyer: int
    givers: tuple[int, ...]
    edge: int
    copier: int
    spammer: int
    muted: int
    stopped: tuple[int, ...]
    few: tuple[int, ...]
    jumping: int
    echoed: int


def cast_oddities(
    plan: SimulationPlan, institutions: Institutions, accounts: tuple[SimulatedAccount, ...]
) -> Cast:
    """The cast of a plan; large editions have several of those that come in the plural."""
    steady = institutions.steady
    crisis = next(
        position
        for position in steady[1:]
        if institutions.rows[position].cluster == "local-governments"
    )
    queues = {
        platform: _queue(plan, institutions, accounts, platform, crisis)
        for platform in ("instagram", "facebook", "x", "youtube", "tiktok")
    }
    several = 1 + plan.institutions // 100

    def take(platform: str, count: int = 1) -> tuple[int, ...]:
        queue = queues[platform]
        return tuple(queue.pop(0) for _ in range(count))

    return Cast(
        single=steady[0],
        crisis=crisis,
        hiders=take("instagram", several),
        buyer=take("instagram")[0],
        givers=take("instagram", several),
        edge=take("instagram")[0],
        copier=take("facebook")[0],
        jumping=take("facebook")[0],
        spammer=take("x")[0],
        muted=take("youtube")[0],
        stopped=take("youtube", several),
        few=take("tiktok", several),
        echoed=take("instagram")[0],
    )


def _queue(
    plan: SimulationPlan,
    institutions: Institutions,
    accounts: tuple[SimulatedAccount, ...],
    platform: str,
    crisis: int,
) -> list[int]:
    """A platform's accounts in random order, those of steady institutions and main role first."""
    rng = generator(plan.seed, "cast", platform)
    steady = set(institutions.steady) - {crisis}

    def plainness(index: int) -> tuple[bool, bool]:
        account = accounts[index]
        lasting = account.starts_on is None and account.stops_on is None
        return not lasting, account.voice not in steady or account.row.role != "main"

    here = [i for i, account in enumerate(accounts) if account.row.platform == platform]
    return sorted(rng.permutation(np.array(here)).tolist(), key=plainness)
