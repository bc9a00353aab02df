"""An edition of every model with every oddity that an account of differences must stand."""

from dataclasses import replace

import numpy as np
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.methodology.category import Gate, Ratio
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.explain import Scene
from tolok.scoring.view import view_of

REPLIES = (Ratio("reply_count", "public_comment_count"),)
BOTH = (Ratio("image_count", "post_count"), Ratio("active_day_count", "days"))
EVERY = category(
    indicator("quality"),
    indicator("strata", weight=0.5, strata=(("image",), ("video", "text"))),
    indicator("level", "level", 0.3),
    indicator("above", "above_expected", 0.4),
    indicator("above_level", "above_expected", 0.2, baseline="level"),
    indicator("uplift", "uplift", 0.3, kinds=("image",)),
    share_of("image_count", "post_count", "images", 0.4, by_platform=True),
    share_of("active_day_count", "days", "days", 0.4),
    indicator("both", "share", 0.2, ratios=BOTH, transform="logit"),
    indicator("replies", "rate", 0.3, ratios=REPLIES, per=100.0, transform="log1p"),
    indicator("rate", "rate", 0.2, ratios=(Ratio("interaction_count", "post_count"),)),
    indicator("total", "total", 0.3, metric="interaction_count", transform="log1p", per_week=True),
    indicator("diversity", "diversity", 0.2, metric="post_count"),
    indicator("growth", "growth", 0.2),
    nominee_count=1,
)
PICTURES = category(
    indicator("pictures", "total", metric="image_count", transform="log1p"),
    name="pictures",
    gate=Gate(("image",), 8, 1),
)
BEST = category(
    indicator("all", "category", 0.6, category="engaging"),
    indicator("seen", "category", 0.2, category="pictures", absent="fifth_percentile"),
    indicator("own", "residual", 0.4),
    name="best",
    aggregation="geometric",
    nominee_count=1,
)
RULES = rules_of(EVERY, PICTURES, BEST)


def uneven(seed):
    """Random posts; some institutions lack a platform, counts, followers, answers or pictures."""
    case = invented(seed)
    rng = np.random.default_rng(seed)
    names = sorted(case.clusters)
    account, kind, count = case.account.copy(), case.kind.copy(), case.count.copy()
    moved = (account == 6) & (rng.random(account.size) < 0.4)
    account[moved] = len(case.accounts)  # body-03 has a second account on Instagram
    kind[np.isin(account, (8, 9))] = 4  # body-04 has no pictures
    count[account == 10] = -1  # nothing of body-05 on Instagram is known
    stays = (account != 1) | (rng.random(account.size) < 0.05)  # body-00 has left X
    followers = np.append(case.followers, 5000.0)
    followers[5] = np.nan  # followers of body-02 on X are unknown
    answers = {name: float(rng.integers(0, 20)) for name in names if name != "body-06"}
    return replace(
        case,
        accounts=[*case.accounts, ("instagram:second", "body-03", "instagram")],
        followers=followers,
        growth=np.exp(rng.normal(0.05, 0.05, followers.size)),
        account=account[stays],
        week=case.week[stays],
        kind=kind[stays],
        count=count[stays],
        whole={"reply_count": answers, "public_comment_count": dict.fromkeys(answers, 20.0)},
    )


def scene_of(panel, rules=RULES, reference=None, posts=()):
    """The scores of a panel, ready to be explained."""
    reference = reference or freeze_reference(panel, rules)
    view = view_of(panel, rules)
    return Scene(view, score_categories(view, reference), reference, posts)


def every(node):
    """A node and all that is within it."""
    yield node
    for child in node.children:
        yield from every(child)


def of_kind(node, kind):
    """The nodes of a kind by name, the last one where names come again."""
    return {one.name: one for one in every(node) if one.kind == kind}
