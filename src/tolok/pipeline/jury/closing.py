"""Closing the jury: the winners, their record, and what may be published of the ballots."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tolok.errors import InputError, did_you_mean
from tolok.jury.ballot import Ballot
from tolok.jury.check import read_ballot_document
from tolok.jury.count import Ballots, category_sheets, settle
from tolok.jury.rules import jury_is_open, may_close
from tolok.jury.standing import Override
from tolok.methodology.jury import Round
from tolok.pipeline.jury.bench import Bench
from tolok.pipeline.jury.counting import (
    data_of,
    held_ballots,
    last_scores,
    recused_at,
    standing_scores,
    tallied_scores,
    tallied_votes,
)
from tolok.pipeline.jury.decided import put_decision, read_winners
from tolok.pipeline.jury.desk import Desk, NotAllowed, desk
from tolok.pipeline.jury.issuing import forms_of
from tolok.pipeline.jury.paths import csv_text
from tolok.pipeline.jury.tables import Record, decided_winners, jury_tables
from tolok.pipeline.results import write_csv
from tolok.store.atomic import replaced_folder, write_table, write_text


@dataclass(frozen=True)
class Closed:
    """The winners as they stand in results/winners.csv."""

    winners: tuple[Mapping[str, object], ...]


@dataclass(eq=False)
class NotNominated(InputError):
    """An override for an institution that the data have not nominated."""

    institution_id: str
    award: str
    hint: str

    def __str__(self) -> str:
        """Who is no nominee of which award, and whom to name."""
        return f"{self.institution_id!r} is no nominee of {self.award}. {self.hint}"


def override(folder: Path, asked: Override, *, now: datetime) -> None:
    """Put a nominee in the place of the jury's winner, with a reason and two names, on record.

    Raises: NotAllowed where the jury is not open, the reason is blank, or not two persons sign;
    NotNominated.
    """
    with desk(folder, now) as at:
        at.require_current()
        at.require(jury_is_open, at.act(), f"{folder}: an override")
        nominees = [e.institution_id for e in at.awards.get((asked.category, asked.cluster), ())]
        if asked.institution_id not in nominees:
            hint = did_you_mean(asked.institution_id, nominees)
            listed = f"Nominees: {', '.join(nominees)}." if nominees else "It has no nominees."
            award = f"{asked.category}/{asked.cluster}"
            raise NotNominated(asked.institution_id, award, hint or listed)
        signed = {name.strip().casefold() for name in asked.by if name.strip()}
        missing = [
            sentence
            for sentence, holds in (
                ("two different persons sign it", len(signed) == 2),
                ("a reason is given", bool(asked.reason.strip())),
            )
            if not holds
        ]
        if missing:
            raise NotAllowed(f"{folder}: an override", missing)
        at.write([("overridden", asdict(asked))])


def close_jury(folder: Path, *, now: datetime) -> Closed:
    """The winners of an edition, written to results/ with the record of how they were found.

    Closing twice changes nothing. A round of pairs need not be tallied where no award was open.

    Raises: JuryOutdated; NotAllowed where a round that decides is not tallied yet.
    """
    with desk(folder, now) as at:
        at.require_current()
        if not at.standing.is_closed:
            for one in _deciding(at):
                at.require(may_close, at.act(one=one), f"{folder}: closing, round {one.name}")
            _write_decision(at)
        put_decision(folder, at.results)
        return Closed(tuple(read_winners(at.results)))


def _write_decision(at: Desk) -> None:
    record = record_of(at)
    winners = decided_winners(read_winners(at.results), record)
    with replaced_folder(at.paths.tables) as fresh:
        for name, table in jury_tables(record).items():
            write_table(table, fresh / f"{name}.parquet")
        write_csv(winners, fresh / "winners.csv")
    _publish_ballots(at)
    sha256 = hashlib.sha256((at.paths.tables / "winners.csv").read_bytes()).hexdigest()
    at.write([("closed", {"winners_sha256": sha256})])


def _publish_ballots(at: Desk) -> None:
    """Put what ballots say beside the ledger, as far as the rules publish them."""
    if at.panel.ballots == "none":
        return
    with replaced_folder(at.paths.ballots) as fresh:
        for path in sorted(at.paths.held_ballots.glob("*.json")):
            shutil.copyfile(path, fresh / path.name)
    if at.panel.ballots == "named":
        write_text(csv_text(("code", "juror"), sorted(at.names.items())), at.paths.roll)


def _deciding(at: Desk) -> Iterator[Round]:
    """The rounds that must be tallied: the last of scores, and that of pairs if any are asked."""
    yield last_scores(at)
    for one in at.panel.rounds:
        if one.kind == "pairs" and any(form.pairs for form in forms_of(at, one).values()):
            yield one


def record_of(at: Bench) -> Record:
    """All that a jury has come to, from its ballots.

    Raises: LedgerBroken where a ballot is not the one that the ledger holds.
    """
    last = last_scores(at)
    scored = [one for one in at.panel.rounds if one.kind == "scores"]
    voted = [one for one in at.panel.rounds if one.kind == "pairs"]
    tallies = {one.name: tallied_scores(at, one) for one in scored}
    votes = tallied_votes(at, voted[0]) if voted else {}
    standing, recused = standing_scores(at, last), recused_at(at, last)
    outcomes = settle(at.panel, tallies[last.name], data_of(at), votes, at.standing.overrides)
    return Record(
        rounds=tallies,
        outcomes=outcomes,
        votes=votes,
        casts=tuple(_casts(at)),
        sheets=category_sheets(at.rules, at.awards, Ballots(standing, recused)),
        overrides=at.standing.overrides,
        recused=recused,
        names=at.institutions,
        shown=_shown(at),
    )


def _casts(at: Bench) -> Iterator[tuple[Ballot, int, bool]]:
    """Every version of every ballot, and whether it is the one that stands at the end."""
    scored = [one for one in at.panel.rounds if one.kind == "scores"]
    last = {code: one.name for one in scored for code in held_ballots(at, one)}
    for (name, code), casts in at.standing.ballots.items():
        for cast in casts:
            path = at.ballot_file(name, code, cast.version)
            ballot = read_ballot_document(json.loads(path.read_text("utf-8")))
            yield ballot, cast.version, last.get(code) == name and cast is casts[-1]


def _shown(at: Bench) -> dict[str, str]:
    """How the code of each juror is published; nothing where ballots are not."""
    ways: dict[str, dict[str, str]] = {
        "named": dict(at.names),
        "coded": {code: code for code in at.names},
        "none": {},
    }
    return ways[at.panel.ballots]
