"""The oddities, planted into the bare posts; the number of posts stays as it is."""

import numpy as np

from tolok.model import ORIGINS
from tolok.simulate.draw import Rows, Scene, by_account_and_instant
from tolok.simulate.oddity import Cast, Oddity
from tolok.simulate.seed import Ints, generator, uniform
from tolok.simulate.timetable import DAY, HOUR, SECOND, WEEK
from tolok.simulate.volume import SPAM_A_DAY, spam_count

COPY_SHARE, COPIER_SHARE = 0.0062, 0.165
"""Drawn; 0.6 and 12 % are left when other oddities have taken theirs."""
CROSS_SHARE = 0.12
COLLAB_SHARE = 0.01
HIDDEN_SHARE = 0.0034
VIRAL_SHARE, VIRAL_LIFT = 0.0002, 3.0
GIVEAWAY_SHARE, GIVEAWAY_LIFT, GIVEAWAY_CHAT = 0.12, 1.2, 2.2
BOOST_SHARE, BOOST_LIFT = 0.008, 0.9
DELETED_SHARE, DELETED_WITHIN_DAYS = 0.004, 60
FAILED_SHARE, LATE_SHARE = 0.001, 0.03
MUTED_SHARE = 0.2
BOUGHT_TIMES = (6.0, 12.0)
CRISIS_AT, CRISIS_LIFT = 0.38, np.log(4021 / 761)
"""Rio Grande do Sul in May 2024: mean 4,021 interactions against a median of 761."""
BURST_AT = 0.55

# Salts of the numbers that a post's key yields; each use has its own.
COPY, SOURCE, CROSS, DELAY, BOOST, DELETE, DELETE_AFTER, FAIL, LATE, MUTE, BOUGHT = range(100, 111)


def plant_oddities(scene: Scene, rows: dict[str, Rows], cast: Cast) -> dict[str, Rows]:
    """The rows of each platform with every oddity in them, by account and instant."""
    planted = dict(rows)
    _edge(scene, planted["instagram"], cast.edge)
    _spam(scene, planted["x"], cast.spammer)
    _giveaways(planted["instagram"], cast.givers)
    for platform, part in planted.items():
        if platform == "facebook":
            _cross_posts(scene, part, planted["instagram"])
        planted[platform] = by_account_and_instant(part)
        _copies(planted[platform], cast.copier)
        _fates(planted[platform], platform, cast)
    _hits(scene, planted["instagram"])
    _bought_likes(scene, planted["instagram"], cast.buyer)
    _hidden_likes(planted["instagram"], cast.hiders)
    _collabs(scene, planted["instagram"])
    for platform, part in planted.items():
        _crisis(scene, part, cast.crisis)
        planted[platform] = by_account_and_instant(part)
    return planted


def _mark(rows: Rows, chosen: Ints, oddity: Oddity) -> None:
    rows["marks"][chosen] |= np.uint32(oddity)


def _of_account(rows: Rows, account: int) -> Ints:
    return np.flatnonzero(rows["account"] == account)


def _edge(scene: Scene, rows: Rows, account: int) -> None:
    """Four posts half an hour before and after the window opens and closes."""
    own = _of_account(rows, account)
    half = HOUR // 2
    opens_at, closes_at = scene.timetable.opens_at, scene.timetable.closes_at
    chosen = own[[0, 1, -2, -1]]
    rows["published"][chosen] = [
        opens_at - half,
        opens_at + half,
        closes_at - half,
        closes_at + half,
    ]
    _mark(rows, chosen, Oddity.WINDOW_EDGE)


