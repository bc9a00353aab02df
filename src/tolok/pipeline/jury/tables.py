"""The tables that a closed jury leaves: winners, tallies, scores, votes, jurors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pyarrow as pa

from tolok.errors import InputError
from tolok.jury.alpha import krippendorff_alpha
from tolok.jury.ballot import Ballot
from tolok.jury.count import Award, AwardTally, Votes
from tolok.jury.outcome import Outcome
from tolok.jury.reliability import intraclass_correlations, kendall_w
from tolok.jury.sheet import Sheet
from tolok.jury.spread import juror_spread
from tolok.jury.standing import Override
from tolok.store.jury import JURY_TABLES
from tolok.store.scored import WINNERS

_PANEL = "ICC(A,k)"
Rows = Iterator[dict[str, Any]]


@dataclass(frozen=True)
class Record:
    """All that a jury has come to, from which its tables are made.

    `rounds` are the tallies after each round of scores; `casts` every version of every ballot with
    whether it counts; `sheets` one of all nominees a category; `shown` how a juror code is
    published, empty where ballots are not.
    """

    rounds: Mapping[str, Mapping[Award, AwardTally]]
    outcomes: Mapping[Award, Outcome]
    votes: Mapping[Award, Votes]
    casts: Sequence[tuple[Ballot, int, bool]]
    sheets: Mapping[str, Sheet]
    overrides: Mapping[Award, Override]
    recused: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    shown: Mapping[str, str]

    @property
    def last(self) -> Mapping[Award, AwardTally]:
        """The tallies that the outcomes rest on."""
        return list(self.rounds.values())[-1]


def jury_tables(record: Record) -> dict[str, pa.Table]:
    """Every table of a closed jury, by name, with the columns and order of its schema."""
    rows = {
        "jury_awards": _awards(record),
        "jury_nominees": _nominees(record),
        "jury_scores": _scores(record),
        "jury_votes": _votes(record),
        "jury_jurors": _jurors(record),
    }
    return {name: _table(name, list(of)) for name, of in rows.items()}


def empty_tables() -> dict[str, pa.Table]:
    """The tables of an edition whose jury has not closed, or that has none."""
    return {name: _table(name, []) for name in JURY_TABLES}


def decided_winners(winners: Sequence[Mapping[str, Any]], record: Record) -> pa.Table:
    """The winners with the jury's in every award that it has judged; others stay as they are."""
    rows = [
        dict(row) for row in winners if (row["category"], row["cluster"]) not in record.outcomes
    ]
    for award, outcome in record.outcomes.items():
        head = dict.fromkeys(WINNERS.names) | {
            "category": award[0],
            "cluster": award[1],
            "institution_id": "",
            "institution": "",
            "status": outcome.status,
            "reason": "; ".join(outcome.reasons),
        }
        rows += [head | _winner(record, award, name) for name in outcome.winners] or [head]
    return winners_table(rows)


