"""What comes back is taken whole or not at all, and never lost."""

import csv
import json
import shutil
from datetime import timedelta

import pytest
from tests.jury_cases import (
    DAY,
    FIRST,
    HOUR,
    NAMES,
    SECOND,
    by_letter,
    filled,
    refusal,
    sha256,
)

from tolok.jury.ledger import LedgerBroken, read_ledger
from tolok.pipeline.jury.desk import desk
from tolok.pipeline.jury.issuing import issue_ballots
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.jury.tallying import tally_round

POINTS = by_letter(a=8, b=6, c=4)


def ledger(folder):
    return read_ledger(JuryPaths(folder).ledger.read_text("utf-8"))


def kept(folder):
    return {path.stem for path in (JuryPaths(folder).private / "received").iterdir()}


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_a_ballot_counts_in_every_format(edition, inbox, suffix):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST, suffix=suffix)
    (received,) = import_returned(edition, [path], now=FIRST + HOUR)
    assert (received.kind, received.version) == ("ballot", 1)
    line = ledger(edition)[-2]
    assert line.act == "ballot"
    assert line.body["file_sha256"] == sha256(path)
    assert sha256(path) in kept(edition)


def test_the_same_answers_are_the_same_ballot_in_every_format(edition, inbox):
    for suffix in ("json", "csv", "xlsx"):
        path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST, suffix=suffix)
        import_returned(edition, [path], now=FIRST)
    hashes = [line.body["ballot_sha256"] for line in ledger(edition) if line.act == "ballot"]
    assert len(hashes) == 3
    assert len(set(hashes)) == 1


def test_a_file_that_is_here_already_changes_nothing(edition, inbox):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    import_returned(edition, [path], now=FIRST)
    before = ledger(edition)
    (received,) = import_returned(edition, [path], now=FIRST + 2 * DAY)
    assert received.kind == "known"
    assert ledger(edition) == before


def test_a_later_ballot_counts_and_the_earlier_stays(edition, inbox):
    for points, tag in ((9, "-a"), (3, "-b")):
        path = filled(edition, inbox, NAMES[0], by_letter(a=points, b=6, c=4), now=FIRST, tag=tag)
        import_returned(edition, [path], now=FIRST)
    with desk(edition, FIRST) as at:
        code = at.codes[NAMES[0]]
        assert [one.version for one in at.standing.ballots["first", code]] == [1, 2]
        texts = [at.paths.ballot("first", code, version).read_text("utf-8") for version in (1, 2)]
    assert [text.count(": 9") > 0 for text in texts] == [True, False]


@pytest.mark.parametrize("late", [timedelta(seconds=-1), DAY, DAY + HOUR])
def test_a_ballot_out_of_time_is_refused_and_kept(edition, inbox, late):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    (fault,) = refusal(edition, [path], now=FIRST + late)
    assert fault == (
        f"{path.name}: cannot be taken, because this does not hold: the round is open "
        "(first: 2026-02-02 09:00 to 2026-02-03 09:00 WIB)."
    )
    line = ledger(edition)[-1]
    assert (line.act, dict(line.body)) == ("refused", {"file_sha256": sha256(path), "faults": 1})
    assert sha256(path) in kept(edition)


def test_one_bad_file_keeps_all_of_a_call_out(edition, inbox):
    good = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    bad = filled(edition, inbox, NAMES[1], by_letter(a=11, b=6, c=4), now=FIRST)
    alien = inbox / "holiday.xlsx"
    alien.write_bytes(b"PK\x03\x04 no workbook")
    faults = refusal(edition, [good, bad, alien], now=FIRST)
    files = [fault.split(",")[0].split(":")[0] for fault in faults]
    assert {*files} == {bad.name, alien.name}
    assert files.count(bad.name) == 20  # two awards of two categories, five criteria each
    with desk(edition, FIRST) as at:
        assert at.standing.ballots == {}
    assert {sha256(path) for path in (good, bad, alien)} <= kept(edition)
    assert [line.act for line in ledger(edition)][-2:] == ["refused", "refused"]
    assert import_returned(edition, [good], now=FIRST)[0].version == 1


