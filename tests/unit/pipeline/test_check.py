"""What `tolok check` tells of reaction counts: which are unknown, why, and which are set aside."""

import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it has no stubs
import pytest
from click.testing import CliRunner

from tolok.cli import main
from tolok.methodology.template import new_edition, write_edition
from tolok.model import Account, Institution, Registry
from tolok.pipeline.check import SuspectCount, check
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.registry.read import read_registry
from tolok.registry.write import write_registry

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "schemas" / "check.json"
KNOWN = {"known": 0, "hidden": 0, "disabled": 0, "not_offered": 0, "not_collected": 0, "suspect": 0}


def post(number, handle="kota1", **cells):
    """A line of a post of some day in 2025, read at the end of the year."""
    return {
        "platform": "instagram",
        "post_id": f"{handle}-{number}",
        "account_id": f"@{handle}",
        "published_at": f"2025-{number % 12 + 1:02}-01T08:00:00+07:00",
        "observed_at": "2025-12-31T08:00:00+07:00",
        "comment_count": 1,
    } | cells


@pytest.fixture
def edition(tmp_path):
    folder = tmp_path / "edition"
    new_edition(folder, template="instagram-only")
    write_edition(folder, {"name": "rekaan"}, clusters={"cities": ("Kota", "Cities")})
    numbers = range(1, 13)
    institutions = [Institution(f"kota-{n}", f"Kota {n}", f"Kota {n}", "cities") for n in numbers]
    accounts = [
        Account(f"instagram:@kota{n}", f"kota-{n}", "instagram", f"kota{n}", grade="A")
        for n in numbers
    ]
    write_registry(Registry(tuple(institutions), tuple(accounts)), folder / "registry")
    return folder


def bring(folder, lines):
    file = folder.parent / "posts.ndjson"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    import_files(folder, [file], ImportOptions())


def lines_of(folder, *options):
    """The lines of the check that speak of reactions and of posts that are gone."""
    done = CliRunner().invoke(main, ["check", str(folder), *options])
    kinds = ("reactions", "suspect", "deleted")
    return [one for one in done.output.splitlines() if one.startswith(kinds)]


def hiding():
    """Thirty posts: 12 with 3 likes, 14 with 400, and 4 whose likes are unknown."""
    known = [post(n, reaction_count=3 if n < 12 else 400) for n in range(26)]
    hidden = [post(n, missing={"reaction_count": "hidden"}) for n in (26, 27)]
    off = post(28, missing={"reaction_count": "disabled"})
    answers = [post(n, origin="reply", reaction_count=3) for n in range(40, 60)]
    return [*known, *hidden, off, post(29), *answers]


def test_check_names_the_count_that_is_set_aside_and_why_others_are_unknown(edition):
    bring(edition, hiding())
    report = check(edition)
    (suspect,) = report.suspect_counts
    assert asdict(suspect) == asdict(SuspectCount("instagram:@kota1", 3, 12, 26, 400.0))
    assert suspect.share == 12 / 26
    reactions = {one.account_id: one.reactions for one in report.coverage}
    assert reactions["instagram:@kota1"] == KNOWN | {
        "known": 14, "hidden": 2, "disabled": 1, "not_collected": 1, "suspect": 12,
    }  # fmt: skip
    assert reactions["instagram:@kota2"] == KNOWN


def test_check_tells_an_organiser_in_words(edition):
    bring(edition, hiding())
    assert lines_of(edition) == [
        (
            "suspect count: instagram:@kota1: 12 of 26 posts (46.2%) have 3 reactions, the others "
            "400 (median). Some tools write hidden likes so: these counts are set aside as "
            "unknown. [suspect] in edition.toml sets the rule."
        ),
        (
            "reactions: instagram:@kota1: of 30 posts 2 hidden by the account, 1 switched off by "
            "the account, 12 set aside as suspect, 1 in no file that was brought."
        ),
    ]


def test_check_of_an_account_with_one_count_alone_names_no_others(edition):
    bring(edition, [post(n, reaction_count=3) for n in range(20)])
    (line, _) = lines_of(edition)
    assert line.startswith("suspect count: instagram:@kota1: 20 of 20 posts (100.0%) have 3 reac")
    assert "reactions. Some tools" in line


