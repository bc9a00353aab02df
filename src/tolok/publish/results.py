"""The results of an edition as pages ask for them: read once, looked up by award or institution."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.rules import Rules
from tolok.publish.award_rows import NomineeRow, WinnerRow
from tolok.publish.awards import Award, awards_of
from tolok.publish.drawn import Drawn
from tolok.publish.grouping import grouped
from tolok.publish.jury_results import JuryResults, read_jury
from tolok.publish.past import Past, read_past
from tolok.publish.reading import Manifest, read_csv, read_manifest, read_parquet
from tolok.publish.rows import (
    AccountRow,
    AudienceRow,
    BestPostRow,
    CoverageRow,
    EngagementRow,
    FlagEvidenceRow,
    FlaggedRankRow,
    FlagRow,
    FlipRow,
    FormulaRow,
    ImportanceRow,
    IndicatorRow,
    InstitutionRow,
    LeaveOneOutRow,
    MetricRow,
    PostingHourRow,
    PostingKindRow,
    ReferenceRow,
    ScoreRow,
    SensitivityRow,
    SizeRow,
    UncertaintyRow,
    WeekRow,
)
from tolok.publish.unknown import missing_share
from tolok.registry.corrections import Correction, read_corrections

Row = TypeVar("Row")


@dataclass(frozen=True)
class Results:
    """Everything that results/ holds, with the rules it was made by.

    `edition` is the folder that results/ stands in, for what the organiser writes beside it;
    `data_sha256` and `csv_tables` are of the open data, empty until these are made; `drawn` are the
    documents of the site before.
    """

    edition: Path
    rules: Rules
    lock_hash: str
    manifest: Manifest
    institutions: dict[str, InstitutionRow]
    scores: tuple[ScoreRow, ...]
    indicators: tuple[IndicatorRow, ...]
    metrics: tuple[MetricRow, ...]
    reference: tuple[ReferenceRow, ...]
    accounts: tuple[AccountRow, ...]
    best_posts: tuple[BestPostRow, ...]
    weekly: tuple[WeekRow, ...]
    posting_hours: tuple[PostingHourRow, ...]
    posting_kinds: tuple[PostingKindRow, ...]
    engagement: tuple[EngagementRow, ...]
    audience: tuple[AudienceRow, ...]
    coverage: tuple[CoverageRow, ...]
    nominees: tuple[NomineeRow, ...]
    winners: tuple[WinnerRow, ...]
    sizes: tuple[SizeRow, ...]
    uncertainty: tuple[UncertaintyRow, ...]
    leave_one_out: tuple[LeaveOneOutRow, ...]
    sensitivity: tuple[SensitivityRow, ...]
    importance: tuple[ImportanceRow, ...]
    formulas: tuple[FormulaRow, ...]
    flags: tuple[FlagRow, ...]
    flag_evidence: tuple[FlagEvidenceRow, ...]
    flagged_ranks: tuple[FlaggedRankRow, ...]
    flips: tuple[FlipRow, ...]
    jury: JuryResults
    data_sha256: str = ""
    csv_tables: tuple[str, ...] = ()
    drawn: Drawn = field(default_factory=Drawn)

    @cached_property
    def scores_by_award(self) -> dict[tuple[str, str], list[ScoreRow]]:
        """The scores of each (category, cluster), ranked first by rank, then the unranked."""
        ordered = sorted(self.scores, key=lambda s: (s.rank is None, s.rank or 0, s.institution_id))
        return grouped(ordered, lambda score: (score.category, score.cluster))

    @cached_property
    def sizes_by_award(self) -> dict[tuple[str, str], list[SizeRow]]:
        """The sizes of each (category, cluster), in the order of the ranks, the unranked last."""
        ordered = sorted(self.sizes, key=lambda s: (s.rank is None, s.rank or 0, s.institution_id))
        return grouped(ordered, lambda row: (row.category, row.cluster))

    @cached_property
    def size_of(self) -> dict[tuple[str, str], SizeRow]:
        """The sizes of each (category, institution_id)."""
        return {(row.category, row.institution_id): row for row in self.sizes}

    @cached_property
    def formulas_by_award(self) -> dict[tuple[str, str], list[FormulaRow]]:
        """The ranked values of the formulas of each (category, cluster)."""
        whole = (row for row in self.formulas if not row.platform)
        return grouped(whole, lambda row: (row.category, row.cluster))

    @cached_property
    def formulas_of(self) -> dict[str, list[FormulaRow]]:
        """The formulas of each institution, by category and platform."""
        return grouped(self.formulas, lambda row: row.institution_id)

    @cached_property
    def score_of(self) -> dict[tuple[str, str], ScoreRow]:
        """The score of each (category, institution_id)."""
        return {(score.category, score.institution_id): score for score in self.scores}

    @cached_property
    def uncertainty_of(self) -> dict[tuple[str, str], list[UncertaintyRow]]:
        """The doubt of each (category, institution_id), a row a source."""
        return grouped(self.uncertainty, lambda row: (row.category, row.institution_id))

    @cached_property
    def leave_one_out_of(self) -> dict[tuple[str, str], list[LeaveOneOutRow]]:
        """The ranks without one thing of each (category, institution_id)."""
        return grouped(self.leave_one_out, lambda row: (row.category, row.institution_id))

    @cached_property
    def sensitivity_of(self) -> dict[tuple[str, str], list[SensitivityRow]]:
        """What moves the ranks of each (category, cluster)."""
        return grouped(self.sensitivity, lambda row: (row.category, row.cluster))

    @cached_property
    def importance_of(self) -> dict[tuple[str, str, str], ImportanceRow]:
        """What each (category, cluster, indicator) explains."""
        return {(row.category, row.cluster, row.indicator): row for row in self.importance}

    @cached_property
    def indicator_of(self) -> dict[tuple[str, str, str], IndicatorRow]:
        """Each indicator as it enters the score, by (category, institution_id, indicator)."""
        whole = (row for row in self.indicators if not row.platform)
        return {(row.category, row.institution_id, row.indicator): row for row in whole}

    @cached_property
    def slots_of(self) -> dict[tuple[str, str, str], list[IndicatorRow]]:
        """The rows by platform of each (category, institution_id, indicator)."""
        slots = (row for row in self.indicators if row.platform)
        return grouped(slots, lambda row: (row.category, row.institution_id, row.indicator))

    @cached_property
    def values_of(self) -> dict[tuple[str, str, str], list[IndicatorRow]]:
        """The rows with a raw value of each (category, institution_id, indicator).

        The whole stands alone where it has a value; else the platforms and strata that have one.
        """
        known = (row for row in self.indicators if row.value is not None)
        rows = grouped(known, lambda row: (row.category, row.institution_id, row.indicator))
        wholes = {key: [row for row in found if not row.platform] for key, found in rows.items()}
        return {key: wholes[key] or found for key, found in rows.items()}

    @cached_property
    def points_of(self) -> dict[tuple[str, str, str], list[float]]:
        """The points of ranked institutions, sorted, by (category, cluster, indicator)."""
        points: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for (category, institution_id, indicator), row in self.indicator_of.items():
            score = self.score_of.get((category, institution_id))
            if row.points is not None and score is not None and score.eligible:
                points[category, row.cluster, indicator].append(row.points)
        return {key: sorted(values) for key, values in points.items()}

    @cached_property
    def institutions_of(self) -> dict[str, list[InstitutionRow]]:
        """The institutions of each cluster, by name."""
        named = sorted(self.institutions.values(), key=_by_name)
        return grouped(named, lambda row: row.cluster)

    @cached_property
    def accounts_of(self) -> dict[str, list[AccountRow]]:
        """The accounts of each institution."""
        return grouped(self.accounts, lambda row: row.institution_id)

    @cached_property
    def best_posts_of(self) -> dict[str, list[BestPostRow]]:
        """The best posts of each institution, by platform and place."""
        return grouped(self.best_posts, lambda row: row.institution_id)

    @cached_property
    def weeks_of(self) -> dict[str, list[WeekRow]]:
        """The weeks of each institution."""
        return grouped(self.weekly, lambda row: row.institution_id)

    @cached_property
    def posting_hours_of(self) -> dict[str, list[PostingHourRow]]:
        """The hours of the week in which each institution posts, by platform."""
        return grouped(self.posting_hours, lambda row: row.institution_id)

    @cached_property
    def posting_kinds_of(self) -> dict[str, list[PostingKindRow]]:
        """The kinds that each institution posts, by platform."""
        return grouped(self.posting_kinds, lambda row: row.institution_id)

    @cached_property
    def audience_of(self) -> dict[str, AudienceRow]:
        """The followers of each account."""
        return {row.account_id: row for row in self.audience}

    @cached_property
    def coverage_of(self) -> dict[str, list[CoverageRow]]:
        """The coverage of each institution's counts."""
        return grouped(self.coverage, lambda row: row.institution_id)

    @cached_property
    def missing_share_of(self) -> dict[str, float | None]:
        """The share of posts with unknown interactions, of each institution."""
        columns = self.rules.columns
        return {name: missing_share(rows, columns) for name, rows in self.coverage_of.items()}

    @cached_property
    def flips_by_award(self) -> dict[tuple[str, str], list[FlipRow]]:
        """The costs to flip each (category, cluster), in their order."""
        return grouped(self.flips, lambda row: (row.category, row.cluster))

    @cached_property
    def metrics_of(self) -> dict[str, list[MetricRow]]:
        """The metrics of each institution."""
        return grouped(self.metrics, lambda row: row.institution_id)

    @cached_property
    def flags_of(self) -> dict[str, list[FlagRow]]:
        """The flags of each institution."""
        return grouped(self.flags, lambda row: row.institution_id)

    @cached_property
    def flag_evidence_of(self) -> dict[tuple[str, str, str], list[FlagEvidenceRow]]:
        """The posts behind each (institution_id, account_id, flag), those to look at first."""
        ordered = sorted(self.flag_evidence, key=lambda row: row.place)
        return grouped(ordered, lambda row: (row.institution_id, row.account_id, row.flag))

    @cached_property
    def flagged_rank_of(self) -> dict[tuple[str, str], FlaggedRankRow]:
        """The ranks with and without flagged posts of each (category, institution_id)."""
        return {(row.category, row.institution_id): row for row in self.flagged_ranks}

    @cached_property
    def past(self) -> Past:
        """What the edition's folder holds of earlier editions."""
        return read_past(self.edition)

    @cached_property
    def awards(self) -> dict[tuple[str, str], Award]:
        """Every award of the rules, categories in their order, clusters in theirs."""
        return awards_of(self.rules, self.winners, self.nominees)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections that the organiser wrote into the edition folder, the newest first.

        Raises: FaultsFound with every fault of the file.
        """
        return read_corrections(self.edition, self.institutions)

    def name(self, institution_id: str) -> str:
        """An institution's name as registered; its id where the table does not have it."""
        row = self.institutions.get(institution_id)
        return row.institution if row else institution_id

    def short(self, institution_id: str) -> str:
        """An institution's short name; its id where the table does not have it."""
        row = self.institutions.get(institution_id)
        return row.label if row else institution_id


