"""An invented award for tests of forms: rules, names, ballots of both kinds, a declaration."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.scoring_cases import category, rules_of

from tolok.errors import FaultsFound, FileFault
from tolok.forms.printed import Printed
from tolok.forms.read import read_returned
from tolok.jury.ballot import Ballot, BallotForm, Entry, Pair, Returned
from tolok.jury.declaration import DeclarationForm, ReturnedDeclaration, Tie
from tolok.methodology.edition import Cluster
from tolok.methodology.jury import Anchor, Criterion, Panel, Round
from tolok.model import Label

LOCK = "5d41402abc4b2a76b9719d911017c592"
CODE = "2118-9A1F-8D0C-6624-030B"
NAMES = {
    "awan": "Kementerian Awan",
    "bukit": "=HYPERLINK(1)",
    "cahaya": "Badan Cahaya, “Lautan” & Udara; <b>",
    "danau": "Kota Kembar",
    "embun": "kota kembar",
}
CLUSTERS = {"awan": "ministries", "bukit": "ministries", "cahaya": "agencies", "danau": "agencies"}
PICTURE, VIDEO = "best-picture", "best-video"
ENTRIES = (
    Entry(PICTURE, "ministries", "bukit"),
    Entry(PICTURE, "ministries", "awan"),
    Entry(PICTURE, "agencies", "cahaya"),
    Entry(VIDEO, "ministries", "awan"),
)
CRITERIA = {PICTURE: ("clarity", "idea"), VIDEO: ("sound",)}
PAIRS = (
    Pair(PICTURE, "ministries", "awan", "bukit"),
    Pair(PICTURE, "agencies", "danau", "embun"),
    Pair(VIDEO, "ministries", "bukit", "awan"),
)
SCORES = BallotForm("uji-2025", "first", "scores", "juror-07", LOCK, 1, 10, ENTRIES, (), CRITERIA)
CHOICES = BallotForm("uji-2025", "last", "pairs", "juror-07", LOCK, 1, 10, (), PAIRS, {})
FILLED = Ballot(
    "first",
    "juror-07",
    {ENTRIES[0]: {"clarity": 7, "idea": 1}, ENTRIES[2]: {"idea": 10}},
    {},
    {"awan": "=A relative\nworks there"},
    {ENTRIES[0]: "'=SUM(A1)", ENTRIES[2]: "7"},
)
EARLIER = Ballot("zeroth", "juror-07", {ENTRIES[0]: {"clarity": 7, "idea": 3}})
CHOSEN = Ballot("last", "juror-07", {}, {PAIRS[0]: "bukit", PAIRS[1]: "danau"})
DECLARATION = DeclarationForm("uji-2025", "juror-07", LOCK, tuple(NAMES))
TIES = (
    Tie("bukit", "employer", None, "+62 is no formula"),
    Tie("danau", "contract", date(2023, 12, 31), "one"),
    Tie("danau", "kin", None, "two"),
)
HEAD = {
    "edition": "uji-2025", "round": "first", "juror": "juror-07", "lock_hash": LOCK, "code": CODE,
}  # fmt: skip


def rules():
    """The rules of the award: two categories with rubrics, two clusters, two rounds."""
    anchors = (Anchor(1, Label("Buram", "Blurred")), Anchor(10, Label("Jernih", "Clear")))
    rubrics = {
        PICTURE: (
            Criterion("clarity", Label("Kejelasan", "Clarity"), 3.0, anchors),
            Criterion("idea", Label("Gagasan", "Idea"), 1.0),
        ),
        VIDEO: (Criterion("sound", Label("Suara", "Sound"), 1.0, anchors),),
    }
    labels = {PICTURE: Label("Gambar", "Picture"), VIDEO: Label("Video/Film", "Video/Film")}
    found = rules_of(
        *(
            replace(category(name=name), label=labels[name], criteria=rubrics[name])
            for name in rubrics
        )
    )
    panel = Panel(
        rounds=(
            Round(
                "first",
                "scores",
                datetime(2025, 9, 1, tzinfo=UTC),
                datetime(2025, 9, 8, 10, tzinfo=UTC),
            ),
            Round(
                "last", "pairs", datetime(2025, 9, 9, tzinfo=UTC), datetime(2025, 9, 10, tzinfo=UTC)
            ),
        )
    )
    clusters = (
        Cluster("ministries", Label("Kementerian", "Ministries")),
        Cluster("agencies", Label("Lembaga", "Agencies")),
    )
    return replace(found, edition=replace(found.edition, jury=panel, clusters=clusters))


def printed(language="en", names=NAMES):
    """What forms of the award print."""
    return Printed(rules(), names, language, CLUSTERS)


def read_ballot(path):
    """The ballot of a file, which is one."""
    returned = read_returned(path)
    assert isinstance(returned, Returned)
    return returned


def read_declaration(path):
    """The declaration of a file, which is one."""
    returned = read_returned(path)
    assert isinstance(returned, ReturnedDeclaration)
    return returned


def answered(returned):
    """What was answered, without places: category, cluster, about, question, value."""
    return {(a.category, a.cluster, a.about, a.question): a.value for a in returned.answers}


EMPTY = {
    (e.category, e.cluster, e.institution_id, question): None
    for e in ENTRIES
    for question in (*CRITERIA[e.category], "recused", "note")
}
AWAN = ("ministries", "awan", "recused")
ANSWERS = EMPTY | {
    (PICTURE, "ministries", "bukit", "clarity"): 7.0,
    (PICTURE, "ministries", "bukit", "idea"): 1.0,
    (PICTURE, "ministries", "bukit", "note"): "'=SUM(A1)",
    (PICTURE, *AWAN): "=A relative\nworks there",
    (VIDEO, *AWAN): "=A relative\nworks there",
    (PICTURE, "agencies", "cahaya", "idea"): 10.0,
    (PICTURE, "agencies", "cahaya", "note"): "7",
}
"""What a reading of FILLED must give, numbers as numbers."""
CHOSEN_ANSWERS = {
    (PICTURE, "ministries", "awan|bukit", ""): "bukit",
    (PICTURE, "agencies", "danau|embun", ""): "danau",
    (VIDEO, "ministries", "bukit|awan", ""): None,
}


def as_text(answers):
    """The answers as a format has them that knows no numbers."""
    return {k: f"{v:g}" if isinstance(v, float) else v for k, v in answers.items()}


def told(path):
    """Each fault of a form that was refused: its place and what is wrong."""
    with pytest.raises(FaultsFound) as refused:
        read_returned(path)
    faults: list[Any] = list(refused.value.exceptions)
    assert all(isinstance(fault, FileFault) and fault.remedy for fault in faults)
    assert {fault.file for fault in faults} == {path.name}
    return [(fault.column, fault.problem) for fault in faults]


def refused_whole(path):
    """The one fault for which a whole file is refused."""
    with pytest.raises(FileFault) as refused:
        read_returned(path)
    assert (refused.value.file, refused.value.column) == (path.name, None)
    assert refused.value.remedy
    return refused.value.problem
