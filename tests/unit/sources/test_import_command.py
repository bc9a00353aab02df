"""What `tolok import` prints of each file, and what it says to do next."""

import pytest
from click.testing import CliRunner
from tests.import_cases import ndjson, post

from tolok.cli import main


@pytest.fixture
def edition(tmp_path):
    folder = tmp_path / "edition"
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    return folder


def printed(*words):
    done = CliRunner().invoke(main, ["import", *map(str, words)])
    return done.exit_code, done.stdout.splitlines()


def test_file_that_gave_nothing_says_what_to_do(edition, tmp_path):
    rows = [post(str(number), published_at="2025-03-01T08:00:00") for number in range(25)]
    file = ndjson(tmp_path / "gunung.ndjson", rows)
    status, lines = printed(edition, file)
    assert status == 2
    assert lines[0] == ("gunung.ndjson (canonical): 25 read = 0 kept + 0 duplicate + 25 rejected")
    assert lines[10].startswith("  row 10, published_at: '2025-03-01T08:00:00': is no instant")
    assert lines[10].endswith("--timezone Asia/Jakarta")
    assert lines[11] == "  and 15 more; all stand in the store's rejects table"
    assert lines[12:] == [
        (
            "Nothing of gunung.ndjson came in. Do what the reasons above say, then import it "
            "again; the same file is read anew where an option says something else."
        )
    ]
    status, lines = printed(edition, file, "--timezone", "Asia/Jakarta")
    assert (status, lines) == (
        0,
        [
            "gunung.ndjson (canonical): 25 read = 25 kept + 0 duplicate + 0 rejected",
            f"Next: `tolok check {edition}`, then `tolok score {edition}`.",
        ],
    )


def test_file_of_a_few_rejects_leads_on(edition, tmp_path):
    status, lines = printed(edition, ndjson(tmp_path / "a.ndjson", [post(), "broken"]))
    assert (status, len(lines)) == (0, 3)
    assert lines[1].startswith("  row 2, row: 'broken': ")
    assert lines[2].startswith("Next: ")


MISUSED = [
    (["--spark", "spark.a=b"], "--spark and --scratch go with --engine spark."),
    (["--store", "s3a://b/c"], "--store goes with --engine spark."),
    ([], "s3a://b/posts: is an address, which --engine spark reads. Name a path."),
    (
        ["--engine", "spark", "--spark", "spark.master=yarn"],
        "Name it with --scratch, such as --scratch s3a://bucket/scratch.",
    ),
]


@pytest.mark.parametrize(("options", "said"), MISUSED)
def test_options_of_spark_are_not_taken_for_others(edition, options, said):
    done = CliRunner().invoke(main, ["import", str(edition), "s3a://b/posts", *options])
    assert done.exit_code == 2
    assert said in done.stderr
