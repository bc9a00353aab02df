"""Ballots: what each juror is asked in a round, and the files to send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path

from tolok.forms.write import write_ballot
from tolok.jury.ballot import Ballot, BallotForm, Entry, Pair
from tolok.jury.count import Award
from tolok.jury.outcome import contenders
from tolok.jury.rounds import round_before
from tolok.jury.rules import may_be_given_a_ballot
from tolok.jury.seating import shuffled
from tolok.methodology.jury import Round
from tolok.pipeline.jury.counting import data_of, standing_scores, tallied_scores
from tolok.pipeline.jury.desk import Desk, NotAllowed, desk, told_missing
from tolok.pipeline.jury.opening import printed

FORMATS = ("xlsx", "csv", "json")


@dataclass(frozen=True)
class Issued:
    """The ballots of a round by juror's code, and why the others got none; its times in words."""

    round: Round
    told: str
    ballots: Mapping[str, Path]
    without: Mapping[str, str]


def issue_ballots(
    folder: Path, *, now: datetime, file_format: str = "xlsx", language: str | None = None
) -> Issued:
    """The ballots of the round that is open or comes next; issuing twice writes the same again.

    Raises: JuryOutdated; NotAllowed where no round is left, or the one before is not tallied.
    """
    with desk(folder, now) as at:
        at.require_current()
        one = at.round_now
        if one is None:
            raise NotAllowed(f"{folder}: ballots", ["a round is open or to come"])
        missing = {code: may_be_given_a_ballot.broken(at.act(code, one)) for code in at.names}
        if all(missing.values()):
            told = dict.fromkeys(sentence for of in missing.values() for sentence in of)
            raise NotAllowed(f"{folder}: ballots of the round {one.name}", list(told))
        without = {code: told_missing(of) for code, of in missing.items() if of}
        earlier = standing_scores(at, round_before(at.panel.rounds, one))
        paths, acts = {}, []
        for code, form in forms_of(at, one).items():
            if code in without:
                continue
            if not form.entries and not form.pairs:
                without[code] = "nothing is left for this juror to judge in this round"
                continue
            issued, paths[code] = form.code(at.key), _path(at, code, one, file_format)
            played = {} if one.kind == "pairs" else _played(form, earlier.get(code))
            write_ballot(form, issued, printed(at, language), paths[code], **played)
            if (one.name, code) not in at.standing.issued:
                acts.append(("issued", {"juror": code, "round": one.name, "code": issued}))
        at.write(acts)
    return Issued(one, at.told(one), paths, without)


def forms_of(at: Desk, one: Round) -> dict[str, BallotForm]:
    """What each juror is asked in a round, by code.

    Institutions that the juror is tied to, by declaration or by a ballot of an earlier round, are
    not on it; those stepped back from in this round stay, so that its ballot keeps its code.
    """
    open_to = _open_awards(at, one) if one.kind == "pairs" else {}
    return {code: _form(at, one, code, open_to) for code in at.names}


def _played(form: BallotForm, earlier: Ballot | None) -> dict[str, Ballot]:
    """A juror's own scores of the round before: to stand in the cells, and beside them."""
    if earlier is None:
        return {}
    kept = {entry: earlier.scores[entry] for entry in form.entries if entry in earlier.scores}
    return {"filled": Ballot(form.round, form.juror, kept), "earlier": earlier}


def _form(at: Desk, one: Round, code: str, open_to: Mapping[Award, tuple[str, ...]]) -> BallotForm:
    earlier = [other.name for other in at.panel.rounds if other.closes_at <= one.opens_at]
    tied = at.standing.recused(code, earlier)
    entries = tuple(
        entry
        for category in at.categories_of(code)
        for entry in at.entries_of(code, category)
        if entry.institution_id not in tied
    )
    is_scores = one.kind == "scores"
    asked = {entry.category for entry in entries} if is_scores else set()
    return BallotForm(
        edition=at.rules.edition.name,
        round=one.name,
        kind=one.kind,
        juror=code,
        lock_hash=at.lock_hash,
        lowest_score=at.panel.lowest_score,
        highest_score=at.panel.highest_score,
        entries=entries if is_scores else (),
        pairs=() if is_scores else tuple(_pairs(at, code, entries, open_to)),
        criteria={
            category.name: tuple(criterion.name for criterion in category.criteria)
            for category in at.rules.categories
            if category.name in asked
        },
    )


def _open_awards(at: Desk, one: Round) -> dict[Award, tuple[str, ...]]:
    """Between whom each award is open after the scores."""
    before = round_before(at.panel.rounds, one)
    assert before is not None  # a round of pairs follows one of scores: methodology/jury.py
    data = data_of(at)
    return {
        award: contenders(tally.decision, data[award], at.panel.tie_order)
        for award, tally in tallied_scores(at, before).items()
        if tally.decision
    }


def _pairs(
    at: Desk, code: str, entries: tuple[Entry, ...], open_to: Mapping[Award, tuple[str, ...]]
) -> Iterator[Pair]:
    """Every two that a juror may choose between; their order and the first of each are drawn."""
    for (category, cluster), names in open_to.items():
        own = {e.institution_id for e in entries if (e.category, e.cluster) == (category, cluster)}
        some = sorted(name for name in names if name in own)
        pairs = list(combinations(some, 2))
        seed = (at.panel.seed, at.lock_hash, code, category, cluster)
        for pair in shuffled(pairs, ["|".join(pair) for pair in pairs], *seed):
            yield Pair(category, cluster, *shuffled(pair, pair, *seed, *pair))


def _path(at: Desk, code: str, one: Round, file_format: str) -> Path:
    home = at.paths.send(code, at.names[code]) / one.name
    home.mkdir(parents=True, exist_ok=True)
    return home / f"ballot.{file_format}"
