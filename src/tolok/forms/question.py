"""What a ballot asks, one question after the other, and what a filled one answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.forms.printed import clean
from tolok.jury.ballot import NOTE, RECUSED, Ballot, BallotForm, Entry, Pair

BALLOT = "tolok-ballot"
DECLARATION = "tolok-declaration"
VERSION = "1"
HEAD = ("edition", "round", "juror", "lock_hash", "code")
DECLARATION_HEAD = ("edition", "juror", "lock_hash")
BAR = "|"
"""What joins the two institutions of a pair."""


@dataclass(frozen=True)
class Question:
    """One question of a ballot, about an entry or a pair."""

    of: Entry | Pair
    name: str


def about(of: Entry | Pair) -> str:
    """An institution_id, or two joined by a bar."""
    return of.institution_id if isinstance(of, Entry) else f"{of.first}{BAR}{of.second}"


def items(form: BallotForm) -> tuple[Entry, ...] | tuple[Pair, ...]:
    """What a ballot asks about, in its order."""
    return form.pairs if form.kind == "pairs" else form.entries


def questions(form: BallotForm) -> Iterator[Question]:
    """Every question of a ballot: the criteria of each entry, stepping back, a note; or pairs."""
    for pair in form.pairs if form.kind == "pairs" else ():
        yield Question(pair, "")
    for entry in form.entries if form.kind != "pairs" else ():
        for name in (*form.criteria.get(entry.category, ()), RECUSED, NOTE):
            yield Question(entry, name)


def answer_in(ballot: Ballot | None, question: Question) -> str | int | None:
    """What a filled ballot answers to a question; None where it does not."""
    if ballot is None:
        return None
    of = question.of
    if isinstance(of, Pair):
        return ballot.choices.get(of)
    if question.name == RECUSED:
        return clean(ballot.recused.get(of.institution_id, "")) or None
    if question.name == NOTE:
        return clean(ballot.notes.get(of, "")) or None
    return ballot.scores.get(of, {}).get(question.name)


def head_of(form: BallotForm, code: str) -> dict[str, str]:
    """What a ballot says of itself."""
    values = (form.edition, form.round, form.juror, form.lock_hash, code)
    return dict(zip(HEAD, values, strict=True))
