"""Who may do what, and when: each permission is a sentence that can be read and tested.

A rule is a function of an act; rules are joined with `&`. The first line of a rule's docstring is
its sentence, which a refused juror or secretary reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tolok.jury.standing import Standing
from tolok.methodology.jury import Round


@dataclass(frozen=True)
class Act:
    """Somebody wants to do something now: what must be known to allow it.

    `round`, `juror` and `institution_id` are empty where the act is about none.
    """

    standing: Standing
    now: datetime
    juror: str = ""
    round: Round | None = None
    before: Round | None = None
    institution_id: str = ""


@dataclass(frozen=True)
class Rule:
    """One or several conditions, all of which an act must meet."""

    parts: tuple[tuple[str, Callable[[Act], bool]], ...]

    def __call__(self, act: Act) -> bool:
        """Whether the act is allowed."""
        return not self.broken(act)

    def __and__(self, other: "Rule") -> "Rule":
        """Both rules at once."""
        return Rule(self.parts + other.parts)

    def broken(self, act: Act) -> tuple[str, ...]:
        """The sentences that do not hold for the act; none if it is allowed."""
        return tuple(sentence for sentence, holds in self.parts if not holds(act))

    @property
    def sentence(self) -> str:
        """The rule as one sentence."""
        return " and ".join(sentence for sentence, _ in self.parts)


def rule(holds: Callable[[Act], bool]) -> Rule:
    """A rule of a function, whose docstring is its sentence."""
    return Rule((((holds.__doc__ or "").strip().rstrip("."), holds),))


@rule
def jury_is_open(act: Act) -> bool:
    """the jury is open."""
    return act.standing.opening is not None and not act.standing.is_closed


@rule
def juror_sits_on_panel(act: Act) -> bool:
    """the juror sits on the panel."""
    return act.standing.opening is not None and act.juror in act.standing.opening.jurors


@rule
def juror_has_declared(act: Act) -> bool:
    """the juror has declared all ties to institutions."""
    return act.juror in act.standing.declared


@rule
def juror_has_seen_nothing(act: Act) -> bool:
    """the juror has not been given the nominees yet."""
    return act.juror not in act.standing.packed


@rule
def juror_has_a_pack(act: Act) -> bool:
    """the juror has been given the evidence of the nominees."""
    return act.juror in act.standing.packed


@rule
def no_conflict_of_interest(act: Act) -> bool:
    """the juror has no tie to the institution."""
    return act.institution_id not in act.standing.recused(act.juror)


@rule
def ballot_was_issued(act: Act) -> bool:
    """the juror was given a ballot for this round."""
    return act.round is not None and (act.round.name, act.juror) in act.standing.issued


@rule
def round_is_open(act: Act) -> bool:
    """the round is open."""
    return act.round is not None and act.round.opens_at <= act.now < act.round.closes_at


@rule
def round_has_not_closed(act: Act) -> bool:
    """the round has not closed."""
    return act.round is not None and act.now < act.round.closes_at


@rule
def round_has_closed(act: Act) -> bool:
    """the round has closed."""
    return act.round is not None and act.now >= act.round.closes_at


@rule
def round_before_is_tallied(act: Act) -> bool:
    """the round before is tallied."""
    return act.before is None or act.before.name in act.standing.tallied


@rule
def juror_has_voted(act: Act) -> bool:
    """the juror's own ballot is in."""
    return any(juror == act.juror for _, juror in act.standing.ballots)


@rule
def round_is_tallied(act: Act) -> bool:
    """the last round is tallied."""
    return act.round is not None and act.round.name in act.standing.tallied


may_declare = jury_is_open & juror_sits_on_panel & juror_has_seen_nothing
may_see_evidence = jury_is_open & juror_sits_on_panel & juror_has_declared & no_conflict_of_interest
may_be_given_a_ballot = (
    jury_is_open & juror_sits_on_panel & juror_has_a_pack & round_has_not_closed
    & round_before_is_tallied
)  # fmt: skip
may_vote = jury_is_open & juror_sits_on_panel & ballot_was_issued & round_is_open
may_see_figures = juror_sits_on_panel & juror_has_voted & no_conflict_of_interest
may_tally = jury_is_open & round_has_closed & round_before_is_tallied
may_close = jury_is_open & round_is_tallied
