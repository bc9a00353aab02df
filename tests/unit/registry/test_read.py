"""The registry is read whole, and every fault of its files is told at once."""

from datetime import date

import pytest

from tolok.errors import FaultsFound, FileFault
from tolok.model import Account, Institution, Lineage, Registry
from tolok.registry.read import (
    ACCOUNT_COLUMNS,
    INSTITUTION_COLUMNS,
    LINEAGE_COLUMNS,
    read_registry,
)

INSTITUTIONS = ",".join(INSTITUTION_COLUMNS) + "\n"
ACCOUNTS = ",".join(ACCOUNT_COLUMNS) + "\n"
LINEAGE = ",".join(LINEAGE_COLUMNS) + "\n"
CHANNEL = "UC0123456789-bcdefghij_l"


@pytest.fixture
def registry(tmp_path):
    """A function that writes files and reads the registry that they make."""

    def read(institutions=INSTITUTIONS, accounts=ACCOUNTS, lineage=None):
        folder = tmp_path / "registry"
        folder.mkdir(exist_ok=True)
        files = {"institutions": institutions, "accounts": accounts, "lineage": lineage}
        for name, text in files.items():
            if text is not None:
                content = text if isinstance(text, bytes) else text.encode()
                (folder / f"{name}.csv").write_bytes(content)
        return read_registry(folder)

    return read


def account_row(**cells):
    """The text of accounts.csv with one row."""
    row = {"institution_id": "bmkg", "platform": "instagram", "counts": "yes", "grade": "A"}
    return ACCOUNTS + ",".join((row | cells).get(column, "") for column in ACCOUNT_COLUMNS) + "\n"


def faults(read, *args, **files):
    """The faults of a registry, each as (line, column, problem)."""
    with pytest.raises(FaultsFound) as found:
        read(*args, **files)
    each = [fault for fault in found.value.exceptions if isinstance(fault, FileFault)]
    assert len(each) == len(found.value.exceptions)
    return [(fault.line, fault.column, fault.problem) for fault in each]


def test_registry_is_read_with_types_and_lines(registry):
    read = registry(
        INSTITUTIONS + 'bmkg,"Badan Meteorologi, Klimatologi",BMKG,agencies,LPNK,2020-01-01,,law\n',
        ACCOUNTS
        + ",bmkg,Instagram,@InfoBMKG,1784,https://www.instagram.com/infobmkg,,no,asleep,"
        + "2020-01-01,2025-02-01,B,2025-01-31,letter,bmkg_lama; @BMKG.ri;bmkg_lama\n",
        LINEAGE + "a,b,rename,2024-10-21,law\n",
    )
    assert read == Registry(
        (
            Institution(
                "bmkg",
                "Badan Meteorologi, Klimatologi",
                "BMKG",
                "agencies",
                "LPNK",
                date(2020, 1, 1),
                None,
                "law",
            ),
        ),
        (
            Account(
                account_id="instagram:@infobmkg",
                institution_id="bmkg",
                platform="instagram",
                handle="infobmkg",
                platform_id="1784",
                url="https://www.instagram.com/infobmkg",
                role="main",
                counts=False,
                counts_reason="asleep",
                valid_from=date(2020, 1, 1),
                valid_to=date(2025, 2, 1),
                grade="B",
                checked_on=date(2025, 1, 31),
                evidence="letter",
                past_handles=("bmkg_lama", "bmkg.ri"),
            ),
        ),
        (Lineage("a", "b", "rename", date(2024, 10, 21), "law"),),
    )
    assert (read.institutions[0].line, read.accounts[0].line, read.lineage[0].line) == (2, 2, 2)


