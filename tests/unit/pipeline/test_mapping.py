"""A table that no format knows: a proposal, a person's corrections, and rows in the store."""

import json
import tomllib
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tests.import_cases import stored

from tolok.cli import main
from tolok.errors import FaultsFound, FileFault
from tolok.methodology.template import new_edition
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.mapping import propose_mapping, write_mapping

TABLE = """\
Rekap bulanan;;;;
;;;;
Tautan;Tanggal;Jenis;Suka;Komentar
https://www.instagram.com/p/AAAAA/;13/02/2025 08:00;Gambar;1.234;7
https://www.instagram.com/reel/BBBBB/;14/02/2025 09:30;Reel IG;1.234.567;-
"""
OPTIONS = ImportOptions(account="@contoh", exported_at=datetime(2025, 3, 1, tzinfo=UTC))


@pytest.fixture
def table(tmp_path):
    """The monthly table of an invented office."""
    file = tmp_path / "rekap.csv"
    file.write_text(TABLE)
    return file


@pytest.fixture
def edition(tmp_path):
    """A new edition."""
    new_edition(tmp_path / "edition")
    return tmp_path / "edition"


def corrected(path):
    """The profile as its organiser corrects it."""
    text = path.read_text("utf-8").replace('time_zone = ""', 'time_zone = "Asia/Jakarta"')
    path.write_text(text, "utf-8")


def test_proposal_names_the_columns_and_what_is_unclear(table):
    proposal = propose_mapping(table)
    assert (proposal.table, proposal.constants) == ("posts", {"platform": "instagram"})
    assert proposal.columns == {
        "url": "Tautan", "published_at": "Tanggal", "kind": "Jenis", "reaction_count": "Suka",
        "comment_count": "Komentar",
    }  # fmt: skip
    assert proposal.kinds == {"gambar": "image", "reel ig": "short_video"}
    assert proposal.unclear == [
        "No column names the account: put account_id under [constants], or pass --account.",
        "No column says when the counts were read: bring it with --exported-at.",
    ]
    assert tomllib.loads(proposal.toml())["columns"] == proposal.columns


def test_table_comes_in_by_its_corrected_profile(edition, table):
    corrected(write_mapping(propose_mapping(table), edition))
    (report,) = import_files(edition, [table], OPTIONS)
    assert (report.format, report.rows_read, report.rows_kept) == ("map rekap", 2, 2)
    rows = stored(edition)
    assert [row["post_id"] for row in rows] == ["AAAAA", "BBBBB"]
    assert [row["kind"] for row in rows] == ["image", "short_video"]
    assert [row["reaction_count"] for row in rows] == [1234, 1234567]
    assert [row["comment_count"] for row in rows] == [7, None]
    assert rows[0]["published_at"] == datetime(2025, 2, 13, 1, tzinfo=UTC)


def test_profile_reads_the_same_columns_in_another_order(edition, table):
    corrected(write_mapping(propose_mapping(table), edition))
    other = table.with_name("maret.csv")
    other.write_text(
        "Suka,Komentar,Tautan,Jenis,Tanggal\n5,1,instagram.com/p/CCCCC,Gambar,28/02/2025 08:00\n"
    )
    (report,) = import_files(edition, [other], OPTIONS)
    assert (report.rows_kept, stored(edition)[0]["reaction_count"]) == (1, 5)


def test_changed_profile_reads_the_file_anew(edition, table):
    path = write_mapping(propose_mapping(table), edition)
    corrected(path)
    import_files(edition, [table], OPTIONS)
    path.write_text(path.read_text("utf-8").replace('"image"', '"carousel"'), "utf-8")
    (report,) = import_files(edition, [table], OPTIONS)
    assert report.rows_kept == 2
    assert [row["kind"] for row in stored(edition)] == ["carousel", "short_video"]


def test_naive_times_are_refused_until_the_zone_is_said(edition, table):
    write_mapping(propose_mapping(table), edition)
    with pytest.raises(FileFault, match="--timezone"):
        import_files(edition, [table], OPTIONS)


def test_faults_of_profiles_come_all_at_once(edition, table):
    path = write_mapping(propose_mapping(table), edition)
    text = path.read_text("utf-8").replace('"image"', '"picture"')
    path.write_text(text.replace('published_at = "Tanggal"', 'published = "Tanggal"'), "utf-8")
    with pytest.raises(FaultsFound) as refused:
        import_files(edition, [table], OPTIONS)
    faults = [fault for fault in refused.value.exceptions if isinstance(fault, FileFault)]
    assert [(fault.file, fault.column) for fault in faults] == [
        ("maps/rekap.toml", "columns.published"),
        ("maps/rekap.toml", "kinds.gambar"),
        ("maps/rekap.toml", "columns"),
    ]


def test_command_prints_the_profile_or_writes_it(edition, table):
    printed = CliRunner().invoke(main, ["map", str(table)])
    assert (printed.exit_code, printed.stdout) == (0, propose_mapping(table).toml())
    written = CliRunner().invoke(main, ["map", str(table), "--to", str(edition), "--json"])
    assert json.loads(written.stdout)["path"] == str(edition / "maps" / "rekap.toml")
    again = CliRunner().invoke(main, ["map", str(table), "--to", str(edition)])
    assert again.exit_code == 2
    assert "is there already" in again.stderr
