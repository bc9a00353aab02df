"""What results/ hold of the nominees' posts and of their figures, read once for all packs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from tolok.methodology.category import Category
from tolok.methodology.rules import Rules
from tolok.publish.reading import read_parquet
from tolok.publish.rows import AccountRow, FlagRow, InstitutionRow, ScoreRow

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One of the posts that jurors see of one institution in one category."""

    category: str
    institution_id: str
    part: str
    place: int
    platform: str
    post_id: str
    url: str | None
    kind: str | None
    published_on: date
    text: str | None
    co_account_ids: list[str] | None
    reaction_count: int | None
    comment_count: int | None
    share_count: int | None
    save_count: int | None
    view_count: int | None
    reaction_count_missing: str | None
    comment_count_missing: str | None
    share_count_missing: str | None
    save_count_missing: str | None
    view_count_missing: str | None
    interaction_count: int | None


@dataclass(frozen=True)
class Evidence:
    """The posts and the figures of an edition; `media` is a folder of pictures, if there is one."""

    rules: Rules
    institutions: Mapping[str, InstitutionRow]
    accounts: Mapping[str, tuple[AccountRow, ...]]
    posts: Mapping[tuple[str, str], tuple[EvidenceRow, ...]]
    scores: Mapping[tuple[str, str], ScoreRow]
    competitors: Mapping[tuple[str, str], int]
    flags: Mapping[str, tuple[FlagRow, ...]]
    media: Path | None = None

    def category(self, name: str) -> Category:
        """A category of the rules.

        Raises: KeyError for a name that the rules do not have.
        """
        return {one.name: one for one in self.rules.categories}[name]

    def name(self, institution_id: str) -> str:
        """An institution's name as registered; its id where the table does not have it."""
        row = self.institutions.get(institution_id)
        return row.institution if row else institution_id

    def platforms(self, institution_id: str) -> tuple[str, ...]:
        """The platforms on which an institution published in the window, in the edition's order."""
        rows = self.accounts.get(institution_id, ())
        used = {row.platform for row in rows if row.counts and row.post_count}
        return tuple(name for name in self.rules.edition.platforms if name in used)


def read_evidence(results_folder: Path, rules: Rules, media: Path | None) -> Evidence:
    """The evidence of an edition's results.

    Missing: without `media`, or where it is no folder, packs have no pictures.
    Raises: FileFault where a table is absent, is no Parquet, or lacks a column.
    """
    scores = read_parquet(results_folder / "scores.parquet", ScoreRow)
    ranked = _grouped(
        (row for row in scores if row.eligible), lambda row: (row.category, row.cluster)
    )
    institutions = read_parquet(results_folder / "institutions.parquet", InstitutionRow)
    return Evidence(
        rules=rules,
        institutions={row.institution_id: row for row in institutions},
        accounts=_grouped(
            read_parquet(results_folder / "accounts.parquet", AccountRow),
            lambda row: row.institution_id,
        ),
        posts=_grouped(
            read_parquet(results_folder / "evidence.parquet", EvidenceRow),
            lambda row: (row.category, row.institution_id),
        ),
        scores={(row.category, row.institution_id): row for row in scores},
        competitors={key: len(rows) for key, rows in ranked.items()},
        flags=_grouped(
            read_parquet(results_folder / "flags.parquet", FlagRow),
            lambda row: row.institution_id,
        ),
        media=media if media and media.is_dir() else None,
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}
