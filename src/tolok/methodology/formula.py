"""The catalogue of published engagement formulas: what each counts, adds up and divides by.

To add a formula, add it to FORMULAS; sums, ranks, pages and docs/formulas.md follow. What cannot be
computed from public counts stands in LEFT_OUT with the reason. No formula decides an award: they
are shown beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tolok.model import Label

STATISTICS = (
    "total", "per_post", "per_post_per_follower", "list_rate", "per_follower", "mean_post_rate",
    "weighted_post_rate", "mean_daily_rate", "share_with_one", "sum_of_parts", "log_of_parts",
)  # fmt: skip
"""What is made of the counts E of an account's posts; see docs/formulas.md."""

MOMENTS = ("none", "posting", "same_day", "mean", "ends", "last")
"""Whose followers divide: those on the day of posting, on each day, the mean of all days, the mean
of the first and the last day, those on the last day of the window, or nobody's."""

JOINS = ("percentile", "minmax", "audience", "sum")
"""How the platforms of an institution become one value, see docs/formulas.md."""

_R, _C, _S = "reaction_count", "comment_count", "share_count"

BASES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "public": {
        "instagram": (_R, _C), "facebook": (_R, _C, _S), "x": (_R, _C, _S), "youtube": (_R, _C),
        "tiktok": (_R, _C, _S), "threads": (_R, _C, _S), "linkedin": (_R, _C, _S),
    },
    "crowdtangle": {"instagram": (_R, _C), "facebook": (_R, _C, _S), "x": (_R, _S)},
    "socialinsider": {
        "instagram": (_R, _C), "facebook": (_R, _C, _S), "x": (_R, _C, _S), "youtube": (_R, _C),
        "tiktok": (_R, _C, _S, "save_count"),
    },
    "reactions": dict.fromkeys(
        ("instagram", "facebook", "x", "youtube", "tiktok", "threads", "linkedin"), (_R,)
    ),
    "comments": dict.fromkeys(
        ("instagram", "facebook", "x", "youtube", "tiktok", "threads", "linkedin"), (_C,)
    ),
    "shares": dict.fromkeys(("facebook", "x", "tiktok", "threads", "linkedin"), (_S,)),
})  # fmt: skip
"""Which counts add up to E, by platform. A platform that a basis lacks is not offered there: shares
on Instagram and YouTube are seen by the owner alone. On X, shares are reposts and quotes."""

_EVERYWHERE = tuple(BASES["public"])


@dataclass(frozen=True)
class Formula:
    """One published formula.

    `platforms` are those its publisher names. `parts` are the formulas that add up to this one.
    `is_part` is true of a formula that looks at one kind of response alone: it is shown, but no
    "first under so many formulas" counts it.
    """

    name: str
    label: Label
    publishers: tuple[str, ...]
    basis: str
    statistic: str
    moment: str
    join: str
    sources: tuple[str, ...]
    platforms: tuple[str, ...] = _EVERYWHERE
    per: float = 1.0
    parts: tuple[str, ...] = ()
    is_part: bool = False
    choice: str = ""

    def offers(self, platform: str) -> bool:
        """Whether the formula can be computed on a platform."""
        return platform in self.platforms and (bool(self.parts) or platform in BASES[self.basis])


@dataclass(frozen=True)
class LeftOut:
    """A published formula that ranks nobody here, and why."""

    name: str
    reason: str
    source: str


_BONSON = ("https://doi.org/10.1108/OIR-03-2012-0054",)
_TRUESOCIAL = "http://truesocialmetrics.com/university/metric-introduction"
_CROWDTANGLE = "https://help.crowdtangle.com/en/articles/1141064-how-is-interaction-rate-calculated"
_SOCIALINSIDER = (
    "https://howto.socialinsider.io/en/articles/"
    "9329376-the-socialinsider-guide-to-engagement-engagement-rates"
)
_KARMA = "https://www.fanpagekarma.com/kpisDictionary?locale=en"


def _parts(letter: str, basis: str, label: Label, publisher: str) -> list[Formula]:
    """Share of posts with at least one, mean per post, and per 1,000 fans, of one response."""
    share = Label(f"{letter}1: unggahan dengan {label.id}", f"{letter}1: posts with {label.en}")
    mean = Label(f"{letter}2: {label.id} per unggahan", f"{letter}2: {label.en} per post")
    each = Label(
        f"{letter}3: {label.id} per unggahan per 1.000 pengikut",
        f"{letter}3: {label.en} per post per 1,000 followers",
    )
    shared = Formula(
        f"{basis}_share",
        share,
        ("Bonsón & Ratkai",),
        basis,
        "share_with_one",
        "none",
        "percentile",
        _BONSON,
        is_part=True,
    )
    both = replace(
        shared, publishers=(*shared.publishers, publisher), sources=(*_BONSON, _TRUESOCIAL)
    )
    return [
        shared,
        replace(both, name=f"{basis}_per_post", label=mean, statistic="per_post"),
        replace(
            both, name=f"{basis}_per_1000", label=each, statistic="per_post_per_follower",
            moment="last", per=1000.0,
            choice="F is not dated by the papers: followers on the last day of the window",
        ),
    ]  # fmt: skip


