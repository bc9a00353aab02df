"""All editions: what each was about, and who has won each award over the years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolok.model import Window
from tolok.publish.archived import ArchivedEdition, WonRow
from tolok.publish.awards import AwardKey
from tolok.publish.language import Language
from tolok.publish.links import award_path, institution_path
from tolok.publish.page import Page
from tolok.publish.results import Results

PATH = "archive.html"


@dataclass(frozen=True)
class EditionView:
    """One edition: its title, its window, its numbers, and where its own site stands."""

    title: str
    window: Window
    is_this: bool
    address: str
    institutions: int
    clusters: int
    awards: int
    awarded: int
    lock_hash: str


@dataclass(frozen=True)
class Outcome:
    """How one edition decided one award: its winners with their pages, or its state."""

    edition: str
    winners: tuple[tuple[str, str], ...]
    state: str


@dataclass(frozen=True)
class AwardView:
    """One award over the editions, the newest first; no page where this edition has no such one."""

    label: str
    path: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class ClusterView:
    """The awards of one cluster."""

    label: str
    awards: tuple[AwardView, ...]


def is_needed(results: Results) -> bool:
    """Whether an earlier edition is archived."""
    return bool(results.past.archive)


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page of all editions."""
    yield Page(
        path=PATH,
        title=language.words("archive.title"),
        context={
            "editions": _editions(results, language),
            "clusters": _clusters(results, language),
            "has_sourced": bool(results.past.sourced),
        },
    )


def _editions(results: Results, language: Language) -> list[EditionView]:
    """All editions, the newest first."""
    edition = results.rules.edition
    this = EditionView(
        title=edition.title[language.code],
        window=edition.window,
        is_this=True,
        address="",
        institutions=len(results.institutions),
        clusters=len(edition.clusters),
        awards=len(results.awards),
        awarded=sum(bool(award.winners) for award in results.awards.values()),
        lock_hash=results.lock_hash or results.manifest.lock_hash,
    )
    return [this, *(_edition(one, language) for one in reversed(results.past.archive))]


def _edition(one: ArchivedEdition, language: Language) -> EditionView:
    edition = one.rules.edition
    return EditionView(
        title=edition.title[language.code],
        window=edition.window,
        is_this=False,
        address=f"{edition.address}/" if edition.address else "",
        institutions=len(one.side.institutions),
        clusters=len(edition.clusters),
        awards=len(one.won),
        awarded=sum(any(row.institution_id for row in rows) for rows in one.won.values()),
        lock_hash=one.manifest.lock_hash,
    )


def _clusters(results: Results, language: Language) -> list[ClusterView]:
    """The awards by cluster: those of this edition, then those that only earlier ones had."""
    labels = _cluster_labels(results, language)
    keys = list(results.awards)
    for one in reversed(results.past.archive):
        keys += [key for key in sorted(one.won) if key not in keys]
    return [
        ClusterView(
            label, tuple(_award(key, results, language) for key in keys if key[1] == cluster)
        )
        for cluster, label in labels.items()
        if any(key[1] == cluster for key in keys)
    ]


def _award(key: AwardKey, results: Results, language: Language) -> AwardView:
    this = results.awards.get(key)
    outcomes = []
    if this is not None:
        won = [
            WonRow(*key, row.institution_id, row.institution, row.status) for row in this.winners
        ] or [WonRow(*key, None, None, this.status)]
        outcomes.append(
            _outcome(results.rules.edition.title[language.code], won, results, language)
        )
    for one in reversed(results.past.archive):
        if key in one.won:
            title = one.rules.edition.title[language.code]
            outcomes.append(_outcome(title, one.won[key], results, language))
    return AwardView(
        label=_category_label(key[0], results, language),
        path=award_path(*key) if this is not None else "",
        outcomes=tuple(outcomes),
    )


def _outcome(title: str, rows: Sequence[WonRow], results: Results, language: Language) -> Outcome:
    words, status = language.words, rows[0].status
    winners = tuple(
        (
            row.institution or row.institution_id,
            institution_path(row.institution_id) if row.institution_id in results.institutions
            else "",
        )
        for row in rows
        if row.institution_id
    )  # fmt: skip
    known = f"state.{status}" in words
    return Outcome(title, winners, words(f"state.{status}") if known else status)


def _cluster_labels(results: Results, language: Language) -> dict[str, str]:
    editions = [results.rules.edition, *(one.rules.edition for one in results.past.archive[::-1])]
    labels: dict[str, str] = {}
    for edition in editions:
        for cluster in edition.clusters:
            labels.setdefault(cluster.name, cluster.label[language.code])
    return labels


def _category_label(name: str, results: Results, language: Language) -> str:
    rules = [results.rules, *(one.rules for one in results.past.archive[::-1])]
    found = (c.label[language.code] for one in rules for c in one.categories if c.name == name)
    return next(found, name)
