"""The rows of awards: nominees, winners, and what a jury that has closed leaves of its work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NomineeRow:
    """One nominee of one award."""

    category: str
    cluster: str
    place: int
    institution_id: str
    institution: str
    score: float | None
    p_first: float | None
    p_nominee: float | None
    separable_from_next: bool | None


@dataclass(frozen=True, slots=True)
class WinnerRow:
    """One winner of one award, or the state of an award without one (institution_id empty)."""

    category: str
    cluster: str
    institution_id: str | None
    institution: str | None
    jury_score: float | None
    chance_best: float | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class JuryAwardRow:
    """One award that the jury has judged: by which method, how clearly, how far jurors agree."""

    category: str
    cluster: str
    method: str
    status: str
    tally_status: str
    reasons: str
    override_by: str
    juror_count: int
    recused_count: int
    alpha: float | None
    icc: float | None
    kendall_w: float | None
    category_alpha: float | None = None


@dataclass(frozen=True, slots=True)
class JuryNomineeRow:
    """One nominee after one round of scores."""

    category: str
    cluster: str
    round: str
    institution_id: str
    jury_score: float | None
    jury_rank: int | None
    chance_best: float | None
    error_to_first: float | None
    score_count: int
    leads_without_count: int


@dataclass(frozen=True, slots=True)
class JuryScoreRow:
    """One score by one juror, who appears as the rules publish ballots."""

    round: str
    juror: str
    category: str
    cluster: str
    institution_id: str
    criterion: str
    score: int | None
    counts: bool
    version: int


@dataclass(frozen=True, slots=True)
class JuryVoteRow:
    """One pair of nominees, and how many jurors chose each."""

    category: str
    cluster: str
    first: str
    second: str
    first_count: int
    second_count: int


@dataclass(frozen=True, slots=True)
class JuryJurorRow:
    """One juror beside the panel in one category."""

    category: str
    juror: str
    score_count: int
    leniency: float | None
    residual: float | None
    ratio: float | None
    is_reviewed: bool
