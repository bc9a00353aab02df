"""Whether a ballot that came back answers the one that was issued: all faults at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tolok.errors import FaultsFound, FileFault
from tolok.jury.ballot import NOTE, RECUSED, Answer, Ballot, BallotForm, Entry, Pair, Returned

_HEAD = {
    "edition": "is of the edition {had!r}; this is {has!r}.",
    "round": "is of the round {had!r}; this is {has!r}.",
    "juror": "is of the juror {had!r}, not of {has!r}.",
    "lock_hash": "is an old ballot: the rules were locked anew after it was issued.",
    "code": "has a code that was not issued for this juror, round, rules and nominees.",
}


@dataclass
class _Reading:
    """What is read of a ballot, and the faults on the way."""

    form: BallotForm
    returned: Returned
    faults: list[FileFault] = field(default_factory=list)

    def fault(self, place: str, problem: str, remedy: str = "") -> None:
        """Note a fault at a place of the file."""
        column = place or None
        self.faults.append(FileFault(self.returned.file, problem, column=column, remedy=remedy))


def check_ballot(
    form: BallotForm, code: str, returned: Returned, stepped_back: Iterable[str] = ()
) -> Ballot:
    """The ballot of a file that answers its form, wholly.

    `stepped_back` are institutions that the juror stepped back from in an earlier version: that
    stands, and they get no score any more.

    Raises: FaultsFound with every fault: a head of another edition, round, juror or lock, edited
    questions, a score that is missing, doubled, no whole number or outside the scale, scores of an
    entry that the juror steps back from.
    """
    reading = _Reading(form, returned)
    _check_head(reading, code)
    answers = _answers(reading)
    recused = _recused(reading, answers)
    for name in sorted(set(stepped_back) & {one.institution_id for one in form.entries}):
        if name not in recused:
            problem = f"{name}: the juror has stepped back from it, and that stands."
            reading.fault("", problem, "Leave its scores empty and give the reason again.")
    scores = _scores(reading, answers, recused)
    choices = _choices(reading, answers)
    if reading.faults:
        title = f"{returned.file}: this ballot cannot count"
        raise FaultsFound(title, reading.faults)
    notes = {
        _entry(answer): str(answer.value).strip()
        for key, found in answers.items()
        if key[3] == NOTE
        for answer in found
        if not _is_empty(answer)
    }
    return Ballot(form.round, form.juror, scores, choices, recused, notes)


_Key = tuple[str, str, str, str]


def _check_head(reading: _Reading, code: str) -> None:
    form, head = reading.form, reading.returned.head
    expected = {
        "edition": form.edition, "round": form.round, "juror": form.juror,
        "lock_hash": form.lock_hash, "code": code,
    }  # fmt: skip
    for name, has in expected.items():
        had = head.get(name, "")
        if had != has:
            remedy = "Use the ballot that this juror was given for this round."
            reading.fault("", _HEAD[name].format(had=had, has=has), remedy)


def _answers(reading: _Reading) -> Mapping[_Key, list[Answer]]:
    """The answers by what they answer; those that nobody asked for are faults."""
    asked = _asked(reading.form)
    answers: dict[_Key, list[Answer]] = defaultdict(list)
    for answer in reading.returned.answers:
        key = (answer.category, answer.cluster, answer.about, answer.question)
        if key not in asked:
            about = f"{answer.category}, {answer.cluster}, {answer.about}, {answer.question}"
            remedy = "Take the row or column out, and leave names as they were."
            reading.fault(answer.place, f"{about}: was not asked.", remedy)
            continue
        if answers[key]:
            reading.fault(answer.place, f"answers again what {answers[key][0].place} answers.")
        answers[key].append(answer)
    for key in asked - answers.keys():
        if key[3] not in (RECUSED, NOTE):
            what = ", ".join(part for part in key if part)
            reading.fault("", f"{what}: the cell is gone.", "Fill in the ballot that was issued.")
    return answers


def _asked(form: BallotForm) -> set[_Key]:
    entries = {
        (one.category, one.cluster, one.institution_id, question)
        for one in form.entries
        for question in (*form.criteria[one.category], RECUSED, NOTE)
    }
    return entries | {
        (one.category, one.cluster, f"{one.first}|{one.second}", "") for one in form.pairs
    }


def _recused(reading: _Reading, answers: Mapping[_Key, list[Answer]]) -> dict[str, str]:
    """The institutions that the juror steps back from, in all categories alike."""
    given = [
        answer
        for key, found in answers.items()
        if key[3] == RECUSED
        for answer in found
        if not _is_empty(answer)
    ]
    reasons = {answer.about: str(answer.value).strip() for answer in given}
    stepped = {(answer.category, answer.about) for answer in given}
    for entry in reading.form.entries:
        if (
            entry.institution_id in reasons
            and (entry.category, entry.institution_id) not in stepped
        ):
            problem = f"{entry.institution_id}: is stepped back from in another category."
            reading.fault(
                entry.category, problem, "Step back in every category, or leave the scores in all."
            )
    return reasons


def _scores(
    reading: _Reading, answers: Mapping[_Key, list[Answer]], recused: Mapping[str, str]
) -> dict[Entry, dict[str, int]]:
    scores: dict[Entry, dict[str, int]] = defaultdict(dict)
    for key, found in answers.items():
        if key[3] in (RECUSED, NOTE, ""):
            continue
        for answer in found:
            if answer.about in recused:
                if not _is_empty(answer):
                    problem = "has a score, though the juror steps back from this institution."
                    reading.fault(answer.place, problem, "Leave one of the two empty.")
                continue
            score = _whole(answer)
            low, high = reading.form.lowest_score, reading.form.highest_score
            if _is_empty(answer):
                remedy = f"Give a score from {low} to {high}, or step back with a reason."
                reading.fault(answer.place, "has no score.", remedy)
            elif score is None or not low <= score <= high:
                expected = f"Expected a whole number from {low} to {high}."
                reading.fault(answer.place, f"{_shown(answer)} is no score.", expected)
            else:
                scores[_entry(answer)][answer.question] = score
    return dict(scores)


def _choices(reading: _Reading, answers: Mapping[_Key, list[Answer]]) -> dict[Pair, str]:
    choices = {}
    for pair in reading.form.pairs:
        for answer in answers.get(
            (pair.category, pair.cluster, f"{pair.first}|{pair.second}", ""), ()
        ):
            chosen = None if _is_empty(answer) else str(answer.value).strip()
            if chosen in (pair.first, pair.second):
                choices[pair] = str(chosen)
            else:
                had = "nothing is chosen." if chosen is None else f"{_shown(answer)} is no choice."
                reading.fault(answer.place, had, f"Choose {pair.first} or {pair.second}.")
    return choices


def _entry(answer: Answer) -> Entry:
    return Entry(answer.category, answer.cluster, answer.about)


def _is_empty(answer: Answer) -> bool:
    return answer.value is None or (isinstance(answer.value, str) and not answer.value.strip())


def _whole(answer: Answer) -> int | None:
    """The whole number of a cell, also where it was typed as text; None where it is none."""
    value = answer.value
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
    return int(value) if value is not None and float(value).is_integer() else None


def _shown(answer: Answer) -> str:
    """A cell as it may stand in a message: short, and in one line."""
    text = repr(answer.value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def ballot_document(ballot: Ballot) -> dict[str, object]:
    """What a ballot says, as a JSON document that is the same whatever file it came in.

    Notes are not in it: they are a word to the panel, not a vote.
    """
    return {
        "round": ballot.round,
        "juror": ballot.juror,
        "scores": [
            [one.category, one.cluster, one.institution_id, dict(sorted(of.items()))]
            for one, of in sorted(ballot.scores.items())
        ],
        "choices": [
            [one.category, one.cluster, one.first, one.second, chosen]
            for one, chosen in sorted(ballot.choices.items())
        ],
        "recused": sorted(ballot.recused),
    }


def read_ballot_document(document: Mapping[str, Any]) -> Ballot:
    """The ballot of a document of `ballot_document`; reasons of recusal are not in it."""
    return Ballot(
        document["round"],
        document["juror"],
        {Entry(*row[:3]): dict(row[3]) for row in document["scores"]},
        {Pair(*row[:4]): row[4] for row in document["choices"]},
        dict.fromkeys(document["recused"], ""),
    )
