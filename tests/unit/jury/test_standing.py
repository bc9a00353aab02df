"""Where a jury stands, added up from its ledger."""

from datetime import UTC, datetime

from tolok.jury.ledger import added
from tolok.jury.standing import Cast, Opening, Override, standing_of

AT = datetime(2026, 2, 2, tzinfo=UTC)
OPENED = (
    "opened",
    {"edition": "e", "lock_hash": "l", "nominees_sha256": "n", "jurors": ["J1", "J2"]},
)
DECLARED = (
    "declared",
    {"juror": "J1", "file_sha256": "f1", "recused": [{"institution_id": "a", "grounds": "rule"}]},
)
PACKED = ("packed", {"juror": "J1", "language": "id", "figures_sha256": "fig"})
ISSUED = ("issued", {"juror": "J1", "round": "first", "code": "CODE"})


def ballot(version, recused=()):
    return (
        "ballot",
        {
            "juror": "J1",
            "round": "first",
            "version": version,
            "file_sha256": f"b{version}",
            "ballot_sha256": f"s{version}",
            "recused": list(recused),
        },
    )


def standing(*acts):
    return standing_of(added((), acts, AT))


def test_nothing_has_happened_in_an_empty_ledger():
    at = standing()
    assert (at.opening, at.ballots, at.is_closed) == (None, {}, False)


def test_acts_add_up():
    override = {
        "category": "c",
        "cluster": "k",
        "institution_id": "x",
        "reason": "r",
        "by": ["Ana", "Budi"],
    }
    at = standing(
        OPENED,
        DECLARED,
        PACKED,
        ISSUED,
        ballot(1),
        ("refused", {"file_sha256": "bad", "faults": 2}),
        ("figures", {"juror": "J1"}),
        ("tallied", {"round": "first", "tally_sha256": "t"}),
        ("overridden", override),
        ("closed", {"winners_sha256": "w"}),
    )
    assert at.opening == Opening("e", "l", "n", ("J1", "J2"))
    assert at.declared == {"J1": frozenset({"a"})}
    assert at.packed == {"J1": ("id", "fig")}
    assert at.issued == {("first", "J1"): "CODE"}
    assert at.cast("first", "J1") == Cast(1, "b1", "s1")
    assert at.cast("first", "J2") is None
    assert at.figures == {"J1"}
    assert at.tallied == {"first": "t"}
    assert at.overrides == {("c", "k"): Override("c", "k", "x", "r", ("Ana", "Budi"))}
    assert at.files == {"f1": "declaration", "b1": "ballot"}
    assert at.is_closed


def test_a_later_ballot_counts_and_the_earlier_one_is_kept():
    at = standing(OPENED, ballot(1), ballot(2))
    assert at.cast("first", "J1") == Cast(2, "b2", "s2")
    assert [one.version for one in at.ballots["first", "J1"]] == [1, 2]


def test_who_stepped_back_once_stays_back():
    at = standing(OPENED, DECLARED, ballot(1, ["b"]), ballot(2))
    assert at.recused("J1") == {"a", "b"}
    assert at.recused("J1", ["second"]) == {"a"}
    assert at.recused("J2") == frozenset()


def test_a_jury_that_is_opened_again_keeps_declarations_and_nothing_else():
    at = standing(OPENED, DECLARED, PACKED, ISSUED, ballot(1), OPENED)
    assert at.declared == {"J1": frozenset({"a"})}
    assert at.files == {"f1": "declaration"}
    assert (at.packed, at.issued, at.ballots, at.tallied) == ({}, {}, {}, {})
