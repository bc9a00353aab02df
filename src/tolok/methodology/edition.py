"""An edition as written in edition.toml and columns.toml."""

import re
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tolok.methodology.document import Document, Section
from tolok.methodology.flags import Flags, read_flags
from tolok.methodology.jury import Panel, read_panel
from tolok.methodology.organiser import Organiser, read_organiser
from tolok.methodology.size import SizeBands, read_size_bands
from tolok.methodology.uncertainty import (
    ABSENT_PLATFORM,
    NORMALISATIONS,
    Uncertainty,
    read_uncertainty,
)
from tolok.model import COUNTS, GRADES, LANGUAGES, PLATFORMS, Label, Window

SNAPSHOT_RULES = ("at_age", "at_export")
ACCOUNT_RULES = ("days_owned", "heir", "exclude")
COLLAB_RULES = ("owner", "full")
DECISIONS = ("jury", "first_rank")


@dataclass(frozen=True)
class Cluster:
    """A group of institutions that compete with each other."""

    name: str
    label: Label


@dataclass(frozen=True)
class Snapshot:
    """Which reading of a count is scored: the one at a stated age, or the last before the export.

    Units: days after publishing. Missing: a post with no reading in [age - tolerance,
    age + tolerance] takes its last one and is marked as read at export; a post whose readings all
    lie before age - tolerance is too young and is left out.
    """

    rule: str = "at_age"
    age_days: float = 14.0
    tolerance_days: float = 2.0


@dataclass(frozen=True)
class Attribution:
    """Who is credited: by dated ownership, by the heir, or nobody; and for joint posts."""

    account: str = "days_owned"
    collab: str = "owner"
    min_grade: str = "C"


@dataclass(frozen=True)
class Eligibility:
    """What an institution needs to be ranked at all; the numbers of METHODOLOGY, all settable."""

    min_active_weeks: int = 26
    min_platform_posts: int = 30
    min_platform_share: float = 0.5
    min_indicator_share: float = 2 / 3
    min_cluster_size: int = 5


@dataclass(frozen=True)
class Scoring:
    """Parameters of the scores.

    Units: trim_share is cut from each end; z_floor in robust standard deviations; block_weeks is
    the length of the blocks of weeks from which variances are taken; a Theil-Sen line needs
    min_audience_accounts accounts, else platforms share a slope; a text counts once in copy_days;
    daily_cap posts count a platform and day. audience_exponent is the power of followers that
    interactions are expected to grow with; None is fitted from the reference set, by platform.
    """

    trim_share: float = 0.1
    z_floor: float = -3.0
    block_weeks: int = 4
    min_audience_accounts: int = 30
    copy_days: int = 7
    daily_cap: int = 10
    normalisation: str = "robust_z"
    absent_platform: str = "missing"
    audience_exponent: float | None = None


@dataclass(frozen=True)
class Suspect:
    """When a tiny reaction count stands for one that was not seen; METHODOLOGY has the whole rule.

    Units: an account needs this many posts with a known count; more than share of them have the
    tiny one, and of those with 0 to 5 at least peak have it; the median of its other posts is
    ratio times as high. With share = 1 nothing is ever set aside.
    """

    share: float = 0.2
    posts: int = 20
    ratio: float = 10.0
    peak: float = 0.8


@dataclass(frozen=True)
class Edition:
    """One edition of an award: when, where, who competes, and by which general rules.

    `address` is that of its site on the web, without a slash at the end; empty until it has one.
    `licence` is that of its open data, a name of the SPDX list; empty where none is given.
    """

    name: str
    title: Label
    window: Window
    platforms: tuple[str, ...]
    clusters: tuple[Cluster, ...]
    platform_weights: dict[str, float]
    languages: tuple[str, ...] = LANGUAGES
    nominee_count: int = 3
    decision: str = "jury"
    is_simulated: bool = False
    accent: str = "#0b6b5d"
    address: str = ""
    licence: str = ""
    organiser: Organiser = field(default_factory=Organiser)
    snapshot: Snapshot = field(default_factory=Snapshot)
    attribution: Attribution = field(default_factory=Attribution)
    eligibility: Eligibility = field(default_factory=Eligibility)
    scoring: Scoring = field(default_factory=Scoring)
    suspect: Suspect = field(default_factory=Suspect)
    size_bands: SizeBands = field(default_factory=SizeBands)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    flags: Flags = field(default_factory=Flags)
    jury: Panel = field(default_factory=Panel)


def read_edition(document: Document) -> Edition:
    """The edition that an edition.toml describes."""
    platforms = document.texts("platforms", choices=PLATFORMS)
    window = _read_window(document)
    edition = Edition(
        name=document.text("name"),
        title=document.label("title"),
        window=window,
        platforms=platforms,
        clusters=tuple(_read_cluster(s) for s in document.sections("cluster", required=True)),
        platform_weights=_read_weights(document.section("platform_weights"), platforms),
        languages=document.texts("languages", LANGUAGES, choices=LANGUAGES),
        nominee_count=document.integer("nominee_count", 3, low=1),
        decision=document.text("decision", "jury", choices=DECISIONS),
        is_simulated=document.flag("simulated", False),
        accent=_read_accent(document),
        address=_read_address(document),
        licence=_read_licence(document),
        organiser=read_organiser(document.section("organiser")),
        snapshot=_read_snapshot(document.section("snapshot")),
        attribution=_read_attribution(document.section("attribution")),
        eligibility=_read_eligibility(document.section("eligibility")),
        scoring=_read_scoring(document.section("scoring")),
        suspect=_read_suspect(document.section("suspect")),
        size_bands=read_size_bands(document.section("size_bands")),
        uncertainty=read_uncertainty(document.section("uncertainty")),
        flags=read_flags(document.section("flags")),
        jury=read_panel(document.section("jury"), window.time_zone),
    )
    document.close()
    for key in ("platforms", "languages"):
        if document.values().get(key) == []:
            document.fault(key, "is empty.", "Name one at least.")
    names = [cluster.name for cluster in edition.clusters]
    if len(set(names)) < len(names):
        document.fault("cluster", "two clusters have one name.", "Name each once.")
    return edition


