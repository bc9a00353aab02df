"""What an edition lacks before it can be scored: faults, coverage by account and month, gaps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from tolok.errors import FaultsFound, FileFault
from tolok.metrics import summary
from tolok.metrics.example import check_examples
from tolok.metrics.reading import account_readings, reading_steps
from tolok.metrics.tables import rows_of
from tolok.model import MISSING_REASONS, Account, Window
from tolok.pipeline.jury.decided import decision_findings
from tolok.pipeline.machine import Machine, open_engine
from tolok.pipeline.outlook import outlook
from tolok.pipeline.past import past_findings, press_findings
from tolok.pipeline.tables import attach_registry
from tolok.pipeline.weekly import run_step
from tolok.pipeline.workspace import Workspace
from tolok.registry.corrections import read_corrections
from tolok.registry.finding import Finding
from tolok.registry.ownership import account_names
from tolok.store.layout import attach_store, check_store

GAP_DAYS = 28
"""Days without a post, inside the window, from which an account's silence is pointed out."""


@dataclass(frozen=True)
class AccountCoverage:
    """Posts of one counted account by month of the window, its longest silence, hidden counts.

    Of its own posts that are old enough to be scored, `deleted_count` are gone, and `reactions`
    tells how many have a reaction count ("known"), and how many lack it for each reason of
    MISSING_REASONS.
    """

    account_id: str
    institution_id: str
    months: Sequence[tuple[str, int]]
    longest_gap_days: int
    hidden_share: float
    deleted_count: int
    reactions: Mapping[str, int]


@dataclass(frozen=True)
class SuspectCount:
    """A tiny reaction count on many posts of one account, set aside: a tool's word for hidden.

    `known_count` are its own posts with a reaction count, `post_count` those of them with this one;
    `other_median` is that of its other posts, None where there are no others.
    """

    account_id: str
    reaction_count: int
    post_count: int
    known_count: int
    other_median: float | None

    @property
    def share(self) -> float:
        """The share of the account's posts with a reaction count that have this one."""
        return self.post_count / self.known_count


@dataclass(frozen=True)
class CheckReport:
    """Everything `tolok check` says of an edition.

    `is_locked` tells whether the rules are fixed; unknown_accounts are rows set aside; known_names
    are the account ids that the registry knows, for a hint at a mistyped one.
    """

    findings: Sequence[Finding]
    coverage: Sequence[AccountCoverage]
    suspect_counts: Sequence[SuspectCount]
    unknown_accounts: pa.Table
    is_locked: bool
    window: Window
    known_names: Sequence[str]

    @property
    def faults(self) -> list[Finding]:
        """The findings that stop the scoring or the publishing."""
        return [finding for finding in self.findings if finding.severity == "fault"]

    @property
    def silent_accounts(self) -> list[AccountCoverage]:
        """Counted accounts without any post in the window."""
        return [one for one in self.coverage if not sum(count for _, count in one.months)]


def check(folder: Path) -> CheckReport:
    """The check of an edition folder.

    Raises: FaultsFound where rules or registry cannot be read; RulesChanged.
    """
    workspace = Workspace(folder)
    rules = workspace.rules
    check_store(workspace.layout, rules.edition.window.time_zone)
    with open_engine(Machine(), workspace.layout.spill) as engine:
        check_examples(engine, rules.metrics.values())
        attach_store(engine, workspace.layout)
        attach_registry(engine, rules, workspace.registry)
        unknown = rows_of(engine, summary.unknown_accounts())
        days = rows_of(engine, summary.stored_days(rules.edition))
        read = reading_steps(rules.edition)
        for step in read.steps:
            run_step(engine, step)
        readings = rows_of(engine, account_readings(read.settled))
        suspects = engine.query("SELECT * FROM suspects ORDER BY account_id, reaction_count")
    return CheckReport(
        findings=[
            *workspace.findings,
            *outlook(workspace),
            *past_findings(workspace),
            *press_findings(workspace),
            *_correction_faults(workspace),
            *decision_findings(folder, workspace.layout.results),
        ],
        coverage=_coverage(workspace, days, readings),
        suspect_counts=[SuspectCount(**row) for row in suspects.to_pylist()],
        unknown_accounts=unknown,
        is_locked=workspace.lock is not None,
        window=rules.edition.window,
        known_names=sorted(account_names(workspace.registry)),
    )


def _correction_faults(workspace: Workspace) -> list[Finding]:
    """The faults of corrections.csv, which stop the publishing."""
    institutions = {one.institution_id for one in workspace.registry.institutions}
    try:
        read_corrections(workspace.folder, institutions)
    except FaultsFound as found:
        faults = [fault for fault in found.exceptions if isinstance(fault, FileFault)]
        return [
            Finding("fault", one.file, one.line, one.column or "file", one.problem, one.remedy)
            for one in faults
        ]
    return []


def _coverage(workspace: Workspace, days: pa.Table, readings: pa.Table) -> list[AccountCoverage]:
    posts: dict[str, dict[date, tuple[int, int]]] = defaultdict(dict)
    for row in days.to_pylist():
        posts[row["account_id"]][row["published_on"]] = (row["post_count"], row["hidden_count"])
    read = {row["account_id"]: row for row in readings.to_pylist()}
    counted = [account for account in workspace.registry.accounts if account.counts]
    owners = {account.account_id: account.institution_id for account in counted}
    window = workspace.rules.edition.window
    owned: dict[str, list[Account]] = defaultdict(list)
    for account in counted:
        owned[account.account_id].append(account)
    return [
        AccountCoverage(
            account_id,
            owner,
            *_days_covered(
                window, posts.get(account_id, {}), _days_owned(window, owned[account_id])
            ),
            *_read(read.get(account_id, {})),
        )
        for account_id, owner in sorted(owners.items())
    ]


def _read(row: Mapping[str, int]) -> tuple[int, dict[str, int]]:
    """Posts that are gone, and those with a reaction count and without, of one account's row."""
    reactions = {name: row.get(f"{name}_count", 0) for name in ("known", *MISSING_REASONS)}
    return row.get("deleted_count", 0), reactions


def _days_owned(window: Window, spans: Sequence[Account]) -> tuple[date, date]:
    """From the first day of the window that an account is owned to the first day after the last."""
    first = min(one.valid_from or window.opens_on for one in spans)
    after = max(one.valid_to or window.closes_on for one in spans)
    return max(first, window.opens_on), min(after, window.closes_on)


def _days_covered(
    window: Window, posts: Mapping[date, tuple[int, int]], owned: tuple[date, date]
) -> tuple[Sequence[tuple[str, int]], int, float]:
    """Posts by month, the longest gap in days, and the share of posts with a hidden count.

    Days on which nobody of the registry owned the account are no gap.
    """
    months: dict[str, int] = {}
    day = window.opens_on
    while day < window.closes_on:
        months.setdefault(f"{day:%Y-%m}", 0)
        months[f"{day:%Y-%m}"] += posts.get(day, (0, 0))[0]
        day += timedelta(days=1)
    inside = [day for day in sorted(posts) if owned[0] <= day < owned[1]]
    edges = [owned[0] - timedelta(days=1), *inside, owned[1]]
    gaps = [max((later - earlier).days - 1, 0) for earlier, later in pairwise(edges)]
    total = sum(count for count, _ in posts.values())
    hidden = sum(count for _, count in posts.values())
    return tuple(months.items()), max(gaps), hidden / total if total else 0.0