def test_two_ballots_of_a_juror_in_one_call_are_refused(edition, inbox):
    files = [
        filled(edition, inbox, NAMES[0], by_letter(a=a, b=6, c=4), now=FIRST, tag=f"-{a}")
        for a in (8, 9)
    ]
    faults = refusal(edition, files, now=FIRST)
    assert ["there is another ballot of J" in fault for fault in faults] == [True, True]


def test_the_same_file_twice_in_one_call_is_refused(edition, inbox):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    copy = shutil.copyfile(path, inbox / "copy.json")
    faults = refusal(edition, [path, copy], now=FIRST)
    remedy = "Import the one that counts last by itself"
    assert [remedy in fault for fault in faults] == [True, True]


def test_a_ballot_of_another_edition_is_refused(edition, inbox, tmp_path):
    other = shutil.copytree(edition, tmp_path / "other")
    JuryPaths(other).key.write_text("ab" * 32 + "\n", "ascii")
    path = filled(other, inbox, NAMES[0], POINTS, now=FIRST)
    (fault,) = refusal(edition, [path], now=FIRST)
    assert "has a code that was not issued for this juror" in fault
    with desk(edition, FIRST) as at:
        assert at.standing.ballots == {}


def test_a_ballot_of_the_round_before_is_refused(edition, inbox):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    tally_round(edition, now=FIRST + DAY)
    issue_ballots(edition, now=SECOND)
    (fault,) = refusal(edition, [path], now=SECOND)
    assert "the round is open (first: " in fault


def test_notes_and_ties_stay_with_the_secretary(edition):
    with JuryPaths(edition).ties.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["institution_id"], row["kind"], row["reason"], row["binds"]) == (
        "agencies-a",
        "employer",
        "works there",
        "yes",
    )
    assert "works there" not in JuryPaths(edition).ledger.read_text("utf-8")


def test_a_changed_ballot_stops_the_tally(edition, inbox):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    import_returned(edition, [path], now=FIRST)
    (held,) = JuryPaths(edition).held_ballots.iterdir()
    held.write_text(held.read_text("utf-8").replace(": 8", ": 9", 1), "utf-8")
    with pytest.raises(LedgerBroken, match="is not the ballot that was received"):
        tally_round(edition, now=FIRST + DAY)


def test_a_changed_ledger_stops_everything(edition):
    path = JuryPaths(edition).ledger
    path.write_text(path.read_text("utf-8").replace("agencies-a", "agencies-b"), "utf-8")
    with pytest.raises(LedgerBroken, match="is not what its hash was taken"):
        issue_ballots(edition, now=FIRST)


def test_a_ballot_of_the_second_round_holds_the_scores_of_the_first(edition, inbox):
    path = filled(edition, inbox, NAMES[0], by_letter(a=8, b=6, c=4), now=FIRST)
    import_returned(edition, [path], now=FIRST)
    tally_round(edition, now=FIRST + DAY)
    issued = issue_ballots(edition, now=SECOND, file_format="json")
    with desk(edition, SECOND) as at:
        code = at.codes[NAMES[0]]
    sent = json.loads(issued.ballots[code].read_text("utf-8"))
    scores = [a for a in sent["answers"] if a["question"] not in ("recused", "note")]
    assert {(a["about"][-1], a["value"], a["earlier"]) for a in scores} == {
        ("a", 8, 8),
        ("b", 6, 6),
        ("c", 4, 4),
    }
    (received,) = import_returned(edition, [issued.ballots[code]], now=SECOND)
    assert (received.kind, received.version) == ("ballot", 1)
    other = next(own for own in issued.ballots if own != code)
    assert refusal(edition, [issued.ballots[other]], now=SECOND)[0].endswith("with a reason.")


def test_a_stop_before_the_ledger_is_written_leaves_nothing_that_counts(
    edition, inbox, monkeypatch
):
    path = filled(edition, inbox, NAMES[0], POINTS, now=FIRST)
    before = ledger(edition)
    with monkeypatch.context() as stopped:
        stopped.setattr("tolok.pipeline.jury.desk.write_text", _power_cut)
        with pytest.raises(OSError, match="power cut"):
            import_returned(edition, [path], now=FIRST)
    assert ledger(edition) == before
    (received,) = import_returned(edition, [path], now=FIRST)
    assert (received.kind, received.version, len(received.figures)) == ("ballot", 1, 4)


def _power_cut(_text, _path):
    msg = "power cut"
    raise OSError(msg)
