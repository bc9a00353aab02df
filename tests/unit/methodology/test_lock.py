"""The lock: rules cannot change unseen, and every change after it leaves its reason."""

import json
from datetime import UTC, datetime

import pytest

from tolok.errors import FaultsFound, FileFault, NotLocked, RulesChanged
from tolok.methodology.lock import (
    NothingChanged,
    changed_rules,
    check_lock,
    lock_rules,
    read_lock,
    rules_sha256,
)
from tolok.methodology.rules import rule_files
from tolok.methodology.template import new_edition

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def edition(tmp_path):
    new_edition(tmp_path / "edition")
    return tmp_path / "edition"


@pytest.fixture
def locked(edition):
    lock_rules(edition, now=NOW)
    return edition


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_edition_that_is_not_locked_has_no_lock(edition):
    assert read_lock(edition) is None
    assert check_lock(edition) is None
    assert changed_rules(edition) == []


def test_lock_holds_a_copy_and_the_hash_of_every_rule_file(edition):
    lock = lock_rules(edition, now=NOW)
    names = [path.relative_to(edition).as_posix() for path in rule_files(edition)]
    assert list(lock.files) == names
    for name in names:
        assert (edition / "lock" / "rules" / name).read_bytes() == (edition / name).read_bytes()
    assert lock.rules_sha256 == rules_sha256(edition)
    assert lock.locked_at == "2026-01-05T09:30:00+00:00"
    assert lock.errata == ()
    assert check_lock(edition) == read_lock(edition) == lock


def test_lock_is_the_same_for_the_same_rules(edition, tmp_path):
    new_edition(tmp_path / "other")
    one, other = lock_rules(edition, now=NOW), lock_rules(tmp_path / "other", now=LATER)
    assert one.rules_sha256 == other.rules_sha256
    assert one.files == other.files


def test_locking_again_changes_nothing(locked):
    before = (locked / "lock" / "lock.json").read_bytes()
    assert lock_rules(locked, now=LATER) == read_lock(locked)
    assert (locked / "lock" / "lock.json").read_bytes() == before


def test_rules_with_faults_are_not_locked(edition):
    change(edition, "edition.toml", "nominee_count = 3", "nominee_count = 0")
    with pytest.raises(FaultsFound):
        lock_rules(edition, now=NOW)
    assert not (edition / "lock").exists()


def test_registry_may_change_after_the_lock(locked):
    (locked / "registry" / "institutions.csv").write_text("changed")
    assert changed_rules(locked) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("edition.toml", "nominee_count = 3", "nominee_count = 4"),
        ("columns.toml", 'instagram = ["reaction_count", ', "instagram = ["),
        ("metrics/counts.toml", "FILTER (WHERE is_own)", ""),
        ("categories/most-active.toml", "weight = 0.30", "weight = 0.31"),
    ],
)
def test_change_is_refused_with_its_file_and_line(locked, file, old, new):
    line = change(locked, file, old, new)
    with pytest.raises(RulesChanged) as refused:
        check_lock(locked)
    (told,) = refused.value.changes
    assert told.startswith(f"{file}, line {line}: was ")
    assert (
        repr((locked / "lock" / "rules" / file).read_text().splitlines()[line - 1].strip()) in told
    )
    assert str(refused.value).startswith("the rules were changed after they were locked:\n  ")
    with pytest.raises(RulesChanged):
        lock_rules(locked, now=LATER)


def test_line_that_was_added_or_taken_out_is_told(locked):
    path = locked / "columns.toml"
    path.write_text(path.read_text("utf-8") + 'web = ["view_count"]\n', "utf-8")
    line = path.read_text("utf-8").count("\n")
    assert changed_rules(locked) == [
        f"columns.toml, line {line}: was '', is 'web = [\"view_count\"]'"
    ]


def test_new_file_and_missing_file_are_changes(locked):
    (locked / "metrics" / "own.toml").write_text("", "utf-8")
    (locked / "categories" / "best-account.toml").unlink()
    assert changed_rules(locked) == [
        "categories/best-account.toml: is gone",
        "metrics/own.toml: is new since the lock",
    ]


def test_changed_line_ends_are_a_change(locked):
    path = locked / "edition.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    told = ["edition.toml: line ends or the last line break changed"]
    assert changed_rules(locked) == told
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    assert changed_rules(locked) == []


