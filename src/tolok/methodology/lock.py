"""The lock: copies and hashes of an edition's rules, so that a later change cannot pass unseen.

lock/rules/ holds a copy of every rule file, lock/lock.json their hashes and the hash of them all,
errata/ a note for every change that was made afterwards, with its reason.
"""

import difflib
import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tolok.errors import FileFault, InputError, NotLocked, RulesChanged
from tolok.methodology.rules import read_rules, rule_files

_PUBLISHED = ("number", "recorded_at", "reason", "replaces_rules_sha256", "changes")


@dataclass(frozen=True)
class Lock:
    """What the lock holds: the hash of all rules, each file's hash, and the errata's files."""

    rules_sha256: str
    files: dict[str, str]
    locked_at: str
    errata: tuple[str, ...]


class NothingChanged(InputError):
    """An erratum for rules that are as the lock has them."""


def read_lock(folder: Path) -> Lock | None:
    """The lock of an edition folder, or None where the rules are not locked.

    Raises: FileFault where lock.json is not as `tolok lock` wrote it.
    """
    path = folder / "lock" / "lock.json"
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text("utf-8"))
        lock = Lock(held["rules_sha256"], held["files"], held["locked_at"], tuple(held["errata"]))
        is_whole = _rules_sha256(lock.files) == lock.rules_sha256
    except (ValueError, TypeError, KeyError, AttributeError):
        is_whole = False
    if not is_whole:
        problem = "is not as it was written when the rules were locked."
        raise FileFault("lock/lock.json", problem, remedy="Put it back from your own copy.")
    return lock


def read_errata(folder: Path, lock: Lock) -> list[dict[str, object]]:
    """What is published of each erratum: when, why, what changed, and the hash it replaced."""
    notes = [json.loads((folder / name).read_text("utf-8")) for name in lock.errata]
    return [{name: note[name] for name in _PUBLISHED} for note in notes]


def lock_rules(folder: Path, *, now: datetime, erratum: str = "") -> Lock:
    """The lock after this call: made new, kept as it is, or renewed with a recorded erratum.

    Raises: FaultsFound where the rules have faults; RulesChanged where they differ from the lock
    and no erratum gives the reason; NothingChanged where an erratum has nothing to record, and
    NotLocked where nothing was locked that it could mend.
    """
    read_rules(folder)
    held = read_lock(folder)
    erratum = erratum.strip()
    if held is None and erratum:
        raise NotLocked(folder)
    changes = changed_rules(folder)
    if held is not None and not changes:
        if erratum:
            raise NothingChanged(
                f"{folder}: the rules are as locked; there is no erratum to record."
            )
        return held
    if held is not None and not erratum:
        raise RulesChanged(changes)
    errata = held.errata if held else ()
    if held is not None:
        errata = (*errata, _write_erratum(folder, held, erratum, now=now))
    return _write_lock(folder, errata, now=now)


def check_lock(folder: Path) -> Lock | None:
    """The lock, if there is one and the rules still are as it holds them.

    Raises: RulesChanged with the first changed line of every changed file.
    """
    changes = changed_rules(folder)
    if changes:
        raise RulesChanged(changes)
    return read_lock(folder)


def changed_rules(folder: Path) -> list[str]:
    """A line for each rule file that differs from its locked copy: file, line, then and now."""
    held = read_lock(folder)
    if held is None:
        return []
    changes = []
    present = {path.relative_to(folder).as_posix(): path for path in rule_files(folder)}
    for name in sorted(held.files.keys() | present.keys()):
        if name not in held.files:
            changes.append(f"{name}: is new since the lock")
        elif name not in present or not present[name].is_file():
            changes.append(f"{name}: is gone")
        elif _sha256(present[name]) != held.files[name]:
            changes.append(_first_change(name, folder / "lock" / "rules" / name, present[name]))
    return changes


def _first_change(name: str, locked: Path, present: Path) -> str:
    if not locked.is_file():
        return f"{name}: is changed, and its copy in lock/ is gone"
    before = locked.read_text("utf-8", "replace").splitlines()
    after = present.read_text("utf-8", "replace").splitlines()
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, old, _, new, _ in matcher.get_opcodes():
        if tag != "equal":
            was = before[old].strip() if old < len(before) else ""
            now = after[new].strip() if new < len(after) else ""
            return f"{name}, line {new + 1}: was {was!r}, is {now!r}"
    return f"{name}: line ends or the last line break changed"


def _write_erratum(folder: Path, held: Lock, reason: str, *, now: datetime) -> str:
    number = len(held.errata) + 1
    path = folder / "errata" / f"{number:03}.json"
    path.parent.mkdir(exist_ok=True)
    note = {
        "number": number,
        "recorded_at": now.isoformat(),
        "reason": reason,
        "replaces_rules_sha256": held.rules_sha256,
        "changes": changed_rules(folder),
        "diff": _diff(folder, held),
    }
    path.write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path.relative_to(folder).as_posix()


def _diff(folder: Path, held: Lock) -> list[str]:
    present = {path.relative_to(folder).as_posix() for path in rule_files(folder) if path.is_file()}
    lines: list[str] = []
    for name in sorted(held.files.keys() | present):
        before, after = (
            path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
            for path in (folder / "lock" / "rules" / name, folder / name)
        )
        lines += difflib.unified_diff(before, after, f"locked/{name}", name, lineterm="", n=0)
    return lines


def _write_lock(folder: Path, errata: tuple[str, ...], *, now: datetime) -> Lock:
    home = folder / "lock"
    shutil.rmtree(home / "rules", ignore_errors=True)
    files = {}
    for path in rule_files(folder):
        name = path.relative_to(folder).as_posix()
        copy = home / "rules" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        files[name] = _sha256(copy)
    lock = Lock(_rules_sha256(files), files, now.isoformat(), errata)
    text = json.dumps(
        {
            "rules_sha256": lock.rules_sha256,
            "locked_at": lock.locked_at,
            "files": lock.files,
            "errata": list(lock.errata),
        },
        indent=2,
    )
    (home / "lock.json").write_text(text + "\n", "utf-8")
    return lock


def rules_sha256(folder: Path) -> str:
    """The hash of all rule files as they stand now, locked or not."""
    return _rules_sha256(
        {path.relative_to(folder).as_posix(): _sha256(path) for path in rule_files(folder)}
    )


def _rules_sha256(files: dict[str, str]) -> str:
    listed = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