def _spam(scene: Scene, rows: Rows, account: int) -> None:
    """Days full of one text that differs only in its running number."""
    own = _of_account(rows, account)[: spam_count(scene.plan)]
    turn = np.arange(len(own))
    minutes = 8 * 60 + (turn % SPAM_A_DAY) * 20
    first_day = scene.timetable.opens_at + 10 * DAY
    days = len(own) // SPAM_A_DAY
    # Spread over a third of the window at most; more days than that are the plan's maximum.
    step = max(1, int((scene.timetable.closes_at - first_day) // (3 * DAY * days)))
    day = turn // SPAM_A_DAY * step
    rows["published"][own] = first_day + day * DAY + minutes * 60 * SECOND
    rows["caption"][own] = rows["caption"][own[turn // SPAM_A_DAY * SPAM_A_DAY]]
    rows["serial"][own] = turn % SPAM_A_DAY + 1
    rows["origin"][own] = ORIGINS.index("original")
    _mark(rows, own, Oddity.SPAM)


def _giveaways(rows: Rows, accounts: tuple[int, ...]) -> None:
    for account in accounts:
        own = _of_account(rows, account)
        chosen = own[:: round(1 / GIVEAWAY_SHARE)]
        rows["y"][chosen] += GIVEAWAY_LIFT
        rows["chat"][chosen] += GIVEAWAY_CHAT
        _mark(rows, chosen, Oddity.GIVEAWAY)


def _cross_posts(scene: Scene, rows: Rows, originals: Rows) -> None:
    """Facebook posts that repeat a post of the same institution's main Instagram account."""
    is_main = np.array([account.row.role == "main" for account in scene.accounts])
    main = np.flatnonzero(is_main[originals["account"]])
    main = main[np.argsort(originals["voice"][main], kind="stable")]
    voices = originals["voice"][main]
    chosen = np.flatnonzero(uniform(rows["key"], CROSS) < CROSS_SHARE)
    start = np.searchsorted(voices, rows["voice"][chosen], side="left")
    stop = np.searchsorted(voices, rows["voice"][chosen], side="right")
    # The n-th cross-post of an account repeats a post of about that place in the year.
    first = np.searchsorted(rows["account"], rows["account"][chosen], side="left")
    last = np.searchsorted(rows["account"], rows["account"][chosen], side="right")
    place = (chosen - first) / (last - first)
    source = main[np.minimum(start + (place * (stop - start)).astype(np.int64), len(main) - 1)]
    one_time = np.unique(source, return_index=True)[1]
    usable = np.zeros(len(chosen), dtype=bool)
    usable[one_time] = True
    usable &= (stop > start) & (originals["marks"][source] == 0)
    chosen, source = chosen[usable], source[usable]
    delay = (uniform(rows["key"][chosen], DELAY) * 50 + 2).astype(np.int64) * 60 * SECOND
    rows["published"][chosen] = originals["published"][source] + delay
    for field in ("caption", "kind"):
        rows[field][chosen] = originals[field][source]
    _mark(rows, chosen, Oddity.CROSS_POST)
    _mark(originals, source, Oddity.CROSS_POST)


def _copies(rows: Rows, copier: int) -> None:
    """Captions that repeat an earlier one of the account, word by word."""
    share = np.where(rows["account"] == copier, COPIER_SHARE, COPY_SHARE)
    first = np.searchsorted(rows["account"], rows["account"], side="left")
    before = np.arange(len(rows)) - first
    is_copy = (uniform(rows["key"], COPY) < share) & (before > 0) & (rows["marks"] == 0)
    is_copy &= rows["origin"] == ORIGINS.index("original")
    chosen = np.flatnonzero(is_copy)
    back = (uniform(rows["key"][chosen], SOURCE) * before[chosen]).astype(np.int64) + 1
    source = chosen - back
    usable = (rows["marks"][source] & ~np.uint32(Oddity.CROSS_POST)) == 0
    usable &= (rows["origin"][source] == ORIGINS.index("original")) & ~is_copy[source]
    chosen, source = chosen[usable], source[usable]
    rows["caption"][chosen] = rows["caption"][source]
    _mark(rows, chosen, Oddity.EXACT_COPY)


def _fates(rows: Rows, platform: str, cast: Cast) -> None:
    """What befalls single posts anywhere: boosting, deletion, failed and late readings."""
    for origin in ("repost", "quote", "reply"):
        _mark(rows, np.flatnonzero(rows["origin"] == ORIGINS.index(origin)), Oddity[origin.upper()])
    if platform in ("instagram", "facebook", "tiktok"):
        chosen = _lowest(rows, BOOST, BOOST_SHARE)
        # Instagram's public counts are organic; the others' mix both.
        rows["y"][chosen] += 0.0 if platform == "instagram" else BOOST_LIFT
        _mark(rows, chosen, Oddity.BOOSTED)
    chosen = _lowest(rows, DELETE, DELETED_SHARE)
    after = uniform(rows["key"][chosen], DELETE_AFTER) * DELETED_WITHIN_DAYS * DAY + HOUR
    rows["deleted"][chosen] = rows["published"][chosen] + after.astype(np.int64) // SECOND * SECOND
    _mark(rows, chosen, Oddity.DELETED)
    if platform == "web":
        return
    _mark(rows, _lowest(rows, FAIL, FAILED_SHARE), Oddity.NOT_COLLECTED)
    _mark(rows, _lowest(rows, LATE, LATE_SHARE), Oddity.READ_LATE)
    own = _of_account(rows, cast.muted)
    _mark(rows, own[uniform(rows["key"][own], MUTE) < MUTED_SHARE], Oddity.COMMENTS_OFF)
    _mark(rows, own[:1], Oddity.COMMENTS_OFF)


def _lowest(rows: Rows, salt: int, share: float) -> Ints:
    """The share of the rows that draw lowest, one at least."""
    count = max(1, round(share * len(rows)))
    return np.sort(np.argpartition(uniform(rows["key"], salt), count - 1)[:count])


def _hits(scene: Scene, rows: Rows) -> None:
    rng = generator(scene.plan.seed, "hits")
    plain = np.flatnonzero(rows["marks"] == 0)
    chosen = np.sort(rng.permutation(plain)[: max(3, round(VIRAL_SHARE * len(rows)))])
    rows["y"][chosen] += VIRAL_LIFT + 0.4 * rng.standard_normal(len(chosen))
    _mark(rows, chosen, Oddity.VIRAL)


def _bought_likes(scene: Scene, rows: Rows, account: int) -> None:
    """Two weeks of likes out of proportion; three posts at least."""
    own = _of_account(rows, account)
    first = int(np.searchsorted(rows["published"][own], scene.timetable.at_share(BURST_AT)))
    first = min(first, len(own) - 3)
    until = int(np.searchsorted(rows["published"][own], rows["published"][own[first]] + 2 * WEEK))
    chosen = own[first : max(until, first + 3)]
    low, high = BOUGHT_TIMES
    rows["likes_times"][chosen] = low + (high - low) * uniform(rows["key"][chosen], BOUGHT)
    _mark(rows, chosen, Oddity.BOUGHT_LIKES)


def _hidden_likes(rows: Rows, accounts: tuple[int, ...]) -> None:
    """Runs of posts with hidden likes, the first account's twice as long as each other's."""
    total = max(len(accounts) + 1, round(HIDDEN_SHARE * len(rows)))
    for turn, account in enumerate(accounts):
        own = _of_account(rows, account)
        length = min(len(own), total * (2 if turn == 0 else 1) // (len(accounts) + 1))
        start = (len(own) - length) // 2
        _mark(rows, own[start : start + max(length, 1)], Oddity.HIDDEN_LIKES)


def _collabs(scene: Scene, rows: Rows) -> None:
    """Posts that stand a second time, in the place of a partner's own post of that time."""
    rng = generator(scene.plan.seed, "collabs")
    main = [i for i in np.unique(rows["account"]) if scene.accounts[i].row.role == "main"]
    blocks = {i: _of_account(rows, i) for i in main}
    wanted = max(4, round(COLLAB_SHARE / 2 * len(rows)))
    plain = rng.permutation(np.flatnonzero((rows["marks"] == 0) & np.isin(rows["account"], main)))
    partners = rng.integers(len(main), size=len(plain)).tolist()
    for source, choice in zip(plain.tolist(), partners, strict=True):
        partner, account = main[choice], rows["account"][source]
        block = blocks[partner]
        place = int(np.searchsorted(rows["published"][block], rows["published"][source]))
        if partner == account or not 0 < place < len(block):
            continue
        taken = block[place]
        if rows["marks"][source] or rows["marks"][taken]:
            continue
        rows[taken] = rows[source]
        rows["account"][taken], rows["co"][taken], rows["co"][source] = partner, account, partner
        _mark(rows, np.array([source, taken]), Oddity.COLLAB)
        wanted -= 1
        if wanted == 0:
            return


def _crisis(scene: Scene, rows: Rows, institution: int) -> None:
    """A week of one institution far above its level; one post is moved there if none was."""
    crisis_at = scene.timetable.at_share(CRISIS_AT)
    week = scene.timetable.week_of(np.array([crisis_at]))
    own = np.flatnonzero((rows["voice"] == institution) & (rows["co"] < 0))
    chosen = own[scene.timetable.week_of(rows["published"][own]) == week]
    if len(own) and not len(chosen):
        chosen = own[[np.argmin(np.abs(rows["published"][own] - crisis_at))]]
        rows["published"][chosen] = crisis_at
    rows["y"][chosen] += CRISIS_LIFT
    _mark(rows, chosen, Oddity.CRISIS)