@pytest.mark.parametrize(
    ("cells", "account_id", "handle", "platform_id"),
    [
        ({"handle": "@InfoBMKG"}, "instagram:@infobmkg", "infobmkg", ""),
        ({"url": "instagram.com/InfoBMKG?x=1"}, "instagram:@infobmkg", "infobmkg", ""),
        ({"platform": "", "url": "https://x.com/A"}, "x:@a", "a", ""),
        ({"platform": "youtube", "handle": CHANNEL}, f"youtube:{CHANNEL}", "", CHANNEL),
        (
            {"platform": "youtube", "url": f"youtube.com/channel/{CHANNEL}"},
            f"youtube:{CHANNEL}",
            "",
            CHANNEL,
        ),
        (
            {"platform": "youtube", "handle": "BMKG", "url": f"youtube.com/channel/{CHANNEL}"},
            "youtube:@bmkg",
            "bmkg",
            CHANNEL,
        ),
        (
            {"platform": "facebook", "url": "facebook.com/profile.php?id=100064"},
            "facebook:100064",
            "",
            "100064",
        ),
        ({"platform_id": "17841400"}, "instagram:17841400", "", "17841400"),
        ({"account_id": "instagram:@Lama", "handle": "baru"}, "instagram:@lama", "baru", ""),
        ({"account_id": "instagram:1784", "handle": "baru"}, "instagram:1784", "baru", ""),
    ],
)
def test_account_id_is_made_of_what_the_row_gives(registry, cells, account_id, handle, platform_id):
    (account,) = registry(accounts=account_row(**cells)).accounts
    assert (account.account_id, account.handle, account.platform_id) == (
        account_id,
        handle,
        platform_id,
    )


def test_byte_order_mark_blank_rows_and_breaks_in_cells_are_borne(registry):
    text = "\ufeff" + INSTITUTIONS + '\na,"first\nsecond",,c,,,,\n,,,,,,,\nb,B,,c,,,,\n'
    read = registry(text.replace("\n", "\r\n"))
    assert [(row.institution_id, row.line) for row in read.institutions] == [("a", 3), ("b", 6)]


def test_short_name_falls_back_to_the_name(registry):
    assert registry(INSTITUTIONS + "a,Aceh,,c,,,,\n").institutions[0].short_name == "Aceh"


def test_guard_of_a_formula_cell_is_taken_off(registry):
    read = registry(INSTITUTIONS + "a,'=1+1,'a,c,,,,''@x\n")
    (row,) = read.institutions
    assert (row.institution, row.short_name, row.evidence) == ("=1+1", "'a", "'@x")


@pytest.mark.parametrize(
    ("cells", "line", "column", "problem"),
    [
        ({"handle": "a", "counts": "2"}, 2, "counts", "'2' is neither yes nor no."),
        ({"handle": "a", "counts": ""}, 2, "counts", "'' is neither yes nor no."),
        ({"handle": "a", "grade": ""}, 2, "grade", "the cell is empty."),
        ({"handle": "a", "institution_id": ""}, 2, "institution_id", "the cell is empty."),
        ({"handle": "a", "platform": ""}, 2, "platform", "the cell is empty."),
        ({"handle": "a", "valid_to": "2025-02-30"}, 2, "valid_to", "'2025-02-30' is not a date."),
        ({"handle": "a", "valid_to": "20250228"}, 2, "valid_to", "'20250228' is not a date."),
        ({"handle": "a", "checked_on": "1/2/2025"}, 2, "checked_on", "'1/2/2025' is not a date."),
        ({"handle": "a", "past_handles": "b c"}, 2, "past_handles", "'b c' is not a handle."),
        (
            {"handle": "a", "account_id": "x:@a"},
            2,
            "account_id",
            "'x:@a' does not begin with 'instagram:'.",
        ),
        (
            {"platform": "youtube", "handle": CHANNEL, "platform_id": "UCx"},
            2,
            "handle",
            f"{CHANNEL!r} is an id, and not the one in platform_id.",
        ),
        (
            {"url": "https://www.instagram.com/p/C5xAbCdEfGh/"},
            2,
            "handle",
            "neither a handle, a platform_id nor the url of a profile names the account.",
        ),
    ],
)
def test_fault_of_a_cell_is_told_with_its_place(registry, cells, line, column, problem):
    assert faults(registry, accounts=account_row(**cells)) == [(line, column, problem)]


def test_page_name_is_not_taken_for_a_handle(registry):
    found = faults(registry, accounts=account_row(handle="Pemprov DKI", platform_id="1"))
    assert found == [(2, "handle", "'Pemprov DKI' is not a handle.")]