def test_check_says_nothing_of_accounts_whose_reactions_are_known_or_not_offered(edition):
    offered = post(1, missing={"reaction_count": "not_offered"})
    bring(edition, [offered, *(post(n, reaction_count=3) for n in range(2, 10))])
    assert lines_of(edition) == []
    assert check(edition).suspect_counts == []


def test_check_shows_of_many_accounts_those_that_lack_most(edition):
    bring(edition, [post(n, f"kota{k}") for k in range(1, 13) for n in range(k)])
    assert lines_of(edition) == [
        *(
            f"reactions: instagram:@kota{k}: of {k} posts {k} in no file that was brought."
            for k in (12, 11, 10)
        ),
        "reactions: ... and 9 more accounts; --all shows them.",
    ]
    assert len(lines_of(edition, "--all")) == 12


def test_check_tells_how_many_posts_of_an_account_are_gone(edition):
    gone = {"deleted_at": "2025-12-30T08:00:00+07:00", "reaction_count": 9}
    answers = [post(n, origin="reply", **gone) for n in range(40, 60)]
    kept = [post(n, reaction_count=9) for n in range(3)]
    bring(edition, [*kept, post(3, **gone), post(4, **gone), *answers])
    assert lines_of(edition) == [
        "deleted: instagram:@kota1: 2 of 5 posts are gone; they count as they were last read."
    ]
    done = CliRunner().invoke(main, ["check", str(edition), "--json"])
    coverage = {
        one["account_id"]: one["deleted_count"] for one in json.loads(done.stdout)["coverage"]
    }
    assert (coverage["instagram:@kota1"], coverage["instagram:@kota2"]) == (2, 0)


def test_check_of_an_edition_without_posts_has_no_reactions(edition):
    assert {tuple(one.reactions.values()) for one in check(edition).coverage} == {(0,) * 6}


def test_json_of_the_check_holds_what_is_set_aside(edition):
    bring(edition, hiding())
    done = CliRunner().invoke(main, ["check", str(edition), "--json"])
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    assert found["suspect_counts"] == [
        {
            "account_id": "instagram:@kota1",
            "reaction_count": 3,
            "post_count": 12,
            "known_count": 26,
            "share": 12 / 26,
            "other_median": 400.0,
        }
    ]
    reactions = {one["account_id"]: one["reactions"]["suspect"] for one in found["coverage"]}
    assert (reactions["instagram:@kota1"], reactions["instagram:@kota2"]) == (12, 0)


def test_check_tells_the_faults_of_corrections(edition):
    head = (
        "number,received_on,institution_id,subject,claim,evidence,status,decided_on,answer,effect"
    )
    row = "1,2026-01-10,kota-13,count,Isi,Tulis ke a@contoh.id,open,,,"
    (edition / "corrections.csv").write_text(f"{head}\n{row}\n", "utf-8")
    faults = [str(fault) for fault in check(edition).faults]
    assert faults == [
        (
            "edition/corrections.csv, line 2: institution_id: 'kota-13' is no institution of the "
            "registry. Did you mean 'kota-3'?"
        ),
        (
            "edition/corrections.csv, line 2: evidence: holds an e-mail address. "
            "The file is published: take it out."
        ),
    ]
    (edition / "corrections.csv").unlink()
    assert check(edition).faults == []


def test_gap_is_counted_from_the_day_on_which_the_account_is_owned(edition):
    """Owned from 14 June and silent until 1 July: 17 days, not the half year before."""
    registry = read_registry(edition / "registry")
    late = replace(registry.accounts[0], valid_from=date(2025, 6, 14))
    accounts = (late, *registry.accounts[1:])
    write_registry(replace(registry, accounts=accounts), edition / "registry")
    days = (date(2025, 7, 1) + timedelta(days=n) for n in range(184))
    handle = late.handle
    bring(edition, [
        post(n, handle, published_at=f"{day}T08:00:00+07:00") for n, day in enumerate(days)
    ])  # fmt: skip
    (own,) = (one for one in check(edition).coverage if one.account_id == late.account_id)
    assert own.longest_gap_days == 17
