"""What counts now: the ballots of the ledger, read back and handed to the pure count."""

import json
from math import nan

from tolok.jury.ballot import Ballot
from tolok.jury.check import read_ballot_document
from tolok.jury.count import Award, AwardTally, Ballots, Votes, count_scores, count_votes
from tolok.jury.ledger import LedgerBroken, canonical_sha256
from tolok.jury.outcome import Data
from tolok.methodology.jury import Round
from tolok.pipeline.jury.bench import Bench


def held_ballots(at: Bench, one: Round) -> dict[str, Ballot]:
    """The ballot of each juror that counts in a round: the last version.

    Raises: LedgerBroken where a ballot is not the one of the ledger.
    """
    found = {}
    for code in at.names:
        cast = at.standing.cast(one.name, code)
        if cast is None:
            continue
        path = at.ballot_file(one.name, code, cast.version)
        document = json.loads(path.read_text("utf-8")) if path.is_file() else None
        if document is None or canonical_sha256(document) != cast.ballot_sha256:
            problem = f"the ballot {path.name} is not the ballot that was received."
            raise LedgerBroken(len(at.lines), problem)
        found[code] = read_ballot_document(document)
    return found


def standing_scores(at: Bench, one: Round | None) -> dict[str, Ballot]:
    """The scores of each juror that stand after a round of scores.

    A juror who returns no ballot in a later round keeps the scores of the earlier one.
    """
    found: dict[str, Ballot] = {}
    for earlier in at.panel.rounds if one else ():
        if earlier.kind == "scores" and one and earlier.opens_at <= one.opens_at:
            found |= held_ballots(at, earlier)
    return found


def tallied_scores(at: Bench, one: Round) -> dict[Award, AwardTally]:
    """The tally of every award after a round of scores, by all that was declared until then."""
    ballots = Ballots(standing_scores(at, one), recused_at(at, one))
    return count_scores(at.rules, at.awards, ballots)


def tallied_votes(at: Bench, one: Round) -> dict[Award, Votes]:
    """The choices of the panel in a round of pairs, by award."""
    return count_votes(Ballots(held_ballots(at, one), recused_at(at, one)))


def data_of(at: Bench) -> dict[Award, Data]:
    """The chances of the nominees of each award to be first by the data."""
    return {
        award: Data(
            {
                row["institution_id"]: float(row["p_first"]) if row["p_first"] else nan
                for row in at.nominees
                if (row["category"], row["cluster"]) == award
            }
        )
        for award in at.awards
    }


def last_scores(at: Bench) -> Round:
    """The last round of scores; the panel was opened with one at least."""
    return [one for one in at.panel.rounds if one.kind == "scores"][-1]


def recused_at(at: Bench, one: Round) -> dict[str, frozenset[str]]:
    """From whom each juror steps back, by all that was declared until a round ended."""
    until = [earlier.name for earlier in at.panel.rounds if earlier.opens_at <= one.opens_at]
    return {code: at.standing.recused(code, until) for code in at.names}
