"""An earlier edition into the archive of a later one: checked, and copied in its small tables.

The copy is a folder in an edition's own layout, archive/<name>/, as the open data of a site are.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tolok.errors import FaultsFound, FileFault, InputError, NotAnEdition
from tolok.methodology.edition import Edition
from tolok.methodology.rules import read_rules
from tolok.publish.archived import NEEDED, read_archived
from tolok.store.atomic import replaced_folder

FOLDERS = ("metrics", "categories", "registry", "lock", "errata")
FILES = ("edition.toml", "columns.toml")
LEFT_OUT = ("histogram", "weekly_metrics", "evidence", "unknown_accounts")
"""Tables that are large, or that are the organiser's alone."""


@dataclass(frozen=True)
class Archived:
    """What was archived: which edition, where it stands now, and whether it stood there before."""

    edition: Edition
    folder: Path
    is_replaced: bool
    files: int


@dataclass(eq=False)
class NotEarlier(InputError):
    """An edition that cannot stand in the archive of another one."""

    other: Path
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The edition, why not, and what to do."""
        return f"{self.other}: {self.problem} {self.remedy}"


def archive(folder: Path, other: Path) -> Archived:
    """An earlier edition put into an edition's archive, in the place of one of the same name.

    `other` is the earlier edition's folder, its site, or the open data of its site.

    Raises: NotAnEdition; FaultsFound where rules or results of the other cannot be read;
    NotEarlier where it is the same edition, or its window did not end before this one's began.
    """
    later = read_rules(folder).edition
    source = _edition_in(other)
    _check_results(source)
    earlier = read_archived(source).rules.edition
    _check_order(later, earlier, other)
    target = folder / "archive" / earlier.name
    is_replaced = target.exists()
    with replaced_folder(target) as fresh:
        files = _copy(source, fresh)
    return Archived(earlier, target, is_replaced, files)


def _edition_in(other: Path) -> Path:
    """The folder with edition.toml: the one named, or the open data of a site."""
    for place in (other, other / "data"):
        if (place / "edition.toml").is_file():
            return place
    raise NotAnEdition(other)


def _check_results(source: Path) -> None:
    absent = [name for name in NEEDED if not (source / "results" / name).is_file()]
    if absent:
        remedy = "Run `tolok score` there first, or name a folder that holds its results."
        raise FaultsFound(
            f"{source}: an edition without whole results cannot be archived",
            [FileFault(f"results/{name}", "there is no such file.", remedy=remedy)
             for name in absent],
        )  # fmt: skip


def _check_order(later: Edition, earlier: Edition, other: Path) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", earlier.name):
        problem = f"its name {earlier.name!r} is no name of a folder."
        raise NotEarlier(other, problem, "Use lower-case letters, digits and hyphens for `name`.")
    if earlier.name == later.name:
        problem = f"this is the same edition, {later.name!r}."
        raise NotEarlier(other, problem, "Name the folder of an earlier one.")
    if earlier.is_simulated != later.is_simulated:
        which = "simulated" if earlier.is_simulated else "real"
        problem = f"it is a {which} edition, and {later.name!r} is not."
        raise NotEarlier(other, problem, "Invented and real numbers are never set side by side.")
    if earlier.window.closes_on > later.window.opens_on:
        theirs = f"from {earlier.window.opens_on} to before {earlier.window.closes_on}"
        problem = f"its window, {theirs}, does not end before {later.window.opens_on}."
        raise NotEarlier(other, problem, "The windows of two editions must not overlap.")


def _copy(source: Path, fresh: Path) -> int:
    names = [name for name in FILES if (source / name).is_file()]
    for name in FOLDERS:
        found = sorted((source / name).rglob("*")) if (source / name).is_dir() else []
        names += [p.relative_to(source).as_posix() for p in found if p.is_file()]
    names += [
        f"results/{path.name}"
        for path in sorted((source / "results").iterdir())
        if path.suffix in {".parquet", ".csv", ".json"} and path.stem not in LEFT_OUT
    ]
    for name in names:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, fresh / name)
    return len(names)
