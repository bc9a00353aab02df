"""Whether a ballot answers its form: everything that can be wrong with one, all at once."""

from dataclasses import replace

import pytest

from tolok.errors import FaultsFound
from tolok.jury.ballot import NOTE, RECUSED, Answer, Ballot, BallotForm, Entry, Pair, Returned
from tolok.jury.check import ballot_document, check_ballot, read_ballot_document

KEY = b"a secret of the jury"
A, B = Entry("images", "ministries", "a"), Entry("images", "ministries", "b")
A_TOO = Entry("videos", "ministries", "a")
FORM = BallotForm(
    edition="contoh-2026",
    round="first",
    kind="scores",
    juror="J2",
    lock_hash="l" * 64,
    lowest_score=1,
    highest_score=10,
    entries=(B, A, A_TOO),
    criteria={"images": ("relevance", "quality"), "videos": ("quality",)},
)
CODE = FORM.code(KEY)
HEAD = {
    "edition": FORM.edition,
    "round": FORM.round,
    "juror": FORM.juror,
    "lock_hash": FORM.lock_hash,
    "code": CODE,
}
CELLS: dict[tuple[Entry, str], str | float] = {
    (A, "relevance"): 7,
    (A, "quality"): 8.0,
    (B, "relevance"): 1,
    (B, "quality"): 10,
    (A_TOO, "quality"): "9",
}


def returned(cells=(), head=(), gone=(), extra=()):
    """A whole ballot, with some cells changed, some gone, some added."""
    held = {key: value for key, value in CELLS.items() if key not in gone} | dict(cells)
    answers = [
        Answer(
            f"{e.category}!{e.institution_id}.{q}", e.category, e.cluster, e.institution_id, q, v
        )
        for (e, q), v in held.items()
    ]
    return Returned("J2.xlsx", HEAD | dict(head), (*answers, *extra))


def faults(stepped_back=(), **changes):
    with pytest.raises(FaultsFound) as refused:
        check_ballot(FORM, CODE, returned(**changes), stepped_back)
    return [(vars(fault)["column"], vars(fault)["problem"]) for fault in refused.value.exceptions]


def test_a_whole_ballot_counts():
    assert check_ballot(FORM, CODE, returned()) == Ballot(
        "first",
        "J2",
        {
            A: {"relevance": 7, "quality": 8},
            B: {"relevance": 1, "quality": 10},
            A_TOO: {"quality": 9},
        },
    )


@pytest.mark.parametrize(
    "cell",
    [0, 11, -3, 7.5, "7.5", "7,5", "tujuh", "٧", "1e1", float("inf"), float("nan"), "9" * 50],
)
def test_a_cell_that_is_no_whole_number_of_the_scale_is_refused(cell):
    ((place, problem),) = faults(cells={(A, "quality"): cell})
    assert place == "images!a.quality"
    assert problem.endswith("is no score.")
    assert len(problem) < 60


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_an_empty_cell_is_refused(cell):
    assert faults(cells={(A, "quality"): cell}) == [("images!a.quality", "has no score.")]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("edition", "is of the edition 'other'; this is 'contoh-2026'."),
        ("round", "is of the round 'other'; this is 'first'."),
        ("juror", "is of the juror 'other', not of 'J2'."),
        ("lock_hash", "is an old ballot: the rules were locked anew after it was issued."),
        ("code", "has a code that was not issued for this juror, round, rules and nominees."),
    ],
)
def test_a_foreign_or_old_head_is_refused(name, problem):
    assert faults(head={name: "other"}) == [(None, problem)]


def test_a_cell_that_is_gone_is_refused():
    assert faults(gone=[(B, "quality")]) == [
        (None, "images, ministries, b, quality: the cell is gone.")
    ]


def test_a_question_that_was_not_asked_is_refused():
    extra = [Answer("images!c.quality", "images", "ministries", "c", "quality", 9)]
    assert faults(extra=extra) == [
        ("images!c.quality", "images, ministries, c, quality: was not asked.")
    ]