_PARTS = [
    *_parts("P", "reactions", Label("suka", "likes"), "TrueSocialMetrics applause"),
    *_parts("C", "comments", Label("komentar", "comments"), "TrueSocialMetrics conversation"),
    *_parts("V", "shares", Label("kali dibagikan", "shares"), "TrueSocialMetrics amplification"),
]
_THREE = ("reactions_per_1000", "comments_per_1000", "shares_per_1000")

FORMULAS: tuple[Formula, ...] = (
    Formula(
        "crowdtangle_account",
        Label("Interaksi per unggahan per pengikut", "Interactions per post per follower"),
        ("CrowdTangle",), "crowdtangle", "per_post_per_follower", "mean", "percentile",
        (_CROWDTANGLE, "https://www.crowdtangle.com/resources/glossary"),
        choice="weights of all interactions are 1, as where a dashboard sets none; on X our shares "
        "hold quotes beside reposts",
    ),
    Formula(
        "crowdtangle_list",
        Label(
            "Interaksi per unggahan per pengikut, akun-akun sebagai satu daftar",
            "Interactions per post per follower, the accounts as one list",
        ),
        ("CrowdTangle",), "crowdtangle", "list_rate", "last", "percentile", (_CROWDTANGLE,),
        choice="an institution's accounts on a platform are the list",
    ),
    Formula(
        "rival_iq",
        Label(
            "Rata-rata tingkat interaksi unggahan, berbobot pengikut",
            "Mean rate of posts, weighted by followers",
        ),
        ("Rival IQ",), "public", "weighted_post_rate", "posting", "audience",
        (
            "https://help.rivaliq.com/en/articles/2043672-understanding-engagement-metrics",
            "http://help.rivaliq.com/en/articles/4352461",
            "https://help.rivaliq.com/en/articles/457835-rival-iq-terms-and-glossary",
        ),
        platforms=("instagram", "facebook", "x", "youtube", "tiktok"),
        choice="a post's rate on TikTok is per view, as published; a post without views has none",
    ),
    Formula(
        "emplifi",
        Label("Rata-rata tingkat interaksi unggahan", "Mean rate of posts"),
        ("Emplifi (Socialbakers)",), "public", "mean_post_rate", "posting", "percentile",
        ("https://docs.emplifi.io/marketing-cloud/latest/home/engagement-rate",),
        platforms=("instagram", "facebook", "x", "youtube", "linkedin"),
        choice="what an interaction is depends on the platform there: the public counts",
    ),
    Formula(
        "socialinsider",
        Label("Semua interaksi per pengikut", "All interactions per follower"),
        ("Socialinsider",), "socialinsider", "per_follower", "last", "percentile",
        (_SOCIALINSIDER,),
        choice="“total followers” is not dated: the last day of the window; LinkedIn needs clicks, "
        "which the owner alone sees",
    ),
    Formula(
        "fanpage_karma_engagement",
        Label(
            "Interaksi per pengikut per hari, hari tanpa unggahan dihitung nol",
            "Interactions per follower a day, days without a post count as nought",
        ),
        ("Fanpage Karma",), "public", "mean_daily_rate", "same_day", "percentile",
        ("https://blog.fanpagekarma.com/2014/07/01/social-media-kpis-explained/", _KARMA),
        platforms=("instagram", "facebook", "x", "tiktok", "linkedin"),
    ),
    Formula(
        "fanpage_karma_post_interaction",
        Label(
            "Interaksi per pengikut per unggahan", "Interactions per follower and post"
        ),
        ("Fanpage Karma",), "public", "per_post_per_follower", "mean", "percentile",
        ("https://academy.fanpagekarma.com/en/instagram-metrics/", _KARMA),
        platforms=("instagram", "facebook", "x", "tiktok", "linkedin"),
        choice="days without a post do not count there: taken over posts, with the mean followers "
        "of all days of the window",
    ),
    Formula(
        "quintly",
        Label(
            "Interaksi per unggahan per pengikut rata-rata",
            "Interactions per post per average follower",
        ),
        ("quintly (Facelift)",), "public", "per_post_per_follower", "ends", "percentile",
        (
            "http://support.quintly.com/en/articles/4412259-calculating-interaction-rate",
            "http://help.quintly.com/article/181-audience-vs-interaction-data",
        ),
        choice="average fans are the mean of the first and the last day, as in its example; an "
        "account without a post in the window has no value instead of 0",
    ),
    Formula(
        "napoleoncat",
        Label(
            "Rata-rata tingkat interaksi harian", "Mean of the daily rates of interaction"
        ),
        ("NapoleonCat",), "public", "mean_daily_rate", "same_day", "percentile",
        ("https://brain.napoleoncat.com/en/articles/1096078-what-is-engagement-rate-or-er",),
        choice="reactions to the comments under a post, which it adds, are in no public count; a "
        "day without a post has the rate 0",
    ),
    Formula(
        "orlo",
        Label(
            "Interaksi per unggahan per pengikut di hari terakhir",
            "Interactions per post per follower on the last day",
        ),
        ("Orlo",), "public", "per_post_per_follower", "last", "percentile",
        ("https://support.orlo.tech/benchmarking-report-glossary",),
        choice="clicks, which it adds where available, are seen by the owner alone",
    ),
    Formula(
        "engagements_per_post",
        Label("Interaksi per unggahan", "Interactions per post"),
        ("Sprout Social", "Brandwatch"), "public", "per_post", "none", "percentile",
        (
            "https://support.sproutsocial.com/hc/en-us/articles/6476004176653",
            "https://social-media-management-help.brandwatch.com/hc/en-us/articles/7390798377885",
        ),
        platforms=("instagram", "facebook", "x"),
        choice="both publish the same formula for accounts one does not own: it counts once",
    ),
    Formula(
        "total_interactions",
        Label("Jumlah interaksi", "Total interactions"),
        (), "public", "total", "none", "sum", (),
    ),
    Formula(
        "research_engagement",
        Label(
            "E: suka, komentar, dan kali dibagikan per unggahan per 1.000 pengikut",
            "E: likes, comments and shares per post per 1,000 followers",
        ),
        ("Bonsón & Ratkai",), "public", "sum_of_parts", "last", "percentile", _BONSON,
        parts=_THREE,
        choice="where V3 is not offered (Instagram, YouTube) E is P3 + C3 for everybody there",
    ),
    Formula(
        "research_log_engagement",
        Label(
            "log10(1 + E), dari yang terendah ke yang tertinggi",
            "log10(1 + E), from the lowest to the highest",
        ),
        ("egovbench",), "public", "log_of_parts", "last", "minmax",
        ("https://doi.org/10.15575/join.v5i1.577",),
        parts=_THREE,
        choice="minimum and maximum are those of the cluster on the platform",
    ),
    *_PARTS,
)  # fmt: skip
"""Every formula, in the order in which it is shown: engagement as a whole first, then its parts."""

