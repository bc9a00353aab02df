"""The invented institutions of an edition, and the renames, splits and merges among them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from tolok.model import Institution, Lineage
from tolok.simulate.names import CLUSTERS, InventedName, compose_names
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import generator

# Of the 211 institutions of a GSM-like edition.
CLUSTER_SIZES = {"ministries": 48, "agencies": 60, "local-governments": 66, "universities": 37}
MANY = 40
"""From this many institutions on there are two splits and two merges, else one of each."""


@dataclass(frozen=True)
class Change:
    """A rename, split or merge: who goes, who comes, and who inherits the accounts.

    heir is the one that takes the accounts over; a heir that is new opens none of its own.
    """

    change: str
    predecessors: tuple[int, ...]
    successors: tuple[int, ...]
    heir: int
    effective_on: date
    heir_is_new: bool = True


@dataclass(frozen=True)
class Institutions:
    """All institutions in the order of the registry, and the changes by their positions."""

    rows: tuple[Institution, ...]
    names: tuple[InventedName, ...]
    changes: tuple[Change, ...]

    @cached_property
    def lineage(self) -> tuple[Lineage, ...]:
        """A row for each pair of predecessor and successor, in the order of dates."""
        return tuple(
            Lineage(
                predecessor_id=self.rows[before].institution_id,
                successor_id=self.rows[after].institution_id,
                change=change.change,
                effective_on=change.effective_on,
                evidence="simulasi, bukan instansi nyata / simulated, no real body changed",
            )
            for change in self.changes
            for before in change.predecessors
            for after in change.successors
        )

    @cached_property
    def steady(self) -> tuple[int, ...]:
        """The positions of the institutions that no change touches."""
        touched = {p for c in self.changes for p in (*c.predecessors, *c.successors)}
        return tuple(p for p in range(len(self.rows)) if p not in touched)

    def change_ending(self, position: int) -> Change | None:
        """The change by which the institution at a position ended, if one did."""
        return next((c for c in self.changes if position in c.predecessors), None)

    def opens_accounts(self, position: int) -> bool:
        """Whether the institution has accounts that it did not inherit."""
        return not any(c.heir_is_new and c.heir == position for c in self.changes)


def invent_institutions(plan: SimulationPlan) -> Institutions:
    """The institutions of a plan, cluster after cluster."""
    clusters = [cluster for cluster, size in _sizes(plan.institutions) for _ in range(size)]
    names = compose_names(clusters, generator(plan.seed, "names"))
    rows = [
        Institution(
            institution_id=name.slug,
            institution=name.institution,
            short_name=name.short_name,
            cluster=cluster,
            kind=name.kind,
            evidence=f"simulasi, rekaan / simulated, invented: https://registri.simulasi.example/{name.slug}",
        )
        for name, cluster in zip(names, clusters, strict=True)
    ]
    changes = _changes(plan, clusters)
    for change in changes:
        for position in change.predecessors:
            rows[position] = replace(rows[position], valid_to=change.effective_on)
        for position in change.successors:
            if position != change.heir or change.heir_is_new:
                rows[position] = replace(rows[position], valid_from=change.effective_on)
    return Institutions(tuple(rows), tuple(names), changes)


def _sizes(count: int) -> list[tuple[str, int]]:
    """The cluster sizes by largest remainder."""
    total = sum(CLUSTER_SIZES.values())
    exact = {cluster: count * CLUSTER_SIZES[cluster] / total for cluster in CLUSTERS}
    sizes = {cluster: int(size) for cluster, size in exact.items()}
    by_remainder = sorted(CLUSTERS, key=lambda cluster: sizes[cluster] - exact[cluster])
    for cluster in by_remainder[: count - sum(sizes.values())]:
        sizes[cluster] += 1
    return list(sizes.items())


def _changes(plan: SimulationPlan, clusters: list[str]) -> tuple[Change, ...]:
    """The changes of the window, each among the last institutions of a cluster."""
    last = {cluster: len(clusters) - 1 - clusters[::-1].index(cluster) for cluster in CLUSTERS}
    days = (plan.closes_on - plan.opens_on).days

    def on(share: float) -> date:
        return plan.opens_on + timedelta(days=int(days * share))

    ministry, agency = last["ministries"], last["agencies"]
    local, university = last["local-governments"], last["universities"]
    changes = [
        Change("rename", (agency - 1,), (agency,), agency, on(0.30)),
        Change("split", (ministry - 2,), (ministry - 1, ministry), ministry - 1, on(0.45)),
        Change("merge", (local - 2, local - 1), (local,), local, on(0.60)),
    ]
    if plan.institutions >= MANY:
        changes += [
            Change(
                "merge", (university - 1,), (university,), university, on(0.50), heir_is_new=False
            ),
            Change("split", (agency - 4,), (agency - 3, agency - 2), agency - 3, on(0.70)),
        ]
    return tuple(sorted(changes, key=lambda change: change.effective_on))