def read_columns(document: Document) -> dict[str, tuple[str, ...]]:
    """The counts that add up to interaction_count, by platform; a platform left out has none."""
    section = document.section("interaction_count", required=True)
    columns = {platform: section.texts(platform, (), choices=COUNTS) for platform in PLATFORMS}
    section.close()
    document.close()
    return {platform: counts for platform, counts in columns.items() if counts}


def _read_accent(document: Document) -> str:
    accent = document.text("accent", "#0b6b5d")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        document.fault("accent", f"{accent!r} is no colour.", "Expected one such as #0b6b5d.")
    return accent


def _read_address(document: Document) -> str:
    address = document.text("address", "").strip()
    if address and not re.fullmatch(r"https?://[^\s/?#\\\"<>]+(/[^\s?#\\\"<>]*)?", address):
        expected = "Expected one such as https://contoh.go.id/award-2025, or nothing."
        document.fault("address", f"{address!r} is no web address.", expected)
        return ""
    return address.rstrip("/")


def _read_licence(document: Document) -> str:
    licence = document.text("licence", "").strip()
    if licence and not re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        expected = "Expected a name of the SPDX list, such as CC-BY-4.0, or nothing."
        document.fault("licence", f"{licence!r} is no name of a licence.", expected)
        return ""
    return licence


def _read_window(document: Document) -> Window:
    zone = document.text("time_zone", "Asia/Jakarta")
    before = len(document.faults)
    window = Window(document.day("opens_on"), document.day("closes_on"), zone)
    if window.closes_on <= window.opens_on and len(document.faults) == before:
        document.fault("closes_on", "lies not after opens_on.", "The window is half-open.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones
        document.fault(
            "time_zone", f"{zone!r} is no time zone.", "Expected one such as Asia/Jakarta."
        )
        return replace(window, time_zone="UTC")
    return window


def _read_cluster(section: Section) -> Cluster:
    cluster = Cluster(section.text("name"), section.label("label"))
    section.close()
    return cluster


def _read_weights(section: Section, platforms: tuple[str, ...]) -> dict[str, float]:
    weights = {platform: section.number(platform, 1.0, low=0) for platform in platforms}
    section.close()
    return weights


def _read_snapshot(section: Section) -> Snapshot:
    default = Snapshot()
    snapshot = Snapshot(
        rule=section.text("rule", default.rule, choices=SNAPSHOT_RULES),
        age_days=section.number("age_days", default.age_days, low=0),
        tolerance_days=section.number("tolerance_days", default.tolerance_days, low=0),
    )
    section.close()
    return snapshot


def _read_attribution(section: Section) -> Attribution:
    default = Attribution()
    attribution = Attribution(
        account=section.text("account", default.account, choices=ACCOUNT_RULES),
        collab=section.text("collab", default.collab, choices=COLLAB_RULES),
        min_grade=section.text("min_grade", default.min_grade, choices=GRADES),
    )
    section.close()
    return attribution


def _read_eligibility(section: Section) -> Eligibility:
    default = Eligibility()
    eligibility = Eligibility(
        min_active_weeks=section.integer("min_active_weeks", default.min_active_weeks),
        min_platform_posts=section.integer("min_platform_posts", default.min_platform_posts),
        min_platform_share=section.number(
            "min_platform_share", default.min_platform_share, low=0, high=1
        ),
        min_indicator_share=section.number(
            "min_indicator_share", default.min_indicator_share, low=0, high=1
        ),
        min_cluster_size=section.integer("min_cluster_size", default.min_cluster_size, low=1),
    )
    section.close()
    return eligibility


def _read_scoring(section: Section) -> Scoring:
    default = Scoring()
    scoring = Scoring(
        trim_share=section.number("trim_share", default.trim_share, low=0, high=0.49),
        z_floor=section.number("z_floor", default.z_floor, low=-100, high=0),
        block_weeks=section.integer("block_weeks", default.block_weeks, low=1),
        min_audience_accounts=section.integer(
            "min_audience_accounts", default.min_audience_accounts, low=2
        ),
        copy_days=section.integer("copy_days", default.copy_days, low=1),
        daily_cap=section.integer("daily_cap", default.daily_cap, low=1),
        normalisation=section.text("normalisation", default.normalisation, choices=NORMALISATIONS),
        absent_platform=section.text(
            "absent_platform", default.absent_platform, choices=ABSENT_PLATFORM
        ),
        audience_exponent=section.number("audience_exponent", 0.0, low=0, high=2)
        if "audience_exponent" in section
        else None,
    )
    section.close()
    return scoring


def _read_suspect(section: Section) -> Suspect:
    default = Suspect()
    suspect = Suspect(
        share=section.number("share", default.share, low=0, high=1),
        posts=section.integer("posts", default.posts, low=1),
        ratio=section.number("ratio", default.ratio, low=1),
        peak=section.number("peak", default.peak, low=0, high=1),
    )
    section.close()
    return suspect
