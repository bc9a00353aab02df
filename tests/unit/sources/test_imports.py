"""Whose file it is, what happens when it comes twice, and that all come in or none."""

import fcntl
import json
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from tests.import_cases import (
    EDITION,
    EXPORTED_AT,
    bring,
    document,
    figures,
    ndjson,
    post,
    readings,
    stored,
)

from tolok.errors import AmbiguousFormat, FaultsFound, InputError, UnknownFormat
from tolok.model import Window
from tolok.sources.batch import FilesRefused
from tolok.sources.brought import Brought
from tolok.sources.formats import formats
from tolok.sources.imports import import_files, replay
from tolok.sources.recognise import find_format
from tolok.store.layout import EditionBusy, Layout, StoreOutdated, finished_imports

FORMATS = list(formats())


def test_formats_are_found_without_a_list():
    assert sorted(FORMATS) == FORMATS
    assert {"canonical", "fanpage-karma", "instagram-business-discovery"} <= set(FORMATS)


PLAYLIST = '{"kind": "youtube#captionListResponse"}'
UNKNOWN = [
    ("a.csv", "Agency,Platform,Url\n1,2,3\n", "Agency,Platform,Url 1,2,3"),
    ("b.csv", "", "(the file is empty)"),
    ("c.json", PLAYLIST, PLAYLIST),
    ("d.json", '{"cut', '{"cut'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "shown"), UNKNOWN)
def test_unknown_file_is_refused_with_its_beginning(tmp_path, name, content, shown):
    (tmp_path / name).write_text(content)
    with pytest.raises(UnknownFormat) as refused:
        bring(tmp_path / "edition", tmp_path / name)
    assert (refused.value.file, refused.value.header) == (name, shown)
    assert list(refused.value.formats) == FORMATS
    assert not list((tmp_path / "edition" / "landing").glob("*/*/*"))


def test_file_that_two_formats_claim_has_to_be_named(tmp_path, monkeypatch):
    twin = replace(formats()["canonical"], name="canonical-twin")
    monkeypatch.setitem(formats(), "canonical-twin", twin)
    brought = Brought(ndjson(tmp_path / "posts.ndjson", [post()]), "posts.ndjson")
    with pytest.raises(AmbiguousFormat) as refused:
        find_format(brought)
    assert refused.value.formats == ["canonical", "canonical-twin"]
    assert find_format(brought, "canonical-twin") is twin


def test_named_format_is_taken_though_it_does_not_claim_the_file(tmp_path):
    file = ndjson(tmp_path / "posts.ndjson", [{"post_id": "C1"}])
    (report,) = bring(tmp_path / "edition", file, as_format="canonical")
    assert (report.format, figures(report)) == ("canonical", (1, 0, 0, 1))


BAD_OPTIONS = [
    ({"as_format": "cannonical"}, "--as cannonical: no such format. Did you mean 'canonical'?"),
    ({"as_format": "x"}, "--as x: no such format. Known: 4cat-"),
    ({"time_zone": "Asia/Atlantis"}, "--timezone Asia/Atlantis: no such zone."),
    ({"exported_at": datetime(2025, 1, 1)}, "--exported-at 2025-01-01T00:00:00: has no zone."),  # noqa: DTZ001 -- the fault that is tested
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS)
def test_option_that_says_nothing_is_refused(tmp_path, options, message):
    with pytest.raises(InputError) as refused:
        bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", [post()]), **options)
    assert str(refused.value).startswith(message)


def test_one_refused_file_keeps_the_others_out(tmp_path):
    good = ndjson(tmp_path / "posts.ndjson", [post()])
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "list.txt").write_text("list")
    with pytest.raises(FaultsFound) as refused:
        bring(tmp_path / "edition", good, tmp_path / "notes.txt", tmp_path / "list.txt")
    assert [str(fault).partition(":")[0] for fault in refused.value.exceptions] == [
        "notes.txt",
        "list.txt",
    ]
    assert stored(tmp_path / "edition") == []
    assert not list((tmp_path / "edition" / "landing").glob("*/*/*"))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError) as refused:
        bring(tmp_path / "edition", tmp_path / "nowhere.csv")
    assert (
        str(refused.value) == f"{tmp_path}/nowhere.csv: cannot be read: No such file or directory."
    )


