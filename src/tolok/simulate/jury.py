"""The demo's jurors: invented people, what they score, how they vote, and one tie to declare.

Every number has its own stream, by who gives it, when, to whom and for what, so that no score
depends on which others are asked for, or in what order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tolok.simulate.names import THINGS
from tolok.simulate.seed import generator
from tolok.simulate.write import write_csv

ROLES = ("harsh", "careless", "tied", "ordinary", "ordinary")
JURY_COLUMNS = ("juror", "role", "severity", "noise", "tie")
LOWEST, HIGHEST = 1, 10

_ADDRESSES = ("Prof.", "Bu", "Pak", "Kak", "Dr.")
_MIDDLE, _POINTS = 5.5, 1.3
"""What an average institution is worth, the middle of the scale, and a unit of quality."""
_SEVERITY_SD, _HARSH = 0.25, 2.0
_NOISE, _CARELESS = 0.6, 4.0
_EASE_SD = 0.5
"""Some criteria are easier than others, for every juror and entry."""
_LISTENS = {"careless": 0.05}
_LISTENS_ELSE = 0.5
"""The share of the way to the panel's opinion that a juror goes after a discussion."""

Scores = dict[str, dict[str, int]]
"""Whole numbers by institution_id and criterion."""


@dataclass(frozen=True)
class SimulatedJuror:
    """An invented juror: how many points he or she takes off, and how far judgements stray.

    Units: severity and noise in points; noise is the standard deviation of a juror's taste for an
    entry, and of one score around it.
    """

    name: str
    severity: float
    noise: float
    role: str

    @property
    def listens(self) -> float:
        """The share of the way to the panel's opinion that is gone after a discussion."""
        return _LISTENS.get(self.role, _LISTENS_ELSE)


@dataclass(frozen=True)
class Sitting:
    """One round of a category, under a seed; the first round is 1."""

    seed: int
    category: str
    round: int = 1


@dataclass(frozen=True)
class Discussion:
    """What a juror knows before scoring again: the own scores, and the panel's opinion of each.

    Units: opinion in points of an average juror, as the tally adjusts them.
    """

    earlier: Mapping[str, Mapping[str, int]]
    opinion: Mapping[str, float]


def invent_panel(seed: int) -> tuple[SimulatedJuror, ...]:
    """Five jurors: a harsh one, a careless one, one with a tie, and two who are ordinary.

    >>> [juror.name for juror in invent_panel(1)][0]
    'Bu Nangka Hujan'
    """
    rng = generator(seed, "jury")
    things = rng.permutation(len(THINGS))[: 2 * len(ROLES)].reshape(-1, 2).tolist()
    addresses = rng.permutation(np.array(_ADDRESSES)).tolist()
    severity = _SEVERITY_SD * rng.standard_normal(len(ROLES))
    noise = _NOISE * rng.uniform(0.8, 1.2, len(ROLES))
    return tuple(
        SimulatedJuror(
            name=f"{address} {THINGS[first]} {THINGS[second]}",
            severity=round(float(taken) + (_HARSH if role == "harsh" else 0.0), 2),
            noise=round(float(strays) * (_CARELESS if role == "careless" else 1.0), 2),
            role=role,
        )
        for address, (first, second), role, taken, strays in zip(
            addresses, things, ROLES, severity, noise, strict=True
        )
    )


def simulate_scores(
    juror: SimulatedJuror,
    truth: Mapping[str, float],
    criteria: Sequence[str],
    sitting: Sitting,
    discussion: Discussion | None = None,
) -> Scores:
    """The juror's scores of the institutions in `truth`, whose qualities are standard normal.

    After a discussion a juror goes part of the way from the own earlier scores to the panel's
    opinion; who is harsh stays so. An institution without earlier scores is scored afresh.

    Units: whole points, LOWEST to HIGHEST.
    """
    asked = {
        institution_id: {
            criterion: _points(juror, quality, sitting, (institution_id, criterion))
            for criterion in criteria
        }
        for institution_id, quality in truth.items()
    }
    if discussion is None:
        return asked
    return asked | {
        institution_id: {
            criterion: _rounded_by_lot(
                score + moved,
                generator(sitting.seed, *_key(juror, sitting, (institution_id, criterion))),
            )
            for criterion, score in discussion.earlier[institution_id].items()
        }
        for institution_id, moved in _moves(juror, truth, discussion).items()
    }