def read_results(folder: Path, rules: Rules, lock_hash: str | None) -> Results:
    """The results of a folder, whole.

    Raises: FaultsFound with every file that is absent or of the wrong form.
    """
    faults: list[FileFault] = []

    def read(name: str, kind: type[Row]) -> tuple[Row, ...]:
        reader = read_csv if name.endswith(".csv") else read_parquet
        try:
            return reader(folder / name, kind)
        except FileFault as fault:
            faults.append(fault)
            return ()

    try:
        manifest = read_manifest(folder / "manifest.json")
    except FileFault as fault:
        faults.append(fault)
        manifest = Manifest("", "", "", "", (), {}, ())
    results = Results(
        edition=folder.parent,
        rules=rules,
        lock_hash=lock_hash or "",
        manifest=manifest,
        institutions={
            row.institution_id: row for row in read("institutions.parquet", InstitutionRow)
        },
        scores=read("scores.parquet", ScoreRow),
        indicators=read("indicators.parquet", IndicatorRow),
        metrics=read("metrics.parquet", MetricRow),
        reference=read("reference.parquet", ReferenceRow),
        accounts=read("accounts.parquet", AccountRow),
        best_posts=read("best_posts.parquet", BestPostRow),
        weekly=read("weekly.parquet", WeekRow),
        posting_hours=read("posting_hours.parquet", PostingHourRow),
        posting_kinds=read("posting_kinds.parquet", PostingKindRow),
        engagement=read("engagement_sums.parquet", EngagementRow),
        audience=read("audience.parquet", AudienceRow),
        coverage=read("coverage.parquet", CoverageRow),
        nominees=read("nominees.csv", NomineeRow),
        winners=read("winners.csv", WinnerRow),
        sizes=read("size_comparison.parquet", SizeRow),
        uncertainty=read("uncertainty.parquet", UncertaintyRow),
        leave_one_out=read("leave_one_out.parquet", LeaveOneOutRow),
        sensitivity=read("sensitivity.parquet", SensitivityRow),
        importance=read("importance.parquet", ImportanceRow),
        formulas=read("formulas.parquet", FormulaRow),
        flags=read("flags.parquet", FlagRow),
        flag_evidence=read("flag_evidence.parquet", FlagEvidenceRow),
        flagged_ranks=read("flagged_ranks.parquet", FlaggedRankRow),
        flips=read("flips.parquet", FlipRow),
        jury=read_jury(read),
    )
    if faults:
        raise FaultsFound(f"{folder}: the results cannot be published", faults)
    return results


def _by_name(row: InstitutionRow) -> tuple[str, str]:
    return row.institution.casefold(), row.institution_id