def test_same_bytes_again_are_all_duplicates(tmp_path):
    file = ndjson(tmp_path / "posts.ndjson", [post("A"), post("A"), post("B"), "broken"])
    (first,) = bring(tmp_path / "edition", file)
    before = readings(tmp_path / "edition")
    (again,) = bring(tmp_path / "edition", file.rename(tmp_path / "other.ndjson"))
    assert (figures(first), figures(again)) == ((4, 2, 1, 1), (4, 0, 3, 1))
    assert (again.file, again.rejects) == ("other.ndjson", first.rejects)
    assert readings(tmp_path / "edition") == before


def test_same_file_twice_in_one_batch_is_kept_once(tmp_path):
    file = ndjson(tmp_path / "posts.ndjson", [post("A"), post("B")])
    reports = bring(tmp_path / "edition", file, file)
    assert [figures(report) for report in reports] == [(2, 2, 0, 0), (2, 0, 2, 0)]


def test_another_reading_of_a_post_is_no_duplicate(tmp_path):
    one = ndjson(tmp_path / "one.ndjson", [post("A", reaction_count=5)])
    two = ndjson(tmp_path / "two.ndjson", [post("A", reaction_count=None, comment_count=2)])
    later = ndjson(tmp_path / "later.ndjson", [post("A", observed_at="2025-04-01T00:00:00Z")])
    same = ndjson(tmp_path / "same.ndjson", [post("B"), post("A", reaction_count="5")])
    for files in ([one], [two, later], [same]):
        reports = bring(tmp_path / "edition", *files)
    assert figures(reports[0]) == (2, 1, 1, 0)
    assert len(stored(tmp_path / "edition")) == 4


def test_refused_batch_says_that_nothing_came_in(tmp_path):
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(FilesRefused) as refused:
        bring(tmp_path / "e", ndjson(tmp_path / "a.ndjson", [post()]), tmp_path / "notes.txt")
    lines = str(refused.value).splitlines()
    assert (lines[0], lines[-1]) == (
        "1 file was refused:",
        "Nothing was imported. Files that nobody can read are left out with --skip-unknown.",
    )


def test_unknown_table_is_told_what_it_lacks(tmp_path):
    (tmp_path / "a.csv").write_text("Platform;Post_ID;Likes\nx;1;2\n")
    with pytest.raises(UnknownFormat) as refused:
        bring(tmp_path / "edition", tmp_path / "a.csv")
    assert refused.value.hint == (
        "The canonical table of posts needs the columns platform, post_id, published_at; "
        "missing here: published_at. "
        "Any table can be read by a mapping profile: see `tolok map`."
    )


def test_folder_stands_for_its_files(tmp_path):
    (tmp_path / "brought" / "inner").mkdir(parents=True)
    ndjson(tmp_path / "brought" / "b.ndjson", [post("B")])
    ndjson(tmp_path / "brought" / "inner" / "a.ndjson", [post("A")])
    (tmp_path / "brought" / ".hidden").write_text("not for us")
    (tmp_path / "brought" / "~$open.xlsx").write_text("a lock of Excel's")
    reports = bring(tmp_path / "edition", tmp_path / "brought")
    assert [report.file for report in reports] == ["b.ndjson", "a.ndjson"]


def test_progress_is_told_file_by_file(tmp_path):
    files = [ndjson(tmp_path / f"{name}.ndjson", [post(name)]) for name in "ab"]
    told = []
    import_files(
        Layout(tmp_path / "edition"), EDITION, files, progress=lambda *step: told.append(step)
    )
    assert told == [
        ("read", 0, 2), ("read", 1, 2), ("read", 2, 2),
        ("write", 0, 2), ("write", 1, 2), ("write", 2, 2),
    ]  # fmt: skip


