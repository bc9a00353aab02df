"""From ballots to decisions: what counts of which juror, award by award.

Pure, and all that it needs can be published: whoever has the ballots by code, who stepped back, the
rules and the nominees counts the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from tolok.errors import JuryFault, NotComparable
from tolok.jury.ballot import Ballot, Entry, Pair
from tolok.jury.decision import Decision, JuryRules, decide
from tolok.jury.outcome import Data, Outcome, outcome_of, overridden
from tolok.jury.sheet import Row, Sheet, read_sheet
from tolok.jury.standing import Override
from tolok.methodology.category import Category
from tolok.methodology.jury import Panel
from tolok.methodology.rules import Rules

Award = tuple[str, str]
"""A category and a cluster."""
Votes = Mapping[Pair, Sequence[str]]
"""The choices of the panel by pair."""


@dataclass(frozen=True)
class Ballots:
    """The ballots that count, by juror, and from whom each juror steps back."""

    held: Mapping[str, Ballot]
    recused: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class AwardTally:
    """The tally of one award; no decision where `problem` says why: a code.

    `no_scores`: nobody's score counts. `not_comparable`: jurors do not join the nominees.
    `no_tally`: the method that the rules name cannot be used.
    """

    entries: tuple[Entry, ...]
    sheet: Sheet | None
    decision: Decision | None
    problem: str = ""


def count_scores(
    rules: Rules, awards: Mapping[Award, tuple[Entry, ...]], ballots: Ballots
) -> dict[Award, AwardTally]:
    """The tally of every award that has nominees; no score of a juror with a tie counts."""
    categories = {category.name: category for category in rules.categories}
    return {
        award: _award_tally(rules.edition.jury, categories[award[0]], entries, ballots)
        for award, entries in awards.items()
        if entries
    }


def category_sheets(
    rules: Rules, awards: Mapping[Award, tuple[Entry, ...]], ballots: Ballots
) -> dict[str, Sheet]:
    """One sheet a category with the nominees of all clusters, to set jurors beside each other.

    Missing: a category without a score that counts has none.
    """
    sheets = {}
    for category in rules.categories:
        entries = tuple(
            entry for (name, _), of in awards.items() if name == category.name for entry in of
        )
        sheet = _sheet(rules.edition.jury, category, entries, ballots)
        if sheet is not None:
            sheets[category.name] = sheet
    return sheets


def count_votes(ballots: Ballots) -> dict[Award, Votes]:
    """The choices in a round of pairs; no choice of a juror with a tie to one of the two counts."""
    votes: dict[Award, dict[Pair, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, ballot in sorted(ballots.held.items()):
        for pair, chosen in ballot.choices.items():
            if not {pair.first, pair.second} & {*ballots.recused.get(code, ())}:
                key = Pair(pair.category, pair.cluster, *sorted((pair.first, pair.second)))
                votes[pair.category, pair.cluster][key].append(chosen)
    return {award: dict(of) for award, of in votes.items()}


def settle(
    panel: Panel,
    tallies: Mapping[Award, AwardTally],
    data: Mapping[Award, Data],
    votes: Mapping[Award, Votes],
    overrides: Mapping[Award, Override],
) -> dict[Award, Outcome]:
    """The outcome of every tallied award."""
    return {
        award: overridden(
            _outcome(panel, one, data[award], votes.get(award, {})), overrides.get(award)
        )
        for award, one in tallies.items()
    }


def jury_rules(panel: Panel) -> JuryRules:
    """The rules of a panel, as the tally takes them."""
    return JuryRules(
        equal_errors=panel.equal_errors,
        least_scores=panel.least_scores,
        least_chance=panel.least_chance,
        draws=panel.draws,
        seed=panel.seed,
    )


def _outcome(panel: Panel, one: AwardTally, data: Data, votes: Votes) -> Outcome:
    if one.decision is None:
        return Outcome("undecided", (), (one.problem,))
    return outcome_of(one.decision, data, panel.tie_order, votes)


def _award_tally(
    panel: Panel, category: Category, entries: tuple[Entry, ...], ballots: Ballots
) -> AwardTally:
    sheet = _sheet(panel, category, entries, ballots)
    if sheet is None:
        return AwardTally(entries, None, None, "no_scores")
    method = None if panel.tally == "default" else panel.tally
    try:
        return AwardTally(entries, sheet, decide(sheet, method, jury_rules(panel)))
    except NotComparable:
        return AwardTally(entries, sheet, None, "not_comparable")
    except JuryFault:
        return AwardTally(entries, sheet, None, "no_tally")


def _sheet(
    panel: Panel, category: Category, entries: tuple[Entry, ...], ballots: Ballots
) -> Sheet | None:
    rows = list(_rows(category, entries, ballots))
    if not rows:
        return None
    weights = {criterion.name: criterion.weight for criterion in category.criteria}
    scale = (float(panel.lowest_score), float(panel.highest_score))
    return read_sheet(rows, weights, scale=scale)


def _rows(category: Category, entries: tuple[Entry, ...], ballots: Ballots) -> Iterator[Row]:
    """A row a juror, entry and criterion; NaN where a juror steps back or gave no score.

    A juror who judges none of the entries is not on the sheet. Every entry is.
    """
    for code, ballot in sorted(ballots.held.items()):
        tied = ballots.recused.get(code, ())
        scores = {
            entry: {} if entry.institution_id in tied else ballot.scores.get(entry, {})
            for entry in entries
        }
        if not any(scores.values()):
            continue
        for entry, of in scores.items():
            for criterion in category.criteria:
                yield code, entry.institution_id, criterion.name, float(of.get(criterion.name, nan))