def test_faults_of_all_files_are_told_at_once(registry, tmp_path):
    with pytest.raises(FaultsFound) as found:
        registry(
            INSTITUTIONS + ",B,,c,,,,\na,A,,,soon,x,,\n",
            account_row(handle="a", counts="mungkin"),
            LINEAGE + "a,b,,24-10-21,\n",
        )
    assert str(found.value).splitlines() == [
        "the registry cannot be read:",
        (
            "  registry/institutions.csv, line 2, institution_id: the cell is empty. "
            "Every row needs it."
        ),
        "  registry/institutions.csv, line 3, cluster: the cell is empty. Every row needs it.",
        (
            "  registry/institutions.csv, line 3, valid_from: 'x' is not a date. "
            "Expected one such as 2025-01-31."
        ),
        (
            "  registry/accounts.csv, line 2, counts: 'mungkin' is neither yes nor no. "
            "Expected yes or no (ya or tidak)."
        ),
        "  registry/lineage.csv, line 2, change: the cell is empty. Every row needs it.",
        (
            "  registry/lineage.csv, line 2, effective_on: '24-10-21' is not a date. "
            "Expected one such as 2025-01-31."
        ),
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (INSTITUTIONS + "a,A,\n", 2, "the row has 3 cells, expected 8."),
        (INSTITUTIONS + 'a,"A"x,,,,,,\n', 2, "is not CSV: ',' expected after '\"'."),
        (INSTITUTIONS.replace(",", ";") + "a;A;\n", 2, "the row has 3 cells, expected 8."),
        (b"\xff\xfe", None, "is not UTF-8 at byte 0."),
        (
            INSTITUTIONS.replace("kind", "kind,kind"),
            1,
            "the column kind stands twice.",
        ),
    ],
)
def test_fault_of_a_file_is_told_with_its_line(registry, text, line, problem):
    assert faults(registry, text) == [(line, None, problem)]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_file_as_a_spreadsheet_of_another_country_saves_it_is_read(registry, mark):
    institutions = INSTITUTIONS + 'a,Alpha,A,agencies,LPNK,2020-01-01,,"law, art. 1; 2"\n'
    accounts = account_row(handle="b", past_handles='"c;d"')
    lines = [text.replace(", art. 1", "~").replace(",", mark) for text in (institutions, accounts)]
    read = registry(lines[0].replace("~", ", art. 1"), lines[1])
    assert read == registry(institutions, accounts)
    assert read.institutions[0].evidence == "law, art. 1; 2"
    assert read.accounts[0].past_handles == ("c", "d")


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("yes", True), ("Ya", True), ("TRUE", True), ("1", True), ("BENAR", True),
        ("no", False), ("tidak", False), ("False", False), ("0", False), ("SALAH", False),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_as_people_and_spreadsheets_write_them(registry, cell, counts):
    text = account_row(handle="a", counts=cell, counts_reason="asleep")
    assert registry(accounts=text).accounts[0].counts is counts


def test_mistyped_column_is_told_with_the_one_that_was_meant(registry):
    with pytest.raises(FaultsFound) as found:
        registry(INSTITUTIONS.replace("cluster", "clustre"))
    assert [str(fault) for fault in found.value.exceptions] == [
        (
            "registry/institutions.csv, line 1: 'clustre' is not a column of this file. "
            "Did you mean 'cluster'?"
        ),
        (
            "registry/institutions.csv, line 1: the column cluster is missing. "
            "Add it; it may be empty."
        ),
    ]


def test_column_that_nothing_resembles_is_to_be_taken_out(registry):
    with pytest.raises(FaultsFound) as found:
        registry(INSTITUTIONS.replace("evidence", "evidence,zzz"))
    assert [str(fault) for fault in found.value.exceptions] == [
        (
            "registry/institutions.csv, line 1: 'zzz' is not a column of this file. Take it out, "
            "or put what it says into evidence."
        )
    ]


def test_missing_file_is_a_fault_and_missing_lineage_is_not(registry):
    assert registry().lineage == ()
    found = faults(registry, INSTITUTIONS, ACCOUNTS, b"")
    assert len(found) == len(LINEAGE_COLUMNS)


def test_folder_without_files_is_told_both(tmp_path):
    found = faults(lambda: read_registry(tmp_path))
    assert found == [(None, None, "there is no such file.")] * 2
