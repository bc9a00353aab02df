"""Rows of unknown accounts: suggested an owner, put into the registry, counted at once."""

import csv
import json

import pytest
from click.testing import CliRunner
from tests.import_cases import ndjson, post

from tolok.cli import main
from tolok.errors import FaultsFound, InputError
from tolok.methodology.template import new_edition, write_edition
from tolok.model import Account, Institution, Registry
from tolok.pipeline.check import check
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.suggest import suggest, write_suggestions
from tolok.registry.read import ACCOUNT_COLUMNS
from tolok.registry.sheet import guard
from tolok.registry.write import write_registry

INSTITUTIONS = (
    Institution("kemenreka", "Kementerian Rekaan", "Kemenreka", "bodies"),
    Institution("badongnas", "Badan Dongeng Nasional", "Badongnas", "bodies"),
)
ACCOUNTS = (
    Account("instagram:@kemenreka", "kemenreka", "instagram", "kemenreka", grade="A"),
    Account("instagram:@ceritabadan", "badongnas", "instagram", "ceritabadan", grade="A"),
)


@pytest.fixture
def edition(tmp_path):
    folder = tmp_path / "edition"
    new_edition(folder, template="instagram-only")
    write_edition(folder, {"name": "rekaan"}, clusters={"bodies": ("Badan", "Bodies")})
    write_registry(Registry(INSTITUTIONS, ACCOUNTS), folder / "registry")
    return folder


def bring(folder, *rows, name="posts"):
    file = ndjson(folder.parent / f"{name}.ndjson", rows)
    import_files(folder, [file], ImportOptions())


def unknown(folder):
    return [row["account_id"] for row in check(folder).unknown_accounts.to_pylist()]


def posts_counted(report):
    return {one.account_id: sum(n for _, n in one.months) for one in report.coverage}


def run(*words):
    done = CliRunner().invoke(main, ["registry", "suggest", *map(str, words)])
    return done.exit_code, done.stdout.splitlines()


