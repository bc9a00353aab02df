"""corrections.csv: read whole, with every fault at its place, and nothing personal."""

from datetime import date

import pytest

from tolok.errors import FaultsFound, FileFault
from tolok.registry.corrections import COLUMNS, Correction, read_corrections

HEAD = ",".join(COLUMNS)
OPEN = "2,2026-01-12,,other,Jendela penilaian keliru.,,open,,,"
ACCEPTED = (
    '1,2026-01-10,badan-uji,count,"Suka tertulis 12, seharusnya 120.",https://contoh.go.id/,'
    "accepted,2026-01-15,Dibaca ulang.,Peringkat tetap."
)


@pytest.fixture
def read(tmp_path):
    """A function: the corrections of a file with these rows."""

    def from_rows(*rows):
        (tmp_path / "corrections.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
        return read_corrections(tmp_path, {"badan-uji", "kota-uji"})

    return from_rows


@pytest.fixture
def faults(read):
    """A function: the faults of a file with these rows, as line, column and problem."""

    def of_rows(*rows):
        with pytest.raises(FaultsFound) as found:
            read(*rows)
        return [
            (fault.line, fault.column, fault.problem)
            for fault in found.value.exceptions
            if isinstance(fault, FileFault)
        ]

    return of_rows


def test_folder_without_the_file_has_none(tmp_path):
    assert read_corrections(tmp_path, set()) == ()


def test_corrections_are_read_the_newest_first(read):
    assert read(ACCEPTED, OPEN) == (
        Correction(2, date(2026, 1, 12), "", "other", "Jendela penilaian keliru.", "", "open",
                   None, "", ""),
        Correction(1, date(2026, 1, 10), "badan-uji", "count",
                   "Suka tertulis 12, seharusnya 120.", "https://contoh.go.id/", "accepted",
                   date(2026, 1, 15), "Dibaca ulang.", "Peringkat tetap."),
    )  # fmt: skip
    assert [one.changed_on for one in read(ACCEPTED, OPEN)] == [
        date(2026, 1, 12), date(2026, 1, 15)
    ]  # fmt: skip


def test_spreadsheet_with_semicolons_is_read(tmp_path):
    text = f"{HEAD}\n{OPEN}\n".replace(",", ";")
    (tmp_path / "corrections.csv").write_text(text, "utf-8-sig")
    assert [one.number for one in read_corrections(tmp_path, set())] == [2]


def test_all_faults_are_told_at_once(faults):
    found = faults(
        "1,2026-01-10,badan-ujj,likes,,,accepted,,,",
        "1,2026-13-10,,post,Isi,,opened,,,",
        "x,2026-01-10,,post,Isi,,open,2026-01-11,,",
        "4,2026-01-10,,post,Isi,,rejected,2026-01-09,Tidak.,",
    )
    assert sorted(found) == [
        (2, "answer", "the cell is empty."),
        (2, "claim", "the cell is empty."),
        (2, "decided_on", "the cell is empty."),
        (2, "institution_id", "'badan-ujj' is no institution of the registry."),
        (2, "number", "1 stands more than once."),
        (2, "subject", "'likes' is not known."),
        (3, "number", "1 stands more than once."),
        (3, "received_on", "'2026-13-10' is not a date."),
        (3, "status", "'opened' is not known."),
        (4, "decided_on", "an open correction has no day of decision."),
        (4, "number", "'x' is no number."),
        (5, "decided_on", "lies before received_on."),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Tulis ke budi.s@contoh.co.id", "holds an e-mail address."),
        ("Telepon 0812-3456-7890", "holds a telephone number."),
        ("Telepon +62 812 3456 789", "holds a telephone number."),
        ("WA 6281234567890", "holds a telephone number."),
    ],
)
def test_personal_data_are_refused(faults, text, problem):
    row = f"2,2026-01-12,,other,Isi,{text},open,,,"
    assert faults(row) == [(2, "evidence", problem)]


@pytest.mark.parametrize(
    "text",
    [
        "Unggahan @kemuji pukul 08.15", "https://instagram.com/p/0812345678901/", "id=081234567890",
        "Nomor unggahan 7081234567890123", "1.234.567 suka, bukan 812.345.678",
    ],
)  # fmt: skip
def test_handles_and_numbers_of_posts_are_not_personal(read, text):
    assert read(f'2,2026-01-12,,other,Isi,"{text}",open,,,')[0].evidence == text