LEFT_OUT: tuple[LeftOut, ...] = (
    LeftOut(
        "Fanpage Karma Page Performance Index",
        "sqrt(engagement x growth), each on a scale to 100 whose part below the best tenth is not "
        "published; with both at hand, `performance_index` and `weekly_growth` compute the rest",
        "https://academy.fanpagekarma.com/en/hrf_faq/page-performance-index/",
    ),
    LeftOut(
        "Fanpage Karma weighted engagement and post interaction",
        "comments count twice and shares three times, published for Facebook pages alone",
        "https://academy.fanpagekarma.com/en/facebook-metrics/",
    ),
    LeftOut(
        "CrowdTangle overperforming score",
        "compares a post with its own account, so it ranks no accounts; `overperforming_score`",
        "https://help.crowdtangle.com/en/articles/2013937-how-do-you-calculate-overperforming-scores",
    ),
    LeftOut(
        "Rival IQ breakout post",
        "marks posts, ranks no accounts",
        "https://help.rivaliq.com/en/articles/457830-what-s-a-breakout-post",
    ),
    LeftOut(
        "Sprout Social, own profiles",
        "counts what happened in the window on posts of any age, which only the owner sees",
        "https://support.sproutsocial.com/hc/en-us/articles/213223226",
    ),
    LeftOut(
        "HypeAuditor overall score",
        "ranks against a population of accounts that is not published",
        "https://help.hypeauditor.com/en/articles/6615553-what-is-the-overall-score",
    ),
    LeftOut(
        "Twiplomacy power ranking",
        "its weights are not published",
        "https://www.twiplomacy.com/algorithm",
    ),
    LeftOut("NoLimit", "no formula of it is published", ""),
)


def formula_of(name: str) -> Formula:
    """The formula of a name of FORMULAS."""
    return _BY_NAME[name]


_BY_NAME = {formula.name: formula for formula in FORMULAS}
