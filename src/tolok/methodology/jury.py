"""The jury of an edition as written in edition.toml, and the rubric of a category."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tolok.methodology.document import Document, Section
from tolok.model import Label

SEATS = ("organiser", "supplier")
INSIDERS = ("none", "minority", "any")
BALLOTS = ("named", "coded", "none")
ROUND_KINDS = ("scores", "pairs")
TIE_BREAKS = ("data", "vote")
TALLIES = ("default", "mean", "additive", "random", "z", "rasch")


@dataclass(frozen=True)
class Anchor:
    """What a score of a criterion means."""

    score: int
    text: Label


@dataclass(frozen=True)
class Criterion:
    """One question of a category's rubric: its weight, and what its scores mean."""

    name: str
    label: Label
    weight: float
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Juror:
    """One seat of the panel. No categories are all; a seat at the organiser or data supplier."""

    name: str
    categories: tuple[str, ...] = ()
    seat: str = ""


@dataclass(frozen=True)
class Round:
    """One round of the jury, half-open: ballots count from opens_at until before closes_at.

    `scores` asks for a score by every criterion, `pairs` which of two is better, in awards that
    the scores have left open.
    """

    name: str
    kind: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Panel:
    """The jury's rules: who sits on it, when, on which scale, and what is done with the scores.

    Units: tie_years, how long a tie binds after it has ended; equal_errors, standard errors of a
    difference; best_posts and sample_posts of a nominee are shown to a juror. Missing: an edition
    without a jury has no jurors and no rounds.
    """

    jurors: tuple[Juror, ...] = ()
    rounds: tuple[Round, ...] = ()
    lowest_score: int = 1
    highest_score: int = 10
    least_jurors: int = 5
    least_scores: int = 3
    insiders: str = "minority"
    tie_years: int = 3
    ballots: str = "coded"
    best_posts: int = 6
    sample_posts: int = 12
    tie_order: tuple[str, ...] = TIE_BREAKS
    tally: str = "default"
    equal_errors: float = 0.5
    least_chance: float = 0.0
    draws: int = 2000
    seed: int = 2025

    def jurors_of(self, category: str) -> tuple[Juror, ...]:
        """The jurors of a category."""
        return tuple(one for one in self.jurors if not one.categories or category in one.categories)


def read_panel(section: Section, time_zone: str) -> Panel:
    """The jury of a [jury] table; instants without an offset are in the edition's time zone."""
    default = Panel()
    scale = section.integers("scale", (default.lowest_score, default.highest_score))
    if len(scale) != 2 or scale[0] >= scale[1]:
        expected = "Expected the lowest and the highest score, such as [1, 10]."
        section.fault("scale", "is not a lowest and a highest score.", expected)
        scale = (default.lowest_score, default.highest_score)
    panel = Panel(
        jurors=tuple(_read_juror(one) for one in section.sections("juror")),
        rounds=tuple(_read_round(one, time_zone) for one in section.sections("round")),
        lowest_score=scale[0],
        highest_score=scale[1],
        least_jurors=section.integer("least_jurors", default.least_jurors, low=1),
        least_scores=section.integer("least_scores", default.least_scores, low=1),
        insiders=section.text("insiders", default.insiders, choices=INSIDERS),
        tie_years=section.integer("tie_years", default.tie_years),
        ballots=section.text("ballots", default.ballots, choices=BALLOTS),
        best_posts=section.integer("best_posts", default.best_posts),
        sample_posts=section.integer("sample_posts", default.sample_posts),
        tie_order=section.texts("tie_order", default.tie_order, choices=TIE_BREAKS),
        tally=section.text("tally", default.tally, choices=TALLIES),
        equal_errors=section.number("equal_errors", default.equal_errors, low=0),
        least_chance=section.number("least_chance", default.least_chance, low=0, high=1),
        draws=section.integer("draws", default.draws, low=1),
        seed=section.integer("seed", default.seed),
    )
    section.close()
    _check_panel(section, panel)
    return panel


def read_criteria(document: Document) -> tuple[Criterion, ...]:
    """The rubric of a category's file; none where only the data decide."""
    criteria = tuple(_read_criterion(one) for one in document.sections("criterion"))
    names = [criterion.name for criterion in criteria]
    if len(set(names)) < len(names):
        document.fault("criterion", "two criteria have one name.", "Name each once.")
    if criteria and sum(criterion.weight for criterion in criteria) <= 0:
        document.fault("criterion", "the weights add up to nothing.", "Give one a weight above 0.")
    return criteria


def _read_juror(section: Section) -> Juror:
    juror = Juror(
        name=section.text("name"),
        categories=section.texts("categories", ()),
        seat=section.text("seat", "", choices=("", *SEATS)),
    )
    section.close()
    return juror


def _read_round(section: Section, time_zone: str) -> Round:
    zone = ZoneInfo(time_zone)
    one = Round(
        name=section.text("name"),
        kind=section.text("kind", "scores", choices=ROUND_KINDS),
        opens_at=section.moment("opens_at", zone),
        closes_at=section.moment("closes_at", zone),
    )
    if one.name and not re.fullmatch(r"[a-z0-9-]+", one.name):
        expected = "Expected small letters, digits and hyphens, such as first."
        section.fault("name", f"{one.name!r} cannot be in a file's name.", expected)
    section.close()
    return one


def _read_criterion(section: Section) -> Criterion:
    criterion = Criterion(
        name=section.text("name"),
        label=section.label("label"),
        weight=section.number("weight", low=0),
        anchors=tuple(_read_anchor(one) for one in section.sections("anchor")),
    )
    section.close()
    scores = [anchor.score for anchor in criterion.anchors]
    if scores != sorted(set(scores)):
        section.fault("anchor", "scores are not in rising order, each once.")
    return criterion


def _read_anchor(section: Section) -> Anchor:
    anchor = Anchor(section.integer("score"), section.label("text"))
    section.close()
    return anchor


def _check_panel(section: Section, panel: Panel) -> None:
    for key, named in (("juror", panel.jurors), ("round", panel.rounds)):
        names = [one.name.casefold() for one in named]
        if len(set(names)) < len(names):
            section.fault(key, "two have one name.", "Name each once.")
    ends = None
    for one in panel.rounds:
        if one.closes_at <= one.opens_at:
            section.fault("round", f"{one.name!r} closes before it opens.")
        if ends is not None and one.opens_at < ends:
            remedy = "Put the rounds in their order; one ends before the next begins."
            section.fault("round", f"{one.name!r} opens before the round before it closes.", remedy)
        ends = one.closes_at
    kinds = [one.kind for one in panel.rounds]
    if "pairs" in kinds[:-1] or kinds[:1] == ["pairs"]:
        remedy = "Votes on pairs follow the scores that have left an award open."
        section.fault("round", "a round of pairs is not the last one after scores.", remedy)
