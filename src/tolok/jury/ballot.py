"""Ballots: what a juror is asked, what came back, and whether the one answers the other.

Files do not matter here: whatever a ballot was written in, it comes as answers with their places.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field

RECUSED = "recused"
"""The question by which a juror steps back from an entry; its answer is the reason."""
NOTE = "note"
"""The question that needs no answer: a word to the panel."""


@dataclass(frozen=True, order=True)
class Entry:
    """A nominee of an award, as a juror meets it."""

    category: str
    cluster: str
    institution_id: str


@dataclass(frozen=True, order=True)
class Pair:
    """Two nominees of an award between whom a juror chooses."""

    category: str
    cluster: str
    first: str
    second: str


@dataclass(frozen=True)
class BallotForm:
    """A ballot as it is issued: who is asked what, under which rules.

    `entries` stand in the order in which this juror sees them and hold none that the juror has a
    tie to; `criteria` are the questions of each category. A round of pairs has `pairs` instead.
    """

    edition: str
    round: str
    kind: str
    juror: str
    lock_hash: str
    lowest_score: int
    highest_score: int
    entries: tuple[Entry, ...] = ()
    pairs: tuple[Pair, ...] = ()
    criteria: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def code(self, key: bytes) -> str:
        """The code by which a ballot that comes back is known as this one, by the jury's key.

        Whoever changes the juror, the round, the rules or the entries cannot make the code.
        """
        asked = [
            self.edition, self.round, self.kind, self.juror, self.lock_hash,
            self.lowest_score, self.highest_score,
            [[one.category, one.cluster, one.institution_id] for one in self.entries],
            [[one.category, one.cluster, one.first, one.second] for one in self.pairs],
            {name: list(of) for name, of in self.criteria.items()},
        ]  # fmt: skip
        text = json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hmac.new(key, text.encode(), hashlib.sha256).hexdigest().upper()
        return "-".join(digest[at : at + 4] for at in range(0, 20, 4))


@dataclass(frozen=True)
class Answer:
    """One answer as it came: where it stands, what it answers, and the cell as it is.

    `question` is a criterion, RECUSED, NOTE, or for a pair empty, the value being the chosen
    institution_id. `about` is an institution_id, or two joined by a bar for a pair.
    Missing: an empty cell is None.
    """

    place: str
    category: str
    cluster: str
    about: str
    question: str
    value: str | float | None


@dataclass(frozen=True)
class Returned:
    """A ballot as it came back: the file's name, what its head says, and the answers.

    `head` has edition, round, juror, lock_hash and code as the file says them.
    """

    file: str
    head: dict[str, str]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Ballot:
    """A ballot that counts: a whole number an entry and criterion, or the better of each pair.

    `recused` are institutions from whom the juror stepped back while judging, with the reason;
    they have no scores in any category.
    """

    round: str
    juror: str
    scores: dict[Entry, dict[str, int]] = field(default_factory=dict)
    choices: dict[Pair, str] = field(default_factory=dict)
    recused: dict[str, str] = field(default_factory=dict)
    notes: dict[Entry, str] = field(default_factory=dict)
