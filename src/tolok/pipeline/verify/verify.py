"""A publication verified: each check in its turn, whatever the ones before it found."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from tolok.errors import InputError, TolokError
from tolok.methodology.lock import read_lock
from tolok.methodology.rules import Rules, read_rules
from tolok.model import Registry
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.reread import read_tables
from tolok.pipeline.verify.counts import (
    check_counts,
    check_histogram,
    check_metrics,
    recount,
    unchecked_tables,
)
from tolok.pipeline.verify.files import check_files, stated_data_sha256
from tolok.pipeline.verify.jury import check_jury
from tolok.pipeline.verify.package import Package, find_package, is_made_here, read_json
from tolok.pipeline.verify.pages import compare_sites, remade
from tolok.pipeline.verify.report import Check, Difference, Verification, checked, unchecked
from tolok.pipeline.verify.rules import check_rules
from tolok.pipeline.verify.scores import GROUPS, check_scores, compared_again, rescored
from tolok.pipeline.verify.store import check_landing, check_results
from tolok.publish.site import MARKER
from tolok.registry.read import read_registry
from tolok.store.jury import JURY_TABLES
from tolok.store.results import AS_CSV, RESULT_TABLES, WITHHELD

_OF_DATA = ("rules", "counts", "metrics", "panel", *GROUPS, "results", "jury")
_FEW_PAGES = 5


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: hashes from elsewhere, and whether what takes minutes is left out."""

    lock_hash: str | None = None
    data_sha256: str | None = None
    is_quick: bool = False


@dataclass(eq=False)
class HashCutShort(InputError):
    """A hash from outside that is not whole."""

    option: str
    given: str

    def __str__(self) -> str:
        """The option, and what a hash looks like."""
        return (
            f"{self.option} {self.given}: is no whole hash. Give all 64 characters, 0 to 9 and "
            "a to f; under charts only the first few stand."
        )


def verify(
    folder: Path, asked: Asked | None = None, *, progress: Progress = silent
) -> Verification:
    """Every check of a site, its open data or an edition's folder.

    Raises: NothingToVerify where the folder is none of these; HashCutShort.
    """
    asked, package = asked or Asked(), find_package(folder)
    for option, given in (("--lock", asked.lock_hash), ("--data", asked.data_sha256)):
        if given and not re.fullmatch(r"[0-9a-f]{64}", given):
            raise HashCutShort(option, given)
    checks = _told_once(list(_checks(package, asked, progress)))
    manifest = read_json(package.results / "manifest.json")
    return Verification(
        folder=str(folder),
        edition=str(manifest.get("edition", "")),
        lock_hash=str(manifest.get("lock_hash") or ""),
        data_sha256=stated_data_sha256(package),
        checks=checks,
    )


def _told_once(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks; of pages made again from data that differ themselves a few differences are kept.

    Such pages differ wherever they show what differs, and which of both is right is not theirs to
    say.
    """
    wrong = [one.name for one in checks if one.state == "different" and one.name in _OF_DATA]
    return tuple(
        replace(
            one,
            differences=one.differences[:_FEW_PAGES],
            why=f"made from data that differ themselves: see {', '.join(wrong)}",
        )
        if one.name == "pages" and one.state == "different" and wrong
        else one
        for one in checks
    )


def _checks(package: Package, asked: Asked, progress: Progress) -> Iterator[Check]:
    progress("verify", 0, 5)
    if package.has_store:
        yield check_landing(package)
    if package.site is not None or not package.has_store:
        yield from _guarded("files", lambda: [check_files(package)])
    if asked.data_sha256:
        yield _stated_data(package, asked.data_sha256)
    progress("verify", 1, 5)
    yield from _guarded("rules", lambda: [check_rules(package, asked.lock_hash)])
    progress("verify", 2, 5)
    looked_at = _store_checked if package.has_store else _tables_checked
    yield from _guarded("results", lambda: looked_at(package, asked, progress))
    progress("verify", 3, 5)
    if package.site is None:
        return
    if asked.is_quick:
        yield unchecked("pages", "files of the site", "left out by --quick")
        return
    yield from _guarded("pages", lambda: [_check_pages(package, progress)])
    progress("verify", 5, 5)


def _store_checked(package: Package, asked: Asked, progress: Progress) -> list[Check]:
    """What an organiser sees: everything from the posts, and then the jury."""
    if asked.is_quick:
        return [unchecked("results", "results/, from the store", "left out by --quick")]
    check, by_data = check_results(package, progress)
    rules, registry = read_rules(package.home), read_registry(package.home / "registry")
    tables = read_tables(package.results, tuple(JURY_TABLES))
    return [check, check_jury(package, rules, registry, tables, by_data)]


def _tables_checked(package: Package, asked: Asked, progress: Progress) -> list[Check]:
    rules, registry = read_rules(package.home), read_registry(package.home / "registry")
    names = tuple(name for name in RESULT_TABLES if name not in (*WITHHELD, *AS_CSV))
    tables = read_tables(package.results, names)
    manifest = read_json(package.results / "manifest.json")
    found = recount(tables, registry, rules)
    return [
        check_counts(tables, found, manifest),
        check_metrics(tables, found, rules),
        check_histogram(tables),
        *_scores_checked(package, asked, _Read(rules, registry, tables), progress),
        *unchecked_tables(),
    ]


@dataclass(frozen=True)
class _Read:
    rules: Rules
    registry: Registry
    tables: dict[str, pa.Table]


def _scores_checked(
    package: Package, asked: Asked, read: _Read, progress: Progress
) -> Iterator[Check]:
    if asked.is_quick:
        why = "left out by --quick"
        yield from (unchecked(name, what, why) for name, (what, _) in GROUPS.items())
        yield unchecked("jury", "winners", why)
        return
    computed = rescored(package, read.rules, progress)
    computed |= compared_again(read.tables, computed, read.registry, read.rules)
    yield from check_scores(package, read.tables, computed)
    yield check_jury(package, read.rules, read.registry, read.tables, computed["winners"])


def _check_pages(package: Package, progress: Progress) -> Check:
    assert package.site is not None
    held = read_lock(package.home)
    with tempfile.TemporaryDirectory(prefix="tolok-verify-") as folder:
        again = remade(
            package, Path(folder) / "site", read_rules(package.home),
            held.rules_sha256 if held else None, progress,
        )  # fmt: skip
        count, differences = compare_sites(package.site, again)
    if differences and not is_made_here(package):
        made = read_json(package.site / MARKER).get("tolok_version")
        why = (
            f"{len(differences):,} of {count:,} files are otherwise than this code makes them; the "
            f"site says that other code made it, Tolok {made}: verify with that"
        )
        return unchecked("pages", "files of the site", why)
    return checked("pages", "files of the site, made again", count, differences)


def _stated_data(package: Package, data_sha256: str) -> Check:
    stated = stated_data_sha256(package)
    found = (
        [Difference("datapackage.json", "data_sha256", stated, f"--data says {data_sha256}")]
        if stated != data_sha256
        else []
    )
    return checked("data", "hash from outside", 1, found)


def _guarded(name: str, check: Callable[[], Sequence[Check]]) -> Sequence[Check]:
    """The checks; one that the files do not let be made is a difference, and says what stopped it.

    The files are anybody's: what was put into them may stop the work anywhere.
    """
    try:
        return check()
    except TolokError as error:
        why = "; ".join(str(error).splitlines())
    except Exception as error:  # noqa: BLE001 -- the files are not ours, and any of them may lie
        why = f"{type(error).__name__}: {error}"
    stopped = Difference("the published files", name, "unfit to compute from", why)
    return [checked(name, "computed again", 0, [stopped])]
