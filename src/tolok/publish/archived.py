"""Earlier editions as pages see them: the rules, the institutions, the places and the winners."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tolok.errors import FaultsFound, FileFault, InputError
from tolok.methodology.rules import Rules, read_rules
from tolok.model import Window
from tolok.publish.awards import AwardKey
from tolok.publish.grouping import grouped
from tolok.publish.reading import Manifest, read_csv, read_manifest, read_parquet
from tolok.publish.rows import EngagementRow

NEEDED = (
    "institutions.parquet", "scores.parquet", "metrics.parquet", "indicators.parquet",
    "engagement_sums.parquet", "winners.csv", "nominees.csv", "manifest.json",
)  # fmt: skip
"""The files of results/ without which an edition is not archived."""
_REMEDY = "Archive the edition again with `tolok archive`."


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One institution and its sums over an edition's window."""

    institution_id: str
    institution: str
    short_name: str | None
    cluster: str
    post_count: int
    follower_count: int | None

    @property
    def label(self) -> str:
        """The short name, or the registered name where there is none."""
        return self.short_name or self.institution


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The place of one institution in one category, with the interval of its rank."""

    category: str
    cluster: str
    institution_id: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None


@dataclass(frozen=True, slots=True)
class WonRow:
    """One winner of one award, or the state of an award without one (institution_id empty)."""

    category: str
    cluster: str
    institution_id: str | None
    institution: str | None
    status: str


@dataclass(frozen=True)
class Side:
    """One edition of two that are compared: its rules, its institutions and their places."""

    rules: Rules
    institutions: Mapping[str, BodyRow]
    places: Mapping[tuple[str, str], PlaceRow]
    known: Sequence[EngagementRow] = ()

    @cached_property
    def interactions_per_post(self) -> Mapping[str, float]:
        """Of each institution, over the posts whose interactions are known; none has no entry."""
        posts: Counter[str] = Counter()
        interactions: Counter[str] = Counter()
        for row in self.known:
            posts[row.institution_id] += row.post_count
            interactions[row.institution_id] += row.interaction_count
        return {name: interactions[name] / count for name, count in posts.items() if count}

    @property
    def window(self) -> Window:
        """The edition's window."""
        return self.rules.edition.window

    @cached_property
    def ranked_counts(self) -> Mapping[AwardKey, int]:
        """How many are ranked in each category and cluster."""
        ranked = (row for row in self.places.values() if row.rank is not None)
        return Counter((row.category, row.cluster) for row in ranked)


@dataclass(frozen=True)
class ArchivedEdition:
    """One earlier edition, read from archive/<name>/; `won` has every row of its winners.csv."""

    side: Side
    manifest: Manifest
    won: Mapping[AwardKey, Sequence[WonRow]]

    @property
    def rules(self) -> Rules:
        """The rules of the edition."""
        return self.side.rules


def read_archive(folder: Path) -> tuple[ArchivedEdition, ...]:
    """The earlier editions in an edition's folder, the oldest first.

    Raises: FaultsFound with every file that is absent or of the wrong form.
    """
    found: list[ArchivedEdition] = []
    faults: list[InputError] = []
    for home in sorted((folder / "archive").glob("*/edition.toml")):
        try:
            found.append(read_archived(home.parent))
        except FaultsFound as group:
            faults += [one for one in group.exceptions if isinstance(one, InputError)]
    if faults:
        raise FaultsFound(f"{folder}: the archive cannot be read", faults)
    return tuple(sorted(found, key=lambda one: one.side.window.closes_on))


def read_archived(folder: Path) -> ArchivedEdition:
    """One edition from a folder in an edition's own layout.

    Raises: FaultsFound where its rules or results cannot be read.
    """
    rules = read_rules(folder)
    results = folder / "results"
    try:
        bodies = read_parquet(results / "institutions.parquet", BodyRow)
        places = read_parquet(results / "scores.parquet", PlaceRow)
        known = read_parquet(results / "engagement_sums.parquet", EngagementRow)
        won = read_csv(results / "winners.csv", WonRow)
        manifest = read_manifest(results / "manifest.json")
    except FileFault as fault:
        place = f"{folder.name}/results/{fault.file}"
        moved = FileFault(place, fault.problem, line=fault.line, remedy=_REMEDY)
        raise FaultsFound(f"{folder}: the results cannot be read", [moved]) from fault
    side = Side(
        rules=rules,
        institutions={row.institution_id: row for row in bodies},
        places={(row.category, row.institution_id): row for row in places},
        known=known,
    )
    return ArchivedEdition(side, manifest, grouped(won, lambda row: (row.category, row.cluster)))
