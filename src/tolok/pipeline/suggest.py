"""Owners proposed for the accounts in the store that the registry does not know."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolok.errors import InputError
from tolok.metrics import summary, unknown
from tolok.metrics.tables import rows_of
from tolok.model import Registry
from tolok.pipeline.machine import Machine, open_engine
from tolok.pipeline.tables import attach_registry
from tolok.pipeline.workspace import Workspace
from tolok.platforms import handle_from_url
from tolok.registry.suggest import Suggester, Suggestion
from tolok.registry.unknown import Alias, UnknownAccount, contested_handles, names_of_one
from tolok.registry.write import write_accounts
from tolok.store.engine import Engine
from tolok.store.layout import attach_store, check_store


@dataclass(frozen=True)
class Told:
    """What the store tells of unknown accounts, each by its name there."""

    rows: Sequence[dict[str, Any]]
    aliases: Sequence[Alias]
    addressed: Mapping[str, Mapping[str, int]]
    joint_with: Mapping[str, Mapping[str, int]]
    follower_counts: Mapping[str, int]


@dataclass(frozen=True)
class SuggestReport:
    """The suggestions for an edition, most rows first, and its registry."""

    suggestions: Sequence[Suggestion]
    registry: Registry

    @property
    def row_count(self) -> int:
        """Rows that are set aside until their accounts are known."""
        return sum(one.unknown.row_count for one in self.suggestions)

    def institution(self, institution_id: str) -> str:
        """The short name of an institution, or its id where the registry lacks it."""
        names = {one.institution_id: one.short_name for one in self.registry.institutions}
        return names.get(institution_id, institution_id)


def suggest(folder: Path) -> SuggestReport:
    """Owners proposed for every unknown account of an edition folder; nothing is changed.

    Raises: FaultsFound where rules or registry cannot be read; RulesChanged; StoreOutdated.
    """
    workspace = Workspace(folder)
    rules = workspace.rules
    check_store(workspace.layout, rules.edition.window.time_zone)
    with open_engine(Machine(), workspace.layout.spill) as engine:
        attach_store(engine, workspace.layout)
        attach_registry(engine, rules, workspace.registry)
        told = _told(engine)
    suggester = Suggester(workspace.registry)
    found = [suggester.suggest(one) for one in unknown_accounts(told)]
    found.sort(key=lambda one: (-one.unknown.row_count, one.unknown.account_id))
    return SuggestReport(found, workspace.registry)


def write_suggestions(suggestions: Sequence[Suggestion], path: Path) -> None:
    """The suggested rows as a new file of the form of registry/accounts.csv.

    Raises: InputError where the file is there already: what a person corrected is not overwritten.
    """
    if path.exists():
        raise InputError(
            f"{path}: is there already, and rows in it may have been corrected by hand. "
            "Name a new file, or move that one away."
        )
    write_accounts([one.row for one in suggestions], path)


def _told(engine: Engine) -> Told:
    def rows(query: Any) -> list[dict[str, Any]]:
        return list(rows_of(engine, query).to_pylist())

    seen = rows(summary.unknown_accounts())
    platforms = {row["account_id"]: row["platform"] for row in seen}
    addressed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(unknown.addresses()):
        handle = handle_from_url(platforms[row["account_id"]], row["url"])
        if handle:
            addressed[row["account_id"]][handle] += 1
    joint: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(unknown.joint_posts()):
        joint[row["account_id"]][row["known_as"]] = row["post_count"]
    return Told(
        rows=seen,
        aliases=[Alias(**row) for row in rows(unknown.aliases())],
        addressed=addressed,
        joint_with=joint,
        follower_counts={r["account_id"]: r["follower_count"] for r in rows(unknown.followers())},
    )


def unknown_accounts(told: Told) -> Iterator[UnknownAccount]:
    """Each unknown account once, with all its names, in the order of its first row."""
    joined, contested = names_of_one(told.aliases), contested_handles(told.aliases)
    groups: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in told.rows:
        groups[joined.get(row["account_id"], (row["account_id"],))].append(row)
    for names, rows in groups.items():
        own = tuple(row["account_id"] for row in rows)
        counts = [told.follower_counts[name] for name in own if name in told.follower_counts]
        yield UnknownAccount(
            platform=rows[0]["platform"],
            names=own,
            row_count=sum(row["row_count"] for row in rows),
            first_on=min(row["first_on"] for row in rows),
            last_on=max(row["last_on"] for row in rows),
            aliases=names if len(names) > 1 else (),
            addressed=_summed(told.addressed, own),
            joint_with=_summed(told.joint_with, own),
            contested=tuple(h for h, ids in contested.items() if set(ids) & {*names, *own}),
            follower_count=counts[0] if counts else None,
        )


def _summed(counts: Mapping[str, Mapping[str, int]], names: Sequence[str]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for name in names:
        total.update(counts.get(name, {}))
    return dict(sorted(total.items()))