def test_rules_with_line_ends_of_windows_can_be_locked(edition):
    for path in rule_files(edition):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    lock_rules(edition, now=NOW)
    assert changed_rules(edition) == []
    copy = edition / "lock" / "rules" / "edition.toml"
    assert copy.read_bytes() == (edition / "edition.toml").read_bytes()
    line = change_bytes(edition / "edition.toml", b"nominee_count = 3", b"nominee_count = 4")
    assert changed_rules(edition) == [
        f"edition.toml, line {line}: was 'nominee_count = 3', is 'nominee_count = 4'"
    ]


def change_bytes(path, old, new):
    content = path.read_bytes()
    path.write_bytes(content.replace(old, new))
    return content[: content.index(old)].count(b"\n") + 1


def test_erratum_records_the_change_its_reason_and_the_rules_before(locked):
    before = rules_sha256(locked)
    line = change(locked, "edition.toml", "nominee_count = 3", "nominee_count = 4")
    lock = lock_rules(locked, now=LATER, erratum="  the board asked for four  ")
    assert lock.errata == ("errata/001.json",)
    assert lock.rules_sha256 == rules_sha256(locked) != before
    assert check_lock(locked) == lock
    assert json.loads((locked / "errata" / "001.json").read_text("utf-8")) == {
        "number": 1,
        "recorded_at": "2026-02-01T00:00:00+00:00",
        "reason": "the board asked for four",
        "replaces_rules_sha256": before,
        "changes": [f"edition.toml, line {line}: was 'nominee_count = 3', is 'nominee_count = 4'"],
        "diff": [
            "--- locked/edition.toml",
            "+++ edition.toml",
            f"@@ -{line} +{line} @@",
            "-nominee_count = 3",
            "+nominee_count = 4",
        ],
    }


def test_errata_are_numbered_and_kept(locked):
    for number in (4, 5):
        change(locked, "edition.toml", f"nominee_count = {number - 1}", f"nominee_count = {number}")
        lock = lock_rules(locked, now=LATER, erratum=f"now {number}")
    assert lock.errata == ("errata/001.json", "errata/002.json")
    assert [json.loads((locked / name).read_text("utf-8"))["reason"] for name in lock.errata] == [
        "now 4",
        "now 5",
    ]


def test_erratum_tells_of_new_and_missing_files(locked):
    own = locked / "metrics" / "own.toml"
    own.write_text("# nothing\n", "utf-8")
    lock_rules(locked, now=LATER, erratum="more")
    own.unlink()
    lock_rules(locked, now=LATER, erratum="less")
    notes = [json.loads((locked / f"errata/00{n}.json").read_text()) for n in (1, 2)]
    assert [note["changes"] for note in notes] == [
        ["metrics/own.toml: is new since the lock"],
        ["metrics/own.toml: is gone"],
    ]
    assert [note["diff"][-1] for note in notes] == ["+# nothing", "-# nothing"]
    assert not (locked / "lock" / "rules" / "metrics" / "own.toml").exists()


def test_erratum_without_a_change_is_refused(locked):
    with pytest.raises(NothingChanged, match="there is no erratum to record"):
        lock_rules(locked, now=LATER, erratum="why not")
    assert not (locked / "errata").exists()


def test_erratum_before_any_lock_is_refused(edition):
    with pytest.raises(NotLocked, match="Run `tolok lock"):
        lock_rules(edition, now=NOW, erratum="too early")
    assert read_lock(edition) is None


def test_blank_reason_is_none(locked):
    change(locked, "edition.toml", "nominee_count = 3", "nominee_count = 4")
    with pytest.raises(RulesChanged):
        lock_rules(locked, now=LATER, erratum="   ")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"files": 1}', "null"],
)
def test_lock_that_cannot_be_read_is_a_fault(locked, text):
    (locked / "lock" / "lock.json").write_text(text)
    with pytest.raises(FileFault, match=r"lock/lock\.json: is not as it was written"):
        check_lock(locked)


def test_hash_in_the_lock_cannot_be_changed_alone(locked):
    change(locked, "edition.toml", "nominee_count = 3", "nominee_count = 4")
    path = locked / "lock" / "lock.json"
    held = json.loads(path.read_text())
    held["files"]["edition.toml"] = "0" * 64
    path.write_text(json.dumps(held))
    with pytest.raises(FileFault):
        check_lock(locked)


def test_copy_that_is_gone_from_the_lock_is_told(locked):
    change(locked, "edition.toml", "nominee_count = 3", "nominee_count = 4")
    (locked / "lock" / "rules" / "edition.toml").unlink()
    assert changed_rules(locked) == ["edition.toml: is changed, and its copy in lock/ is gone"]