def test_replay_makes_the_same_readings_from_what_was_landed(tmp_path):
    edition = tmp_path / "edition"
    answer = {"kind": "youtube#channelListResponse", "items": [
        {"id": "UC1", "statistics": {"subscriberCount": "10"}, "snippet": {"customUrl": "@Satu"}},
    ]}  # fmt: skip
    bring(edition, ndjson(tmp_path / "a.ndjson", [post("A"), post("B"), "broken"]))
    bring(edition, ndjson(tmp_path / "b.ndjson", [post("B"), post("C")]))
    bring(edition, document(tmp_path / "c.json", answer), exported_at=EXPORTED_AT)
    before = {name: readings(edition, name) for name in ("observations", "followers", "aliases")}
    reports = replay(Layout(edition), EDITION)
    assert {name: readings(edition, name) for name in before} == before
    assert sorted(report.rows_read for report in reports) == [1, 2, 3]
    assert finished_imports(Layout(edition)) == reports


def test_file_whose_landing_was_taken_away_is_gone_after_a_replay(tmp_path):
    edition = tmp_path / "edition"
    bring(edition, ndjson(tmp_path / "a.ndjson", [post("A"), post("B")]))
    (report,) = bring(edition, ndjson(tmp_path / "b.ndjson", [post("B"), post("C")]))
    bring(edition, ndjson(tmp_path / "c.ndjson", [post("C"), post("D")]))
    landed = edition / "landing" / report.sha256[:2] / report.sha256
    landed.with_suffix(".json").unlink()
    shutil.rmtree(landed)
    replay(Layout(edition), EDITION)
    assert sorted(row["post_id"] for row in stored(edition)) == ["A", "B", "C", "D"]
    assert len(finished_imports(Layout(edition))) == 2


def test_store_of_another_zone_asks_to_be_made_again(tmp_path):
    layout = Layout(tmp_path / "edition")
    file = ndjson(tmp_path / "a.ndjson", [post("A", published_at="2025-01-01T16:30:00Z")])
    bring(layout.folder, file)
    moved = replace(EDITION, window=replace(EDITION.window, time_zone="Asia/Jayapura"))
    assert moved.window == Window(
        EDITION.window.opens_on, EDITION.window.closes_on, "Asia/Jayapura"
    )
    with pytest.raises(StoreOutdated):
        import_files(layout, moved, [file])
    replay(layout, moved)
    assert [str(row["published_on"]) for row in stored(layout.folder)] == ["2025-01-02"]


def test_second_import_at_the_same_time_is_refused(tmp_path):
    edition = tmp_path / "edition"
    edition.mkdir()
    file = ndjson(tmp_path / "a.ndjson", [post()])
    with (edition / ".writing").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(EditionBusy):
            bring(edition, file)
    assert figures(bring(edition, file)[0]) == (1, 1, 0, 0)


def test_report_is_one_json_document_with_at_most_twenty_rejects(tmp_path):
    rows = [post(str(number), reaction_count=-1) for number in range(25)]
    (report,) = bring(tmp_path / "edition", ndjson(tmp_path / "posts.ndjson", rows))
    printed = json.loads(json.dumps(report.to_dict()))
    assert list(printed) == [
        "file", "sha256", "format", "rows_read", "rows_kept", "rows_duplicate", "rows_rejected",
        "rejects", "notes",
    ]  # fmt: skip
    assert printed["rejects"][19] == {
        "row": 20, "column": "reaction_count", "value": "-1",
        "reason": "is no count, expected 0, 1, 2 and so on",
    }  # fmt: skip
    assert (len(printed["rejects"]), printed["rows_rejected"]) == (20, 25)
    assert len(stored(tmp_path / "edition", "rejects")) == 25
    assert finished_imports(Layout(tmp_path / "edition")) == [report]