def winners_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of winners as the table of the contract."""
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=WINNERS.arrow_schema)
    return table.sort_by([(name, "ascending") for name in WINNERS.order])


def _winner(record: Record, award: Award, institution_id: str) -> dict[str, Any]:
    decision = record.last[award].decision
    found: dict[str, Any] = {
        "institution_id": institution_id,
        "institution": record.names[institution_id],
    }
    if decision is not None:
        at = decision.entries.index(institution_id)
        found["jury_score"] = _number(decision.tally.score[at])
        found["chance_best"] = _number(decision.draws.chance[at])
    return found


def _awards(record: Record) -> Rows:
    of_category = {name: _agreement(sheet)[0] for name, sheet in record.sheets.items()}
    for award, one in record.last.items():
        outcome, sheet = record.outcomes[award], one.sheet
        own = {entry.institution_id for entry in one.entries}
        alpha, icc, w = _agreement(sheet)
        yield {
            "category": award[0],
            "cluster": award[1],
            "method": one.decision.tally.method if one.decision else "",
            "status": outcome.status,
            "tally_status": one.decision.status if one.decision else "",
            "reasons": "; ".join(outcome.reasons),
            "override_by": " & ".join(record.overrides[award].by)
            if award in record.overrides
            else "",
            "juror_count": int(sheet.is_counted.any(axis=1).sum()) if sheet else 0,
            "recused_count": sum(bool(own & tied) for tied in record.recused.values()),
            "alpha": alpha,
            "icc": icc,
            "kendall_w": w,
            "category_alpha": of_category.get(award[0]),
        }


def _agreement(sheet: Sheet | None) -> tuple[float | None, float | None, float | None]:
    """Alpha, ICC(A,k) and W of a sheet; null where they cannot be taken."""
    if sheet is None:
        return None, None, None
    cells = sheet.cells

    def taken(figure: Any) -> float | None:
        try:
            return _number(figure())
        except InputError:
            return None

    def icc() -> float:
        return next(one.value for one in intraclass_correlations(cells) if one.form == _PANEL)

    return (
        taken(lambda: krippendorff_alpha(cells)), taken(icc), taken(lambda: kendall_w(cells).w)
    )  # fmt: skip


def _nominees(record: Record) -> Rows:
    for round_name, tallies in record.rounds.items():
        for (category, cluster), one in tallies.items():
            for at, entry in enumerate(one.sheet.entries if one.sheet else ()):
                held = one.sheet.is_counted[:, at].sum() if one.sheet else 0
                yield {
                    "category": category,
                    "cluster": cluster,
                    "round": round_name,
                    "institution_id": entry,
                    "score_count": int(held),
                    "leads_without_count": 0,
                } | _standing(one, at)


def _standing(one: AwardTally, at: int) -> dict[str, Any]:
    """The tally's figures of the entry at a place; nothing where there is no tally."""
    if one.decision is None:
        return {}
    tally, first = one.decision.tally, int(np.argmax(one.decision.tally.score))
    return {
        "jury_score": _number(tally.score[at]),
        "jury_rank": int(tally.rank[at]),
        "chance_best": _number(one.decision.draws.chance[at]),
        "error_to_first": _number(tally.difference_error[first, at]),
        "leads_without_count": int(one.decision.without[:, at].sum()),
    }


def _scores(record: Record) -> Rows:
    for ballot, version, counts in record.casts:
        if ballot.juror not in record.shown:
            continue
        for entry, scores in ballot.scores.items():
            is_tied = entry.institution_id in record.recused[ballot.juror]
            for criterion, score in scores.items():
                yield {
                    "round": ballot.round,
                    "juror": record.shown[ballot.juror],
                    "category": entry.category,
                    "cluster": entry.cluster,
                    "institution_id": entry.institution_id,
                    "criterion": criterion,
                    "score": score,
                    "counts": counts and not is_tied,
                    "version": version,
                }


def _votes(record: Record) -> Rows:
    for (category, cluster), votes in record.votes.items():
        for pair, chosen in votes.items():
            yield {
                "category": category,
                "cluster": cluster,
                "first": pair.first,
                "second": pair.second,
                "first_count": sum(one == pair.first for one in chosen),
                "second_count": sum(one == pair.second for one in chosen),
            }


def _jurors(record: Record) -> Rows:
    for category, sheet in record.sheets.items():
        try:
            spread = juror_spread(sheet)
        except InputError:  # jurors who share no nominee cannot be set beside each other
            continue
        for at, juror in enumerate(sheet.jurors):
            if juror in record.shown:
                yield {
                    "category": category,
                    "juror": record.shown[juror],
                    "score_count": int(spread.scored[at]),
                    "leniency": _number(spread.leniency[at]),
                    "residual": _number(spread.residual[at]),
                    "ratio": _number(spread.ratio[at]),
                    "is_reviewed": bool(spread.is_reviewed[at]),
                }


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = JURY_TABLES[name]
    table = pa.Table.from_pylist(rows, schema=schema.arrow_schema)
    return table.sort_by([(column, "ascending") for column in schema.order])


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