def test_a_question_that_is_answered_twice_is_refused():
    extra = [Answer("images!F99", "images", "ministries", "a", "quality", 9)]
    assert faults(extra=extra) == [("images!F99", "answers again what images!a.quality answers.")]


def test_all_faults_are_told_at_once():
    found = faults(
        head={"round": "second"},
        cells={(A, "quality"): 0, (B, "relevance"): None},
        gone=[(A_TOO, "quality")],
    )
    assert [problem for _, problem in found] == [
        "is of the round 'second'; this is 'first'.",
        "videos, ministries, a, quality: the cell is gone.",
        "0 is no score.",
        "has no score.",
    ]


RECUSAL = {
    (A, RECUSED): "my sister works there",
    (A_TOO, RECUSED): "my sister works there",
    (A, "relevance"): None,
    (A, "quality"): "",
    (A_TOO, "quality"): None,
}


def test_who_steps_back_gives_no_score_and_a_reason():
    found = check_ballot(FORM, CODE, returned(cells=RECUSAL))
    assert found.scores == {B: {"relevance": 1, "quality": 10}}
    assert found.recused == {"a": "my sister works there"}


def test_who_steps_back_and_scores_is_refused():
    problem = "has a score, though the juror steps back from this institution."
    assert faults(cells=RECUSAL | {(A, "quality"): 5}) == [("images!a.quality", problem)]


def test_who_steps_back_does_so_in_every_category():
    found = faults(cells={k: v for k, v in RECUSAL.items() if k[0] == A})
    assert ("videos", "a: is stepped back from in another category.") in found


def test_who_stepped_back_before_stays_back():
    problem = "a: the juror has stepped back from it, and that stands."
    assert faults(stepped_back=["a"]) == [(None, problem)]
    assert check_ballot(FORM, CODE, returned(cells=RECUSAL), ["a"]).recused == {
        "a": "my sister works there"
    }


def test_notes_are_kept_beside_the_scores():
    found = check_ballot(FORM, CODE, returned(cells={(B, NOTE): " bagus ", (A, NOTE): None}))
    assert found.notes == {B: "bagus"}


PAIR, OTHER = Pair("images", "ministries", "a", "b"), Pair("images", "ministries", "c", "a")
PAIRS = replace(FORM, kind="pairs", entries=(), criteria={}, pairs=(PAIR, OTHER))


def choices(first, second):
    code = PAIRS.code(KEY)
    answers = (
        Answer("C3", "images", "ministries", "a|b", "", first),
        Answer("C4", "images", "ministries", "c|a", "", second),
    )
    return check_ballot(PAIRS, code, Returned("J2.csv", HEAD | {"code": code}, answers))


def test_a_ballot_of_pairs_has_one_of_the_two_for_each():
    assert choices("b", " a ").choices == {PAIR: "b", OTHER: "a"}


def test_a_pair_without_a_choice_or_with_another_is_refused():
    with pytest.raises(FaultsFound) as refused:
        choices(None, "b")
    assert [vars(fault)["problem"] for fault in refused.value.exceptions] == [
        "nothing is chosen.",
        "'b' is no choice.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"edition": "x"},
        {"round": "x"},
        {"kind": "x"},
        {"juror": "J1"},
        {"lock_hash": "x"},
        {"lowest_score": 0},
        {"highest_score": 9},
        {"entries": (A, B, A_TOO)},
        {"entries": (B, A)},
        {"pairs": (PAIR,)},
        {"criteria": {"images": ("quality", "relevance"), "videos": ("quality",)}},
    ],
)
def test_a_code_ties_everything_that_a_form_asks(change):
    assert replace(FORM, **change).code(KEY) != CODE


def test_a_code_needs_the_key_of_the_jury():
    assert FORM.code(b"another key") != CODE
    assert len(CODE) == 24


def test_what_a_ballot_says_does_not_depend_on_the_order_of_its_file():
    ballot = check_ballot(FORM, CODE, returned(cells=RECUSAL))
    again = replace(ballot, scores=dict(reversed(ballot.scores.items())))
    assert ballot_document(ballot) == ballot_document(again)
    assert read_ballot_document(ballot_document(ballot)) == replace(
        ballot, recused={"a": ""}, notes={}
    )
