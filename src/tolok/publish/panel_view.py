"""How the jury of an edition decides, from its rules alone: panel, rounds, rubric, ties."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tolok.methodology.edition import Edition
from tolok.methodology.jury import Panel, Round
from tolok.methodology.rules import Rules
from tolok.publish.jury_rubric import Question, questions_of
from tolok.publish.language import Language

_BY_MODEL = ("random", "rasch")
"""Tallies whose chances come from their own errors, not from drawing jurors."""


@dataclass(frozen=True)
class Seat:
    """One juror as announced: name, the house he or she is of, and categories; empty is all."""

    name: str
    seat: str
    categories: str


@dataclass(frozen=True)
class PanelView:
    """The rules of an edition's jury in words."""

    sentences: tuple[str, ...]
    seats: tuple[Seat, ...]
    rounds: tuple[tuple[str, str, str, str], ...]
    rubrics: tuple[tuple[str, tuple[Question, ...]], ...]


def panel_view(rules: Rules, language: Language) -> PanelView | None:
    """The jury's rules; None where the data decide, or no round is named yet."""
    edition = rules.edition
    if edition.decision != "jury" or not edition.jury.rounds:
        return None
    return PanelView(
        sentences=tuple(_sentences(edition, language)),
        seats=tuple(
            Seat(
                juror.name,
                language.words(f"panel.seat.{juror.seat}") if juror.seat else "",
                ", ".join(language.category(name) for name in juror.categories),
            )
            for juror in edition.jury.jurors
        ),
        rounds=tuple(_round(one, edition, language) for one in edition.jury.rounds),
        rubrics=tuple(
            (category.label[language.code], questions_of(category, language))
            for category in rules.categories
            if category.criteria
        ),
    )


def _round(one: Round, edition: Edition, language: Language) -> tuple[str, str, str, str]:
    """A round's name, kind, first and last moment, in the edition's own time."""
    zone = edition.window.time_zone
    opens, closes = (
        language.formats.moment(at.astimezone(ZoneInfo(zone)), zone)
        for at in (one.opens_at, one.closes_at)
    )
    return one.name, language.words(f"panel.round.{one.kind}"), opens, closes


def _sentences(edition: Edition, language: Language) -> Iterator[str]:
    words, panel = language.words, edition.jury
    yield words("panel.size", n=len(panel.jurors), least=panel.least_jurors)
    yield words(f"panel.insiders.{panel.insiders}")
    yield words("panel.recusal", n=panel.tie_years)
    yield words("panel.evidence", best=panel.best_posts, sample=panel.sample_posts)
    yield words("panel.scale", low=panel.lowest_score, high=panel.highest_score)
    yield words(f"panel.tally.{panel.tally}")
    yield words("panel.clear", n=panel.least_scores)
    if panel.least_chance > 0:
        share = language.formats.share(panel.least_chance)
        yield words("panel.least_chance", chance=share)
    has_vote = any(one.kind == "pairs" for one in panel.rounds)
    yield words("panel.contested" if has_vote else "panel.contested_no_vote")
    yield _ties(panel, language)
    key = "panel.chance.model" if panel.tally in _BY_MODEL else "panel.chance"
    yield words(key, n=panel.draws, seed=str(panel.seed))
    yield words("panel.validity")
    yield words(f"jury.ballots.{panel.ballots}")
    yield words("panel.override")


def _ties(panel: Panel, language: Language) -> str:
    words = language.words
    digits = 1 if round(panel.equal_errors, 1) == panel.equal_errors else 2
    errors = language.formats.number(panel.equal_errors, digits)
    if not panel.tie_order:
        return words("panel.ties.shared", errors=errors)
    ways = words("panel.ties.then").join(words(f"panel.tie.{way}") for way in panel.tie_order)
    return words("panel.ties", errors=errors, ways=ways)
