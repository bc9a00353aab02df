"""Tallying a round once it has closed; what it came to stays private until the jury closes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from math import isnan
from pathlib import Path

from tolok.jury.count import AwardTally, Votes
from tolok.jury.ledger import canonical_sha256
from tolok.jury.outcome import contenders, strongest
from tolok.jury.rounds import round_before
from tolok.jury.rules import may_tally
from tolok.methodology.jury import Round
from tolok.pipeline.jury.counting import data_of, held_ballots, tallied_scores, tallied_votes
from tolok.pipeline.jury.desk import Desk, NotAllowed, desk, write_private
from tolok.pipeline.jury.paths import csv_text


@dataclass(frozen=True)
class NomineeLine:
    """One nominee in a round: the tally's score, and the chance to be the best."""

    institution_id: str
    institution: str
    jury_score: float | None
    chance_best: float | None


@dataclass(frozen=True)
class AwardLine:
    """One award in a round: where it stands, the nominees, best first, and who is voted on next."""

    category: str
    cluster: str
    status: str
    nominees: tuple[NomineeLine, ...]
    open_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tallied:
    """What a round came to: how many ballots, the awards, and what changed since the one before.

    `sheet` is the table for the discussion; `changes` has (category, cluster, institution_id,
    juror, criterion, before, now).
    """

    round: str
    ballots: int
    jurors: int
    awards: tuple[AwardLine, ...]
    changes: tuple[tuple[str, str, str, str, str, int, int], ...]
    sheet: Path


def tally_round(folder: Path, *, now: datetime, round_name: str = "") -> Tallied:
    """What the last round that has closed came to, or the named one; twice gives the same.

    Raises: JuryOutdated; NotAllowed where no round has closed, or the one before is not tallied.
    """
    with desk(folder, now) as at:
        at.require_current()
        one = _round(at, round_name)
        at.require(may_tally, at.act(one=one), f"{folder}: the tally of {one.name}")
        awards = _score_lines(at, one) if one.kind == "scores" else _vote_lines(at, one)
        ballots = held_ballots(at, one)
        sheet = at.paths.tally(one.name, ".csv")
        changes = tuple(_changes(at, one))
        tallied = Tallied(one.name, len(ballots), len(at.names), awards, changes, sheet)
        document = asdict(tallied)
        del document["sheet"]  # where the folder lies is no part of the tally
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        write_private(text, at.paths.tally(one.name, ".json"))
        write_private("\ufeff" + _sheet_of(at, one, tallied), sheet)
        if one.name not in at.standing.tallied:
            sha256 = canonical_sha256(json.loads(text))
            at.write([("tallied", {"round": one.name, "tally_sha256": sha256})])
    return tallied


def _round(at: Desk, name: str) -> Round:
    closed = [one for one in at.panel.rounds if one.closes_at <= at.now]
    named = [one for one in at.panel.rounds if one.name == name]
    if name and not named:
        listed = ", ".join(one.name for one in at.panel.rounds)
        raise NotAllowed(f"round {name!r}", ["there is such a round"], f"Rounds: {listed}.")
    left = [one for one in closed if one.name not in at.standing.tallied]
    found = named or left[:1] or closed[-1:] or list(at.panel.rounds[:1])
    return found[0]


def _score_lines(at: Desk, one: Round) -> tuple[AwardLine, ...]:
    data = data_of(at)
    return tuple(
        AwardLine(
            *award,
            tally.decision.status if tally.decision else tally.problem,
            _nominee_lines(at, tally),
            contenders(tally.decision, data[award], at.panel.tie_order) if tally.decision else (),
        )
        for award, tally in tallied_scores(at, one).items()
    )


def _nominee_lines(at: Desk, tally: AwardTally) -> tuple[NomineeLine, ...]:
    found = tally.decision
    lines = [
        NomineeLine(
            entry.institution_id,
            at.institutions[entry.institution_id],
            float(found.tally.score[found.entries.index(entry.institution_id)]) if found else None,
            float(found.draws.chance[found.entries.index(entry.institution_id)]) if found else None,
        )
        for entry in tally.entries
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.jury_score or 0.0), line.institution_id)))


def _vote_lines(at: Desk, one: Round) -> tuple[AwardLine, ...]:
    """The awards that were voted on: who is strongest, and in how many choices each was better."""
    lines = []
    for (category, cluster), votes in tallied_votes(at, one).items():
        found = strongest(votes)
        status = "decided" if len(found) == 1 else "equal"
        lines.append(AwardLine(category, cluster, status, _wins(at, votes), found))
    return tuple(lines)


def _wins(at: Desk, votes: Votes) -> tuple[NomineeLine, ...]:
    chosen = [name for choices in votes.values() for name in choices]
    names = sorted({name for pair in votes for name in (pair.first, pair.second)})
    lines = [
        NomineeLine(name, at.institutions[name], float(chosen.count(name)), None) for name in names
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.jury_score or 0.0), line.institution_id)))


def _sheet_of(at: Desk, one: Round, tallied: Tallied) -> str:
    """The tally for the panel's discussion, as a spreadsheet opens it: a row a nominee.

    Beside the tally's figures every juror's own score, the weighted mean of the criteria.
    Missing: an empty cell is a juror who steps back, or gave no score.
    """
    tallies = tallied_scores(at, one) if one.kind == "scores" else {}
    codes = sorted(at.names)
    header = ("category", "cluster", "status", "nominee", "score", "chance_best", "vote", *codes)
    rows = [
        (
            award.category, award.cluster, award.status, line.institution, _short(line.jury_score),
            _short(line.chance_best), "yes" if line.institution_id in award.open_to else "",
            *_own_scores(tallies.get((award.category, award.cluster)), line.institution_id, codes),
        )
        for award in tallied.awards
        for line in award.nominees
    ]  # fmt: skip
    return csv_text(header, rows)


def _own_scores(tally: AwardTally | None, institution_id: str, codes: Sequence[str]) -> list[str]:
    if tally is None or tally.sheet is None:
        return [""] * len(codes)
    sheet = tally.sheet
    cells = sheet.cells[:, sheet.entries.index(institution_id)]
    own = dict(zip(sheet.jurors, cells.tolist(), strict=True))
    return [_short(own.get(code)) for code in codes]


def _short(value: float | None) -> str:
    return "" if value is None or isnan(value) else f"{value:.2f}"


def _changes(at: Desk, one: Round) -> list[tuple[str, str, str, str, str, int, int]]:
    """The scores of a round that differ from the juror's own of the round before."""
    before = round_before(at.panel.rounds, one)
    if before is None or one.kind != "scores":
        return []
    earlier, later = held_ballots(at, before), held_ballots(at, one)
    return [
        (entry.category, entry.cluster, entry.institution_id, code, criterion, was, score)
        for code, ballot in sorted(later.items())
        if code in earlier
        for entry, scores in sorted(ballot.scores.items())
        for criterion, score in scores.items()
        if (was := earlier[code].scores.get(entry, {}).get(criterion, score)) != score
    ]
