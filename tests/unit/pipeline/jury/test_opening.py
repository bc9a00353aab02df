"""Opening a jury: what must be there, who gets which code, and what beginning anew voids."""

import csv
import stat

import pytest
from tests.jury_cases import BEFORE, DAY, FIRST, NAMES, by_letter, filled, make_edition

from tolok.errors import FaultsFound, NotLocked
from tolok.jury.ledger import read_ledger
from tolok.methodology.lock import lock_rules
from tolok.methodology.template import write_edition
from tolok.pipeline.jury.desk import JuryOutdated, NoJury, NotAllowed, desk
from tolok.pipeline.jury.evidence import make_packs
from tolok.pipeline.jury.issuing import issue_ballots
from tolok.pipeline.jury.opening import open_jury
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.publish import NotScored, ResultsOutdated


def ledger(folder):
    return read_ledger(JuryPaths(folder).ledger.read_text("utf-8"))


@pytest.fixture
def fresh(tmp_path):
    return make_edition(tmp_path / "edition")


def test_every_juror_gets_a_code_and_a_form(fresh):
    opened = open_jury(fresh, now=BEFORE)
    assert sorted(opened.jurors) == ["J1", "J2", "J3", "J4", "J5"]
    assert sorted(opened.jurors.values()) == sorted(NAMES)
    assert [path.is_file() for path in opened.forms] == [True] * 5
    (line,) = ledger(fresh)
    assert (line.act, line.body["jurors"]) == ("opened", ["J1", "J2", "J3", "J4", "J5"])
    assert [one["name"] for one in line.body["rounds"]] == ["first", "second", "vote"]


def test_names_and_the_key_are_for_the_secretary_alone(fresh):
    open_jury(fresh, now=BEFORE)
    paths = JuryPaths(fresh)
    modes = {
        path: stat.S_IMODE(path.stat().st_mode)
        for path in (fresh / "private", paths.private, paths.key, paths.jurors)
    }
    assert list(modes.values()) == [0o700, 0o700, 0o600, 0o600]
    with paths.jurors.open(encoding="utf-8", newline="") as file:
        assert sorted(row["juror"] for row in csv.DictReader(file)) == sorted(NAMES)
    text = paths.ledger.read_text("utf-8")
    assert [name for name in NAMES if name in text] == []


def test_opening_twice_changes_nothing(fresh):
    first = open_jury(fresh, now=BEFORE)
    before = JuryPaths(fresh).ledger.read_bytes()
    bodies = [path.read_bytes() for path in first.forms]
    assert open_jury(fresh, now=BEFORE + DAY) == first
    assert JuryPaths(fresh).ledger.read_bytes() == before
    assert [path.read_bytes() for path in first.forms] == bodies


def test_an_edition_that_the_data_decide_has_no_jury(tmp_path):
    folder = make_edition(tmp_path / "edition")
    path = folder / "edition.toml"
    path.write_text(
        path.read_text("utf-8").replace('decision = "jury"', 'decision = "first_rank"'), "utf-8"
    )
    lock_rules(folder, now=BEFORE, erratum="the data decide")
    with pytest.raises(NoJury, match="the data decide this edition"):
        open_jury(folder, now=BEFORE)


def test_a_jury_needs_locked_rules_and_results_of_them(fresh):
    (fresh / "results" / "manifest.json").rename(fresh / "manifest.json")
    with pytest.raises(NotScored):
        open_jury(fresh, now=BEFORE)
    (fresh / "manifest.json").rename(fresh / "results" / "manifest.json")
    path = fresh / "registry" / "institutions.csv"
    path.write_text(path.read_text("utf-8") + "new,New,new,agencies,,,,invented\n", "utf-8")
    with pytest.raises(ResultsOutdated, match="the registry changed"):
        open_jury(fresh, now=BEFORE)


def test_a_jury_needs_a_lock(fresh):
    (fresh / "lock" / "lock.json").unlink()
    with pytest.raises(NotLocked):
        open_jury(fresh, now=BEFORE)


def test_a_panel_that_lacks_something_is_told_all_of_it(tmp_path):
    folder = make_edition(tmp_path / "edition", jurors=NAMES[:3], rounds=0)
    with pytest.raises(FaultsFound) as refused:
        open_jury(folder, now=BEFORE)
    assert [str(fault).split(":")[0] for fault in refused.value.exceptions] == [
        "edition.toml, jury",
        "categories/best-use-of-images.toml",
        "categories/best-use-of-videos.toml",
    ]


def test_nothing_goes_before_the_jury_is_open(fresh):
    with pytest.raises(NotAllowed, match="the jury is open"):
        make_packs(fresh, now=BEFORE)


def test_changed_nominees_stop_the_jury_until_it_begins_anew(edition, inbox):
    ballot = filled(edition, inbox, NAMES[0], by_letter(a=8, b=6, c=4), now=FIRST)
    import_returned(edition, [ballot], now=FIRST)
    path = edition / "results" / "nominees.csv"
    path.write_text(path.read_text("utf-8").replace("ministries-c", "ministries-d"), "utf-8")
    with pytest.raises(JuryOutdated, match="the nominees changed"):
        issue_ballots(edition, now=FIRST)
    with pytest.raises(JuryOutdated, match="--again"):
        open_jury(edition, now=FIRST)
    open_jury(edition, now=FIRST, again=True)
    with desk(edition, FIRST) as at:
        assert at.standing.ballots == {}
        assert sorted(at.standing.declared) == ["J1", "J2", "J3", "J4", "J5"]
    assert len(list(JuryPaths(edition).held_ballots.iterdir())) == 1


def test_an_erratum_stops_the_jury_until_it_begins_anew(edition):
    write_edition(edition, {"nominee_count": 4})
    lock_rules(edition, now=FIRST, erratum="four nominees")
    with pytest.raises(ResultsOutdated, match="the rules changed"):
        make_packs(edition, now=FIRST)