def suggested_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def append(folder, row):
    with (folder / "registry" / "accounts.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([guard(row[column]) for column in ACCOUNT_COLUMNS])


def test_row_that_a_person_confirmed_counts_without_a_new_import(edition, tmp_path):
    bring(edition, post("1", account_id="@humas.badongnas"), post("2", account_id="@kemenreka"))
    assert unknown(edition) == ["instagram:@humas.badongnas"]
    assert run(edition, "--csv", tmp_path / "suggested.csv")[0] == 0
    (row,) = suggested_rows(tmp_path / "suggested.csv")
    assert (row["institution_id"], row["grade"], row["counts"]) == ("badongnas", "C", "no")

    append(edition, row)  # as it is: known, and without effect on what counts
    report = check(edition)
    assert (report.faults, report.unknown_accounts.num_rows) == ([], 0)
    assert posts_counted(report) == {"instagram:@kemenreka": 1, "instagram:@ceritabadan": 0}

    write_registry(Registry(INSTITUTIONS, ACCOUNTS), edition / "registry")
    append(edition, row | {"counts": "yes", "counts_reason": "", "grade": "A"})
    report = check(edition)
    assert (report.faults, report.unknown_accounts.num_rows) == ([], 0)
    assert posts_counted(report) == {
        "instagram:@kemenreka": 1,
        "instagram:@ceritabadan": 0,
        "instagram:@humas.badongnas": 1,
    }


def test_row_without_an_owner_is_a_fault_until_one_is_given(edition, tmp_path):
    bring(edition, post("1", account_id="@kucinglucu"))
    run(edition, "--csv", tmp_path / "suggested.csv")
    (row,) = suggested_rows(tmp_path / "suggested.csv")
    assert row["institution_id"] == ""
    append(edition, row)
    with pytest.raises(FaultsFound) as caught:
        check(edition)
    (fault,) = caught.value.exceptions
    assert str(fault).startswith("registry/accounts.csv, line 4, institution_id: the cell is empty")
    write_registry(Registry(INSTITUTIONS, ACCOUNTS), edition / "registry")
    append(edition, row | {"institution_id": "badongnas"})
    assert unknown(edition) == []


def test_new_name_that_two_sources_join_stands_in_place_of_the_old_row(edition):
    alias = {"platform": "instagram", "account_id": "17841", "observed_at": "2025-03-01T00:00:00Z"}
    later = alias | {"alias": "@lembahbaru", "observed_at": "2025-05-01T00:00:00Z"}
    bring(edition, alias | {"alias": "@kemenreka"}, later, name="names")
    bring(edition, post("1", account_id="@lembahbaru"))
    assert unknown(edition) == ["instagram:@lembahbaru"]
    (found,) = suggest(edition).suggestions
    assert (found.replaces, found.candidates[0].certainty) == (3, "same_account")
    assert (found.row.handle, found.row.past_handles, found.row.platform_id) == (
        "lembahbaru", ("kemenreka",), "17841",
    )  # fmt: skip
    others = tuple(a for a in ACCOUNTS if a.account_id != found.row.account_id)
    write_registry(Registry(INSTITUTIONS, (*others, found.row)), edition / "registry")
    report = check(edition)
    assert (report.faults, report.unknown_accounts.num_rows) == ([], 0)
    assert posts_counted(report)["instagram:@kemenreka"] == 1


def test_joint_posts_are_seen_from_both_sides(edition):
    bring(
        edition,
        post("1", account_id="@kemenreka", co_account_ids=["@mitra"]),
        post("2", account_id="@mitra", co_account_ids=["@kemenreka", "@ceritabadan"]),
        post("3", account_id="@mitra"),
    )
    (found,) = suggest(edition).suggestions
    assert found.unknown.joint_with == {"instagram:@ceritabadan": 1, "instagram:@kemenreka": 2}
    assert [one.certainty for one in found.candidates] == ["partner", "partner"]


def test_addresses_are_those_of_own_posts(edition):
    url = "https://www.instagram.com/{}/p/C{}abcd/"
    bring(
        edition,
        post("1", account_id="@lama", url=url.format("baru", 1)),
        post("2", account_id="@lama", url=url.format("lain", 2), origin="repost"),
        post("3", account_id="@lama", url="https://www.instagram.com/p/C3abcd/"),
    )
    (found,) = suggest(edition).suggestions
    assert found.unknown.addressed == {"baru": 1}


def test_names_of_one_account_are_one_suggestion_with_all_its_rows(edition):
    alias = {"platform": "instagram", "account_id": "5", "observed_at": "2025-03-01T00:00:00Z"}
    bring(edition, alias | {"alias": "@mitra"}, name="names")
    bring(edition, *(post(str(n), account_id="@mitra") for n in range(2)))
    bring(edition, *(post(str(n), account_id="5") for n in range(2, 5)), name="more")
    reading = {"platform": "instagram", "account_id": "5", "observed_at": "2025-03-01T00:00:00Z"}
    later = reading | {"observed_at": "2025-04-01T00:00:00Z", "follower_count": 20}
    bring(edition, reading | {"follower_count": 10}, later, name="followers")
    report = suggest(edition)
    assert run(edition)[1][:2] == [
        "instagram:5: 5 rows set aside, 2025-03-01 to 2025-03-01, 20 followers.",
        "  It is also instagram:@mitra.",
    ]
    (found,) = report.suggestions
    assert (found.unknown.names, report.row_count) == (("instagram:5", "instagram:@mitra"), 5)
    assert found.unknown.follower_count == 20


def test_command_shows_the_largest_first_and_the_way_on(edition, tmp_path):
    bring(
        edition,
        post("1", account_id="@humaskemenreka"),
        *(post(str(n), account_id="@kucinglucu") for n in range(2, 4)),
        post("4", account_id="@ceritabadan_"),
    )
    status, lines = run(edition)
    assert (status, lines) == (
        0,
        [
            "instagram:@kucinglucu: 2 rows set aside, 2025-03-01 to 2025-03-01.",
            "  Nobody known resembles it.",
            "instagram:@ceritabadan_: 1 row set aside, 2025-03-01 to 2025-03-01.",
            (
                "  likely: badongnas (Badongnas): ceritabadan_: it is also its handle ceritabadan "
                "on instagram, but for separators."
            ),
            "instagram:@humaskemenreka: 1 row set aside, 2025-03-01 to 2025-03-01.",
            (
                "  likely: kemenreka (Kemenreka): humaskemenreka: the handle, without humas, is "
                "its short name (kemenreka)."
            ),
            (
                "3 unknown accounts, 4 rows set aside; 2 of 3 shown have an owner to confirm."
            ),
            (
                f"Next: correct the rows (--csv FILE writes them), add them to "
                f"{edition}/registry/accounts.csv, then `tolok check {edition}`. "
                "What was imported need not be imported again."
            ),
        ],
    )  # fmt: skip
    status, lines = run(edition, "--limit", "1", "--csv", tmp_path / "one.csv")
    assert (
        lines[2] == "3 unknown accounts, 4 rows set aside; 0 of 1 shown have an owner to confirm."
    )
    assert [row["handle"] for row in suggested_rows(tmp_path / "one.csv")] == ["kucinglucu"]


def test_command_without_unknown_accounts_says_so_and_writes_nothing(edition, tmp_path):
    bring(edition, post("1", account_id="@kemenreka"))
    status, lines = run(edition, "--csv", tmp_path / "none.csv")
    assert (status, lines) == (
        0, ["No row is set aside: the registry knows every account in the store."],
    )  # fmt: skip
    assert not (tmp_path / "none.csv").exists()
    document = json.loads("\n".join(run(edition, "--json", "--csv", tmp_path / "none.csv")[1]))
    assert document == {"unknown_count": 0, "row_count": 0, "csv": None, "unknown_accounts": []}


def test_command_says_what_to_change_in_which_line(edition, tmp_path):
    bring(edition, post("1", account_id="kemenreka"))
    (_, reason, change, _, way) = run(edition, "--csv", tmp_path / "new.csv")[1]
    assert reason == (
        "  same account: kemenreka (Kemenreka): it is instagram:@kemenreka, written without its @."
    )
    assert change == "  In line 3 of registry/accounts.csv: account_id = instagram:kemenreka."
    assert way.startswith(f"Next: correct the rows of {tmp_path / 'new.csv'}, add them to ")
    document = json.loads("\n".join(run(edition, "--json")[1]))
    assert document["unknown_accounts"][0]["candidates"] == [
        {
            "institution_id": "kemenreka",
            "institution": "Kemenreka",
            "account_id": "instagram:@kemenreka",
            "certainty": "same_account",
            "score": 1.0,
            "evidence": ["it is instagram:@kemenreka, written without its @"],
        }
    ]


def test_file_that_is_there_is_not_overwritten(edition):
    bring(edition, post("1", account_id="@kucinglucu"))
    file = edition / "registry" / "accounts.csv"
    before = file.read_bytes()
    assert run(edition, "--csv", file)[0] == 2
    with pytest.raises(InputError, match="is there already"):
        write_suggestions(suggest(edition).suggestions, file)
    assert file.read_bytes() == before


def test_check_points_to_the_suggestions(edition):
    bring(edition, post("1", account_id="@kucinglucu"))
    lines = CliRunner().invoke(main, ["check", str(edition)]).stdout.splitlines()
    (line,) = (line for line in lines if line.startswith("unknown account: "))
    assert "1 row set aside, see `tolok registry suggest`." in line
