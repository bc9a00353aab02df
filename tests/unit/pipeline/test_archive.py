"""An earlier edition into the archive: what is copied, what is refused, and what the check says."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from tests import invented as _invented
from tests.archive_cases import write_edition, write_rules

from tolok.cli import main
from tolok.errors import FaultsFound, NotAnEdition
from tolok.methodology.lock import lock_rules, rules_sha256
from tolok.methodology.template import new_edition
from tolok.pipeline.archive import NotEarlier, archive
from tolok.pipeline.check import check
from tolok.publish.archived import read_archive


@pytest.fixture(scope="module")
def invented():
    """The builder of invented results."""
    return _invented


@pytest.fixture
def folder(tmp_path):
    """The later edition, without results."""
    write_rules(tmp_path / "later", name="uji-2025", opens_on=date(2025, 1, 1),
                closes_on=date(2025, 7, 1))  # fmt: skip
    return tmp_path / "later"


@pytest.fixture
def other(tmp_path, invented):
    """The earlier edition, with what must not be copied."""
    home = tmp_path / "earlier"
    write_edition(home, invented)
    for name in ("private", "landing", "store", "media"):
        (home / name).mkdir()
        (home / name / "secret").write_text("kunci", "utf-8")
    (home / "registry").mkdir()
    (home / "registry" / "institutions.csv").write_text("institution_id\n", "utf-8")
    return home


def files_of(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_small_tables_are_copied_and_what_is_the_organisers_alone_is_not(folder, other):
    done = archive(folder, other)
    copied = files_of(folder / "archive" / "uji-2024")
    assert copied < files_of(other)
    kept = {name for name in files_of(other) - copied if name.startswith("results/")}
    tables = ("histogram", "weekly_metrics", "evidence", "unknown_accounts")
    assert kept == {f"results/{name}.parquet" for name in tables}
    assert {name.split("/")[0] for name in files_of(other) - copied} == {
        "private", "landing", "store", "media", "results",
    }  # fmt: skip
    assert (done.files, done.is_replaced) == (len(copied), False)
    assert done.folder == folder / "archive" / "uji-2024"


def test_archived_edition_is_read_with_its_winners(folder, other):
    archive(folder, other)
    (one,) = read_archive(folder)
    assert one.rules.edition.name == "uji-2024"
    won = {key: [row.institution for row in rows if row.institution_id]
           for key, rows in one.won.items()}  # fmt: skip
    assert won["active", "ministries"] == ["Kementerian Lembah"]
    assert won["active", "twins"] == []
    assert one.side.ranked_counts["active", "agencies"] == 4


def test_edition_is_found_in_the_open_data_of_a_site(folder, other, tmp_path):
    (tmp_path / "site").mkdir()
    other.rename(tmp_path / "site" / "data")
    assert archive(folder, tmp_path / "site").edition.name == "uji-2024"
    assert archive(folder, tmp_path / "site" / "data").is_replaced


def test_edition_of_the_same_name_is_replaced_whole(folder, other):
    archive(folder, other)
    stale = folder / "archive" / "uji-2024" / "stale"
    stale.write_text("x", "utf-8")
    assert archive(folder, other).is_replaced
    assert not stale.exists()


def test_folder_that_is_no_edition_is_refused(folder, tmp_path):
    with pytest.raises(NotAnEdition):
        archive(folder, tmp_path)


def test_edition_without_whole_results_is_refused_with_every_absent_file(folder, other):
    for name in ("scores.parquet", "winners.csv"):
        (other / "results" / name).unlink()
    with pytest.raises(FaultsFound) as refused:
        archive(folder, other)
    told = str(refused.value)
    assert told.count("there is no such file.") == 2
    assert "results/scores.parquet" in told
    assert "results/winners.csv" in told
    assert not (folder / "archive").exists()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"name": "uji-2025"}, "this is the same edition, 'uji-2025'"),
        ({"closes_on": date(2025, 1, 2)}, "does not end before 2025-01-01"),
        ({"simulated": "false"}, "it is a real edition, and 'uji-2025' is not"),
        ({"name": "../luar"}, "'../luar' is no name of a folder"),
    ],
)
def test_edition_that_cannot_stand_in_the_archive_is_refused(folder, other, facts, told):
    write_rules(other, **facts)
    with pytest.raises(NotEarlier) as refused:
        archive(folder, other)
    assert told in str(refused.value)
    assert not (folder / "archive").exists()


def test_window_that_ends_on_the_day_the_next_begins_does_not_overlap(folder, other):
    write_rules(other, closes_on=date(2025, 1, 1))
    assert archive(folder, other).edition.window.closes_on == date(2025, 1, 1)


def test_archive_and_press_are_no_rules(tmp_path, folder, other):
    before = rules_sha256(folder)
    lock_rules(folder, now=datetime(2025, 1, 1, tzinfo=UTC))
    archive(folder, other)
    (folder / "breaks.csv").write_text("x", "utf-8")
    assert rules_sha256(folder) == before


def test_command_says_what_it_did_and_prints_it_as_json(folder, other):
    run = CliRunner().invoke(main, ["archive", str(folder), str(other)])
    assert run.exit_code == 0
    assert "uji-2024, 2024-01-01 to before 2024-07-01" in run.output
    run = CliRunner().invoke(main, ["archive", str(folder), str(other), "--json"])
    document = json.loads(run.output)
    assert (document["edition"], document["closes_on"], document["is_replaced"]) == (
        "uji-2024", "2024-07-01", True,
    )  # fmt: skip
    run = CliRunner().invoke(main, ["archive", str(folder), str(folder)])
    assert run.exit_code == 2


def test_check_tells_faults_of_the_archive_with_their_place(tmp_path, other):
    folder = tmp_path / "edition"
    new_edition(folder)
    sourced = folder / "archive" / "sourced.csv"
    text = sourced.read_text("utf-8").replace(",winner,", ",juara,", 1).replace(",kpk,", ",kpkk,")
    sourced.write_text(text, "utf-8")
    (folder / "breaks.csv").write_text("platform\n", "utf-8")
    faults = [str(one) for one in check(folder).faults]
    assert any("archive/sourced.csv, line 2: status: 'juara' is not known." in one
               for one in faults)  # fmt: skip
    assert any("edition/breaks.csv, line 1" in one for one in faults)


def test_check_warns_of_an_unknown_institution_in_the_record(tmp_path):
    folder = tmp_path / "edition"
    new_edition(folder)
    sourced = folder / "archive" / "sourced.csv"
    sourced.write_text(sourced.read_text("utf-8").replace(",kpk,", ",kpkk,"), "utf-8")
    (told,) = [str(one) for one in check(folder).findings if one.file == "archive/sourced.csv"]
    assert told == (
        "archive/sourced.csv, line 2: institution_id: 'kpkk' is not in "
        "registry/institutions.csv. Did you mean 'kpk'?"
    )


def test_check_refuses_an_archived_edition_whose_window_reaches_into_this_one(tmp_path, invented):
    folder = tmp_path / "edition"
    new_edition(folder)
    write_edition(folder / "archive" / "uji-2024", invented, closes_on=date(2025, 2, 1))
    (fault,) = [one for one in check(folder).faults if one.file == "archive/uji-2024"]
    assert fault.problem == "its window does not end before this edition's begins."