def simulate_choice(
    juror: SimulatedJuror, truth: Mapping[str, float], pair: tuple[str, str], sitting: Sitting
) -> bool:
    """Whether the juror holds the first of a pair for better; asked the other way, the contrary."""
    first, second = pair
    opinions = [
        _opinion(juror, truth[one], sitting, one)
        + juror.noise * _normal(juror, sitting, (one, f"beside {other}"))
        for one, other in ((first, second), (second, first))
    ]
    return opinions[0] > opinions[1]


def simulated_tie(
    panel: Sequence[SimulatedJuror], institution_ids: Mapping[str, Sequence[str]], seed: int
) -> tuple[SimulatedJuror, str]:
    """The juror who has a tie, and the institution that employs him or her.

    `institution_ids` are those that compete, by cluster; their order is nothing.
    """
    juror = next(one for one in panel if one.role == "tied")
    known = sorted({one for those in institution_ids.values() for one in those})
    return juror, known[int(generator(seed, "jury", "tie").integers(len(known)))]


def write_jury(
    path: Path, panel: Sequence[SimulatedJuror], tie: tuple[SimulatedJuror, str] | None = None
) -> int:
    """The number of jurors written: who they are in truth, for those who judge the tally."""
    bound = {tie[0].name: tie[1]} if tie else {}
    rows = (
        (one.name, one.role, f"{one.severity:.2f}", f"{one.noise:.2f}", bound.get(one.name, ""))
        for one in panel
    )
    return write_csv(path, JURY_COLUMNS, rows)


def _opinion(juror: SimulatedJuror, quality: float, sitting: Sitting, institution_id: str) -> float:
    """What the juror holds an entry for, before severity; taste lasts from round to round."""
    lasting = Sitting(sitting.seed, sitting.category, 0)
    taste = juror.noise * _normal(juror, lasting, (institution_id, ""))
    return _MIDDLE + _POINTS * quality + taste


def _points(juror: SimulatedJuror, quality: float, sitting: Sitting, asked: tuple[str, str]) -> int:
    institution_id, criterion = asked
    easy = generator(sitting.seed, "jury ease", f"{sitting.category}|{criterion}")
    exact = (
        _opinion(juror, quality, sitting, institution_id)
        - juror.severity
        + _EASE_SD * float(easy.standard_normal())
        + juror.noise * _normal(juror, sitting, asked)
    )
    return _on_scale(round(exact))


def _moves(
    juror: SimulatedJuror, truth: Mapping[str, float], discussion: Discussion
) -> dict[str, float]:
    """The points by which a juror moves each entry that he or she scored; 0 without an opinion.

    Only what the juror holds of the entries beside each other moves, not how harsh he or she is.
    """
    away = {
        one: discussion.opinion[one] - float(np.mean(list(scores.values())))
        for one, scores in sorted(discussion.earlier.items())
        if one in discussion.opinion
    }
    level = float(np.mean(list(away.values()))) if away else 0.0
    return {
        one: juror.listens * (away[one] - level) if one in away else 0.0
        for one in truth
        if one in discussion.earlier
    }


def _rounded_by_lot(exact: float, rng: np.random.Generator) -> int:
    """A whole number beside the exact one; the nearer it is, the likelier, so none is favoured."""
    return _on_scale(int(np.floor(exact + rng.random())))


def _on_scale(points: int) -> int:
    return min(max(points, LOWEST), HIGHEST)


def _key(juror: SimulatedJuror, sitting: Sitting, about: tuple[str, str]) -> tuple[str, str]:
    """The part and name of a stream: halves of a key, so that two streams hardly ever meet."""
    return f"jury {sitting.round}|{juror.name}", "|".join((sitting.category, *about))


def _normal(juror: SimulatedJuror, sitting: Sitting, about: tuple[str, str]) -> float:
    """A standard normal number of its own."""
    return float(generator(sitting.seed, *_key(juror, sitting, about)).standard_normal())
