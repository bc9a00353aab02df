"""What changed since the last edition, in the words of a scorecard."""

from dataclasses import dataclass

from tolok.publish.archived import ArchivedEdition, BodyRow, PlaceRow, Side
from tolok.publish.charts import Scale
from tolok.publish.comparison import (
    Comparing,
    Comparison,
    FigureChange,
    Obstacle,
    PlaceChange,
    Standing,
)
from tolok.publish.language import Language
from tolok.publish.lineage import Identity
from tolok.publish.links import award_path
from tolok.publish.results import Results

_SIGNS = {"rose": "▲", "fell": "▼", "inseparable": "≈"}


@dataclass(frozen=True)
class Mark:
    """A rank and its interval on the lane of a chart, in percent."""

    dot: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ChangedPlace:
    """One category: the places then and now, what that says, and the marks where it is drawn."""

    label: str
    path: str
    before: str
    after: str
    sign: str
    verdict: str
    source: str
    then: Mark | None
    now: Mark | None


@dataclass(frozen=True)
class ChangedFigure:
    """One figure: its values then and now, and the change, or why there is none."""

    label: str
    before: str
    after: str
    change: str
    source: str


@dataclass(frozen=True)
class Changed:
    """The section of a scorecard; `notes` are sentences, without places where none is the same."""

    title: str
    window: str
    finding: str
    notes: tuple[str, ...]
    places: tuple[ChangedPlace, ...]
    figures: tuple[ChangedFigure, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether any place has marks on a chart."""
        return any(place.then and place.now for place in self.places)


def comparing_of(results: Results) -> Comparing | None:
    """The edition beside the one before it; None where none is archived."""
    last = results.past.last
    if last is None:
        return None
    return Comparing(last.side, _side(results), results.past.breaks, results.past.lineage)


def changed_of(
    institution_id: str, comparing: Comparing, results: Results, language: Language
) -> Changed:
    """What changed at one institution since the last edition."""
    last = results.past.last
    assert last is not None, "there is an earlier edition where there is something to compare with"
    found = comparing.institution(institution_id)
    edition = last.rules.edition
    is_there = found.identity.earlier_id is not None
    view = _View(results, last, language)
    return Changed(
        title=edition.title[language.code],
        window=language.formats.window(edition.window),
        finding=view.finding(found),
        notes=view.notes(institution_id, found),
        places=tuple(view.place(one, institution_id) for one in found.places) if is_there else (),
        figures=tuple(view.figure(one) for one in found.figures) if is_there else (),
    )


def _side(results: Results) -> Side:
    return Side(
        rules=results.rules,
        institutions={
            name: BodyRow(
                row.institution_id,
                row.institution,
                row.short_name,
                row.cluster,
                row.post_count,
                row.follower_count,
            )
            for name, row in results.institutions.items()
        },
        places={
            key: PlaceRow(
                row.category,
                row.cluster,
                row.institution_id,
                row.rank,
                row.rank_low,
                row.rank_high,
            )
            for key, row in results.score_of.items()
        },
        known=results.engagement,
    )


@dataclass(frozen=True)
class _View:
    results: Results
    last: ArchivedEdition
    language: Language

    def finding(self, found: Comparison) -> str:
        """The sentence over the chart: how many places rose, fell, or cannot be told apart."""
        words = self.language.words
        verdicts = [place.verdict for place in found.places if place.verdict]
        rose, fell = verdicts.count("rose"), verdicts.count("fell")
        if not verdicts:
            return words("changed.finding.none")
        if not rose and not fell:
            return words("changed.finding.same", n=len(verdicts))
        return words("changed.finding", rose=rose, fell=fell, n=len(verdicts))

    def notes(self, institution_id: str, found: Comparison) -> tuple[str, ...]:
        """Who the institution was, and what else has to be known before comparing."""
        words, identity = self.language.words, found.identity
        notes = self._origin(identity)
        for event in identity.events:
            other = event.predecessor_id if event.change == "merge" else event.successor_id
            key, day = f"changed.event.{event.change}", event.effective_on
            notes.append(words(key, name=self._name(other), day=day))
        if found.moved_from:
            label = {c.name: c.label for c in self.last.rules.edition.clusters}[found.moved_from]
            now = self.language.cluster(self.results.institutions[institution_id].cluster)
            notes.append(words("changed.moved", before=label[self.language.code], after=now))
        if not found.is_of_one_length and identity.earlier_id is not None:
            days = (self.last.side.window.day_count, self.results.rules.edition.window.day_count)
            notes.append(words("changed.length", before=days[0], after=days[1]))
        return tuple(notes)

    def place(self, change: PlaceChange, institution_id: str) -> ChangedPlace:
        """One category in words, with its marks where both places are known and comparable."""
        language = self.language
        cluster = self.results.institutions[institution_id].cluster
        most = max((s.of for s in (change.before, change.after) if s), default=1)
        scale = Scale(1.0, float(max(most, 2)))
        is_drawn = change.obstacle is None
        verdict = change.verdict and language.words(f"changed.verdict.{change.verdict}")
        return ChangedPlace(
            label=language.category(change.category),
            path=award_path(change.category, cluster),
            before=self._standing(change.before),
            after=self._standing(change.after),
            sign=_SIGNS.get(change.verdict, ""),
            verdict=verdict or self._obstacle(change.obstacle),
            source=_source(change.obstacle),
            then=_mark(change.before, scale) if is_drawn and change.before else None,
            now=_mark(change.after, scale) if is_drawn and change.after else None,
        )

    def figure(self, change: FigureChange) -> ChangedFigure:
        """One figure in words."""
        words = self.language.words
        text = self._obstacle(change.obstacle)
        if change.ratio is not None:
            share = self.language.formats.share(change.ratio - 1)
            text = f"+{share}" if change.ratio > 1 else share
        return ChangedFigure(
            label=words(f"changed.figure.{change.name}"),
            before=self._value(change.name, change.before),
            after=self._value(change.name, change.after),
            change=text or words("changed.no_ratio"),
            source=_source(change.obstacle),
        )

    def _origin(self, identity: Identity) -> list[str]:
        if identity.origin == "same":
            return []
        key = f"changed.origin.{identity.origin}"
        if identity.origin == "renamed":
            return [self.language.words(key, names=self._name(identity.earlier_id or ""))]
        names = self.language.listed([self._name(one) for one in identity.predecessors])
        return [self.language.words(key, names=names)]

    def _name(self, institution_id: str) -> str:
        """A name as it was registered then, else as it is now, else the id."""
        row = self.last.side.institutions.get(institution_id)
        return row.institution if row else self.results.name(institution_id)

    def _standing(self, standing: Standing | None) -> str:
        words = self.language.words
        if standing is None:
            return words("institution.unranked")
        if standing.low is None or standing.high is None:
            return words("changed.rank", rank=standing.rank, of=standing.of)
        return words(
            "changed.rank_interval",
            rank=standing.rank,
            of=standing.of,
            low=standing.low,
            high=standing.high,
        )

    def _value(self, name: str, value: float | None) -> str:
        formats = self.language.formats
        if value is None:
            return self.language.missing(None)
        if name == "posts_per_week":
            return formats.number(value)
        return formats.count(round(value)) if name == "follower_count" else formats.figure(value)

    def _obstacle(self, obstacle: Obstacle | None) -> str:
        """Why two figures are not compared; nothing where they are."""
        if obstacle is None:
            return ""
        words = self.language.words
        if obstacle.by is None:
            return words(f"changed.obstacle.{obstacle.code}")
        by = obstacle.by
        return words(
            "changed.obstacle.break",
            platform=self.language.platform(by.platform),
            day=by.from_on,
            what=by.what[self.language.code],
        )


def _source(obstacle: Obstacle | None) -> str:
    return obstacle.by.source if obstacle and obstacle.by else ""


def _mark(standing: Standing, scale: Scale) -> Mark:
    is_whole = standing.low is not None and standing.high is not None
    return Mark(
        scale.at(standing.rank),
        scale.at(standing.low or 1) if is_whole else None,
        scale.at(standing.high or 1) if is_whole else None,
    )
