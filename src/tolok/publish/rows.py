"""The rows of the tables under results/ that pages show, one class a table."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One institution in one category."""

    category: str
    cluster: str
    institution_id: str
    eligible: bool
    reason: str | None
    score: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    p_first: float | None
    p_nominee: float | None
    nominee: bool


@dataclass(frozen=True, slots=True)
class UncertaintyRow:
    """The doubt of one institution's rank in one category, from one source."""

    category: str
    cluster: str
    institution_id: str
    source: str
    rank_low: int
    rank_high: int
    p_first: float | None
    p_nominee: float | None
    may_be_nominee: bool | None


@dataclass(frozen=True, slots=True)
class LeaveOneOutRow:
    """One institution's rank in one category without one thing."""

    category: str
    cluster: str
    institution_id: str
    left_out: str
    name: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """What one choice of the method explains of one result in an award."""

    category: str
    cluster: str
    output: str
    input: str
    first: float | None
    total: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class ImportanceRow:
    """What one indicator explains of the scores in an award, beside its weight."""

    category: str
    cluster: str
    indicator: str
    nominal_weight: float | None
    correlation_ratio: float | None
    linear: float | None
    redundant_with: str | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of one institution in one category, on a platform or over all of them ("")."""

    category: str
    cluster: str
    institution_id: str
    indicator: str
    platform: str | None
    value: float | None
    shrunk: float | None
    z: float | None
    points: float | None
    weight: float | None
    effective_weight: float | None
    post_count: int | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric of one account, or of the whole institution (account_id empty)."""

    institution_id: str
    account_id: str | None
    platform: str | None
    metric: str
    value: float | None
    unit: str | None
    post_count: int | None
    missing_count: int | None


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One frozen parameter of the scores."""

    category: str
    indicator: str
    platform: str | None
    parameter: str
    value: float | None
    unit_count: int | None


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One institution and its sums over the window."""

    institution_id: str
    institution: str
    short_name: str | None
    cluster: str
    kind: str | None
    post_count: int
    interaction_count: int | None
    follower_count: int | None
    active_week_count: int
    size_band: str | None

    @property
    def label(self) -> str:
        """The short name, or the registered name where there is none."""
        return self.short_name or self.institution


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One institution in one category: its size band, and its raw rate beside its score."""

    category: str
    cluster: str
    institution_id: str
    size_band: str | None
    score: float | None
    rank: int | None
    raw_rate: float | None
    raw_rank: int | None
    band_rank: int | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the days that one institution owned it."""

    institution_id: str
    account_id: str
    platform: str
    handle: str | None
    url: str | None
    role: str | None
    counts: bool
    counts_reason: str | None
    grade: str | None
    is_official: bool
    valid_from: date | None
    valid_to: date | None
    evidence: str | None
    checked_on: date | None
    post_count: int
    follower_count: int | None
    last_published_on: date | None


@dataclass(frozen=True, slots=True)
class BestPostRow:
    """One of the posts with most interactions on its platform."""

    institution_id: str
    place: int
    platform: str
    post_id: str
    url: str | None
    kind: str | None
    published_on: date
    interaction_count: int
    times_median: float | None


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The posts of one institution on one platform in one ISO week."""

    institution_id: str
    platform: str
    week_on: date
    post_count: int
    interaction_count: int | None


@dataclass(frozen=True, slots=True)
class PostingHourRow:
    """The posts of one institution on one platform in one hour of the week, and their effects."""

    institution_id: str
    platform: str
    weekday: int
    hour: int
    post_count: int
    known_count: int
    effect_sum: int
    effect_square_sum: int


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """The posts of an account and kind whose interactions are known, and these interactions."""

    institution_id: str
    post_count: int
    interaction_count: int


@dataclass(frozen=True, slots=True)
class PostingKindRow:
    """The posts of one institution on one platform of one kind, and their effects."""

    institution_id: str
    platform: str
    kind: str | None
    post_count: int
    known_count: int
    effect_sum: int
    effect_square_sum: int


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """The followers of one account: its first and last reading in the window."""

    account_id: str
    follower_first: int | None
    follower_last: int | None
    follower_days: float | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many posts of one account have a known count, or why they have none."""

    institution_id: str
    account_id: str
    platform: str
    count: str
    known_count: int
    hidden_count: int
    disabled_count: int
    not_offered_count: int
    not_collected_count: int
    suspect_count: int


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """One institution under one published formula in one category; platform is empty."""

    category: str
    cluster: str
    institution_id: str
    formula: str
    platform: str | None
    value: float | None
    rank: int | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One flag of one account: what was found, from where on it is flagged, and on how many."""

    institution_id: str
    account_id: str
    platform: str
    flag: str
    first_on: date | None
    last_on: date | None
    value: float
    threshold: float
    is_low: bool
    unit_count: int
    marked_count: int
    left_out: bool


@dataclass(frozen=True, slots=True)
class FlagEvidenceRow:
    """One of the posts that a flag points at."""

    institution_id: str
    account_id: str
    platform: str
    flag: str
    place: int
    post_id: str
    published_on: date
    url: str | None


@dataclass(frozen=True, slots=True)
class FlaggedRankRow:
    """The rank of one institution in one category, with and without flagged posts."""

    category: str
    cluster: str
    institution_id: str
    rank: int | None
    rank_without: int | None
    score_without: float | None
    left_out_count: int


@dataclass(frozen=True, slots=True)
class FlipRow:
    """What it would cost one institution to change one award by one means."""

    category: str
    cluster: str
    institution_id: str
    rank: int
    outcome: str
    means: str
    recipe: str | None
    cost: int | None
    bound: int
    own_count: int
    cost_share: float | None
