"""What an edition lacks before it can be scored: faults, coverage by account and month, gaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from tolok.metrics import summary
from tolok.metrics.example import check_examples
from tolok.metrics.tables import sql
from tolok.model import Window
from tolok.pipeline.outlook import outlook
from tolok.pipeline.tables import attach_registry
from tolok.pipeline.workspace import Workspace
from tolok.registry.finding import Finding
from tolok.registry.ownership import account_names
from tolok.store.duckdb import DuckDb
from tolok.store.layout import attach_store, check_store

GAP_DAYS = 28
"""Days without a post, inside the window, from which an account's silence is pointed out."""


@dataclass(frozen=True)
class AccountCoverage:
    """Posts of one counted account by month of the window, its longest silence, hidden counts."""

    account_id: str
    institution_id: str
    months: Sequence[tuple[str, int]]
    longest_gap_days: int
    hidden_share: float


@dataclass(frozen=True)
class CheckReport:
    """Everything `tolok check` says of an edition.

    `is_locked` tells whether the rules are fixed; unknown_accounts are rows set aside; known_names
    are the account ids that the registry knows, for a hint at a mistyped one.
    """

    findings: Sequence[Finding]
    coverage: Sequence[AccountCoverage]
    unknown_accounts: pa.Table
    is_locked: bool
    window: Window
    known_names: Sequence[str]

    @property
    def faults(self) -> list[Finding]:
        """The findings that stop the scoring."""
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
    with DuckDb() as engine:
        check_examples(engine, rules.metrics.values())
        attach_store(engine, workspace.layout)
        attach_registry(engine, rules, workspace.registry)
        unknown = engine.query(sql(summary.unknown_accounts()))
        days = engine.query(sql(summary.stored_days(rules.edition)))
    return CheckReport(
        findings=[*workspace.findings, *outlook(workspace)],
        coverage=_coverage(workspace, days),
        unknown_accounts=unknown,
        is_locked=workspace.lock is not None,
        window=rules.edition.window,
        known_names=sorted(account_names(workspace.registry)),
    )


def _coverage(workspace: Workspace, days: pa.Table) -> list[AccountCoverage]:
    posts: dict[str, dict[date, tuple[int, int]]] = defaultdict(dict)
    for row in days.to_pylist():
        posts[row["account_id"]][row["published_on"]] = (row["post_count"], row["hidden_count"])
    owners = {a.account_id: a.institution_id for a in workspace.registry.accounts if a.counts}
    return [
        _account_coverage(workspace, account_id, owner, posts.get(account_id, {}))
        for account_id, owner in sorted(owners.items())
    ]


def _account_coverage(
    workspace: Workspace, account_id: str, owner: str, posts: dict[date, tuple[int, int]]
) -> AccountCoverage:
    window = workspace.rules.edition.window
    months: dict[str, int] = {}
    day = window.opens_on
    while day < window.closes_on:
        months.setdefault(f"{day:%Y-%m}", 0)
        months[f"{day:%Y-%m}"] += posts.get(day, (0, 0))[0]
        day += timedelta(days=1)
    edges = [window.opens_on - timedelta(days=1), *sorted(posts), window.closes_on]
    gaps = [(later - earlier).days - 1 for earlier, later in pairwise(edges)]
    total = sum(count for count, _ in posts.values())
    hidden = sum(count for _, count in posts.values())
    return AccountCoverage(
        account_id, owner, tuple(months.items()), max(gaps), hidden / total if total else 0.0
    )
