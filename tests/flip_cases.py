"""Buyers for tests of the cost to flip, from the posts of an invented edition."""

from dataclasses import replace

import numpy as np
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.model import KINDS
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_award import awards_of
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_posts import DAYS_IN_WEEK, OwnPosts, RowValues
from tolok.scoring.view import view_of

NOTHING = RowValues({}, {})


def own_posts(account, day, count, *, kind=None, copies=()):
    """Posts of one institution, with what they add to the metrics that tests use."""
    account, day = np.asarray(account, dtype=np.int64), np.asarray(day, dtype=np.int64)
    count = np.asarray(count, dtype=np.float64)
    kind = np.zeros(count.size, dtype=np.int64) if kind is None else np.asarray(kind)
    is_copy = np.isin(np.arange(count.size), copies)
    one, none = np.ones(count.size), np.zeros(count.size)
    sums = {
        "interaction_count": count,
        "post_count": one,
        "image_count": (kind == 0).astype(float),
    }
    gains = {name: one if name == "interaction_count" else none for name in sums}
    return OwnPosts(
        account=account,
        day=day,
        kind=kind,
        is_copy=is_copy,
        is_cross_copy=is_copy,
        is_joint=np.zeros(count.size, dtype=np.bool_),
        counts={"interaction_count": count, "view_count": np.full(count.size, np.nan)},
        sums=sums,
        gains={"interaction_count": gains, "view_count": dict.fromkeys(sums, none)},
        marks={},
    )


def buyers_of(case, values=NOTHING):
    """Every institution of an invented edition as a buyer, its posts on days of their weeks."""
    panel = case.panel
    found = {}
    for row, institution in enumerate(panel.institution_ids):
        names = [panel.account_ids[at] for at in np.flatnonzero(panel.account_institution == row)]
        at = [case.accounts.index(one) for one in case.accounts if one[1] == institution]
        posts = np.flatnonzero(np.isin(case.account, at))
        account = np.array([names.index(case.accounts[one][0]) for one in case.account[posts]])
        day = case.week[posts] * DAYS_IN_WEEK + np.arange(posts.size) % DAYS_IN_WEEK
        order = np.lexsort((day, account))
        kind = np.where(case.kind[posts] == len(KINDS), -1, case.kind[posts])
        count = np.where(case.count[posts] < 0, np.nan, case.count[posts])
        own = own_posts(account[order], day[order], count[order], kind=kind[order])
        found[row] = Buyer(panel, row, own, values)
    return found


def an_award(scores, *, first=None, days=None, count=2):
    """The award of one cluster with these scores, from a panel of that many institutions."""
    case = invented(1, institutions=2 * len(scores))
    rules = rules_of(category(indicator("quality")), nominee_count=count)
    view = view_of(case.panel, rules)
    (one,) = score_categories(view, freeze_reference(case.panel, rules))
    award = next(award for award in awards_of(view, (one,)) if award.cluster == "agencies")
    rank = np.array([1 + sum(other > own for other in scores) for own in scores])
    return replace(
        award,
        rank=rank,
        score=np.array(scores),
        first=np.array(first or [50.0] * len(scores)),
        days=np.array(days or [10.0] * len(scores)),
        is_nominee=(rank <= count).astype(np.int64),
    )
