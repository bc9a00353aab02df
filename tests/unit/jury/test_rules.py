"""Who may do what: every condition of every permission, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tolok.jury import rules
from tolok.jury.rules import Act
from tolok.jury.standing import Cast, Opening, Standing
from tolok.methodology.jury import Round

START = datetime(2026, 2, 2, tzinfo=UTC)
FIRST = Round("first", "scores", START, START + timedelta(days=1))
SECOND = Round("second", "scores", START + timedelta(days=2), START + timedelta(days=3))


def standing():
    """A jury in its first round: J1 has voted, J2 has a tie to a body, J3 has done nothing."""
    return Standing(
        opening=Opening("edition", "lock", "nominees", ("J1", "J2", "J3")),
        declared={"J1": frozenset(), "J2": frozenset({"tied"})},
        packed={"J1": ("id", "hash"), "J2": ("id", "hash")},
        issued={("first", "J1"): "code", ("first", "J2"): "code"},
        ballots={("first", "J1"): [Cast(1, "file", "ballot", ("left",))]},
    )


def act(juror="J2", one=FIRST, now=START, institution_id="", before=None):
    return Act(standing(), now, juror, one, before, institution_id)


SITS = "the juror sits on the panel"
OPEN = "the jury is open"
NO_TIE = "the juror has no tie to the institution"


@pytest.mark.parametrize(
    ("permission", "asked", "broken"),
    [
        (rules.may_declare, act("J3"), ()),
        (rules.may_declare, act("J1"), ("the juror has not been given the nominees yet",)),
        (rules.may_declare, act("J9"), (SITS,)),
        (rules.may_see_evidence, act("J2"), ()),
        (rules.may_see_evidence, act("J2", institution_id="tied"), (NO_TIE,)),
        (rules.may_see_evidence, act("J1", institution_id="left"), (NO_TIE,)),
        (rules.may_see_evidence, act("J3"), ("the juror has declared all ties to institutions",)),
        (rules.may_be_given_a_ballot, act("J2"), ()),
        (
            rules.may_be_given_a_ballot,
            act("J3"),
            ("the juror has been given the evidence of the nominees",),
        ),
        (
            rules.may_be_given_a_ballot,
            act("J2", now=FIRST.closes_at),
            ("the round has not closed",),
        ),
        (
            rules.may_be_given_a_ballot,
            act("J2", SECOND, before=FIRST),
            ("the round before is tallied",),
        ),
        (rules.may_vote, act("J2"), ()),
        (rules.may_vote, act("J3"), ("the juror was given a ballot for this round",)),
        (rules.may_vote, act("J2", now=START - timedelta(seconds=1)), ("the round is open",)),
        (rules.may_vote, act("J2", now=FIRST.closes_at), ("the round is open",)),
        (
            rules.may_vote,
            act("J9", None),
            (SITS, "the juror was given a ballot for this round", "the round is open"),
        ),
        (rules.may_see_figures, act("J1"), ()),
        (rules.may_see_figures, act("J1", institution_id="left"), (NO_TIE,)),
        (rules.may_see_figures, act("J2"), ("the juror's own ballot is in",)),
        (rules.may_tally, act(now=FIRST.closes_at), ()),
        (rules.may_tally, act(), ("the round has closed",)),
        (rules.may_close, act(), ("the last round is tallied",)),
    ],
)
def test_a_permission_names_the_sentences_that_do_not_hold(permission, asked, broken):
    assert permission.broken(asked) == broken
    assert permission(asked) == (not broken)


@pytest.mark.parametrize(
    "permission",
    [
        rules.may_declare,
        rules.may_see_evidence,
        rules.may_be_given_a_ballot,
        rules.may_vote,
        rules.may_tally,
        rules.may_close,
    ],
)
@pytest.mark.parametrize("state", ["not opened", "closed"])
def test_nothing_is_allowed_while_the_jury_is_not_open(permission, state):
    at = standing()
    if state == "closed":
        at.is_closed = True
    else:
        at.opening = None
    assert OPEN in permission.broken(replace(act("J2"), standing=at))


def test_a_permission_reads_as_a_sentence():
    assert rules.may_vote.sentence == (
        "the jury is open and the juror sits on the panel and the juror was given a ballot for "
        "this round and the round is open"
    )
